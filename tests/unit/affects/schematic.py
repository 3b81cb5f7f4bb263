"""A face drawn by hand, whose parts can be moved, seen by a camera from any side.

Coordinates are y (to the person's left) and z (up) in widths between the outer eye corners, from the
middle of that line; the face is flat. Numbers are FaceMesh's, left point first. The parts lie as on a
typical face at rest, so that whatever is moved is expression.
"""

from __future__ import annotations

import numpy as np

from mien.core.geometry import FACING_CAMERA
from mien.core.types import F32, F64, Expression, Expressions, Face, Faces, Header
from mien_models.spaces import arkit, mediapipe

# Part: (y, z) of its left points, and the pairs of points.
_PAIRS: dict[str, tuple[float, float, tuple[tuple[int, int], ...]]] = {
    "eye_outer": (0.5, 0.0, ((263, 33),)),
    "eye_inner": (0.2, 0.0, ((362, 133),)),
    "brow_inner": (0.155, 0.2, ((285, 55), (336, 107))),
    "brow_outer": (0.45, 0.19, ((276, 46), (283, 53), (293, 63), (300, 70))),
    "upper_lid": (0.35, 0.06, ((385, 158), (386, 159), (387, 160))),
    "lower_lid": (0.35, -0.03, ((373, 144), (374, 145), (380, 153))),
    "iris": (0.35, 0.017, ((473, 468),)),
    "cheek": (0.4, -0.23, ((330, 101), (346, 117), (347, 118))),
    "nose_wing": (0.15, -0.46, ((294, 64), (327, 98), (358, 129))),
    "upper_lip": (0.06, -0.64, ((267, 37), (269, 39))),
    "inner_upper_lip": (0.06, -0.7, ((312, 82),)),
    "inner_lower_lip": (0.06, -0.7, ((317, 87),)),
    "lower_lip": (0.06, -0.82, ((314, 84), (405, 181))),
    "mouth_corner": (0.275, -0.72, ((291, 61),)),
}
_MIDDLE: dict[str, tuple[float, tuple[int, ...]]] = {
    "nose_base": (-0.44, (2,)),
    "upper_lip": (-0.64, (0,)),
    "inner_upper_lip": (-0.7, (13,)),
    "inner_lower_lip": (-0.7, (14,)),
    "lower_lip": (-0.82, (17,)),
    "chin_boss": (-1.03, (199, 200)),
    "chin": (-1.22, (152,)),
}
_PX = 150.0  # per width


def rotation(yaw_deg: float = 0.0, pitch_deg: float = 0.0, roll_deg: float = 0.0) -> F64:
    """Of a head: yaw to its left, pitch up, roll to its right shoulder."""
    y, p, r = np.radians([yaw_deg, pitch_deg, roll_deg])
    about_z = np.array([[np.cos(y), -np.sin(y), 0], [np.sin(y), np.cos(y), 0], [0, 0, 1]])
    about_y = np.array([[np.cos(p), 0, -np.sin(p)], [0, 1, 0], [np.sin(p), 0, np.cos(p)]])
    about_x = np.array([[1, 0, 0], [0, np.cos(r), -np.sin(r)], [0, np.sin(r), np.cos(r)]])
    return np.asarray(FACING_CAMERA @ about_z @ about_y @ about_x)


def face(
    moved: dict[str, float] | None = None, *, turn: F64 | None = None, track_id: int = 1, presence: float = 1.0
) -> Face:
    """`moved`: how far parts are raised, e.g. {"brow_inner_left": 0.05, "chin": -0.1}; "_out" moves them outwards."""
    moved = dict(moved or {})
    turn = rotation() if turn is None else turn
    points = np.zeros((478, 3))
    for part, (y, z, pairs) in _PAIRS.items():
        for side, sign in (("left", 1), ("right", -1)):
            dz = moved.get(part, 0.0) + moved.get(f"{part}_{side}", 0.0)
            dy = moved.get(f"{part}_out", 0.0)
            for pair in pairs:
                points[pair[sign < 0]] = 0, sign * (y + dy), z + dz
    for part, (z, numbers) in _MIDDLE.items():
        points[list(numbers)] = 0, 0, z + moved.get(part, 0.0)
    pose = np.eye(4)
    pose[:3, :3] = turn
    # The middle of the face, 20 mm behind the sellion and 38 below, is 60 cm before the camera.
    pose[:3, 3] = np.array([0, 0, 0.6]) - turn @ [-0.02, 0, -0.038]
    landmarks = (points @ turn.T * _PX + [320, 240, 0]).astype(np.float32)
    return Face(track_id, 1.0, presence, np.zeros(4, np.float32), landmarks, pose)


def canonical(f: Face) -> F32:
    """478×2 canonical landmarks of a face that looks straight ahead, in a scale of their own."""
    return np.asarray((f.landmarks[:, :2] - [320, 240]) * (1, -1) / 70, np.float32)


def expression(weights: dict[str, float] | None = None, *, track_id: int = 1) -> Expression:
    """All weights at 0 but those given, as sure as MediaPipe's; "mouthSmile" stands for both sides."""
    values = np.zeros(len(arkit.BLENDSHAPES), np.float32)
    for name, value in (weights or {}).items():
        for full in (name,) if name in arkit.INDEX else (f"{name}Left", f"{name}Right"):
            values[arkit.INDEX[full]] = value
    return Expression(track_id, values, mediapipe.RELIABILITY.copy())


def at(stamp_ns: int, f: Face, e: Expression) -> tuple[Faces, Expressions]:
    header = Header(stamp_ns, "camera")
    return Faces(header, 640, 480, (f,)), Expressions(header, (e,))
