"""Face detectors: BlazeFace short range for faces near the camera, YuNet for rooms."""

from __future__ import annotations

import functools
from dataclasses import dataclass
from typing import Protocol

import cv2
import numpy as np

from mien.core.types import F32, U8
from mien_models import Session
from mien_models.landmarker import Roi, roi_of_box


@dataclass(frozen=True, slots=True)
class Detection:
    """`box` is x, y, width, height; `eyes` are the right and the left one. Pixels."""

    score: float
    box: F32  # 4
    eyes: F32  # 2×2


_MAX_OVERLAP = 0.3
_STRIDES = (8, 16, 32)  # of YuNet
# A detection that overlaps a face by more than this is that face.
_KNOWN_FACE = 0.25


class Detector(Protocol):
    def __call__(self, image: U8, min_score: float) -> list[Detection]:
        """Faces of an H×W×3 RGB image, best first."""
        ...


class BlazeFace:
    """BlazeFace short range: faces that fill a good part of the image (up to about 2 m).

    Bazarevsky et al., "BlazeFace: Sub-millisecond Neural Face Detection on Mobile GPUs", 2019.
    """

    _SIZE = 128

    def __init__(self, session: Session) -> None:
        self._session = session
        self._anchors = self._SIZE * np.concatenate([_centres(16, 2), _centres(8, 6)])

    def __call__(self, image: U8, min_score: float) -> list[Detection]:
        small, scale, pad = letterbox(image, self._SIZE, self._SIZE)
        out = self._session({"image": small[None]})
        scores = out["scores"][0]
        keep = np.flatnonzero(scores >= min_score)
        values = out["regressors"][0, keep].reshape(-1, 8, 2)
        points = values + self._anchors[keep, None]
        size = values[:, 1]
        rows = np.concatenate([points[:, 0] - size / 2, size, points[:, 2], points[:, 3]], axis=1)
        return _detections(scores[keep], rows, scale, pad)


class YuNet:
    """YuNet: many and small faces, at some three milliseconds.

    Wu, Peng & Yu, "YuNet: A Tiny Millisecond-level Face Detector", MIR 2023.
    """

    _SIZE = 640
    _FOREHEAD = 0.1

    def __init__(self, session: Session) -> None:
        self._session = session

    def __call__(self, image: U8, min_score: float) -> list[Detection]:
        # No more black than it takes to fill up the coarsest cells: a wide image costs half a square.
        sides = np.array(image.shape[:2]) * self._SIZE / max(image.shape[:2])
        height, width = (int(np.ceil(side / _STRIDES[-1])) * _STRIDES[-1] for side in sides)
        small, scale, pad = letterbox(image, width, height)
        out = self._session({"image": small[None]})
        scores = out["scores"][0]
        keep = np.flatnonzero(scores >= min_score)
        all_cells, strides = _cells(width, height)
        cells, boxes = all_cells[keep], out["boxes"][0, keep]
        centre, size = cells + boxes[:, :2], np.exp(boxes[:, 2:])
        corner = centre - size / 2
        # Its boxes reach up to the hairline; those of BlazeFace, on which the landmarks were
        # trained, begin a tenth lower.
        corner[:, 1] += self._FOREHEAD * size[:, 1]
        size[:, 1] *= 1 - self._FOREHEAD
        eyes = out["points"][0, keep, :4] + np.tile(cells, 2)
        rows = np.concatenate([corner, size, eyes], axis=1) * strides[keep, None]
        return _detections(scores[keep], rows, scale, pad)


def roi_of_detection(detection: Detection) -> Roi:
    """The square to look for landmarks in."""
    (rx, ry), (lx, ly) = detection.eyes.tolist()
    return roi_of_box(detection.box, float(np.arctan2(ly - ry, lx - rx)))


def is_known(box: F32, boxes: F32) -> bool:
    """Whether a detection lies on one of the faces of N×4 boxes."""
    return bool(len(boxes)) and bool(overlap(box, boxes).max() > _KNOWN_FACE)


def letterbox(image: U8, width: int, height: int) -> tuple[U8, float, F32]:
    """The image in the middle of a black rectangle.

    Returns the rectangle, the pixels of `image` per pixel of it, and the black border (x, y) in pixels
    of `image`.
    """
    inner = np.array(image.shape[1::-1])
    scale = float((inner / (width, height)).max())
    pad = ((np.array([width, height]) * scale - inner) / 2).astype(np.float32)
    to_image = np.array([[scale, 0, -pad[0]], [0, scale, -pad[1]]], np.float64)
    flags = cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP
    return np.asarray(cv2.warpAffine(image, to_image, (width, height), flags=flags), np.uint8), scale, pad


def overlap(box: F32, boxes: F32) -> F32:
    """Intersection over union of one box with N×4 boxes (x, y, width, height)."""
    lo = np.maximum(box[:2], boxes[:, :2])
    hi = np.minimum(box[:2] + box[2:4], boxes[:, :2] + boxes[:, 2:4])
    inner = np.prod(np.maximum(hi - lo, 0), axis=1)
    union = box[2] * box[3] + boxes[:, 2] * boxes[:, 3] - inner
    return np.asarray(inner / np.maximum(union, 1e-9), np.float32)


def _detections(scores: F32, rows: F32, scale: float, pad: F32) -> list[Detection]:
    """Weighted non-maximum suppression, best first, in pixels of the image.

    A row is x, y, width, height and two eye points in the letterboxed square. Each detection is the
    mean, by score, of the rows that overlap its best.
    """
    order = np.argsort(-scores, kind="stable")
    found = []
    while order.size:
        best = order[0]
        same = overlap(rows[best], rows[order]) > _MAX_OVERLAP
        same[0] = True
        group, order = order[same], order[~same]
        row = np.average(rows[group], axis=0, weights=scores[group]) * scale
        row[[0, 1, 4, 5, 6, 7]] -= np.tile(pad, 3)
        found.append(
            Detection(float(scores[best]), row[:4].astype(np.float32), row[4:].reshape(2, 2).astype(np.float32))
        )
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
