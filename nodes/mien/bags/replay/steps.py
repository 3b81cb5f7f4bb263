"""What is to be published of a bag, step by step. No ROS."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from fnmatch import fnmatchcase

from mien import graph
from mien.bags.copying import offered_qos
from mien.bags.exact.order import Key, Keys, idle_after, image_stage, orders
from mien.bags.exact.voices import Voices
from mien.bags.images import TYPES
from mien.bags.opened import Bag, Message, stamp_of
from mien.bags.read import Session
from mien.bags.record import VIDEO_TYPE
from mien.core.errors import BagError
from mien.graph import Qos

CAMERA_INFO = graph.CAMERA_INFO.type
_DEEPEST = 1000  # messages of one topic in the memory of the middleware
_STAMPED = 12  # bytes of CDR up to the end of the stamp


@dataclass(frozen=True, slots=True)
class Step:
    """Something that is due at a time of the bag. `message` is None where only time goes on.

    `answer_ns` is the stamp of the results that come of it; None where none are waited for. An image of a video that
    no stage worked on is not played, but later ones cannot be decoded without it.
    """

    due_ns: int
    message: Message | None = None
    answer_ns: int | None = None
    is_played: bool = True


class Images:
    """The images of a bag with their calibration, for stages that run beside.

    Of a bag of ours: the images that were worked on, by the time of their stamps, the voice that rigs had heard till
    then, and the times at which they eased without an image, so that the same is said again. Of others: every image,
    when it was received. Raises BagError.
    """

    def __init__(self, bag: Bag, topic: str = "") -> None:
        self._bag = bag
        self.topic = topic or _only_images(bag)
        if bag.types.get(self.topic) not in TYPES:
            raise BagError(f"{bag.path}: {self.topic} holds no images; {_said(bag)}")
        beside = f"{self.topic.removesuffix('/compressed').removesuffix('/h264').rpartition('/')[0]}/camera_info"
        self._info = beside if bag.types.get(beside) == CAMERA_INFO else ""
        self.is_ours = isinstance(bag, Session) and self.topic == bag.image_topic

    @property
    def start_ns(self) -> int:
        """When the first one is due."""
        return next((step.due_ns for step in self.steps() if step.answer_ns is not None), 0)

    def steps(self) -> Iterator[Step]:
        if self.is_ours:
            assert isinstance(self._bag, Session)
            yield from self._ours(self._bag)
            return
        for m in self._messages(self._bag):
            yield Step(m.received_ns, m, stamp_of(m.data) if m.topic == self.topic else None)

    def _messages(self, bag: Bag) -> Iterator[Message]:
        """Images, and calibrations that are new: whoever hears one is given time, and most only have another stamp."""
        info = b""
        for m in bag.raw(lambda topic: topic in (self.topic, self._info)):
            if m.topic == self.topic:
                yield m
            elif m.data[_STAMPED:] != info:
                info = m.data[_STAMPED:]
                yield m

    def _ours(self, session: Session) -> Iterator[Step]:
        order = orders(session)
        frames = frozenset(order[image_stage().name])
        idle = idle_after(order["rigs"], frames)
        keys, voices = Keys(), Voices(session)
        for m in self._messages(session):
            stamp_ns = stamp_of(m.data)
            if m.topic == self._info:
                yield Step(stamp_ns, m)
            elif (key := keys("image", stamp_ns)) in frames:
                yield from self._heard(session, voices, key)
                yield Step(stamp_ns, m, stamp_ns)
                for at in idle[key]:
                    yield from self._heard(session, voices, at)
                    yield Step(at[0], None, at[0])
            elif m.type == VIDEO_TYPE:
                yield Step(stamp_ns, m, is_played=False)

    @staticmethod
    def _heard(session: Session, voices: Voices, key: Key) -> Iterator[Step]:
        """The voice that rigs had heard when they spoke of this; it is due then."""
        for voice in voices.before(key):
            yield Step(key[0], Message(session.voice_topic or "", voice.type, voice.received_ns, voice.data))


def recorded(bag: Bag, what: str, patterns: str) -> Iterator[Step]:
    """Everything as it was received: `what` is all or results, patterns have commas between them."""
    wanted = chosen(bag, what, patterns)
    for m in bag.raw(wanted):
        yield Step(m.received_ns, m)


def chosen(bag: Bag, what: str, patterns: str) -> Callable[[str], bool]:
    """Which topics are to be played. Raises BagError where that is none."""
    asked = [p.strip() for p in patterns.split(",") if p.strip()]

    def wanted(topic: str) -> bool:
        if what == "results" and bag.types[topic] in TYPES:
            return False
        return not asked or any(fnmatchcase(topic, p if p.startswith(("/", "*")) else f"*/{p}") for p in asked)

    if not any(wanted(topic) and n for topic, n in bag.topics.items()):
        raise BagError(f"{bag.path} has no topic {patterns or what}; it has {', '.join(sorted(bag.topics))}")
    return wanted


def offered(bag: Bag, topic: str) -> Qos:
    """How to publish a topic of others: reliably, so that everybody hears it, and latched as its publishers did."""
    profiles = [offered_qos([profile]) for profile in bag.offered.get(topic) or ()] or [Qos()]
    depth = min(sum(qos.depth for qos in profiles), _DEEPEST)
    return Qos(latched=any(qos.latched for qos in profiles), depth=max(depth, 1))


def opened(bag: Bag) -> Bag:
    """The bag as a session of ours, where it is one."""
    try:
        return Session(bag.path)
    except BagError:
        return bag


def _only_images(bag: Bag) -> str:
    if isinstance(bag, Session) and bag.image_topic is not None:
        return bag.image_topic
    found = [topic for topic, kind in bag.types.items() if kind in TYPES and bag.topics[topic]]
    if len(found) == 1:
        return found[0]
    raise BagError(f"{bag.path}: {_said(bag)}" + ("; choose one by replay.image_topic" if found else ""))


def _said(bag: Bag) -> str:
    found = [topic for topic, kind in bag.types.items() if kind in TYPES and bag.topics[topic]]
    return f"its images are {', '.join(found)}" if found else "it holds no images"
