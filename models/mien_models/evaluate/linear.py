"""Ridge regression, as a baseline and as a linear probe of features."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

F64 = NDArray[np.float64]

_PENALTIES = 10.0 ** np.arange(-3, 5)


class Ridge:
    """Ridge regression on standardised features, with the penalty chosen by generalised cross-validation.

    Golub, Heath & Wahba, Technometrics 21, 1979.
    """

    def __init__(self, features: ArrayLike, targets: ArrayLike) -> None:
        """Fit to features (N, D) and targets (N, K), N ≥ 2, all finite."""
        x, y = np.asarray(features, np.float64), np.asarray(targets, np.float64)
        self._centre, spread = x.mean(0), x.std(0)
        self._scale = np.where(spread > 1e-9, spread, np.inf)  # constant features get the weight 0
        self._mean = y.mean(0)
        standard = (x - self._centre) / self._scale
        # Solved in the space of samples, since there often are more features than samples.
        strength, axes = np.linalg.eigh(standard @ standard.T)
        strength = np.maximum(strength, 0)
        along = axes.T @ (y - self._mean)
        best, least = _PENALTIES[0], np.inf
        for penalty in _PENALTIES:
            left = penalty / (strength + penalty)
            score = float(((left[:, None] * along) ** 2).sum()) / max(float(left.sum()) - 1, 1e-9) ** 2
            if score < least:
                best, least = penalty, score
        self._weights = standard.T @ (axes @ (along / (strength + best)[:, None]))

    def __call__(self, features: ArrayLike) -> F64:
        """(N, K) of features (N, D)."""
        x = (np.asarray(features, np.float64) - self._centre) / self._scale
        return np.asarray(x @ self._weights + self._mean)


def read_across(features: ArrayLike, targets: ArrayLike, groups: ArrayLike) -> F64:
    """(N, K) targets predicted by a Ridge that was fitted to the other half of the groups (N,).

    Raises ValueError unless there are two groups.
    """
    x, y, who = np.asarray(features), np.asarray(targets), np.asarray(groups)
    people = np.unique(who)
    if len(people) < 2:
        raise ValueError("reading across people needs two of them")
    first = np.isin(who, people[::2])
    read = np.empty((len(x), y.shape[1]))
    for half in (first, ~first):
        read[half] = Ridge(x[~half], y[~half])(x[half])
    return read
