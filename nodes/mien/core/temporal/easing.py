"""Values follow what is observed; lost values are held, then eased to neutral; returning values are blended in."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from mien.core.types import F64

Bools = NDArray[np.bool_]

_RETURN_S = 0.2  # a returning value is blended in over the time for which it was lost, at most this
_LONG_S = 1e9


class Easing:
    """Holds, eases and blends N values, each of which may be lost and return independently, without a jump.

    Durations are sums of the steps' `dt_s`, so that time stamps which jump cannot end a hold early.
    """

    def __init__(self, neutral: F64, hold_s: float, ease_s: float) -> None:
        self.neutral = neutral
        self.hold_s = hold_s
        self.ease_s = ease_s
        self.values: F64 = np.array(neutral, np.float64)
        self._seen = np.zeros(neutral.shape, bool)
        self._since_s = np.full(neutral.shape, _LONG_S)  # since a value was lost or returned; negative while it is held
        self._span_s = np.ones(neutral.shape)
        self._origin = self.values

    def step(self, target: F64, dt_s: float) -> F64:
        """(N,) values `dt_s` after the last step. target: (N,), NaN = not observed."""
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
        """Blend observed values from where they are to the next targets, which will be computed differently."""
        i = self._seen
        self._origin = np.where(i, self.values, self._origin)
        self._since_s[i], self._span_s[i] = 0.0, _RETURN_S

    def restart(self, values: F64, span_s: float) -> None:
        """Begin at these values, and be where it should be within `span_s`."""
        self.values = self._origin = np.array(values, np.float64)
        self._since_s, self._span_s = np.zeros(values.shape), np.full(values.shape, span_s)

    @property
    def arrived(self) -> bool:
        """Whether no value is observed and every value has reached neutral."""
        return not self._seen.any() and bool((self._since_s >= self._span_s).all())

    def _change(self, seen: Bools, changed: Bools) -> None:
        lost, back = changed & ~seen, changed & seen
        gone_s = np.maximum(self._since_s + self.hold_s, 0)
        self._origin = np.where(changed, self.values, self._origin)
        self._span_s = np.where(lost, self.ease_s, np.where(back, np.clip(gone_s, 1e-3, _RETURN_S), self._span_s))
        self._since_s = np.where(lost, -self.hold_s, np.where(back, 0.0, self._since_s))
        self._seen = seen
