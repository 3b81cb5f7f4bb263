"""Rotations and rigid transforms. Quaternions are x, y, z, w, as in ROS."""

from __future__ import annotations

import math

import numpy as np

from mien.core.types import F64, Face
from mien_models.spaces import mesh478

IDENTITY_QUATERNION: F64 = np.array([0.0, 0.0, 0.0, 1.0])

# Face axes (REP-155: x out of the face, y to its left, z up) of a head that looks straight into the
# camera, as columns in the optical frame (x right, y down, z forward).
FACING_CAMERA: F64 = np.array([[0.0, 1.0, 0.0], [0.0, 0.0, -1.0], [-1.0, 0.0, 0.0]])


def quaternion(rotation: F64) -> F64:
    """3×3 rotation matrix to a unit quaternion with w ≥ 0."""
    m = rotation
    # Divide by the component with the largest square: this loses the least precision.
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
    q /= math.sqrt(float(q @ q))
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


def euler_xyz(rotation: F64) -> tuple[float, float, float]:
    """Angles [rad] of R = Rx·Ry·Rz."""
    y = math.asin(min(max(float(rotation[0, 2]), -1.0), 1.0))
    x = math.atan2(-float(rotation[1, 2]), float(rotation[2, 2]))
    z = math.atan2(-float(rotation[0, 1]), float(rotation[0, 0]))
    return x, y, z


