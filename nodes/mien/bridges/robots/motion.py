"""Commanded joint positions of a robot: within their limits by the wall clock, whatever goals are asked for."""

from __future__ import annotations

import numpy as np

from mien.core.temporal.easing import Easing
from mien.core.temporal.limits import Limiter, Limits
from mien.core.types import F64

_RELEASE_S = 1.0  # a released robot follows its goals again after this time, or as soon as its limits allow


class RobotMotion:
    """Advanced at a steady rate by `tick`; goals (`ask`) may come at any time.

    Time is the caller's clock, because stamps of images may be wrong. A late tick moves the joints no further than
    one tick does: motors without commands have stopped by then. Without a new stamp for `silent_s` the joints go to
    neutral. After `stop` they brake within their limits and hold still; after `release` they follow their goals again
    without a jump.
    """

    def __init__(self, limits: Limits, *, rate_hz: float, silent_s: float, ease_s: float) -> None:
        self.limits = limits
        self._period_s = 1 / rate_hz
        self._silent_s = silent_s
        self._limiter = Limiter(limits)
        self._easing = Easing(limits.neutral, 0.0, ease_s)
        self._goal: F64 = np.full(limits.neutral.shape, np.nan)
        self._came_s: float | None = None
        self._stamp_ns: int | None = None
        self._now_s: float | None = None
        self._held: F64 | None = None  # positions at which the joints are stopped; None = not stopped

    @property
    def position(self) -> F64:
        """(J,) last commanded positions, in the unit of each joint."""
        return self._limiter.position

    @property
    def speed(self) -> F64:
        """(J,) [unit/s]"""
        return self._limiter.speed

    @property
    def stopped(self) -> bool:
        return self._held is not None

    @property
    def neutral_within_s(self) -> float:
        """After the last new goal, joints rest at neutral within this time."""
        return self._silent_s + self._easing.ease_s + float(self.limits.reach_s().max()) + 2 * self._period_s

    def begin(self, position: F64) -> None:
        """Start from the present joint positions (J,); called before the first tick."""
        self._limiter = Limiter(self.limits, position)
        self._easing.restart(self._limiter.position, _RELEASE_S)

    def ask(self, goal: F64, stamp_ns: int, now_s: float) -> None:
        """Set a new goal (J,); NaN = not known. A goal with the stamp of the last one is ignored."""
        if stamp_ns != self._stamp_ns:
            self._goal, self._stamp_ns, self._came_s = np.array(goal, np.float64), stamp_ns, now_s

    def stop(self) -> None:
        """Brake within the limits, and hold still."""
        if self._held is None:
            v, a = self._limiter.speed, self.limits.acceleration
            way = np.where(np.isfinite(a), v * np.abs(v) / (2 * a), 0.0)
            self._held = self.limits.clip(self._limiter.position + way)

    def release(self) -> None:
        """Follow the goals again, from the present positions."""
        if self._held is not None:
            self._held = None
            self._easing.restart(self._limiter.position, _RELEASE_S)

    def tick(self, now_s: float) -> F64:
        """(J,) positions to command now."""
        dt_s = 0.0 if self._now_s is None else now_s - self._now_s
        self._now_s = now_s
        if dt_s > 2 * self._period_s:  # no commands were sent meanwhile, so the motors have stopped
            self._limiter.stop()
            dt_s = self._period_s
        if self._held is not None:
            return self._limiter.step(self._held, dt_s)
        silent = self._came_s is None or now_s - self._came_s > self._silent_s
        goal = self._easing.step(np.full_like(self._goal, np.nan) if silent else self._goal, max(dt_s, 0.0))
        return self._limiter.step(goal, dt_s)
