"""Predicts a face some tenths of a second ahead, by linear regression over its recent motion."""

from __future__ import annotations

import csv
from collections import deque
from collections.abc import Sequence
from functools import cache
from pathlib import Path

import numpy as np

from mien.core.types import F64
from mien_models.spaces.arkit import REGIONS, Region

TABLE = Path(__file__).with_name("prediction.csv")
"""Written by `python -m mien.evaluate.retarget.fit_prediction`."""

LAGS_S: F64 = np.arange(1, 6) / 30
_KEPT = 32


class Predictor:
    """Predicts the values of one face: value + Σ weight · (value now − value some frames ago).

    The weights come from a linear regression for each region and for some horizons; between those they are
    interpolated. regions: the region of each of the S values.
    """

    def __init__(self, regions: Sequence[Region], horizon_s: float) -> None:
        horizons, table = _table()
        at = np.clip(horizon_s, 0, horizons[-1])
        by_region = np.array(
            [[np.interp(at, horizons, table[:, r, lag]) for lag in range(len(LAGS_S))] for r in range(len(REGIONS))]
        )
        self._weights: F64 = by_region[np.array(regions, np.intp)].T  # (lags, S)
        self._times: deque[float] = deque(maxlen=_KEPT)
        self._values: deque[F64] = deque(maxlen=_KEPT)

    def __call__(self, values: F64, stamp_ns: int) -> F64:
        """(S,) predicted values. NaN stays NaN. A stamp that does not rise discards the history."""
        now_s = stamp_ns * 1e-9
        if self._times and now_s <= self._times[-1]:
            self._times.clear()
            self._values.clear()
        self._times.append(now_s)
        self._values.append(values)
        while len(self._times) > 2 and self._times[1] <= now_s - LAGS_S[-1]:
            self._times.popleft()
            self._values.popleft()
        moved = values - self._past(now_s - LAGS_S)
        moved[np.isnan(moved)] = 0.0
        return np.asarray(values + (self._weights * moved).sum(axis=0))

    def _past(self, when_s: F64) -> F64:
        """(lags, S) values at earlier times, interpolated; before the first observation, that one."""
        times, values = np.array(self._times), np.array(self._values)
        if len(times) == 1:
            return np.tile(values, (len(when_s), 1))
        right = np.minimum(np.maximum(np.searchsorted(times, when_s), 1), len(times) - 1)
        share = (when_s - times[right - 1]) / (times[right] - times[right - 1])
        share = np.minimum(np.maximum(share, 0), 1)[:, None]
        return np.asarray((1 - share) * values[right - 1] + share * values[right])


@cache
def _table() -> tuple[F64, F64]:
    """(H,) horizons [s], the first of which is 0, and (H, regions, lags) weights."""
    with TABLE.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    horizons = sorted({float(row["horizon_ms"]) for row in rows})
    table = np.zeros((1 + len(horizons), len(REGIONS), len(LAGS_S)))
    for row in rows:
        at = 1 + horizons.index(float(row["horizon_ms"])), REGIONS.index(row["region"])
        table[at] = [float(row[f"lag{i + 1}"]) for i in range(len(LAGS_S))]
    return np.array([0.0, *horizons]) / 1e3, table
