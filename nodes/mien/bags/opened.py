"""Opens a bag of any recorder, and gives its messages as they are. No ROS needed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rosbags.rosbag2 import Reader
from rosbags.typesys import Stores, get_types_from_msg, get_typestore

from mien.bags import about
from mien.bags.recover import Cut, is_whole, scan
from mien.core.errors import BagError


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
        self._file = _file(path)
        self.cut = self._file if isinstance(self._file, Cut) else None  # a file without its end, and what is left
        with self._reader() as reader:
            self.types: dict[str, str] = {c.topic: c.msgtype for c in reader.connections}
            self.topics: dict[str, int] = {topic: info.msgcount for topic, info in reader.topics.items()}
            self.offered = {c.topic: c.ext.offered_qos_profiles for c in reader.connections}
            custom = self.cut.metadata.get(about.KEY) if self.cut else reader.storage.metadata.custom
            self.about = about.parse(custom)
            self.start_ns = int(reader.start_time) if reader.message_count else 0
            self.duration_s = reader.duration * 1e-9
            self._store = _typestore(reader)

    def raw(self, wanted: Callable[[str], bool] = lambda topic: True, start_ns: int | None = None) -> Iterator[Message]:
        """Messages of the topics that are wanted, in the order in which they were received, from `start_ns` on."""
        with self._reader() as reader:
            connections = [c for c in reader.connections if c.msgcount and wanted(c.topic)]
            if connections:
                for connection, received_ns, data in reader.messages(connections, start=start_ns):
                    yield Message(connection.topic, connection.msgtype, received_ns, data)

    def parsed(self, data: bytes, type_name: str) -> Any:
        """A message by the definition in the bag, with its fields as attributes."""
        return self._store.deserialize_cdr(data, type_name)

    @contextmanager
    def _reader(self) -> Iterator[Any]:
        try:
            with Reader(self._file) as reader:
                yield reader
        except BagError:
            raise
        except Exception as error:  # a broken file makes rosbags trip in many ways
            raise BagError(f"{self.path} cannot be read as a bag: {error or type(error).__name__}") from error


def stamp_of(cdr: bytes) -> int:
    """The header comes first in every message that is joined; this spares parsing an image."""
    order = "little" if cdr[1] & 1 else "big"
    sec = int.from_bytes(cdr[4:8], order, signed=True)  # type: ignore[arg-type]
    return sec * 1_000_000_000 + int.from_bytes(cdr[8:12], order)  # type: ignore[arg-type]


def _file(path: Path) -> Path | Cut:
    """What to hand to rosbags: the folder, or its only storage where the metadata is missing."""
    if not path.exists():
        raise BagError(f"{path}: no such bag")
    if not path.is_dir():
        return _whole(path)
    storages = sorted(p for p in path.iterdir() if p.suffix in (".mcap", ".db3"))
    if len(storages) == 1 and isinstance(file := _whole(storages[0]), Cut):
        return file
    if (path / "metadata.yaml").exists():
        return path
    if len(storages) == 1:
        return storages[0]
    raise BagError(f"{path} is not a bag: it has no metadata.yaml; name the folder that the recorder made")


def _whole(file: Path) -> Path | Cut:
    """The file, with an end where it has none."""
    if not file.stat().st_size:
        raise BagError(f"{file} is empty: it has no bytes; the disk may have been full; record again")
    return file if file.suffix != ".mcap" or is_whole(file) else scan(file)


def _typestore(reader: Any) -> Any:
    """Types as the bag defines them; those of Jazzy where it does not."""
    store = get_typestore(Stores.ROS2_JAZZY)
    own: dict[str, Any] = {}
    for connection in reader.connections:
        if connection.msgdef.data and connection.msgtype.startswith("mien_msgs/"):
            own |= get_types_from_msg(connection.msgdef.data, connection.msgtype)
    store.register({name: fields for name, fields in own.items() if name not in store.fielddefs})
    return store
