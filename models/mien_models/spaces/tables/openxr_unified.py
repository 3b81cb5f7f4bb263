"""Face tracking of Meta, Android XR and Vive, and Unified Expressions.

By the correspondence that VRCFaceTracking documents for Meta Movement; tongues and Vive as its modules for Steam Link,
ALXR and SRanipal read them. What those add to smooth over a headset's quirks is left out.
"""

from __future__ import annotations

from collections.abc import Mapping

from mien_models.spaces.tables import Table

_BOTH_LIPS = ("Upper", "Lower")

_FACE_TO_UNIFIED: Table = {
    "EyeClosed*": {"EYES_CLOSED_*": 1},
    "EyeLookUp*": {"EYES_LOOK_UP_*": 1},
    "EyeLookDown*": {"EYES_LOOK_DOWN_*": 1},
    "EyeLookOutLeft": {"EYES_LOOK_LEFT_L": 1},
    "EyeLookInRight": {"EYES_LOOK_LEFT_R": 1},
    "EyeLookInLeft": {"EYES_LOOK_RIGHT_L": 1},
    "EyeLookOutRight": {"EYES_LOOK_RIGHT_R": 1},
    "EyeSquint*": {"LID_TIGHTENER_*": 1},
    "EyeWide*": {"UPPER_LID_RAISER_*": 1},
    "BrowLowerer*": {"BROW_LOWERER_*": 1},
    "BrowPinch*": {"BROW_LOWERER_*": 1},
    "BrowInnerUp*": {"INNER_BROW_RAISER_*": 1},
    "BrowOuterUp*": {"OUTER_BROW_RAISER_*": 1},
    "NoseSneer*": {"NOSE_WRINKLER_*": 1},
    "CheekSquint*": {"CHEEK_RAISER_*": 1},
    "CheekPuff*": {"CHEEK_PUFF_*": 1},
    "CheekSuck*": {"CHEEK_SUCK_*": 1},
    "JawOpen": {"JAW_DROP": 1},
    "JawLeft": {"JAW_SIDEWAYS_LEFT": 1},
    "JawRight": {"JAW_SIDEWAYS_RIGHT": 1},
    "JawForward": {"JAW_THRUST": 1},
    "MouthClosed": {"LIPS_TOWARD": 1},
    "LipSuckUpper*": {"LIP_SUCK_*T": 1},
    "LipSuckLower*": {"LIP_SUCK_*B": 1},
    "LipFunnelUpper*": {"LIP_FUNNELER_*T": 1},
    "LipFunnelLower*": {"LIP_FUNNELER_*B": 1},
    **{f"LipPucker{lip}*": {"LIP_PUCKER_*": 1} for lip in _BOTH_LIPS},
    "MouthUpperUp*": {"UPPER_LIP_RAISER_*": 1},
    "MouthUpperDeepen*": {"UPPER_LIP_RAISER_*": 1},
    "MouthLowerDown*": {"LOWER_LIP_DEPRESSOR_*": 1},
    **{f"Mouth{lip}Left": {"MOUTH_LEFT": 1} for lip in _BOTH_LIPS},
    **{f"Mouth{lip}Right": {"MOUTH_RIGHT": 1} for lip in _BOTH_LIPS},
    "MouthCornerPull*": {"LIP_CORNER_PULLER_*": 1},
    "MouthCornerSlant*": {"LIP_CORNER_PULLER_*": 1},
    "MouthFrown*": {"LIP_CORNER_DEPRESSOR_*": 1},
    "MouthStretch*": {"LIP_STRETCHER_*": 1},
    "MouthDimple*": {"DIMPLER_*": 1},
    "MouthRaiserUpper": {"CHIN_RAISER_T": 1},
    "MouthRaiserLower": {"CHIN_RAISER_B": 1},
    "MouthPress*": {"LIP_PRESSOR_*": 1},
    "MouthTightener*": {"LIP_TIGHTENER_*": 1},
    "TongueOut": {"TONGUE_OUT": 1},
}

