"""ARKit's shapes by other names (PICO, MediaPipe), and in fewer words (VRM, VTube Studio)."""

from __future__ import annotations

from mien_models.spaces import arkit, mediapipe, vrm
from mien_models.spaces.tables import CONSTANT, Table

# --- the same shapes -------------------------------------------------------------------------------

# PICO's words of ARKit's shapes, where they are others.
_WORDS = {
    "brow_down": "BROW_DROP",
    "brow_inner_up": "BROW_INNER_UPWARDS",
    "brow_outer_up": "BROW_OUTER_UPWARDS",
    "eye_look_down": "EYE_LOOK_DROP",
    "eye_look_up": "EYE_LOOK_UPWARDS",
    "eye_squint": "EYE_LOOK_SQUINT",
    "eye_wide": "EYE_LOOK_WIDE",
    "mouth_lower_down": "MOUTH_LOWER_DROP",
    "mouth_upper_up": "MOUTH_UPPER_UPWARDS",
}


def _pico(name: str) -> str:
    side = {"Left": "_L", "Right": "_R"}
    for word, letter in side.items():
        if name.endswith(word):
            return _pico(name.removesuffix(word)) + letter
    words = "".join(f"_{c.lower()}" if c.isupper() else c for c in name)
    return _WORDS.get(words, words.upper())


ARKIT_TO_PICO: Table = {_pico(name): {name: 1} for name in arkit.BLENDSHAPES}
PICO_TO_ARKIT: Table = {name: {_pico(name): 1} for name in arkit.BLENDSHAPES}

ARKIT_TO_MEDIAPIPE: Table = {name: {name: 1} for name in mediapipe.SHAPES}
MEDIAPIPE_TO_ARKIT: Table = ARKIT_TO_MEDIAPIPE

VRM1_TO_VRM0: Table = {old: {new: 1} for new, old in vrm.TO_VRM0.items()}
VRM0_TO_VRM1: Table = {new: {old: 1} for new, old in vrm.TO_VRM0.items()}

# --- fewer words -----------------------------------------------------------------------------------

# A mouth shape of VRM is what a sound looks like; relaxed looks like a slight smile. `blink` and `neutral` stay at 0,
# for the two sides of a blink, and no expression at all, say the same.
VRM1_TO_ARKIT: Table = {
    "eyeBlink*": {"blink*": 1, "blink": 1},
    "eyeLookUp*": {"lookUp": 1},
    "eyeLookDown*": {"lookDown": 1},
    "eyeLookOutLeft": {"lookLeft": 1},
    "eyeLookInRight": {"lookLeft": 1},
    "eyeLookInLeft": {"lookRight": 1},
    "eyeLookOutRight": {"lookRight": 1},
    "jawOpen": {"aa": 0.7, "ih": 0.1, "ou": 0.1, "ee": 0.25, "oh": 0.35},
    "mouthClose": {CONSTANT: 0},
    "mouthStretch*": {"ih": 0.6},
    "mouthPucker": {"ou": 0.8},
    "mouthLowerDown*": {"ee": 0.5},
    "mouthUpperUp*": {"ee": 0.2},
    "mouthFunnel": {"oh": 0.8},
    "mouthSmile*": {"happy": 1, "relaxed": 0.4},
    "cheekSquint*": {"happy": 0.6},
    "eyeSquint*": {"happy": 0.3},
    "browDown*": {"angry": 1},
    "noseSneer*": {"angry": 0.4},
    "mouthPress*": {"angry": 0.3},
    "mouthFrown*": {"sad": 1},
    "browInnerUp": {"sad": 1, "surprised": 0.6},
    "mouthShrugLower": {"sad": 0.3},
    "browOuterUp*": {"surprised": 1},
    "eyeWide*": {"surprised": 1},
}
_IH, _OU, _EE, _OH = 1 / 0.6, 1 / 0.8, 1 / 0.5, 1 / 0.8
ARKIT_TO_VRM1: Table = {
    "blink*": {"eyeBlink*": 1},
    "blink": {CONSTANT: 0},
    "neutral": {CONSTANT: 0},
    "lookUp": {"eyeLookUp*": 0.5},
    "lookDown": {"eyeLookDown*": 0.5},
    "lookLeft": {"eyeLookOutLeft": 0.5, "eyeLookInRight": 0.5},
    "lookRight": {"eyeLookInLeft": 0.5, "eyeLookOutRight": 0.5},
    # What the other mouth shapes leave of the jaw.
    "aa": {
        "jawOpen": 1 / 0.7,
        "mouthClose": -1 / 0.7,
        "mouthStretch*": -0.1 / 0.7 * _IH / 2,
        "mouthPucker": -0.1 / 0.7 * _OU,
        "mouthLowerDown*": -0.25 / 0.7 * _EE / 2,
        "mouthFunnel": -0.35 / 0.7 * _OH,
    },
    "ih": {"mouthStretch*": _IH / 2},
    "ou": {"mouthPucker": _OU},
    "ee": {"mouthLowerDown*": _EE / 2},
    "oh": {"mouthFunnel": _OH},
    "happy": {"mouthSmile*": 0.5},
    "angry": {"browDown*": 0.5},
    "sad": {"mouthFrown*": 0.5},
    "surprised": {"browOuterUp*": 0.25, "eyeWide*": 0.25},
}

