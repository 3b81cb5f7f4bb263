"""Orders of shapes, units and landmarks in the mirror image of a face."""

from __future__ import annotations

from functools import cache

import numpy as np
from numpy.typing import NDArray

from mien_models.geometry import load_face_geometry
from mien_models.spaces import mesh478
from mien_models.spaces.arkit import BLENDSHAPES
from mien_models.spaces.facs import AUS
from mien_models.spaces.mirror import mirror_order

F32 = NDArray[np.float32]


MIRRORED_SHAPES, MIRRORED_UNITS = mirror_order(BLENDSHAPES), mirror_order(AUS)


@cache
def mirrored_landmarks() -> NDArray[np.intp]:
    """(478,) for each landmark, the landmark at its place on the other side of the face."""
    points = load_face_geometry().vertices
    away = np.linalg.norm(points[:, None] * (-1, 1, 1) - points[None], axis=-1)
    order = np.append(away.argmin(1), np.zeros(mesh478.COUNT - mesh478.SURFACE, np.intp))
    left, right = map(list, mesh478.IRISES)  # the canonical face has no irises
    order[left], order[right] = right, left
    return order


def mirror_points(points: F32) -> F32:
    """Canonical landmarks (..., 478, 2) of the mirrored faces."""
    return np.asarray(points[..., mirrored_landmarks(), :] * np.array((-1, 1), np.float32), np.float32)
