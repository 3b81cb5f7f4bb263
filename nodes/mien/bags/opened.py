"""Opens a bag of any recorder, and gives its messages as they are. No ROS needed."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from rosbags.interfaces import MessageDefinitionFormat
from rosbags.rosbag2 import Reader
from rosbags.typesys import Stores, get_types_from_msg, get_typestore

from mien.bags import about
from mien.bags.files import metadata
from mien.bags.files.recover import Cut, is_whole, scan
from mien.core.errors import BagError, DamagedBag, MessageError

_EVERY = "bag"  # the name of every bag that `mien run` writes: it names none


@dataclass(frozen=True, slots=True)
class Message:
    """One message as it stands in the bag."""

    topic: str
    type: str
    received_ns: int
    data: bytes


class Bag:
    """A bag folder (MCAP or sqlite3), or a bare .mcap or .db3 file.

    Raises BagError, which says what is wrong with the bag and the mend.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._files = _files(path)
        # Files without their end, and what is left of them.
        self.cuts = [f for f in self._files if isinstance(f, Cut)]
        self.types: dict[str, str] = {}
        self.topics: dict[str, int] = {}  # messages
        self.offered: dict[str, Any] = {}  # quality of service
        self.definitions: dict[str, str] = {}  # in the language of .msg files, by type
        self.about: dict[str, Any] = {}
        own: dict[str, str] = {}
        spans = []
        for file in self._files:
            with self._reader(file) as reader:
                for c in reader.connections:
                    self.types[c.topic], self.offered[c.topic] = c.msgtype, c.ext.offered_qos_profiles
                    self.topics[c.topic] = self.topics.get(c.topic, 0) + c.msgcount
                    if c.msgdef.format == MessageDefinitionFormat.MSG:
                        self.definitions[c.msgtype] = c.msgdef.data
                custom = file.metadata.get(about.KEY) if isinstance(file, Cut) else reader.storage.metadata.custom
                self.about = about.parse(custom) or self.about
                if reader.message_count:
                    spans.append((int(reader.start_time), int(reader.end_time)))
                own |= _definitions(reader)
        try:
            self._store = _typestore(tuple(sorted(own.items())))
        except BagError as error:
            raise BagError(f"{path}: {error}") from error
        self.start_ns = min((start for start, _ in spans), default=0)
        self.duration_s = max((end - self.start_ns for _, end in spans), default=0) * 1e-9

    @property
    def name(self) -> str:
        """What the recording is called: of `out/anna/bag`, as `mien run` writes it, anna."""
        path = self.path.resolve()
        path = path.with_suffix("") if path.is_file() else path
        while path.name == _EVERY and path.parent.name:
            path = path.parent
        return path.name

    @property
    def cut(self) -> Cut | None:
        """The last file without its end; None where all are whole."""
        return self.cuts[-1] if self.cuts else None

    def raw(self, wanted: Callable[[str], bool] = lambda topic: True, start_ns: int | None = None) -> Iterator[Message]:
        """Messages of the topics that are wanted, in the order in which they were received, from `start_ns` on."""
        read = 0
        for file in self._files:
            try:
                with self._reader(file) as reader:
                    connections = [c for c in reader.connections if c.msgcount and wanted(c.topic)]
                    if connections:
                        for connection, received_ns, data in reader.messages(connections, start=start_ns):
                            yield Message(connection.topic, connection.msgtype, received_ns, data)
                            read += 1
            except DamagedBag as error:
                whole = sum(n for topic, n in self.topics.items() if wanted(topic))
                raise BagError(f"{error}; {read} of {whole} messages before that were read") from error

    def parsed(self, data: bytes, type_name: str) -> Any:
        """A message by the definition in the bag, with its fields as attributes. Raises MessageError."""
        try:
            return self._store.deserialize_cdr(data, type_name)
        except Exception as error:  # rosbags trips in many ways
            raise MessageError(f"{type_name} is damaged: {error or type(error).__name__}") from error

    @contextmanager
    def _reader(self, file: Path | Cut) -> Iterator[Any]:
        try:
            with Reader(file) as reader:
                yield reader
        except BagError:
            raise
        except Exception as error:  # a broken file makes rosbags trip in many ways
            raise DamagedBag(f"{self.path} cannot be read as a bag: {error or type(error).__name__}") from error


def stamp_of(cdr: bytes) -> int:
    """The header comes first in every message that is joined; this spares parsing an image."""
    order = "little" if cdr[1] & 1 else "big"
    sec = int.from_bytes(cdr[4:8], order, signed=True)  # type: ignore[arg-type]
    return sec * 1_000_000_000 + int.from_bytes(cdr[8:12], order)  # type: ignore[arg-type]


def _files(path: Path) -> list[Path | Cut]:
    """What to hand to rosbags: the folder, or its files where a crash has left them without an end or metadata."""
    if not path.exists():
        raise BagError(f"{path}: no such bag")
    if not path.is_dir():
        return [_whole(path)]
    storages = sorted((p for p in path.iterdir() if p.suffix in (".mcap", ".db3")), key=lambda p: _counted(p.name))
    told = metadata.files(path)
    if told is None and not storages:
        raise BagError(f"{path} is not a bag: it has no metadata.yaml; name the folder that the recorder made")
    files: list[Path | Cut] = []
    for storage in storages:
        with suppress(BagError):  # a file that was begun and holds no message yet
            files.append(_whole(storage))
    if storages and not files:
        return [_whole(storages[0])]  # says what is wrong with it
    if told is not None and (set(told) >= {s.name for s in storages} or not files):
        cut = any(isinstance(f, Cut) for f in files)
        return files if cut and len(files) == len(storages) else [path]
    return files


def _counted(name: str) -> list[tuple[int, str]]:
    """Natural order: bag_2 before bag_10."""
    return [(int(t), "") if t.isdecimal() else (-1, t) for t in re.split(r"(\d+)", name)]


def _whole(file: Path) -> Path | Cut:
    """The file, with an end where it has none."""
    if not file.stat().st_size:
        raise BagError(f"{file} is empty: it has no bytes; the disk may have been full; record again")
    return file if file.suffix != ".mcap" or is_whole(file) else scan(file)


def _definitions(reader: Any) -> dict[str, str]:
    """Of our own types, as the bag defines them; those of Jazzy are known."""
    return {
        c.msgtype: c.msgdef.data
        for c in reader.connections
        if c.msgdef.data and c.msgtype.startswith(("mien_msgs/", "foxglove_msgs/"))
    }


@lru_cache(maxsize=8)
def _typestore(definitions: tuple[tuple[str, str], ...]) -> Any:
    """Types of Jazzy and these. Raises BagError."""
    store = get_typestore(Stores.ROS2_JAZZY)
    for name, text in definitions:
        try:
            own = get_types_from_msg(text, name)
            store.register({n: fields for n, fields in own.items() if n not in store.fielddefs})
        except Exception as error:  # a damaged definition
            raise BagError(f"the definition of {name} in the bag cannot be read: {error}") from error
    return store
