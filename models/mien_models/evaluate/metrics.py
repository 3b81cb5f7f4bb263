"""Metrics of estimates against the truth.

Pairs in which either is NaN (not observed) are left out. A metric that is not defined is NaN, so means over names
are `nanmean`.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

F64 = NDArray[np.float64]
Bool = NDArray[np.bool_]
Index = NDArray[np.intp]

_STILL = 1e-6  # values with a smaller range count as constant
_NAN = float("nan")


def pearson(truth: ArrayLike, estimate: ArrayLike) -> float:
    """Correlation of N pairs; NaN where either is constant, or N < 3."""
    t, e = _observed(truth, estimate)
    if len(t) < 3 or np.ptp(t) < _STILL or np.ptp(e) < _STILL:
        return _NAN
    return float(np.corrcoef(t, e)[0, 1])


def mean_absolute_error(truth: ArrayLike, estimate: ArrayLike) -> float:
    """NaN where nothing was observed of both."""
    t, e = _observed(truth, estimate)
    return float(np.abs(t - e).mean()) if len(t) else _NAN


def mean_squared_error(truth: ArrayLike, estimate: ArrayLike) -> float:
    """NaN where nothing was observed of both."""
    t, e = _observed(truth, estimate)
    return float(((t - e) ** 2).mean()) if len(t) else _NAN


def icc31(truth: ArrayLike, *estimates: ArrayLike) -> float:
    """ICC(3,1): two-way mixed, single rater, consistency (Shrout & Fleiss, Psychological Bulletin 86, 1979).

    (BMS - EMS) / (BMS + (k - 1) EMS) over N targets and k raters, the truth among them. An offset
    does not matter, a constant estimate gives 0; NaN where all are constant, or N < 2.
    """
    between, _, residual, _, k = _mean_squares(truth, *estimates)
    return (between - residual) / (between + (k - 1) * residual) if k else _NAN


def icc21(truth: ArrayLike, *estimates: ArrayLike) -> float:
    """ICC(2,1): two-way random, single rater, absolute agreement (Shrout & Fleiss, 1979): an offset counts.

    (BMS - EMS) / (BMS + (k - 1) EMS + k (JMS - EMS) / N); NaN where all are constant, or N < 2.
    """
    between, raters, residual, n, k = _mean_squares(truth, *estimates)
    return (between - residual) / (between + (k - 1) * residual + k * (raters - residual) / n) if k else _NAN


def ccc(truth: ArrayLike, estimate: ArrayLike) -> float:
    """Concordance correlation (Lin, Biometrics 45, 1989); NaN where both are constant, or N < 2."""
    t, e = _observed(truth, estimate)
    if len(t) < 2 or max(np.ptp(t), np.ptp(e)) < _STILL:
        return _NAN
    shared = float(((t - t.mean()) * (e - e.mean())).mean())
    return 2 * shared / (float(t.var() + e.var()) + float(t.mean() - e.mean()) ** 2)


def f1(positive: ArrayLike, score: ArrayLike, threshold: float = 0.5) -> float:
    """2 TP / (2 TP + FP + FN) of scores ≥ threshold; NaN where neither labels nor scores have positives."""
    p, s = _observed(positive, score)
    return _f1(p > 0.5, s >= threshold)


def best_f1(positive: ArrayLike, score: ArrayLike) -> tuple[float, float]:
    """The best F1 of any threshold, and that threshold. It is chosen on the labels, so it must not be quoted as `f1`.

    (NaN, NaN) where nothing is positive.
    """
    p, s = _observed(positive, score)
    truly = p > 0.5
    if not truly.any():
        return _NAN, _NAN
    order = np.argsort(-s, kind="stable")
    hits, said = np.cumsum(truly[order]), np.arange(1, len(s) + 1)
    values = 2 * hits / (said + truly.sum())
    # A threshold takes all equal scores or none.
    values[:-1][s[order][1:] == s[order][:-1]] = -1
    at = int(np.argmax(values))
    return float(values[at]), float(s[order][at])


def auc(positive: ArrayLike, score: ArrayLike) -> float:
    """Area under the ROC curve: how often a positive scores above a negative, ties half; NaN where one is missing."""
    p, s = _observed(positive, score)
    truly = p > 0.5
    ups, downs = int(truly.sum()), int((~truly).sum())
    if not ups or not downs:
        return _NAN
    return float(_ranks(s)[truly].sum() - ups * (ups + 1) / 2) / (ups * downs)


def accuracy(truth: ArrayLike, estimate: ArrayLike, classes: int) -> tuple[float, float]:
    """Share of equal class numbers, and the mean F1 over the classes that occur in either.

    Negative numbers in `truth` are no label. (NaN, NaN) where there is none.
    """
    t, e = np.asarray(truth), np.asarray(estimate)
    t, e = t[t >= 0], e[t >= 0]
    if not len(t):
        return _NAN, _NAN
    return float((t == e).mean()), float(np.nanmean([_f1(t == c, e == c) for c in range(classes)]))


@dataclass(frozen=True, slots=True, eq=False)
class Reliability:
    """Bins (B,) of a reliability diagram: `said` is predicted, `found` observed; empty bins are NaN."""

    said: F64
    found: F64
    count: Index

    @property
    def error(self) -> float:
        """Expected calibration error: |said - found|, weighed by count; NaN without samples."""
        if not self.count.sum():
            return _NAN
        return float(np.nansum(np.abs(self.said - self.found) * self.count) / self.count.sum())


def reliability(positive: ArrayLike, probability: ArrayLike, bins: int = 10) -> Reliability:
    """Probabilities against frequencies in equal bins of [0, 1] (Guo et al., "On calibration", ICML 2017)."""
    p, s = _observed(positive, probability)
    at = np.clip((s * bins).astype(int), 0, bins - 1)
    return _binned(s, p, at, bins)


def sd_reliability(truth: ArrayLike, estimate: ArrayLike, sd: ArrayLike, bins: int = 10) -> Reliability:
    """Standard deviations against root mean squared errors, in `bins` bins of equal count.

    Levi et al., "Evaluating and calibrating uncertainty prediction in regression tasks", 2019.
    """
    t, e, s = _observed(truth, estimate, sd)
    at = (np.argsort(np.argsort(s, kind="stable"), kind="stable") * bins // max(len(s), 1)).astype(int)
    squares = _binned(s**2, (t - e) ** 2, at, bins)
    return Reliability(np.sqrt(squares.said), np.sqrt(squares.found), squares.count)


def coverage(truth: ArrayLike, estimate: ArrayLike, sd: ArrayLike, sds: float = 1.0) -> float:
    """Share of the truth within so many standard deviations; for calibrated normal errors .683 at 1, .954 at 2."""
    t, e, s = _observed(truth, estimate, sd)
    return float((np.abs(t - e) <= sds * s).mean()) if len(t) else _NAN


def sd_calibration_error(truth: ArrayLike, estimate: ArrayLike, sd: ArrayLike, levels: int = 20) -> float:
    """Mean difference between nominal and observed coverage over `levels` central intervals of a normal error.

    Kuleshov et al., "Accurate uncertainties for deep learning using calibrated regression", ICML 2018.
    """
    t, e, s = _observed(truth, estimate, sd)
    if not len(t):
        return _NAN
    deviations = np.abs(t - e) / np.maximum(s, 1e-12)
    inside = np.sort([math.erf(d / math.sqrt(2)) for d in deviations])
    asked = (np.arange(levels) + 0.5) / levels
    found = np.searchsorted(inside, asked, side="right") / len(inside)
    return float(np.abs(asked - found).mean())


def triplets_hold(embedding: ArrayLike, anchor: Index, positive: Index, negative: Index) -> Bool:
    """(T,) whether anchor and positive are the nearest pair of the three, in points (N, D).

    d(a, p) < d(a, n) and d(a, p) < d(p, n), as for the FEC set (Vemulapalli & Agarwala, CVPR 2019).
    """
    x = np.asarray(embedding, np.float64)
    near = np.linalg.norm(x[anchor] - x[positive], axis=-1)
    far = np.minimum(
        np.linalg.norm(x[anchor] - x[negative], axis=-1), np.linalg.norm(x[positive] - x[negative], axis=-1)
    )
    return np.asarray(near < far)


def nearest(embedding: ArrayLike, groups: ArrayLike, count: int) -> Index:
    """(N, count) rows of the nearest points (N, D) of other groups (N,), nearest first; -1 where there are too few."""
    x, who = np.asarray(embedding, np.float64), np.asarray(groups)
    square = (x**2).sum(1)
    found = np.full((len(x), count), -1, np.intp)
    for start in range(0, len(x), 256):  # bounds the memory of the distances
        rows = slice(start, start + 256)
        away = square - 2 * x[rows] @ x.T
        away[who[rows, None] == who] = np.inf
        order = np.argsort(away, axis=1, kind="stable")[:, :count]
        some = np.where(np.isfinite(np.take_along_axis(away, order, axis=1)), order, -1)
        found[rows, : some.shape[1]] = some
    return found


def _observed(*rows: ArrayLike) -> list[F64]:
    """The rows as float64, without the places where any is NaN."""
    values = [np.asarray(row, np.float64) for row in rows]
    known = np.logical_and.reduce([np.isfinite(v) for v in values])
    return [v[known] for v in values]


def _mean_squares(truth: ArrayLike, *estimates: ArrayLike) -> tuple[float, float, float, int, int]:
    """Between targets, between raters, residual; N targets and k raters. k is 0 where nothing is defined."""
    ratings = np.stack(_observed(truth, *estimates), axis=1)
    n, k = ratings.shape
    if n < 2 or np.ptp(ratings, axis=0).max() < _STILL:
        return _NAN, _NAN, _NAN, n, 0
    rows, columns = ratings.mean(axis=1, keepdims=True), ratings.mean(axis=0, keepdims=True)
    between = k * float(((rows - ratings.mean()) ** 2).sum()) / (n - 1)
    raters = n * float(((columns - ratings.mean()) ** 2).sum()) / (k - 1)
    residual = float(((ratings - rows - columns + ratings.mean()) ** 2).sum()) / ((n - 1) * (k - 1))
    return between, raters, residual, n, k


def _f1(truly: Bool, said: Bool) -> float:
    total = int(truly.sum()) + int(said.sum())
    return 2 * int((truly & said).sum()) / total if total else _NAN


def _ranks(values: F64) -> F64:
    """From 1, ties share their mean."""
    _, group, counts = np.unique(values, return_inverse=True, return_counts=True)
    last = np.cumsum(counts)
    return np.asarray((last - (counts - 1) / 2)[group])


def _binned(said: F64, found: F64, at: NDArray[np.int_], bins: int) -> Reliability:
    count = np.bincount(at, minlength=bins)
    with np.errstate(invalid="ignore"):  # empty bins
        sums = (np.bincount(at, weights=w, minlength=bins) for w in (said, found))
        mean_said, mean_found = (total / count for total in sums)
    return Reliability(mean_said, mean_found, count)
