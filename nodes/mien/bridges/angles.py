"""Rotations in the conventions of other programs.

Face axes (REP-155) are x out of the face, y to its left, z up. Angles here are positive when the head
turns to its own left (yaw), up (pitch), and tilts to its own left shoulder (roll). Unity is
left-handed: x to the character's right, y up, z out of its face.
"""

from __future__ import annotations

import math

from mien.core.types import F64

Quaternion = tuple[float, float, float, float]  # x, y, z, w


def yaw_pitch_roll(q: F64) -> tuple[float, float, float]:
    """Angles [rad] of a unit quaternion in face axes: first yaw, then pitch about the turned axis, then roll."""
    x, y, z, w = q.tolist()
    # The first column of the matrix is the direction of the face; its last row gives the tilt.
    forward_x, forward_y, forward_z = 1 - 2 * (y * y + z * z), 2 * (x * y + z * w), 2 * (x * z - y * w)
    left_up, up_up = 2 * (y * z + x * w), 1 - 2 * (x * x + y * y)
    return (
        math.atan2(forward_y, forward_x),
        math.asin(min(max(forward_z, -1.0), 1.0)),
        -math.atan2(left_up, up_up),
    )


def eye_rotation(yaw: float, pitch: float) -> Quaternion:
    """Quaternion in face axes of an eye that turns by `yaw`, then by `pitch` [rad]."""
    sy, cy = math.sin(yaw / 2), math.cos(yaw / 2)
    sp, cp = math.sin(pitch / 2), math.cos(pitch / 2)
    return sy * sp, -cy * sp, sy * cp, cy * cp


def share(q: F64, part: float) -> Quaternion:
    """The rotation about the same axis by the share `part` of the angle, the shorter way round."""
    x, y, z, w = q.tolist()
    if w < 0:
        x, y, z, w = -x, -y, -z, -w
    sine = math.sqrt(x * x + y * y + z * z)
    if sine < 1e-9:
        return 0.0, 0.0, 0.0, 1.0
    half = math.atan2(sine, w) * part
    k = math.sin(half) / sine
    return k * x, k * y, k * z, math.cos(half)


def unity(q: Quaternion) -> Quaternion:
    """A quaternion in face axes, converted to Unity's left-handed axes: axis and sense of rotation are mirrored."""
    x, y, z, w = q
    return y, -z, -x, w
