"""What may be held or worn before a face: a hand, a surgical mask, a cup in a hand. Made up from numbers.

All are built around the mean face, in face axes and `data.MM`, and then stand on vertices of
the head, so that they fit other faces and follow them.
"""

from __future__ import annotations

from enum import IntEnum

import numpy as np
from numpy.typing import ArrayLike, NDArray

from mien_models.head.appearance.accessory import Accessory
from mien_models.head.appearance.surface import (
    BEAKER,
    CLOTH_MASK,
    CUP,
    DETAIL_SIZE,
    FINGER,
    HAND,
    MASK,
    PALM,
    SLEEVE,
    Surface,
)
from mien_models.head.model.data import MM, Part
from mien_models.head.model.visibility import normals_of

F32 = NDArray[np.float32]
F64 = NDArray[np.float64]
I64 = NDArray[np.int64]
Place = tuple[int, int, int, int]
# Points (N, 3), triangles (T, 3), uv (T, 3, 2) in DETAIL.
Piece = tuple[F64, I64, F64]


class Occluder(IntEnum):
    """What is before the face."""

    NONE = 0
    HAND = 1
    MASK = 2
    CUP = 3


# On the mean face [MM].
_LIP = (16.0, 0.0, -46.0)  # below the nose: hands and cups follow it
_EAR = (-92.0, 76.0, -6.0)
_MOUTH = np.array((19.0, 0.0, -65.0))
# Per finger, index to little: bones from the knuckle on [MM], radius there, and where the knuckle is:
# along the hand and across it, from the middle of the knuckles.
_BONES = ((44.0, 25.0, 21.0), (48.0, 29.0, 22.0), (45.0, 27.0, 22.0), (36.0, 20.0, 19.0))
_RADIUS = (8.6, 8.8, 8.2, 7.2)
_KNUCKLE = ((-2.0, 29.0), (3.0, 10.0), (0.0, -9.0), (-8.0, -27.0))
_PALM_LENGTH = 92.0
_ROUND = 12  # points around a limb


def sample_occluder(rng: np.random.Generator) -> Occluder:
    """One of those that hide something."""
    return Occluder(int(rng.choice([Occluder.HAND, Occluder.MASK, Occluder.CUP], p=[0.5, 0.3, 0.2])))


def occlude(surface: Surface, what: Occluder, seed: int) -> tuple[Accessory, ...]:
    """The things to draw; the same seed holds them the same way."""
    rng = np.random.default_rng([seed, int(what)])
    if what == Occluder.HAND:
        return _hand(surface, rng)
    if what == Occluder.MASK:
        return _mask(surface, rng)
    return _cup(surface, rng) if what == Occluder.CUP else ()


# --- hands -----------------------------------------------------------------------------------------


def _hand(surface: Surface, rng: np.random.Generator) -> tuple[Accessory, ...]:
    """Over the mouth, beside the cheek, or held up anywhere before the face."""
    kind = rng.random()
    if kind < 0.4:
        middle = _MOUTH + np.array([0.0, rng.uniform(-6, 10), rng.uniform(-8, 12)])
        along = np.array([rng.uniform(-0.1, 0.1), 1.0, rng.uniform(0.2, 0.9)])
        back = np.array([1.0, -0.1, 0.0])
        curl, spread, gap = rng.uniform(0.05, 0.22), rng.uniform(0.0, 0.08), 0.0
        at_finger = 0.45
    elif kind < 0.7:
        middle = np.array([-18.0, -52.0, rng.uniform(-48, -20)])
        along = np.array([rng.uniform(-0.3, 0.0), rng.uniform(-0.05, 0.2), 1.0])
        back = np.array([0.55, -1.0, 0.0])
        curl, spread, gap = rng.uniform(0.1, 0.3), rng.uniform(0.0, 0.1), 0.0
        at_finger = 0.2
    else:
        middle = np.array([rng.uniform(40, 110), rng.uniform(-50, 30), rng.uniform(-80, 30)])
        along = np.array([rng.uniform(-0.3, 0.3), rng.uniform(-0.6, 0.9), 1.0])
        back = np.array([1.0 if rng.random() < 0.6 else -1.0, rng.uniform(-0.4, 0.4), 0.0])
        curl, spread, gap = rng.uniform(0.0, 0.35), rng.uniform(0.02, 0.2), 6.0
        at_finger = rng.uniform(-0.2, 0.5)
    along, back, across = _frame(along, back)
    knuckles = middle - along * at_finger * 90
    pieces = _open_hand(knuckles, along, back, across, curl, spread, rng)
    points = np.concatenate([p for p, _, _ in pieces[:-1]])
    # Out of the face: it may touch, and never reach in. The sleeve is elsewhere.
    heights = _Heights(surface)
    normal = np.array([1.0, 0.0, 0.0])
    deepest = (heights(points[:, 1], points[:, 2]) - points[:, 0]).max()
    out = normal * max(0.0, deepest + gap) if kind < 0.4 or kind >= 0.7 else _beside(points, heights)
    side, size = rng.choice([-1, 1]), rng.uniform(0.84, 1.0)
    moved = [_mirrored((middle + size * (p - middle) + out, t, uv), side) for p, t, uv in pieces]
    return (_held(surface, HAND, moved),)


