"""The 52 ARKit blendshapes (ARFaceAnchor.BlendShapeLocation), in the order of Live Link Face."""

from __future__ import annotations

import math
from collections.abc import Mapping
from enum import IntEnum
from types import MappingProxyType

import numpy as np

BLENDSHAPES: tuple[str, ...] = (
    "eyeBlinkLeft", "eyeLookDownLeft", "eyeLookInLeft", "eyeLookOutLeft", "eyeLookUpLeft",
    "eyeSquintLeft", "eyeWideLeft",
    "eyeBlinkRight", "eyeLookDownRight", "eyeLookInRight", "eyeLookOutRight", "eyeLookUpRight",
    "eyeSquintRight", "eyeWideRight",
    "jawForward", "jawLeft", "jawRight", "jawOpen",
    "mouthClose", "mouthFunnel", "mouthPucker", "mouthLeft", "mouthRight",
    "mouthSmileLeft", "mouthSmileRight", "mouthFrownLeft", "mouthFrownRight",
    "mouthDimpleLeft", "mouthDimpleRight", "mouthStretchLeft", "mouthStretchRight",
    "mouthRollLower", "mouthRollUpper", "mouthShrugLower", "mouthShrugUpper",
    "mouthPressLeft", "mouthPressRight", "mouthLowerDownLeft", "mouthLowerDownRight",
    "mouthUpperUpLeft", "mouthUpperUpRight",
    "browDownLeft", "browDownRight", "browInnerUp", "browOuterUpLeft", "browOuterUpRight",
    "cheekPuff", "cheekSquintLeft", "cheekSquintRight",
    "noseSneerLeft", "noseSneerRight",
    "tongueOut",
)  # fmt: skip
INDEX = MappingProxyType({name: i for i, name in enumerate(BLENDSHAPES)})
SCHEMA = "arkit52"


class Region(IntEnum):
    """Parts of a rig that are seen, smoothed and trusted separately; numbers as in Rig.msg."""

    BROWS = 0
    EYES = 1
    NOSE = 2
    MOUTH = 3
    TONGUE = 4
    HEAD = 5
    GAZE = 6


REGIONS = tuple(r.name.lower() for r in Region)

_PREFIXES = (
    ("eyeLook", Region.GAZE), ("eye", Region.EYES), ("brow", Region.BROWS), ("cheek", Region.NOSE),
    ("nose", Region.NOSE), ("jaw", Region.MOUTH), ("mouth", Region.MOUTH), ("tongue", Region.TONGUE),
)  # fmt: skip


def region(name: str) -> Region:
    """The region of a blendshape."""
    return next(r for prefix, r in _PREFIXES if name.startswith(prefix))


REGION_OF = np.array([region(name) for name in BLENDSHAPES], np.uint8)
# Of BLENDSHAPES, those of mouth and jaw; the others are of brows, eyes, cheeks and nose.
LOWER = np.isin(REGION_OF, (Region.MOUTH, Region.TONGUE))

# How far [rad] an eye turns at an eyeLook weight of 1.
GAZE_RANGE: Mapping[str, float] = MappingProxyType(
    {
        direction: math.radians(degrees)
        for direction, degrees in (("In", 35.0), ("Out", 35.0), ("Up", 25.0), ("Down", 30.0))
    }
)
