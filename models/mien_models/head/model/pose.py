"""Poses of the head in the camera optical frame (x right, y down, z away)."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

F64 = NDArray[np.float64]

# Face axes (out, left, up) of a person who looks straight into the camera.
FRONTAL: F64 = np.array([[0.0, 1.0, 0.0], [0.0, 0.0, -1.0], [-1.0, 0.0, 0.0]])
# The pivot of head rotations, in face axes: the root of the neck.
_NECK = np.array([-0.088, 0.0, -0.198])


def head_pose(yaw: float = 0.0, pitch: float = 0.0, roll: float = 0.0, at: ArrayLike = (0.0, 0.0, 0.6)) -> F64:
    """4×4, face axes to camera, of a head that turns [rad] to its left, up, and tilts to its right.

    `at` is where the sellion is [m].
    """
    pose = np.eye(4)
    pose[:3, :3] = FRONTAL @ rotation(yaw, pitch, roll)
    pose[:3, 3] = np.asarray(at, np.float64)
    return pose


def rotation(yaw: float, pitch: float, roll: float) -> F64:
    """3×3 about z (up) by yaw, y (left) by -pitch, x (forwards) by roll; roll first."""
    cy, sy, cp, sp, cr, sr = (f(a) for a in (yaw, pitch, roll) for f in (np.cos, np.sin))
    about_z = np.array([[cy, -sy, 0], [sy, cy, 0], [0, 0, 1]])
    about_y = np.array([[cp, 0, -sp], [0, 1, 0], [sp, 0, cp]])
    about_x = np.array([[1, 0, 0], [0, cr, -sr], [0, sr, cr]])
    return np.asarray(about_z @ about_y @ about_x)


def torso_pose(pose: ArrayLike, follow: float = 0.3) -> F64:
    """4×4 of the shoulders below a head: upright, turned by a part of its yaw, on the same neck."""
    head = np.asarray(pose, np.float64)
    forwards = FRONTAL.T @ head[:3, 0]
    torso = np.eye(4)
    torso[:3, :3] = FRONTAL @ rotation(follow * float(np.arctan2(forwards[1], forwards[0])), 0, 0)
    torso[:3, 3] = head[:3, :3] @ _NECK + head[:3, 3] - torso[:3, :3] @ _NECK
    return torso