def _beside(points: F64, heights: _Heights) -> F64:
    """How far to move a hand at the cheek outwards, so that it touches."""
    outwards = np.array([0.5, -0.85, 0.0])
    near, far = 0.0, 60.0
    while far - near > 2.0:
        middle = (near + far) / 2
        moved = points + middle * outwards
        if (heights(moved[:, 1], moved[:, 2]) - moved[:, 0]).max() < 4.0:
            far = middle
        else:
            near = middle
    return np.asarray(far * outwards)


def _open_hand(
    knuckles: F64, along: F64, back: F64, across: F64, curl: float, spread: float, rng: np.random.Generator
) -> list[Piece]:
    """A right hand, its fingers more or less straight: fingers, thumb, palm, and last the sleeve."""
    pieces = []
    for i, (bones, radius, (forth, aside)) in enumerate(zip(_BONES, _RADIUS, _KNUCKLE, strict=True)):
        angle = spread * (1.5 - i) + rng.normal(0, 0.015)
        direction = np.cos(angle) * along + np.sin(angle) * across
        bends = curl * (1 + rng.normal(0, 0.15)) * np.array([1.0, 1.4, 0.9])
        start = knuckles + forth * along + aside * across
        pieces.append(_finger(start, direction, back, bones, radius, bends))
    thumb = _unit(0.75 * along + (0.5 + spread) * across - 0.25 * back)
    start = knuckles - 62 * along + 26 * across - 6 * back
    pieces.append(
        _finger(start, thumb, _unit(back + 0.8 * across), (44.0, 32.0, 27.0), 11.0, np.array([0.0, 0.1, 0.15]))
    )
    return [*pieces, *_arm(knuckles, along, back, across)]


def _arm(knuckles: F64, along: F64, back: F64, across: F64) -> list[Piece]:
    """Palm and wrist of a right hand, and the sleeve."""
    wrist = knuckles - _PALM_LENGTH * along
    elbow = wrist + 230 * _unit(_unit(np.array([60.0, -210.0, -330.0]) - wrist) - 0.6 * along)
    stations = np.array([8.0, 4.0, -4.0, -30.0, -60.0, -80.0, -_PALM_LENGTH])
    wide = np.array([1.0, 34.0, 39.0, 41.0, 38.0, 31.0, 28.0])
    thick = np.array([1.0, 8.0, 11.0, 13.0, 15.0, 16.0, 17.0])
    down = _unit(elbow - wrist)
    forearm = wrist + np.array([25.0, 60.0, 100.0])[:, None] * down
    path = np.concatenate([knuckles + stations[:, None] * along, forearm])
    wide, thick = np.append(wide, (28, 30, 31)), np.append(thick, (19, 22, 23))
    # The hand is a little hollow, and thicker on the side of the thumb.
    path[2:6] -= 2.0 * back
    palm = _sweep(path, wide[:, None] * across, thick[:, None] * back, PALM)
    sleeve_path = wrist + np.array([34.0, 35.0, 60.0, 130.0, 230.0, 231.0])[:, None] * down
    sleeve = np.array([30.0, 37.0, 38.0, 42.0, 50.0, 1.0])[:, None]
    a, b, _ = _frame(across, down)
    return [palm, _sweep(sleeve_path, sleeve * a, 0.85 * sleeve * np.cross(a, b), SLEEVE)]


