"""Which names and which landmarks change places in a mirror."""

from __future__ import annotations

from functools import cache

import numpy as np
from numpy.typing import NDArray

from mien_models.geometry import load_face_geometry
from mien_models.spaces import mesh478
from mien_models.spaces.arkit import BLENDSHAPES
from mien_models.spaces.facs import AUS

F32 = NDArray[np.float32]


def mirror_order(names: tuple[str, ...]) -> NDArray[np.intp]:
    """Where each of names is found on a mirrored face: "…Left" and "…L" change places with "…Right" and "…R"."""

    def other(name: str) -> str:
        for here, there in (("Left", "Right"), ("Right", "Left")):
            if name.endswith(here):
                return name.removesuffix(here) + there
        if name.startswith("AU") and name[-1] in "LR":
            return name[:-1] + ("R" if name[-1] == "L" else "L")
        return name

    return np.array([names.index(other(name)) for name in names])


MIRRORED_SHAPES, MIRRORED_UNITS = mirror_order(BLENDSHAPES), mirror_order(AUS)


@cache
def mirrored_landmarks() -> NDArray[np.intp]:
    """(478,) the landmark on the other side of the face of each."""
    points = load_face_geometry().vertices
    away = np.linalg.norm(points[:, None] * (-1, 1, 1) - points[None], axis=-1)
    order = np.append(away.argmin(1), np.zeros(mesh478.COUNT - mesh478.SURFACE, np.intp))
    left, right = map(list, mesh478.IRISES)  # the canonical face has none
    order[left], order[right] = right, left
    return order


def mirror_points(points: F32) -> F32:
    """Canonical landmarks (..., 478, 2) of the mirrored faces."""
    return np.asarray(points[..., mirrored_landmarks(), :] * np.array((-1, 1), np.float32), np.float32)
