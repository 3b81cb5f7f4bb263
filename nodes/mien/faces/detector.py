"""Face detectors: BlazeFace short range for faces near the camera, YuNet for rooms."""

from __future__ import annotations

import functools
from dataclasses import dataclass
from typing import Protocol

import cv2
import numpy as np

from mien.core.types import F32, F64, U8
from mien_models import Session
from mien_models.landmarker import Roi, roi_of_box


@dataclass(frozen=True, slots=True)
class Detection:
    """A detected face. `box` is x, y, width, height; `eyes` are the right and the left one [px]."""

    score: float
    box: F32  # 4
    eyes: F32  # 2×2
    turn: float = 0  # quarter turns by which the image was rotated counter-clockwise for the detector


_MAX_OVERLAP = 0.3
_STRIDES = (8, 16, 32)  # of YuNet
# A detection that overlaps a face by more than this is that face.
_KNOWN_FACE = 0.25
# At most this many cells of an image, those with the highest scores, become detections.
_MOST = 512


class Detector(Protocol):
    turns: tuple[float, ...]
    """Quarter turns of the image that together cover every roll of a face."""

    def __call__(self, image: U8, min_score: float, turn: float = 0) -> list[Detection]:
        """Faces of an H×W×3 RGB image, best first; the image is first rotated counter-clockwise by `turn` quarters."""
        ...

    def close(self, image: U8, min_score: float, turn: float = 0) -> list[Detection]:
        """Like `__call__`, for an image in which a face fills a large part."""
        ...


class BlazeFace:
    """BlazeFace short range: faces that fill a large part of the image (up to about 2 m).

    Bazarevsky et al., "BlazeFace: Sub-millisecond Neural Face Detection on Mobile GPUs", 2019.
    """

    turns: tuple[float, ...] = (0, 1, 2, 3)
    _SIZE = 128

    def __init__(self, session: Session) -> None:
        self._session = session
        self._anchors = self._SIZE * np.concatenate([_centres(16, 2), _centres(8, 6)])

    def __call__(self, image: U8, min_score: float, turn: float = 0) -> list[Detection]:
        small, to_image = letterbox(image, self._SIZE, self._SIZE, turn)
        out = self._session({"image": small[None]})
        scores = out["scores"][0]
        keep = np.flatnonzero(scores >= min_score)
        values = out["regressors"][0, keep].reshape(-1, 8, 2)
        points = values + self._anchors[keep, None]
        size = values[:, 1]
        rows = np.concatenate([points[:, 0] - size / 2, size, points[:, 2], points[:, 3]], axis=1)
        return _detections(scores[keep], rows, to_image, turn)

    close = __call__