# An eye that is open rests at 0.8, and one that is wide is at 1.
ARKIT_TO_VTUBE_STUDIO: Table = {
    "EyeOpen*": {CONSTANT: 0.8, "eyeBlink*": -0.8, "eyeSquint*": -0.15, "eyeWide*": 0.2},
    # To the person's left.
    "EyeLeftX": {"eyeLookOutLeft": 1, "eyeLookInLeft": -1},
    "EyeRightX": {"eyeLookInRight": 1, "eyeLookOutRight": -1},
    "EyeLeftY": {"eyeLookUpLeft": 1, "eyeLookDownLeft": -1},
    "EyeRightY": {"eyeLookUpRight": 1, "eyeLookDownRight": -1},
    "Brow*Y": {CONSTANT: 0.5, "browOuterUp*": 0.25, "browInnerUp": 0.25, "browDown*": -0.5},
    "Brows": {CONSTANT: 0.5, "browOuterUp*": 0.125, "browInnerUp": 0.25, "browDown*": -0.25},
    "MouthSmile": {CONSTANT: 0.5, "mouthSmile*": 0.25, "mouthFrown*": -0.25, "mouthPucker": -0.25},
    "MouthOpen": {"jawOpen": 1.2, "mouthClose": -1.2, "mouthFunnel": 0.2},
    "MouthX": {"mouthLeft": 1, "mouthRight": -1},
    "CheekPuff": {"cheekPuff": 1},
    "TongueOut": {"tongueOut": 1},
    "FaceAngry": {"browDown*": 0.3, "noseSneer*": 0.2},
    "JawOpen": {"jawOpen": 1},
    "MouthFunnel": {"mouthFunnel": 1},
    "MouthPuckerWiden": {"mouthStretch*": 0.45, "mouthPucker": -1},
    "MouthPressLipOpen": {
        "mouthUpperUp*": 0.5, "mouthLowerDown*": 0.5, "mouthRollUpper": -0.5, "mouthRollLower": -0.5,
    },
    "MouthShrug": {"mouthShrugUpper": 0.5, "mouthShrugLower": 0.5},
    "EyeSquint*": {"eyeSquint*": 1},
}  # fmt: skip
VTUBE_STUDIO_TO_ARKIT: Table = {
    "eyeBlink*": {CONSTANT: 1, "EyeOpen*": -1 / 0.8, "EyeSquint*": -0.15 / 0.8},
    "eyeWide*": {("EyeOpen*", 0.8): 5},
    "eyeSquint*": {"EyeSquint*": 1},
    "eyeLookOutLeft": {"EyeLeftX": 1},
    "eyeLookInLeft": {"EyeLeftX": -1},
    "eyeLookInRight": {"EyeRightX": 1},
    "eyeLookOutRight": {"EyeRightX": -1},
    "eyeLookUp*": {"Eye*Y": 1},
    "eyeLookDown*": {"Eye*Y": -1},
    "browOuterUp*": {CONSTANT: -1, "Brow*Y": 2},
    "browInnerUp": {CONSTANT: -1, "Brow*Y": 1},
    "browDown*": {CONSTANT: 1, "Brow*Y": -2},
    "mouthSmile*": {CONSTANT: -1, "MouthSmile": 2},
    "mouthFrown*": {CONSTANT: 1, "MouthSmile": -2},
    "jawOpen": {"JawOpen": 1},
    "mouthClose": {"JawOpen": 1, "MouthOpen": -1 / 1.2, "MouthFunnel": 0.2 / 1.2},
    "mouthLeft": {"MouthX": 1},
    "mouthRight": {"MouthX": -1},
    "cheekPuff": {"CheekPuff": 1},
    "tongueOut": {"TongueOut": 1},
    "mouthFunnel": {"MouthFunnel": 1},
    "mouthStretch*": {"MouthPuckerWiden": 1 / 0.9},
    "mouthPucker": {"MouthPuckerWiden": -1},
    "mouthUpperUp*": {"MouthPressLipOpen": 0.5},
    "mouthLowerDown*": {"MouthPressLipOpen": 0.5},
    "mouthRollUpper": {"MouthPressLipOpen": -1},
    "mouthRollLower": {"MouthPressLipOpen": -1},
    "mouthShrugUpper": {"MouthShrug": 1},
    "mouthShrugLower": {"MouthShrug": 1},
}
