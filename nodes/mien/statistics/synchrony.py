"""Synchrony of two people: windowed cross-lagged correlation, tested against surrogates.

Boker, Rotondo, Xu & King, "Windowed cross-correlation and peak picking", Psychological Methods 7, 2002. Whether the
two are more alike than by chance is tested as Moulder, Boker, Ramseyer & Tschacher ask ("Determining synchrony between
behavioral time series", Psychological Methods 23, 2018): against surrogates that keep each person's own course and
break only the pairing. Here one series is shifted in a circle by more than any lag.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from mien.core.errors import StatisticsError

F64 = NDArray[np.float64]

_KNOWN = 0.8  # share of a window that must be observed of both
_AT_ONCE = 1 << 20  # products in memory
_R_MOST = 0.999  # Fisher's z of a perfect correlation is infinite


@dataclass(frozen=True, slots=True, kw_only=True)
class Windows:
    """How two series are compared. Times in seconds."""

    rate_hz: float = 10.0
    window_s: float = 5.0
    step_s: float = 0.5
    max_lag_s: float = 2.0
    still_sd: float = 0.1  # a window that varies less says nothing; on the FACS scale networks err by more
    surrogates: int = 500
    seed: int = 0

    def __post_init__(self) -> None:
        if min(self.rate_hz, self.window_s, self.step_s) <= 0 or self.max_lag_s < 0 or self.surrogates < 0:
            raise StatisticsError("rate, window and step of a synchrony are more than 0, lag and surrogates 0 or more")
        if self.still_sd <= 0:
            raise StatisticsError(f"a window is still below some standard deviation above 0, not {self.still_sd:g}")
        if self.window_s * self.rate_hz < 4:
            raise StatisticsError(f"a window of {self.window_s:g} s at {self.rate_hz:g} Hz has fewer than 4 samples")


@dataclass(frozen=True, slots=True, eq=False)
class Synchrony:
    """`lag_s` > 0: the second person follows the first."""

    lags_s: F64  # (L,)
    z_by_lag: F64  # (L,) mean of Fisher's z over windows; NaN = nothing comparable
    r: F64  # (W, L) correlation of every window and lag; NaN = not enough seen, or constant
    centres_s: F64  # (W,) of the windows
    lag_s: float  # of the highest mean
    z: float  # at that lag
    p: float  # share of surrogates whose highest mean is as high; NaN = too short to make any
    surrogates: int

    @property
    def r_mean(self) -> float:
        """The mean correlation at the best lag, back from z."""
        return float(np.tanh(self.z))

    @property
    def windows(self) -> int:
        """How many could be compared at some lag."""
        return int(np.isfinite(self.r).any(1).sum())


@dataclass(frozen=True, slots=True, eq=False)
class _Grid:
    """Windows and lags in samples."""

    starts: NDArray[np.intp]
    width: int
    lags: NDArray[np.intp]
    still: float  # variance


def synchrony(first: F64, second: F64, windows: Windows = Windows()) -> Synchrony:
    """Two series (N,) on one grid of `windows.rate_hz`, NaN = not observed. Windows with less than 80 % are left out.

    The highest mean over all lags is compared with the highest of each surrogate, so that choosing the lag costs
    nothing. p is (1 + as high) / (1 + surrogates), as of Phipson & Smyth, 2010, and never 0. It holds where the
    series do not change their nature on the way: a trend that both share counts as synchrony.
    """
    if first.shape != second.shape or first.ndim != 1:
        raise StatisticsError(f"the series of two people must be equally long, not {first.shape} and {second.shape}")
    width = round(windows.window_s * windows.rate_hz)
    step = max(1, round(windows.step_s * windows.rate_hz))
    most = round(windows.max_lag_s * windows.rate_hz)
    lags = np.arange(-most, most + 1)
    starts = np.arange(0, max(0, len(first) - width + 1), step)
    grid = _Grid(starts, width, lags, windows.still_sd**2)
    a, b = _centred(first), _centred(second)
    r = _correlations(a, b, grid)
    by_lag = _mean_z(r)
    lag, best = _highest(lags, by_lag)
    draws = _shifts(len(first), most, windows.surrogates, windows.seed) if np.isfinite(best) else []
    highest = [_highest(lags, _mean_z(_correlations(a, _turned(b, s, width), grid)))[1] for s in draws]
    drawn = [value for value in highest if np.isfinite(value)]
    p = (1 + sum(value >= best for value in drawn)) / (1 + len(drawn)) if drawn else float("nan")
    centres_s = np.asarray((starts + (width - 1) / 2) / windows.rate_hz, np.float64)
    return Synchrony(
        np.asarray(lags / windows.rate_hz, np.float64), by_lag, r, centres_s, lag / windows.rate_hz, best, p, len(drawn)
    )


def holm(p_values: Sequence[float]) -> list[float]:
    """p values corrected for their number by Holm's step-down method (Scand. J. Statistics 6, 1979); NaN stay."""
    p = np.asarray(p_values, np.float64)
    out = np.full(len(p), np.nan)
    known = np.flatnonzero(np.isfinite(p))
    order = known[np.argsort(p[known], kind="stable")]
    out[order] = np.minimum(1, np.maximum.accumulate(p[order] * (len(order) - np.arange(len(order)))))
    return [float(value) for value in out]


