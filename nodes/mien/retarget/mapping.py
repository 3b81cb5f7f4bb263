"""Computes all targets of one face: weights, curves, gains and shared budgets as arrays."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from mien.core.types import F64
from mien.retarget.profile import Profile, Target
from mien.retarget.sources import Sources


class Mapping:
    """Maps (S,) sources to (T,) targets; keeps no state."""

    def __init__(self, profile: Profile, sources: Sources) -> None:
        targets = profile.targets
        self._expand = sources.expand
        self._weights = np.zeros((len(targets), len(sources.expanded)))
        for i, target in enumerate(targets):
            for name, weight in target.sources:
                self._weights[i, sources.index[name]] += weight
        self._uses = (self._weights != 0).astype(np.float64)
        self._gain = np.array([t.gain for t in targets])
        self._offset = np.array([t.offset for t in targets])
        self._lower = np.array([t.lower for t in targets])
        self._upper = np.array([t.upper for t in targets])
        self._neutral = np.array([t.neutral for t in targets])
        self._picks = [
            (i, np.max if t.combine == "max" else np.min, *_terms(t, sources))
            for i, t in enumerate(targets)
            if t.combine != "sum" and t.sources
        ]
        self._curved = np.array([i for i, t in enumerate(targets) if t.curve], np.intp)
        self._knots = _padded([t.curve for t in targets if t.curve])
        self._gamma = np.array([t.gamma for t in targets])
        self._bent = bool((self._gamma != 1).any())
        self._budgets = [(most, _levels(targets, group)) for group, most in profile.groups.items()]

    def __call__(self, values: F64) -> F64:
        """(T,) targets in their units and ranges; NaN for targets that use a NaN source."""
        values = self._expand(values)
        unknown = np.isnan(values)
        known = np.where(unknown, 0.0, values)
        x = self._weights @ known
        for i, pick, index, weights in self._picks:
            x[i] = pick(known[index] * weights)
        if self._bent:
            x = np.sign(x) * np.abs(x) ** self._gamma
        if len(self._curved):
            x[self._curved] = self._curve(x[self._curved])
        out = np.minimum(np.maximum(self._offset + self._gain * x, self._lower), self._upper)
        if unknown.any():
            out[self._uses @ unknown > 0] = np.nan
        for most, levels in self._budgets:
            self._share(out, most, levels)
        return np.asarray(out)

    def _curve(self, x: F64) -> F64:
        """Piecewise linear through the knots of each curve, constant beyond them."""
        rows = np.arange(len(x))
        at = np.minimum((x[:, None] >= self._knots[:, :, 0]).sum(axis=1), self._knots.shape[1] - 1)
        x1, y1 = self._knots[rows, at].T
        x0, y0 = self._knots[rows, np.maximum(at - 1, 0)].T
        share = np.minimum(np.maximum((x - x0) / np.where(x1 > x0, x1 - x0, 1.0), 0), 1)
        return np.asarray(y0 + share * (y1 - y0))

    def _share(self, out: F64, most: float, levels: list[NDArray[np.intp]]) -> None:
        """Targets of higher priority get what they ask for; those of the next priority share what is left."""
        left = most
        for index in levels:
            away = out[index] - self._neutral[index]
            away[np.isnan(away)] = 0
            asked = float(np.abs(away).sum())
            if asked > left:
                out[index] -= away * (1 - left / asked)
                asked = left
            left -= asked


def _padded(curves: list[tuple[tuple[float, float], ...]]) -> F64:
    """(C, K, 2) knots; short curves are continued at their last value."""
    longest = max(map(len, curves), default=0)
    return np.array(
        [[*c, *((c[-1][0] + n + 1, c[-1][1]) for n in range(longest - len(c)))] for c in curves], np.float64
    ).reshape(len(curves), longest, 2)


def _terms(target: Target, sources: Sources) -> tuple[NDArray[np.intp], F64]:
    names, weights = zip(*target.sources, strict=True)
    return np.array([sources.index[n] for n in names], np.intp), np.array(weights)


def _levels(targets: tuple[Target, ...], group: str) -> list[NDArray[np.intp]]:
    """Indices of the targets of a group, one array per priority, highest first."""
    of = {t.priority for t in targets if t.group == group}
    return [
        np.array([i for i, t in enumerate(targets) if t.group == group and t.priority == p], np.intp)
        for p in sorted(of, reverse=True)
    ]
