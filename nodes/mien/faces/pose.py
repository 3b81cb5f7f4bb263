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
_TO_FACE: F64 = _MODEL_TO_OPTICAL @ FACE_TO_MODEL


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
        """(..., 4, 4) poses, face axes to camera optical frame, metres, of landmarks (..., 478, 3) [px]."""
        seen = landmarks[..., self._used, :].astype(np.float64)
        seen[..., :2] -= k.cx, k.cy
        # The mean is taken over the whole mesh, because z has its origin there.
        seen[..., 2] += k.fx - landmarks[..., : mesh478.SURFACE, 2].mean(axis=-1, dtype=np.float32)[..., None]
        seen /= k.fx, k.fy, k.fx
        rays, depth = seen.copy(), seen[..., 2:]
        rays[..., 2] = 1
        scale = self._scale(seen)
        scale = scale * self._scale(rays * (depth / scale))
        points = rays * (depth / scale)
        rotation, centre = self._rotation(points), self._weights @ points
        pose = np.zeros((*landmarks.shape[:-2], 4, 4))
        pose[..., 3, 3] = 1
        pose[..., :3, :3] = rotation @ _TO_FACE
        pose[..., :3, 3] = rotation @ (self._sellion - self._centre) + centre
        return pose

    def _scale(self, points: F64) -> F64:
        """Scales (..., 1, 1) of the similarity transforms from the model to points (..., N, 3)."""
        covariances = self._weighted @ points
        scales = [overlap_with_rotations(m) for m in covariances.reshape(-1, 3, 3)]
        return np.reshape(scales, (*points.shape[:-2], 1, 1)) / self._spread

    def _rotation(self, points: F64) -> F64:
        """Rotations (..., 3, 3) of the similarity transforms from the model to points (..., N, 3)."""
        covariance = self._weighted @ points
        u, _, vt = np.linalg.svd(covariance)
        mirrored = [_determinant(m) < 0 for m in covariance.reshape(-1, 3, 3)]
        if any(mirrored):
            u[..., 2] *= np.reshape(np.where(mirrored, -1.0, 1.0), (*points.shape[:-2], 1))
        return np.asarray(np.swapaxes(u @ vt, -1, -2))


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
