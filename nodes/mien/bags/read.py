"""Read a bag back into the values of the stages, joined by image. No ROS needed."""

from __future__ import annotations

import heapq
from collections import Counter, deque
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rosbags.rosbag2 import Reader
from rosbags.typesys import Stores, get_types_from_msg, get_typestore

from mien import graph, messages
from mien.bags import about
from mien.bags.recover import Cut, is_whole, scan
from mien.core.errors import BagError, ImageError, MessageError
from mien.core.moment import Moment
from mien.core.stage import STAGES
from mien.core.types import Intrinsics
from mien.images.depth import Depth
from mien_models.spaces import arkit, emotions, facs

_NAMES = " or ".join((", ".join(spec.name for spec in STAGES[:-1]), STAGES[-1].name))
_KINDS = {spec.message for spec in STAGES}
# Under this name beside a graph stands the truth of its synthetic camera, as a graph of its own.
TRUTH = "/truth"
_IMAGES = (graph.IMAGE.type, "sensor_msgs/msg/CompressedImage")
# What belongs to one image arrives within this time; more only costs memory.
_WINDOW_NS = 5_000_000_000
# A topic that has gone on by this much has nothing more to say of an image. Not at once: a rig that
# eases carries the time of its step, which may be later than the stamp of the next image.
_PAST_NS = 250_000_000
_BACK_NS = 1_000_000_000  # further back than this is another recording, or a loop
_PAUSE_NS = 40_000_000  # between two recordings
_REMEMBERED = 1024  # moments for which something may still come too late


@dataclass(frozen=True, slots=True)
class Names:
    """The names behind the float arrays of this bag."""

    blendshapes: tuple[str, ...] = arkit.BLENDSHAPES
    action_units: tuple[str, ...] = facs.AUS
    emotions: tuple[str, ...] = emotions.EMOTIONS
    rig: tuple[str, ...] = arkit.BLENDSHAPES


@dataclass(frozen=True, slots=True)
class Status:
    """The last DiagnosticStatus of one node."""

    name: str
    level: int
    message: str
    values: dict[str, str]


class _Waiting:
    """Moments that are not whole yet. They come out in order of their stamps."""

    def __init__(self, parts: set[str]) -> None:
        self._newest = dict.fromkeys(parts, 0)  # stamp of each part
        self._moments: dict[int, Moment] = {}
        self._queue: list[tuple[int, int]] = []  # stamp, when it was first heard of

    def moment(self, stamp_ns: int, received_ns: int, intrinsics: Intrinsics | None) -> Moment:
        """That of this stamp, or a new one."""
        if stamp_ns not in self._moments:
            self._moments[stamp_ns] = Moment(stamp_ns, intrinsics=intrinsics)
            heapq.heappush(self._queue, (stamp_ns, received_ns))
        return self._moments[stamp_ns]

    def ready(self, part: str, stamp_ns: int, received_ns: int) -> Iterator[Moment]:
        """Those to which nothing is added any more, after this part of this stamp was."""
        self._newest[part] = max(self._newest[part], stamp_ns)
        while self._queue and self._is_final(*self._queue[0], received_ns):
            yield self._pop()

    def rest(self) -> Iterator[Moment]:
        while self._queue:
            yield self._pop()

    def _is_final(self, stamp_ns: int, heard_ns: int, now_ns: int) -> bool:
        has = self._moments[stamp_ns].received_ns
        return now_ns - heard_ns > _WINDOW_NS or all(
            part in has or newest > stamp_ns + _PAST_NS for part, newest in self._newest.items()
        )

    def _pop(self) -> Moment:
        return self._moments.pop(heapq.heappop(self._queue)[0])


class _Unrolled:
    """Messages with stamps that go on where those of a part jump back, as in a bag that was played in a loop.

    One message with an old stamp is only late: it takes two in a row to begin anew.
    """

    def __init__(self) -> None:
        self._newest: dict[str, int] = {}  # stamp of each part, as it is in the bag
        self._epoch: dict[str, int] = {}
        self._shifts_ns = [0]
        self._latest_ns = 0  # of all that was told
        self._doubtful: dict[str, tuple[int, Any]] = {}  # by part: a stamp far back, and its message

    @property
    def restarts(self) -> int:
        return len(self._shifts_ns) - 1

    def __call__(self, part: str, stamp_ns: int, message: Any) -> Iterator[tuple[int, Any]]:
        """The stamp by which a message counts, and the message; one that is in doubt comes with the next."""
        is_back = stamp_ns < self._newest.get(part, stamp_ns) - _BACK_NS
        doubtful = self._doubtful.pop(part, None)
        if is_back and doubtful is None:
            self._doubtful[part] = stamp_ns, message
            return
        if doubtful is not None:
            if is_back:
                self._restart(part, doubtful[0])
            yield self._told(part, doubtful[0]), doubtful[1]
        self._newest[part] = stamp_ns
        yield self._told(part, stamp_ns), message

    def rest(self) -> Iterator[tuple[str, int, Any]]:
        """What was in doubt at the end: part, stamp, message."""
        for part, (stamp_ns, message) in self._doubtful.items():
            yield part, self._told(part, stamp_ns), message

    def _restart(self, part: str, stamp_ns: int) -> None:
        self._epoch[part] = self._epoch.get(part, 0) + 1
        if self._epoch[part] == len(self._shifts_ns):  # the first part that jumps
            self._shifts_ns.append(self._latest_ns + _PAUSE_NS - stamp_ns)

    def _told(self, part: str, stamp_ns: int) -> int:
        told = stamp_ns + self._shifts_ns[self._epoch.get(part, 0)]
        self._latest_ns = max(self._latest_ns, told)
        return told


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
        kinds = {graph.LABELS.type, graph.RIG_DESCRIPTION.type, graph.CAMERA_INFO.type, graph.DIAGNOSTICS.type}
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
            waiting = _Waiting(set(topics.values()))
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

    def _in_time(self, reader: Any, topics: Mapping[str, str]) -> Iterator[tuple[str, int, tuple[Any, int, bytes]]]:
        """Part, stamp and message of everything on these topics."""
        unrolled = _Unrolled()
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
            raise BagError(f"{self.path} was recorded with another version of {kind}: {error}") from error
        if part == "image":
            moment.image = value
        else:
            moment.parts[part] = value

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


def _names(labels: Any, rig: Any) -> Names:
    names = Names()
    if labels is not None:
        names = Names(tuple(labels.blendshapes), tuple(labels.action_units), tuple(labels.emotions), names.rig)
    if rig is not None:
        names = Names(names.blendshapes, names.action_units, names.emotions, tuple(rig.names))
    return names


__all__ = ["Names", "Session", "Status", "read"]
