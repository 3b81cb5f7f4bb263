"""Preset expressions of VRM avatars, versions 0 and 1. Left and right are the avatar's own."""

from __future__ import annotations

from types import MappingProxyType

# VRM 1.0, expressions.preset: emotions, lip sync, blink, gaze, and the face at rest.
VRM1: tuple[str, ...] = (
    "happy", "angry", "sad", "relaxed", "surprised", "aa", "ih", "ou", "ee", "oh", "blink", "blinkLeft", "blinkRight",
    "lookUp", "lookDown", "lookLeft", "lookRight", "neutral",
)  # fmt: skip

# Presets of VRM 1 that VRM 0 has, too, by their names there (BlendShapePreset), which the VMC protocol keeps to.
TO_VRM0 = MappingProxyType(
    {
        "happy": "Joy", "angry": "Angry", "sad": "Sorrow", "relaxed": "Fun",
        "aa": "A", "ih": "I", "ou": "U", "ee": "E", "oh": "O",
        "blink": "Blink", "blinkLeft": "Blink_L", "blinkRight": "Blink_R",
        "lookUp": "LookUp", "lookDown": "LookDown", "lookLeft": "LookLeft", "lookRight": "LookRight",
        "neutral": "Neutral",
    }
)  # fmt: skip
VRM0: tuple[str, ...] = tuple(TO_VRM0.values())
