"""What VTube Studio's own tracking parameters are of a rig, and the 52 shapes as parameters of ours.

A person's left is the model's left, which Live2D counts positive: it is on the viewer's right. Tilting
to the left shoulder is clockwise for the viewer, and positive too.
"""

from __future__ import annotations

import math

import numpy as np

from mien.bridges.angles import yaw_pitch_roll
from mien.bridges.base import Shown
from mien.core.types import F32, F64
from mien_models.spaces import arkit

_EYE_RANGE = math.radians(30)  # a gaze of 1
_CM = 100.0

# Weight of each shape, beginning with what a face at rest reads.
_OF_SHAPES: dict[str, tuple[float, dict[str, float]]] = {
    "EyeOpenLeft": (0.8, {"eyeBlinkLeft": -0.8, "eyeSquintLeft": -0.15, "eyeWideLeft": 0.2}),
    "EyeOpenRight": (0.8, {"eyeBlinkRight": -0.8, "eyeSquintRight": -0.15, "eyeWideRight": 0.2}),
    "MouthOpen": (0.0, {"jawOpen": 1.2, "mouthClose": -1.2, "mouthFunnel": 0.2}),
    "MouthSmile": (
        0.5,
        {
            "mouthSmileLeft": 0.25, "mouthSmileRight": 0.25, "mouthFrownLeft": -0.25, "mouthFrownRight": -0.25,
            "mouthPucker": -0.25,
        },
    ),
    "MouthX": (0.0, {"mouthLeft": 1.0, "mouthRight": -1.0}),
    "BrowLeftY": (0.5, {"browInnerUp": 0.25, "browOuterUpLeft": 0.25, "browDownLeft": -0.5}),
    "BrowRightY": (0.5, {"browInnerUp": 0.25, "browOuterUpRight": 0.25, "browDownRight": -0.5}),
    "Brows": (
        0.5,
        {
            "browInnerUp": 0.25, "browOuterUpLeft": 0.125, "browOuterUpRight": 0.125, "browDownLeft": -0.25,
            "browDownRight": -0.25,
        },
    ),
    "CheekPuff": (0.0, {"cheekPuff": 1.0}),
    "TongueOut": (0.0, {"tongueOut": 1.0}),
}  # fmt: skip
_OF_POSE = (
    "FaceAngleX", "FaceAngleY", "FaceAngleZ", "FacePositionX", "FacePositionY", "FacePositionZ",
    "EyeLeftX", "EyeLeftY", "EyeRightX", "EyeRightY",
)  # fmt: skip
DEFAULTS = (*_OF_SHAPES, *_OF_POSE)
SHAPES = tuple(f"Mien{name[0].upper()}{name[1:]}" for name in arkit.BLENDSHAPES)
NAMES = (*DEFAULTS, *SHAPES)
_REST = np.array([rest for rest, _ in _OF_SHAPES.values()], np.float32)
_LOWEST = np.array([-1.0 if name == "MouthX" else 0.0 for name in _OF_SHAPES], np.float32)


def _matrix() -> F32:
    matrix = np.zeros((len(_OF_SHAPES), len(arkit.BLENDSHAPES)), np.float32)
    for row, (_, shares) in zip(matrix, _OF_SHAPES.values(), strict=True):
        for name, share in shares.items():
            row[arkit.INDEX[name]] = share
    return matrix


_MATRIX = _matrix()


def values(shown: Shown, origin: F64 | None) -> list[float]:
    """By NAMES. origin: the position [m] that counts as the middle."""
    weights = shown.rig.weights
    shapes = np.clip(_REST + _MATRIX @ weights, _LOWEST, 1).tolist()
    yaw, pitch, roll = map(math.degrees, yaw_pitch_roll(shown.rig.head))
    x, y, z = (0.0, 0.0, 0.0)
    if shown.position is not None and origin is not None:
        x, y, z = (_CM * (shown.position - origin)).tolist()
    eyes = np.clip(shown.rig.gaze / _EYE_RANGE, -1, 1).reshape(-1).tolist()
    return [*shapes, yaw, pitch, roll, y, z, -x, *eyes, *weights.tolist()]
