"""The motion of one avatar or robot over time."""

from __future__ import annotations

import numpy as np

from mien.core.geometry import from_yaw_pitch_roll
from mien.core.temporal.easing import Easing
from mien.core.temporal.limits import Limiter, Limits
from mien.core.types import F32, F64
from mien.retarget.config import RetargetConfig
from mien.retarget.profile import Profile

# Head and gaze follow the targets in every array: yaw, pitch, roll, then yaw and pitch of the left and the right eye.
_PASSED = 7
_PASSED_RAD = np.pi / 2
_PASSED_RATE_RAD_S = np.array([10.0] * 3 + [20.0] * 4)  # a quick turn of the head, a saccade
_PASSED_ACCELERATION_RAD_S2 = np.array([300.0] * 3 + [2000.0] * 4)


def limits_of(profile: Profile) -> Limits:
    """Limits of the targets, then of head and gaze."""
    own = profile.limits
    far, none = np.full(_PASSED, _PASSED_RAD), np.zeros(_PASSED)
    soft = _PASSED_ACCELERATION_RAD_S2 if profile.single else np.full(_PASSED, np.inf)
    return Limits(
        lower=np.append(own.lower, -far),
        upper=np.append(own.upper, far),
        neutral=np.append(own.neutral, none),
        rate=np.append(own.rate, _PASSED_RATE_RAD_S),
        acceleration=np.append(own.acceleration, soft),
    )


class Body:
    """Smooths the targets, ignores changes within the deadband, holds and eases lost targets, and applies the limits.

    Time is the sum of the forward steps between stamps: a stamp that is equal or earlier moves nothing.
    """

    def __init__(self, profile: Profile, limits: Limits, config: RetargetConfig, stamp_ns: int) -> None:
        count = self._count = len(profile.targets)
        tau = np.zeros(self._count + _PASSED)
        tau[: self._count] = [t.smoothing_s for t in profile.targets]
        self._rate_of_smoothing = np.where(tau > 0, 1 / np.maximum(tau, 1e-9), np.inf)
        self._smooths = bool((tau > 0).any())
        self._deadband = np.zeros(self._count + _PASSED)
        self._deadband[: self._count] = [t.deadband for t in profile.targets]
        self._has_deadband = bool(self._deadband.any())
        self._smoothed = np.full(self._count + _PASSED, np.nan)
        self._kept = self._smoothed
        self._low, self._high = limits.lower[:count].astype(np.float32), limits.upper[:count].astype(np.float32)
        self._easing = Easing(limits.neutral, config.hold_s, config.ease_s)
        self._limiter = Limiter(limits)
        self._now_ns = stamp_ns
        self.present = False  # a target, the head or the gaze was known in the last step

    def reconfigure(self, config: RetargetConfig) -> None:
        """Adopt new parameters. The next goals may be computed differently: blend to them without a jump."""
        self._easing.blend()
        self._easing.hold_s, self._easing.ease_s = config.hold_s, config.ease_s

    def step(self, goal: F64, stamp_ns: int) -> None:
        """Advance to `stamp_ns`. goal: (T + 7,), NaN = not known."""
        dt_s = max(stamp_ns - self._now_ns, 0) * 1e-9
        self._now_ns = stamp_ns
        self.present = bool(np.isfinite(goal).any())
        if self._smooths:
            goal = self._smooth(goal, dt_s)
        if self._has_deadband:
            moved = ~(np.abs(goal - self._kept) <= self._deadband)  # true where either is NaN, too
            goal = self._kept = np.where(moved, goal, self._kept)
        self._limiter.step(self._easing.step(goal, dt_s), dt_s)

    def lose(self, stamp_ns: int) -> None:
        """Advance to `stamp_ns` without a face."""
        self.step(np.full(self._count + _PASSED, np.nan), stamp_ns)

    @property
    def arrived(self) -> bool:
        """Whether nothing is known and everything rests at neutral."""
        limiter = self._limiter
        return (
            self._easing.arrived
            and not limiter.speed.any()
            and bool((limiter.position == limiter.limits.neutral).all())
        )

    @property
    def weights(self) -> F32:
        """(T,) in the units of the targets, as float32 within the published range."""
        own = self._limiter.position[: self._count].astype(np.float32)
        return np.minimum(np.maximum(own, self._low), self._high)

    @property
    def head(self) -> F64:
        """Quaternion x, y, z, w."""
        return from_yaw_pitch_roll(self._limiter.position[self._count : self._count + 3])

    @property
    def gaze(self) -> F32:
        """2×2: (left, right) × (yaw, pitch) [rad]."""
        return self._limiter.position[self._count + 3 :].reshape(2, 2).astype(np.float32)

    def _smooth(self, goal: F64, dt_s: float) -> F64:
        share = -np.expm1(-dt_s * self._rate_of_smoothing) if dt_s > 0 else 0.0
        smooth = self._smoothed + share * (goal - self._smoothed)
        self._smoothed = np.where(np.isnan(smooth), goal, smooth)
        return self._smoothed