def _finger(start: F64, direction: F64, back: F64, bones: ArrayLike, radius: float, bends: F64) -> Piece:
    """A finger that bends towards the palm, from inside the hand to a round tip."""
    direction, back, across = _frame(direction, back)
    joints, place, angle = [start - 14 * direction], start, 0.0
    ways = []
    for bone, bend in zip(np.asarray(bones, np.float64), bends, strict=True):
        angle += bend
        way = np.cos(angle) * direction - np.sin(angle) * back
        joints.append(place)
        ways.append(way)
        place = place + bone * way
    joints.append(place)
    return _tube_of(np.array(joints), across, radius)


def _tube_of(joints: F64, across: F64, radius: float) -> Piece:
    """A finger along joints (J, 3): rounded bends, knuckles, a tapering and round tip."""
    length = np.concatenate([[0], np.cumsum(np.linalg.norm(np.diff(joints, axis=0), axis=1))])
    tip = length[-1]
    where = np.concatenate([np.linspace(0, tip - radius, 18), tip - radius * (1 - np.sin(np.linspace(0.3, 1.55, 6)))])
    dense = np.linspace(0, tip, 200)
    path = np.stack([np.interp(dense, length, joints[:, k]) for k in range(3)], axis=1)
    window = np.hanning(25)[1:-1]
    padded = np.pad(path, ((11, 11), (0, 0)), mode="reflect", reflect_type="odd")
    path = np.stack([np.convolve(padded[:, k], window / window.sum(), "valid") for k in range(3)], axis=1)
    path = np.stack([np.interp(where, dense, path[:, k]) for k in range(3)], axis=1)
    bulge = sum(np.exp(-(((where - joint) / 7) ** 2)) for joint in length[2:-1])
    half = radius * (1 - 0.24 * where / tip + 0.07 * np.asarray(bulge))
    last = where > tip - radius
    half[last] *= np.sqrt(np.clip(1 - ((where[last] - tip + radius) / radius) ** 2, 0.0004, 1))
    along = np.gradient(path, axis=0)
    up = np.cross(along, across)
    up /= np.linalg.norm(up, axis=1, keepdims=True)
    wide = across - (across * along).sum(1, keepdims=True) * along / (along**2).sum(1, keepdims=True)
    wide /= np.linalg.norm(wide, axis=1, keepdims=True)
    return _sweep(path, half[:, None] * wide, 0.92 * half[:, None] * up, FINGER, where / tip)


# --- mask ------------------------------------------------------------------------------------------


def _mask(surface: Surface, rng: np.random.Generator) -> tuple[Accessory, ...]:
    """A sheet from the nose to under the chin, and loops around the ears."""
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
    heights = _Heights(surface)
    face = heights(y.ravel(), z.ravel()).reshape(rows, columns)
    face[-4:] = np.minimum(face[-4:], face[-5] - np.array([0.0, 1.0, 3.0, 7.0])[:, None])
    tent = np.stack([_envelope(z[:, k], face[:, k]) for k in range(columns)], axis=1)
    tent = np.maximum(_blurred(face + 0.75 * (tent - face)), face) + 3.0 + 3.0 * np.sin(np.pi * down) + 2.0 * side**4
    # Noses differ most.
    tent += 5.0 * np.exp(-((y / 14) ** 2) - ((z + 34) / 13) ** 2)
    # Three folds across.
    tent += 1.0 * np.sin(2 * np.pi * 3.5 * down) * np.sin(np.pi * down) * (1 - side**4)
    points = np.stack([tent, y, z], axis=-1).reshape(-1, 3)
    template = surface.template / MM
    skin = _front(surface)
    root = skin[_nearest(template[skin], points)]
    weights = np.exp(-((points[:, None, 1:] - points[None, :, 1:]) ** 2).sum(-1) / (2 * 7.0**2))
    weights /= weights.sum(1, keepdims=True)
    index = np.arange(rows * columns).reshape(rows, columns)
    quads = np.stack([index[:-1, :-1], index[1:, :-1], index[1:, 1:], index[:-1, 1:]], axis=-1).reshape(-1, 4)
    triangles = quads[:, [0, 1, 2, 0, 2, 3]].reshape(-1, 3)
    u, v = np.meshgrid(np.linspace(0, 1, columns), np.linspace(0, 1, rows))
    uv = _in(CLOTH_MASK, np.stack([u, v], axis=-1).reshape(-1, 2)[triangles])
    loops = []
    for sign, column in ((-1, 0), (1, -1)):
        ear = np.array(_EAR) * (1, sign, 1)
        for row, behind in ((1, (6.0, 0.0, 8.0)), (-2, (6.0, 2.0, -34.0))):
            corner = np.array([tent[row, column], y[row, column], z[row, column]])
            bow = (corner + ear + behind) / 2 + (0.0, 7.0 * sign, 0.0)
            path = np.stack([corner, bow, ear + behind])
            loops.append(_cord(path, 1.3))
    cords, corner_triangles, cord_uv = _joined(loops)
    steady = np.flatnonzero(surface.data.follow > 0.999)
    cord_root = steady[_nearest(template[steady], cords)]
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
    """Smallest concave function of z above x: a cloth pulled over it."""
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
    points, triangles, uv = _sweep(curve, radius * a, radius * b, CLOTH_MASK, np.zeros(len(curve)), around=6)
    return points, triangles, uv * 0 + _in(CLOTH_MASK, np.array([0.02, 0.02]))


