"""Turns head and eyes to a person the way people do: a saccade first, then the head, and a dead zone for small offsets.

Timing of people: a reaction time of 0.2 s, and a pause between saccades; a saccade of A degrees takes 21 ms +
2.2 ms · A (Carpenter, "Movements of the eyes", 2nd ed. 1988). From about 15 degrees on the head turns too, about 40 ms
after the eyes (Stahl 1999; Freedman 2008); meanwhile the eyes turn back and stay on the target (vestibulo-ocular
reflex).
"""

from __future__ import annotations

import math
from collections import deque
from dataclasses import dataclass, replace

import numpy as np

from mien.core.config import param
from mien.core.geometry import from_yaw_pitch_roll, yaw_pitch_roll
from mien.core.types import F64, Rig
from mien_models.spaces import arkit

_REACTION_S = 0.2
_PAUSE_S = 0.15  # between two saccades
_SACCADE_S, _SACCADE_S_PER_RAD = 0.021, 0.0022 * 180 / math.pi
_HEAD_AFTER_S = 0.04
_HEAD_S, _HEAD_S_PER_RAD = 0.28, 0.45
_HEAD_TURNS_RAD = math.radians(15)  # the head turns when the eyes would be further off its axis than this
_EYES_LEFT_RAD = math.radians(6)  # how far off the head's axis the eyes stay after the head has turned
_EYE_RAD = (math.radians(30), math.radians(22))  # range of the eyes: sideways, up and down
_LOST_S = 1.0  # a person who is no longer seen remains the target this long
_MEMORY_S = 2.0
# Angle at which an eyeLook weight is 1 [rad].
_OUT_RAD, _UP_RAD, _DOWN_RAD = 0.7, 0.5, 0.6


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowConfig:
    """Position of the camera, and the dead zone."""

    follow: bool = param(
        False, "Head and eyes look at the person instead of copying the person's head and gaze.", live=True
    )
    follow_dead_zone_deg: float = param(
        3.0, "Head and eyes do not move for a person who is off by less.", unit="deg", lo=0, hi=45, live=True
    )
    follow_camera_on_head: bool = param(False, "The camera is mounted on the head that moves.")
    follow_camera_x_m: float = param(
        0.0, "Position of the camera in front of the middle of the robot's eyes.", unit="m", lo=-2, hi=2
    )
    follow_camera_y_m: float = param(0.0, "Position of the camera to the left of that point.", unit="m", lo=-2, hi=2)
    follow_camera_z_m: float = param(0.0, "Position of the camera above that point.", unit="m", lo=-2, hi=2)
    follow_delay_s: float = param(
        0.1, "Delay from the stamp of an image until it is used; with a camera on the head, the head's angles of that "
        "time are added.",
        unit="s", lo=0, hi=2,
    )  # fmt: skip


@dataclass(slots=True)
class _Move:
    """A minimum-jerk movement from one pair of angles to another (Flash & Hogan 1985)."""

    start_s: float
    span_s: float
    origin: F64
    goal: F64

    def at(self, now_s: float) -> F64:
        t = min(max((now_s - self.start_s) / self.span_s, 0.0), 1.0)
        return self.origin + t**3 * (10 - 15 * t + 6 * t * t) * (self.goal - self.origin)

    def ends_s(self) -> float:
        return self.start_s + self.span_s


