"""The interface of video readers, and what they share."""

from __future__ import annotations

import importlib.util
import logging
import math
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Protocol

import cv2
import numpy as np

from mien.core.types import U8
from mien.images.depth import oriented

log = logging.getLogger(__name__)

MEND = "pip install 'mien[media]'"
# How each reader handles properties of videos; tests/unit/camera/test_videos.py checks both.
ABILITIES = (
    ("interlaced (DV, DVD, AVCHD, broadcast)", "deinterlaced, one frame for each (bwdif)", "refused by name"),
    ("damaged frames", "named and left out, as far as the decoder notices", "in intra-only codecs "
     "likewise; in others they are shown as if they were intact"),
    ("AV1", "read", "refused by name"),
    ("ProRes, DNxHD, FFV1, HuffYUV, H.264, H.265, MPEG-1, -2 and -4, VP8, VP9, Windows Media", "read", "read"),
    ("pixels that are not square", "made square", "made square"),
    ("turned or mirrored by the container", "made upright", "made upright"),
    ("10 and 12 bits, BT.601 and BT.709, varying frame rates", "read", "read"),
    ("EXR, PSD, DDS, QOI, SGI, PCX pictures", "read", "refused by name"),
    ("cut short (AVI, MP4, Matroska)", "read to the end, with a warning", "likewise"),
)  # fmt: skip
# A more extreme pixel aspect ratio than this is an error in the header.
_ODDEST = 8.0


@dataclass(frozen=True, slots=True)
class Picture:
    """One frame of a video, upright and with square pixels."""

    image: U8
    time_s: float | None  # from the container; None where it gives none
    index: int  # among all frames of the video, including damaged ones


class Reader(Protocol):
    """Decodes a video, frame by frame."""

    damaged: list[int]  # indices of frames that cannot be decoded

    @property
    def length(self) -> int:
        """Frames in all; 0 where that is not known."""
        ...

    @property
    def rate(self) -> float:
        """Frames per second; 0 where that is not known."""
        ...

    def read(self) -> Picture | None:
        """The next frame; None at the end. Raises SourceError where it cannot go on."""
        ...

    def start_at(self, index: int) -> float | None:
        """Go to a frame, before anything was read: the time of the first frame of all [s].

        None where that is not possible; the reader then stands at the beginning still.
        """
        ...

    def close(self) -> None: ...


@lru_cache(maxsize=1)
def has_pyav() -> bool:
    """Whether PyAV is installed. It reports interlacing, damage and rotation, which OpenCV hides."""
    return importlib.util.find_spec("av") is not None


def square(image: Any, ratio: float, orientation: int) -> U8:
    """The image with square pixels and upright. ratio: width over height of a stored pixel."""
    if ratio > 0 and not math.isclose(ratio, 1, rel_tol=1e-3) and 1 / _ODDEST <= ratio <= _ODDEST:
        height, width = image.shape[:2]
        # Stretch the shorter side, so that no detail is lost.
        size = (round(width * ratio), height) if ratio > 1 else (width, round(height / ratio))
        image = cv2.resize(image, size, interpolation=cv2.INTER_LINEAR)
    return np.asarray(oriented(image, orientation) if orientation != 1 else image, np.uint8)


def say_damage(name: str, damaged: list[int], rate: float) -> str:
    """Names frames that could not be decoded: "frames 8 and 9 (at 0.67 s) are damaged and left out"."""
    runs: list[list[int]] = []
    for index in sorted(damaged):
        if runs and index == runs[-1][1] + 1:
            runs[-1][1] = index
        else:
            runs.append([index, index])
    words = [_run(a, b) for a, b in runs[:20]]
    more = f" and {len(runs) - 20} more places" if len(runs) > 20 else ""
    at = f" (from {runs[0][0] / rate:.2f} s)" if rate else ""
    verb, noun = ("are", "frames") if len(damaged) > 1 else ("is", "frame")
    return f"{name}: {noun} {', '.join(words)}{more}{at} {verb} damaged and left out"


def _run(first: int, last: int) -> str:
    if first == last:
        return str(first)
    return f"{first} and {last}" if last == first + 1 else f"{first} to {last}"
