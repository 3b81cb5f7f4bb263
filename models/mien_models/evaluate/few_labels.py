"""Linear probes on frozen features with few labels: 1, 10 and 100 % of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from mien_models.evaluate import metrics
from mien_models.evaluate.linear import Ridge
from mien_models.evaluate.score import mean, number

F64 = NDArray[np.float64]
Index = NDArray[np.intp]

SHARES = (0.01, 0.1, 1.0)
_FEWEST = 8  # labels that a probe needs


def pick(train: Index, share: float, seed: int) -> Index:
    """A share of the labelled rows, drawn at random; the smaller shares of a seed are parts of the larger ones."""
    order = np.random.default_rng(seed).permutation(train)
    return np.sort(order[: max(_FEWEST, round(share * len(train)))])


def score(truth: ArrayLike, estimate: ArrayLike) -> dict[str, float | None]:
    """Mean ICC(3,1), r and MAE over the columns of (N, K) intensities; undefined ICC and r count as 0."""
    t, e = np.asarray(truth, np.float64), np.asarray(estimate, np.float64)
    moves = np.flatnonzero(np.nanstd(t, axis=0) > 0)
    icc = [metrics.icc31(t[:, i], e[:, i]) for i in moves]
    r = [metrics.pearson(t[:, i], e[:, i]) for i in moves]
    return {
        "icc": mean(np.nan_to_num(icc)),
        "r": mean(np.nan_to_num(r)),
        "mae": mean([metrics.mean_absolute_error(t[:, i], e[:, i]) for i in moves]),
    }


def curve(
    features: Mapping[str, ArrayLike],
    labels: ArrayLike,
    train: Index,
    test: Index,
    *,
    shares: Sequence[float] = SHARES,
    seeds: Sequence[int] = (0, 1, 2),
) -> list[dict[str, Any]]:
    """A linear probe on frozen features by name (N, D), trained on a share of the labels (N, K), judged on `test`.

    Rows of the JSON: features, share, labels (how many), and per metric of `score` its mean and its standard
    deviation over `seeds`. To compare with other training, use `pick` for the same labels and `score` for the same
    metrics.
    """
    y = np.asarray(labels, np.float64)
    rows: list[dict[str, Any]] = []
    for name, values in features.items():
        x = np.asarray(values, np.float64)
        for share in shares:
            results = []
            for seed in seeds if share < 1 else seeds[:1]:
                known = pick(train, share, seed)
                results.append(score(y[test], Ridge(x[known], y[known])(x[test])))
            row: dict[str, Any] = {"features": name, "share": share, "labels": len(pick(train, share, 0))}
            for key in results[0]:
                found = np.array([result[key] for result in results], np.float64)
                row[key], row[f"{key}_sd"] = number(found.mean()), number(found.std())
            rows.append(row)
    return rows
