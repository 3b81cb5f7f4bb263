"""Write what the graph says into an MCAP bag. No ROS: messages come serialised."""

from __future__ import annotations

import importlib.util
import shutil
from collections import Counter
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from rosbags.typesys import Stores, get_types_from_msg, get_typestore

from mien.bags.about import KEY
from mien.bags.files import metadata
from mien.bags.files.metadata import Connection, Part, as_yaml, qos_profile
from mien.bags.files.storage import McapFile
from mien.core.errors import BagError
from mien.graph import RESULT, Qos

_ROOM_BYTES = 1 << 16  # what metadata.yaml needs, generously


# Of Foxglove's schemas: one access unit of a video (H.264: Annex B, with its parameter sets at every key frame).
VIDEO_TYPE = "foxglove_msgs/msg/CompressedVideo"
_VIDEO = """builtin_interfaces/Time timestamp
string frame_id
uint8[] data
string format
"""


@cache
def typestore() -> Any:
    """Types of ROS 2 Jazzy and of mien_msgs. Raises BagError where mien_msgs is not installed."""
    store = get_typestore(Stores.ROS2_JAZZY)
    types: dict[str, Any] = {}
    for path in sorted(_definitions().glob("*.msg")):
        types |= get_types_from_msg(path.read_text("utf8"), f"mien_msgs/msg/{path.stem}")
    types |= get_types_from_msg(_VIDEO, VIDEO_TYPE)
    store.register(types)
    return store


def _definitions() -> Path:
    """The .msg files that mien_msgs installs beside its Python package, wheel or colcon."""
    spec = importlib.util.find_spec("mien_msgs")
    for parent in Path(spec.origin).parents if spec and spec.origin else ():
        if (folder := parent / "share/mien_msgs/msg").is_dir():
            return folder
    raise BagError("the definitions of mien_msgs are not installed; run `make setup` or source the workspace")


