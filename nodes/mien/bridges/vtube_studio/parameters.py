"""Values of VTube Studio's tracking parameters from a rig, and the 52 blendshapes as custom parameters.

A person's left is the model's left, which Live2D counts positive: it is on the viewer's right. Tilting
to the left shoulder is clockwise for the viewer, and positive too.
"""

from __future__ import annotations

import math

import numpy as np

from mien.bridges.angles import yaw_pitch_roll
from mien.bridges.base import Shown, once_per_frame
from mien.core.types import F64
from mien_models.spaces import arkit, live2d
from mien_models.spaces.convert import converter

_EYE_RANGE = math.radians(30)  # a gaze of 1
_CM = 100.0

_OF_SHAPES = (
    "EyeOpenLeft", "EyeOpenRight", "MouthOpen", "MouthSmile", "MouthX", "BrowLeftY", "BrowRightY", "Brows", "CheekPuff",
    "TongueOut",
)  # fmt: skip
_OF_POSE = (
    "FaceAngleX", "FaceAngleY", "FaceAngleZ", "FacePositionX", "FacePositionY", "FacePositionZ",
    "EyeLeftX", "EyeLeftY", "EyeRightX", "EyeRightY",
)  # fmt: skip
DEFAULTS = (*_OF_SHAPES, *_OF_POSE)
SHAPES = tuple(f"Mien{name[0].upper()}{name[1:]}" for name in arkit.BLENDSHAPES)
NAMES = (*DEFAULTS, *SHAPES)
_PLACES = [live2d.ALL.index(name) for name in _OF_SHAPES]
_CONVERT = converter(arkit.SCHEMA, "vtube_studio", rest=True)


@once_per_frame
def values(shown: Shown, origin: F64 | None) -> list[float]:
    """By NAMES. origin: the position [m] that counts as the middle."""
    weights = shown.rig.weights
    shapes = _CONVERT(weights)[_PLACES].tolist()
    yaw, pitch, roll = map(math.degrees, yaw_pitch_roll(shown.rig.head))
    x, y, z = (0.0, 0.0, 0.0)
    if shown.position is not None and origin is not None:
        x, y, z = (_CM * (shown.position - origin)).tolist()
    eyes = np.clip(shown.rig.gaze / _EYE_RANGE, -1, 1).reshape(-1).tolist()
    return [*shapes, yaw, pitch, roll, y, z, -x, *eyes, *weights.tolist()]
