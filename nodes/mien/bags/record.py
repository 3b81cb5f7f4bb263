"""Write what the graph says into an MCAP bag. No ROS: messages come serialised."""

from __future__ import annotations

import importlib.util
import json
import shutil
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from rosbags.typesys import Stores, get_types_from_msg, get_typestore

from mien.bags.about import KEY
from mien.bags.storage import McapFile
from mien.core.errors import BagError
from mien.graph import RESULT, Qos

_ROOM_BYTES = 1 << 16  # what metadata.yaml needs, generously


@cache
def typestore() -> Any:
    """Types of ROS 2 Jazzy and of mien_msgs. Raises BagError where mien_msgs is not installed."""
    store = get_typestore(Stores.ROS2_JAZZY)
    types: dict[str, Any] = {}
    for path in sorted(_definitions().glob("*.msg")):
        types |= get_types_from_msg(path.read_text("utf8"), f"mien_msgs/msg/{path.stem}")
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
    """A new bag: a folder with one MCAP file and metadata.yaml, as `ros2 bag` reads it.

    path: the folder; it must not exist. about: kept as custom data in the metadata.
    Raises BagError where the folder exists or cannot be made.
    """

    def __init__(self, path: Path, about: Mapping[str, str] | None = None) -> None:
        self.path = path
        self.counts: Counter[str] = Counter()  # messages by topic
        self.size_bytes = 0
        self.is_open = False
        if path.exists():
            raise BagError(f"{path} exists; record into a new folder, or move this one away")
        self._about = dict(about or {})
        self._topics: dict[str, _Connection] = {}
        self._schemas: dict[str, int] = {}
        try:
            path.mkdir(parents=True)
            self._file = McapFile(path / f"{path.name}.mcap")
            if self._about:  # here too, as metadata.yaml is written last
                self._file.add_metadata(KEY, self._about)
        except OSError as error:
            raise BagError(f"cannot make the bag {path}: {error.strerror}; choose another folder") from error
        self.is_open = True

    def add(self, topic: str, type_name: str, qos: Qos = RESULT) -> None:
        """Announce a topic, by its full name, before its first message."""
        store = typestore()
        if type_name not in self._schemas:
            self._schemas[type_name] = len(self._schemas) + 1
            definition, _ = store.generate_msgdef(type_name, ros_version=2)
            self._file.add_schema(self._schemas[type_name], type_name, definition)
        connection = _Connection(len(self._topics) + 1, topic, type_name, qos, store.hash_rihs01(type_name))
        self._topics[topic] = connection
        offered = _yaml([_qos(qos)])
        self._file.add_channel(
            connection.number, self._schemas[type_name], topic,
            {"offered_qos_profiles": offered, "topic_type_hash": connection.digest},
        )  # fmt: skip

    def knows(self, topic: str) -> bool:
        return topic in self._topics

    def write(self, topic: str, data: bytes | memoryview, received_ns: int, published_ns: int = 0) -> None:
        """Write one serialised message.

        Raises BagError when the disk takes no more; the bag is then closed with what fits.
        """
        try:
            self._file.write(self._topics[topic].number, data, received_ns, published_ns or received_ns)
        except OSError as error:
            raise self._give_up(error) from error
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

    def _give_up(self, error: OSError) -> BagError:
        """Close with what fits; what to tell."""
        self.is_open = False
        free = shutil.disk_usage(self.path).free
        why = f"cannot write to {self.path}: {error.strerror}, {free / 2**20:.1f} MiB free"
        lost = 0
        while (n := self._file.give_up()) is not None:
            lost += n
            kept = self._file.counts.total()
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
        self._file.abort()
        return BagError(f"{why}; nothing could be kept; make room and record into a new folder")

    def _finish(self) -> None:
        """The index of the file, and the same for the bag. Raises OSError."""
        name, file = self._file.path.name, self._file
        facts = _metadata(name, self._topics.values(), file.counts, file.span_ns, self._about)
        file.close("rosbag2", {"serialized_metadata": _yaml(facts)})
        text = _yaml({"rosbag2_bagfile_information": facts})
        part = self.path / "metadata.yaml.part"
        part.write_text(text, "utf8")
        part.replace(self.path / "metadata.yaml")

    def __enter__(self) -> BagWriter:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def _yaml(facts: Any) -> str:
    """Without `&id001` for what is there twice, which other readers may not know."""
    return str(yaml.safe_dump(json.loads(json.dumps(facts)), sort_keys=False))


@dataclass(frozen=True, slots=True)
class _Connection:
    """A topic of the bag. `digest` is the hash of its type, RIHS01."""

    number: int
    topic: str
    type: str
    qos: Qos
    digest: str


def _metadata(
    file: str, topics: Iterable[_Connection], counts: Mapping[int, int], span_ns: tuple[int, int], about: dict[str, str]
) -> dict[str, Any]:
    """`rosbag2_bagfile_information` of metadata.yaml, version 9."""
    start, duration = {"nanoseconds_since_epoch": span_ns[0]}, {"nanoseconds": span_ns[1] - span_ns[0]}
    total = sum(counts.values())
    return {
        "version": 9,
        "storage_identifier": "mcap",
        "relative_file_paths": [file],
        "starting_time": start,
        "duration": duration,
        "message_count": total,
        "topics_with_message_count": [
            {
                "topic_metadata": {
                    "name": t.topic,
                    "type": t.type,
                    "serialization_format": "cdr",
                    "offered_qos_profiles": [_qos(t.qos)],
                    "type_description_hash": t.digest,
                },
                "message_count": counts.get(t.number, 0),
            }
            for t in topics
        ],
        "compression_format": "",
        "compression_mode": "",
        "files": [{"path": file, "starting_time": start, "duration": duration, "message_count": total}],
        "custom_data": about or None,
        "ros_distro": "jazzy",
    }


def _qos(qos: Qos) -> dict[str, Any]:
    never = {"sec": 0, "nsec": 0}
    return {
        "history": "keep_last",
        "depth": qos.depth,
        "reliability": "reliable" if qos.reliable else "best_effort",
        "durability": "transient_local" if qos.latched else "volatile",
        "deadline": never,
        "lifespan": never,
        "liveliness": "automatic",
        "liveliness_lease_duration": never,
        "avoid_ros_namespace_conventions": False,
    }
