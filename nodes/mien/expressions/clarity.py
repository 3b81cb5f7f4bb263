"""How clearly upper and lower face are visible: from the pixels, and from the network's own uncertainty."""

from __future__ import annotations

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


def clarity(crops: U8) -> F64:
    """How well aligned S×S×3 RGB crops (N, S, S, 3) show upper and lower face, (N, 2) in [0, 1].

    0 where the face is blurred away or burnt out, and where something plain hides one part of it.
    Sharpness is what blurring once more takes off the gradients (Crété et al., "The blur effect", 2007).
    Few pixels, enlarged, are a blur; darkness is none.
    """
    if not len(crops):
        return np.zeros((0, 2))
    faces = _part(crops, _FACE)
    greys = np.empty(faces.shape[:3], np.float32)
    coarse = np.empty_like(greys)
    for face, grey, blurred in zip(faces, greys, coarse, strict=True):
        cv2.GaussianBlur(cv2.cvtColor(face, cv2.COLOR_RGB2GRAY).astype(np.float32), (0, 0), _FINE, dst=grey)
        cv2.GaussianBlur(grey, (0, 0), _COARSE, dst=blurred)
    before = _gradients(greys)
    lost = np.where(before > 0, 1 - _gradients(coarse) / np.where(before > 0, before, 1), 0)
    white = np.array([cv2.countNonZero(cv2.inRange(face, _WHITE, _WHITEST)) for face in faces]) / greys[0].size
    sharp = (lost - _BLURRED) / (_SHARP - _BLURRED)
    exposed = (_BURNT - white) / (_BURNT - _EXPOSED)
    eyes, mouth = (np.log2(np.maximum(_texture(_part(greys, box)), 0.01)) for box in (_EYES, _MOUTH))
    more = (mouth - eyes)[:, None] - np.array(_MOUTHS)
    drawn = 1 - _share(np.stack([more[:, 1], -more[:, 0]], axis=1) / _PLAIN)
    return np.asarray((_share(sharp) * _share(exposed))[:, None] * drawn)


def informed(units: NDArray[Any], sd: NDArray[Any], blind_sd: NDArray[Any]) -> F64:
    """How clearly a network sees upper and lower face, from its standard deviations, (..., 2) in [0, 1].

    Of units (..., A) [0, 5] and the standard deviations of their errors (..., A), beside those (A,) of the
    same network shown nothing. What is shown strongly errs strongly too, so that the units that are
    not shown tell: behind a hand they are as uncertain as unseen.
    """
    weights = np.exp(-2.0 * np.asarray(units, np.float64))
    unsure = (weights * sd) @ _MEMBERS / np.maximum((weights * blind_sd) @ _MEMBERS, 1e-9)
    return _share((_BLIND - unsure) / (_BLIND - _INFORMED))


def _share(values: F64) -> F64:
    return np.asarray(np.minimum(np.maximum(values, 0), 1))


def _part(images: NDArray[Any], box: tuple[slice, slice]) -> NDArray[Any]:
    sides = zip(box, images.shape[1:3], strict=True)
    rows, columns = (slice(round(s.start * n), round(s.stop * n)) for s, n in sides)
    return images[:, rows, columns]


def _texture(greys: NDArray[Any]) -> F64:
    """Upper quartile of the gradients (N,): the edge of an object says nothing of its surface."""
    here = greys[:, 1:, 1:]
    steps = np.abs(here - greys[:, 1:, :-1])
    steps += np.abs(here - greys[:, :-1, 1:])
    steps = steps.reshape(len(steps), -1)
    at = steps.shape[1] * 3 // 4
    return np.partition(steps, at, axis=1)[:, at].astype(np.float64)


def _gradients(images: NDArray[Any]) -> F64:
    """Lengths (N,) of the gradients of all pixels."""
    squares = [
        cv2.norm(one[1:], one[:-1], cv2.NORM_L2SQR) + cv2.norm(one[:, 1:], one[:, :-1], cv2.NORM_L2SQR)
        for one in images
    ]
    return np.asarray(np.sqrt(squares))
