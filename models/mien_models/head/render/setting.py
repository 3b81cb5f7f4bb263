"""The setting of a picture: camera, light, background, and things held before the face."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from mien_models.head.appearance.accessory import Accessory

F32 = NDArray[np.float32]
F64 = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Camera:
    """A pinhole camera without distortion; pixel (0, 0) reaches from 0 to 1."""

    width: int
    height: int
    fx: float
    fy: float
    cx: float
    cy: float

    @classmethod
    def from_fov(cls, width: int, height: int, vertical_fov_deg: float) -> Camera:
        """A camera with square pixels and the principal point in the middle."""
        f = 0.5 * height / float(np.tan(np.radians(vertical_fov_deg) / 2))
        return cls(width, height, f, f, width / 2, height / 2)


@dataclass(frozen=True, slots=True, eq=False)
class Lighting:
    """Light in the camera frame (x right, y down, z away), linear.

    directions (L, 3): unit vectors towards far lights; colours (L, 3). around (3, 10): light from
    all around per colour, as coefficients of 1, x, y, z, xy, yz, xz, xx, yy, zz of a normal.
    hard: how hard the shadows of the first light are, in [0, 1]; at 0 they are soft and cost nothing.
    """

    directions: F64
    colours: F64
    around: F64
    hard: float = 0.0

    @classmethod
    def studio(cls) -> Lighting:
        """One key light, one fill light and bright surroundings, so that everything is well lit."""
        key, fill = ((0.5, -0.6, -0.8), (1.7, 1.62, 1.55)), ((-0.8, -0.1, -0.6), (0.5, 0.52, 0.56))
        return cls.of([key, fill], sky=(0.8, 0.8, 0.8), ground=(0.35, 0.32, 0.30))

    @classmethod
    def of(
        cls,
        lights: list[tuple[tuple[float, float, float], tuple[float, float, float]]],
        sky: ArrayLike,
        ground: ArrayLike,
    ) -> Lighting:
        """Lighting from far lights (direction, colour) and from surroundings that change from sky to ground."""
        directions = np.array([direction for direction, _ in lights], np.float64).reshape(-1, 3)
        directions /= np.linalg.norm(directions, axis=1, keepdims=True)
        above, below = np.asarray(sky, np.float64), np.asarray(ground, np.float64)
        around = np.zeros((3, 10))
        around[:, 0] = (above + below) / 2
        around[:, 2] = (below - above) / 2
        return cls(directions, np.array([colour for _, colour in lights], np.float64).reshape(-1, 3), around)


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Setting:
    """Everything in a picture except the person.

    background: (H, W, 3) as a camera stores it, in [0, 1]; mid grey without it. held: accessories
    before the face in addition to those of the person, from `occluders.occlude`.
    """

    camera: Camera
    lighting: Lighting
    background: F32 | None = None
    held: tuple[Accessory, ...] = ()
