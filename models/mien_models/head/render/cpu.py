"""Draw pictures of heads on the CPU; the torch renderer reproduces these pictures."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from mien_models.errors import ModelError
from mien_models.head import kernels
from mien_models.head.appearance import paint as painting
from mien_models.head.appearance.accessory import Accessory
from mien_models.head.appearance.chart import Chart
from mien_models.head.appearance.paint import PaintedHead
from mien_models.head.appearance.parameters import Appearance
from mien_models.head.appearance.surface import (
    CUP,
    FRAME,
    HAIR,
    HAND,
    LENS,
    MASK,
    SKIN_WIDTH,
    Surface,
    Texture,
    texture_of,
)
from mien_models.head.appearance.wrinkles import Folds
from mien_models.head.model.data import Part
from mien_models.head.model.head import Head
from mien_models.head.model.visibility import harmonics, normals_of
from mien_models.head.render.setting import Camera, Lighting, Setting
from mien_models.head.render.shadows import Shadow

F32 = NDArray[np.float32]
F64 = NDArray[np.float64]
U8 = NDArray[np.uint8]
I32 = NDArray[np.int32]

SAMPLES = 2  # across a pixel
NEAREST = 0.05  # [m]
LASHES = (Part.LASHES_UPPER, Part.LASHES_LOWER)
LAYERS = (*LASHES, HAIR, LENS)
OPEN_SIDES = (Part.TEETH_UPPER, Part.TEETH_LOWER, FRAME, MASK, CUP, *LAYERS)
INSIDES = tuple(p for p in Part if p not in (Part.SKIN, Part.TORSO))

HELD_SHADOW = 0.6

# sharpness, mirrored straight on and at a grazing angle, wrap of R, G, B, gloss (negative: the texture
# has opacity), cornea (-1: both sides are lit, -2: the inside is dark), covers (1: hides what is below)
_SKIN = (20.0, 0.040, 0.40, 0.30, 0.12, 0.07, 1.0, 0.0, 0.0)
_WET = (60.0, 0.035, 0.50, 0.20, 0.10, 0.10, 1.0, 0.0, 0.0)
_TOOTH = (60.0, 0.045, 0.40, 0.35, 0.33, 0.30, 1.0, -1.0, 0.0)
_LASH = (20.0, 0.02, 0.02, 0.2, 0.2, 0.2, -0.2, -1.0, 0.0)
_MATERIALS = {
    Part.SKIN: _SKIN,
    Part.TORSO: _SKIN,
    Part.MOUTH: _WET,
    Part.SOCKET: _WET,
    Part.TEETH_UPPER: _TOOTH,
    Part.TEETH_LOWER: _TOOTH,
    Part.TONGUE: (30.0, 0.035, 0.4, 0.25, 0.12, 0.10, 1.0, 0.0, 0.0),
    Part.LASHES_UPPER: _LASH,
    Part.LASHES_LOWER: _LASH,
    Part.EYE_LEFT: (900.0, 0.030, 0.6, 0.35, 0.30, 0.30, 1.0, 1.0, 0.0),
    Part.EYE_RIGHT: (900.0, 0.030, 0.6, 0.35, 0.30, 0.30, 1.0, 2.0, 0.0),
    HAIR: (12.0, 0.025, 0.08, 0.25, 0.25, 0.25, 0.9, -2.0, 1.0),
    FRAME: (80.0, 0.05, 0.5, 0.1, 0.1, 0.1, 1.0, -1.0, 0.0),
    LENS: (600.0, 0.08, 1.0, 0.1, 0.1, 0.1, -1.0, -1.0, 1.0),
    HAND: _SKIN,
    MASK: (8.0, 0.02, 0.05, 0.35, 0.35, 0.35, 1.0, -1.0, 0.0),
    CUP: (60.0, 0.04, 0.5, 0.1, 0.1, 0.1, 1.0, -1.0, 0.0),
}


@dataclass(frozen=True, slots=True, eq=False)
class Picture:
    """A rendered picture and its buffers.

    image (H, W, 3) uint8 RGB. depth (H, W) [m], 0 for background. triangle (H, W): index into
    the renderer's triangles, -1 for background; those of accessories follow those of the head.
    shares (H, W, 2): barycentric shares of the triangle's first two corners. cover (H, W): opacity
    of hair or lenses in front, which triangle and depth ignore.
    """

    image: U8
    depth: F32
    triangle: I32
    shares: F32
    cover: F32


class CpuRenderer:
    """Draws painted heads on one core; needs numba."""

    def __init__(self, head: Head, *, small: bool = False) -> None:
        """`small` paints people at half the resolution, four times as fast: for faces below 300 pixels.

        Raises ModelError when numba is not installed.
        """
        if not kernels.COMPILED:
            raise ModelError("drawing faces on the CPU needs numba: pip install numba")
        self.surface = Surface.of(head)
        chart = Chart.of(self.surface)
        self._chart = chart.halved() if small else chart
        parts = len(_MATERIALS)
        self.materials = np.array([(*_MATERIALS[p], p in INSIDES) for p in range(parts)], np.float64)
        self.texture_of = np.array([texture_of(p) for p in range(parts)], np.int64)
        # Parts with opacity are drawn last.
        layered = np.isin(self.surface.parts, LAYERS)
        self._order = np.concatenate([np.flatnonzero(~layered), np.flatnonzero(layered)])
        self.opaque = int((~layered).sum())
        self.triangles = self.surface.triangles[self._order]
        self.parts = self.surface.parts[self._order]
        self.uv = self.surface.uv[self._order]
        self.texels_per_metre = _density(self.surface) / 2**self._chart.halvings
        self.mouth = np.unique(
            self.triangles[np.isin(self.parts, (Part.MOUTH, Part.TEETH_UPPER, Part.TEETH_LOWER, Part.TONGUE))]
        )
        ring, base = head.data.lip_ring, head.data.base
        lips = np.flatnonzero(ring == 1)
        # The opening of the mouth: upper and lower lip in the middle, left and right corner.
        self.opening = (*head.data.lips, lips[np.argmax(base[lips, 1])], lips[np.argmin(base[lips, 1])])
        self.folds = np.flatnonzero((head.data.lid_ring >= 4) & (head.data.lid_ring <= 9))
        self.inner_lips = np.flatnonzero((ring >= 0) & (ring < 5))
        self.inner_share = np.clip((5 - ring[self.inner_lips]) / 3, 0, 1).astype(np.float64)
        self._head = head.data
        self._folds = Folds(self.surface.template)

    def paint(self, appearance: Appearance) -> PaintedHead:
        """Paint a person; needed once per person, not per picture."""
        return painting.paint(self.surface, self._chart, appearance)

    def render(
        self,
        painted: PaintedHead,
        vertices: F64,
        pose: F64,
        setting: Setting,
        expression: F64 | None = None,
    ) -> Picture:
        """One picture of `vertices` (V, 3) in the camera frame, of a head at `pose` (4, 4).

        expression: weights (52,) by BLENDSHAPES, which wrinkle the skin of heads whose appearance
        has `creases`.
        """
        camera, lighting, background, held = setting.camera, setting.lighting, setting.background, setting.held
        rotation = pose[:3, :3]
        things = (*painted.accessories, *held)
        points, triangles, parts, uv = self._dressed(things, vertices, rotation)
        shaded = self._shading(points, triangles, len(vertices), things, rotation, pose[:3, 3], lighting)
        shown = np.zeros((len(points), 1), np.float32)
        if expression is not None:
            shown[: len(vertices), 0] = painted.appearance.creases * self._folds(expression)
        shaded = np.concatenate([shaded, shown], axis=1)
        if background is None:
            background = np.full((camera.height, camera.width, 3), 0.5, np.float32)
        background = np.ascontiguousarray(background, np.float32)
        picture = Picture(
            np.asarray(cv2.convertScaleAbs(background, alpha=255.0), np.uint8),
            np.zeros((camera.height, camera.width), np.float32),
            np.full((camera.height, camera.width), -1, np.int32),
            np.zeros((camera.height, camera.width, 2), np.float32),
            np.zeros((camera.height, camera.width), np.float32),
        )

        seen = points[:, 2] > NEAREST
        inverse = np.where(seen, 1 / np.where(seen, points[:, 2], 1), 0)
        scale = SAMPLES * kernels.SUBPIXEL
        x = np.rint((points[:, 0] * inverse * camera.fx + camera.cx) * scale).astype(np.int64)
        y = np.rint((points[:, 1] * inverse * camera.fy + camera.cy) * scale).astype(np.int64)
        # Only the rectangle around the head is drawn.
        left, width = _extent(x[seen], scale, camera.width)
        top, height = _extent(y[seen], scale, camera.height)
        if not width or not height:
            return picture
        x -= left * scale
        y -= top * scale
        cull = ~np.isin(parts, OPEN_SIDES)
        size = (height * SAMPLES, width * SAMPLES)
        keys, layer = np.zeros(size, np.int64), np.zeros(size, np.int64)
        level = self._level(camera, pose)
        textures = tuple(levels[min(level, len(levels) - 1)] for levels in painted.textures)
        opacities = tuple(np.ascontiguousarray(textures[t][:, :, 3]) for t in (Texture.DETAIL, Texture.HAIR))
        holes = np.where(parts == HAIR, 1, np.where(np.isin(parts, LASHES), 0, -1))
        # Opaque parts first, then the covers over them.
        layered = np.isin(parts, LAYERS)
        starts = np.flatnonzero(np.diff(layered, prepend=~layered[:1]))
        runs = [(int(a), int(b), bool(layered[a])) for a, b in zip(starts, [*starts[1:], len(parts)], strict=True)]
        for over in (False, True):
            for first, last, is_layer in runs:
                if is_layer == over:
                    mine, other = (layer, keys) if over else (keys, layer)
                    kernels.rasterise(x, y, inverse, triangles, first, last, cull, mine, other, holes, uv, opacities)

        # Held things cast a hard shadow; without it they would look pasted on.
        hard = max(lighting.hard, HELD_SHADOW if held else 0.0)
        shadow = Shadow.none()
        if hard > 0 and len(lighting.directions):
            casts = ~np.isin(parts, (*INSIDES, LENS))
            shadow = Shadow.of(
                points, triangles[casts], cull[casts], holes[casts], uv[casts], opacities,
                pose[:3, 3], lighting.directions[0], hard,
            )  # fmt: skip
        folds = painted.folds[min(max(level - 1, 0), len(painted.folds) - 1)]
        lights = np.concatenate([lighting.directions, lighting.colours], axis=1)
        kernels.resolve(
            keys, layer, x, y, inverse, triangles, parts, uv, shaded, textures, self.texture_of, self.materials,
            self._axes(vertices), lights, lighting.around, np.array([camera.fx, camera.fy, camera.cx, camera.cy]),
            left, top, folds, np.ascontiguousarray(rotation), shadow.nearest, shadow.frame, shadow.hard,
            background, picture.image, picture.depth, picture.triangle, picture.shares,
            picture.cover,
        )  # fmt: skip
        return picture

    def _dressed(self, things: Sequence[Accessory], vertices: F64, rotation: F64) -> tuple[F64, I32, U8, F32]:
        """Points, triangles, their parts and uv of a head and its accessories."""
        points, triangles, parts, uv = [vertices], [self.triangles], [self.parts], [self.uv]
        if things:
            normals = normals_of(vertices, self.triangles[: self.opaque])
        count = len(vertices)
        for thing in things:
            points.append(thing.place(vertices, normals, rotation))
            triangles.append(thing.triangles + np.int32(count))
            parts.append(np.full(len(thing.triangles), thing.part, np.uint8))
            uv.append(thing.uv)
            count += len(points[-1])
        return np.concatenate(points), np.concatenate(triangles), np.concatenate(parts), np.concatenate(uv)

    def _shading(
        self,
        points: F64,
        triangles: I32,
        count: int,
        things: Sequence[Accessory],
        rotation: F64,
        origin: F64,
        lighting: Lighting,
    ) -> F32:
        """Per vertex: normal, share of the surroundings' light, share of each light."""
        normals = normals_of(points, triangles)
        face = (points[:count] - origin) @ rotation
        ambient = self._head.ambient.astype(np.float64)
        reach = np.clip(self._head.shadow @ harmonics(np, lighting.directions @ rotation).T, 0, 1)
        # Skin that is hidden in the fold of an open lid is lit when the lid closes.
        ambient[self.folds] = np.maximum(ambient[self.folds], 0.6)
        reach[self.folds] = np.maximum(reach[self.folds], 0.5)
        eyes = self._lid_shade(face)
        first = self._head.eyes[0]
        ambient[first:] = eyes
        reach[first:] = eyes[:, None]
        within = self._mouth_light(face[self.mouth], face)
        ambient[self.mouth] = within
        reach[self.mouth] = within[:, None]
        lips = self.inner_share * self._mouth_light(face[self.inner_lips], face)
        ambient[self.inner_lips] = np.maximum(ambient[self.inner_lips], lips)
        reach[self.inner_lips] = np.maximum(reach[self.inner_lips], lips[:, None])
        for thing in things:
            ambient = np.concatenate([ambient, np.maximum(ambient[thing.root], thing.ambient)])
            reach = np.concatenate([reach, np.maximum(reach[thing.root], thing.reach)])
        return np.concatenate([normals, ambient[:, None], reach], axis=1).astype(np.float32)

    def _mouth_light(self, points: F64, face: F64) -> F64:
        """Share of the light that falls through the open lips onto points in the mouth, in face axes.

        The form factor of an opening of area A at distance r, A / (A + π r²), where r is the
        distance to its nearest point.
        """
        upper, lower, left, right = (face[i] for i in self.opening)
        centre = (upper + lower) / 2
        height, width = max(float(upper[2] - lower[2]), 0.0), float(left[1] - right[1])
        area = 0.25 * np.pi * height * width
        away = points - centre
        inwards = np.minimum(away[:, 0], 0) + 0.002
        aside = np.maximum(np.abs(away[:, 1]) - 0.40 * width, 0)
        above = np.maximum(np.abs(away[:, 2]) - 0.45 * height, 0)
        return np.asarray(area / (area + np.pi * (inwards**2 + aside**2 + 2.0 * above**2) + 1e-9))

    def _lid_shade(self, face: F64) -> F64:
        """Share of light on the eyeballs' vertices below the shading upper lids. `face` is in face axes."""
        left, right = self._head.eyes
        shade = []
        for ball, lids in ((face[left:right], self._head.lids[0]), (face[right:], self._head.lids[1])):
            centre = ball.mean(0)
            margin = face[lids[0]].mean(0) - centre
            ray = ball - centre
            below = np.arctan2(margin[2], margin[0]) - np.arctan2(ray[:, 2], np.maximum(ray[:, 0], 1e-4))
            aside = np.abs(ray[:, 1]) / np.linalg.norm(ray, axis=1)
            shade.append((0.50 + 0.50 * np.clip((below + 0.05) / 0.40, 0, 1)) * (1 - 0.3 * aside**2))
        return np.concatenate(shade)

    def _axes(self, vertices: F64) -> F64:
        """Axes of both corneas in the camera frame."""
        left, right = self._head.eyes
        axes = []
        for ball in (slice(left, right), slice(right, len(vertices))):
            rest = self._head.base[ball] - self._head.base[ball].mean(0)
            now = vertices[ball] - vertices[ball].mean(0)
            axis = now.T @ rest[:, 0]
            axes.append(axis / np.linalg.norm(axis))
        return np.array(axes)

    def _level(self, camera: Camera, pose: F64) -> int:
        """The mip level of the textures with about one texel per pixel."""
        pixels_per_metre = camera.fy / max(float(pose[2, 3]), NEAREST)
        return max(0, int(np.floor(np.log2(self.texels_per_metre / pixels_per_metre) + 0.25)))


def _extent(positions: NDArray[np.int64], scale: int, limit: int) -> tuple[int, int]:
    """First pixel and number of pixels that snapped positions cover, within `limit` pixels."""
    if not len(positions):
        return 0, 0
    first = int(np.clip(positions.min() // scale, 0, limit))
    return first, int(np.clip(positions.max() // scale + 1, first, limit)) - first


def _density(surface: Surface) -> float:
    """Texels of SKIN per metre in the middle of the face."""
    near = (surface.parts == Part.SKIN) & (np.abs(surface.template[surface.triangles]).max((1, 2)) < 0.07)
    corners, uv = surface.template[surface.triangles[near]], surface.uv[near] * (SKIN_WIDTH, SKIN_WIDTH)
    area = np.linalg.norm(np.cross(corners[:, 1] - corners[:, 0], corners[:, 2] - corners[:, 0]), axis=1).sum()
    a, b = uv[:, 1] - uv[:, 0], uv[:, 2] - uv[:, 0]
    return float(np.sqrt(np.abs(a[:, 0] * b[:, 1] - a[:, 1] * b[:, 0]).sum() / area))
