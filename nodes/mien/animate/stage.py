"""From the rigs of people to those of an avatar, by the animator."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import replace

import numpy as np

from mien.animate.config import AnimateConfig
from mien.core.geometry import yaw_pitch_roll
from mien.core.schemas import ARKIT52
from mien.core.stage import Stage as BaseStage
from mien.core.temporal.chosen import Chosen
from mien.core.temporal.clock import ForwardClock
from mien.core.temporal.follow import Follower
from mien.core.types import F64, Header, Rig, RigDescription, Rigs, RigState
from mien_models import Session, SessionInfo, open_session
from mien_models.animator.avatar import Avatar
from mien_models.animator.player import ANIMATOR, Mirror, Player
from mien_models.animator.reading import ENCODER
from mien_models.animator.shipped import mapped_space, renderer_name, shipped, where
from mien_models.animator.steady import Steady
from mien_models.errors import ModelError
from mien_models.spaces.arkit import BLENDSHAPES, Region


class _Track:
    """What is remembered of one face."""

    def __init__(self, follower: Follower, steady: Steady, last: Rig) -> None:
        self.follower, self.steady, self.last = follower, steady, last
        self.consistency, self.compared_ns = math.nan, 0


class Stage(BaseStage[AnimateConfig]):
    """Rigs of arkit52 to rigs of one avatar.

    The shapes of a rig go through the network; head and gaze follow the person's. A rig that is lost, has no number in
    it, or another schema or length moves nothing: its avatar is held for `hold_s`, then eased to neutral, and its last
    rig has the state NEUTRAL. `problem` then says what was wrong. No target ever leaves its limits. An avatar that is
    a single body follows one face until it is lost, and moves on to the next from where it stands.
    """

    def __init__(
        self,
        config: AnimateConfig,
        name: str,
        sessions: Mapping[str, Session] | None = None,
        *,
        joins: bool = False,
    ) -> None:
        """name: of an avatar. `sessions`, by network, are used instead of new ones. Raises ModelError.

        joins: its faces move already, so the avatar comes from neutral without a jump.
        """
        self._config = config
        self.path = where(name)
        self.avatar: Avatar = shipped(name)
        self.sessions: dict[str, Session] = {}  # in use, by network
        self._given = sessions or {}
        self._joins = joins
        # Its codes are as long as the avatar has targets: each would need an engine, where a CPU takes .3 ms.
        self._player = Player(self.avatar, self._session(ANIMATOR, "cpu"))
        self._mirror: Mirror | None = None
        self.no_consistency = ""  # why it is not measured
        if config.consistency_hz:
            self._compare()
        self._regions = self.avatar.regions.tolist()
        self._order: list[int] | None = None  # of ARKit's shapes in the weights that come in
        self._misfit = ""
        self._tracks: dict[int, _Track] = {}  # that of a single body is 0
        self._chosen = Chosen()
        self._clock, self._now_ns = ForwardClock(), 0

    @property
    def infos(self) -> tuple[SessionInfo, ...]:
        """Which network runs where, and why there."""
        return tuple(s.info for s in self.sessions.values())

    @property
    def description(self) -> RigDescription:
        """Names, units, limits and neutral of the avatar."""
        a = self.avatar
        return RigDescription(a.schema, a.names, a.units, a.regions, a.lower, a.upper, a.neutral)

    @property
    def consistency(self) -> float:
        """The last distance between person and avatar of any face; NaN = none was measured."""
        known = [t.consistency for t in self._tracks.values() if math.isfinite(t.consistency)]
        return known[-1] if known else math.nan

    def describe(self, description: RigDescription) -> None:
        """Adopt the names of the weights that come in, in whatever order; missing ones become a `problem`."""
        if description.schema != ARKIT52.schema:
            return  # rigs of it become a problem when they come
        missing = set(BLENDSHAPES) - set(description.names)
        self._misfit = f"{description.schema} as described has no {', '.join(sorted(missing))}" if missing else ""
        self._order = None if missing else [description.names.index(name) for name in BLENDSHAPES]

    def reconfigure(self, config: AnimateConfig) -> None:
        """Adopt the live parameters without a jump."""
        self._config = config
        for track in self._tracks.values():
            track.follower.reconfigure(config)

    def reset(self) -> None:
        """Forget every face, as between unrelated recordings."""
        self._tracks, self._chosen, self._clock = {}, Chosen(), ForwardClock()

    def step(self, rigs: Rigs) -> Rigs:
        """The avatar's rigs for those of one image."""
        self.problem = self._misfit
        seen = {rig.track_id: rig for rig in rigs.rigs if self._fits(rig)}
        if self.avatar.single:
            chosen = self._chosen.of(seen, self._config.track_id)
            seen = {} if chosen is None else {0: chosen}
        return self._move(rigs.header, seen)

    def idle(self, header: Header) -> Rigs | None:
        """The rigs while none come: avatars ease to neutral; None = none is left."""
        rigs = self._move(header, {})
        return rigs if rigs.rigs else None

    def _session(self, name: str, device: str | None = None) -> Session:
        found = self._given.get(name) or open_session(name, device or self._config.device, 1)
        self.sessions[name] = found
        return found

    def _compare(self) -> None:
        """Open what measures the consistency. An avatar without a neural renderer is not measured, and says so."""
        network = renderer_name(self.avatar)
        if network is None:
            self.no_consistency = f"avatar {self.avatar.name} has no neural renderer in the registry"
            return
        self._mirror = Mirror(self.avatar, self._session(network), self._session(ENCODER), mapped_space())

    def _fits(self, rig: Rig) -> bool:
        if rig.schema != ARKIT52.schema:
            self.problem = f"rigs are of {rig.schema}; the animator reads {ARKIT52.schema}"
            return False
        if len(rig.weights) != len(BLENDSHAPES):
            self.problem = f"a rig of {rig.schema} carries {len(rig.weights)} weights, not {len(BLENDSHAPES)}"
            return False
        return not self._misfit and rig.state is not RigState.NEUTRAL and bool(np.isfinite(rig.weights).any())

    def _move(self, header: Header, seen: Mapping[int, Rig]) -> Rigs:
        now_ns = self._clock(header.stamp_ns)
        for key, rig in seen.items():
            if key not in self._tracks:
                follower = Follower(self._config, now_ns - 1, self._regions, from_neutral=self._joins)
                self._tracks[key] = _Track(follower, Steady(self.avatar), rig)
            track = self._tracks[key]
            if track.last.track_id != rig.track_id:  # a single body goes over to another face
                track.follower.blend()
                track.steady = Steady(self.avatar)
            track.last = rig
        self._joins = self._joins and not seen
        shares = self._shares(seen, now_ns)
        out = []
        for key in sorted(self._tracks):
            track = self._tracks[key]
            target = np.full(self.avatar.count + 4, np.nan)
            head = None
            if key in seen:
                target[:-4] = shares[key] - self.avatar.rest
                target[-4:] = np.asarray(seen[key].gaze, np.float64).reshape(-1)
                head = seen[key].head if np.isfinite(seen[key].head).all() else None
            track.follower.step(target, head, now_ns)
            rig = self._rig(track, key in seen)
            out.append(self._compared(track, rig, now_ns) if key in seen else rig)
            if rig.state is RigState.NEUTRAL:
                del self._tracks[key]
        return Rigs(header, tuple(out))

    def _shares(self, seen: Mapping[int, Rig], now_ns: int) -> dict[int, F64]:
        for key in self._tracks.keys() - seen.keys():
            self._tracks[key].steady = Steady(self.avatar)
        if not seen:
            return {}
        rigs = list(seen.values())
        poses = np.array([_pose(rig) for rig in rigs])
        shares = self._player.shares(np.array([self._shapes(rig) for rig in rigs]), poses)
        passed_s, play = (now_ns - self._now_ns) * 1e-9, self._config.steady
        self._now_ns = now_ns
        return {
            key: self._tracks[key].steady(row, passed_s, play).astype(np.float64)
            for key, row in zip(seen, shares, strict=True)
        }

    def _shapes(self, rig: Rig) -> F64:
        weights = np.asarray(rig.weights, np.float64)
        return weights if self._order is None else weights[self._order]

    def _rig(self, track: _Track, is_seen: bool) -> Rig:
        follower, by = track.follower, track.last
        follows = is_seen and by.state is RigState.TRACKED
        state = RigState.TRACKED if follows else RigState.NEUTRAL if follower.arrived else RigState.EASING
        shares = np.clip(self.avatar.rest + follower.values[:-4], 0, 1)
        return Rig(
            track_id=by.track_id,
            state=state,
            schema=self.avatar.schema,
            weights=self.avatar.from_shares(shares),
            head=follower.head,
            gaze=follower.values[-4:].reshape(2, 2).astype(np.float32),
            confidence=np.array(by.confidence, np.float32) if is_seen else np.zeros(len(Region), np.float32),
            source=by.source,
            baseline=by.baseline,
        )

    def _compared(self, track: _Track, rig: Rig, now_ns: int) -> Rig:
        """The rig with its consistency, where it is time to measure it; NaN in between."""
        if self._mirror is None or not self._config.consistency_hz or rig.state is not RigState.TRACKED:
            return rig
        if track.compared_ns and now_ns - track.compared_ns < 1e9 / self._config.consistency_hz:
            return rig
        track.compared_ns = now_ns
        try:
            track.consistency = self._mirror(self._shapes(track.last), self.avatar.to_shares(rig.weights))
        except ModelError as error:
            self.problem = str(error)
            return rig
        return replace(rig, consistency=track.consistency)


def _pose(rig: Rig) -> F64:
    """headYaw, headPitch, headRoll, gazeYaw and gazePitch [rad]."""
    gaze = np.asarray(rig.gaze, np.float64).reshape(2, 2).mean(0)
    return np.concatenate([yaw_pitch_roll(rig.head), gaze])
