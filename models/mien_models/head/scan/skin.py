"""Skin from photographs: carried into the chart of the face, and mixed of several people.

Every skin shows the features of at least three people: brows and forehead of one, nose and cheeks of another, mouth and
chin of a third, on the mean of their colours. Nobody is to be recognised.
"""

from __future__ import annotations

from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from mien_models.head.scan.data import FACE
from mien_models.head.scan.fit import posed
from mien_models.head.scan.head import ScanHead, places
from mien_models.head.scan.portraits import Portraits, read_picture
from mien_models.head.scan.render import ScanRenderer, located
from mien_models.spaces import mesh478

F32 = NDArray[np.float32]
F64 = NDArray[np.float64]
Rng = np.random.Generator

SIZE = 384  # side of the chart
_NEAREST = 6  # landmarks by whose errors a texel is moved
_REACH, _FAR, _FADE = 0.027, 0.03, 0.08  # [chart]
_HIDDEN_CM = 0.5  # behind what the camera sees
_FACING, _FULL = 0.25, 0.55  # cosine from which a texel is used, and used fully
_MEAN_OF = 48  # portraits
_LOW = SIZE / 14  # px, standard deviation of colour as opposed to detail
_COARSER = 4
_DETAIL = (0.15, 3.0)
_SPREAD = 0.11  # [chart] of a region's influence
_ALIKE = 0.12  # share of the portraits, nearest in brightness, from which the others are drawn
_UNSMILING = 0.4  # portraits are drawn by 1 / (this + smile)
# Centres of the regions, as landmarks; the numbers say which of the three people a region is from.
_REGIONS: tuple[tuple[int, tuple[int, ...]], ...] = (
    (0, mesh478.FOREHEAD), (0, mesh478.BROWS[0]), (0, mesh478.BROWS[1]), (0, mesh478.EYE_CORNERS[:2]),
    (0, mesh478.EYE_CORNERS[2:]), (1, (5, 4, 1)), (1, (50,)), (1, (280,)), (1, (234,)), (1, (454,)),
    (2, (13, 14)), (2, (61,)), (2, (291,)), (2, (152, 199)),
)  # fmt: skip


