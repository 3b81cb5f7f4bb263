"""Meshes that follow a head: hair, glasses, hands, masks, cups."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

F32 = NDArray[np.float32]
F64 = NDArray[np.float64]
I32 = NDArray[np.int32]


def _nobody() -> I32:
    return np.zeros(0, np.int32)


@dataclass(frozen=True, slots=True, eq=False)
class Accessory:
    """Triangles (T, 3) of one part into its own points, and their uv (T, 3, 2).

    Each point is attached to a vertex of the head, `root` (N,), and lifted by `height` (N,) [m]
    along the normal there. Then the points `fill` become the means `weights` (F, S) of the points
    `span`, which makes a smooth cover between these. Finally every point is moved by `offset` (N,
    3) in face axes.

    ambient, reach: the minimum share of the surroundings' and of the lamps' light on the accessory;
    it gets more where the roots get more. wire: half the thickness [m] of a thin wire, or 0.
    """

    part: int
    root: I32
    height: F64
    offset: F64
    triangles: I32
    uv: F32
    fill: I32 = field(default_factory=_nobody)
    span: I32 = field(default_factory=_nobody)
    weights: F64 = field(default_factory=lambda: np.zeros((0, 0)))
    ambient: float = 0.6
    reach: float = 0.3
    wire: float = 0.0

    def place(self, vertices: F64, normals: F64, rotation: F64) -> F64:
        """(N, 3) points of the accessory in the camera frame, on a head that is turned by `rotation`."""
        points = vertices[self.root] + self.height[:, None] * normals[self.root]
        if len(self.fill):
            points[self.fill] = self.weights @ points[self.span]
        return np.asarray(points + self.offset @ rotation.T)
