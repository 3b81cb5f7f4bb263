"""Read a bag back into the values of the stages, joined by image. No ROS needed."""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rosbags.rosbag2 import Reader
from rosbags.typesys import Stores, get_types_from_msg, get_typestore

from mien import graph, messages
from mien.bags import about
from mien.bags.joined import Unrolled, Waiting
from mien.bags.recover import Cut, is_whole, scan
from mien.core.errors import BagError, ImageError, MessageError
from mien.core.moment import Moment
from mien.core.schemas import Names
from mien.core.stage import STAGES
from mien.core.types import Frame, Intrinsics
from mien.images.depth import Depth

_NAMES = " or ".join((", ".join(spec.name for spec in STAGES[:-1]), STAGES[-1].name))
_KINDS = {spec.message for spec in STAGES}
# Under this name beside a graph stands the truth of its synthetic camera, as a graph of its own.
TRUTH = "/truth"
_IMAGES = (graph.IMAGE.type, "sensor_msgs/msg/CompressedImage")
_REMEMBERED = 1024  # moments for which something may still come too late


@dataclass(frozen=True, slots=True)
class Status:
    """The last DiagnosticStatus of one node."""

    name: str
    level: int
    message: str
    values: dict[str, str]


@dataclass(frozen=True, slots=True)
class Setting:
    """Parameters of a node, as `<component>.<name>`; they hold for what comes after the image of `stamp_ns`."""

    node: str
    stamp_ns: int
    values: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Heard:
    """One message as it stands in the bag. `part` is image, camera_info or the name of a stage."""

    part: str
    stamp_ns: int
    received_ns: int
    type: str
    data: bytes


