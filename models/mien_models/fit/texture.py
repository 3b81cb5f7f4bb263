"""The skin of a fitted face, carried from its pictures into the chart of the head, with the light divided out.

Two heads are drawn as the fit has them: a white one that does not shine, and a black one that does. The first
tells how much light each texel gets, the second what the skin only mirrors; shadows are in both. What a picture
shows, less the mirrored light and divided by the light, is the skin. Skin tells who somebody is: it is private,
and is never shown with an expression that the person did not have.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import cv2
import numpy as np
import torch
from numpy.typing import NDArray

from mien_models.fit.descent import view_of
from mien_models.fit.likeness import Light, Likeness
from mien_models.fit.picture import Picture
from mien_models.fit.projection import posed
from mien_models.head.appearance.paint import PaintedHead
from mien_models.head.appearance.surface import Surface
from mien_models.head.appearance.texels import Texels
from mien_models.head.appearance.texture import levels
from mien_models.head.model.data import Part
from mien_models.head.model.landmarks import Landmarks
from mien_models.head.model.visibility import normals_of
from mien_models.head.render_torch.batch import Cameras, Settings
from mien_models.head.render_torch.heads import PaintedHeads
from mien_models.head.render_torch.light import Lights
from mien_models.spaces import mesh478

F32 = NDArray[np.float32]
F64 = NDArray[np.float64]
U8 = NDArray[np.uint8]

_WHITE = 0.25  # reflectance of the white head: strong light would saturate a whiter one
_LEAST_LIGHT = 0.35  # texels with less light than this share of the median are not read
_MIRRORED = 0.4  # the largest share of a pixel that may be mirrored light
_BEHIND_M = 0.006  # behind what the camera sees: hidden
_FACING, _FULL = 0.2, 0.6  # cosine from which a texel is read, and read fully
_DOUBT = 0.15  # weight where the picture is unlike the fit: a hand, or a beard
_REACH = 0.035  # [sides of the crop] of a landmark's error on the texels around it
_GRID = 56  # cells across of the map of these errors
_MARGIN = 0.02  # [sides of the crop] within the outline of a face where its edge is left out
_LOW = 1 / 16  # [widths of the chart] standard deviation of colour as opposed to detail
_COARSER = 8


@dataclass(frozen=True, slots=True, eq=False)
class Skin:
    """A carried skin.

    rgba (H, W, 4) uint8 in the chart of the head: reflectance with gamma 2, and the share of each texel that was seen
    in the pictures; the rest is filled in. seen: that share over the front of the face. renders (N, S, S, 3) in [0, 1]:
    the head with this skin in the N pictures, each as it was fitted. unlike (N,): mean differences of picture and
    render where both show the face, as a share of the range.
    """

    rgba: U8
    seen: float
    renders: F32
    unlike: F64


@dataclass(frozen=True, slots=True, eq=False)
class Drawn:
    """Heads in one picture: vertices (V, 3) [m] in the camera's frame, pixels (V, 2), images (H, S, S, 3) uint8, and
    depth (S, S) [m], 0 for background.
    """

    vertices: F64
    pixels: F64
    images: U8
    depth: F32


class Carrier:
    """Carries skin. Loading takes a tenth of a second; a picture takes some two seconds of one core."""

    def __init__(self, likeness: Likeness) -> None:
        self._like, self._surface = likeness, likeness.renderer.surface
        self._texels: Texels | None = None

    def __call__(
        self, pictures: Sequence[Picture], person: F64, own: F64, landmarks: F64, light: Light, mask: F32
    ) -> Skin:
        """The skin of N pictures of one person, of their `Fit`. Fine pictures give a finer skin; see `Picture`."""
        with torch.no_grad():
            return self._carry(pictures, person, own, landmarks, light, mask)

    def _carry(
        self, pictures: Sequence[Picture], person: F64, own: F64, landmarks: F64, light: Light, mask: F32
    ) -> Skin:
        painted = self._like.painted_skin(pictures)
        base = painted.textures[0][0]
        if self._texels is None:
            self._texels = Texels.of(self._surface, (Part.SKIN,), base.shape[:2])
            self._front = _front(self._surface, self._texels)
        white, black = np.zeros_like(base), base.copy()
        white[..., :3] = round(255 * float(np.sqrt(_WHITE)))
        black[..., :3] = 0
        plain = self._like.renderer.stack([_with(painted, white), _with(painted, black)])
        drawn = [self.drawn(plain, person, own, pictures, light, i) for i in range(len(pictures))]
        seen = [
            _seen(picture, one, self._texels, self._surface.triangles, landmarks[i], mask[i])
            for i, (picture, one) in enumerate(zip(pictures, drawn, strict=True))
        ]
        colour, sure = _mean([one[0] for one in seen], [one[1] for one in seen])
        paint = np.asarray((base[..., :3] / 255) ** 2, np.float32)
        rgba = np.empty(base.shape, np.uint8)
        filled = _filled(_evened(colour, sure), sure, paint, self._front)
        rgba[..., :3] = np.rint(255 * np.sqrt(np.clip(filled, 0, 1)))
        rgba[..., 3] = base[..., 3]
        worn = self._like.renderer.stack([_with(painted, rgba)])
        rgba[..., 3] = np.rint(255 * sure)
        shown, unlike = [], []
        for i, picture in enumerate(pictures):
            one, image = self.drawn(worn, person, own, pictures, light, i), _image(picture)
            there = (cv2.resize(mask[i], image.shape[:2]) > 0.5) & (one.depth > 0)
            render = np.where(there[..., None], one.images[0], image).astype(np.float32) / 255
            unlike.append(float(np.abs(render - image / 255)[there].mean()) if there.any() else float("nan"))
            shown.append(cv2.resize(render, picture.crop.shape[:2], interpolation=cv2.INTER_AREA))
        share = float(sure[self._front > 0].mean())
        return Skin(rgba, share, np.asarray(shown, np.float32), np.array(unlike))

    def drawn(
        self, heads: PaintedHeads, person: F64, own: F64, pictures: Sequence[Picture], light: Light, i: int
    ) -> Drawn:
        """All the heads in place of the face of picture i."""
        view = view_of(pictures[i : i + 1])
        there = torch.as_tensor(own[i : i + 1])
        pose, focal = posed(there, view)
        vertices = self._like.face.vertices(torch.as_tensor(person[None]), there, pose)
        side, count = len(_image(pictures[i])), len(heads)
        values = side * torch.stack([focal, focal, view.centre[:, 0], view.centre[:, 1]], 1)
        lights = Lights(*(one[i : i + 1].detach().expand(count, *one.shape[1:]) for one in light.lights()))
        out = self._like.renderer.render(
            heads, torch.arange(count), vertices.expand(count, -1, -1), pose.expand(count, -1, -1),
            Settings(Cameras(side, side, values.expand(count, -1)), lights),
        )  # fmt: skip
        points, (fx, fy, cx, cy) = vertices[0].numpy(), values[0].numpy()
        pixels = points[:, :2] / points[:, 2:] * (fx, fy) + (cx, cy)
        return Drawn(points, pixels, out.image.numpy(), out.depth[0].numpy())


def _front(surface: Surface, texels: Texels) -> F32:
    """(H, W) 1 on the front of the face, else 0."""
    marks = Landmarks()(surface.template)[: mesh478.SURFACE]
    low, high = marks.min(0), marks.max(0)
    place = _shared(surface.template, texels)
    outwards = _shared(normals_of(surface.template, surface.triangles), texels)
    inside = ((place > low) & (place < (np.inf, high[1], high[2]))).all(1) & (outwards[:, 0] > _FACING)
    front = np.zeros(texels.shape, np.float32)
    front[texels.rows[inside], texels.columns[inside]] = 1
    return front


def _seen(
    picture: Picture, drawn: Drawn, texels: Texels, triangles: NDArray[np.integer], landmarks: F64, mask: F32
) -> tuple[F32, F32]:
    """Reflectance (H, W, 3) that a picture shows of each texel, and how sure it is (H, W)."""
    image = _image(picture)
    side, shape = len(image), texels.shape
    lit, mirrored = (_linear(one.astype(np.float32) / 255) for one in drawn.images)
    at = _shared(drawn.pixels, texels)
    where = _shared(drawn.vertices, texels)
    normal = _shared(normals_of(drawn.vertices, triangles), texels)
    facing = -(normal * where).sum(1) / (np.linalg.norm(where, axis=1) * np.linalg.norm(normal, axis=1) + 1e-9)
    x, y = np.clip(at.astype(int), 0, side - 1).T
    depth = drawn.depth[y, x]
    visible = (depth > 0) & (where[:, 2] - depth < _BEHIND_M) & ((at >= 1) & (at < side - 1)).all(1)
    within, trusted = _within(picture, mask, side)
    sure = np.clip((facing - _FACING) / (_FULL - _FACING), 0, 1) * visible * within[y, x]
    sure = sure * np.where(trusted[y, x] > 0.5, 1, _DOUBT)
    column, row = np.clip((at / side * _GRID).astype(int), 0, _GRID - 1).T
    moved = np.asarray(at + side * _errors(picture.points[:, :2], landmarks)[row, column], np.float32)
    shown = _linear(_sampled(np.asarray(image / 255, np.float32), moved))
    got, shine = _sampled(lit, at) / _WHITE, _sampled(mirrored, at)
    seen = sure > 0
    least = _LEAST_LIGHT * np.median(got[seen], 0) if seen.any() else np.full(3, _LEAST_LIGHT)
    sure = sure * (got > least).all(1)
    colour = (shown - np.minimum(shine, _MIRRORED * shown)) / np.maximum(got, least)
    out, weight = np.zeros((*shape, 3), np.float32), np.zeros(shape, np.float32)
    out[texels.rows, texels.columns] = np.clip(colour, 0, 1)
    weight[texels.rows, texels.columns] = sure
    return out, weight


def _image(picture: Picture) -> U8:
    return picture.crop if picture.fine is None else picture.fine


def _with(painted: PaintedHead, skin: U8) -> PaintedHead:
    return replace(painted, textures=(levels(skin), *painted.textures[1:]))


def _linear(stored: F32) -> F32:
    """What `kernels.tone` stores, as linear light."""
    y = np.minimum(stored, 0.999) ** 2
    return np.asarray((y - 1 + np.sqrt((1 - y) ** 2 + 0.64 * y)) / 0.32, np.float32)


def _shared(values: NDArray[np.floating], texels: Texels) -> F32:
    """(T, D) values (V, D) of vertices at the texels."""
    shares = texels.shares.astype(np.float32)
    return np.asarray(np.einsum("tcx,tc->tx", values[texels.corners], shares), np.float32)


def _sampled(image: F32, at: F32) -> F32:
    """Bilinear values (T, 3) of an image at pixels (T, 2), whose first one reaches from 0 to 1."""
    where = (at - 0.5).astype(np.float32)
    rows = -(-len(where) // 1024)
    padded = np.zeros((rows * 1024, 2), np.float32)
    padded[: len(where)] = where
    x, y = (padded[:, k].reshape(rows, 1024) for k in (0, 1))
    found = cv2.remap(image, x, y, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
    return np.asarray(found.reshape(-1, image.shape[2])[: len(where)], np.float32)


def _errors(read: F64, fitted: F64) -> F32:
    """(G, G, 2) by how much landmarks around a place were read beside where the fit has them, in sides of the crop."""
    centres = (np.arange(_GRID) + 0.5) / _GRID
    grid = np.stack(np.meshgrid(centres, centres), -1).reshape(-1, 2)
    near = np.exp(-np.square(grid[:, None] - fitted[None]).sum(-1) / (2 * _REACH**2))
    # Far from all landmarks nothing is moved.
    moved = near @ (read - fitted) / (near.sum(1, keepdims=True) + 0.5)
    return np.asarray(moved.reshape(_GRID, _GRID, 2), np.float32)


def _within(picture: Picture, mask: F32, side: int) -> tuple[F32, F32]:
    """(S, S) 1 well within the outline of the face, fading to 0 at it; and 1 where the fit is like the picture."""
    outline = np.rint(picture.points[list(mesh478.OVAL), :2] * side).astype(np.int32)
    inside = np.zeros((side, side), np.uint8)
    cv2.fillConvexPoly(inside, cv2.convexHull(outline), 1)
    away = cv2.distanceTransform(inside, cv2.DIST_L2, 5) / (_MARGIN * side)
    trusted = cv2.resize(mask, (side, side), interpolation=cv2.INTER_LINEAR)
    return np.asarray(np.clip((away - 0.5) / 3, 0, 1), np.float32), np.asarray(trusted, np.float32)


def _mean(colours: Sequence[F32], sure: Sequence[F32]) -> tuple[F32, F32]:
    """The mean skin, weighted by how sure each is, once all are equally bright; and the greatest sureness."""
    weights = np.stack(sure)[..., None]
    every = np.stack(colours)
    total = weights.sum(0) + 1e-6
    mean = (every * weights).sum(0) / total
    if len(every) > 1:
        for colour, weight in zip(every, sure, strict=True):
            there = weight > 0.5
            if there.any():
                colour *= np.median(mean[there], 0) / np.maximum(np.median(colour[there], 0), 0.01)
        mean = (every * weights).sum(0) / total
    return np.asarray(mean, np.float32), np.asarray(weights.max(0)[..., 0], np.float32)


def _evened(colour: F32, sure: F32) -> F32:
    """The same skin with equally bright sides: what is left of the light is seldom symmetric, and skin mostly is."""
    own = np.clip(sure, 0, 1)
    logs = np.log(colour + 1e-2)
    low = _low(logs * own[..., None]) / (_low(own)[..., None] + 1e-3)
    both = np.minimum(own, own[:, ::-1])
    share = np.clip(_low(both) / (_low(own) + 1e-3), 0, 1)[..., None]
    even = logs + _large(share * (low[:, ::-1] - low) / 2, colour)
    return np.asarray(np.clip(np.exp(even) - 1e-2, 0, 1), np.float32)


def _low(values: F32) -> F32:
    """An eighth as large, without detail."""
    few = (values.shape[1] // _COARSER, values.shape[0] // _COARSER)
    small = cv2.resize(np.asarray(values, np.float32), few, interpolation=cv2.INTER_AREA)
    return np.asarray(cv2.GaussianBlur(small, (0, 0), _LOW * few[0]), np.float32)


def _large(values: F32, like: F32) -> F32:
    return np.asarray(cv2.resize(values, like.shape[1::-1], interpolation=cv2.INTER_LINEAR), np.float32)


def _filled(colour: F32, sure: F32, paint: F32, front: F32) -> F32:
    """What was not seen, from the other side of the face where that was seen, else painted skin in the tone around it.

    The chart is symmetric.
    """
    own = np.clip(sure, 0, 1)[..., None]
    other = own[:, ::-1] * (1 - own)
    known = own * (front[..., None] > 0)
    unlike = np.log((colour + 1e-2) / (paint + 1e-2)) * known
    overall = unlike.sum((0, 1)) / (known.sum() + 1e-6)
    tone = (_low(unlike) + 1e-2 * overall) / (_low(known[..., 0])[..., None] + 1e-2)
    filler = paint * np.exp(_large(tone, colour))
    return np.asarray(colour * own + colour[:, ::-1] * other + filler * (1 - own - other), np.float32)
