"""Where the joints of a robot are told to be: within their limits by the clock on the wall, whatever is asked."""

from __future__ import annotations

import numpy as np

from mien.core.temporal.easing import Easing
from mien.core.temporal.limits import Limiter, Limits
from mien.core.types import F64

_RELEASE_S = 1.0  # after a stop it comes back within this time, or as its limits allow


class RobotMotion:
    """Called at a steady rate by `tick`; goals come whenever they come.

    Stamps of images may lie, so this counts the seconds of the caller's clock. A tick that comes late
    moves no further than two ticks may: motors have long stopped by then. Without a new stamp for
    `silent_s` the joints go to neutral. Stopped, they brake within their limits and hold still; released,
    they come back without a jump.
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
        self._held: F64 | None = None  # where it stands stopped

    @property
    def position(self) -> F64:
        """(J,) where the joints were told to be last."""
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
        """The robot says where its joints are; before the first tick."""
        self._limiter = Limiter(self.limits, position)
        self._easing.restart(self._limiter.position, _RELEASE_S)

    def ask(self, goal: F64, stamp_ns: int, now_s: float) -> None:
        """A new goal; NaN = not known. With the stamp of the last one it is none."""
        if stamp_ns != self._stamp_ns:
            self._goal, self._stamp_ns, self._came_s = np.array(goal, np.float64), stamp_ns, now_s

    def stop(self) -> None:
        """Brake, and hold still."""
        if self._held is None:
            v, a = self._limiter.speed, self.limits.acceleration
            way = np.where(np.isfinite(a), v * np.abs(v) / (2 * a), 0.0)
            self._held = self.limits.clip(self._limiter.position + way)

    def release(self) -> None:
        """Go on, from where it stands."""
        if self._held is not None:
            self._held = None
            self._easing.restart(self._limiter.position, _RELEASE_S)

    def tick(self, now_s: float) -> F64:
        """(J,) where the joints are told to be now."""
        dt_s = 0.0 if self._now_s is None else now_s - self._now_s
        self._now_s = now_s
        if dt_s > 2 * self._period_s:  # what drives the motors stood still, and so do they
            self._limiter.stop()
            dt_s = self._period_s
        if self._held is not None:
            return self._limiter.step(self._held, dt_s)
        silent = self._came_s is None or now_s - self._came_s > self._silent_s
        goal = self._easing.step(np.full_like(self._goal, np.nan) if silent else self._goal, max(dt_s, 0.0))
        return self._limiter.step(goal, dt_s)
