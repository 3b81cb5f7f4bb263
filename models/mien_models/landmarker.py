"""Landmarks of faces: cut a square around each face with level eyes, run FaceMesh V2, map back to the image.

The tracking stage and the code that makes training data both use this module, so that networks are
trained on the same landmarks that they get in live use.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from mien_models.backends import Session
from mien_models.preprocess import GpuImage
from mien_models.spaces.mesh478 import EYE_OUTER

F32 = NDArray[np.float32]
F64 = NDArray[np.float64]
U8 = NDArray[np.uint8]

# Side of the square relative to the face's box, as in MediaPipe.
_MARGIN = 1.5
# Up to this many pixels around the face, warping four channels is faster than warping three, which OpenCV
# does without vector code.
_SMALL = 1 << 20


@dataclass(frozen=True, slots=True)
class Roi:
    """A square of the image: centre and side [px], and rotation [rad]."""

    x: float
    y: float
    side: float
    angle: float

    def to_image(self, size: int) -> F64:
        """2×3 affine map from a size×size crop to the image."""
        c, s = np.cos(self.angle) * self.side / size, np.sin(self.angle) * self.side / size
        h = size / 2
        return np.array([[c, -s, self.x - (c - s) * h], [s, c, self.y - (s + c) * h]])


def roi_of_box(box: F32, angle: float) -> Roi:
    """The square of a face, from its box (x, y, width, height) [px] and the tilt of its eyes [rad]."""
    x, y, width, height = box.tolist()
    return Roi(x + width / 2, y + height / 2, _MARGIN * max(width, height), angle)


def roi_of_landmarks(landmarks: F32, box: F32) -> Roi:
    """The square for the next image, from landmarks (478, 2 or 3) [px] and their box; see `box_of`."""
    left, right = EYE_OUTER
    dx, dy = (landmarks[left, :2] - landmarks[right, :2]).tolist()
    return roi_of_box(box, float(np.arctan2(dy, dx)))


def box_of(landmarks: F32) -> F32:
    """The box (x, y, width, height) [px] of landmarks (478, 2 or 3)."""
    # Reducing contiguous columns is ten times as fast as reducing rows of three.
    xy = np.ascontiguousarray(landmarks[:, :2].T)
    lo, hi = xy.min(1), xy.max(1)
    return np.concatenate([lo, hi - lo])


def cut(image: U8, roi: Roi, size: int) -> U8:
    """The square as a size×size RGB crop, black outside the image; bilinear, like cv2.warpAffine."""
    return Cutter(size)(image, roi, np.empty((size, size, 3), np.uint8))


class Cutter:
    """Cuts squares into preallocated buffers: no pixels are allocated per call."""

    def __init__(self, size: int) -> None:
        self._size = size
        self._four: U8 = np.empty((size, size, 4), np.uint8)
        self._around: U8 = np.empty(0, np.uint8)

    def __call__(self, image: U8, roi: Roi, out: U8) -> U8:
        """Fill `out`, size×size RGB; see `cut`."""
        to_image = roi.to_image(self._size)
        height, width = image.shape[:2]
        reach = (abs(np.cos(roi.angle)) + abs(np.sin(roi.angle))) * roi.side / 2 + 1
        left, right = max(int(roi.x - reach), 0), min(int(roi.x + reach) + 2, width)
        top, bottom = max(int(roi.y - reach), 0), min(int(roi.y + reach) + 2, height)
        pixels = max(right - left, 0) * max(bottom - top, 0)
        if not 0 < pixels <= _SMALL:
            return self._warp(image, to_image, out)
        if self._around.size < 4 * pixels:
            self._around = np.empty(5 * pixels, np.uint8)
        around = self._around[: 4 * pixels].reshape(bottom - top, right - left, 4)
        cv2.cvtColor(image[top:bottom, left:right], cv2.COLOR_RGB2RGBA, dst=around)
        to_image[:, 2] -= left, top
        self._warp(around, to_image, self._four)
        cv2.cvtColor(self._four, cv2.COLOR_RGBA2RGB, dst=out)
        return out

    def _warp(self, image: U8, to_image: F64, out: U8) -> U8:
        flags = cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP
        cv2.warpAffine(image, to_image, (self._size, self._size), dst=out, flags=flags)
        return out


class Landmarker:
    """FaceMesh V2: 478 landmarks and presence.

    Grishchenko et al., "Attention Mesh", 2020, and the MediaPipe FaceLandmarker model card, 2022.
    """

    SIZE = 256

    def __init__(self, session: Session) -> None:
        self._session = session
        self._cut = Cutter(self.SIZE)
        self._buffer: U8 = np.empty((0, self.SIZE, self.SIZE, 3), np.uint8)
        self._squares: Any = self._buffer  # of the last call: an array, or Squares on a GPU

    def __call__(self, image: U8, rois: list[Roi], gpu: GpuImage | None = None) -> tuple[F32, F32]:
        """N×478×3 landmarks [px] and N presences [0, 1] of N ≥ 1 squares.

        `gpu` is the same image on the GPU; if given, the squares are cut there.
        """
        if gpu is not None:
            self._squares = gpu.squares(np.array([roi.to_image(self.SIZE) for roi in rois]), self.SIZE)
        else:
            if len(self._buffer) != len(rois):
                self._buffer = np.empty((len(rois), self.SIZE, self.SIZE, 3), np.uint8)
            for crop, roi in zip(self._buffer, rois, strict=True):
                self._cut(image, roi, crop)
            self._squares = self._buffer
        out = self._session({"image": self._squares})
        points = out["landmarks"]
        landmarks = np.empty_like(points)
        for i, roi in enumerate(rois):
            m = roi.to_image(self.SIZE).astype(np.float32)
            landmarks[i, :, :2] = points[i, :, :2] @ m[:, :2].T + m[:, 2]
            landmarks[i, :, 2] = points[i, :, 2] * (roi.side / self.SIZE)
        return landmarks, out["presence"]

    def crop(self, i: int) -> U8:
        """The i-th square of the last call, as RGB."""
        (crop,) = np.asarray(self._squares[i : i + 1], np.uint8)
        return np.asarray(crop, np.uint8)
