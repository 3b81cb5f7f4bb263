"""Synchrony of two people: windowed cross-lagged correlation, tested against surrogates.

Boker, Rotondo, Xu & King, "Windowed cross-correlation and peak picking", Psychological Methods 7, 2002. Whether the
two are more alike than by chance is tested as Moulder, Boker, Ramseyer & Tschacher ask ("Determining synchrony between
behavioral time series", Psychological Methods 23, 2018): against surrogates that keep each person's own course and
break only the pairing. Here a surrogate of one series has its values and its spectrum, and other phases: Schreiber &
Schmitz, "Improved surrogate data for nonlinearity tests", Physical Review Letters 77, 1996.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from mien.core.errors import StatisticsError

F64 = NDArray[np.float64]

_KNOWN = 0.8  # share of a window that must be observed of both
_AT_ONCE = 1 << 20  # products in memory
_LEAST = 5  # windows; surrogates of shorter series are too unlike them, and p too small
_ROUNDS = 8  # of fitting values and spectrum in turn
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
    drawn: F64  # (S,) highest mean of each surrogate; NaN = nothing comparable

    @property
    def r_mean(self) -> float:
        """The mean correlation at the best lag, back from z."""
        return float(np.tanh(self.z))

    @property
    def surrogates(self) -> int:
        """How many could be compared."""
        return int(np.isfinite(self.drawn).sum())

    @property
    def p_least(self) -> float:
        """The smallest p that so many surrogates can give; NaN where there are none."""
        return 1 / (1 + self.surrogates) if self.surrogates else float("nan")

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
    series do not change their nature on the way: a trend that both share counts as synchrony. What is shorter than five
    windows is not tested.
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
    count = windows.surrogates if np.isfinite(best) and len(first) >= _LEAST * width else 0
    highest = [_highest(lags, _mean_z(_correlations(a, made, grid)))[1] for made in _alike(b, count, windows.seed)]
    drawn = np.array(highest, np.float64)
    known = drawn[np.isfinite(drawn)]
    p = (1 + int((known >= best).sum())) / (1 + len(known)) if len(known) else float("nan")
    centres_s = np.asarray((starts + (width - 1) / 2) / windows.rate_hz, np.float64)
    return Synchrony(
        np.asarray(lags / windows.rate_hz, np.float64), by_lag, r, centres_s, lag / windows.rate_hz, best, p, drawn
    )


def family_wise(found: Sequence[Synchrony]) -> list[float]:
    """p values of several series of one pair, corrected for their number; NaN where a series has none.

    By the step-down maximum of Westfall & Young ("Resampling-based multiple testing", 1993): a value is compared with
    the highest, in each surrogate, of the series that are not above it, all in units of their spread by chance. Unlike
    p times the number of series, as of Holm's method, this does not raise the smallest p that surrogates can give.
    """
    out = np.full(len(found), np.nan)
    which = [i for i, s in enumerate(found) if np.isfinite(s.p)]
    if not which:
        return [float(value) for value in out]
    values = np.array([np.append(found[i].drawn, found[i].z) for i in which])  # the last column is what was found
    spread = np.maximum(np.nanstd(values, axis=1, keepdims=True), 1e-12)
    t = np.nan_to_num((values - np.nanmean(values, axis=1, keepdims=True)) / spread, nan=-np.inf)
    order = np.argsort(-t[:, -1], kind="stable")
    highest = np.maximum.accumulate(t[order][::-1], axis=0)[::-1]  # of each and all that are below it
    drawn = np.isfinite(highest[:, :-1]).sum(1)
    p = (1 + (highest[:, :-1] >= t[order][:, -1:]).sum(1)) / (1 + drawn)
    out[np.array(which)[order]] = np.maximum.accumulate(p)
    return [float(value) for value in out]


def _alike(x: F64, count: int, seed: int) -> Iterator[F64]:
    """Series with the values of x and, nearly, its spectrum; missing where x is.

    Phases depend on seed and length alone, so that what several series of a person have in common they keep (Prichard &
    Theiler, Physical Review Letters 73, 1994).
    """
    known = np.isfinite(x)
    at = np.arange(len(x))
    whole = np.interp(at, at[known], x[known])
    values, size = np.sort(whole), np.abs(np.fft.rfft(whole))
    random = np.random.default_rng(seed)
    for _ in range(count):
        phases = random.uniform(0, 2 * np.pi, len(size))
        phases[0] = 0
        made = np.fft.irfft(size * np.exp(1j * phases), len(x))
        for _ in range(_ROUNDS):
            made = np.fft.irfft(size * np.exp(1j * np.angle(np.fft.rfft(_ranked(made, values)))), len(x))
        yield np.where(known, _ranked(made, values), np.nan)


def _ranked(x: F64, values: F64) -> F64:
    """Other values, sorted, in the order of x."""
    out = np.empty_like(x)
    out[np.argsort(x, kind="stable")] = values
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
