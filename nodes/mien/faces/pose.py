"""Metric head pose from landmarks."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from mien.core.types import F32, F64, Intrinsics
from mien_models.spaces import mesh478

SELLION = 168
_NEWTON_STEPS = 50

# Canonical axes (x to the viewer's right, y up, z to the viewer) of the face axes of REP-155
# (x out of the face, y to its left, z up), and of the optical axes (x right, y down, z away).
FACE_TO_MODEL: F64 = np.array([[0.0, 1.0, 0.0], [0.0, 0.0, 1.0], [1.0, 0.0, 0.0]])
_MODEL_TO_OPTICAL: F64 = np.diag([1.0, -1.0, -1.0])


class MetricPose:
    """Fits the canonical face, whose size is known, to landmarks in perspective projection.

    The landmarks' z is relative and in the scale of x. A first similarity transform, under weak
    perspective, gives the scale that turns z into metric depth; un-projecting with this depth and
    fitting again corrects the scale for perspective; the last fit is the pose. This is the method
    of MediaPipe's face geometry module.

    canonical: 468×3 [cm]; ids, weights: the landmarks to fit, which expressions hardly move.
    """

    def __init__(self, canonical: F64, ids: NDArray[np.integer], weights: F64) -> None:
        self._used = ids
        self._weights = weights / weights.sum()
        model = canonical @ _MODEL_TO_OPTICAL.T / 100
        self._sellion = model[SELLION]
        used = model[self._used]
        self._centre = self._weights @ used
        self._centred = used - self._centre
        self._spread = float(self._weights @ (self._centred**2).sum(1))
        self._weighted = (self._centred * self._weights[:, None]).T

    def __call__(self, landmarks: F32, k: Intrinsics) -> F64:
        """4×4 pose, face axes to camera optical frame, metres, of 478×3 landmarks [px]."""
        seen = landmarks[self._used].astype(np.float64)
        seen[:, :2] -= k.cx, k.cy
        # The mean is taken over the whole mesh, because z has its origin there.
        seen[:, 2] += k.fx - float(landmarks[: mesh478.SURFACE, 2].mean())
        seen /= k.fx, k.fy, k.fx
        rays, depth = seen.copy(), seen[:, 2:]
        rays[:, 2] = 1
        scale = self._scale(seen)
        scale *= self._scale(rays * (depth / scale))
        points = rays * (depth / scale)
        rotation, centre = self._rotation(points), self._weights @ points
        pose = np.eye(4)
        pose[:3, :3] = rotation @ _MODEL_TO_OPTICAL @ FACE_TO_MODEL
        pose[:3, 3] = rotation @ (self._sellion - self._centre) + centre
        return pose

    def _scale(self, points: F64) -> float:
        """Scale of the similarity transform from the model to N×3 points."""
        return overlap_with_rotations(self._weighted @ points) / self._spread

    def _rotation(self, points: F64) -> F64:
        """Rotation of the similarity transform from the model to N×3 points."""
        covariance = self._weighted @ points
        u, _, vt = np.linalg.svd(covariance)
        if _determinant(covariance) < 0:
            u[:, 2] = -u[:, 2]
        return np.asarray((u @ vt).T)


def overlap_with_rotations(m: F64) -> float:
    """The maximum of tr(R m) over rotations R, which is the signed sum of m's singular values.

    It is the largest root of the characteristic polynomial of Horn's quaternion matrix, found by
    Newton's method from above (Theobald, "Rapid calculation of RMSDs using a quaternion-based
    characteristic polynomial", Acta Cryst. A, 2005); three times as fast as a singular value decomposition.
    """
    square = m.T @ m
    n, q, d = float(np.vdot(m, m)), float(np.vdot(square, square)), _determinant(m)
    root = math.sqrt(3 * n)
    for _ in range(_NEWTON_STEPS):
        slope = 4 * (root * (root * root - n) - 2 * d)
        if slope <= 0:
            break
        step = (root * (root * (root * root - 2 * n) - 8 * d) + 2 * q - n * n) / slope
        root -= step
        if step <= 1e-12 * root:
            break
    return root


def _determinant(m: F64) -> float:
    """Determinant of a 3×3 matrix, ten times as fast as `numpy.linalg.det`."""
    (a, b, c), (d, e, f), (g, h, i) = m.tolist()
    return float(a * (e * i - f * h) - b * (d * i - f * g) + c * (d * h - e * g))