class BagWriter:
    """A new bag: a folder with MCAP files and metadata.yaml, as `ros2 bag` reads it.

    path: the folder; it must not exist. about: kept as custom data in the metadata. compression: of chunks, zstd, lz4
    or none. split_bytes, split_ns: a new file begins when one is so large or long; 0 = never. What is latched is
    written at the begin of each file, so that every file can be read alone.
    Raises BagError where the folder exists or cannot be made.
    """

    def __init__(
        self, path: Path, about: Mapping[str, str] | None = None, *, compression: str = "", split_bytes: int = 0,
        split_ns: int = 0,
    ) -> None:  # fmt: skip
        self.path = path
        self.counts: Counter[str] = Counter()  # messages by topic
        self.size_bytes = 0
        self.is_open = False
        if path.exists():
            raise BagError(f"{path} exists; record into a new folder, or move this one away")
        self.about = dict(about or {})
        self._compression = compression
        self._split_bytes, self._split_ns = split_bytes, split_ns
        self._topics: dict[str, Connection] = {}
        self._definitions: dict[str, str] = {}  # by type
        self._latched: dict[str, tuple[bytes, int]] = {}  # by topic: the last message, and when it was published
        self._parts: list[Part] = []  # files that are complete
        try:
            path.mkdir(parents=True)
            self._file = self._begin()
        except OSError as error:
            raise BagError(f"cannot make the bag {path}: {error.strerror}; choose another folder") from error
        self.is_open = True

    def add(self, topic: str, type_name: str, qos: Qos = RESULT, definition: str = "") -> None:
        """Announce a topic, by its full name, before its first message.

        definition: of its type and all types in it; not needed for those of ROS 2 Jazzy and of mien.
        """
        store = typestore()
        digest = ""
        if not definition:
            definition, _ = store.generate_msgdef(type_name, ros_version=2)
            digest = store.hash_rihs01(type_name)
        self._definitions.setdefault(type_name, definition)
        self._topics[topic] = Connection(len(self._topics) + 1, topic, type_name, qos, digest)
        self._announce(self._topics[topic])

    def knows(self, topic: str) -> bool:
        return topic in self._topics

    def write(self, topic: str, data: bytes | memoryview, received_ns: int, published_ns: int = 0) -> None:
        """Write one serialised message.

        Raises BagError when the disk takes no more; the bag is then closed with what fits.
        """
        connection = self._topics[topic]
        try:
            if self._is_full(received_ns):
                self._split(received_ns)
            self._file.write(connection.number, data, received_ns, published_ns or received_ns)
        except OSError as error:
            raise self._give_up(error) from error
        if connection.qos.latched and (self._split_bytes or self._split_ns):
            self._latched[topic] = bytes(data), published_ns or received_ns
        self.counts[topic] += 1
        self.size_bytes += len(data)

    def flush(self) -> None:
        """Bring to disk what was written; what follows is lost where the process is killed. Raises BagError."""
        if not self.is_open:
            return
        try:
            self._file.flush()
        except OSError as error:
            raise self._give_up(error) from error

    def close(self) -> None:
        """Write index and metadata. Raises BagError when they do not fit beside all messages."""
        if not self.is_open:
            return
        try:
            self._finish()
        except OSError as error:
            raise self._give_up(error) from error
        self.is_open = False

    def _begin(self) -> McapFile:
        """The next file. Raises OSError."""
        number = f"_{len(self._parts)}" if self._split_bytes or self._split_ns else ""
        file = McapFile(self.path / f"{self.path.name}{number}.mcap", self._compression)
        if self.about:  # here too, as metadata.yaml is written last
            file.add_metadata(KEY, self.about)
        self._schemas: dict[str, int] = {}
        return file

    def _announce(self, connection: Connection) -> None:
        """Tell the present file of a topic."""
        kind = connection.type
        if kind not in self._schemas:
            self._schemas[kind] = len(self._schemas) + 1
            self._file.add_schema(self._schemas[kind], kind, self._definitions[kind])
        self._file.add_channel(
            connection.number, self._schemas[kind], connection.topic,
            {"offered_qos_profiles": as_yaml([qos_profile(connection.qos)]), "topic_type_hash": connection.digest},
        )  # fmt: skip

    def _is_full(self, now_ns: int) -> bool:
        start_ns = self._file.start_ns
        return bool(self._split_bytes and self._file.size_bytes >= self._split_bytes) or bool(
            self._split_ns and start_ns and now_ns - start_ns >= self._split_ns
        )

    def _split(self, now_ns: int) -> None:
        """End the present file and begin the next one. Raises OSError."""
        self._parts.append(self._end_file())
        metadata.write(self.path, self._facts(self._parts))
        self._file = self._begin()
        for connection in self._topics.values():
            self._announce(connection)
        for topic, (data, published_ns) in self._latched.items():
            self._file.write(self._topics[topic].number, data, now_ns, published_ns)

    def _part(self) -> Part:
        """What the present file holds."""
        topics = {c.number: c.topic for c in self._topics.values()}
        counts = {topics[number]: n for number, n in self._file.counts.items()}
        return Part(self._file.path.name, counts, self._file.span_ns)

    def _end_file(self) -> Part:
        """The index of the present file. Raises OSError."""
        part = self._part()
        self._file.close("rosbag2", {"serialized_metadata": as_yaml(self._facts([part]))})
        return part

    def _facts(self, parts: list[Part]) -> dict[str, Any]:
        return metadata.facts(parts, self._topics.values(), self.about)

    def _finish(self) -> None:
        """The index of the file, and the same for the bag. Raises OSError."""
        metadata.write(self.path, self._facts([*self._parts, self._end_file()]))

    def _give_up(self, error: OSError) -> BagError:
        """Close with what fits; what to tell."""
        self.is_open = False
        free = shutil.disk_usage(self.path).free
        why = f"cannot write to {self.path}: {error.strerror}, {free / 2**20:.1f} MiB free"
        lost = 0
        while self._file.is_open and (n := self._file.give_up()) is not None:
            lost += n
            kept = self._file.counts.total() + sum(p.total for p in self._parts)
            try:
                if shutil.disk_usage(self.path).free < _ROOM_BYTES:
                    continue
                self._finish()
            except OSError:
                continue
            return BagError(
                f"{why}; the bag is closed with {kept} messages and stays readable, the last {lost} are lost;"
                " make room and record into a new folder"
            )
        told = {p.name for p in self._parts}
        if not self._file.is_open and self._file.path.name not in told:  # it is whole; only metadata.yaml is not there
            self._parts.append(self._part())
        self._file.abort()
        if kept := sum(p.total for p in self._parts):
            return BagError(f"{why}; {kept} messages in complete files stay readable; make room and record anew")
        return BagError(f"{why}; nothing could be kept; make room and record into a new folder")

    def __enter__(self) -> BagWriter:
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        if kind is None:
            self.close()
        elif self.is_open:
            # A part of a copy would look like all of it.
            self.is_open = False
            self._file.abort()
            shutil.rmtree(self.path, ignore_errors=True)
