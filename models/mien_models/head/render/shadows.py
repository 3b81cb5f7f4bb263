"""Hard shadows of one far light: a map of what is nearest to it (L. Williams, SIGGRAPH 1978)."""

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
# How far off its surface a point is looked up, along the normal and towards the light [m].
OFF, BIAS = 0.0025, 0.0025


@dataclass(frozen=True, slots=True, eq=False)
class Shadow:
    """nearest (N, N): how far towards the light the nearest surface is [m], -inf where none.

    frame (12,): axes of columns and rows of the map and the direction of the light, each in the
    camera frame and divided by the size of a texel where they are axes; then where the map begins
    in columns and rows, and both offsets of a lookup. hard: how much of the shadows it is, [0, 1].
    """

    nearest: F32
    frame: F64
    hard: float

    @classmethod
    def none(cls) -> Shadow:
        """A map that is not looked at."""
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
        """What triangles of points (V, 3) throw shadows around a centre, with `cull` and holes as in `rasterise`."""
        across = np.cross(light, (0.0, 1.0, 0.0) if abs(light[1]) < 0.9 else (1.0, 0.0, 0.0))
        across /= np.linalg.norm(across)
        down = np.cross(across, light)  # so that the light sees what a camera there would, not its mirror image
        away = points - centre
        per_metre = SIDE / (2 * HALF)
        columns, rows = (away @ axis * per_metre + SIDE / 2 for axis in (across, down))
        # The kernel keeps the largest; one is added so that it is above 0.
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
