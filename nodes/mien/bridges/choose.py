"""Chooses the person that an avatar shows, blends between people, and eases to neutral when rigs stop."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from math import hypot, isfinite

import numpy as np

from mien.bridges.base import Shown
from mien.core.geometry import IDENTITY_QUATERNION, known, slerp
from mien.core.schemas import ARKIT52
from mien.core.types import F64, Faces, Rig, RigDescription, Rigs, RigState
from mien_models.spaces.arkit import Region

LARGEST, FIRST = "largest", "first"

_CHANGE_S = 0.3  # from one person to another
_LARGER, _LARGER_S = 1.5, 1.0  # ratio of areas, and for how long, after which another person is chosen
_SILENT_S, _EASE_S = 0.5, 0.6  # rigs no longer come: their publisher died or was paused
_GAZE_LIMIT = 1.6
_IDENTITY = np.array(IDENTITY_QUATERNION)


class Chooser:
    """Chooses one person from the rigs of all.

    The choice stays until the person is lost, or until another is much larger for a while (`largest`).
    A change of person is blended. When rigs stop coming, for example because their publisher died, the
    rig eases to neutral. Times are seconds of the caller's monotonic clock.
    """

    def __init__(self, track: str = LARGEST, track_id: int = 0, description: RigDescription = ARKIT52) -> None:
        self.track = track
        self.track_id = track_id
        self.seen = 0  # people in the last message
        self._description = description
        self._neutral = _neutral(description)
        self._last: Shown | None = None
        self._came_s, self._stamp_ns = 0.0, 0  # of the last message
        self._following = 0
        self._origin: Rig | None = None  # what was shown when a blend began
        self._began_s = 0.0
        self._frame_id = ""  # of who is shown
        self._left_s: float | None = None  # since when it eases by itself
        self._larger: tuple[int, float] = (0, 0.0)
        self._areas: Mapping[int, float] = {}
        self._positions: Mapping[int, F64] = {}

    def knows(self, description: RigDescription) -> bool:
        """Whether this description is already in use."""
        ours = self._description
        return ours.names == description.names and all(
            np.array_equal(getattr(ours, field), getattr(description, field)) for field in ("lower", "upper", "neutral")
        )

    @property
    def present(self) -> bool:
        """Whether a person is shown."""
        return self._last is not None and self._last.present

    def faces(self, faces: Faces) -> None:
        """Take sizes and positions of the faces."""
        self._areas = {f.track_id: float(f.box[2] * f.box[3]) for f in faces.faces}
        poses = ((f.track_id, known(f.pose)) for f in faces.faces)
        # Optical frame: x right, y down, z forward.
        self._positions = {i: np.array([p[2, 3], p[0, 3], -p[1, 3]]) for i, p in poses if p is not None}

    def choose(self, rigs: Rigs, now_s: float) -> Shown | None:
        """What to show of this message; None where it comes from another camera or headset than the person shown."""
        frame_id = rigs.header.frame_id
        if frame_id != self._frame_id and self.present and now_s - self._came_s < _SILENT_S:
            return None
        self._frame_id = frame_id
        of = {r.track_id: r for r in rigs.rigs if r.schema == self._description.schema}
        self.seen = len(of)
        chosen = self._choose(of, now_s)
        self._came_s, self._stamp_ns = now_s, rigs.header.stamp_ns
        if chosen is None:
            return self._leave(rigs.header.stamp_ns, now_s)
        rig, before = safe(chosen, self._description), self._last
        if before and before.present and (self._left_s is not None or before.rig.track_id != rig.track_id):
            self._origin, self._began_s = before.rig, now_s
        self._left_s = None
        position = self._positions.get(rig.track_id, before.position if before else None)
        self._last = Shown(rigs.header.stamp_ns, self._blended(rig, now_s), True, position)
        return self._last

    def idle(self, now_s: float) -> Shown | None:
        """What to show while no message comes; None = no change."""
        if self._last is None or not self._last.present or now_s - self._came_s < _SILENT_S:
            return None
        stamp_ns = self._stamp_ns + int((now_s - self._came_s) * 1e9)
        return self._leave(stamp_ns, now_s)

    def end(self) -> tuple[Shown, ...]:
        """The last two frames of a bridge: neutral, then neutral and absent. Empty where no person is shown."""
        last = self._last
        if last is None or not last.present:
            return ()
        goal = replace(self._neutral, track_id=last.rig.track_id)
        return replace(last, rig=goal), replace(last, rig=self._neutral, present=False)

    def _leave(self, stamp_ns: int, now_s: float) -> Shown:
        """A frame on the way to neutral, and absent once it has arrived."""
        last = self._last
        if last is None or not last.present or last.rig.state is RigState.NEUTRAL:
            self._left_s, self._origin = None, None
            self._last = Shown(stamp_ns, self._neutral, False, last.position if last else None)
            return self._last
        if self._left_s is None:
            self._left_s, self._origin = now_s, last.rig
        share = _smooth((now_s - self._left_s) / _EASE_S)
        state = RigState.NEUTRAL if share >= 1 else RigState.EASING
        goal = replace(self._neutral, track_id=last.rig.track_id, state=state)
        self._last = replace(last, stamp_ns=stamp_ns, rig=_mixed(self._origin or last.rig, goal, share))
        return self._last

    def _choose(self, of: Mapping[int, Rig], now_s: float) -> Rig | None:
        if self.track_id:
            self._following = self.track_id
            return of.get(self.track_id)
        tracked = [i for i, r in of.items() if r.state is RigState.TRACKED]
        current = of.get(self._following)
        if current is None or (current.state is not RigState.TRACKED and tracked):
            self._following = self._best(tracked or list(of))
        elif self.track == LARGEST and current.state is RigState.TRACKED:
            self._following = self._overtaken(tracked, now_s)
        return of.get(self._following)

    def _best(self, ids: list[int]) -> int:
        if not ids:
            return 0
        if self.track == FIRST:
            return min(ids)
        return max(ids, key=lambda i: (self._areas.get(i, 0.0), -i))

    def _overtaken(self, tracked: list[int], now_s: float) -> int:
        """The person shown, or another one that was much larger for a while."""
        best, since = self._best(tracked), self._larger[1]
        if self._areas.get(best, 0.0) <= _LARGER * self._areas.get(self._following, 0.0):
            self._larger = (0, 0.0)
        elif self._larger[0] != best:
            self._larger = (best, now_s)
        elif now_s - since >= _LARGER_S:
            self._larger = (0, 0.0)
            return best
        return self._following

    def _blended(self, rig: Rig, now_s: float) -> Rig:
        if self._origin is None:
            return rig
        share = _smooth((now_s - self._began_s) / _CHANGE_S)
        if share >= 1 or now_s < self._began_s:
            self._origin = None
            return rig
        return _mixed(self._origin, rig, share)


def safe(rig: Rig, description: RigDescription) -> Rig:
    """The rig with every number finite and within its limits; NaN and infinity become neutral.

    Short arrays are handled as plain floats, which are several times as fast.
    """
    weights = np.asarray(rig.weights, np.float32)
    if weights.shape != description.neutral.shape:
        weights = description.neutral
    elif not np.isfinite(weights).all():
        weights = np.where(np.isfinite(weights), weights, description.neutral)
    gaze = [0.0] * 4
    if rig.gaze.shape == (2, 2):
        gaze = [min(max(v, -_GAZE_LIMIT), _GAZE_LIMIT) if isfinite(v) else 0.0 for v in rig.gaze.reshape(4).tolist()]
    length = hypot(*rig.head.tolist()) if rig.head.shape == (4,) else 0.0
    return replace(
        rig,
        weights=np.minimum(np.maximum(weights, description.lower), description.upper),
        head=rig.head / length if 1e-6 < length < 1e6 else _IDENTITY,
        gaze=np.array(gaze, np.float32).reshape(2, 2),
    )


def _neutral(description: RigDescription) -> Rig:
    return Rig(
        track_id=0,
        state=RigState.NEUTRAL,
        schema=description.schema,
        weights=description.neutral,
        head=_IDENTITY,
        gaze=np.zeros((2, 2), np.float32),
        confidence=np.zeros(len(Region), np.float32),
        source=np.zeros(len(Region), np.uint8),
    )


def _mixed(a: Rig, b: Rig, share: float) -> Rig:
    """`b` with numbers interpolated between `a` (share 0) and `b` (share 1)."""
    return replace(
        b,
        weights=np.asarray(a.weights + share * (b.weights - a.weights), np.float32),
        head=slerp(a.head, b.head, share),
        gaze=np.asarray(a.gaze + share * (b.gaze - a.gaze), np.float32),
    )


def _smooth(t: float) -> float:
    t = min(max(t, 0.0), 1.0)
    return t * t * (3 - 2 * t)
