"""Filters over time. They use the time stamps of the data, so that live and replay give the same numbers."""

from __future__ import annotations

import numpy as np

from mien.core.geometry import exponential, logarithm, multiply
from mien.core.types import F64

_FORGET_S = 1.0


class OneEuro:
    """One Euro filter over an array, driven by time stamps.

    Casiez, Roussel & Vogel, "1 € filter", CHI 2012: a low pass whose cut-off rises with speed, so
    that a still value does not tremble and a moving one does not lag. Parameters may be arrays that
    broadcast to the values. NaN passes through and restarts the filter of that value.

    min_cutoff: cut-off at rest [Hz]; lower is calmer.
    beta: cut-off gained per unit of speed [Hz per (unit/s)]; higher lags less.
    d_cutoff: cut-off of the speed estimate [Hz].
    """

    def __init__(self, min_cutoff: float | F64, beta: float | F64, d_cutoff: float | F64 = 1.0) -> None:
        self.min_cutoff = min_cutoff
        self.beta = beta
        self.d_cutoff = d_cutoff
        self._stamp_ns = 0
        self._x: F64 | None = None
        self._dx: F64 | None = None

    def __call__(self, x: F64, stamp_ns: int) -> F64:
        """Smoothed `x`. A step back in time or a gap of over a second restarts the filter.

        A repeated time stamp gives the previous result, except where values became NaN or stopped being NaN.
        """
        dt = (stamp_ns - self._stamp_ns) * 1e-9
        self._stamp_ns = stamp_ns
        if self._x is None or self._dx is None or dt < 0 or dt > _FORGET_S:
            self._x, self._dx = np.array(x, np.float64), np.zeros_like(x, np.float64)
            return self._x
        step = x - self._x
        if dt > 0:
            speed = self._dx + _alpha(self.d_cutoff, dt) * (step / dt - self._dx)
            smooth = self._x + _alpha(self.min_cutoff + self.beta * np.abs(speed), dt) * step
        else:
            speed, smooth = self._dx.copy(), self._x.copy()
        new = np.isnan(step)
        if new.any():
            speed[new], smooth[new] = 0, np.asarray(x)[new]
        self._x, self._dx = smooth, speed
        return self._x


class OneEuroRotation:
    """One Euro filter over unit quaternions (x, y, z, w): the same law along great circles.

    The speed is a rotation vector [rad/s], so that jitter, which has no preferred direction, averages
    out. The sign of the result never flips from one call to the next.
    """

    def __init__(self, min_cutoff: float, beta: float, d_cutoff: float = 1.0) -> None:
        self.min_cutoff = min_cutoff
        self.beta = beta
        self.d_cutoff = d_cutoff
        self._stamp_ns = 0
        self._q: F64 | None = None
        self._speed: F64 = np.zeros(3)

    def __call__(self, q: F64, stamp_ns: int) -> F64:
        """Smoothed `q`. A step back in time or a gap of over a second restarts the filter."""
        dt = (stamp_ns - self._stamp_ns) * 1e-9
        if self._q is None or dt < 0 or dt > _FORGET_S:
            self._q, self._speed = np.array(q, np.float64), np.zeros(3)
        elif dt > 0:
            step = logarithm(multiply(self._q * (-1, -1, -1, 1), q))
            self._speed = self._speed + _alpha(self.d_cutoff, dt) * (step / dt - self._speed)
            cutoff = self.min_cutoff + self.beta * float(np.sqrt(self._speed @ self._speed))
            smooth = multiply(self._q, exponential(_alpha(cutoff, dt) * step))
            self._q = smooth / np.sqrt(smooth @ smooth)
        self._stamp_ns = stamp_ns
        return self._q

    def restart(self) -> None:
        """Forget the past: the next value passes unchanged."""
        self._q = None


def _alpha(cutoff: float | F64, dt: float) -> float | F64:
    r = 2 * np.pi * dt * cutoff
    return r / (r + 1)
