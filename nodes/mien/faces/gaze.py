"""Gaze direction of each eye, from the landmarks of iris and lids."""

from __future__ import annotations

import math
from pathlib import Path

import numpy as np

from mien.core.types import F32, F64, Intrinsics
from mien_models.spaces import mesh478

# Degrees outwards and up per unit of each of the `measures`; written by make_gaze.py.
TABLE = Path(__file__).with_name("gaze.csv")
_COEFFICIENTS: F64 = np.loadtxt(TABLE, delimiter=",", skiprows=1, usecols=(1, 2))

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
_MAX = np.array([[math.radians(45)], [math.radians(35)]])  # yaw and pitch that eyes can turn to

# Ratio of height to width from which on an eye is well seen, and below which it is shut.
_OPEN, _SHUT = 0.20, 0.08


def gaze_of(landmarks: F32, pose: F64, k: Intrinsics) -> tuple[F64, F32]:
    """Left and right unit vectors in the camera optical frame (2×3, NaN when shut), confidence (2).

    Linear in the positions of irises and lids between the corners of the eyes, and in the direction
    of the camera from the head. landmarks: 478×3 [px]; pose: 4×4, face axes to camera optical frame.
    """
    yaw, pitch = np.radians(measures(landmarks, pose, k) @ _COEFFICIENTS).T
    yaw, pitch = np.clip((yaw * _OUTWARDS, pitch), -_MAX, _MAX)
    corners = landmarks[_POINTS[:, :2], :2].astype(np.float64)
    lids = landmarks[_POINTS[:, (_UPPER, _LOWER)], :2].astype(np.float64)
    openness = _length(lids[:, 0] - lids[:, 1]) / np.maximum(_length(corners[:, 0] - corners[:, 1]), 1e-6)
    facing = min(max(-float(pose[2, 0]), 0.0), 1.0)  # cosine between the face's normal and the view
    confidence = np.clip((openness - _SHUT) / (_OPEN - _SHUT), 0, 1) * facing
    return _together(yaw, pitch, confidence) @ pose[:3, :3].T, confidence.astype(np.float32)


def measures(landmarks: F32, pose: F64, k: Intrinsics) -> F64:
    """(2, 7) features of the left and the right eye; the right eye is mirrored.

    Columns: 1, iris (outwards, up), upper and lower lid (up), camera (outwards, up). Iris and lids
    are measured along the head's axes from the middle between the corners of the eye, in widths of
    the eye; the camera is the angle [rad] from straight ahead of the head.
    """
    seen = landmarks[_POINTS].astype(np.float64)
    seen[..., 2] = 1
    seen[..., 0] = (seen[..., 0] - k.cx) / k.fx
    seen[..., 1] = (seen[..., 1] - k.cy) / k.fy
    rays = seen @ pose[:3, :3]
    flat = rays[..., 1:] / np.maximum(-rays[..., :1], _SIDELONG)
    flat[1, :, 0] *= -1
    width = _length(flat[:, 0] - flat[:, 1]).mean()
    places = _MEANS @ flat
    iris, upper, lower = np.moveaxis((places[:, 1:] - places[:, :1]) / max(width, 1e-9), 1, 0)
    x, y, z = (-pose[:3, 3] @ pose[:3, :3]).tolist()
    camera = math.atan2(y, x) * _OUTWARDS, np.full(2, math.atan2(z, math.hypot(x, y)))
    return np.stack([np.ones(2), *iris.T, upper[:, 1], lower[:, 1], *camera], axis=1)


def _together(yaw: F64, pitch: F64, confidence: F64) -> F64:
    """Directions in face axes (left, right) of two eyes that fixate one point: same pitch, no divergence.

    Any other difference between the eyes is noise, which averaging over both reduces.
    """
    total = float(confidence.sum())
    if total <= 0:
        return np.full((2, 3), np.nan)
    height = float(pitch @ confidence) / total
    inward = min(max(float(yaw[1] - yaw[0]), 0.0), _MAX_VERGENCE) if confidence.min() > 0 else 0.0
    side = float(yaw @ confidence) / total
    both = np.array([_direction(side - inward / 2, height), _direction(side + inward / 2, height)])
    both[confidence <= 0] = np.nan
    return both


def _direction(yaw: float, pitch: float) -> tuple[float, float, float]:
    return math.cos(pitch) * math.cos(yaw), math.cos(pitch) * math.sin(yaw), math.sin(pitch)


def _length(vectors: F64) -> F64:
    return np.asarray(np.sqrt(np.einsum("...j,...j->...", vectors, vectors)))
