"""Write what the graph says into an MCAP bag. No ROS: messages come serialised."""

from __future__ import annotations

import importlib.util
import shutil
from collections import Counter
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from rosbags.interfaces import Qos as BagQos, QosDurability, QosHistory, QosLiveliness, QosReliability, QosTime
from rosbags.typesys import Stores, get_types_from_msg, get_typestore

from mien.bags.storage import BagFile
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
        self._file = BagFile(path)
        for key, value in (about or {}).items():
            self._file.set_custom_data(key, value)
        try:
            self._file.open()
        except OSError as error:
            raise BagError(f"cannot make the bag {path}: {error.strerror}; choose another folder") from error
        self._topics: dict[str, Any] = {}
        self.is_open = True

    def add(self, topic: str, type_name: str, qos: Qos = RESULT) -> None:
        """Announce a topic, by its full name, before its first message."""
        self._topics[topic] = self._file.add_connection(
            topic, type_name, typestore=typestore(), offered_qos_profiles=[_qos(qos)]
        )

    def knows(self, topic: str) -> bool:
        return topic in self._topics

    def write(self, topic: str, data: bytes | memoryview, received_ns: int, published_ns: int = 0) -> None:
        """Write one serialised message.

        Raises BagError when the disk takes no more; the bag is then closed with what fits.
        """
        self._file.storage.published_ns = published_ns
        try:
            self._file.write(self._topics[topic], received_ns, data)
        except OSError as error:
            raise self._give_up(error) from error
        self.counts[topic] += 1
        self.size_bytes += len(data)

    def close(self) -> None:
        """Write index and metadata. Raises BagError when they do not fit beside all messages."""
        if not self.is_open:
            return
        try:
            self._file.close()
        except OSError as error:
            raise self._give_up(error) from error
        self.is_open = False

    def _give_up(self, error: OSError) -> BagError:
        """Close with what fits; what to tell."""
        self.is_open = False
        free = shutil.disk_usage(self.path).free
        why = f"cannot write to {self.path}: {error.strerror}, {free / 2**20:.1f} MiB free"
        lost = 0
        while (n := self._file.storage.give_up_chunk()) is not None:
            lost += n
            try:
                self._finish()
            except OSError:
                continue
            kept = sum(self._file.counts.values())
            return BagError(
                f"{why}; the bag is closed with {kept} messages and stays readable, the last {lost} are lost;"
                " make room and record into a new folder"
            )
        self._file.abort()
        return BagError(f"{why}; nothing could be kept; make room and record into a new folder")

    def _finish(self) -> None:
        if shutil.disk_usage(self.path).free < _ROOM_BYTES:
            raise OSError("no room for the metadata")
        self._file.close()

    def __enter__(self) -> BagWriter:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def _qos(qos: Qos) -> BagQos:
    never = QosTime(0, 0)
    return BagQos(
        QosHistory.KEEP_LAST,
        qos.depth,
        QosReliability.RELIABLE if qos.reliable else QosReliability.BEST_EFFORT,
        QosDurability.TRANSIENT_LOCAL if qos.latched else QosDurability.VOLATILE,
        never,
        never,
        QosLiveliness.AUTOMATIC,
        never,
        avoid_ros_namespace_conventions=False,
    )