_FACE_FROM_UNIFIED: Table = {
    "EYES_CLOSED_*": {"EyeClosed*": 1},
    "EYES_LOOK_UP_*": {"EyeLookUp*": 1},
    "EYES_LOOK_DOWN_*": {"EyeLookDown*": 1},
    "EYES_LOOK_LEFT_L": {"EyeLookOutLeft": 1},
    "EYES_LOOK_LEFT_R": {"EyeLookInRight": 1},
    "EYES_LOOK_RIGHT_L": {"EyeLookInLeft": 1},
    "EYES_LOOK_RIGHT_R": {"EyeLookOutRight": 1},
    "LID_TIGHTENER_*": {"EyeSquint*": 1},
    "UPPER_LID_RAISER_*": {"EyeWide*": 1},
    "BROW_LOWERER_*": {"BrowLowerer*": 0.75, "BrowPinch*": 0.25},
    "INNER_BROW_RAISER_*": {"BrowInnerUp*": 1},
    "OUTER_BROW_RAISER_*": {"BrowOuterUp*": 1},
    "NOSE_WRINKLER_*": {"NoseSneer*": 1},
    "CHEEK_RAISER_*": {"CheekSquint*": 1},
    "CHEEK_PUFF_*": {"CheekPuff*": 1},
    "CHEEK_SUCK_*": {"CheekSuck*": 1},
    "JAW_DROP": {"JawOpen": 1},
    "JAW_SIDEWAYS_LEFT": {"JawLeft": 1},
    "JAW_SIDEWAYS_RIGHT": {"JawRight": 1},
    "JAW_THRUST": {"JawForward": 1},
    "LIPS_TOWARD": {"MouthClosed": 1},
    "LIP_SUCK_*T": {"LipSuckUpper*": 1},
    "LIP_SUCK_*B": {"LipSuckLower*": 1},
    "LIP_FUNNELER_*T": {"LipFunnelUpper*": 1},
    "LIP_FUNNELER_*B": {"LipFunnelLower*": 1},
    "LIP_PUCKER_*": {f"LipPucker{lip}*": 0.5 for lip in _BOTH_LIPS},
    "UPPER_LIP_RAISER_*": {"MouthUpperUp*": 1},
    "LOWER_LIP_DEPRESSOR_*": {"MouthLowerDown*": 1},
    "MOUTH_LEFT": {f"Mouth{lip}Left": 0.5 for lip in _BOTH_LIPS},
    "MOUTH_RIGHT": {f"Mouth{lip}Right": 0.5 for lip in _BOTH_LIPS},
    "LIP_CORNER_PULLER_*": {"MouthCornerPull*": 0.8, "MouthCornerSlant*": 0.2},
    "LIP_CORNER_DEPRESSOR_*": {"MouthFrown*": 1},
    "LIP_STRETCHER_*": {"MouthStretch*": 1},
    "DIMPLER_*": {"MouthDimple*": 1},
    "CHIN_RAISER_T": {"MouthRaiserUpper": 1},
    "CHIN_RAISER_B": {"MouthRaiserLower": 1},
    "LIP_PRESSOR_*": {"MouthPress*": 1},
    "LIP_TIGHTENER_*": {"MouthTightener*": 1},
    "TONGUE_OUT": {"TongueOut": 1},
}

# Meta's other shapes of the tongue are those of sounds, which Unified Expressions has none for.
_META_TONGUE = {"TongueCurlUp": "TONGUE_TIP_ALVEOLAR", "TongueBendDown": "TONGUE_RETREAT"}
_ANDROID_TONGUE = {f"Tongue{way}": f"TONGUE_{way.upper()}" for way in ("Left", "Right", "Up", "Down")}


def _there(names: Mapping[str, str]) -> Table:
    return {unified: {own: 1} for unified, own in names.items()}


def _back(names: Mapping[str, str]) -> Table:
    return {own: {unified: 1} for unified, own in names.items()}


FB2_TO_UNIFIED: Table = {**_FACE_TO_UNIFIED, **_there(_META_TONGUE)}
UNIFIED_TO_FB2: Table = {**_FACE_FROM_UNIFIED, **_back(_META_TONGUE)}
ANDROID_TO_UNIFIED: Table = {**_FACE_TO_UNIFIED, **_there(_ANDROID_TONGUE)}
UNIFIED_TO_ANDROID: Table = {**_FACE_FROM_UNIFIED, **_back(_ANDROID_TONGUE)}

_HTC_TONGUE = _ANDROID_TONGUE | {"TongueRoll": "TONGUE_ROLL"}

