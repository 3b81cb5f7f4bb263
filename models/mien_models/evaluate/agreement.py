"""Agreement of a network with human coders, with confidence intervals that take people, not images, as the sample.

Images of one person are alike, so that an interval over images would be far too narrow. Here whole subjects are drawn
with replacement (Field & Welsh, "Bootstrapping clustered data", J. Royal Statistical Society B 69, 2007), and the
interval is that of percentiles (Efron & Tibshirani, 1993). All numbers follow from sums over each subject, which makes
a thousand draws cheap, however many images there are.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

F64 = NDArray[np.float64]
Statistic = Callable[[F64], F64]

LEVELS = 6  # of FACS intensity: none, A to E
FEW = 5  # subjects: of fewer no interval is given
_LIMITS_SD = 1.96
_STILL = 1e-12


@dataclass(frozen=True, slots=True)
class Interval:
    """A number and its 95 % interval; NaN where it is not defined, or where there are too few subjects."""

    value: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Agreement:
    """Of ratings on one scale (Bland & Altman, Lancet i, 1986; Shrout & Fleiss, Psychological Bulletin 86, 1979)."""

    icc31: Interval  # consistency: a constant offset does not matter
    icc21: Interval  # absolute agreement
    kappa: Interval  # with quadratic weights, of ratings rounded to the levels of FACS (Cohen, 1968)
    bias: Interval  # mean of estimate - truth
    lower: Interval  # limits of agreement: bias ∓ 1.96 sd of the differences
    upper: Interval
    ratings: int
    subjects: int


@dataclass(frozen=True, slots=True)
class Presence:
    """Of ratings that say whether a unit is there."""

    kappa: Interval  # Cohen, Educational and Psychological Measurement 20, 1960
    f1: Interval
    ratings: int
    subjects: int


def of_intensity(
    truth: ArrayLike, estimate: ArrayLike, subjects: Sequence[str], *, draws: int = 1000, seed: int = 0
) -> Agreement:
    """truth, estimate: (N,) FACS 0–5, NaN = not rated; subjects: (N,) who is in the image."""
    t, e, who = _rated(truth, estimate, subjects)
    d = e - t
    sums = _by_subject(np.stack([np.ones_like(t), t, e, t * t, e * e, t * e, d, d * d], axis=1), who)
    levels = [np.clip(np.rint(x), 0, LEVELS - 1).astype(int) for x in (t, e)]
    tables = _by_subject(_one_hot(levels[0] * LEVELS + levels[1], LEVELS**2), who)
    weights = _draws(len(sums), draws, seed)

    def interval(statistic: Statistic, table: F64 = sums) -> Interval:
        return _interval(statistic, table, weights)

    return Agreement(
        interval(_icc31),
        interval(_icc21),
        interval(lambda s: kappa(s.reshape(-1, LEVELS, LEVELS), quadratic=True), tables),
        interval(lambda s: s[:, 6] / s[:, 0]),
        interval(lambda s: _limit(s, -_LIMITS_SD)),
        interval(lambda s: _limit(s, _LIMITS_SD)),
        len(t),
        len(sums),
    )


def of_presence(
    truth: ArrayLike, estimate: ArrayLike, subjects: Sequence[str], *, draws: int = 1000, seed: int = 0
) -> Presence:
    """truth, estimate: (N,) 0 or 1, NaN = not rated; subjects: (N,)."""
    t, e, who = _rated(truth, estimate, subjects)
    tables = _by_subject(_one_hot((t > 0.5).astype(int) * 2 + (e > 0.5), 4), who)
    weights = _draws(len(tables), draws, seed)
    return Presence(
        _interval(lambda s: kappa(s.reshape(-1, 2, 2)), tables, weights),
        _interval(_f1, tables, weights),
        len(t),
        len(tables),
    )


def kappa(tables: F64, *, quadratic: bool = False) -> F64:
    """(B,) Cohen's kappa of tables (B, C, C) of counts; NaN where both raters said one thing throughout.

    quadratic: disagreement weighs by the square of its distance, so that it is close to ICC(2,1) (Fleiss & Cohen,
    Educational and Psychological Measurement 33, 1973).
    """
    size = tables.shape[-1]
    apart = np.subtract.outer(np.arange(size), np.arange(size)).astype(np.float64)
    weigh = apart**2 if quadratic else (apart != 0).astype(np.float64)
    total = tables.sum((1, 2))
    by_chance = tables.sum(2)[:, :, None] * tables.sum(1)[:, None, :]
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.asarray(1 - total * (tables * weigh).sum((1, 2)) / (by_chance * weigh).sum((1, 2)), np.float64)


def _rated(truth: ArrayLike, estimate: ArrayLike, subjects: Sequence[str]) -> tuple[F64, F64, NDArray[np.intp]]:
    t, e = np.asarray(truth, np.float64), np.asarray(estimate, np.float64)
    known = np.isfinite(t) & np.isfinite(e)
    _, who = np.unique(np.asarray(subjects, str)[known], return_inverse=True)
    return t[known], e[known], who


def _by_subject(rows: F64, who: NDArray[np.intp]) -> F64:
    """(S, K) sums over the rows (N, K) of each subject."""
    out = np.zeros((int(who.max(initial=-1)) + 1, rows.shape[1]))
    np.add.at(out, who, rows)
    return out


def _one_hot(values: NDArray[np.int_], count: int) -> F64:
    return np.asarray(np.eye(count)[values], np.float64)


def _draws(subjects: int, draws: int, seed: int) -> F64:
    """(draws, S) how often each subject is drawn; none of too few subjects."""
    if subjects < FEW or not draws:
        return np.zeros((0, subjects))
    return np.random.default_rng(seed).multinomial(subjects, np.full(subjects, 1 / subjects), draws).astype(np.float64)


def _interval(statistic: Statistic, sums: F64, weights: F64) -> Interval:
    with np.errstate(divide="ignore", invalid="ignore"):
        value = float(statistic(sums.sum(0, keepdims=True))[0]) if len(sums) else float("nan")
        drawn = statistic(weights @ sums) if len(weights) else np.empty(0)
    drawn = drawn[np.isfinite(drawn)]
    if not np.isfinite(value) or not len(drawn):
        return Interval(value, float("nan"), float("nan"))
    low, high = np.percentile(drawn, (2.5, 97.5))
    return Interval(value, float(low), float(high))


def _squares(s: F64) -> tuple[F64, F64, F64, F64]:
    """Number of targets, and mean squares between targets, between the two raters, and residual."""
    n = s[:, 0]
    between = 2 * ((s[:, 3] + 2 * s[:, 5] + s[:, 4]) / 4 - ((s[:, 1] + s[:, 2]) / 2) ** 2 / n) / (n - 1)
    raters = s[:, 6] ** 2 / n / 2
    residual = (s[:, 7] - s[:, 6] ** 2 / n) / 2 / (n - 1)
    return n, between, raters, residual


def _icc31(s: F64) -> F64:
    _, between, _, residual = _squares(s)
    total = between + residual
    return np.where(total > _STILL, (between - residual) / total, np.nan)


def _icc21(s: F64) -> F64:
    n, between, raters, residual = _squares(s)
    total = between + residual + 2 * (raters - residual) / n
    return np.where(total > _STILL, (between - residual) / total, np.nan)


def _limit(s: F64, sds: float) -> F64:
    n = s[:, 0]
    variance = (s[:, 7] - s[:, 6] ** 2 / n) / (n - 1)
    return np.asarray(s[:, 6] / n + sds * np.sqrt(np.maximum(variance, 0)), np.float64)


def _f1(s: F64) -> F64:
    """Of tables [[neither, only estimate], [only truth, both]] as rows of four."""
    return np.asarray(2 * s[:, 3] / (2 * s[:, 3] + s[:, 1] + s[:, 2]), np.float64)