class Skins:
    """Makes skins (SIZE, SIZE, 3) RGB of [0, 255]."""

    def __init__(self, head: ScanHead, portraits: Portraits) -> None:
        self._head, self._portraits = head, portraits
        self._texels()
        smile = portraits.expression(head, "mouthSmile")
        open_ = portraits.expression(head, "jawOpen") + portraits.expression(head, "mouthUpperUp")
        self._weights = [1 / (_UNSMILING + smile) ** 2, 1 / (_UNSMILING + smile), 1 / (_UNSMILING + smile + open_) ** 2]
        rng = np.random.default_rng(0)
        some = rng.permutation(len(portraits))[:_MEAN_OF]
        total, weight = np.zeros((SIZE, SIZE, 3), np.float32), np.full((SIZE, SIZE, 1), 1e-3, np.float32)
        for number in some:
            colour, sure = self._carried(int(number))
            total += colour / _mean(colour, sure) * sure[..., None]
            weight += sure[..., None]
        mean = np.where(weight > 1, total / weight, 1).astype(np.float32)
        self._average = (mean + mean[:, ::-1]) / 2
        self.brightness = np.array([self._bright(i) for i in range(len(portraits))])

    def mixed(self, rng: Rng, allowed: NDArray[np.intp]) -> tuple[F32, F32]:
        """A skin of three of the portraits `allowed`, and its mean colour (3,)."""
        first = int(_drawn(rng, allowed, self._weights[0]))
        order = allowed[np.argsort(np.abs(self.brightness[allowed] - self.brightness[first]))]
        alike = order[1 : max(int(_ALIKE * len(order)), 3) + 1]
        second = int(_drawn(rng, alike, self._weights[1]))
        third = int(_drawn(rng, alike[alike != second], self._weights[2]))
        shares = rng.dirichlet((4.0, 4.0, 4.0))
        out, low_mix = np.zeros((SIZE, SIZE, 3), np.float32), np.zeros((SIZE, SIZE, 3), np.float32)
        for place, number in enumerate((first, second, third)):
            whole = self.whole(number)
            if rng.random() < 0.5:
                whole = whole[:, ::-1]
            low = _blurred(whole, self._inside)
            low_mix += np.float32(shares[place]) * low
            out += self._masks[place][..., None] * np.clip(whole / np.maximum(low, 4), *_DETAIL)
        skin = np.clip(out * low_mix, 0, 255)
        colour = skin[self._inside > 0].mean(0)
        skin[self._inside == 0] = colour
        return np.ascontiguousarray(skin, np.float32), colour.astype(np.float32)

    def whole(self, number: int) -> F32:
        """The skin of one portrait; what is hidden comes from the other side of the face and from the mean."""
        colour, sure = self._carried(number)
        kernel = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (7, 7))
        own = cv2.GaussianBlur(cv2.erode(sure, kernel), (0, 0), 3)[..., None]
        other = own[:, ::-1] * (1 - own)
        tone = (colour * own).sum((0, 1)) / ((self._average * own).sum((0, 1)) + 1e-6)
        return np.asarray(colour * own + colour[:, ::-1] * other + self._average * tone * (1 - own - other), np.float32)

    def _texels(self) -> None:
        """Triangle and shares of each texel, and the landmarks around it."""
        data = self._head.data
        face = np.flatnonzero(data.parts == FACE)
        corners = data.uv[face].reshape(-1, 2) * (SIZE - 1)
        corners[:, 1] = SIZE - 1 - corners[:, 1]
        order = np.arange(len(corners), dtype=np.int32).reshape(-1, 3)
        triangle, shares = located(
            corners + 0.5, np.ones(len(corners)), order, data.uv[face], (SIZE, SIZE), both_sides=True
        )
        self._inside = (triangle >= 0).astype(np.float32)
        self._rows, self._columns = np.nonzero(triangle >= 0)
        self._corners = data.triangles[face[triangle[self._rows, self._columns]]]
        self._shares = shares[self._rows, self._columns]
        marks = places().in_chart(data)
        at = np.stack([self._columns, SIZE - 1 - self._rows], 1) / (SIZE - 1)
        away = np.empty((len(at), _NEAREST), np.float32)
        self._near = np.empty((len(at), _NEAREST), np.intp)
        for first in range(0, len(at), 4096):
            rows = slice(first, first + 4096)
            distance = np.linalg.norm(at[rows, None] - marks[None], axis=2)
            self._near[rows] = np.argpartition(distance, _NEAREST, axis=1)[:, :_NEAREST]
            away[rows] = np.take_along_axis(distance, self._near[rows], 1)
        weights = np.exp(-((away / _REACH) ** 2)) + 1e-6 / (away + 1e-3)
        fade = np.exp(-((np.maximum(away.min(1) - _FAR, 0) / _FADE) ** 2))
        self._moved = (weights / weights.sum(1, keepdims=True) * fade[:, None]).astype(np.float32)
        self._masks = _masks(marks)

    def _carried(self, number: int) -> tuple[F32, F32]:
        """Colours (SIZE, SIZE, 3) of one portrait as if it were lit evenly, and how sure they are (SIZE, SIZE)."""
        image = read_picture(self._portraits.paths[number])
        turned, pixels = posed(self._head, self._portraits.fits, number)
        height, width = image.shape[:2]
        renderer = ScanRenderer(self._head.data, height, width)
        inverse = 1 / (200.0 - turned[:, 2].astype(np.float64))
        renderer.locate(pixels, inverse)
        depth = _interpolated(renderer, self._head.data.triangles, turned[:, 2])
        normal = renderer.normals(turned)
        at = _shared(pixels, self._corners, self._shares)
        z = _shared(turned[:, 2:], self._corners, self._shares)[:, 0]
        facing = _shared(normal, self._corners, self._shares)
        facing = facing / (np.linalg.norm(facing, axis=1, keepdims=True) + 1e-6)
        rows = np.clip(np.rint(at[:, 1] - 0.5), 0, height - 1).astype(np.intp)
        columns = np.clip(np.rint(at[:, 0] - 0.5), 0, width - 1).astype(np.intp)
        seen = depth[rows, columns] - z < _HIDDEN_CM
        residual = self._portraits.fits.residual[number].astype(np.float32) * np.array((1, -1), np.float32)
        at = at + np.einsum("tk,tkc->tc", self._moved, residual[self._near])
        where = np.zeros((2, SIZE, SIZE), np.float32)
        where[:, self._rows, self._columns] = at.T - 0.5
        sampled = cv2.remap(image, where[0], where[1], cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
        colours = sampled[self._rows, self._columns].astype(np.float32)
        inside = ((at > 1) & (at < (width - 2, height - 2))).all(1)
        sure = np.clip((facing[:, 2] - _FACING) / (_FULL - _FACING), 0, 1) * seen * inside
        lit = np.clip(0.45 + 0.55 * (0.25 * facing[:, 1] + 0.97 * facing[:, 2]), 0.55, 1)
        colour, weight = np.zeros((SIZE, SIZE, 3), np.float32), np.zeros((SIZE, SIZE), np.float32)
        colour[self._rows, self._columns] = np.clip(colours / lit[:, None], 0, 255)
        weight[self._rows, self._columns] = sure
        return colour, weight

    def _bright(self, number: int) -> float:
        """Mean grey level of the face of a portrait, in the triangle of eyes and mouth."""
        image = read_picture(self._portraits.paths[number])
        points = self._portraits.landmarks[number]
        corners = points[[50, 280, 199], :2].astype(np.int32)
        mask = cv2.fillPoly(np.zeros(image.shape[:2], np.uint8), [corners], 1)
        return float(image[mask > 0].mean()) if mask.any() else 128.0


def _drawn(rng: Rng, rows: NDArray[np.intp], weights: F64) -> Any:
    chances = weights[rows]
    return rng.choice(rows, p=chances / chances.sum())


def _shared(values: NDArray[np.floating], corners: NDArray[np.integer], shares: F32) -> F32:
    """Values (V, D) at places of triangles."""
    return np.asarray(np.einsum("tcx,tc->tx", values[corners], shares), np.float32)


def _interpolated(renderer: ScanRenderer, triangles: NDArray[np.integer], values: F32) -> F32:
    """(H, W) values of vertices where the renderer found a triangle; -inf elsewhere."""
    out = np.full(renderer.triangle.shape, -np.inf, np.float32)
    seen = renderer.triangle >= 0
    out[seen] = (values[triangles[renderer.triangle[seen]]] * renderer.shares[seen]).sum(1)
    return out


def _mean(colour: F32, sure: F32) -> F32:
    return np.asarray((colour * sure[..., None]).sum((0, 1)) / (sure.sum() + 1e-6), np.float32)


def _blurred(colour: F32, inside: F32) -> F32:
    """The colour without detail, of what is inside the face only; computed at a quarter of the resolution."""
    few = (SIZE // _COARSER, SIZE // _COARSER)
    both = cv2.resize(np.dstack([colour * inside[..., None], inside]), few, interpolation=cv2.INTER_AREA)
    both = cv2.GaussianBlur(both, (0, 0), _LOW / _COARSER)
    low = both[..., :3] / (both[..., 3:] + 1e-3)
    return np.asarray(cv2.resize(low, (SIZE, SIZE), interpolation=cv2.INTER_LINEAR), np.float32)


def _masks(marks: F64) -> list[F32]:
    """Three weights (SIZE, SIZE), sum 1, of the people that the regions are from."""
    y, x = np.mgrid[0:SIZE, 0:SIZE].astype(np.float32) / (SIZE - 1)
    near = [np.zeros((SIZE, SIZE), np.float32) for _ in range(3)]
    for person, region in _REGIONS:
        u, v = marks[list(region)].mean(0)
        near[person] = np.maximum(near[person], np.exp(-((x - u) ** 2 + (1 - y - v) ** 2) / (2 * _SPREAD**2)))
    near = [(value + 1e-4) ** 4 for value in near]
    total = near[0] + near[1] + near[2]
    return [np.asarray(value / total, np.float32) for value in near]
