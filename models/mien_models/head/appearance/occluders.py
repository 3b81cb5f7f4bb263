"""Procedural occluders of a face: a hand, a surgical mask, a cup in a hand.

They are built around the mean face, in face axes and `data.MM`, and then attached to vertices of
the head, so that they fit other faces and follow them.
"""

from __future__ import annotations

from enum import IntEnum

import numpy as np
from numpy.typing import NDArray

from mien_models.head.appearance.accessory import Accessory
from mien_models.head.appearance.hands import FINGER_RADIUS, arm, finger_along, hand
from mien_models.head.appearance.solids import (
    MOUTH,
    Heights,
    Piece,
    follow_lip,
    frame,
    front,
    in_place,
    joined,
    mirrored,
    nearest,
    sweep,
    unit,
)
from mien_models.head.appearance.surface import BEAKER, CLOTH_MASK, CUP, HAND, MASK, Surface
from mien_models.head.model.data import MM

F64 = NDArray[np.float64]


class Occluder(IntEnum):
    """The kind of thing before the face."""

    NONE = 0
    HAND = 1
    MASK = 2
    CUP = 3


# On the mean face [MM].
_EAR = (-92.0, 76.0, -6.0)


def sample_occluder(rng: np.random.Generator) -> Occluder:
    """A random occluder other than none."""
    return Occluder(int(rng.choice([Occluder.HAND, Occluder.MASK, Occluder.CUP], p=[0.5, 0.3, 0.2])))


def occlude(surface: Surface, what: Occluder, seed: int) -> tuple[Accessory, ...]:
    """Accessories of an occluder; the same seed places them in the same way."""
    rng = np.random.default_rng([seed, int(what)])
    if what == Occluder.HAND:
        return hand(surface, rng)
    if what == Occluder.MASK:
        return _mask(surface, rng)
    return _cup(surface, rng) if what == Occluder.CUP else ()


def _mask(surface: Surface, rng: np.random.Generator) -> tuple[Accessory, ...]:
    """A surgical mask: a sheet from the nose to below the chin, and loops around the ears."""
    columns, rows = 25, 19
    high = rng.uniform(-20, -12)
    if rng.random() < 0.12:
        high = rng.uniform(-50, -44)  # slipped below the nose
    low = rng.uniform(-114, -106)
    side = np.linspace(-1, 1, columns)
    down = np.linspace(0, 1, rows)[:, None]
    y = np.broadcast_to(64 * side, (rows, columns))
    upper = high - 16 * np.abs(side) ** 1.3
    lower = low + 42 * np.abs(side) ** 2.2
    z = upper + down * (lower - upper)
    y = y * (1 - 0.10 * down * np.abs(side) ** 3)
    heights = Heights(surface)
    face = heights(y.ravel(), z.ravel()).reshape(rows, columns)
    face[-4:] = np.minimum(face[-4:], face[-5] - np.array([0.0, 1.0, 3.0, 7.0])[:, None])
    tent = np.stack([_envelope(z[:, k], face[:, k]) for k in range(columns)], axis=1)
    tent = np.maximum(_blurred(face + 0.75 * (tent - face)), face) + 3.0 + 3.0 * np.sin(np.pi * down) + 2.0 * side**4
    # The nose differs most between people.
    tent += 5.0 * np.exp(-((y / 14) ** 2) - ((z + 34) / 13) ** 2)
    # Three horizontal folds.
    tent += 1.0 * np.sin(2 * np.pi * 3.5 * down) * np.sin(np.pi * down) * (1 - side**4)
    points = np.stack([tent, y, z], axis=-1).reshape(-1, 3)
    template = surface.template / MM
    skin = front(surface)
    root = skin[nearest(template[skin], points)]
    weights = np.exp(-((points[:, None, 1:] - points[None, :, 1:]) ** 2).sum(-1) / (2 * 7.0**2))
    weights /= weights.sum(1, keepdims=True)
    index = np.arange(rows * columns).reshape(rows, columns)
    quads = np.stack([index[:-1, :-1], index[1:, :-1], index[1:, 1:], index[:-1, 1:]], axis=-1).reshape(-1, 4)
    triangles = quads[:, [0, 1, 2, 0, 2, 3]].reshape(-1, 3)
    u, v = np.meshgrid(np.linspace(0, 1, columns), np.linspace(0, 1, rows))
    uv = in_place(CLOTH_MASK, np.stack([u, v], axis=-1).reshape(-1, 2)[triangles])
    loops = []
    for sign, column in ((-1, 0), (1, -1)):
        ear = np.array(_EAR) * (1, sign, 1)
        for row, behind in ((1, (6.0, 0.0, 8.0)), (-2, (6.0, 2.0, -34.0))):
            corner = np.array([tent[row, column], y[row, column], z[row, column]])
            bow = (corner + ear + behind) / 2 + (0.0, 7.0 * sign, 0.0)
            path = np.stack([corner, bow, ear + behind])
            loops.append(_cord(path, 1.3))
    cords, corner_triangles, cord_uv = joined(loops)
    steady = np.flatnonzero(surface.data.follow > 0.999)
    cord_root = steady[nearest(template[steady], cords)]
    n = len(points)
    offset = np.concatenate([points - weights @ template[root], cords - template[cord_root]]) * MM
    return (
        Accessory(
            part=MASK,
            root=np.concatenate([root, cord_root]).astype(np.int32),
            height=np.zeros(n + len(cords)),
            offset=offset,
            triangles=np.concatenate([triangles, corner_triangles + n]).astype(np.int32),
            uv=np.concatenate([uv, cord_uv]).astype(np.float32),
            fill=np.arange(n, dtype=np.int32),
            span=np.arange(n, dtype=np.int32),
            weights=weights,
            ambient=0.85,
            reach=0.9,
        ),
    )


