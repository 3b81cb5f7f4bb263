"""Rigs of faces in, rigs of one profile out: named targets that never leave their limits."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

import numpy as np

from mien.core.stage import Stage as BaseStage
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

    An avatar's profile makes a rig of every face. That of a single body, as of a robot, follows one
    face, keeps to it until it is lost, and goes on from where it stands when another one takes over.
    What is lost is held for `hold_s` and eased to neutral; when it has arrived the last rig says
    NEUTRAL, as in Rig.msg.
    """

    def __init__(self, config: RetargetConfig, profile: Profile, calibration: Calibration | None = None) -> None:
        """calibration: of the profile's source schema."""
        self.profile = profile
        self._calibration = calibration
        self._misfit = ""  # of the description of the input
        self._config = config
        self._limits = limits_of(profile)
        self._bodies: dict[int, Body] = {}
        self._last: dict[int, Rig] = {}  # what each body was last driven by
        self._predictors: dict[int, tuple[int, Predictor]] = {}  # of each body, and the track that it is of
        self._follows: dict[int, Follow] = {}
        self._followed = 0
        self._bind(profile.source)

    @property
    def description(self) -> RigDescription:
        """Names, units, limits and neutral of what comes out."""
        return self.profile.description

    @property
    def neutral_within_s(self) -> float:
        """Of a face that is lost, everything rests at neutral within this time, however it moved, head and gaze too."""
        return self._config.hold_s + self._config.ease_s + float(self._limits.reach_s().max())

    def describe(self, description: RigDescription) -> None:
        """The names behind the weights that come in; another order is put right. Unfit ones are a `problem`."""
        if description.schema != self.profile.source.schema:
            return  # its rigs will say so
        if missing := set(self.profile.source.names) - set(description.names):
            self._misfit = f"{description.schema} as described has no {', '.join(sorted(missing))}"
            return
        self._bind(description)

    def reconfigure(self, config: RetargetConfig) -> None:
        """Take over the live parameters; nothing jumps."""
        if config.predict_ms != self._config.predict_ms:
            self._predictors = {}
        for follow in self._follows.values():
            follow.config = config
        self._config = config
        for body in self._bodies.values():
            body.reconfigure(config)

    def reset(self) -> None:
        """Forget every face, as between unrelated recordings."""
        self._bodies, self._last, self._predictors, self._follows, self._followed = {}, {}, {}, {}, 0

    def step(self, rigs: Rigs, positions: Mapping[int, F64] = _NOWHERE) -> Rigs:
        """The rigs of one image. `problem` then says what is wrong with it.

        positions: where people are before the camera [m], by track: x away from it, y to its right, z up.
        """
        self.problem = self._misfit
        seen = {rig.track_id: rig for rig in rigs.rigs if self._fits(rig)}
        if self.profile.single:
            chosen = self._choose(seen)
            seen = {0: chosen} if chosen is not None else {}
        for key, rig in seen.items():
            if self._config.follow:
                seen[key] = rig = self._look(key, rig, positions.get(rig.track_id), rigs.header.stamp_ns)
            self._last[key] = rig
        return self._move(rigs.header, seen)

    def idle(self, header: Header) -> Rigs | None:
        """The rigs while nothing comes, so that they still ease; None = nothing is left to say."""
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

    def _choose(self, seen: dict[int, Rig]) -> Rig | None:
        """The face that the single body follows."""
        wanted = self._config.track_id
        if wanted:
            return seen.get(wanted)
        tracked = [i for i, rig in seen.items() if rig.state is RigState.TRACKED]
        if self._followed not in tracked and tracked:
            self._followed = min(tracked)
        return seen.get(self._followed)

    def _move(self, header: Header, seen: dict[int, Rig]) -> Rigs:
        out = []
        for key, rig in seen.items():
            body, goal = self._bodies.get(key), self._goal(key, rig, header.stamp_ns)
            if body is None:
                if np.isnan(goal).all():
                    continue  # it is at neutral, where nobody shows it
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
        """(T + 7,) targets, then head and gaze; NaN = not known. A rig that arrived at neutral is a lost one."""
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
            values = self._foretell(key, rig.track_id, values, stamp_ns)
        if self._config.mirror:
            values = self._sources.mirror(values)
        goal[:count] = self._mapping(values)
        goal[count:] = values[self._passed]
        return goal

    def _look(self, key: int, rig: Rig, position: F64 | None, stamp_ns: int) -> Rig:
        """The rig with a head and eyes that look at its person."""
        if key not in self._follows:
            self._follows[key] = Follow(self._config)
        self._follows[key].step(position, stamp_ns)
        return self._follows[key].apply(rig)

    def _foretell(self, key: int, track_id: int, values: F64, stamp_ns: int) -> F64:
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
