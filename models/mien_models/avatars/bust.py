"""Build one mesh from the parametric head for real-time engines, with hair, clothes and a closed bust."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from mien_models.avatars import layout, mesh, toon
from mien_models.avatars.mesh import Triangles
from mien_models.head import Head, HeadData, Identity, Part
from mien_models.head.model.data import LIFE_SIZE
from mien_models.spaces.arkit import BLENDSHAPES, INDEX

F64 = NDArray[np.float64]
F32 = NDArray[np.float32]
Numbers = NDArray[np.int64]

# The material of each part of the head; lips and hair are cut out of the skin.
_SURFACES = {
    Part.SKIN: "skin",
    Part.TORSO: "body",
    Part.MOUTH: "mouth",
    Part.SOCKET: "socket",
    Part.TEETH_UPPER: "teeth",
    Part.TEETH_LOWER: "teeth",
    Part.TONGUE: "tongue",
    Part.LASHES_UPPER: "lashes",
    Part.LASHES_LOWER: "lashes",
}
_LIP_BORDER = 7  # edge loops from the border between skin and mouth
_LID_MARGIN = 3  # edge loops from the inside of the lids
_LOWEST = -0.25  # the body is kept above this height [m, base mesh]
# Rings below the rim of the body: depth below the rim [m], share of an ellipse in their shape, and size.
_FOOT = ((0.03, 0.3, 0.99), (0.06, 0.7, 0.97), (0.095, 1.0, 0.88), (0.12, 1.0, 0.68))
_PRESS = 0.0012  # how far the lower lip is raised to close the lips [m]
_FINER = 2  # how many times the triangles of the scalp are divided into four for the hair
_HAIR = {"human": 0.011, "toon": 0.020}  # thickness [m]
# Smaller displacements are dropped [m; length of a difference of unit normals].
_LEAST, _LEAST_NORMAL = 2e-5, 0.02


@dataclass(frozen=True, slots=True, eq=False)
class Eye:
    """An eyeball that looks along +z. centre (3,) and radius in metres."""

    centre: F64
    radius: float


@dataclass(frozen=True, slots=True, eq=False)
class Bust:
    """A mesh in the axes of glTF (x to its left, y up, z out of the face), metres, origin at the sellion.

    positions, normals (N, 3), uv (N, 2). offsets, normal_offsets (52, N, 3): displacements of
    positions and normals by each of BLENDSHAPES. follow (N,): 1 where a vertex moves with the head,
    0 with the chest. surfaces: triangles by material. eyes: left and right. lips, lids: (K, 3) the
    border of the lips and the margin of the left lids, as in `layout`.
    """

    positions: F32
    normals: F32
    uv: F32
    offsets: F32
    normal_offsets: F32
    follow: F64
    surfaces: Mapping[str, Triangles]
    eyes: tuple[Eye, Eye]
    lips: F64
    lids: F64


class _Piece(NamedTuple):
    """Triangles of one material; uv (V, 2) of all vertices at that time."""

    name: str
    triangles: Triangles
    uv: F64


@dataclass(slots=True)
class _Draft:
    """A mesh under construction, in the axes of `layout`: vertices and the pieces made of them."""

    base: F64  # (V, 3) on the base mesh
    points: F64  # (V, 3)
    offsets: F64  # (52, V, 3)
    follow: F64  # (V,)
    pieces: list[_Piece]

    def append(self, sources: Numbers) -> Numbers:
        """Add vertices at the means of others (M, n); returns their numbers."""
        first = len(self.points)
        self.base = np.concatenate([self.base, self.base[sources].mean(1)])
        self.points = np.concatenate([self.points, self.points[sources].mean(1)])
        self.offsets = np.concatenate([self.offsets, self.offsets[:, sources].mean(2)], axis=1)
        self.follow = np.concatenate([self.follow, self.follow[sources].mean(1)])
        return np.arange(first, len(self.points))


def build(head: Head, style: str, person: Identity) -> Bust:
    """The bust of a person in one of STYLES.

    Positions here, in `layout` and in `toon` use the size of the data; `_finish` scales the bust to
    life size.
    """
    face = head.neutral(toon.identity(person) if style == "toon" else person)
    offsets = head.animate(face, np.eye(len(BLENDSHAPES))) - face
    face, offsets = face / LIFE_SIZE, offsets / LIFE_SIZE
    if style == "toon":
        warp = toon.warp(head.data, face)
        offsets, face = warp(face + offsets) - warp(face), warp(face)
    face = _closed(head, face)
    turn = layout.turn_upright(head.data).T
    data = replace(head.data, base=head.data.base / LIFE_SIZE @ turn)
    draft = _Draft(data.base, face @ turn, offsets @ turn, data.follow, [])
    left, right = data.eyes
    eyes = (_eye(draft.points[left:right]), _eye(draft.points[right:]))
    _add_parts(draft, data, style)
    _add_foot(draft)
    _add_hair(draft, style)
    return _finish(draft, data, eyes)


def _eye(ball: F64) -> Eye:
    centre = ball.mean(0)
    # The original eyeball is a coarse polyhedron, so its lids are closer to the centre than those of a round ball.
    return Eye(LIFE_SIZE * _to_gltf(centre), 0.985 * LIFE_SIZE * float(np.linalg.norm(ball - centre, axis=1).mean()))


def _closed(head: Head, face: F64) -> F64:
    """The face with slightly pressed lips, so that no teeth are visible between them."""
    drop = -head.data.expression[INDEX["jawOpen"], :, 2]
    lower = np.clip(drop / drop[head.data.lip_ring == _LIP_BORDER].max(), 0, 1)
    near = np.clip((_LIP_BORDER - head.data.lip_ring) / 4, 0, 1)
    return np.asarray(face + np.outer(lower * near, [0, 0, _PRESS]))


def _to_gltf(points: F64) -> F64:
    return np.ascontiguousarray(points[..., [1, 2, 0]])


def _add_parts(draft: _Draft, data: HeadData, style: str) -> None:
    triangles = data.triangles.astype(np.int64)
    high = draft.base[triangles, 2].min(1) > _LOWEST
    for part, name in _SURFACES.items():
        if part == Part.LASHES_LOWER and style == "toon":
            continue
        chosen = triangles[(data.parts == part) & high]
        uv = _UV[name](data, part, np.unique(chosen))
        if name == "skin":
            lips = data.lip_ring[chosen].max(1) <= _LIP_BORDER
            draft.pieces.append(_Piece("lips", chosen[lips], uv))
            chosen = chosen[~lips]
        draft.pieces.append(_Piece(name, chosen, uv))


def _skin_uv(data: HeadData, _part: Part, _used: Numbers) -> F64:
    return layout.skin_uv(data.base)


def _body_uv(data: HeadData, _part: Part, _used: Numbers) -> F64:
    return layout.body_uv(data.base)


def _depth_uv(data: HeadData, _part: Part, used: Numbers) -> F64:
    """u: 0 at the front, 1 at the deepest point."""
    x = data.base[:, 0]
    front, back = x[used].max(), x[used].min()
    u = np.clip((front - x) / (front - back), 0, 1)
    return np.stack([u, np.full_like(u, 0.5)], axis=1)


def _teeth_uv(data: HeadData, part: Part, used: Numbers) -> F64:
    """u: along the arch, left to right; v: 0 at the gums, 1 at the biting edge."""
    x, y, z = data.base.T
    around = np.arctan2(y, x - x[used].min())
    v = (z - z[used].min()) / np.ptp(z[used])
    return np.stack([0.5 - around / np.pi, v if part == Part.TEETH_LOWER else 1 - v], axis=1)


def _lash_uv(data: HeadData, _part: Part, used: Numbers) -> F64:
    """u: around the eye; v: 0 at the roots, 1 at the tips."""
    base = data.base * [1, 0, 1] + np.abs(data.base) * [0, 1, 0]  # both eyes in one place
    margin = base[data.lid_ring == _LID_MARGIN]
    length = np.linalg.norm(base[:, None] - margin, axis=2).min(1)
    arm = base - margin.mean(0)
    around = np.arctan2(arm[:, 2], arm[:, 1])
    return np.stack([0.5 + around / (2 * np.pi), length / length[used].max()], axis=1)


_UV: Mapping[str, Callable[[HeadData, Part, Numbers], F64]] = {
    "skin": _skin_uv,
    "body": _body_uv,
    "mouth": _depth_uv,
    "socket": _depth_uv,
    "tongue": _depth_uv,
    "teeth": _teeth_uv,
    "lashes": _lash_uv,
}


def _add_foot(draft: _Draft) -> None:
    """Close and round the bust below the cut of the body."""
    body = next(piece.triangles for piece in draft.pieces if piece.name == "body")
    rim = min(mesh.rim(body), key=lambda loop: float(draft.base[loop, 2].mean()))
    draft.points[rim] = _even(draft.points[rim], 3)
    smooth = _even(draft.points[rim], 40)
    centre, half = _box(draft.points[rim])
    arm = (smooth - centre) / _box(smooth)[1]
    around = arm[:, :2] / np.linalg.norm(arm[:, :2], axis=1, keepdims=True)
    rings = [rim]
    for drop, roundness, size in _FOOT:
        ring = draft.append(rim[:, None])
        flat = (arm[:, :2] + roundness * (around - arm[:, :2])) * size * half[:2]
        height = smooth[:, 2] * (1 - roundness) + centre[2] * roundness - drop
        draft.points[ring] = np.column_stack([centre[:2] + flat, height])
        rings.append(ring)
    rings.append(np.repeat(draft.append(rings[-1][None]), len(rim)))
    triangles = np.concatenate([_band(upper, lower) for upper, lower in pairwise(rings)])
    whole = triangles[(np.diff(np.sort(triangles, axis=1), axis=1) > 0).all(1)]
    draft.pieces.append(_Piece("body", whole, layout.body_uv(draft.base)))


def _band(upper: Numbers, lower: Numbers) -> Triangles:
    """Triangles that join two rings."""
    a, b, c, d = upper, np.roll(upper, -1), np.roll(lower, -1), lower
    return np.concatenate([np.stack([b, a, d], axis=1), np.stack([b, d, c], axis=1)])


def _box(points: F64) -> tuple[F64, F64]:
    """Centre and half size of the box around points."""
    low, high = points.min(0), points.max(0)
    return (low + high) / 2, (high - low) / 2


def _even(loop: F64, times: int) -> F64:
    """Smooth a closed line."""
    for _ in range(times):
        loop = (np.roll(loop, 1, axis=0) + 2 * loop + np.roll(loop, -1, axis=0)) / 4
    return loop


def _add_hair(draft: _Draft, style: str) -> None:
    """Add hair: a subdivided copy of the scalp, lifted where hair grows and sunk below the skin elsewhere."""
    skin = next(piece.triangles for piece in draft.pieces if piece.name == "skin")
    depth = layout.hair_depth(style, *layout.directions(draft.base))
    scalp = skin[depth[skin].max(1) > -0.004]
    up = mesh.normals(draft.points, scalp)
    used, cap = np.unique(scalp, return_inverse=True)
    numbers = draft.append(used[:, None])
    cap = numbers[cap.reshape(-1, 3)]
    up = np.concatenate([up, up[used]])
    for _ in range(_FINER):
        cap, ends = mesh.midpoints(cap, len(draft.points))
        draft.append(ends)
        up = np.concatenate([up, up[ends].mean(1)])
    away, around = layout.directions(draft.base)
    height = np.clip(layout.hair_depth(style, away, around) / 0.012, -0.3, 1) * _HAIR[style]
    draft.points[numbers[0] :] += (up * height[:, None])[numbers[0] :]
    uv = np.stack([0.5 + around / (2 * np.pi), away / np.pi], axis=1)
    draft.pieces.append(_Piece("hair", cap, uv))


def _finish(draft: _Draft, data: HeadData, eyes: tuple[Eye, Eye]) -> Bust:
    places, offsets = _to_gltf(draft.points), _to_gltf(draft.offsets)
    normals, turned = _normals(draft, places, offsets)
    source, uv, surfaces = _merge(draft.pieces)
    return Bust(
        positions=(LIFE_SIZE * places[source]).astype(np.float32),
        normals=normals[source].astype(np.float32),
        uv=uv,
        offsets=_without_little(LIFE_SIZE * offsets[:, source], _LEAST),
        normal_offsets=_without_little(turned[:, source], _LEAST_NORMAL),
        follow=draft.follow[source],
        surfaces=surfaces,
        eyes=eyes,
        lips=data.base[data.lip_ring == _LIP_BORDER],
        lids=data.base[(data.lid_ring == _LID_MARGIN) & (data.base[:, 1] > 0)],
    )


def _normals(draft: _Draft, places: F64, offsets: F64) -> tuple[F64, F64]:
    """(V, 3) normals at rest, and (52, V, 3) their changes by each shape."""
    triangles = np.concatenate([piece.triangles for piece in draft.pieces])
    normals = mesh.normals(places, triangles)
    turned = np.stack([mesh.normals(places + offset, triangles) for offset in offsets]) - normals
    teeth = np.unique(np.concatenate([piece.triangles for piece in draft.pieces if piece.name == "teeth"]))
    normals[teeth], turned[:, teeth] = _outwards(places[teeth]), 0
    return normals, turned


def _merge(pieces: list[_Piece]) -> tuple[Numbers, F32, dict[str, Triangles]]:
    """Make one vertex for each used pair of point and uv: its point (N,), its uv (N, 2); triangles by material."""
    corners = [np.column_stack([flat, p.uv[flat].astype(np.float32)]) for p in pieces for flat in [p.triangles.ravel()]]
    rows, numbers = np.unique(np.concatenate(corners), axis=0, return_inverse=True)
    ends = np.cumsum([len(piece.triangles) for piece in pieces])
    surfaces: dict[str, Triangles] = {}
    for piece, triangles in zip(pieces, np.split(numbers.reshape(-1, 3), ends[:-1]), strict=True):
        known = surfaces.get(piece.name)
        surfaces[piece.name] = triangles if known is None else np.concatenate([known, triangles])
    return rows[:, 0].astype(np.int64), rows[:, 1:].astype(np.float32), surfaces


def _outwards(teeth: F64) -> F64:
    """Outward normals of a dental arch; front and back of its thin strips share vertices."""
    arm = (teeth - [0, 0, teeth[:, 2].min() - 0.005]) * [1, 0, 1]
    return np.asarray(arm / np.linalg.norm(arm, axis=1, keepdims=True))


def _without_little(values: F64, least: float) -> F32:
    return np.where(np.linalg.norm(values, axis=-1, keepdims=True) < least, 0, values).astype(np.float32)
