"""Face detectors: BlazeFace short range for faces near the camera, YuNet for rooms."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

import cv2
import numpy as np
from mien_models.backends import Session

from mien.core.types import F32, U8


@dataclass(frozen=True, slots=True)
class Detection:
    """`box` is x, y, width, height; `eyes` are the right and the left one. Pixels."""

    score: float
    box: F32  # 4
    eyes: F32  # 2×2


class Detector(Protocol):
    def __call__(self, image: U8, min_score: float) -> list[Detection]:
        """Faces of an H×W×3 RGB image, best first."""
        ...


class BlazeFace:
    """BlazeFace short range: faces that fill a good part of the image (up to about 2 m).

    Bazarevsky et al., "BlazeFace: Sub-millisecond Neural Face Detection on Mobile GPUs", 2019.
    """

    _SIZE = 128
    _MAX_OVERLAP = 0.3

    def __init__(self, session: Session) -> None:
        self._session = session
        self._anchors = np.concatenate([_centres(16, 2), _centres(8, 6)])

    def __call__(self, image: U8, min_score: float) -> list[Detection]:
        small, scale, pad = letterbox(image, self._SIZE)
        out = self._session({"image": small[None]})
        logits = out["scores"].reshape(-1)
        # The sigmoid is monotonic: compare before it, so that only survivors are decoded.
        limit = np.log(min_score / (1 - min_score)) if 0 < min_score < 1 else (-1e9, 1e9)[int(min_score)]
        keep = np.flatnonzero(logits >= limit)
        if not keep.size:
            return []
        scores = 1 / (1 + np.exp(-np.clip(logits[keep], -80, 80)))
        values = out["boxes"].reshape(-1, 16)[keep].reshape(-1, 8, 2) / self._SIZE
        points = values + self._anchors[keep, None]
        size = values[:, 1]
        boxes = np.concatenate([points[:, 0] - size / 2, size], axis=1)
        rows = np.concatenate([boxes, points[:, 2:4].reshape(-1, 4)], axis=1)
        found = []
        for score, row in _weighted_nms(scores, rows, self._MAX_OVERLAP):
            row = row * self._SIZE * scale
            row[[0, 1, 4, 5, 6, 7]] -= np.tile(pad, 3)
            found.append(Detection(float(score), row[:4], row[4:].reshape(2, 2)))
        return found


class YuNet:
    """YuNet: many and small faces, at some four milliseconds.

    Wu, Peng & Yu, "YuNet: A Tiny Millisecond-level Face Detector", MIR 2023.
    """

    _SIZE = 640
    _MAX_OVERLAP = 0.3

    def __init__(self, session: Session) -> None:
        self._session = session
        self._grids = {s: _grid(self._SIZE // s) for s in (8, 16, 32)}

    def __call__(self, image: U8, min_score: float) -> list[Detection]:
        small, scale, pad = letterbox(image, self._SIZE)
        out = self._session({"image": small[None]})
        scores, rows = [], []
        for stride, grid in self._grids.items():
            quality = np.clip(out[f"cls_{stride}"], 0, 1) * np.clip(out[f"obj_{stride}"], 0, 1)
            score = np.sqrt(quality.reshape(-1))
            keep = np.flatnonzero(score >= min_score)
            if not keep.size:
                continue
            cell = grid[keep]
            box = out[f"bbox_{stride}"].reshape(-1, 4)[keep]
            centre, size = cell + box[:, :2], np.exp(box[:, 2:])
            eyes = out[f"kps_{stride}"].reshape(-1, 5, 2)[keep, :2] + cell[:, None]
            scores.append(score[keep])
            rows.append(np.concatenate([centre - size / 2, size, eyes.reshape(-1, 4)], axis=1) * stride)
        if not scores:
            return []
        found = []
        for score, row in _weighted_nms(np.concatenate(scores), np.concatenate(rows), self._MAX_OVERLAP):
            row = row * scale
            row[[0, 1, 4, 5, 6, 7]] -= np.tile(pad, 3)
            found.append(Detection(float(score), row[:4], row[4:].reshape(2, 2)))
        return found


def letterbox(image: U8, size: int) -> tuple[U8, float, F32]:
    """The image in the middle of a black size×size square.

    Returns the square, the pixels of `image` per pixel of it, and the black border (x, y) in pixels
    of `image`.
    """
    height, width = image.shape[:2]
    side = max(height, width)
    pad = np.array([(side - width) / 2, (side - height) / 2], np.float32)
    scale = side / size
    to_image = np.array([[scale, 0, -pad[0]], [0, scale, -pad[1]]], np.float64)
    square = cv2.warpAffine(image, to_image, (size, size), flags=cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP)
    return np.asarray(square, np.uint8), scale, pad


def overlap(box: F32, boxes: F32) -> F32:
    """Intersection over union of one box with N×4 boxes (x, y, width, height)."""
    lo = np.maximum(box[:2], boxes[:, :2])
    hi = np.minimum(box[:2] + box[2:4], boxes[:, :2] + boxes[:, 2:4])
    inner = np.prod(np.maximum(hi - lo, 0), axis=1)
    union = box[2] * box[3] + boxes[:, 2] * boxes[:, 3] - inner
    return np.asarray(inner / np.maximum(union, 1e-9), np.float32)


def _weighted_nms(scores: F32, rows: F32, max_overlap: float) -> list[tuple[float, F32]]:
    """Best first; each is the mean, by score, of the rows that overlap it."""
    order = np.argsort(-scores, kind="stable")
    found = []
    while order.size:
        best = order[0]
        same = overlap(rows[best], rows[order]) > max_overlap
        same[0] = True
        group = order[same]
        weight = scores[group, None]
        found.append((float(scores[best]), np.asarray((rows[group] * weight).sum(0) / weight.sum(), np.float32)))
        order = order[~same]
    return found


def _centres(cells: int, per_cell: int) -> F32:
    """Anchor centres in [0, 1], row by row."""
    return np.repeat((_grid(cells) + 0.5) / cells, per_cell, axis=0)


def _grid(cells: int) -> F32:
    """Cell indices (x, y), row by row."""
    y, x = np.divmod(np.arange(cells * cells), cells)
    return np.stack([x, y], axis=1).astype(np.float32)
