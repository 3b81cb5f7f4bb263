"""How much of an expression a face lets a network see: of the picture, and by the network's own account."""

from __future__ import annotations

import math
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from mien.core.spaces.facs import LOWER
from mien.core.types import F64, U8

_FACE = (slice(0.14, 0.93), slice(0.18, 0.82))  # rows and columns of a crop that show the face, in shares
_FINE, _COARSE = 1.0, 4.0  # standard deviations of two blurs, of which the second hardly changes a blurred face [px]
_BLURRED, _SHARP = 0.25, 0.55  # share of the gradients that the second takes off
_WHITE, _WHITEST = (250, 250, 250), (255, 255, 255)
_EXPOSED, _BURNT = 0.35, 0.9  # share of white pixels
# Of the standard deviation of who sees nothing: what is read of a face in full view, and of one behind a hand.
_INFORMED, _BLIND = 0.4, 0.8

_MEMBERS = np.column_stack([~LOWER, LOWER]).astype(np.float64)  # of units: upper face, lower face


def clarity(crop: U8) -> float:
    """How well an aligned S×S×3 RGB crop shows a face, [0, 1]: 0 where it is blurred away or burnt out.

    Sharpness is what blurring once more takes off the gradients (Crété et al., "The blur effect", 2007).
    Few pixels, enlarged, are a blur; darkness is none.
    """
    size = crop.shape[0]
    rows, columns = (slice(round(s.start * size), round(s.stop * size)) for s in _FACE)
    face = crop[rows, columns]
    fine = cv2.GaussianBlur(cv2.cvtColor(face, cv2.COLOR_RGB2GRAY).astype(np.float32), (0, 0), _FINE)
    before = _gradients(fine)
    lost = 1 - _gradients(cv2.GaussianBlur(fine, (0, 0), _COARSE)) / before if before > 0 else 0.0
    white = cv2.countNonZero(cv2.inRange(face, _WHITE, _WHITEST)) / fine.size
    sharp = np.clip((lost - _BLURRED) / (_SHARP - _BLURRED), 0, 1)
    return float(sharp * np.clip((_BURNT - white) / (_BURNT - _EXPOSED), 0, 1))


def informed(units: NDArray[Any], sd: NDArray[Any], blind_sd: NDArray[Any]) -> F64:
    """How much of upper and lower face a network says to see, (N, 2) in [0, 1].

    Of units (N, A) [0, 5] and the standard deviations of their errors (N, A), beside those (A,) of the
    same network shown nothing. What is shown strongly errs strongly too, so that the units that are
    not shown tell: behind a hand they are as uncertain as unseen.
    """
    weights = np.exp(-2.0 * np.asarray(units, np.float64))
    rows = np.stack([(weights * x) @ _MEMBERS for x in (sd, np.broadcast_to(blind_sd, sd.shape))])
    return np.asarray(np.clip((_BLIND - rows[0] / np.maximum(rows[1], 1e-9)) / (_BLIND - _INFORMED), 0, 1))


def _gradients(image: NDArray[Any]) -> float:
    squares = (cv2.norm(a, b, cv2.NORM_L2SQR) for a, b in ((image[1:], image[:-1]), (image[:, 1:], image[:, :-1])))
    return math.sqrt(sum(squares))
