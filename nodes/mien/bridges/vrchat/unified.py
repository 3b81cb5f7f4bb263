"""VRCFaceTracking's Unified Expressions, of ARKit weights (its documentation's table)."""

from __future__ import annotations

from types import MappingProxyType

import numpy as np

from mien.core.types import F32
from mien_models.spaces import arkit

SHAPES: tuple[str, ...] = (
    "EyeSquintRight", "EyeSquintLeft", "EyeWideRight", "EyeWideLeft", "BrowPinchRight", "BrowPinchLeft",
    "BrowLowererRight", "BrowLowererLeft", "BrowInnerUpRight", "BrowInnerUpLeft", "BrowOuterUpRight",
    "BrowOuterUpLeft", "NasalDilationRight", "NasalDilationLeft", "NasalConstrictRight", "NasalConstrictLeft",
    "CheekSquintRight", "CheekSquintLeft", "CheekPuffRight", "CheekPuffLeft", "CheekSuckRight", "CheekSuckLeft",
    "JawOpen", "JawRight", "JawLeft", "JawForward", "JawBackward", "JawClench", "JawMandibleRaise", "MouthClosed",
    "LipSuckUpperRight", "LipSuckUpperLeft", "LipSuckLowerRight", "LipSuckLowerLeft", "LipSuckCornerRight",
    "LipSuckCornerLeft", "LipFunnelUpperRight", "LipFunnelUpperLeft", "LipFunnelLowerRight", "LipFunnelLowerLeft",
    "LipPuckerUpperRight", "LipPuckerUpperLeft", "LipPuckerLowerRight", "LipPuckerLowerLeft", "MouthUpperUpRight",
    "MouthUpperUpLeft", "MouthUpperDeepenRight", "MouthUpperDeepenLeft", "NoseSneerRight", "NoseSneerLeft",
    "MouthLowerDownRight", "MouthLowerDownLeft", "MouthUpperRight", "MouthUpperLeft", "MouthLowerRight",
    "MouthLowerLeft", "MouthCornerPullRight", "MouthCornerPullLeft", "MouthCornerSlantRight",
    "MouthCornerSlantLeft", "MouthFrownRight", "MouthFrownLeft", "MouthStretchRight", "MouthStretchLeft",
    "MouthDimpleRight", "MouthDimpleLeft", "MouthRaiserUpper", "MouthRaiserLower", "MouthPressRight",
    "MouthPressLeft", "MouthTightenerRight", "MouthTightenerLeft", "TongueOut", "TongueUp", "TongueDown",
    "TongueRight", "TongueLeft", "TongueRoll", "TongueBendDown", "TongueCurlUp", "TongueSquish", "TongueFlat",
    "TongueTwistRight", "TongueTwistLeft", "SoftPalateClose", "ThroatSwallow", "NeckFlexRight", "NeckFlexLeft",
)  # fmt: skip
INDEX = MappingProxyType({name: i for i, name in enumerate(SHAPES)})

# Shapes by the ARKit shape that they follow; `*` stands for Left and Right.
_FROM_ARKIT = {
    "eyeSquint*": ("EyeSquint*",), "eyeWide*": ("EyeWide*",), "browDown*": ("BrowLowerer*", "BrowPinch*"),
    "browInnerUp": ("BrowInnerUpLeft", "BrowInnerUpRight"), "browOuterUp*": ("BrowOuterUp*",),
    "noseSneer*": ("NoseSneer*",), "cheekSquint*": ("CheekSquint*",), "cheekPuff": ("CheekPuffLeft", "CheekPuffRight"),
    "jawOpen": ("JawOpen",), "jawLeft": ("JawLeft",), "jawRight": ("JawRight",), "jawForward": ("JawForward",),
    "mouthClose": ("MouthClosed",), "mouthLeft": ("MouthUpperLeft", "MouthLowerLeft"),
    "mouthRight": ("MouthUpperRight", "MouthLowerRight"),
    "mouthRollUpper": ("LipSuckUpperLeft", "LipSuckUpperRight"),
    "mouthRollLower": ("LipSuckLowerLeft", "LipSuckLowerRight"),
    "mouthFunnel": ("LipFunnelUpperLeft", "LipFunnelUpperRight", "LipFunnelLowerLeft", "LipFunnelLowerRight"),
    "mouthPucker": ("LipPuckerUpperLeft", "LipPuckerUpperRight", "LipPuckerLowerLeft", "LipPuckerLowerRight"),
    "mouthUpperUp*": ("MouthUpperUp*",), "mouthLowerDown*": ("MouthLowerDown*",),
    "mouthSmile*": ("MouthCornerPull*", "MouthCornerSlant*"), "mouthFrown*": ("MouthFrown*",),
    "mouthStretch*": ("MouthStretch*",), "mouthDimple*": ("MouthDimple*",), "mouthShrugUpper": ("MouthRaiserUpper",),
    "mouthShrugLower": ("MouthRaiserLower",), "mouthPress*": ("MouthPress*",), "tongueOut": ("TongueOut",),
}  # fmt: skip


def _matrix() -> F32:
    matrix = np.zeros((len(SHAPES), len(arkit.BLENDSHAPES)), np.float32)
    for source, targets in _FROM_ARKIT.items():
        for side in ("Left", "Right") if "*" in source else ("",):
            for target in targets:
                matrix[INDEX[target.replace("*", side)], arkit.INDEX[source.replace("*", side)]] = 1
    return matrix


FROM_ARKIT = _matrix()