class Session:
    """A recorded session: what it holds, and its moments.

    path: a bag folder (MCAP or sqlite3) or a bare .mcap or .db3 file. namespace: of the graph, where
    the bag holds several. Raises BagError, which says what is wrong with the bag and the mend.
    """

    def __init__(self, path: Path, namespace: str | None = None) -> None:
        self.path = path
        self.broken_images = 0  # of the last pass over the moments
        self.refused: Counter[str] = Counter()  # messages that cannot be believed, by the field that is wrong
        self.late = 0  # parts that came long after the rest of their moment
        self.restarts = 0  # jumps of the stamps back by more than a second: they are told as if they went on
        self._file = _file(path)
        self.cut = self._file if isinstance(self._file, Cut) else None  # a file without its end, and what is left
        with self._reader() as reader:
            self._types = {c.topic: c.msgtype for c in reader.connections}
            self.topics = {topic: info.msgcount for topic, info in reader.topics.items()}
            self.namespace = self._choose(reader, namespace)
            custom = self.cut.metadata.get(about.KEY) if self.cut else reader.storage.metadata.custom
            self.about = about.parse(custom)
            self.duration_s = reader.duration * 1e-9
            self._store = _typestore(reader)
            self._read_once(reader)

    def _choose(self, reader: Any, namespace: str | None) -> str:
        found = {c.topic.rpartition("/")[0] for c in reader.connections if c.msgtype in _KINDS and c.msgcount}
        if namespace is not None:
            found &= {namespace.rstrip("/")}
        else:
            found = {name for name in found if not name.endswith(TRUTH)}
        if not found:
            where = f" under {namespace}" if namespace is not None else ""
            has = ", ".join(t for t, n in self.topics.items() if n) or "no message at all"
            raise BagError(f"{self.path} holds no {_NAMES}{where}; it has {has}")
        if len(found) > 1:
            names = ", ".join(sorted(n or "/" for n in found))
            raise BagError(f"{self.path} holds several graphs; choose one of the namespaces {names}")
        return str(found.pop())

    def _read_once(self, reader: Any) -> None:
        """Names, calibration and health, which hold for the whole bag."""
        self.names = Names()
        self.intrinsics: Intrinsics | None = None
        self.diagnostics: dict[str, Status] = {}
        self.settings: list[Setting] = []  # in the order in which they were told
        facts = (graph.PARAMETERS, graph.LABELS, graph.RIG_DESCRIPTION, graph.CAMERA_INFO, graph.DIAGNOSTICS)
        kinds = {topic.type for topic in facts}
        labels: Any = None
        rig: Any = None
        for connection, _, data in _messages(reader, lambda c: c.msgtype in kinds):
            msg = self._store.deserialize_cdr(data, connection.msgtype)
            if connection.msgtype == graph.DIAGNOSTICS.type:
                # The topic is everybody's: other graphs of the domain tell of theirs in it, too.
                own = (s for s in map(_status, msg.status) if s.name.rpartition("/")[0] == self.namespace)
                self.diagnostics |= {s.name: s for s in own}
            elif connection.topic.rpartition("/")[0] != self.namespace:
                continue
            elif connection.msgtype == graph.PARAMETERS.type:
                self.settings.append(_setting(msg))
            elif connection.msgtype == graph.LABELS.type:
                labels = msg
            elif connection.msgtype == graph.RIG_DESCRIPTION.type:
                rig = msg
            elif self.intrinsics is None:
                self.intrinsics = messages.from_camera_info(msg)
        self.names = _names(labels, rig)

    def moments(self, images: bool = True) -> Iterator[Moment]:
        """Moments in order of their stamps; without `images` none is decoded."""
        self.broken_images = self.late = self.restarts = 0
        self.refused.clear()
        self._depth = Depth()
        with self._reader() as reader:
            topics = self._parts(reader, images)
            waiting = Waiting(set(topics.values()))
            done: deque[int] = deque(maxlen=_REMEMBERED)
            for part, stamp_ns, (connection, received_ns, data) in self._in_time(reader, topics):
                if stamp_ns in done:
                    self.late += 1
                    continue
                moment = waiting.moment(stamp_ns, received_ns, self.intrinsics)
                moment.received_ns[part] = received_ns
                self._add(moment, part, connection.msgtype, data)
                for moment in waiting.ready(part, stamp_ns, received_ns):
                    done.append(moment.stamp_ns)
                    yield moment
            yield from waiting.rest()

    def messages(self, parts: Collection[str]) -> Iterator[Heard]:
        """The messages of these parts, in the order in which they came: image, camera_info, or names of stages."""
        self._depth = Depth()
        with self._reader() as reader:
            topics = {t: part for t, part in self._parts(reader, images=True).items() if part in parts}
            if "camera_info" in parts:
                topics |= {self._name(graph.CAMERA_INFO): "camera_info"}
            for connection, received_ns, data in _messages(reader, lambda c: c.topic in topics):
                part = topics[connection.topic]
                yield Heard(part, _stamp_ns(data), received_ns, connection.msgtype, data)

    def value(self, heard: Heard) -> Any:
        """What a message says: a Frame, Intrinsics (None = not calibrated), or the output of a stage.

        Images are decoded in the order in which they were heard. Raises MessageError and ImageError.
        """
        msg = self._store.deserialize_cdr(heard.data, heard.type)
        try:
            if heard.part == "camera_info":
                return messages.from_camera_info(msg)
            if heard.part == "image":
                return Frame(messages.from_image(msg, self._depth), heard.stamp_ns, str(msg.header.frame_id))
            return messages.from_msg(heard.part, msg)
        except AttributeError as error:
            raise self._other_version(heard.type, error) from error

    def _name(self, topic: graph.Topic) -> str:
        return f"{self.namespace}/{topic.name}"

    def _in_time(self, reader: Any, topics: Mapping[str, str]) -> Iterator[tuple[str, int, tuple[Any, int, bytes]]]:
        """Part, stamp and message of everything on these topics."""
        unrolled = Unrolled()
        for message in _messages(reader, lambda c: c.topic in topics):
            part = topics[message[0].topic]
            for stamp_ns, told in unrolled(part, _stamp_ns(message[2]), message):
                self.restarts = unrolled.restarts
                yield part, stamp_ns, told
        yield from unrolled.rest()

    def _parts(self, reader: Any, images: bool) -> dict[str, str]:
        """Topic → the part of a moment that it carries."""
        parts = {
            c.topic: spec.name
            for c in reader.connections
            for spec in STAGES
            if c.msgtype == spec.message and c.topic == f"{self.namespace}/{spec.name}"
        }
        if images and (topic := self.image_topic):
            parts[topic] = "image"
        return parts

    @property
    def source(self) -> str | None:
        """What a node says that it reads: a camera, a file."""
        return next((s.values["source"] for s in self.diagnostics.values() if s.values.get("source")), None)

    @property
    def image_topic(self) -> str | None:
        """Where the images are, None when none was recorded."""
        recorded = [t for t, kind in self._types.items() if kind in _IMAGES and self.topics[t]]
        raw = f"{self.namespace}/{graph.IMAGE.name}"
        own = next((t for t in (raw, f"{raw}/compressed") if t in recorded), None)
        # A camera of another name, which the graph was told to listen to.
        return own or (recorded[0] if len(recorded) == 1 else None)

    @property
    def has_raw_images(self) -> bool:
        """Whether images are as the stages saw them, and not compressed."""
        topic = self.image_topic
        return topic is not None and self._types[topic] == graph.IMAGE.type

    def _add(self, moment: Moment, part: str, kind: str, data: bytes) -> None:
        msg = self._store.deserialize_cdr(data, kind)
        try:
            value = messages.from_image(msg, self._depth) if part == "image" else messages.from_msg(part, msg)
        except ImageError:
            self.broken_images += 1
            return
        except MessageError as error:
            self.refused[str(error).partition(" ")[0]] += 1
            return
        except AttributeError as error:
            raise self._other_version(kind, error) from error
        if part == "image":
            moment.image = value
        else:
            moment.parts[part] = value

    def _other_version(self, kind: str, error: AttributeError) -> BagError:
        return BagError(f"{self.path} was recorded with another version of {kind}: {error}")

    @contextmanager
    def _reader(self) -> Iterator[Any]:
        try:
            with Reader(self._file) as reader:
                yield reader
        except BagError:
            raise
        except Exception as error:  # a broken file makes rosbags trip in many ways
            raise BagError(f"{self.path} cannot be read as a bag: {error or type(error).__name__}") from error