def _envelope(z: F64, x: F64) -> F64:
    """Smallest concave function of z above x, like cloth pulled over it."""
    order = np.argsort(z)
    zs, xs = z[order], x[order]
    hull: list[int] = []
    for i in range(len(zs)):
        while len(hull) > 1:
            a, b = hull[-2], hull[-1]
            if (xs[b] - xs[a]) * (zs[i] - zs[a]) > (xs[i] - xs[a]) * (zs[b] - zs[a]):
                break
            hull.pop()
        hull.append(i)
    return np.asarray(np.interp(z, zs[hull], xs[hull]))


def _blurred(grid: F64) -> F64:
    padded = np.pad(grid, 1, mode="edge")
    rows, columns = grid.shape
    return np.asarray(sum(padded[i : i + rows, j : j + columns] for i in range(3) for j in range(3)) / 9)


def _cord(path: F64, radius: float) -> Piece:
    t = np.linspace(0, 1, 9)[:, None]
    curve = (1 - t) ** 2 * path[0] + 2 * t * (1 - t) * path[1] + t**2 * path[2]
    along = np.gradient(curve, axis=0)
    a = np.cross(along, (0.0, 0.0, 1.0))
    a /= np.linalg.norm(a, axis=1, keepdims=True)
    b = np.cross(along, a)
    b /= np.linalg.norm(b, axis=1, keepdims=True)
    points, triangles, uv = sweep(curve, radius * a, radius * b, CLOTH_MASK, np.zeros(len(curve)), around=6)
    return points, triangles, uv * 0 + in_place(CLOTH_MASK, np.array([0.02, 0.02]))


def _cup(surface: Surface, rng: np.random.Generator) -> tuple[Accessory, ...]:
    """A cup or mug at the lips or a little before them, in a hand."""
    top, height = rng.uniform(34, 42), rng.uniform(78, 105)
    bottom = top * rng.uniform(0.68, 1.0)
    tilt = rng.uniform(0.15, 0.75)
    axis = np.array([-np.sin(tilt), 0.0, np.cos(tilt)])  # from the bottom to the opening
    out = np.array([np.cos(tilt), 0.0, np.sin(tilt)])  # away from the face
    aside = np.array([0.0, 1.0, 0.0])
    rim = MOUTH + np.array([2.0 + rng.uniform(0, 25), rng.uniform(-4, 4), -4.0 + rng.uniform(-8, 4)])
    middle = rim + top * out  # of the opening
    base = middle - height * axis
    wall = (top + bottom) / 2
    profile = np.array([
        (0.0, 1.0), (0.0, bottom - 2.0), (2.0, bottom), (0.2 * height, bottom + 0.2 * (top - bottom)),
        (0.5 * height, wall), (height - 1.0, top), (height, top - 0.7), (height - 1.0, top - 2.0),
        (0.5 * height, wall - 2.5), (6.0, bottom - 2.5), (5.0, bottom - 4.0), (5.0, 1.0),
    ])  # fmt: skip
    radii = profile[:, 1:]
    body = sweep(
        base + profile[:, :1] * axis, radii * out, radii * aside, BEAKER,
        np.array([0.0, 0.02, 0.04, 0.17, 0.36, 0.68, 0.70, 0.72, 0.84, 0.97, 0.98, 1.0]), around=28,
    )  # fmt: skip
    pieces = [body]
    # Fingers lie around it from one side, and the arm comes from that side.
    fingers, ends = [], []
    for i in range(4):
        level = height * 0.66 - 17.5 * i
        radius = bottom + (top - bottom) * level / height + 0.85 * FINGER_RADIUS[i]
        reach = rng.uniform(0.9, 1.2) - 0.12 * abs(i - 1)
        angle = np.linspace(-1.15, reach, 12)
        ring = np.cos(angle)[:, None] * out + np.sin(angle)[:, None] * aside
        path = base + level * axis + radius * ring
        path[0] += 10 * (-aside) - 4 * out
        fingers.append(finger_along(path, axis, FINGER_RADIUS[i]))
        ends.append(path[1])
    knuckles = np.mean(ends, axis=0) + 2 * out - 4 * aside
    along, back, _ = frame(np.array([0.55, 0.75, 0.35]), unit(0.8 * out - 0.6 * aside))
    limb = arm(knuckles - 6 * along, along, back, unit(axis - (axis @ along) * along))
    side = rng.choice([-1, 1])
    if bottom > 0.9 * top and rng.random() < 0.7:
        bow = np.linspace(-1.35, 1.35, 11)[:, None]
        loop = base + 0.5 * height * axis + (bottom - 4) * aside + 30 * (np.cos(bow) * aside + np.sin(bow) * axis)
        pieces.append(_grip(loop, out))
    return (
        follow_lip(surface, CUP, [mirrored(piece, side) for piece in pieces]),
        follow_lip(surface, HAND, [mirrored(piece, side) for piece in (*fingers, *limb)]),
    )


def _grip(path: F64, out: F64) -> Piece:
    """The handle of a mug."""
    along = np.gradient(path, axis=0)
    b = np.cross(along, out)
    b /= np.linalg.norm(b, axis=1, keepdims=True)
    points, triangles, uv = sweep(path, 6.0 * out + 0 * path, 4.0 * b, BEAKER, np.full(len(path), 0.2), around=8)
    return points, triangles, uv
