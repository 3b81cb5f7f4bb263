"""Where to look for faces that nobody follows: in which turns of the image, and which way up a face is."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from mien.core.types import F32, U8
from mien.faces.detector import Detection, Detector, distinct, is_known, moved, tilt
from mien_models.spaces.mesh478 import EYE_OUTER

_TURNS = (0, 2, 1, 3)  # quarters
# With nobody there, one more turn of the image is looked at this often.
_TURN_NS = 100_000_000
# Sides of a face's box round its middle that are looked at closely.
_CLOSE = 2.0
# A detector has to be so much surer of another way up than of that in which a face was found, and of a closer look
# the same way up than of the first one.
_ANOTHER_WAY_UP = 0.02
_CLOSER = 0.1
_QUARTER = np.pi / 2


class Search:
    """Asks detectors for faces, however the head or the camera is rolled.

    Detectors know upright faces, and those that are rolled by up to 60 or 90 degrees. So the image is
    looked at upright, or as the faces were that were seen last; the first image, such as a
    photograph, in all four turns; and while nobody is there, in one more turn ten times a second.
    What is found is looked at closely, all the way round.
    """

    def __init__(self) -> None:
        self._upright = 0  # turn in which faces were seen last
        self._turned_ns: int | None = None  # when another turn was looked at
        self._next = 0
        self._turns: tuple[int, ...] = ()

    def begin(self, stamp_ns: int, *, alone: bool) -> None:
        """Choose the turns for one image; `alone` = nobody is there."""
        if self._turned_ns is None:
            self._turns = tuple((self._upright + k) % 4 for k in _TURNS)
        elif alone and stamp_ns - self._turned_ns >= _TURN_NS:
            self._next = self._next % 3 + 1
            self._turns = (self._upright, (self._upright + self._next) % 4)
        else:
            self._turns = (self._upright,)
            return
        self._turned_ns = stamp_ns

    def seen(self, landmarks: F32) -> None:
        """A face is followed."""
        self._upright = round(tilt(landmarks[list(reversed(EYE_OUTER))]) / _QUARTER) % 4

    def __call__(self, detector: Detector, image: U8, min_score: float, known: F32, room: int) -> list[Detection]:
        """Up to `room` faces that do not lie on those of N×4 boxes, the largest first, each the right way up."""
        found = [d for turn in self._turns for d in detector(image, min_score, turn) if not is_known(d.box, known)]
        new = sorted(distinct(found), key=lambda d: -float(d.box[2] * d.box[3]))
        return [right_way_up(detector, image, d, min_score) for d in new[:room]]


def right_way_up(detector: Detector, image: U8, found: Detection, min_score: float) -> Detection:
    """`found`, or what the detector sees there when it looks closely, if it is surer of that.

    A face that stands on its head looks like another face, with the mouth for eyes, and detectors and
    landmarks fall for it; but detectors are surer of the same face upright.
    """
    x, y, width, height = found.box.tolist()
    half = _CLOSE * max(width, height) / 2
    left, top = max(int(x + width / 2 - half), 0), max(int(y + height / 2 - half), 0)
    right, bottom = int(x + width / 2 + half) + 1, int(y + height / 2 + half) + 1
    around = image[top:bottom, left:right]
    if not around.size:
        return found
    looks = [moved(d, left, top) for turn in detector.turns for d in detector.close(around, min_score, turn)]
    here = [d for d in looks if is_known(d.box, found.box[None])]
    best = max(here, key=lambda d: d.score + _ANOTHER_WAY_UP * (d.turn == found.turn), default=found)
    if best.turn == found.turn and best.score < found.score + _CLOSER:
        return found
    return replace(best, score=max(best.score, found.score))
