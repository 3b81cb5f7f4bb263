"""Draw a GLB or VRM figure by its morph targets, on the CPU: z-buffer, texture, two lights."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import cv2
import numpy as np
from numpy.typing import NDArray

from mien_models.animator.frame import EYES_PX, MIDDLE_PX, PICTURE
from mien_models.animator.glb import Model, Piece
from mien_models.avatars import mesh
from mien_models.errors import ModelError
from mien_models.head import kernels

F32 = NDArray[np.float32]
F64 = NDArray[np.float64]
U8 = NDArray[np.uint8]

_SAMPLES = 2  # across a pixel
_AWAY = 10.0  # of the camera, in distances of the eyes
_LARGEST = 512  # side of a texture [px]; a face shows a sixth of that
_LIGHTS = ((np.array([0.45, 0.55, 0.7]), 0.55), (np.array([-0.7, 0.1, 0.7]), 0.2))
_AMBIENT = 0.42
_BACKGROUND = 0.5
_LOOKS = {"out": (0, 1.0), "in": (0, -1.0), "up": (1, 1.0), "down": (1, -1.0)}  # yaw and pitch of the left eye


class MeshFigure:
    """A model whose morph targets are mixed by `names`: rows of `mix`, weights of morph targets by target.

    Raises ModelError where the eyes are not found, or a morph target that is not there is mixed.
    """

    def __init__(
        self, model: Model, names: Sequence[str], mix: Mapping[str, Mapping[str, float]] | None = None
    ) -> None:
        if not kernels.COMPILED:
            raise ModelError("drawing avatars on the CPU needs numba: pip install numba")
        if model.eyes is None:
            raise ModelError(
                "no eyes are found: the file needs nodes leftEye and rightEye, VRM bones of these names, or morph "
                "targets eyeBlinkLeft and eyeBlinkRight"
            )
        there = {name: i for i, name in enumerate(model.morphs)}
        self._mix = np.zeros((len(names), len(there)))
        for i, name in enumerate(names):
            for morph, weight in ({name: 1.0} if mix is None else mix.get(name, {})).items():
                if morph not in there:
                    raise ModelError(f"target {name}: the figure has no morph target {morph}")
                self._mix[i, there[morph]] = weight
        self._gaze = np.zeros((2, 2, len(there)))  # eye × yaw and pitch × morph [rad]
        for way, (axis, sign) in _LOOKS.items():
            for side, word in enumerate(("Left", "Right")):
                if (morph := f"eyeLook{way.capitalize()}{word}") in there:
                    turn = np.radians(model.look_deg.get(way, 0.0)) * sign
                    self._gaze[side, axis, there[morph]] = -turn if side and not axis else turn
        self._gather(model.pieces, there)
        self._eyes = model.eyes
        between = float(np.linalg.norm(model.eyes[0] - model.eyes[1]))
        if not between > 0:
            raise ModelError("both eyes of the figure are at one place; export it with eye bones")
        self._distance = _AWAY * between
        self._at = model.eyes.mean(0)
        self._focal = EYES_PX * _AWAY * _SAMPLES

    def _gather(self, pieces: Sequence[Piece], there: Mapping[str, int]) -> None:
        starts = np.cumsum([0, *(len(p.points) for p in pieces)])
        self._points = np.concatenate([p.points for p in pieces])
        moves = np.zeros((len(there), len(self._points), 3), np.float32)
        for piece, start in zip(pieces, starts, strict=False):
            for name, moved in piece.morphs.items():
                moves[there[name], start : start + len(moved)] = moved
        used = moves.any(axis=(0, 2))
        self._moving = np.flatnonzero(used)
        self._moves: F32 = moves[:, self._moving].reshape(len(there), -1)
        # Opaque pieces first: what is behind a clear texel must be there.
        order = sorted(range(len(pieces)), key=lambda i: pieces[i].see_through)
        self._triangles = np.concatenate([pieces[i].triangles + starts[i] for i in order]).astype(np.int32)
        counts = [len(pieces[i].triangles) for i in order]
        self._piece = np.repeat(order, counts)
        self._cull = np.repeat([not pieces[i].two_sided for i in order], counts)
        self._uv = np.concatenate([p.uv for p in pieces])
        self._of_eye = np.concatenate([np.full(len(p.points), p.eye) for p in pieces])
        self._colours = np.array([p.colour[:3] for p in pieces])
        self._textures = [None if p.texture is None else _smaller(p.texture) for p in pieces]
        clear = [i for i in order if pieces[i].see_through and self._textures[i] is not None]
        hole = np.full(len(pieces), -1)
        hole[clear] = np.arange(len(clear))
        self._holes = hole[self._piece]
        maps = [np.ascontiguousarray(t[:, :, 3]) for i in clear if (t := self._textures[i]) is not None]
        self._opacities = tuple(maps) or (np.zeros((1, 1), np.uint8),)
        corners = self._uv[self._triangles]
        self._corner_uv = np.ascontiguousarray(corners, np.float32)

    def render(self, weights: F32) -> U8:
        """Pictures (N, 96, 96, 3) RGB of targets (N, T) in [0, 1]."""
        return np.array([self._draw(w) for w in np.asarray(weights, np.float64) @ self._mix])

    def _draw(self, morphs: F64) -> U8:
        points = self._points.copy()
        points[self._moving] += (morphs.astype(np.float32) @ self._moves).reshape(-1, 3)
        for side in (0, 1):
            yaw, pitch = self._gaze[side] @ morphs
            turned = self._of_eye == side
            if turned.any() and (yaw or pitch):
                points[turned] = (points[turned] - self._eyes[side]) @ _turn(yaw, pitch).T + self._eyes[side]
        normals = mesh.normals(points, self._triangles.astype(np.int64))
        away = points - self._at
        depth = self._distance - away[:, 2]
        seen = depth > 0.05 * self._distance
        inverse = np.where(seen, 1 / np.where(seen, depth, 1), 0.0)
        scale = kernels.SUBPIXEL
        x = np.rint((away[:, 0] * inverse * self._focal + MIDDLE_PX[0] * _SAMPLES) * scale).astype(np.int64)
        y = np.rint((MIDDLE_PX[1] * _SAMPLES - away[:, 1] * inverse * self._focal) * scale).astype(np.int64)
        side_px = PICTURE * _SAMPLES
        keys, behind = np.zeros((side_px, side_px), np.int64), np.zeros((side_px, side_px), np.int64)
        inverse = inverse * self._distance / _AWAY  # the kernel keeps 1/depth in metres of a life-size head
        kernels.rasterise(
            x, y, inverse, self._triangles, 0, len(self._triangles), self._cull, keys, behind, self._holes,
            self._corner_uv, self._opacities,
        )  # fmt: skip
        return self._resolve(keys, x, y, inverse, normals)

    def _resolve(
        self, keys: NDArray[np.int64], x: NDArray[np.int64], y: NDArray[np.int64], inverse: F64, normals: F64
    ) -> U8:
        rows, columns = np.nonzero(keys)
        triangle = (keys[rows, columns] & ((1 << kernels.TRIANGLE_BITS) - 1)).astype(np.intp)
        corners = self._triangles[triangle]
        px, py = (columns + 0.5) * kernels.SUBPIXEL, (rows + 0.5) * kernels.SUBPIXEL
        cx, cy = x[corners].astype(np.float64), y[corners].astype(np.float64)
        shares = np.empty((len(rows), 3))
        for i in range(3):
            j, k = (i + 1) % 3, (i + 2) % 3
            shares[:, i] = ((cx[:, j] - px) * (cy[:, k] - py) - (cx[:, k] - px) * (cy[:, j] - py)) * inverse[
                corners[:, i]
            ]
        shares /= shares.sum(1, keepdims=True)
        normal = (normals[corners] * shares[:, :, None]).sum(1)
        normal /= np.maximum(np.linalg.norm(normal, axis=1, keepdims=True), 1e-9)
        normal *= np.where(normal[:, 2:] < 0, -1, 1)
        light = np.full(len(rows), _AMBIENT)
        for direction, strength in _LIGHTS:
            light += strength * np.maximum(normal @ (direction / np.linalg.norm(direction)), 0)
        uv = (self._uv[corners] * shares[:, :, None]).sum(1)
        colour = np.empty((len(rows), 3))
        piece = self._piece[triangle]
        for i in np.unique(piece):
            mine = piece == i
            colour[mine] = self._colours[i] * _sampled(self._textures[i], uv[mine])
        image = np.full((*keys.shape, 3), _BACKGROUND**2.2)
        image[rows, columns] = colour * light[:, None]
        image = image.reshape(PICTURE, _SAMPLES, PICTURE, _SAMPLES, 3).mean((1, 3))
        return np.asarray(np.rint(np.clip(image, 0, 1) ** (1 / 2.2) * 255), np.uint8)


def _smaller(texture: U8) -> U8:
    side = max(texture.shape[:2])
    if side <= _LARGEST:
        return texture
    scale = _LARGEST / side
    size = max(int(texture.shape[1] * scale), 1), max(int(texture.shape[0] * scale), 1)
    return np.asarray(cv2.resize(texture, size, interpolation=cv2.INTER_AREA), np.uint8)


def _sampled(texture: U8 | None, uv: F64) -> F64:
    """(N, 3) linear colours of a texture (sRGB) at uv, nearest texel, repeated beyond its borders."""
    if texture is None:
        return np.ones((len(uv), 3))
    height, width = texture.shape[:2]
    inside = np.where((uv >= 0) & (uv <= 1), uv, uv - np.floor(uv))
    column = np.minimum((inside[:, 0] * width).astype(np.intp), width - 1)
    row = np.minimum((inside[:, 1] * height).astype(np.intp), height - 1)
    return np.asarray((texture[row, column, :3] / 255.0) ** 2.2)


def _turn(yaw: float, pitch: float) -> F64:
    """Rotation of an eye that looks along +z: to its left, then up."""
    sy, cy, sp, cp = np.sin(yaw), np.cos(yaw), np.sin(-pitch), np.cos(pitch)
    return np.array([[cy, sy * sp, sy * cp], [0, cp, -sp], [-sy, cy * sp, cy * cp]])