HTC_TO_UNIFIED: Table = {
    "EyeClosed*": {"*_BLINK": 1},
    "EyeWide*": {"*_WIDE": 1},
    "EyeSquint*": {"*_SQUEEZE": 1},
    **{f"EyeLook{way}*": {f"*_{way.upper()}": 1} for way in ("Up", "Down", "In", "Out")},
    # The ape's jaw is open behind closed lips.
    "JawOpen": {"JAW_OPEN": 1, "MOUTH_APE_SHAPE": 1},
    "MouthClosed": {"MOUTH_APE_SHAPE": 1},
    "Jaw*": {"JAW_*": 1},
    "JawForward": {"JAW_FORWARD": 1},
    "MouthUpper*": {"MOUTH_UPPER_*": 1},
    "MouthLower*": {"MOUTH_LOWER_*": 1},
    "LipFunnelUpper*": {"MOUTH_UPPER_OVERTURN": 1},
    "LipFunnelLower*": {"MOUTH_LOWER_OVERTURN": 1},
    **{f"LipPucker{lip}*": {"MOUTH_POUT": 1} for lip in _BOTH_LIPS},
    "LipSuckUpper*": {"MOUTH_UPPER_INSIDE": 1},
    "LipSuckLower*": {"MOUTH_LOWER_INSIDE": 1},
    "MouthCornerPull*": {"MOUTH_RAISER_*": 1},
    "MouthCornerSlant*": {"MOUTH_RAISER_*": 1},
    "MouthFrown*": {"MOUTH_STRETCHER_*": 1},
    "MouthUpperUp*": {"MOUTH_UPPER_UP*": 1},
    "MouthUpperDeepen*": {"MOUTH_UPPER_UP*": 1},
    "MouthLowerDown*": {"MOUTH_LOWER_DOWN*": 1},
    "MouthRaiserUpper": {"MOUTH_LOWER_OVERLAY": 1},
    "MouthRaiserLower": {"MOUTH_LOWER_OVERLAY": 1},
    "CheekPuff*": {"CHEEK_PUFF_*": 1},
    "CheekSuck*": {"CHEEK_SUCK": 1},
    "TongueOut": {"TONGUE_LONGSTEP1": 0.5, "TONGUE_LONGSTEP2": 0.5},
    **_there(_HTC_TONGUE),
}

UNIFIED_TO_HTC: Table = {
    "*_BLINK": {"EyeClosed*": 1},
    "*_WIDE": {"EyeWide*": 1},
    "*_SQUEEZE": {"EyeSquint*": 1},
    **{f"*_{way.upper()}": {f"EyeLook{way}*": 1} for way in ("Up", "Down", "In", "Out")},
    "JAW_OPEN": {"JawOpen": 1, "MouthClosed": -1},
    "MOUTH_APE_SHAPE": {"MouthClosed": 1},
    "JAW_*": {"Jaw*": 1},
    "JAW_FORWARD": {"JawForward": 1},
    "MOUTH_UPPER_*": {"MouthUpper*": 1},
    "MOUTH_LOWER_*": {"MouthLower*": 1},
    "MOUTH_UPPER_OVERTURN": {"LipFunnelUpper*": 0.5},
    "MOUTH_LOWER_OVERTURN": {"LipFunnelLower*": 0.5},
    "MOUTH_POUT": {f"LipPucker{lip}*": 0.25 for lip in _BOTH_LIPS},
    "MOUTH_UPPER_INSIDE": {"LipSuckUpper*": 0.5},
    "MOUTH_LOWER_INSIDE": {"LipSuckLower*": 0.5},
    "MOUTH_RAISER_*": {"MouthCornerPull*": 0.8, "MouthCornerSlant*": 0.2},
    "MOUTH_STRETCHER_*": {"MouthFrown*": 1},
    "MOUTH_UPPER_UP*": {"MouthUpperUp*": 1},
    "MOUTH_LOWER_DOWN*": {"MouthLowerDown*": 1},
    "MOUTH_LOWER_OVERLAY": {"MouthRaiserLower": 1},
    "CHEEK_PUFF_*": {"CheekPuff*": 1},
    "CHEEK_SUCK": {"CheekSuck*": 0.5},
    "TONGUE_LONGSTEP1": {"TongueOut": 1},
    "TONGUE_LONGSTEP2": {"TongueOut": 1},
    **_back(_HTC_TONGUE),
}
