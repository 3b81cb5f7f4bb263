"""Unity's arithmetic, written from its manual: what receivers built with it do to what they get.

Left-handed: x right, y up, z forward. Euler angles turn about z, then x, then y, clockwise as seen
along the axis from its tip to the origin.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Q = NDArray[np.float64]


def multiply(a: Q, b: Q) -> Q:
    """Quaternion.operator *: first b, then a."""
    ax, ay, az, aw = a
    bx, by, bz, bw = b
    return np.array(
        [
            aw * bx + ax * bw + ay * bz - az * by,
            aw * by + ay * bw + az * bx - ax * bz,
            aw * bz + az * bw + ax * by - ay * bx,
            aw * bw - ax * bx - ay * by - az * bz,
        ]
    )


def rotate(q: Q, v: NDArray[np.float64]) -> NDArray[np.float64]:
    """Quaternion * Vector3."""
    x, y, z, w = q
    conjugate = np.array([-x, -y, -z, w])
    return multiply(multiply(q, np.append(v, 0.0)), conjugate)[:3]


def angles_deg(q: Q) -> tuple[float, float, float]:
    """How a character's head is turned to its left, up, and tilted to its left shoulder.

    The character looks along +z; its left is -x. Told of where its nose and its left ear go.
    """
    nose = rotate(q, np.array([0.0, 0.0, 1.0]))
    ear = rotate(q, np.array([-1.0, 0.0, 0.0]))
    crown = rotate(q, np.array([0.0, 1.0, 0.0]))
    yaw = np.degrees(np.arctan2(-nose[0], nose[2]))
    pitch = np.degrees(np.arcsin(np.clip(nose[1], -1, 1)))
    roll = np.degrees(np.arctan2(-ear[1], crown[1]))
    return float(yaw), float(pitch), float(roll)


def euler(x_deg: float, y_deg: float, z_deg: float) -> Q:
    """Quaternion.Euler: about z, then x, then y, all axes of the world."""

    def about(axis: int, degrees: float) -> Q:
        q = np.zeros(4)
        q[axis], q[3] = np.sin(np.radians(degrees) / 2), np.cos(np.radians(degrees) / 2)
        return q

    return multiply(about(1, y_deg), multiply(about(0, x_deg), about(2, z_deg)))