def from_euler_xyz(x: float, y: float, z: float) -> F64:
    """R = Rx·Ry·Rz of angles [rad]."""
    (sx, cx), (sy, cy), (sz, cz) = ((math.sin(a), math.cos(a)) for a in (x, y, z))
    return np.array(
        [
            [cy * cz, -cy * sz, sy],
            [cx * sz + sx * sy * cz, cx * cz - sx * sy * sz, -sx * cy],
            [sx * sz - cx * sy * cz, sx * cz + cx * sy * sz, cx * cy],
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
    return np.asarray(q / np.linalg.norm(q))


def angle_deg(a: F64, b: F64) -> float:
    """Angle between two 3×3 rotations."""
    return float(np.degrees(np.arccos(np.clip((np.trace(a.T @ b) - 1) / 2, -1, 1))))


def multiply(a: F64, b: F64) -> F64:
    """The rotation `b` followed by `a`: matrix(multiply(a, b)) = matrix(a) @ matrix(b)."""
    ax, ay, az, aw = a.tolist()
    bx, by, bz, bw = b.tolist()
    return np.array(
        [
            aw * bx + ax * bw + ay * bz - az * by,
            aw * by - ax * bz + ay * bw + az * bx,
            aw * bz + ax * by - ay * bx + az * bw,
            aw * bw - ax * bx - ay * by - az * bz,
        ]
    )


def logarithm(q: F64) -> F64:
    """Unit quaternion to a rotation vector [rad] no longer than π: the shorter way round."""
    x, y, z, w = q.tolist()
    sine = math.sqrt(x * x + y * y + z * z)
    if sine < 1e-12:
        return np.zeros(3)
    k = 2 * math.atan2(sine, abs(w)) / sine * (1 if w >= 0 else -1)
    return np.array([k * x, k * y, k * z])


def exponential(v: F64) -> F64:
    """Rotation vector [rad] to a unit quaternion."""
    x, y, z = v.tolist()
    angle = math.sqrt(x * x + y * y + z * z)
    k = math.sin(angle / 2) / angle if angle > 1e-12 else 0.5
    return np.array([k * x, k * y, k * z, math.cos(angle / 2)])


_RIGID = 1e-3


def known(pose: F64 | None) -> F64 | None:
    """`pose`, or None unless it is a finite 4×4 matrix of a rotation and a translation."""
    if pose is None:
        return None
    # Nine numbers: plain floats are several times as fast as arrays.
    (a, b, c, x), (d, e, f, y), (g, h, i, z) = pose[:3].tolist()
    rigid = (
        abs(a * a + d * d + g * g - 1) < _RIGID
        and abs(b * b + e * e + h * h - 1) < _RIGID
        and abs(a * b + d * e + g * h) < _RIGID
        and abs(a * (e * i - f * h) - b * (d * i - f * g) + c * (d * h - e * g) - 1) < _RIGID
        and math.isfinite(x + y + z)
    )
    return pose if rigid else None


# Middle of the face in its own axes [m], whose origin is the sellion (the canonical face of MediaPipe).
_MIDDLE: F64 = np.array([-0.02, 0.0, -0.038])


def to_view(pose: F64) -> F64:
    """3×3 rotation from face axes to the axes of a virtual camera that points straight at the face.

    Landmarks come from a crop around the face, so that this rotation, and not the one in the pose,
    describes how they appear. pose: 4×4, face to camera optical frame.
    """
    x, y, z = (pose[:3, 3] + pose[:3, :3] @ _MIDDLE).tolist()
    r = math.sqrt(x * x + y * y + z * z)
    if r < 1e-9:
        return np.asarray(pose[:3, :3])
    x, y, z = x / r, y / r, z / r
    k = 1 / (1 + max(z, -0.999))
    # The shortest rotation that carries the ray to the face onto the optical axis.
    turn = np.array([[1 - k * x * x, -k * x * y, -x], [-k * x * y, 1 - k * y * y, -y], [x, y, z]])
    return np.asarray(turn @ pose[:3, :3])


# Outward normals of the middle of the face, its left half and its right half, in face axes.
_NORMALS: F64 = np.array([[1.0, 0.0, 0.0], [math.cos(math.pi / 6), 0.5, 0.0], [math.cos(math.pi / 6), -0.5, 0.0]])
_GRAZING, _PLAIN = 0.25, 0.85


_SHARES = np.zeros((4, mesh478.COUNT), np.float32)
for _part, _points in enumerate((*mesh478.UPPER_FACE, *mesh478.LOWER_FACE)):
    _SHARES[_part, _points] = 1 / len(_points)


def trust(face: Face, width: int, height: int) -> F64:
    """How far estimates of the parts of a face can be trusted, (2, 3) in [0, 1].

    Rows: brows and eyes; mouth and jaw. Columns: middle, left, right. The face's presence, times how
    well each column is seen, times the share of each part that lies within the image of `width` ×
    `height` px.
    """
    x, y = face.landmarks[:, 0], face.landmarks[:, 1]
    within = (x >= 0) & (x < width) & (y >= 0) & (y < height)
    inside = _SHARES @ within.astype(np.float32)
    upper_left, upper_right, lower_left, lower_right = np.minimum(inside, 1).tolist()
    parts = np.array(
        [
            [(upper_left + upper_right) / 2, upper_left, upper_right],
            [(lower_left + lower_right) / 2, lower_left, lower_right],
        ]
    )
    return np.asarray(face.presence * parts * visibility(known(face.pose)))


def visibility(pose: F64 | None) -> F64:
    """How well the middle, left and right of a face are seen, (3) in [0, 1].

    1 where the angle between the view and the normal of the part is up to about 30°, 0 from 75°; 0.5
    where the pose is not known.
    """
    if pose is None:
        return np.full(3, 0.5)
    towards = -to_view(pose)[2]
    return np.asarray(np.clip((_NORMALS @ towards - _GRAZING) / (_PLAIN - _GRAZING), 0, 1))


def yaw_pitch_roll(q: F64) -> F64:
    """Unit quaternion of a head to angles [rad]: to its left, up, tilted to its right.

    Axes are those of a face (REP-155: x out of the face, y to its left, z up). The head turns first,
    then nods, then tilts. Not a quaternion: three NaN.
    """
    x, y, z, w = q.tolist()
    n = x * x + y * y + z * z + w * w
    if not 1e-6 < n < 1e6:
        return np.full(3, np.nan)
    up = max(-1.0, min(1.0, 2 * (x * z - y * w) / n))
    yaw = math.atan2(2 * (x * y + z * w), n - 2 * (y * y + z * z))
    roll = math.atan2(2 * (y * z + x * w), n - 2 * (x * x + y * y))
    return np.array([yaw, math.asin(up), roll])


def from_yaw_pitch_roll(angles: F64) -> F64:
    """Angles of a head [rad], as `yaw_pitch_roll` gives them, to a unit quaternion."""
    yaw, up, roll = (a / 2 for a in angles.tolist())
    cy, sy, cp, sp, cr, sr = math.cos(yaw), math.sin(yaw), math.cos(up), -math.sin(up), math.cos(roll), math.sin(roll)
    return np.array(
        [
            cy * cp * sr - sy * sp * cr,
            cy * sp * cr + sy * cp * sr,
            sy * cp * cr - cy * sp * sr,
            cy * cp * cr + sy * sp * sr,
        ]
    )
