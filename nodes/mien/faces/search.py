"""Search for faces that are not tracked yet, in several rotations of the image."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from mien.core.types import F32, U8
from mien.faces.detector import Detection, Detector, distinct, is_known, moved, tilt
from mien_models.spaces.mesh478 import EYE_OUTER

_TURNS = (0, 2, 1, 3)  # quarter turns, in order of search
# While no face is tracked, one more rotation of the image is searched at this interval.
_TURN_NS = 100_000_000
# Side of the square around a detection that is searched again, in sides of its box.
_CLOSE = 2.0
# By how much the score of a detection in another rotation must exceed that of the first one, and by how much the
# score of the second search in the same rotation must.
_ROTATION_MARGIN = 0.02
_REFINE_MARGIN = 0.1
_QUARTER = np.pi / 2


class Search:
    """Runs detectors so that faces are found whatever the roll of the head or the camera.

    Detectors find upright faces and those that are rolled by up to 60 or 90 degrees. So the first
    image, such as a photograph, is searched in all four quarter turns; later images upright, or
    turned like the faces that were seen last; and while no face is tracked, one more turn is searched
    ten times a second. Around each detection the detector runs again, in all its turns.
    """

    def __init__(self) -> None:
        self._upright = 0  # turn in which faces were seen last
        self._turned_ns: int | None = None  # when another turn was last searched
        self._next = 0
        self._turns: tuple[int, ...] = ()

    def begin(self, stamp_ns: int, *, alone: bool) -> None:
        """Choose the turns for one image; `alone` = no face is tracked."""
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
        """Note the roll of a tracked face, from its landmarks (478×3 [px])."""
        self._upright = round(tilt(landmarks[list(reversed(EYE_OUTER))]) / _QUARTER) % 4

    def __call__(self, detector: Detector, image: U8, min_score: float, known: F32, room: int) -> list[Detection]:
        """Up to `room` faces, the largest first, each with its right roll. known: N×4 boxes of faces to leave out."""
        found = [d for turn in self._turns for d in detector(image, min_score, turn) if not is_known(d.box, known)]
        new = sorted(distinct(found), key=lambda d: -float(d.box[2] * d.box[3]))
        return [right_way_up(detector, image, d, min_score) for d in new[:room]]


def right_way_up(detector: Detector, image: U8, found: Detection, min_score: float) -> Detection:
    """`found`, or a detection in an enlarged view of the same place whose score is higher.

    Detectors and landmark networks can take an upside-down face for an upright one, with the mouth as
    eyes; but the same face scores higher when it is turned upright.
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
    best = max(here, key=lambda d: d.score + _ROTATION_MARGIN * (d.turn == found.turn), default=found)
    if best.turn == found.turn and best.score < found.score + _REFINE_MARGIN:
        return found
    return replace(best, score=max(best.score, found.score))
