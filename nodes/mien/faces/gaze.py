"""Where each eye looks, from the iris."""

from __future__ import annotations

import math

import numpy as np

from mien.core.types import F32, F64, Intrinsics
from mien.faces.pose import FACE_TO_MODEL, SELLION

# Of the left and of the right eye: iris centre, outer and inner corner, upper and lower lid.
_POINTS = np.array([[473, 468], [263, 33], [362, 133], [386, 159], [374, 145]])

# Rotation centre of the eyeball behind the middle of the corners, and from it to the pupil [m]:
# an eyeball of 24 mm turns about a point 13.5 mm behind the cornea; the pupil lies 3 mm behind it.
_DEPTH = 0.0065
_RADIUS = 0.0105
_RAISE = 0.0004  # the pupil at rest lies above the line between the corners

_MAX_VERGENCE = math.radians(10)  # of a point 35 cm away

# An eye this open, in its own widths, is well seen; below the other it is shut.
_OPEN, _SHUT = 0.20, 0.08


class Gaze:
    """Turns each pupil about the centre of its eyeball.

    The eyeball's centre is taken from the canonical face in its metric pose; the ray through the
    iris centre meets the sphere on which the pupil moves.
    """

    def __init__(self, canonical: F64) -> None:
        face = canonical[_POINTS[1:3]].mean(axis=0) / 100 @ FACE_TO_MODEL
        self.centres = face - canonical[SELLION] / 100 @ FACE_TO_MODEL
        self.centres[:, 0] -= _DEPTH
        self.centres[:, 2] += _RAISE

    def __call__(self, landmarks: F32, pose: F64, k: Intrinsics) -> tuple[F64, F32]:
        """Left and right unit vectors in the camera optical frame (2×3, NaN when shut), confidence (2)."""
        centres = self.centres @ pose[:3, :3].T + pose[:3, 3]
        iris, outer, inner, upper, lower = landmarks[_POINTS, :2].astype(np.float64)
        rays = np.ones((2, 3))
        rays[:, :2] = (iris - (k.cx, k.cy)) / (k.fx, k.fy)
        rays /= _length(rays)[:, None]
        along = _dot(rays, centres)
        miss2 = _dot(centres, centres) - along**2
        # A ray that passes the sphere by touches it where it comes nearest.
        reach = along - np.sqrt(np.maximum(_RADIUS**2 - miss2, 0))
        gaze = rays * reach[:, None] - centres
        gaze /= np.maximum(_length(gaze), 1e-12)[:, None]

        openness = _length(upper - lower) / np.maximum(_length(outer - inner), 1e-6)
        facing = min(max(-float(pose[2, 0]), 0.0), 1.0)  # cosine between the face's normal and the view
        confidence = _between((openness - _SHUT) / (_OPEN - _SHUT), 0, 1) * facing
        return _together(gaze @ pose[:3, :3], confidence) @ pose[:3, :3].T, confidence.astype(np.float32)


def _together(gaze: F64, confidence: F64) -> F64:
    """Both eyes on one point: equally high, and never turned outwards (left, right; in face axes).

    What the irises say beyond that is noise, and the mean of two has less of it.
    """
    total = float(confidence.sum())
    if total <= 0:
        return np.full((2, 3), np.nan)
    yaw, pitch = np.arctan2(gaze[:, 1], gaze[:, 0]), np.arcsin(_between(gaze[:, 2], -1, 1))
    height = float(pitch @ confidence) / total
    inward = min(max(float(yaw[1] - yaw[0]), 0.0), _MAX_VERGENCE) if confidence.min() > 0 else 0.0
    side = float(yaw @ confidence) / total
    both = np.array([_direction(side - inward / 2, height), _direction(side + inward / 2, height)])
    both[confidence <= 0] = np.nan
    return both


def _direction(yaw: float, pitch: float) -> tuple[float, float, float]:
    return math.cos(pitch) * math.cos(yaw), math.cos(pitch) * math.sin(yaw), math.sin(pitch)


def _dot(a: F64, b: F64) -> F64:
    return np.asarray(np.einsum("ij,ij->i", a, b))


def _length(vectors: F64) -> F64:
    return np.sqrt(_dot(vectors, vectors))


def _between(values: F64, lo: float, hi: float) -> F64:
    """As np.clip, at half its price for a pair."""
    return np.minimum(np.maximum(values, lo), hi)
