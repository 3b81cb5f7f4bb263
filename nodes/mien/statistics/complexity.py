"""How complex the expressions of a person are, by three numbers that depend on no category of emotion."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

F64 = NDArray[np.float64]

_STILL = 0.05  # standard deviation of intensity below which a unit does not move


@dataclass(frozen=True, slots=True)
class Complexity:
    """NaN where fewer than two frames were observed."""

    active_units: float  # mean number of units at or above `start` at a time
    patterns: int  # different combinations of active units
    entropy_bits: float  # of the combinations: 0 where one is shown all the time
    dimensions: float  # along which intensities vary
    frames: int


def complexity(intensity: F64, *, start: float = 2.0) -> Complexity:
    """intensity: (N, A), NaN = not observed; frames in which nothing was observed are left out.

    `entropy_bits` is Shannon's, with the correction of Miller (1955) for few frames. `dimensions` is the
    participation ratio of the eigenvalues of the covariance, (Σλ)² / Σλ² (Del Giudice, "Effective dimensionality",
    Multivariate Behavioral Research 56, 2021): 1 where all units rise and fall together. Frames of a film are no
    independent samples: compare only recordings of about the same length.
    """
    seen = intensity[np.isfinite(intensity).any(1)]
    columns = seen[:, np.isfinite(seen).all(0)]
    if len(columns) < 2 or not columns.shape[1]:
        nan = float("nan")
        return Complexity(nan, 0, nan, nan, len(seen))
    active = columns >= start
    _, counts = np.unique(active, axis=0, return_counts=True)
    share = counts / counts.sum()
    entropy = float(-(share * np.log2(share)).sum()) + (len(counts) - 1) / (2 * len(columns) * math.log(2))
    moving = columns[:, columns.std(0) > _STILL]
    return Complexity(float(active.sum(1).mean()), len(counts), entropy, _dimensions(moving), len(columns))


def _dimensions(values: F64) -> float:
    if not values.shape[1]:
        return 0.0
    eigenvalues = np.linalg.eigvalsh(np.atleast_2d(np.cov(values, rowvar=False)))
    return float(eigenvalues.sum() ** 2 / (eigenvalues**2).sum())
