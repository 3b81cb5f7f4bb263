"""Read a bag back into the values of the stages, joined by image. No ROS needed."""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from mien import graph, messages
from mien.bags.images import TYPES, ImageDecoder, header_of
from mien.bags.joined import Unrolled, Waiting
from mien.bags.opened import Bag, Message, stamp_of
from mien.core.errors import BagError, ImageError, MessageError
from mien.core.moment import Moment
from mien.core.schemas import Names
from mien.core.stage import STAGES
from mien.core.types import Frame, Intrinsics

_NAMES = " or ".join((", ".join(spec.name for spec in STAGES[:-1]), STAGES[-1].name))
_KINDS = {spec.message for spec in STAGES}
SOUND, VOICE, WORDS = graph.AUDIO.name, graph.VOICE.name, graph.WORDS.name
_SOUNDS = {SOUND: messages.sound_from_msg, VOICE: messages.voice_from_msg, WORDS: messages.words_from_msg}
# Under this name beside a graph stands the truth of its synthetic camera, as a graph of its own.
TRUTH = "/truth"
# Under this name stand the old results of a bag that was computed again.
RECORDED = "/recorded"
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


class Session(Bag):
    """A recorded session: what it holds, and its moments.

    path: a bag folder (MCAP or sqlite3) or a bare .mcap or .db3 file. namespace: of the graph, where
    the bag holds several. Raises BagError, which says what is wrong with the bag and the mend.
    """

    def __init__(self, path: Path, namespace: str | None = None) -> None:
        super().__init__(path)
        self.broken_images = 0  # of the last pass over the moments
        self.refused: Counter[str] = Counter()  # messages that cannot be believed, by the field that is wrong
        self.late = 0  # parts that came long after the rest of their moment
        self.restarts = 0  # jumps of the stamps back by more than a second: they are told as if they went on
        self.namespace = self._choose(namespace)
        self._read_once()

    def _choose(self, namespace: str | None) -> str:
        found = {t.rpartition("/")[0] for t, kind in self.types.items() if kind in _KINDS and self.topics[t]}
        if namespace is not None:
            found &= {namespace.rstrip("/")}
        else:
            found = {name for name in found if not name.endswith((TRUTH, RECORDED))}
        if not found:
            where = f" under {namespace}" if namespace is not None else ""
            has = ", ".join(t for t, n in self.topics.items() if n) or "no message at all"
            raise BagError(f"{self.path} holds no {_NAMES}{where}; it has {has}")
        if len(found) > 1:
            names = ", ".join(sorted(n or "/" for n in found))
            raise BagError(f"{self.path} holds several graphs; choose one of the namespaces {names}")
        return str(found.pop())

    def _read_once(self) -> None:
        """Names, calibration and health, which hold for the whole bag."""
        self.names = Names()
        self.intrinsics: Intrinsics | None = None
        self.diagnostics: dict[str, Status] = {}
        self.settings: list[Setting] = []  # in the order in which they were told
        facts = (graph.PARAMETERS, graph.LABELS, graph.RIG_DESCRIPTION, graph.CAMERA_INFO, graph.DIAGNOSTICS)
        kinds = {topic.type for topic in facts}
        labels: Any = None
        rig: Any = None
        for message in self.raw(lambda topic: self.types[topic] in kinds):
            try:
                msg = self.parsed(message.data, message.type)
            except MessageError as error:
                self._refuse(error)
                continue
            if message.type == graph.DIAGNOSTICS.type:
                # The topic is everybody's: other graphs of the domain tell of theirs in it, too.
                own = (s for s in map(_status, msg.status) if s.name.rpartition("/")[0] == self.namespace)
                self.diagnostics |= {s.name: s for s in own}
            elif message.topic.rpartition("/")[0] != self.namespace:
                continue
            elif message.type == graph.PARAMETERS.type:
                self.settings.append(_setting(msg))
            elif message.type == graph.LABELS.type:
                labels = msg
            elif message.type == graph.RIG_DESCRIPTION.type:
                rig = msg
            elif self.intrinsics is None:
                self.intrinsics = messages.from_camera_info(msg)
        self.names = _names(labels, rig)

    def moments(self, images: bool = True) -> Iterator[Moment]:
        """Moments in order of their stamps; without `images` none is decoded."""
        self.broken_images = self.late = self.restarts = 0
        self.refused.clear()
        self._decode = ImageDecoder()
        topics = self._parts(images)
        waiting = Waiting(set(topics.values()))
        done: deque[int] = deque(maxlen=_REMEMBERED)
        for part, stamp_ns, message in self._in_time(topics):
            if stamp_ns in done:
                self.late += 1
                continue
            moment = waiting.moment(stamp_ns, message.received_ns, self.intrinsics)
            moment.received_ns[part] = message.received_ns
            self._add(moment, part, message.type, message.data)
            for moment in waiting.ready(part, stamp_ns, message.received_ns):
                done.append(moment.stamp_ns)
                yield moment
        yield from waiting.rest()

    def messages(self, parts: Collection[str]) -> Iterator[Heard]:
        """The messages of these parts, in the order in which they came.

        parts: image, camera_info, audio, voice, words, or names of stages.
        """
        self._decode = ImageDecoder()
        topics = {t: part for t, part in self._parts(images=True).items() if part in parts}
        topics |= {
            self._name(topic): topic.name for topic in (graph.AUDIO, graph.VOICE, graph.WORDS) if topic.name in parts
        }
        if "camera_info" in parts:
            topics |= {self._name(graph.CAMERA_INFO): "camera_info"}
        for m in self.raw(lambda topic: topic in topics):
            yield Heard(topics[m.topic], stamp_of(m.data), m.received_ns, m.type, m.data)

    def value(self, heard: Heard) -> Any:
        """What a message says: Frame, Intrinsics (None = not calibrated), Sound, Voice, Words, or output of a stage.

        Images are decoded in the order in which they were heard. Raises MessageError and ImageError.
        """
        msg = self.parsed(heard.data, heard.type)
        try:
            if heard.part == "camera_info":
                return messages.from_camera_info(msg)
            if heard.part == "image":
                return Frame(
                    self._decode(msg, heard.type),
                    heard.stamp_ns,
                    header_of(msg, heard.type).frame_id,
                )
            if heard.part in _SOUNDS:
                return _SOUNDS[heard.part](msg)
            return messages.from_msg(heard.part, msg)
        except AttributeError as error:
            raise self._other_version(heard.type, error) from error

    def value_of(self, stage: str, message: Message) -> Any:
        """The output of a stage in a message that `raw` gave. Raises MessageError."""
        return self.value(Heard(stage, stamp_of(message.data), message.received_ns, message.type, message.data))

    def _name(self, topic: graph.Topic) -> str:
        return f"{self.namespace}/{topic.name}"

    def _in_time(self, topics: Mapping[str, str]) -> Iterator[tuple[str, int, Message]]:
        """Part, stamp and message of everything on these topics."""
        unrolled = Unrolled()
        for message in self.raw(lambda topic: topic in topics):
            part = topics[message.topic]
            for stamp_ns, told in unrolled(part, stamp_of(message.data), message):
                self.restarts = unrolled.restarts
                yield part, stamp_ns, told
        yield from unrolled.rest()

    def _parts(self, images: bool) -> dict[str, str]:
        """Topic → the part of a moment that it carries."""
        parts = {
            topic: spec.name
            for topic, kind in self.types.items()
            for spec in STAGES
            if kind == spec.message and topic == f"{self.namespace}/{spec.name}"
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
        made_up = self._name(graph.NORMALISED)
        recorded = [t for t, kind in self.types.items() if kind in TYPES and self.topics[t] and t != made_up]
        raw = f"{self.namespace}/{graph.IMAGE.name}"
        own = next((t for t in (raw, f"{raw}/compressed", f"{raw}/h264") if t in recorded), None)
        # A camera of another name, which the graph was told to listen to.
        return own or (recorded[0] if len(recorded) == 1 else None)

    @property
    def voice_topic(self) -> str | None:
        """Where the voice is, None when none was recorded."""
        return self._held(graph.VOICE)

    @property
    def sound_topic(self) -> str | None:
        """Where the sound is, None when none was recorded."""
        return self._held(graph.AUDIO)

    def _held(self, topic: graph.Topic) -> str | None:
        name = self._name(topic)
        return name if self.topics.get(name) else None

    @property
    def has_raw_images(self) -> bool:
        """Whether images are as the stages saw them, and not compressed."""
        topic = self.image_topic
        return topic is not None and self.types[topic] == graph.IMAGE.type

    def _add(self, moment: Moment, part: str, kind: str, data: bytes) -> None:
        try:
            msg = self.parsed(data, kind)
            value = self._decode(msg, kind) if part == "image" else messages.from_msg(part, msg)
        except ImageError:
            self.broken_images += 1
            return
        except MessageError as error:
            self._refuse(error)
            return
        except AttributeError as error:
            raise self._other_version(kind, error) from error
        if part == "image":
            moment.image = value
        else:
            moment.parts[part] = value

    def _refuse(self, error: MessageError) -> None:
        """Count a message that cannot be believed, by the field that is wrong."""
        self.refused[str(error).partition(" ")[0]] += 1

    def _other_version(self, kind: str, error: AttributeError) -> BagError:
        return BagError(f"{self.path} was recorded with another version of {kind}: {error}")


def read(path: Path, *, images: bool = True, namespace: str | None = None) -> Iterator[Moment]:
    """The moments of a bag. Raises BagError."""
    return Session(path, namespace).moments(images)


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
