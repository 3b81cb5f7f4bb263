"""What is seen is followed, what is lost is held and eased to neutral, what comes back blends in."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from mien.core.types import F64

Bools = NDArray[np.bool_]

_RETURN_S = 0.2  # what comes back blends in over the time that it was gone, up to this
_LONG_S = 1e9


class Easing:
    """Of N values that are lost and come back each for itself; nothing jumps.

    Durations are sums of the steps' own, so stamps that jump or go backwards cannot end a hold early.
    """

    def __init__(self, neutral: F64, hold_s: float, ease_s: float) -> None:
        self.neutral = neutral
        self.hold_s = hold_s
        self.ease_s = ease_s
        self.values: F64 = np.array(neutral, np.float64)
        self._seen = np.zeros(neutral.shape, bool)
        self._since_s = np.full(neutral.shape, _LONG_S)  # since the last change; negative while it is held
        self._span_s = np.ones(neutral.shape)
        self._origin = self.values

    def step(self, target: F64, dt_s: float) -> F64:
        """(N,) values `dt_s` later. target: NaN = not seen."""
        seen = np.isfinite(target)
        changed = seen != self._seen
        if changed.any():
            self._change(seen, changed)
        self._since_s += dt_s
        goal = np.where(seen, target, self.neutral)
        s = np.minimum(np.maximum(self._since_s / self._span_s, 0), 1)
        blend = s * s * (3 - 2 * s)
        self.values = np.where(s == 1, goal, self._origin + blend * (goal - self._origin))
        return self.values

    def blend(self) -> None:
        """What is seen is about to be read in another way: go there from where the values stand."""
        i = self._seen
        self._origin = np.where(i, self.values, self._origin)
        self._since_s[i], self._span_s[i] = 0.0, _RETURN_S

    def restart(self, values: F64, span_s: float) -> None:
        """Begin at these values, and be where it should be within `span_s`."""
        self.values = self._origin = np.array(values, np.float64)
        self._since_s, self._span_s = np.zeros(values.shape), np.full(values.shape, span_s)

    @property
    def arrived(self) -> bool:
        """Nothing is seen, and every value has come to neutral."""
        return not self._seen.any() and bool((self._since_s >= self._span_s).all())

    def _change(self, seen: Bools, changed: Bools) -> None:
        lost, back = changed & ~seen, changed & seen
        gone_s = np.maximum(self._since_s + self.hold_s, 0)
        self._origin = np.where(changed, self.values, self._origin)
        self._span_s = np.where(lost, self.ease_s, np.where(back, np.clip(gone_s, 1e-3, _RETURN_S), self._span_s))
        self._since_s = np.where(lost, -self.hold_s, np.where(back, 0.0, self._since_s))
        self._seen = seen
