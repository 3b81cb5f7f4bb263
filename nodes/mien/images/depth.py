"""Converts pixels of more than eight bits, transparent and grey ones to H×W×3 uint8 RGB."""

from __future__ import annotations

from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from mien.core.types import U8

# Background for transparent pixels: mid grey, which gives no strong edge with skin or hair.
BACKDROP = 128
# Bits that cameras and scanners give.
_DEPTHS = (8, 10, 12, 14, 16)


def bits_of(pixels: NDArray[np.uint16]) -> int:
    """How many bits of 16 are used: 8, 10, 12, 14 or 16.

    Cameras of 10 or 12 bits store their values in the lower bits of 16, without a mark. So the largest value
    decides, and a dark image of 16 bits is brightened. Where every value is a multiple of 256, or repeats its
    upper byte in its lower one, the image is of eight bits that were scaled to 16, however dark it is.
    """
    if not pixels.size:
        return 16
    highest = int(pixels.max())
    bits = next(b for b in _DEPTHS if highest < 1 << b)
    if bits == 16 or highest == 0:
        return bits
    low = pixels & 255
    return 16 if highest > 255 and (not low.any() or bool((pixels >> 8 == low).all())) else bits


class Depth:
    """The number of bits used by the images of one stream. It only grows, so that brightness does not flicker."""

    def __init__(self) -> None:
        self.bits = 0

    def __call__(self, pixels: NDArray[np.uint16]) -> U8:
        """16-bit pixels to 8 bits, by the number of bits used in this and earlier images."""
        if not self.bits or int(pixels.max(initial=0)) >= 1 << self.bits:
            self.bits = max(self.bits, bits_of(pixels))
        return np.asarray(pixels >> (self.bits - 8), np.uint8)


def to_8_bit(pixels: NDArray[Any], depth: Depth | None = None) -> U8:
    """Pixels to 8 bits: of 16 bits those that are used (by `depth` in a stream); floats from 0 to 1, or to the largest
    value where that is more.

    Raises ValueError for other types.
    """
    if pixels.dtype == np.uint8:
        return np.asarray(pixels, np.uint8)
    if pixels.dtype == np.uint16:
        return (depth or Depth())(pixels)
    if pixels.dtype.kind == "f":
        finite = np.nan_to_num(pixels.astype(np.float32), nan=0, posinf=0, neginf=0)
        return np.asarray(np.clip(finite / max(1.0, float(finite.max(initial=0))), 0, 1) * 255 + 0.5, np.uint8)
    if pixels.dtype in (np.int8, np.int16, np.int32, np.uint32):
        return to_8_bit(np.clip(pixels, 0, 65535).astype(np.uint16), depth)
    raise ValueError(f"pixels of {pixels.dtype} are not images")


def to_rgb(pixels: NDArray[Any], depth: Depth | None = None) -> U8:
    """H×W, H×W×3 or H×W×4 pixels as OpenCV gives them (BGR, BGRA) to H×W×3 uint8 RGB.

    Transparent pixels are blended with grey, because their colours are arbitrary. Raises ValueError for other shapes.
    """
    image = to_8_bit(pixels, depth)
    channels = 1 if image.ndim == 2 else image.shape[2]
    if channels == 1:
        return np.asarray(cv2.cvtColor(image, cv2.COLOR_GRAY2RGB), np.uint8)
    if channels == 2:  # grey and opacity
        grey, alpha = np.ascontiguousarray(image[..., 0]), image[..., 1]
        return _on_backdrop(np.asarray(cv2.cvtColor(grey, cv2.COLOR_GRAY2RGB), np.uint8), alpha)
    if channels == 3:
        return np.asarray(cv2.cvtColor(image, cv2.COLOR_BGR2RGB), np.uint8)
    if channels == 4:
        return _on_backdrop(np.asarray(cv2.cvtColor(image, cv2.COLOR_BGRA2RGB), np.uint8), image[..., 3])
    raise ValueError(f"images have 1, 2, 3 or 4 channels, not {channels}")


def _on_backdrop(rgb: U8, alpha: U8) -> U8:
    """Blend `rgb` with the background, in place."""
    covered = alpha < 255
    if covered.any():
        share = alpha[covered, None].astype(np.uint16)
        rgb[covered] = ((rgb[covered] * share + BACKDROP * (255 - share) + 127) // 255).astype(np.uint8)
    return rgb


def oriented(image: NDArray[Any], orientation: int) -> NDArray[Any]:
    """The image turned upright. orientation: of EXIF; 1 = upright, 2 to 8 = rotated or mirrored."""
    if orientation in (5, 6, 7, 8):
        image = np.swapaxes(image, 0, 1)
    if orientation in (2, 3, 6, 7):
        image = image[:, ::-1]
    if orientation in (3, 4, 7, 8):
        image = image[::-1]
    return np.ascontiguousarray(image)
