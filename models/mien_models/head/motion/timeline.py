"""Endless sequences of events that can be looked up at any time."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from threading import Lock
from typing import Any

import numpy as np
from numpy.typing import NDArray

F64 = NDArray[np.float64]
Rows = NDArray[np.void]
# Makes the rows after the last one so far; their "onset" ascends and is later than that of the last one.
Grow = Callable[[np.random.Generator, Any], Rows]


class Timeline:
    """Rows with a field "onset" [s], generated in order up to the latest time requested.

    Piece k is drawn from the seed and k alone, after piece k - 1, so the rows do not depend on the
    order of requests or on threads. A request far ahead costs time once, a few seconds per ten
    hours.
    """

    def __init__(self, seed: tuple[int, int], first: Rows, grow: Grow) -> None:
        self._seed, self._rows, self._grow = seed, first, grow
        self._pieces = 0
        self._lock = Lock()

    def at(self, t: F64, back: int = 0) -> Rows:
        """(N,) the latest rows that began by times (N,), or the `back`-th ones before them."""
        rows = self._until(t.max(initial=0.0))
        last = np.searchsorted(rows["onset"], t, side="right") - 1
        return np.asarray(rows[np.maximum(last - back, 0)])

    def _until(self, t_s: float) -> Rows:
        with self._lock:
            while self._rows["onset"][-1] <= t_s:
                self._extend()
            return self._rows

    def _extend(self) -> None:
        """Add pieces until the rows reach 1.5 times as far, so that extending stays cheap."""
        pieces, last = [self._rows], self._rows[-1]
        enough = 1.5 * last["onset"] + 30
        while last["onset"] < enough:
            pieces.append(self._grow(np.random.default_rng([*self._seed, self._pieces]), last))
            self._pieces += 1
            last = pieces[-1][-1]
        self._rows = np.concatenate(pieces)


def smooth(x: F64) -> F64:
    """0 to 1 over x in [0, 1] with flat ends (cubic); its steepest slope is 1.5."""
    x = np.clip(x, 0, 1)
    return np.asarray(x * x * (3 - 2 * x))


def smoother(x: F64) -> F64:
    """0 to 1 over x in [0, 1] like hand and head movements (minimum jerk, Flash & Hogan, 1985); steepest 1.875."""
    x = np.clip(x, 0, 1)
    return np.asarray(x**3 * (10 + x * (6 * x - 15)))


def ballistic(x: F64) -> F64:
    """0 to 1 over x in [0, 1] like a saccade (raised cosine); steepest slope π/2."""
    return np.asarray((1 - np.cos(np.pi * np.clip(x, 0, 1))) / 2)


@dataclass(frozen=True, slots=True, eq=False)
class Waves:
    """D sums of K sines around a mean: band-limited, within mean ± the sum of the heights.

    mean (D,); height, hz, phase (K, D).
    """

    mean: F64
    height: F64
    hz: F64
    phase: F64

    def at(self, t: F64) -> F64:
        """(N, D) at times (N,)."""
        angle = 2 * np.pi * self.hz * t[:, None, None] + self.phase
        return np.asarray(self.mean + (self.height * np.sin(angle)).sum(axis=1))
