"""Closed bodies around the mean face, from which hands, masks and cups are built.

Lengths are in `data.MM`, in face axes.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from mien_models.head.appearance.accessory import Accessory
from mien_models.head.appearance.surface import DETAIL_SIZE, Surface
from mien_models.head.model.data import MM, Part
from mien_models.head.model.visibility import normals_of

F32 = NDArray[np.float32]
F64 = NDArray[np.float64]
I64 = NDArray[np.int64]
Place = tuple[int, int, int, int]
# Points (N, 3), triangles (T, 3), uv (T, 3, 2) in DETAIL.
Piece = tuple[F64, I64, F64]

# On the mean face [MM].
_LIP = (16.0, 0.0, -46.0)  # below the nose: hands and cups move with this point
MOUTH = np.array((19.0, 0.0, -65.0))
_ROUND = 12  # points around a limb


def sweep(path: F64, a: F64, b: F64, place: Place, along: F64 | None = None, around: int = _ROUND) -> Piece:
    """A closed body: ellipses with half axes a, b (P, 3) about the points of a path (P, 3).

    In its place in DETAIL, u runs around the body and v along it; `b` points to the middle of u.
    """
    count = len(path)
    # Once around, starting opposite to `b`.
    angle = 2 * np.pi * np.arange(around) / around - np.pi / 2
    points = path[:, None] + np.cos(angle)[:, None] * a[:, None] + np.sin(angle)[:, None] * b[:, None]
    points = points.reshape(-1, 3)
    first = (around * np.arange(count - 1)[:, None] + np.arange(around)).ravel()
    after = (around * np.arange(count - 1)[:, None] + (np.arange(around) + 1) % around).ravel()
    quads = np.stack([first, first + around, after + around, after], axis=-1)
    if along is None:
        along = np.linspace(0, 1, count)
    u = np.tile(np.arange(around) / around, count - 1)
    v, w = np.repeat(along[:-1], around), np.repeat(along[1:], around)
    corners = np.stack(
        [
            np.stack([u, v], -1),
            np.stack([u, w], -1),
            np.stack([u + 1 / around, w], -1),
            np.stack([u + 1 / around, v], -1),
        ],
        axis=1,
    )
    fan = np.stack([np.zeros(around - 2, int), np.arange(1, around - 1), np.arange(2, around)], -1)
    ends = [fan[:, ::-1], around * (count - 1) + fan]
    triangles = np.concatenate([quads[:, [0, 1, 2, 0, 2, 3]].reshape(-1, 3), *ends])
    flat = [np.tile(((0.5, along[k]),), (around - 2, 3, 1)).reshape(-1, 3, 2) for k in (0, -1)]
    uv = np.concatenate([corners[:, [0, 1, 2, 0, 2, 3]].reshape(-1, 3, 2), *flat])
    return _outwards(points, triangles, in_place(place, uv))


def _outwards(points: F64, triangles: I64, uv: F64) -> Piece:
    """The body with its triangles counter-clockwise as seen from outside."""
    a, b, c = (points[triangles[:, k]] - points.mean(0) for k in range(3))
    if np.einsum("nk,nk->", a, np.cross(b, c)) < 0:
        return points, triangles[:, ::-1], uv[:, ::-1]
    return points, triangles, uv


def mirrored(piece: Piece, side: int) -> Piece:
    points, triangles, uv = piece
    return piece if side > 0 else (points * (1, -1, 1), triangles[:, ::-1], uv[:, ::-1])


def joined(pieces: list[Piece]) -> Piece:
    starts = np.cumsum([0] + [len(p) for p, _, _ in pieces])
    triangles = np.concatenate([t + start for (_, t, _), start in zip(pieces, starts, strict=False)])
    return np.concatenate([p for p, _, _ in pieces]), triangles, np.concatenate([uv for _, _, uv in pieces])


def follow_lip(surface: Surface, part: int, pieces: list[Piece]) -> Accessory:
    """Accessory from pieces that move with the upper lip."""
    points, triangles, uv = joined(pieces)
    template = surface.template / MM
    skin = front(surface)
    root = int(skin[np.argmin(np.linalg.norm(template[skin] - _LIP, axis=1))])
    return Accessory(
        part=part,
        root=np.full(len(points), root, np.int32),
        height=np.zeros(len(points)),
        offset=(points - template[root]) * MM,
        triangles=triangles.astype(np.int32),
        uv=uv.astype(np.float32),
        ambient=0.85,
        reach=0.9,
    )


class Heights:
    """How far forward the skin of the mean face is at a place."""

    def __init__(self, surface: Surface) -> None:
        # float32 is enough for a smooth mean, and exp is several times as fast.
        self._points = (surface.template[front(surface)] / MM).astype(np.float32)

    def __call__(self, y: F64, z: F64) -> F64:
        """x (N,) [MM] of the skin at y, z (N,); a very low value where there is no skin."""
        out = np.empty(len(y))
        y, z = y.astype(np.float32), z.astype(np.float32)
        for start in range(0, len(y), 256):
            some = slice(start, start + 256)
            far = (y[some, None] - self._points[:, 1]) ** 2 + (z[some, None] - self._points[:, 2]) ** 2
            near = np.exp(-far / (2 * 3.5**2))
            total = near.sum(1)
            out[some] = np.where(total > 0.05, near @ self._points[:, 0] / np.maximum(total, 1e-9), -150.0)
        return out


def front(surface: Surface) -> NDArray[np.intp]:
    """Vertices of the skin of the face that look forwards."""
    chosen = surface.parts == Part.SKIN
    normals = normals_of(surface.template, surface.triangles[chosen])
    return np.flatnonzero((normals[:, 0] > 0.1) & (surface.data.follow > 0.999))


def nearest(points: F64, to: F64) -> NDArray[np.intp]:
    return np.asarray(np.argmin((points**2).sum(1) - 2 * to @ points.T, axis=1))


def frame(along: F64, back: F64) -> tuple[F64, F64, F64]:
    """Unit vectors: along, `back` made perpendicular to it, and one perpendicular to both."""
    along = unit(along)
    back = unit(back - (back @ along) * along)
    return along, back, np.cross(back, along)


def unit(vector: ArrayLike) -> F64:
    found = np.asarray(vector, np.float64)
    return np.asarray(found / np.linalg.norm(found))


def in_place(place: Place, at: F64) -> F64:
    """Convert unit coordinates in a place to those of DETAIL, two texels inside its border."""
    column, row, width, height = place
    size = np.array([width, height])
    return np.asarray((np.array([column, row]) + 2 + np.clip(at, 0, 1) * (size - 4)) / DETAIL_SIZE)
