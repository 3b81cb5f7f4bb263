"""Gaze direction of each eye, from the landmarks of iris and lids."""

from __future__ import annotations

import math
from pathlib import Path

import numpy as np

from mien.core.types import F32, F64, Intrinsics
from mien_models.spaces import mesh478

# Degrees outwards and up per unit of each of the `measures`; written by make_gaze.py.
TABLE = Path(__file__).with_name("gaze.csv")
_RADIANS: F64 = np.radians(np.loadtxt(TABLE, delimiter=",", skiprows=1, usecols=(1, 2)))

# Landmarks of the left and of the right eye: corners, iris, middle of the upper and of the lower lid.
_POINTS = np.array(
    [
        (outer, inner, *iris, *upper, *lower)
        for outer, inner, iris, upper, lower in zip(
            mesh478.EYE_OUTER,
            mesh478.EYE_INNER,
            mesh478.IRISES,
            mesh478.UPPER_LID_MIDDLE,
            mesh478.LOWER_LID_MIDDLE,
            strict=True,
        )
    ]
)
_MEANS = np.zeros((4, 13))  # middle of the corners, iris, upper lid, lower lid
for _row, _of in enumerate((slice(0, 2), slice(2, 7), slice(7, 10), slice(10, 13))):
    _MEANS[_row, _of] = 1 / (_of.stop - _of.start)
_UPPER, _LOWER = 8, 11  # the middles of the lids

_OUTWARDS = np.array([1.0, -1.0])  # sign of the outward direction of the left and the right eye on the face's y axis
_SIDELONG = 0.2  # cosine of the angle to the camera from which on a face is turned too far to be measured

_MAX_VERGENCE = math.radians(10)  # of a point 35 cm away
_MAX = np.radians([45.0, 35.0])  # yaw and pitch that eyes can turn to

# Ratio of height to width from which on an eye is well seen, and below which it is shut.
_OPEN, _SHUT = 0.20, 0.08


def gaze_of(landmarks: F32, pose: F64, k: Intrinsics) -> tuple[F64, F32]:
    """Left and right unit vectors in the camera optical frame (..., 2, 3), NaN when shut; confidence (..., 2).

    Linear in the positions of irises and lids between the corners of the eyes, and in the direction
    of the camera from the head. landmarks: (..., 478, 3) [px]; pose: (..., 4, 4), face axes to camera optical frame.
    """
    points = landmarks[..., _POINTS, :2].astype(np.float64)
    angles = _measures(points, pose, k) @ _RADIANS
    angles[..., 0] *= _OUTWARDS
    angles = np.minimum(np.maximum(angles, -_MAX), _MAX)
    openness = _length(points[..., _UPPER, :] - points[..., _LOWER, :])
    openness /= np.maximum(_length(points[..., 0, :] - points[..., 1, :]), 1e-6)
    facing = np.minimum(np.maximum(-pose[..., 2, 0], 0), 1)  # cosine between the face's normal and the view
    confidence = np.minimum(np.maximum((openness - _SHUT) / (_OPEN - _SHUT), 0), 1) * facing[..., None]
    return _together(angles, confidence) @ np.swapaxes(pose[..., :3, :3], -1, -2), confidence.astype(np.float32)


def measures(landmarks: F32, pose: F64, k: Intrinsics) -> F64:
    """(..., 2, 7) features of the left and the right eye; the right eye is mirrored.

    Columns: 1, iris (outwards, up), upper and lower lid (up), camera (outwards, up). Iris and lids
    are measured along the head's axes from the middle between the corners of the eye, in widths of
    the eye; the camera is the angle [rad] from straight ahead of the head.
    """
    return _measures(landmarks[..., _POINTS, :2].astype(np.float64), pose, k)


def _measures(points: F64, pose: F64, k: Intrinsics) -> F64:
    """The same for the _POINTS (..., 2, 13, 2) of the eyes [px]."""
    rays = np.ones((*points.shape[:-1], 3))
    rays[..., :2] = (points - (k.cx, k.cy)) / (k.fx, k.fy)
    rays = rays @ pose[..., None, :3, :3]
    flat = rays[..., 1:] / np.maximum(-rays[..., :1], _SIDELONG)
    flat[..., 1, :, 0] *= -1
    width = _length(flat[..., 0, :] - flat[..., 1, :]).sum(axis=-1) / 2
    places = _MEANS @ flat
    places = (places[..., 1:, :] - places[..., :1, :]) / np.maximum(width, 1e-9)[..., None, None, None]
    out = np.ones((*points.shape[:-2], 7))
    out[..., 1:3] = places[..., 0, :]
    out[..., 3:5] = places[..., 1:, 1]
    camera = -(pose[..., None, :3, 3] @ pose[..., :3, :3])
    out[..., 5] = np.arctan2(camera[..., 1], camera[..., 0]) * _OUTWARDS
    out[..., 6] = np.arctan2(camera[..., 2], np.hypot(camera[..., 0], camera[..., 1]))
    return out


def _together(angles: F64, confidence: F64) -> F64:
    """Directions in face axes (..., 2, 3) of two eyes that fixate one point: same pitch, no divergence.

    Any other difference between the eyes is noise, which averaging over both reduces. angles: (..., 2, 2) yaw, pitch.
    """
    total = confidence.sum(axis=-1)
    mean = (angles * confidence[..., None]).sum(axis=-2) / np.where(total > 0, total, np.nan)[..., None]
    inward = np.minimum(np.maximum(angles[..., 1, 0] - angles[..., 0, 0], 0), _MAX_VERGENCE) / 2
    inward = inward * (confidence.min(axis=-1) > 0)
    yaw, pitch = mean[..., :1] - inward[..., None] * _OUTWARDS, mean[..., 1:]
    flat = np.cos(pitch)
    both = np.empty((*yaw.shape, 3))
    both[..., 0], both[..., 1], both[..., 2] = flat * np.cos(yaw), flat * np.sin(yaw), np.sin(pitch)
    both[confidence <= 0] = np.nan
    return both


def _length(vectors: F64) -> F64:
    return np.asarray(np.sqrt(np.einsum("...j,...j->...", vectors, vectors)))
