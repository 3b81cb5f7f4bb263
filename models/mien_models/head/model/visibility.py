"""Compute how much of the light around a head reaches each of its points; baked once, used in every picture.

Visibility is a function of direction. Per point it is kept as 16 spherical harmonics, which is
enough for the soft shadows under brows, nose and chin and needs no shadow map.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

F64 = NDArray[np.float64]

HARMONICS = 16
_DIRECTIONS = 256
_MAP = 128  # pixels of a depth map
_RADIUS = 0.20  # half its side [m]
_BIAS = 0.004  # surfaces nearer than this to a point count as the point itself [m]
_SPACING = 0.002  # between the samples of the surface [m]


def harmonics(xp: Any, direction: Any) -> Any:
    """(..., 16) real spherical harmonics up to degree 3 of unit vectors (..., 3); numpy or torch."""
    x, y, z = direction[..., 0], direction[..., 1], direction[..., 2]
    return xp.stack(
        [
            0.28209479 + 0 * x,
            0.48860251 * y,
            0.48860251 * z,
            0.48860251 * x,
            1.09254843 * x * y,
            1.09254843 * y * z,
            0.31539157 * (3 * z * z - 1),
            1.09254843 * x * z,
            0.54627422 * (x * x - y * y),
            0.59004359 * y * (3 * x * x - y * y),
            2.89061144 * x * y * z,
            0.45704580 * y * (5 * z * z - 1),
            0.37317633 * z * (5 * z * z - 3),
            0.45704580 * x * (5 * z * z - 1),
            1.44530572 * z * (x * x - y * y),
            0.59004359 * x * (x * x - 3 * y * y),
        ],
        -1,
    )


def visibility(points: F64, normals: F64, occluders: NDArray[np.integer]) -> tuple[F64, F64]:
    """Ambient light (V,) in [0, 1] and harmonics (V, 16) of visibility, of points (V, 3) [m].

    occluders: triangles (T, 3) of the same points. Directions below a point's horizon, where its
    own surface blocks the light, get the mean of the others: shading handles the horizon.
    """
    samples = _samples(points[occluders])
    directions = _sphere(_DIRECTIONS)
    seen = np.stack([_seen(points, samples, d) for d in directions], axis=1)
    cosine = np.clip(normals @ directions.T, 0, 1)
    ambient = (seen * cosine).sum(1) / np.maximum(cosine.sum(1), 1e-9)
    above = cosine > 0
    target = np.where(above, seen, ambient[:, None])
    weight = np.where(above, 0.1 + cosine, 0.1)
    basis = harmonics(np, directions)
    left = np.einsum("vd,di,dj->vij", weight, basis, basis, optimize=True) + 0.5 * np.eye(HARMONICS)
    right = (weight * target) @ basis
    return ambient, np.linalg.solve(left, right[..., None])[..., 0]


def normals_of(points: F64, triangles: NDArray[np.integer]) -> F64:
    """(V, 3) unit normals of a mesh, weighted by area; 0 for vertices without a triangle."""
    corners = points[triangles]
    faces = np.cross(corners[:, 1] - corners[:, 0], corners[:, 2] - corners[:, 0])
    flat = triangles.ravel()
    sums = np.stack([np.bincount(flat, np.repeat(faces[:, k], 3), len(points)) for k in range(3)], axis=1)
    return np.asarray(sums / np.maximum(np.linalg.norm(sums, axis=1, keepdims=True), 1e-30))


def _sphere(count: int) -> F64:
    """Evenly spread unit vectors, on a Fibonacci spiral."""
    i = np.arange(count) + 0.5
    z = 1 - 2 * i / count
    angle = np.pi * (1 + 5**0.5) * i
    r = np.sqrt(1 - z * z)
    return np.stack([r * np.cos(angle), r * np.sin(angle), z], axis=1)


def _samples(corners: F64) -> F64:
    """Points on triangles (T, 3, 3), about _SPACING apart."""
    longest = np.linalg.norm(corners - np.roll(corners, 1, axis=1), axis=2).max(1)
    steps = np.clip(np.ceil(longest / _SPACING).astype(int), 1, 16)
    found = []
    for n in np.unique(steps):
        i, j = (a.ravel() for a in np.meshgrid(np.arange(n + 1), np.arange(n + 1)))
        inside = i + j <= n
        shares = np.stack([i, j, n - i - j], axis=1)[inside] / n
        found.append((shares @ corners[steps == n]).reshape(-1, 3))
    return np.concatenate(found)


def _seen(points: F64, samples: F64, direction: F64) -> NDArray[np.bool_]:
    """Mask of the points that a far light in `direction` reaches, with the samples as occluders."""
    across = np.cross(direction, (0.0, 0.0, 1.0) if abs(direction[2]) < 0.9 else (1.0, 0.0, 0.0))
    across /= np.linalg.norm(across)
    frame = np.stack([across, np.cross(direction, across)], axis=1)

    def pixels(of: F64) -> NDArray[np.int64]:
        ij = np.clip(((of @ frame) / _RADIUS + 1) * (_MAP / 2), 0, _MAP - 1).astype(np.int64)
        return np.asarray(ij[:, 0] * _MAP + ij[:, 1])

    nearest = np.full(_MAP * _MAP, -np.inf)
    np.maximum.at(nearest, pixels(samples), samples @ direction)
    return np.asarray(nearest[pixels(points)] <= points @ direction + _BIAS)
