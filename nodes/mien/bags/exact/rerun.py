"""Runs the stages over the images of a bag again, in the order in which they ran when it was recorded.

The recorded results say which images each stage worked on, and at which times rigs eased without one: a stage that
fell behind left images out, and does so again here. Images and times come from the bag alone.
"""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import Any

from mien.bags.exact.captures import STAGE, captures
from mien.bags.exact.order import Key, Keys, image_stage, orders
from mien.bags.exact.voices import Voices
from mien.bags.read import Heard, Session, Setting
from mien.bags.write import through_message
from mien.core.config import build, params
from mien.core.errors import BagError, MessageError, MissingImage
from mien.core.stage import FRAME, STAGES, Stage, StageSpec
from mien.core.types import Frame, Header, Intrinsics
from mien.expressions.stage import Stage as ExpressionsStage
from mien.rigs.stage import Stage as RigsStage

_FRAME_PART = "image"


@dataclass(frozen=True, slots=True)
class Made:
    """What a stage says now (None = nothing), beside what was recorded of the same image or time."""

    stage: str
    stamp_ns: int
    computed: Any
    recorded: Any
    received_ns: int


def recorded_parameters(settings: list[Setting]) -> dict[str, Any]:
    """The parameters of the stages as they were when the recording began, as `<stage>.<parameter>`."""
    known = {f"{spec.name}.{p.name}" for spec in STAGES for p in params(spec.config)}
    values: dict[str, Any] = {}
    for setting in settings:
        if not setting.stamp_ns:
            values |= {k: v for k, v in setting.values.items() if k in known and k not in values}
    return values


