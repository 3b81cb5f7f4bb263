"""ARKit and Unified Expressions.

By the correspondence that VRCFaceTracking documents, and its UnifiedSimpleExpressions for what Unified splits.
"""

from __future__ import annotations

from mien_models.spaces.tables import Table

_LOOKS = ("Up", "Down", "In", "Out")

TO_UNIFIED: Table = {
    **{f"EyeLook{way}*": {f"eyeLook{way}*": 1} for way in _LOOKS},
    "EyeClosed*": {"eyeBlink*": 1},
    "EyeSquint*": {"eyeSquint*": 1},
    "EyeWide*": {"eyeWide*": 1},
    "BrowPinch*": {"browDown*": 1},
    "BrowLowerer*": {"browDown*": 1},
    "BrowInnerUp*": {"browInnerUp": 1},
    "BrowOuterUp*": {"browOuterUp*": 1},
    "NoseSneer*": {"noseSneer*": 1},
    "CheekSquint*": {"cheekSquint*": 1},
    "CheekPuff*": {"cheekPuff": 1},
    "JawOpen": {"jawOpen": 1},
    "Jaw*": {"jaw*": 1},
    "JawForward": {"jawForward": 1},
    "MouthClosed": {"mouthClose": 1},
    "LipSuckUpper*": {"mouthRollUpper": 1},
    "LipSuckLower*": {"mouthRollLower": 1},
    "LipFunnelUpper*": {"mouthFunnel": 1},
    "LipFunnelLower*": {"mouthFunnel": 1},
    "LipPuckerUpper*": {"mouthPucker": 1},
    "LipPuckerLower*": {"mouthPucker": 1},
    "MouthUpperUp*": {"mouthUpperUp*": 1},
    "MouthUpperDeepen*": {"mouthUpperUp*": 1},
    "MouthLowerDown*": {"mouthLowerDown*": 1},
    "MouthUpper*": {"mouth*": 1},
    "MouthLower*": {"mouth*": 1},
    "MouthCornerPull*": {"mouthSmile*": 1},
    "MouthCornerSlant*": {"mouthSmile*": 1},
    "MouthFrown*": {"mouthFrown*": 1},
    "MouthStretch*": {"mouthStretch*": 1},
    "MouthDimple*": {"mouthDimple*": 1},
    "MouthRaiserUpper": {"mouthShrugUpper": 1},
    "MouthRaiserLower": {"mouthShrugLower": 1},
    "MouthPress*": {"mouthPress*": 1},
    "TongueOut": {"tongueOut": 1},
}

TO_ARKIT: Table = {
    **{f"eyeLook{way}*": {f"EyeLook{way}*": 1} for way in _LOOKS},
    "eyeBlink*": {"EyeClosed*": 1},
    "eyeSquint*": {"EyeSquint*": 1},
    "eyeWide*": {"EyeWide*": 1},
    "browDown*": {"BrowLowerer*": 0.75, "BrowPinch*": 0.25},
    "browInnerUp": {"BrowInnerUp*": 0.5},
    "browOuterUp*": {"BrowOuterUp*": 1},
    "noseSneer*": {"NoseSneer*": 1},
    "cheekSquint*": {"CheekSquint*": 1},
    "cheekPuff": {"CheekPuff*": 0.5},
    "jawOpen": {"JawOpen": 1},
    "jaw*": {"Jaw*": 1},
    "jawForward": {"JawForward": 1},
    "mouthClose": {"MouthClosed": 1},
    "mouthRollUpper": {"LipSuckUpper*": 0.5},
    "mouthRollLower": {"LipSuckLower*": 0.5},
    "mouthFunnel": {"LipFunnelUpper*": 0.25, "LipFunnelLower*": 0.25},
    "mouthPucker": {"LipPuckerUpper*": 0.25, "LipPuckerLower*": 0.25},
    "mouthUpperUp*": {"MouthUpperUp*": 1},
    "mouthLowerDown*": {"MouthLowerDown*": 1},
    "mouth*": {"MouthUpper*": 0.5, "MouthLower*": 0.5},
    "mouthSmile*": {"MouthCornerPull*": 0.8, "MouthCornerSlant*": 0.2},
    "mouthFrown*": {"MouthFrown*": 1},
    "mouthStretch*": {"MouthStretch*": 1},
    "mouthDimple*": {"MouthDimple*": 1},
    "mouthShrugUpper": {"MouthRaiserUpper": 1},
    "mouthShrugLower": {"MouthRaiserLower": 1},
    "mouthPress*": {"MouthPress*": 1},
    "tongueOut": {"TongueOut": 1},
}
