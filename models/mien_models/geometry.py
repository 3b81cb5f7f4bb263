"""The canonical face: positions of landmarks in centimetres."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from mien_models.registry import Registry


@dataclass(frozen=True, slots=True)
class FaceGeometry:
    """MediaPipe's canonical face.

    vertices (468, 3) float64, cm: x to the face's left, y up, z out of the face, origin inside
    the head. uv (468, 2) float32. triangles (T, 3) int32. landmark_ids (K,) int32 and
    landmark_weights (K,) float64: the points, and their weights, of the Procrustes alignment
    that gives the head's pose.
    """

    vertices: NDArray[np.float64]
    uv: NDArray[np.float32]
    triangles: NDArray[np.int32]
    landmark_ids: NDArray[np.int32]
    landmark_weights: NDArray[np.float64]


def load_face_geometry(registry: Registry | None = None) -> FaceGeometry:
    """Read the canonical face, fetching it first if needed. Raises ModelError if it is not available."""
    path = (registry or Registry.load()).path("face_geometry")
    with np.load(path) as file:
        arrays: dict[str, NDArray[Any]] = dict(file)
    return FaceGeometry(
        vertices=arrays["vertices"].astype(np.float64),
        uv=arrays["uv"],
        triangles=arrays["triangles"],
        landmark_ids=arrays["landmark_ids"],
        landmark_weights=arrays["landmark_weights"].astype(np.float64),
    )
