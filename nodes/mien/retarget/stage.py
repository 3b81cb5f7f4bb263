"""Converts the rigs of faces to rigs of one profile: named targets that never leave their limits."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

import numpy as np

from mien.core.stage import Stage as BaseStage
from mien.core.temporal.chosen import Chosen
from mien.core.types import F64, U8, Header, Rig, RigDescription, Rigs, RigState, Source
from mien.retarget.body import Body, limits_of
from mien.retarget.calibration import Calibration
from mien.retarget.config import RetargetConfig
from mien.retarget.follow import Follow
from mien.retarget.mapping import Mapping as Targets
from mien.retarget.predict import Predictor
from mien.retarget.profile import Profile
from mien.retarget.sources import Sources
from mien_models.spaces.arkit import Region

_NOWHERE: Mapping[int, F64] = MappingProxyType({})
_PREDICTED: U8 = np.full(len(Region), Source.PREDICTED, np.uint8)
_HEAD = ("headYaw", "headPitch", "headRoll", "gazeYawLeft", "gazePitchLeft", "gazeYawRight", "gazePitchRight")


class Stage(BaseStage[RetargetConfig]):
    """Retargets by one profile.

    The profile of an avatar makes one rig per face. The profile of a single body, such as a robot, follows one
    face until it is lost; when another face takes over, the body moves on from its present position. A lost face
    is held for `hold_s`, then eased to neutral; its last rig has the state NEUTRAL, as Rig.msg says.
    """

    def __init__(self, config: RetargetConfig, profile: Profile, calibration: Calibration | None = None) -> None:
        """calibration: for the profile's source schema."""
        self.profile = profile
        self._calibration = calibration
        self._misfit = ""  # why the description of the input does not fit
        self._config = config
        self._limits = limits_of(profile)
        self._bodies: dict[int, Body] = {}
        self._last: dict[int, Rig] = {}  # the last input rig of each body
        self._predictors: dict[int, tuple[int, Predictor]] = {}  # by body: the track that it follows, and its predictor
        self._follows: dict[int, Follow] = {}
        self._chosen = Chosen()
        self._bind(profile.source)

    @property
    def description(self) -> RigDescription:
        """Names, units, limits and neutral of the output."""
        return self.profile.description

    @property
    def neutral_within_s(self) -> float:
        """The longest time from the loss of a face until all targets, head and gaze rest at neutral."""
        return self._config.hold_s + self._config.ease_s + float(self._limits.reach_s().max())

    def describe(self, description: RigDescription) -> None:
        """Adopt the names of the input weights, in whatever order. Missing names become a `problem`."""
        if description.schema != self.profile.source.schema:
            return  # `problem` reports it when such rigs come
        if missing := set(self.profile.source.names) - set(description.names):
            self._misfit = f"{description.schema} as described has no {', '.join(sorted(missing))}"
            return
        self._bind(description)

    def reconfigure(self, config: RetargetConfig) -> None:
        """Adopt the live parameters without a jump."""
        if config.predict_ms != self._config.predict_ms:
            self._predictors = {}
        for follow in self._follows.values():
            follow.config = config
        self._config = config
        for body in self._bodies.values():
            body.reconfigure(config)

    def reset(self) -> None:
        """Forget every face, as between unrelated recordings."""
        self._bodies, self._last, self._predictors, self._follows, self._chosen = {}, {}, {}, {}, Chosen()

    def step(self, rigs: Rigs, positions: Mapping[int, F64] = _NOWHERE) -> Rigs:
        """The rigs of one image. `problem` then says what is wrong with the input.

        positions: of people relative to the camera [m], by track: x away from it, y to its right, z up.
        """
        self.problem = self._misfit
        seen = {rig.track_id: rig for rig in rigs.rigs if self._fits(rig)}
        if self.profile.single:
            chosen = self._chosen.of(seen, self._config.track_id)
            seen = {0: chosen} if chosen is not None else {}
        for key, rig in seen.items():
            if self._config.follow:
                seen[key] = rig = self._following(key, rig, positions.get(rig.track_id), rigs.header.stamp_ns)
            self._last[key] = rig
        return self._move(rigs.header, seen)

    def idle(self, header: Header) -> Rigs | None:
        """The rigs while no image comes: lost faces ease to neutral; None = no rig is left."""
        rigs = self._move(header, {})
        return rigs if rigs.rigs else None

    def _bind(self, description: RigDescription) -> None:
        self._sources = Sources(description, self.profile.space)
        self._mapping = Targets(self.profile, self._sources)
        names = description.names
        self._calibrated = self._calibration.ordered(names) if self._calibration else None
        self._passed = np.array([self._sources.index[name] for name in _HEAD])
        self._misfit = ""

    def _fits(self, rig: Rig) -> bool:
        if rig.schema == self.profile.source.schema:
            return not self._misfit
        self.problem = f"rigs are of {rig.schema}; the profile {self.profile.schema} reads {self.profile.source.schema}"
        return False

    def _move(self, header: Header, seen: dict[int, Rig]) -> Rigs:
        out = []
        for key, rig in seen.items():
            body, goal = self._bodies.get(key), self._goal(key, rig, header.stamp_ns)
            if body is None:
                if np.isnan(goal).all():
                    continue  # nothing is known of it: its body would stand at neutral
                body = self._bodies[key] = Body(self.profile, self._limits, self._config, header.stamp_ns)
            body.step(goal, header.stamp_ns)
        for key in sorted(self._bodies):
            body = self._bodies[key]
            if key not in seen:
                body.lose(header.stamp_ns)
            rig = self._rig(body, self._last[key], key in seen)
            out.append(rig)
            if rig.state is RigState.NEUTRAL:
                del self._bodies[key], self._last[key]
                self._predictors.pop(key, None)
                self._follows.pop(key, None)
        return Rigs(header, tuple(out))

    def _goal(self, key: int, rig: Rig, stamp_ns: int) -> F64:
        """(T + 7,) targets, then head and gaze; NaN = not known. A rig in the state NEUTRAL counts as lost."""
        count = len(self.profile.targets)
        goal = np.full(count + len(_HEAD), np.nan)
        if rig.state is RigState.NEUTRAL:
            return goal
        try:
            values = self._sources.read(rig)
        except ValueError as error:
            self.problem = str(error)
            return goal
        if self._calibrated:
            weights = len(self._sources.description.names)
            values[:weights] = self._calibrated.apply(values[:weights])
        if self._config.predict_ms:
            values = self._predicted(key, rig.track_id, values, stamp_ns)
        if self._config.mirror:
            values = self._sources.mirror(values)
        goal[:count] = self._mapping(values)
        goal[count:] = values[self._passed]
        return goal

    def _following(self, key: int, rig: Rig, position: F64 | None, stamp_ns: int) -> Rig:
        """The rig with head and eyes turned to its person."""
        if key not in self._follows:
            self._follows[key] = Follow(self._config)
        self._follows[key].step(position, stamp_ns)
        return self._follows[key].apply(rig)

    def _predicted(self, key: int, track_id: int, values: F64, stamp_ns: int) -> F64:
        of, predictor = self._predictors.get(key, (track_id, None))
        if predictor is None or of != track_id:
            predictor = Predictor(self._sources.regions, self._config.predict_ms * 1e-3)
            self._predictors[key] = track_id, predictor
        return self._sources.clip(predictor(values, stamp_ns))

    def _rig(self, body: Body, by: Rig, is_seen: bool) -> Rig:
        follows = is_seen and body.present and by.state is RigState.TRACKED
        ended = not body.present and body.arrived
        state = RigState.TRACKED if follows else RigState.NEUTRAL if ended else RigState.EASING
        confidence = np.array(by.confidence, np.float32) if is_seen else np.zeros(len(Region), np.float32)
        return Rig(
            track_id=by.track_id,
            state=state,
            schema=self.profile.schema,
            weights=body.weights,
            head=body.head,
            gaze=body.gaze,
            confidence=confidence,
            source=_PREDICTED if follows and self._config.predict_ms else by.source,
            consistency=by.consistency,
            baseline=by.baseline,
        )
