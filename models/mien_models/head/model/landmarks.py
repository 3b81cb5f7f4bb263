"""MediaPipe's 478 landmarks of a head, by a fixed place of each on the mesh (landmarks.npz)."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from mien_models.spaces import mesh478

F64 = NDArray[np.float64]

NUM_LANDMARKS = mesh478.COUNT
PATH = Path(__file__).with_name("landmarks.npz")


class Landmarks:
    """Computes landmarks from vertices: each is a weighted sum of a triangle's corners (make_landmarks.py)."""

    def __init__(self) -> None:
        with np.load(PATH) as file:
            self.corners, self.shares = file["corners"], file["shares"].astype(np.float64)

    def __call__(self, vertices: F64) -> F64:
        """(..., 478, 3) of vertices (..., V, 3), in the same axes and units."""
        return np.asarray((vertices[..., self.corners, :] * self.shares[..., None]).sum(-2))
