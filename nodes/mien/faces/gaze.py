"""Where each eye looks, from iris and lids."""

from __future__ import annotations

import math
from pathlib import Path

import numpy as np

from mien.core.types import F32, F64, Intrinsics
from mien_models.spaces import mesh478

# Degrees to the outside and up per measure of `measures`; written by make_gaze.py.
TABLE = Path(__file__).with_name("gaze.csv")
_COEFFICIENTS: F64 = np.loadtxt(TABLE, delimiter=",", skiprows=1, usecols=(1, 2))

# Of the left and of the right eye: corners, iris, upper and lower lid about its middle.
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

_OUTWARDS = np.array([1.0, -1.0])  # of the left and the right eye, along the face's y axis
_SIDELONG = 0.2  # cosine from which on a face is too far turned to be measured

_MAX_VERGENCE = math.radians(10)  # of a point 35 cm away
_MAX = np.array([[math.radians(45)], [math.radians(35)]])  # yaw and pitch that eyes can turn to

# An eye this open, in its own widths, is well seen; below the other it is shut.
_OPEN, _SHUT = 0.20, 0.08


def gaze_of(landmarks: F32, pose: F64, k: Intrinsics) -> tuple[F64, F32]:
    """Left and right unit vectors in the camera optical frame (2×3, NaN when shut), confidence (2).

    Linear in where irises and lids are seen between the corners of the eyes, and in where the head
    is seen from. landmarks: 478×3 [px]; pose: 4×4, face axes to camera optical frame.
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
    """(2, 7) of the left and the right eye; the right one is measured as its mirror image.

    1, iris (outwards, up), upper and lower lid (up), the camera (outwards, up). The first are seen
    along the head's axes, from the middle between the eye's corners, in widths of the eyes; the
    camera's place is in radians from straight before the head.
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
    """Both eyes on one point: equally high, and never turned outwards (left, right; in face axes).

    What the eyes say beyond that is noise, and the mean of two has less of it.
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
