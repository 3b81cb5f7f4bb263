"""How clearly upper and lower face are visible: from the pixels, and from the network's own uncertainty."""

from __future__ import annotations

import math
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from mien.core.types import F64, U8
from mien_models.spaces.facs import LOWER

# Rows and columns that show the face, in shares of a crop, and of those the ones about the eyes and the mouth.
_FACE = (slice(0.14, 0.93), slice(0.18, 0.82))
_EYES = (slice(0.14, 0.32), slice(0.05, 0.95))
_MOUTH = (slice(0.61, 0.94), slice(0.22, 0.78))
_FINE, _COARSE = 1.0, 4.0  # standard deviations of two blurs, of which the second hardly changes a blurred face [px]
_BLURRED, _SHARP = 0.25, 0.55  # share of the gradients that the second takes off
# Of a thousand photographs all but one in fifty have gradients about the mouth, over those about the eyes, in
# this range (log2); so far beyond it one of the two is hidden by something plain.
_MOUTHS, _PLAIN = (-1.6, 1.0), 1.4
_WHITE, _WHITEST = (250, 250, 250), (255, 255, 255)
_EXPOSED, _BURNT = 0.35, 0.9  # share of white pixels
# Ratio of the network's standard deviation to that without any input: for a face in full view, and behind a hand.
_INFORMED, _BLIND = 0.4, 0.8

_MEMBERS = np.column_stack([~LOWER, LOWER]).astype(np.float64)  # of units: upper face, lower face


def clarity(crop: U8) -> F64:
    """How well an aligned S×S×3 RGB crop shows upper and lower face, (2,) in [0, 1].

    0 where the face is blurred away or burnt out, and where something plain hides one part of it.
    Sharpness is what blurring once more takes off the gradients (Crété et al., "The blur effect", 2007).
    Few pixels, enlarged, are a blur; darkness is none.
    """
    face = _part(crop, _FACE)
    grey = cv2.GaussianBlur(cv2.cvtColor(face, cv2.COLOR_RGB2GRAY).astype(np.float32), (0, 0), _FINE)
    before = _gradients(grey)
    lost = 1 - _gradients(cv2.GaussianBlur(grey, (0, 0), _COARSE)) / before if before > 0 else 0.0
    white = cv2.countNonZero(cv2.inRange(face, _WHITE, _WHITEST)) / grey.size
    sharp = np.clip((lost - _BLURRED) / (_SHARP - _BLURRED), 0, 1)
    exposed = np.clip((_BURNT - white) / (_BURNT - _EXPOSED), 0, 1)
    eyes, mouth = (math.log2(max(_texture(_part(grey, box)), 0.01)) for box in (_EYES, _MOUTH))
    more = mouth - eyes - np.array(_MOUTHS)
    drawn = 1 - np.clip(np.array([more[1], -more[0]]) / _PLAIN, 0, 1)
    return np.asarray(sharp * exposed * drawn)


def informed(units: NDArray[Any], sd: NDArray[Any], blind_sd: NDArray[Any]) -> F64:
    """How clearly a network sees upper and lower face, from its standard deviations, (2,) in [0, 1].

    Of units (A,) [0, 5] and the standard deviations of their errors (A,), beside those (A,) of the
    same network shown nothing. What is shown strongly errs strongly too, so that the units that are
    not shown tell: behind a hand they are as uncertain as unseen.
    """
    weights = np.exp(-2.0 * np.asarray(units, np.float64))
    unsure = (weights * sd) @ _MEMBERS / np.maximum((weights * blind_sd) @ _MEMBERS, 1e-9)
    return np.asarray(np.clip((_BLIND - unsure) / (_BLIND - _INFORMED), 0, 1))


def _part(image: NDArray[Any], box: tuple[slice, slice]) -> NDArray[Any]:
    height, width = image.shape[:2]
    rows, columns = (slice(round(s.start * n), round(s.stop * n)) for s, n in zip(box, (height, width), strict=True))
    return image[rows, columns]


def _texture(grey: NDArray[Any]) -> float:
    """Upper quartile of the gradients: the edge of an object says nothing of its surface."""
    steps = np.abs(grey[1:, 1:] - grey[1:, :-1]) + np.abs(grey[1:, 1:] - grey[:-1, 1:])
    return float(np.partition(steps, steps.size * 3 // 4, axis=None)[steps.size * 3 // 4])


def _gradients(image: NDArray[Any]) -> float:
    squares = (cv2.norm(a, b, cv2.NORM_L2SQR) for a, b in ((image[1:], image[:-1]), (image[:, 1:], image[:, :-1])))
    return math.sqrt(sum(squares))
