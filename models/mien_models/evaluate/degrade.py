"""Degraded pictures of the same faces, to test how readings suffer and whether their standard deviations grow."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache

import cv2
import numpy as np
from numpy.typing import NDArray

from mien_models.spaces.mesh478 import EYE_OUTER

F32 = NDArray[np.float32]
U8 = NDArray[np.uint8]


def blur(crop: U8, sigma_px: float) -> U8:
    """Out of focus: a Gaussian of this width, in pixels of the crop."""
    return np.asarray(cv2.GaussianBlur(crop, (0, 0), sigma_px) if sigma_px > 0 else crop, np.uint8)


def resolution(crop: U8, side_px: float) -> U8:
    """Fewer pixels: scaled down to this side and up again."""
    size = crop.shape[0]
    small = cv2.resize(crop, (round(side_px), round(side_px)), interpolation=cv2.INTER_AREA)
    return np.asarray(cv2.resize(small, (size, size), interpolation=cv2.INTER_LINEAR), np.uint8)


def exposure(crop: U8, stops: float) -> U8:
    """Lighter or darker by so many stops in linear light, then as 8 bits of sRGB (as a power of 2.2)."""
    table = 255 * np.clip((np.arange(256) / 255) ** 2.2 * 2.0**stops, 0, 1) ** (1 / 2.2)
    return np.asarray(cv2.LUT(crop, np.rint(table).astype(np.uint8)), np.uint8)


def noise(crop: U8, grey_levels: float) -> U8:
    """Sensor noise of this standard deviation, the same for every picture."""
    return np.asarray(np.clip(np.rint(crop + grey_levels * _field(crop.shape)), 0, 255), np.uint8)


@cache
def _field(shape: tuple[int, ...]) -> NDArray[np.float64]:
    return np.random.default_rng(0).normal(0, 1, shape)


# Left, top, right and bottom of the covered part, as shares of the crop.
_COVERS = ((0, 0, 0, 0), (0.0, 0.24, 1.0, 0.46), (0.2, 0.62, 0.8, 1.0), (0.5, 0.0, 1.0, 1.0))
COVERED = ("nothing", "eyes", "mouth", "half")


def cover(crop: U8, which: float) -> U8:
    """A grey box over one of the parts in COVERED."""
    size = crop.shape[0]
    left, top, right, bottom = (round(share * size) for share in _COVERS[round(which)])
    out = np.array(crop, np.uint8)
    out[top:bottom, left:right] = 110
    return out


# Name → function, and its levels.
DEGRADATIONS: Mapping[str, tuple[Callable[[U8, float], U8], tuple[float, ...]]] = {
    "blur_px": (blur, (0, 1, 2, 4)),
    "resolution_px": (resolution, (112, 56, 36, 24, 16)),
    "exposure_stops": (exposure, (-4, -3, -2, -1, 0, 1, 2)),
    "noise_grey_levels": (noise, (0, 8, 16, 32)),
    "covered": (cover, (0, 1, 2, 3)),
}


def degraded(crop: U8, name: str, level: float) -> U8:
    """(N, S, S, 3) crops, all degraded in the same way."""
    change = DEGRADATIONS[name][0]
    return np.stack([change(picture, level) for picture in crop])


def jittered(landmarks: F32, share: float) -> F32:
    """(N, 478, 3) landmarks with noise in x and y of this share of the distance of the outer eye corners."""
    rng = np.random.default_rng(0)
    left, right = EYE_OUTER
    eyes = np.linalg.norm(landmarks[:, left, :2] - landmarks[:, right, :2], axis=1)
    moved = landmarks.copy()
    moved[:, :, :2] += rng.normal(0, share, (*landmarks.shape[:2], 2)) * eyes[:, None, None]
    return np.asarray(moved, np.float32)
