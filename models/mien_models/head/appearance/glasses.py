"""Glasses: a rim of any shape around each eye, a bridge, two temples, and lenses."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from mien_models.head.appearance.accessory import Accessory
from mien_models.head.appearance.parameters import Appearance
from mien_models.head.appearance.surface import (
    DETAIL_SIZE,
    FRAME,
    LENS,
    SPECTACLE_FRAME,
    SPECTACLE_LENS,
    Surface,
)
from mien_models.head.model.data import MM

F32 = NDArray[np.float32]
F64 = NDArray[np.float64]

_AROUND = 28  # points of a rim
# On the mean face [MM]: where they sit on the nose, where on the ears, and the plane of the lenses.
_PADS = (8.0, 0.0, -9.0)
_EAR = (-92.0, 76.0, -6.0)
_PLANE = 7.0


def spectacles(surface: Surface, appearance: Appearance, rng: np.random.Generator) -> tuple[Accessory, ...]:
    """Frame and lenses, or nothing for a person without glasses."""
    if not appearance.glasses:
        return ()
    half_width, half_height = rng.uniform(20, 26), rng.uniform(13, 20)
    corners = rng.uniform(2.0, 5.0)  # exponent: 2 is round
    thick = rng.uniform(0.6, 2.2)
    middle_y, middle_z = half_width + rng.uniform(7.5, 10.0), -half_height * 0.25 - rng.uniform(0, 3)
    angle = np.linspace(0, 2 * np.pi, _AROUND, endpoint=False)
    c, s = np.cos(angle), np.sin(angle)
    y = middle_y + half_width * np.sign(c) * np.abs(c) ** (2 / corners)
    z = middle_z + half_height * np.sign(s) * np.abs(s) ** (2 / corners)
    # The lenses curve with the face, and their lower edges are nearer to the cheeks.
    x = _PLANE - 0.0022 * y**2 + 0.10 * (z - middle_z)
    rim = np.stack([x, y, z], axis=1)
    inner, outer = rim[np.argmin(y - 0.15 * z)], rim[np.argmax(y + 0.25 * z)]
    bridge = np.stack([inner, (inner[0] + 1.5, 0.0, inner[2] + 2.0), inner * (1, -1, 1)])
    hinge = outer + np.array([-8.0, 4.0, 0.0])
    temple = np.stack([outer, hinge, np.add(_EAR, (14, 2, 1)), np.add(_EAR, (-8, 0, -10))])
    paths = [(np.concatenate([rim, rim[:1]]), thick), (temple, 1.2 * thick)]
    tubes = [_tube(path * (1, side, 1), radius) for path, radius in paths for side in (1, -1)]
    tubes.append(_tube(bridge, thick))
    lenses = []
    for side in (1, -1):
        points = np.concatenate([rim, rim.mean(0, keepdims=True)]) * (1, side, 1)
        i = np.arange(_AROUND)
        fan = np.stack([i, (i + 1) % _AROUND, np.full(_AROUND, _AROUND)], axis=1)
        lenses.append((points, fan[:, ::side]))
    frame = _worn(surface, FRAME, SPECTACLE_FRAME, tubes)
    return replace(frame, wire=thick * MM), _worn(surface, LENS, SPECTACLE_LENS, lenses)


def _tube(path: F64, radius: float) -> tuple[F64, NDArray[np.int64]]:
    """Points and outward triangles of a tube with a square section along a path (P, 3)."""
    along = np.gradient(path, axis=0)
    across = np.cross(along, (0.0, 0.2, 1.0))
    across /= np.linalg.norm(across, axis=1, keepdims=True)
    up = np.cross(across, along)
    up /= np.linalg.norm(up, axis=1, keepdims=True)
    corners = [path + radius * (a * across + b * up) for a, b in ((1, 1), (1, -1), (-1, -1), (-1, 1))]
    points = np.stack(corners, axis=1).reshape(-1, 3)
    first = 4 * np.arange(len(path) - 1)[:, None] + np.arange(4)
    after = 4 * np.arange(len(path) - 1)[:, None] + (np.arange(4) + 1) % 4
    quads = np.stack([first, first + 4, after + 4, after], axis=-1).reshape(-1, 4)
    return points, quads[:, [0, 2, 1, 0, 3, 2]].reshape(-1, 3)


def _worn(
    surface: Surface, part: int, place: tuple[int, int, int, int], pieces: list[tuple[F64, NDArray[np.int64]]]
) -> Accessory:
    """Accessories from pieces, attached to the nose in front and to the ears behind."""
    points = np.concatenate([p for p, _ in pieces])
    starts = np.cumsum([0] + [len(p) for p, _ in pieces])
    triangles = np.concatenate([t + start for (_, t), start in zip(pieces, starts, strict=False)])
    template = surface.template / MM
    steady = np.flatnonzero(surface.data.follow > 0.999)

    def nearest(spot: tuple[float, float, float]) -> int:
        return int(steady[np.argmin(np.linalg.norm(template[steady] - spot, axis=1))])

    ears = [nearest((_EAR[0], side * _EAR[1], _EAR[2])) for side in (1, -1)]
    root = np.where(points[:, 0] > -40, nearest(_PADS), np.where(points[:, 1] > 0, ears[0], ears[1]))
    column, row, width, height = place
    uv = np.full((len(triangles), 3, 2), 0.5) * (width, height) + (column, row)
    return Accessory(
        part=part,
        root=root.astype(np.int32),
        height=np.zeros(len(points)),
        offset=(points - template[root]) * MM,
        triangles=triangles.astype(np.int32),
        uv=(uv / DETAIL_SIZE).astype(np.float32),
    )