def _shifts(length: int, most: int, count: int, seed: int) -> list[int]:
    """Different shifts in a circle, each too far for any lag to undo it."""
    possible = np.arange(2 * most + 1, length - 2 * most)
    if count >= len(possible):
        return [int(s) for s in possible]
    return [int(s) for s in np.random.default_rng(seed).choice(possible, count, replace=False)]


def _turned(x: F64, shift: int, width: int) -> F64:
    """Shifted in a circle. Where the ends meet so much is left out that no window spans the jump between them."""
    out = np.roll(x, shift)
    out[shift : shift + int((1 - _KNOWN) * width) + 1] = np.nan
    return out


def _centred(x: F64) -> F64:
    """Less its mean, which keeps the sums of products small."""
    known = np.isfinite(x)
    return x - x[known].mean() if known.any() else x


def _correlations(a: F64, b: F64, grid: _Grid) -> F64:
    """(W, L) of a[i] with b[i + lag] over each window, by running sums."""
    starts, width, lags = grid.starts, grid.width, grid.lags
    out = np.full((len(starts), len(lags)), np.nan)
    most = int(lags[-1])
    around = np.lib.stride_tricks.sliding_window_view(np.pad(b, most, constant_values=np.nan), len(a))
    at_once = max(1, _AT_ONCE // max(len(a), 1))
    for first in range(0, len(lags), at_once):
        moved = around[first : first + at_once]  # (l, N)
        both = np.isfinite(a) & np.isfinite(moved)
        x, y = np.where(both, a, 0.0), np.where(both, moved, 0.0)
        count = _sums(both.astype(np.float64), starts, width)
        sx, sy, xx, yy, xy = (_sums(v, starts, width) for v in (x, y, x * x, y * y, x * y))
        some = np.maximum(count, 1)
        vx, vy, covariance = xx / some - (sx / some) ** 2, yy / some - (sy / some) ** 2, xy / some - sx * sy / some**2
        valid = (count >= _KNOWN * width) & (vx > grid.still) & (vy > grid.still)
        with np.errstate(divide="ignore", invalid="ignore"):
            out[:, first : first + at_once] = np.where(valid, covariance / np.sqrt(vx * vy), np.nan).T
    return out


def _sums(values: F64, starts: NDArray[np.intp], width: int) -> F64:
    """(l, W) over each window of (l, N)."""
    running = np.concatenate([np.zeros((len(values), 1)), np.cumsum(values, axis=1)], axis=1)
    return np.asarray(running[:, starts + width] - running[:, starts])


def _mean_z(r: F64) -> F64:
    """(L,) of (W, L)."""
    z = np.arctanh(np.clip(r, -_R_MOST, _R_MOST))
    known = np.isfinite(z)
    count = known.sum(0)
    # Lags at which fewer than half as many windows can be compared are at the mercy of a few.
    enough = (count > 0) & (count * 2 >= count.max(initial=0))
    return np.where(enough, np.where(known, z, 0).sum(0) / np.maximum(count, 1), np.nan)


def _highest(lags: NDArray[np.intp], by_lag: F64) -> tuple[float, float]:
    if not np.isfinite(by_lag).any():
        return float("nan"), float("nan")
    at = int(np.nanargmax(by_lag))
    return float(lags[at]), float(by_lag[at])
