"""Filters over time. Time comes with the data, so live and replay give the same numbers."""

from __future__ import annotations

import numpy as np

from mien.core.types import F64


class OneEuro:
    """One Euro filter over an array, driven by time stamps.

    Casiez, Roussel & Vogel, "1 € filter", CHI 2012: a low pass whose cut-off rises with speed, so
    that what is still stays still and what moves does not lag. Parameters may be arrays that
    broadcast to the values.

    min_cutoff: cut-off at rest [Hz]; lower is calmer.
    beta: cut-off gained per unit of speed [Hz per (unit/s)]; higher lags less.
    d_cutoff: cut-off of the speed estimate [Hz].
    """

    def __init__(self, min_cutoff: float | F64, beta: float | F64, d_cutoff: float = 1.0) -> None:
        self.min_cutoff = min_cutoff
        self.beta = beta
        self._d_cutoff = d_cutoff
        self._stamp_ns = 0
        self._x: F64 | None = None
        self._dx: F64 | None = None

    def __call__(self, x: F64, stamp_ns: int) -> F64:
        """Smoothed `x`. A step back in time or a gap of over a second starts anew."""
        dt = (stamp_ns - self._stamp_ns) * 1e-9
        if self._x is None or self._dx is None or dt < 0 or dt > 1.0:
            self._x, self._dx = np.array(x, np.float64), np.zeros_like(x, np.float64)
        elif dt > 0:
            self._dx = self._dx + _alpha(self._d_cutoff, dt) * ((x - self._x) / dt - self._dx)
            cutoff = self.min_cutoff + self.beta * np.abs(self._dx)
            self._x = self._x + _alpha(cutoff, dt) * (x - self._x)
        self._stamp_ns = stamp_ns
        return self._x


def _alpha(cutoff: float | F64, dt: float) -> float | F64:
    r = 2 * np.pi * dt * cutoff
    return r / (r + 1)
