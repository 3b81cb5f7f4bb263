"""Head angles: yaw, pitch, roll."""

from __future__ import annotations

import numpy as np

from mien.core.geometry import FACING_CAMERA, matrix
from mien.core.moment import Moment
from mien.core.types import F64


def angles_deg(rotation: F64) -> tuple[float, float, float]:
    """Yaw (to the person's left), pitch (up) and roll (to the person's right shoulder) [°].

    rotation: 3×3, from the neutral head, in face axes (x out of the face, y to its left, z up).
    """
    out, left, up = rotation[:, 0], rotation[:, 1], rotation[:, 2]
    yaw = np.arctan2(out[1], out[0])
    pitch = np.arcsin(np.clip(out[2], -1, 1))
    roll = np.arctan2(left[2], up[2])
    return float(np.degrees(yaw)), float(np.degrees(pitch)), float(np.degrees(roll))


def head_angles_deg(moment: Moment, track_id: int) -> tuple[float, float, float] | None:
    """Angles of the rig, which are calibrated and smoothed; without a rig those of the face; None without either."""
    rig = moment.rig(track_id)
    if rig is not None and np.any(rig.head):
        return angles_deg(matrix(rig.head))
    face = moment.face(track_id)
    if face is None or face.pose is None:
        return None
    return angles_deg(FACING_CAMERA.T @ face.pose[:3, :3])
