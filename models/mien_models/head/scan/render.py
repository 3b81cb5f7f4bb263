"""Pictures of the scan head: a z-buffer and one light, in the colours of the photographs that the skin is from."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from mien_models.errors import ModelError
from mien_models.head import kernels
from mien_models.head.scan import shading
from mien_models.head.scan.data import LIPS, ScanData
from mien_models.head.scan.head import F64

F32 = NDArray[np.float32]
I32 = NDArray[np.int32]

CENTRE_CM = (0.0, 1.0, 6.0)  # of the model: between mouth and eyes, in the skin


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Look:
    """How a person and the light on them look; colours are those of a camera, 0 … 255.

    skin (S, S, 3) RGB, top row first. hair (V, 3): scalp and neck. colours (9, 3) by part. numbers (10,): see
    `shading`. light (3,): direction to it, in the camera's axes (x right, y up, z to the camera).
    """

    skin: F32
    hair: F32
    colours: F32
    numbers: F32
    light: F32


class ScanRenderer:
    """Draws pictures of one size; needs numba, without which it takes minutes for a picture."""

    def __init__(self, data: ScanData, height: int, width: int) -> None:
        """Raises ModelError where numba is missing."""
        if not kernels.COMPILED:
            raise ModelError("drawing the head from scans needs numba: pip install numba")
        self._data = data
        self._shape = height, width
        self._normals = np.zeros_like(data.neutral)
        self.triangle = np.full((height, width), -1, np.int32)  # of the last picture
        self.shares = np.zeros((height, width, 3), np.float32)

    def locate(self, pixels: NDArray[np.floating], inverse: NDArray[np.floating]) -> None:
        """Fill `triangle` and `shares` for vertices at pixels (V, 2) with inverse depths (V,) of any unit."""
        self.triangle, self.shares = located(pixels, inverse, self._data.triangles, self._data.uv, self._shape)

    def normals(self, points: F32) -> F32:
        """(V, 3) unit normals of vertices, valid until the next call."""
        shading.normals(points, self._data.triangles, self._normals)
        return self._normals

    def draw(self, look: Look, points: F32, pixels: F32, inverse: F64, background: F32) -> F32:
        """(H, W, 3) picture of vertices (V, 3) in the camera's axes [cm] before a background (H, W, 3)."""
        self.locate(pixels, inverse)
        image = np.array(background, np.float32)
        shading.shade(
            self.triangle, self.shares, self._data.triangles, self._data.parts, self._data.uv, points,
            self.normals(points), self._data.eyes, look.skin, look.hair, look.colours, look.light, look.numbers,
            float(points[list(LIPS), 2].max()), image,
        )  # fmt: skip
        return image


def located(
    pixels: NDArray[np.floating],
    inverse: NDArray[np.floating],
    triangles: I32,
    uv: F32,
    shape: tuple[int, int],
    *,
    both_sides: bool = False,
) -> tuple[I32, F32]:
    """Nearest triangle (H, W), -1 for none, and barycentric shares (H, W, 3) of vertices at pixels (V, 2), y down."""
    scaled = np.rint(np.asarray(pixels, np.float64) * kernels.SUBPIXEL).astype(np.int64)
    x, y = np.ascontiguousarray(scaled[:, 0]), np.ascontiguousarray(scaled[:, 1])
    near = np.ascontiguousarray(inverse, np.float64)
    count, keys = len(triangles), np.zeros(shape, np.int64)
    kernels.rasterise(
        x, y, near, triangles, 0, count, np.full(count, not both_sides), keys, np.zeros(shape, np.int64),
        np.full(count, -1, np.int64), uv, (np.zeros((1, 1), np.uint8),) * 2,
    )  # fmt: skip
    triangle, shares = np.full(shape, -1, np.int32), np.zeros((*shape, 3), np.float32)
    shading.locate(keys, x, y, near, triangles, triangle, shares)
    return triangle, shares


def project(
    vertices: F32, rotation: NDArray[np.floating], distance_cm: float, px_per_cm: float, middle: tuple[float, float]
) -> tuple[F32, F32, F64]:
    """Vertices in the camera's axes, turned about CENTRE_CM; their pixels (V, 2), y down; and 1/depth [1/cm]."""
    turned = np.asarray((vertices - np.array(CENTRE_CM, np.float32)) @ np.asarray(rotation, np.float32).T, np.float32)
    inverse = 1.0 / (distance_cm - turned[:, 2].astype(np.float64))
    scale = px_per_cm * distance_cm * inverse
    pixels = np.stack([middle[0] + turned[:, 0] * scale, middle[1] - turned[:, 1] * scale], 1)
    return turned, pixels.astype(np.float32), inverse


def rotation(yaw: float, pitch: float, roll: float) -> F64:
    """(3, 3) head to camera of angles [rad]: to its left, up … as the head itself would turn, tilt and nod."""
    cy, sy, cp, sp, cr, sr = np.cos(yaw), np.sin(yaw), np.cos(pitch), np.sin(pitch), np.cos(roll), np.sin(roll)
    about_y = np.array([[cy, 0, sy], [0, 1, 0], [-sy, 0, cy]])
    about_x = np.array([[1, 0, 0], [0, cp, -sp], [0, sp, cp]])
    about_z = np.array([[cr, -sr, 0], [sr, cr, 0], [0, 0, 1]])
    return np.asarray(about_z @ about_x @ about_y)