def read(path: Path, *, images: bool = True, namespace: str | None = None) -> Iterator[Moment]:
    """The moments of a bag. Raises BagError."""
    return Session(path, namespace).moments(images)


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


def _messages(reader: Any, wanted: Callable[[Any], bool]) -> Iterator[tuple[Any, int, bytes]]:
    connections = [c for c in reader.connections if c.msgcount and wanted(c)]
    if connections:
        yield from reader.messages(connections)


def _stamp_ns(cdr: bytes) -> int:
    """The header comes first in every message that is joined; this spares parsing an image."""
    order = "little" if cdr[1] & 1 else "big"
    sec = int.from_bytes(cdr[4:8], order, signed=True)  # type: ignore[arg-type]
    return sec * 1_000_000_000 + int.from_bytes(cdr[8:12], order)  # type: ignore[arg-type]


def _status(msg: Any) -> Status:
    level = msg.level if isinstance(msg.level, int) else msg.level[0]
    return Status(str(msg.name), int(level), str(msg.message), {str(v.key): str(v.value) for v in msg.values})


def _setting(msg: Any) -> Setting:
    fields = {1: "bool_value", 2: "integer_value", 3: "double_value", 4: "string_value"}
    values = {
        str(p.name): getattr(p.value, fields[int(p.value.type)])
        for p in (*msg.new_parameters, *msg.changed_parameters)
        if int(p.value.type) in fields
    }
    return Setting(str(msg.node), messages.from_time(msg.stamp), values)


def _names(labels: Any, rig: Any) -> Names:
    names = Names()
    if labels is not None:
        names = Names(tuple(labels.blendshapes), tuple(labels.action_units), tuple(labels.emotions), names.rig)
    if rig is not None:
        names = Names(names.blendshapes, names.action_units, names.emotions, tuple(rig.names))
    return names


__all__ = ["Heard", "Names", "Session", "Setting", "Status", "read"]