class Follow:
    """Gaze and head of one robot or avatar.

    Time is the sum of the forward steps between stamps. Angles are yaw and pitch [rad], positive to its left and up;
    those of the eyes are relative to the head.
    """

    def __init__(self, config: FollowConfig) -> None:
        self.config = config
        self.head: F64 = np.zeros(2)
        self.eyes: F64 = np.zeros(2)
        self._gaze = _Move(0.0, 1e-3, np.zeros(2), np.zeros(2))
        self._turn = _Move(0.0, 1e-3, np.zeros(2), np.zeros(2))
        self._now_s = 0.0
        self._stamp_ns: int | None = None
        self._off_since_s: float | None = None  # since when the target is outside of the dead zone
        self._target: F64 = np.zeros(2)
        self._seen_s: float | None = None
        self._heads: deque[tuple[float, F64]] = deque([(0.0, np.zeros(2))])

    def step(self, position: F64 | None, stamp_ns: int) -> None:
        """Advance to `stamp_ns`.

        position: of the person relative to the camera [m], as in `bridges.base.Shown`: x away from the camera,
        y to its right, z up; None = not known.
        """
        if self._stamp_ns is not None:
            self._now_s += max(stamp_ns - self._stamp_ns, 0) * 1e-9
        self._stamp_ns = stamp_ns
        self._aim(position)
        self._decide()
        self.head = self._turn.at(self._now_s)
        gaze = self._gaze.at(self._now_s)
        self.eyes = np.clip(gaze - self.head, -np.array(_EYE_RAD), _EYE_RAD)
        self._heads.append((self._now_s, self.head))
        while len(self._heads) > 2 and self._heads[1][0] < self._now_s - _MEMORY_S:
            self._heads.popleft()

    def apply(self, rig: Rig) -> Rig:
        """The rig with this head and these eyes; the roll of the head remains the person's."""
        weights = rig.weights.copy()
        yaw, pitch = self.eyes.tolist()
        shares = {
            "eyeLookUp": pitch / _UP_RAD, "eyeLookDown": -pitch / _DOWN_RAD,
            "eyeLookOutLeft": yaw / _OUT_RAD, "eyeLookInRight": yaw / _OUT_RAD,
            "eyeLookInLeft": -yaw / _OUT_RAD, "eyeLookOutRight": -yaw / _OUT_RAD,
        }  # fmt: skip
        if len(weights) == len(arkit.BLENDSHAPES):
            for name, share in shares.items():
                for full in (name,) if name in arkit.INDEX else (f"{name}Left", f"{name}Right"):
                    weights[arkit.INDEX[full]] = min(max(share, 0.0), 1.0)
        roll = yaw_pitch_roll(rig.head)[2]
        head = from_yaw_pitch_roll(np.append(self.head, roll if math.isfinite(roll) else 0.0))
        return replace(rig, weights=weights, head=head, gaze=np.tile(self.eyes, (2, 1)).astype(np.float32))

    def _aim(self, position: F64 | None) -> None:
        if position is None or not np.isfinite(position).all() or position[0] < 0.05:
            if self._seen_s is not None and self._now_s - self._seen_s > _LOST_S:
                self._seen_s, self._target = None, np.zeros(2)
            return
        c = self.config
        self._seen_s = self._now_s
        x, y, z = (position * (1, -1, 1) + (c.follow_camera_x_m, c.follow_camera_y_m, c.follow_camera_z_m)).tolist()
        seen = np.array([math.atan2(y, x), math.atan2(z, math.hypot(x, y))])
        self._target = seen + self._head_then(c.follow_delay_s) if c.follow_camera_on_head else seen

    def _head_then(self, ago_s: float) -> F64:
        """Yaw and pitch of the head when the image was taken."""
        times, heads = zip(*self._heads, strict=True)
        when_s, table = self._now_s - ago_s, np.array(heads)
        return np.array([np.interp(when_s, times, table[:, i]) for i in range(2)])

    def _decide(self) -> None:
        """Begin a saccade when the person was off for a reaction time and the pause after the last one is over."""
        now_s = self._now_s
        off = self._target - self._gaze.goal
        if math.hypot(*off.tolist()) <= math.radians(self.config.follow_dead_zone_deg):
            self._off_since_s = None
            return
        if self._off_since_s is None:
            self._off_since_s = now_s
        if now_s - self._off_since_s < _REACTION_S or now_s < self._gaze.ends_s() + _PAUSE_S:
            return
        self._off_since_s = None
        self._begin_saccade()

    def _begin_saccade(self) -> None:
        now_s, goal = self._now_s, self._target
        origin = self._gaze.at(now_s)
        reach = np.array(_EYE_RAD)
        aside = goal - self._turn.goal
        head_turns = bool((np.abs(aside) > _HEAD_TURNS_RAD).any())
        size = math.hypot(*(np.clip(goal - self.head, -reach, reach) + self.head - origin).tolist())
        self._gaze = _Move(now_s, _SACCADE_S + _SACCADE_S_PER_RAD * size, origin, goal)
        if head_turns:
            turn_to = goal - np.clip(aside, -_EYES_LEFT_RAD, _EYES_LEFT_RAD)
            start = self._turn.at(now_s)
            span = _HEAD_S + _HEAD_S_PER_RAD * math.hypot(*(turn_to - start).tolist())
            self._turn = _Move(now_s + _HEAD_AFTER_S, span, start, turn_to)
