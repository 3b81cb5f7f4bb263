"""How far landmarks as a network reads them are from those of the head: mean and covariance, in sides of the crop.

`noise.npz` is made by `python -m mien_models.fit`, from renders whose landmarks are known.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

F64 = NDArray[np.float64]

PATH = Path(__file__).with_name("noise.npz")
_KEPT = 48  # principal components; the rest counts as independent
_LEAST = 1e-3  # standard deviation of the rest, in sides of the crop


def learn(errors: F64) -> dict[str, NDArray[np.float16]]:
    """The arrays of the file, of errors (N, 478, 2): read less true landmarks, in sides of the crop."""
    flat = errors.reshape(len(errors), -1)
    mean = flat.mean(0)
    _, size, axes = np.linalg.svd((flat - mean) / np.sqrt(len(flat)), full_matrices=False)
    along = size[:_KEPT, None] * axes[:_KEPT]
    rest = np.sqrt(np.maximum(flat.var(0) - (along**2).sum(0), _LEAST**2))
    # Scaled, because small numbers lose digits in float16.
    return {name: (1e3 * a).astype(np.float16) for name, a in (("mean", mean), ("along", along), ("rest", rest))}


@cache
def load(path: Path = PATH) -> tuple[F64, F64]:
    """Mean (956,) and precision (956, 956) of the errors."""
    with np.load(path) as file:
        mean, along, rest = (1e-3 * file[name].astype(np.float64) for name in ("mean", "along", "rest"))
    # Woodbury's identity.
    scaled = along / rest**2
    inner = np.linalg.inv(np.eye(len(along)) + scaled @ along.T)
    return mean, np.diag(1 / rest**2) - scaled.T @ inner @ scaled