# --- cup -------------------------------------------------------------------------------------------


def _cup(surface: Surface, rng: np.random.Generator) -> tuple[Accessory, ...]:
    """A cup or mug at the lips or a little before them, in a hand."""
    top, height = rng.uniform(34, 42), rng.uniform(78, 105)
    bottom = top * rng.uniform(0.68, 1.0)
    tilt = rng.uniform(0.15, 0.75)
    axis = np.array([-np.sin(tilt), 0.0, np.cos(tilt)])  # from the bottom to the opening
    out = np.array([np.cos(tilt), 0.0, np.sin(tilt)])  # away from the face
    aside = np.array([0.0, 1.0, 0.0])
    rim = _MOUTH + np.array([2.0 + rng.uniform(0, 25), rng.uniform(-4, 4), -4.0 + rng.uniform(-8, 4)])
    middle = rim + top * out  # of the opening
    base = middle - height * axis
    wall = (top + bottom) / 2
    profile = np.array([
        (0.0, 1.0), (0.0, bottom - 2.0), (2.0, bottom), (0.2 * height, bottom + 0.2 * (top - bottom)),
        (0.5 * height, wall), (height - 1.0, top), (height, top - 0.7), (height - 1.0, top - 2.0),
        (0.5 * height, wall - 2.5), (6.0, bottom - 2.5), (5.0, bottom - 4.0), (5.0, 1.0),
    ])  # fmt: skip
    radii = profile[:, 1:]
    body = _sweep(
        base + profile[:, :1] * axis, radii * out, radii * aside, BEAKER,
        np.array([0.0, 0.02, 0.04, 0.17, 0.36, 0.68, 0.70, 0.72, 0.84, 0.97, 0.98, 1.0]), around=28,
    )  # fmt: skip
    pieces = [body]
    # Fingers lie around it from one side, the arm comes from there.
    fingers, ends = [], []
    for i in range(4):
        level = height * 0.66 - 17.5 * i
        radius = bottom + (top - bottom) * level / height + 0.85 * _RADIUS[i]
        reach = rng.uniform(0.9, 1.2) - 0.12 * abs(i - 1)
        angle = np.linspace(-1.15, reach, 12)
        ring = np.cos(angle)[:, None] * out + np.sin(angle)[:, None] * aside
        path = base + level * axis + radius * ring
        path[0] += 10 * (-aside) - 4 * out
        fingers.append(_tube_of(path, axis, _RADIUS[i]))
        ends.append(path[1])
    knuckles = np.mean(ends, axis=0) + 2 * out - 4 * aside
    along, back, _ = _frame(np.array([0.55, 0.75, 0.35]), _unit(0.8 * out - 0.6 * aside))
    hand = _arm(knuckles - 6 * along, along, back, _unit(axis - (axis @ along) * along))
    side = rng.choice([-1, 1])
    if bottom > 0.9 * top and rng.random() < 0.7:
        bow = np.linspace(-1.35, 1.35, 11)[:, None]
        loop = base + 0.5 * height * axis + (bottom - 4) * aside + 30 * (np.cos(bow) * aside + np.sin(bow) * axis)
        pieces.append(_grip(loop, out))
    return (
        _held(surface, CUP, [_mirrored(piece, side) for piece in pieces]),
        _held(surface, HAND, [_mirrored(piece, side) for piece in (*fingers, *hand)]),
    )


