"""Where each eye looks, from the iris."""

from __future__ import annotations

import numpy as np

from mien.core.types import F32, F64, Intrinsics
from mien.faces.pose import FACE_TO_MODEL, SELLION

# Per eye, left then right: iris centre, outer and inner corner, upper and lower lid, iris left, right.
_IRIS = np.array([473, 468])
_CORNERS = np.array([[263, 362], [33, 133]])
_LIDS = np.array([[386, 374], [159, 145]])

# Rotation centre of the eyeball behind the middle of the corners, and from it to the pupil [m]:
# an eyeball of 24 mm turns about a point 13.5 mm behind the cornea; the pupil lies 3 mm behind it.
_DEPTH = 0.0065
_RADIUS = 0.0105
_RAISE = 0.0004  # the pupil at rest lies above the line between the corners

_MAX_VERGENCE = np.radians(10)  # of a point 35 cm away

# An eye this open, in its own widths, is well seen; below the other it is shut.
_OPEN, _SHUT = 0.20, 0.08


class Gaze:
    """Turns each pupil about the centre of its eyeball.

    The eyeball's centre is taken from the canonical face in its metric pose; the ray through the
    iris centre meets the sphere on which the pupil moves.
    """

    def __init__(self, canonical: F64) -> None:
        face = canonical[_CORNERS].mean(axis=1) / 100 @ FACE_TO_MODEL
        self.centres = face - canonical[SELLION] / 100 @ FACE_TO_MODEL
        self.centres[:, 0] -= _DEPTH
        self.centres[:, 2] += _RAISE

    def __call__(self, landmarks: F32, pose: F64, k: Intrinsics) -> tuple[F64, F32]:
        """Left and right unit vectors in the camera optical frame (2×3, NaN when shut), confidence (2)."""
        centres = self.centres @ pose[:3, :3].T + pose[:3, 3]
        iris = landmarks[_IRIS, :2].astype(np.float64)
        rays = np.stack([(iris[:, 0] - k.cx) / k.fx, (iris[:, 1] - k.cy) / k.fy, np.ones(2)], axis=1)
        rays /= np.linalg.norm(rays, axis=1, keepdims=True)
        along = np.sum(rays * centres, axis=1)
        miss2 = np.sum(centres**2, axis=1) - along**2
        # A ray that passes the sphere by touches it where it comes nearest.
        reach = along - np.sqrt(np.maximum(_RADIUS**2 - miss2, 0))
        gaze = rays * reach[:, None] - centres
        gaze /= np.maximum(np.linalg.norm(gaze, axis=1, keepdims=True), 1e-12)

        lids = np.linalg.norm(np.diff(landmarks[_LIDS, :2], axis=1)[:, 0], axis=1)
        width = np.linalg.norm(np.diff(landmarks[_CORNERS, :2], axis=1)[:, 0], axis=1)
        openness = lids / np.maximum(width, 1e-6)
        facing = np.clip(-pose[2, 0], 0, 1)  # cosine between the face's normal and the view
        confidence = np.clip((openness - _SHUT) / (_OPEN - _SHUT), 0, 1) * facing
        return _together(gaze @ pose[:3, :3], confidence) @ pose[:3, :3].T, confidence.astype(np.float32)


def _together(gaze: F64, confidence: F64) -> F64:
    """Both eyes on one point: equally high, and never turned outwards (left, right; in face axes).

    What the irises say beyond that is noise, and the mean of two has less of it.
    """
    total = confidence.sum()
    if total <= 0:
        return np.full((2, 3), np.nan)
    yaw, pitch = np.arctan2(gaze[:, 1], gaze[:, 0]), np.arcsin(np.clip(gaze[:, 2], -1, 1))
    pitch = np.full(2, pitch @ confidence / total)
    inward = np.clip(yaw[1] - yaw[0], 0, _MAX_VERGENCE) if confidence.min() > 0 else 0.0
    yaw = yaw @ confidence / total + np.array([-inward, inward]) / 2
    both = np.stack([np.cos(pitch) * np.cos(yaw), np.cos(pitch) * np.sin(yaw), np.sin(pitch)], axis=1)
    both[confidence <= 0] = np.nan
    return both
