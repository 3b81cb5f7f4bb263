"""Motion within limits of range, rate and acceleration."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from mien.core.types import F64


@dataclass(frozen=True, slots=True)
class Limits:
    """Limits of N values, each in its own unit. rate [unit/s] and acceleration [unit/s²] may be infinite."""

    lower: F64
    upper: F64
    neutral: F64
    rate: F64
    acceleration: F64

    def clip(self, values: F64) -> F64:
        """(N,) values within the range."""
        return np.minimum(np.maximum(values, self.lower), self.upper)

    def reach_s(self) -> F64:
        """(N,) the longest time from any position and speed within the limits to rest at any other position [s]."""
        span, rate, a = self.upper - self.lower, self.rate, self.acceleration
        with np.errstate(divide="ignore", invalid="ignore"):
            fastest = np.minimum(rate, np.sqrt(2 * a * span))  # no faster, or it could not stop within the range
            brake = np.where(np.isfinite(a), fastest / a, 0.0)
            travel = np.where(span > rate**2 / a, span / rate + rate / a, 2 * np.sqrt(span / a))
        return np.asarray(brake + travel)


class Limiter:
    """Moves values to their goals as quickly as the limits allow.

    Between two calls a value follows the path of shortest time to rest at the goal: accelerate, cruise,
    brake. Speed is continuous over calls, and a value can always stop before the end of its range, so
    that the limits hold at any time of the next call and for any goal: for calls at t0 < t1 < t2,
    |x1 - x0| <= rate * (t1 - t0), and mean speeds v1 and v2 of the two intervals differ by at most
    acceleration * (t2 - t0) / 2.
    """

    def __init__(self, limits: Limits, position: F64 | None = None) -> None:
        """position: (N,) where to start, at rest; None = neutral."""
        self.limits = limits
        self._soft = np.isfinite(limits.acceleration)
        self._all_soft = bool(self._soft.all())
        self._any_soft = bool(self._soft.any())
        self.position: F64 = limits.clip(np.array(limits.neutral if position is None else position, np.float64))
        self.speed: F64 = np.zeros_like(self.position)

    def step(self, goal: F64, dt_s: float) -> F64:
        """(N,) the values `dt_s` later. Goals beyond the range are clipped to it; a NaN goal keeps the value."""
        if not dt_s > 0:
            return self.position
        goal = self.limits.clip(np.where(np.isnan(goal), self.position, goal))
        if self._all_soft:
            position, speed = _shortest(
                self.position, self.speed, goal, self.limits.rate, self.limits.acceleration, dt_s
            )
        else:
            most = self.limits.rate * dt_s
            position = self.position + np.minimum(np.maximum(goal - self.position, -most), most)
            speed = (position - self.position) / dt_s
            if self._any_soft:
                i = self._soft
                position[i], speed[i] = _shortest(
                    self.position[i], self.speed[i], goal[i], self.limits.rate[i], self.limits.acceleration[i], dt_s
                )
        self.position, self.speed = self.limits.clip(position), speed
        return self.position

    def stop(self) -> None:
        """Set the speed to 0 at the present position, without braking: for joints that something else has stopped."""
        self.speed = np.zeros_like(self.position)


def _shortest(x: F64, v: F64, goal: F64, rate: F64, a: F64, dt_s: float) -> tuple[F64, F64]:
    """Position and speed after `dt_s` on the path of shortest time to rest at the goal."""
    # The positive direction is from where the value would stop if it braked now to the goal.
    side = np.where(goal - x >= v * np.abs(v) / (2 * a), 1.0, -1.0)
    way, u = side * (goal - x), side * v
    peak = np.minimum(np.sqrt(np.maximum(a * way + u * u / 2, 0)), rate)
    first = np.abs(peak - u) / a
    braking = peak / a
    left = way - (u + peak) / 2 * first - peak * braking / 2
    cruise = np.maximum(left, 0) / np.maximum(peak, 1e-12)
    push = np.where(peak >= u, a, -a)
    t1 = np.minimum(first, dt_s)
    t2 = np.minimum(np.maximum(dt_s - first, 0), cruise)
    t3 = np.minimum(np.maximum(dt_s - first - cruise, 0), braking)
    moved = (u + push * t1 / 2) * t1 + peak * t2 + (peak - a * t3 / 2) * t3
    speed = np.where(t1 < first, u + push * t1, peak - a * t3)
    there = dt_s >= first + cruise + braking
    return np.where(there, goal, x + side * moved), np.where(there, 0.0, side * speed)
