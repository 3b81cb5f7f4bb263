"""What is measured: the package's clip, larger copies of it, and one picture with many faces."""

from __future__ import annotations

from collections.abc import Iterator

import cv2
import numpy as np

from mien.camera.config import CameraConfig
from mien.camera.files.pictures import read_image
from mien.camera.files.videos import VideoSource
from mien.core.types import U8, Frame
from mien.faces.config import FacesConfig
from mien.faces.stage import Stage
from mien_models import Registry

FRAME_NS = 33_333_333
_GRID = 4  # tiles in a column and in a row
_CANVAS = 1080, 1920
_NOISE = 2.0  # of a still camera image, in grey levels


def clip() -> Iterator[Frame]:
    source = VideoSource(Registry.load().path("clip"), CameraConfig())
    return iter(source.read, None)


def resized(images: list[U8], width: int, height: int) -> list[U8]:
    """Scaled to fit, in the middle of black, as a camera of that size would give them."""
    out = []
    for image in images:
        scale = min(width / image.shape[1], height / image.shape[0])
        inner = cv2.resize(image, None, fx=scale, fy=scale, interpolation=cv2.INTER_LINEAR)
        canvas = np.zeros((height, width, 3), np.uint8)
        top, left = (height - inner.shape[0]) // 2, (width - inner.shape[1]) // 2
        canvas[top : top + inner.shape[0], left : left + inner.shape[1]] = inner
        out.append(canvas)
    return out


def noisy(image: U8, copies: int) -> list[U8]:
    """The image under the noise of a sensor."""
    rng = np.random.default_rng(0)
    return [np.clip(image + rng.normal(0, _NOISE, image.shape), 0, 255).astype(np.uint8) for _ in range(copies)]


def crowd(count: int) -> U8:
    """A 1920×1080 picture of `count` ≤ 16 faces: the people of the package's photographs, in turn."""
    portraits = [
        p for name in ("single_face", "multi_face") for p in _portraits(read_image(Registry.load().path(name)))
    ]
    height, width = _CANVAS
    side = height // _GRID
    canvas = np.full((height, width, 3), 96, np.uint8)
    for i in range(count):
        row, column = divmod(i, _GRID)
        tile = cv2.resize(portraits[i % len(portraits)], (side, side), interpolation=cv2.INTER_AREA)
        left = column * width // _GRID + (width // _GRID - side) // 2
        canvas[row * side : (row + 1) * side, left : left + side] = tile
    return canvas


def _portraits(photograph: U8) -> list[U8]:
    """Every face of a photograph, in the middle of a square twice its size, grey beyond the picture."""
    out = []
    for face in Stage(FacesConfig(max_faces=8)).step(Frame(photograph, 0)).faces:
        x, y, w, h = (float(v) for v in face.box)
        side = 2 * max(w, h)
        to_image = np.array([[1, 0, x + w / 2 - side / 2], [0, 1, y + h / 2 - side / 2]])
        flags = cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP
        size = round(side), round(side)
        tile = cv2.warpAffine(photograph, to_image, size, flags=flags, borderValue=(96, 96, 96))
        out.append(np.asarray(tile, np.uint8))
    return out