def configurations(settings: list[Setting], more: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """The configuration of each stage as it was when the recording began. `more` overrides `<stage>.<parameter>`.

    Raises ConfigError for a value that this version does not take.
    """
    values = recorded_parameters(settings) | dict(more or {})
    made = {}
    for spec in STAGES:
        own = {k.partition(".")[2]: v for k, v in values.items() if k.partition(".")[0] == spec.name}
        made[spec.name] = build(spec.config, own)
    return made


class _Lane:
    """One stage: what it works on, in order, and its inputs as they become known.

    changes: stamps of the outputs after which parameters were changed, and what they became.
    """

    def __init__(
        self, spec: StageSpec, config: Any, order: list[Key], frames: frozenset[Key], changes: list[tuple[int, Any]]
    ) -> None:
        self.spec = spec
        self.stage: Stage[Any] = spec.stage(config)
        self.keys = frozenset(order)
        self.inputs: dict[Key, dict[str, Any]] = defaultdict(dict)
        self._config = config
        self._order = deque(order)
        self._changes = deque((_position(stamp_ns, order), values) for stamp_ns, values in changes)
        self._done = 0
        self._frames = frames

    @property
    def head(self) -> Key | None:
        """What comes next."""
        return self._order[0] if self._order else None

    @property
    def left(self) -> int:
        """How many steps are to be done."""
        return len(self._order)

    def is_idle(self, key: Key) -> bool:
        """Whether no image belongs to it."""
        return key not in self._frames

    def is_ready(self, key: Key) -> bool:
        return self.is_idle(key) or len(self.inputs.get(key, ())) == len(self.spec.inputs)

    def adopt(self) -> None:
        """Take over the parameters that were changed before the next step."""
        while self._changes and self._changes[0][0] <= self._done:
            self._config = replace(self._config, **self._changes.popleft()[1])
            self.stage.reconfigure(self._config)

    def step(self, key: Key, frame_id: str) -> Any:
        """The output of what comes next, which is ready."""
        self._order.popleft()
        self._done += 1
        if self.is_idle(key):
            return self.stage.idle(Header(key[0], frame_id))
        given = self.inputs.pop(key)
        return self.stage.step(*[given[name] for name in self.spec.inputs])


def _without_int8(config: Any) -> Any:
    return replace(config, precision="fp32") if getattr(config, "precision", "") == "auto" else config


class Rerun:
    """All results of a bag, computed again.

    overrides: parameters that differ from the recorded ones, as `<stage>.<parameter>`. Raises BagError where there
    are no images or no results, ConfigError where a parameter is not known, ModelError where a network is missing.
    """

    def __init__(self, session: Session, overrides: Mapping[str, Any] | None = None) -> None:
        if session.image_topic is None:
            raise BagError(
                f"{session.path} holds no images, so that nothing can be computed again; record with images: raw"
            )
        self.session = session
        self.images = 0
        self.unused = 0  # images that no stage worked on, as in a graph that fell behind
        configs = configurations(session.settings, overrides)
        if (session.about.get("machine") or {}).get("vnni") is False:  # "auto" was fp32 there
            configs = {name: _without_int8(config) for name, config in configs.items()}
        # Between processes values pass through messages, which carry fewer digits.
        nodes = {s.node.rpartition("/")[2] for s in session.settings}
        self._split = bool(nodes & {spec.name for spec in STAGES})
        found = orders(session)
        self.captures = captures(session, found[STAGE])
        self._baseline_file = configs[STAGE].baseline_file
        frames = frozenset(found[image_stage().name])
        self._lanes = {
            spec.name: _Lane(
                spec, configs[spec.name], found[spec.name], frames, _changes(session.settings, spec, overrides or {})
            )
            for spec in STAGES
        }

    def __iter__(self) -> Iterator[Made]:
        """Every recorded output beside the computed one. Raises MissingImage and BagError."""
        self._recorded: dict[tuple[str, Key], tuple[Any, int]] = {}
        self._computed: dict[tuple[str, Key], Any] = {}
        self._intrinsics: Intrinsics | None = None
        self._infos: dict[int, Intrinsics | None] = {}
        self._frame_id = ""
        self.voices = Voices(self.session)
        keys = Keys()
        parts = {_FRAME_PART, "camera_info", *self._lanes}
        for heard in self.session.messages(parts):
            key = keys(heard.part, heard.stamp_ns)
            if heard.part == "camera_info":
                self._take_info(heard)
            elif heard.part == _FRAME_PART:
                yield from self._take_image(heard, key)
            else:
                yield from self._take_result(heard, key)
        self._conclude()

    def _take_info(self, heard: Heard) -> None:
        self._intrinsics = self._infos[heard.stamp_ns] = self.session.value(heard)
        while len(self._infos) > 64:
            del self._infos[next(iter(self._infos))]

    def _take_image(self, heard: Heard, key: Key) -> Iterator[Made]:
        self.images += 1
        lane = self._lanes[image_stage().name]
        try:
            frame: Frame = self.session.value(heard)
        except MessageError as error:
            raise MissingImage(f"the image of {self._at(heard.stamp_ns)} cannot be read: {error}") from error
        self._frame_id = frame.frame_id
        if key not in lane.keys:
            self.unused += 1
            return
        if lane.head != key:
            assert lane.head is not None
            raise self._missing(lane.head)
        yield from self._advance(key, replace(frame, intrinsics=self._calibration(frame)))

    def _calibration(self, frame: Frame) -> Intrinsics | None:
        """Of the same image, or the last one before it, where it fits."""
        k = self._infos.get(frame.stamp_ns, self._intrinsics)
        if k is None:
            return None
        height, width = frame.image.shape[:2]
        try:
            return k.at(width, height)
        except ValueError:
            return None

    def _take_result(self, heard: Heard, key: Key) -> Iterator[Made]:
        try:
            value = self.session.value(heard)
        except MessageError as error:
            value = error
        self._recorded[heard.part, key] = value, heard.received_ns
        yield from self._told(heard.part, key)

    def _advance(self, key: Key, frame: Frame) -> Iterator[Made]:
        """Give an image to those who read images, and let every stage do what it can."""
        for lane in self._lanes.values():
            if FRAME in lane.spec.inputs and key in lane.keys:
                lane.inputs[key][FRAME] = frame
        for lane in self._lanes.values():
            while (head := lane.head) is not None and lane.is_ready(head):
                lane.adopt()
                value = self._step(lane, head)
                yield from self._made(lane.spec.name, head, value)

    def _step(self, lane: _Lane, head: Key) -> Any:
        """The output of a stage; resting faces are captured when they were."""
        if isinstance(lane.stage, RigsStage):
            self._hear(lane.stage, head)
        if lane.spec.name != STAGE or not isinstance(lane.stage, ExpressionsStage):
            return lane.step(head, self._frame_id)
        self.captures.before(lane.stage, head)
        value = lane.step(head, self._frame_id)
        self.captures.after(lane.stage, head, expects=bool(self._baseline_file))
        return value

    def _hear(self, stage: RigsStage, head: Key) -> None:
        """Tell the rigs what they had heard before this output."""
        for voice in self.voices.before(head):
            with suppress(MessageError):  # the node did not believe it, either
                stage.hear(self.session.value(voice))

    def _made(self, name: str, key: Key, value: Any) -> Iterator[Made]:
        told = through_message(name, value) if value is not None else None
        for lane in self._lanes.values():
            if name in lane.spec.inputs and key in lane.keys and not lane.is_idle(key):
                lane.inputs[key][name] = told if self._split else value
        self._computed[name, key] = told
        yield from self._told(name, key)

    def _told(self, name: str, key: Key) -> Iterator[Made]:
        """Both, once both are known."""
        at = name, key
        if at in self._recorded and at in self._computed:
            recorded, received_ns = self._recorded.pop(at)
            yield Made(name, key[0], self._computed.pop(at), recorded, received_ns)

    def _conclude(self) -> None:
        lane = self._lanes[image_stage().name]
        if lane.head is not None and lane.left > 1:  # the image comes last: of the last one it may be cut off
            raise self._missing(lane.head)

    def _missing(self, key: Key) -> MissingImage:
        return MissingImage(
            f"the image of {self._at(key[0])} is not in the bag: the recorder dropped it, or it was cut off;"
            " what follows from it cannot be computed",
        )

    def _at(self, stamp_ns: int) -> str:
        return f"{stamp_ns * 1e-9:.6f} s"


def _changes(settings: list[Setting], spec: StageSpec, overrides: Mapping[str, Any]) -> list[tuple[int, Any]]:
    """When parameters of a stage were changed, and to what; not those that are overridden."""
    own = {f"{spec.name}.{p.name}": p.name for p in params(spec.config)}
    found = []
    for setting in settings:
        values = {own[k]: v for k, v in setting.values.items() if k in own and k not in overrides}
        if setting.stamp_ns and values:
            found.append((setting.stamp_ns, values))
    return found


def _position(stamp_ns: int, order: list[Key]) -> int:
    """How many steps came before a change that followed the output of `stamp_ns`, or else the last one before it."""
    after = [i + 1 for i, key in enumerate(order) if key[0] == stamp_ns]
    return after[-1] if after else next((i for i, key in enumerate(order) if key[0] > stamp_ns), len(order))
