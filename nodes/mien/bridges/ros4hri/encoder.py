"""Faces and affects in the terms of ROS4HRI, without ROS.

Source: REP-155, and the definitions of hri_msgs 2.0.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from mien.core.gaze import lines_of
from mien.core.types import F32, F64, Affect, Expression, Face
from mien_models.spaces import emotions, facs, mesh478

CODES = 99  # FacialActionUnits is indexed by the number of the unit

# hri_msgs/Expression has no contempt: the most probable of the others is published instead.
_WORDS = {
    "neutral": "neutral", "anger": "angry", "disgust": "disgusted", "fear": "scared",
    "happiness": "happy", "sadness": "sad", "surprise": "surprised",
}  # fmt: skip
_TOLD = np.array([emotions.INDEX[name] for name in _WORDS])
_CODE = np.array([facs.code(label) for label in facs.AUS])

# What points where: gaze frames have z along the gaze, x to its right and y down, as optical frames.
_UP = np.array([0.0, -1.0, 0.0])  # in the optical frame of the camera


def face_id(track_id: int) -> str:
    """REP-155: an id is short, and begins with a letter."""
    return f"f{track_id:04d}"


@dataclass(frozen=True, slots=True)
class Label:
    """The likeliest expression, with valence and arousal [-1, 1]; 0 where not estimated."""

    expression: str
    valence: float
    arousal: float
    confidence: float


def roi(face: Face, width: int, height: int) -> tuple[float, float, float, float]:
    """xmin, ymin, xmax, ymax as shares of the image, within it."""
    x, y, w, h = (float(v) for v in face.box)
    corners = np.array([x / width, y / height, (x + w) / width, (y + h) / height])
    xmin, ymin, xmax, ymax = np.clip(np.nan_to_num(corners), 0, 1).tolist()
    return xmin, ymin, xmax, ymax


def landmarks(face: Face, width: int, height: int) -> F32:
    """(70, 3): x, y as shares of the image, and confidence. 68 of Multi-PIE, then the right and the left pupil."""
    points = face.landmarks[list(mesh478.MULTI_PIE_70), :2] / (width, height)
    seen = np.isfinite(points).all(axis=1)
    sure = float(np.clip(np.nan_to_num(face.presence), 0, 1))
    return np.column_stack([np.nan_to_num(points), np.where(seen, sure, 0.0)]).astype(np.float32)


def action_units(affect: Affect, top: float) -> tuple[F32, F32]:
    """(99,) intensity [0, top] and confidence [0, 1] by code; of two sides the stronger observed one."""
    intensity, confidence = np.zeros(CODES, np.float32), np.zeros(CODES, np.float32)
    seen = np.isfinite(affect.au_intensity) & (np.nan_to_num(affect.au_confidence) > 0)
    for i in np.flatnonzero(seen)[np.argsort(affect.au_intensity[seen], kind="stable")]:  # the strongest last
        intensity[_CODE[i]] = np.clip(affect.au_intensity[i], 0, 5) / 5 * top
        confidence[_CODE[i]] = np.clip(affect.au_confidence[i], 0, 1)
    return intensity, confidence


def label(affect: Affect) -> Label:
    """The expression to publish."""
    likely = np.nan_to_num(affect.emotion[_TOLD])
    best = int(likely.argmax())
    known = math.isfinite(affect.valence) and math.isfinite(affect.arousal)
    return Label(
        list(_WORDS.values())[best] if likely[best] > 0 else "",
        float(np.clip(affect.valence, -1, 1)) if known else 0.0,
        float(np.clip(affect.arousal, -1, 1)) if known else 0.0,
        float(np.clip(likely[best] * np.nan_to_num(affect.emotion_confidence), 0, 1)),
    )


def gaze_rotation(face: Face, expression: Expression | None = None) -> F64 | None:
    """3×3 of the frame gaze_<id> in that of the camera; None where no eye is seen.

    z lies along the mean gaze of the eyes, weighted by their confidences; x is as level as possible.
    """
    lines = lines_of(face, expression)
    sure = np.where(np.isfinite(lines).all(axis=1), np.nan_to_num(face.gaze_confidence), 0)
    if sure.sum() <= 0:
        return None
    z = np.nan_to_num(lines).T @ sure
    length = float(np.linalg.norm(z))
    if length < 1e-9:
        return None
    z = z / length
    x = np.cross(_UP, z) * -1
    if np.linalg.norm(x) < 1e-6:  # straight up or down
        x = np.array([1.0, 0.0, 0.0])
    x = x / np.linalg.norm(x)
    return np.column_stack([x, np.cross(z, x), z])
