"""Unified Expressions, version 2: the shapes of VRCFaceTracking, and of VRChat's native face input."""

from __future__ import annotations

from types import MappingProxyType

# In the order of the enumeration UnifiedExpressions, in which VRChat takes its blob of bytes (VRCFaceTracking,
# Apache-2.0, Core/Params/Expressions/UnifiedExpressions.cs). Left and right are the person's own.
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
    "MouthLowerLeft", "MouthCornerPullRight", "MouthCornerPullLeft", "MouthCornerSlantRight", "MouthCornerSlantLeft",
    "MouthFrownRight", "MouthFrownLeft", "MouthStretchRight", "MouthStretchLeft", "MouthDimpleRight",
    "MouthDimpleLeft", "MouthRaiserUpper", "MouthRaiserLower", "MouthPressRight", "MouthPressLeft",
    "MouthTightenerRight", "MouthTightenerLeft", "TongueOut", "TongueUp", "TongueDown", "TongueRight", "TongueLeft",
    "TongueRoll", "TongueBendDown", "TongueCurlUp", "TongueSquish", "TongueFlat", "TongueTwistRight",
    "TongueTwistLeft", "SoftPalateClose", "ThroatSwallow", "NeckFlexRight", "NeckFlexLeft",
)  # fmt: skip
# What the enumeration leaves to the structure of the eyes: openness is 1 - EyeClosed, gaze is Out - In and Up - Down.
EYES: tuple[str, ...] = (
    "EyeClosedRight", "EyeClosedLeft",
    "EyeLookUpRight", "EyeLookUpLeft", "EyeLookDownRight", "EyeLookDownLeft",
    "EyeLookInRight", "EyeLookInLeft", "EyeLookOutRight", "EyeLookOutLeft",
)  # fmt: skip
EXPRESSIONS: tuple[str, ...] = SHAPES + EYES
INDEX = MappingProxyType({name: i for i, name in enumerate(EXPRESSIONS)})
