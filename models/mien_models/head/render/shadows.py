"""Hard shadows of one far light, by a shadow map (L. Williams, SIGGRAPH 1978)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from mien_models.head import kernels

F32 = NDArray[np.float32]
F64 = NDArray[np.float64]

SIDE = 256  # texels
HALF = 0.21  # of the side of the square that is mapped [m]
# Offset of a lookup from the surface, along the normal and towards the light [m].
OFF, BIAS = 0.0025, 0.0025


@dataclass(frozen=True, slots=True, eq=False)
class Shadow:
    """A shadow map. nearest (N, N): position of the nearest surface towards the light [m], -inf for none.

    frame (12,): axes of columns and rows of the map, in the camera frame and divided by the size of a
    texel; direction of the light; origin of the map in columns and rows; both offsets of a lookup.
    hard: how strongly the hard shadows replace the soft ones, [0, 1].
    """

    nearest: F32
    frame: F64
    hard: float

    @classmethod
    def none(cls) -> Shadow:
        """A placeholder for pictures without hard shadows."""
        return cls(np.zeros((1, 1), np.float32), np.zeros(13), 0.0)

    @classmethod
    def of(
        cls,
        points: F64,
        triangles: NDArray[np.int32],
        cull: NDArray[np.bool_],
        holes: Any,
        uv: F32,
        opacities: Any,
        centre: F64,
        light: F64,
        hard: float,
    ) -> Shadow:
        """The map of triangles of points (V, 3) around a centre, with `cull` and holes as in `rasterise`."""
        across = np.cross(light, (0.0, 1.0, 0.0) if abs(light[1]) < 0.9 else (1.0, 0.0, 0.0))
        across /= np.linalg.norm(across)
        down = np.cross(across, light)  # so that the map is what a camera at the light would see, not its mirror image
        away = points - centre
        per_metre = SIDE / (2 * HALF)
        columns, rows = (away @ axis * per_metre + SIDE / 2 for axis in (across, down))
        # The kernel keeps the largest value; 1 is added so that all are above 0.
        towards = away @ light
        keys = np.zeros((SIDE, SIDE), np.int64)
        x, y = (np.rint(v * kernels.SUBPIXEL).astype(np.int64) for v in (columns, rows))
        kernels.rasterise(
            x, y, 1.0 + towards, triangles, 0, len(triangles), cull, keys, np.zeros_like(keys), holes, uv, opacities,
        )  # fmt: skip
        nearest = (keys >> kernels.TRIANGLE_BITS) / 2.0**kernels.DEPTH_BITS - 1.0 + light @ centre
        nearest[keys == 0] = -np.inf
        begin = [SIDE / 2 - axis @ centre * per_metre for axis in (across, down)]
        frame = np.concatenate([across * per_metre, down * per_metre, light, begin, (OFF, BIAS)])
        return cls(nearest.astype(np.float32), frame, hard)