class YuNet:
    """YuNet: many and small faces, in about three milliseconds.

    Wu, Peng & Yu, "YuNet: A Tiny Millisecond-level Face Detector", MIR 2023.

    Scaling down a panorama would make faces too small. It is searched as a whole, for large faces, and in
    tiles whose long side is twice the short one.
    """

    turns: tuple[float, ...] = (0, 0.5, 1, 1.5, 2, 2.5, 3, 3.5)
    _SIZE = 640
    _CLOSE = 256
    _FOREHEAD = 0.1
    _ASPECT = 2  # of tiles
    _LITTLE = 1.25  # an image up to this much longer than a tile is scaled down instead: that loses few faces

    def __init__(self, session: Session) -> None:
        self._session = session

    def __call__(self, image: U8, min_score: float, turn: float = 0) -> list[Detection]:
        found = self._detect(image, min_score, turn, self._SIZE)
        tiles = self._tiles(*image.shape[:2])
        if not tiles:
            return found
        for x, y, width, height in tiles:
            for d in self._detect(image[y : y + height, x : x + width], min_score, turn, self._SIZE):
                found.append(moved(d, x, y))
        return distinct(found)

    def close(self, image: U8, min_score: float, turn: float = 0) -> list[Detection]:
        return self._detect(image, min_score, turn, self._CLOSE)

    def _tiles(self, height: int, width: int) -> list[tuple[int, int, int, int]]:
        """x, y, width, height of overlapping tiles; none where the whole image is not much larger than a tile."""
        long, short = max(height, width), min(height, width)
        side = max(self._ASPECT * short, self._SIZE)
        if long <= self._LITTLE * side:
            return []
        # Tiles overlap by half the height of the image: larger faces are found in the whole image.
        count = int(np.ceil((long - side) / (side - side // (2 * self._ASPECT)))) + 1
        starts = [round(i * (long - side) / (count - 1)) for i in range(count)]
        return [(s, 0, side, height) if long == width else (0, s, width, side) for s in starts]

    def _detect(self, image: U8, min_score: float, turn: float, size: int) -> list[Detection]:
        # Pad only to whole cells of the coarsest grid: a wide image costs half as much as a square.
        shape = turned_shape(image, turn)
        sides = shape * size / shape.max()
        height, width = (int(np.ceil(side / _STRIDES[-1])) * _STRIDES[-1] for side in sides)
        small, to_image = letterbox(image, width, height, turn)
        out = self._session({"image": small[None]})
        scores = out["scores"][0]
        keep = np.flatnonzero(scores >= min_score)
        all_cells, strides = _cells(width, height)
        cells, boxes = all_cells[keep], out["boxes"][0, keep]
        # No box is larger than the image.
        centre, extent = cells + boxes[:, :2], np.exp(np.minimum(boxes[:, 2:], np.log(size)))
        corner = centre - extent / 2
        # The boxes of YuNet reach up to the hairline; those of BlazeFace, for which the landmark
        # network was trained, begin a tenth lower.
        corner[:, 1] += self._FOREHEAD * extent[:, 1]
        extent[:, 1] *= 1 - self._FOREHEAD
        eyes = out["points"][0, keep, :4] + np.tile(cells, 2)
        rows = np.concatenate([corner, extent, eyes], axis=1) * strides[keep, None]
        return _detections(scores[keep], rows, to_image, turn)


def roi_of_detection(detection: Detection) -> Roi:
    """The square in which the landmark network looks."""
    return roi_of_box(detection.box, tilt(detection.eyes))


def tilt(eyes: F32) -> float:
    """Roll of a face [rad] from its right and left eye (2×2 or 2×3 [px]); 0 = level, clockwise is positive."""
    dx, dy = (eyes[1, :2] - eyes[0, :2]).tolist()
    return float(np.arctan2(dy, dx))


def is_known(box: F32, boxes: F32) -> bool:
    """Whether a detection lies on a face with one of N×4 boxes."""
    return bool(len(boxes)) and bool(overlap(box, boxes).max() > _KNOWN_FACE)


def distinct(found: list[Detection]) -> list[Detection]:
    """The detection with the highest score of each face, best first."""
    kept: list[Detection] = []
    for d in sorted(found, key=lambda d: -d.score):
        if not is_known(d.box, np.array([k.box for k in kept], np.float32).reshape(-1, 4)):
            kept.append(d)
    return kept


def moved(detection: Detection, x: int, y: int) -> Detection:
    """A detection in a part of an image, whose corner lies at x, y, in coordinates of the whole image."""
    by = np.array([x, y], np.float32)
    box = np.concatenate([detection.box[:2] + by, detection.box[2:]])
    return Detection(detection.score, box, detection.eyes + by, detection.turn)


def letterbox(image: U8, width: int, height: int, turn: float = 0) -> tuple[U8, F64]:
    """The image, rotated counter-clockwise by `turn` quarters, in the middle of a black rectangle.

    Returns the rectangle, and the 2×3 affine map from its pixels to those of `image`.
    """
    inner = turned_shape(image, turn)[::-1]
    scale = float((inner / (width, height)).max())
    cosine, sine = _direction(turn)
    linear = scale * np.array([[cosine, -sine], [sine, cosine]])
    # The middle of the rectangle shows the middle of the image.
    pad = (np.array([width, height]) * scale - inner) / 2
    middle = (np.array(image.shape[1::-1]) - 1) / 2
    shift = middle - linear @ ((inner - 1) / 2 + pad) / scale
    to_image = np.concatenate([linear, shift[:, None]], axis=1)
    flags = cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP
    return np.asarray(cv2.warpAffine(image, to_image, (width, height), flags=flags), np.uint8), to_image


def turned_shape(image: U8, turn: float) -> F64:
    """Height and width of an image after a rotation by `turn` quarters [px]."""
    rows, columns = image.shape[:2]
    cosine, sine = np.abs(_direction(turn))
    return np.array([rows * cosine + columns * sine, rows * sine + columns * cosine])


def _direction(turn: float) -> tuple[float, float]:
    """Cosine and sine of `turn` quarter turns; exact for whole ones."""
    angle = turn * np.pi / 2
    return round(float(np.cos(angle)), 15), round(float(np.sin(angle)), 15)


def overlap(box: F32, boxes: F32) -> F32:
    """Intersection over union of one box with N×4 boxes (x, y, width, height)."""
    lo = np.maximum(box[:2], boxes[:, :2])
    hi = np.minimum(box[:2] + box[2:4], boxes[:, :2] + boxes[:, 2:4])
    inner = np.prod(np.maximum(hi - lo, 0), axis=1)
    union = box[2] * box[3] + boxes[:, 2] * boxes[:, 3] - inner
    return np.asarray(inner / np.maximum(union, 1e-9), np.float32)


def _detections(scores: F32, rows: F32, to_image: F64, turn: float) -> list[Detection]:
    """Weighted non-maximum suppression, best first, in pixels of the image.

    A row is x, y, width, height and two eye points in the letterboxed square. Each detection is the
    mean, by score, of the rows that overlap its best.
    """
    scale = float(np.hypot(*to_image[0, :2]))
    order = np.argsort(-scores, kind="stable")[:_MOST]
    found = []
    while order.size:
        best = order[0]
        same = overlap(rows[best], rows[order]) > _MAX_OVERLAP
        same[0] = True
        group, order = order[same], order[~same]
        x, y, width, height, *eyes = np.average(rows[group], axis=0, weights=np.maximum(scores[group], 1e-6))
        points = np.array([(x + width / 2, y + height / 2), eyes[:2], eyes[2:]])
        centre, right, left = points @ to_image[:, :2].T + to_image[:, 2]
        size = scale * np.array([width, height] if round(turn) % 2 == 0 else [height, width])
        box = np.concatenate([centre - size / 2, size])
        found.append(Detection(float(scores[best]), box.astype(np.float32), np.array([right, left], np.float32), turn))
    return found


def _centres(cells: int, per_cell: int) -> F32:
    """Anchor centres in [0, 1], row by row."""
    return np.repeat((_grid(cells, cells) + 0.5) / cells, per_cell, axis=0)


def _grid(columns: int, rows: int) -> F32:
    """Cell indices (x, y), row by row."""
    y, x = np.divmod(np.arange(columns * rows), columns)
    return np.stack([x, y], axis=1).astype(np.float32)


@functools.cache
def _cells(width: int, height: int) -> tuple[F32, F32]:
    """Cell indices (x, y) of YuNet's three grids over an input of this size, and the stride of each cell."""
    grids = [_grid(width // s, height // s) for s in _STRIDES]
    return np.concatenate(grids), np.repeat(_STRIDES, [len(g) for g in grids]).astype(np.float32)