def _grip(path: F64, out: F64) -> Piece:
    """The handle of a mug."""
    along = np.gradient(path, axis=0)
    b = np.cross(along, out)
    b /= np.linalg.norm(b, axis=1, keepdims=True)
    points, triangles, uv = _sweep(path, 6.0 * out + 0 * path, 4.0 * b, BEAKER, np.full(len(path), 0.2), around=8)
    return points, triangles, uv


# --- shapes ----------------------------------------------------------------------------------------


def _sweep(path: F64, a: F64, b: F64, place: Place, along: F64 | None = None, around: int = _ROUND) -> Piece:
    """A closed body: ellipses with half axes a, b (P, 3) about the points of a path (P, 3).

    In its place of DETAIL, u runs around it and v along it; `b` points to the middle of u.
    """
    count = len(path)
    # From opposite `b` once around.
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
    return _outwards(points, triangles, _in(place, uv))


def _outwards(points: F64, triangles: I64, uv: F64) -> Piece:
    """A body whose triangles are counter-clockwise seen from outside."""
    a, b, c = (points[triangles[:, k]] - points.mean(0) for k in range(3))
    if np.einsum("nk,nk->", a, np.cross(b, c)) < 0:
        return points, triangles[:, ::-1], uv[:, ::-1]
    return points, triangles, uv


def _mirrored(piece: Piece, side: int) -> Piece:
    points, triangles, uv = piece
    return piece if side > 0 else (points * (1, -1, 1), triangles[:, ::-1], uv[:, ::-1])


def _joined(pieces: list[Piece]) -> Piece:
    starts = np.cumsum([0] + [len(p) for p, _, _ in pieces])
    triangles = np.concatenate([t + start for (_, t, _), start in zip(pieces, starts, strict=False)])
    return np.concatenate([p for p, _, _ in pieces]), triangles, np.concatenate([uv for _, _, uv in pieces])


def _held(surface: Surface, part: int, pieces: list[Piece]) -> Accessory:
    """Pieces that follow the upper lip."""
    points, triangles, uv = _joined(pieces)
    template = surface.template / MM
    skin = _front(surface)
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


class _Heights:
    """How far out the mean face reaches."""

    def __init__(self, surface: Surface) -> None:
        # A smooth mean needs no more digits, and exp is several times as fast.
        self._points = (surface.template[_front(surface)] / MM).astype(np.float32)

    def __call__(self, y: F64, z: F64) -> F64:
        """x (N,) [MM] of the skin at y, z (N,); far below where no skin is."""
        out = np.empty(len(y))
        y, z = y.astype(np.float32), z.astype(np.float32)
        for start in range(0, len(y), 256):
            some = slice(start, start + 256)
            far = (y[some, None] - self._points[:, 1]) ** 2 + (z[some, None] - self._points[:, 2]) ** 2
            near = np.exp(-far / (2 * 3.5**2))
            total = near.sum(1)
            out[some] = np.where(total > 0.05, near @ self._points[:, 0] / np.maximum(total, 1e-9), -150.0)
        return out


def _front(surface: Surface) -> NDArray[np.intp]:
    """Vertices of the skin of the face that look forwards."""
    chosen = surface.parts == Part.SKIN
    normals = normals_of(surface.template, surface.triangles[chosen])
    return np.flatnonzero((normals[:, 0] > 0.1) & (surface.data.follow > 0.999))


def _nearest(points: F64, to: F64) -> NDArray[np.intp]:
    return np.asarray(np.argmin((points**2).sum(1) - 2 * to @ points.T, axis=1))


def _frame(along: F64, back: F64) -> tuple[F64, F64, F64]:
    """Unit vectors: along, `back` made square to it, and square to both."""
    along = _unit(along)
    back = _unit(back - (back @ along) * along)
    return along, back, np.cross(back, along)


def _unit(vector: ArrayLike) -> F64:
    found = np.asarray(vector, np.float64)
    return np.asarray(found / np.linalg.norm(found))


def _in(place: Place, unit: F64) -> F64:
    """Unit coordinates to those of DETAIL, two texels inside the place."""
    column, row, width, height = place
    size = np.array([width, height])
    return np.asarray((np.array([column, row]) + 2 + np.clip(unit, 0, 1) * (size - 4)) / DETAIL_SIZE)
