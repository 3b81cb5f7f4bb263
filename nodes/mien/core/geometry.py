"""Rotations and rigid transforms. Quaternions are x, y, z, w, as in ROS."""

from __future__ import annotations

import numpy as np

from mien.core.types import F64

IDENTITY_QUATERNION: F64 = np.array([0.0, 0.0, 0.0, 1.0])

# Face axes (REP-155: x out of the face, y to its left, z up) of a head that looks straight into the
# camera, as columns in the optical frame (x right, y down, z forward).
FACING_CAMERA: F64 = np.array([[0.0, 1.0, 0.0], [0.0, 0.0, -1.0], [-1.0, 0.0, 0.0]])


def quaternion(rotation: F64) -> F64:
    """3×3 rotation matrix to a unit quaternion with w ≥ 0."""
    m = rotation
    # The largest of the four squared components is the one that divides without loss.
    four = np.array(
        [
            1 + m[0, 0] - m[1, 1] - m[2, 2],
            1 - m[0, 0] + m[1, 1] - m[2, 2],
            1 - m[0, 0] - m[1, 1] + m[2, 2],
            1 + m[0, 0] + m[1, 1] + m[2, 2],
        ]
    )
    k = int(np.argmax(four))
    if k == 3:
        q = np.array([m[2, 1] - m[1, 2], m[0, 2] - m[2, 0], m[1, 0] - m[0, 1], four[3]])
    else:
        i, j = (k + 1) % 3, (k + 2) % 3
        q = np.empty(4)
        q[k] = four[k]
        q[i] = m[k, i] + m[i, k]
        q[j] = m[k, j] + m[j, k]
        q[3] = m[j, i] - m[i, j]
    q /= np.linalg.norm(q)
    return q if q[3] >= 0 else -q


def matrix(q: F64) -> F64:
    """Unit quaternion to a 3×3 rotation matrix."""
    x, y, z, w = q
    return np.array(
        [
            [1 - 2 * (y * y + z * z), 2 * (x * y - z * w), 2 * (x * z + y * w)],
            [2 * (x * y + z * w), 1 - 2 * (x * x + z * z), 2 * (y * z - x * w)],
            [2 * (x * z - y * w), 2 * (y * z + x * w), 1 - 2 * (x * x + y * y)],
        ]
    )


def slerp(a: F64, b: F64, t: float) -> F64:
    """Great-circle interpolation from `a` (t = 0) to `b` (t = 1), the shorter way round."""
    dot = float(a @ b)
    if dot < 0:
        b, dot = -b, -dot
    angle = np.arccos(min(dot, 1.0))
    if angle < 1e-6:
        q = a + t * (b - a)
    else:
        q = (np.sin((1 - t) * angle) * a + np.sin(t * angle) * b) / np.sin(angle)
    return q / np.linalg.norm(q)


def angle_deg(a: F64, b: F64) -> float:
    """Angle between two 3×3 rotations."""
    return float(np.degrees(np.arccos(np.clip((np.trace(a.T @ b) - 1) / 2, -1, 1))))
