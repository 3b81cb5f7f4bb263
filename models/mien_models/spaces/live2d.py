"""Inputs of VTube Studio, which it maps to the parameters of a Live2D model, as far as they tell of the face.

Head, position, mouse and voice are inputs, too, and no expressions. Left and right are the person's own.
"""

from __future__ import annotations

# Inputs that VTube Studio has by itself. Smile and brows rest at 0.5, open eyes at 0.8, wide ones are at 1.
# X of eyes and mouth: to the person's left, [-1, 1]; Y: up. A model's left is then the person's.
INPUTS: tuple[str, ...] = (
    "EyeOpenLeft", "EyeOpenRight", "EyeLeftX", "EyeLeftY", "EyeRightX", "EyeRightY",
    "Brows", "BrowLeftY", "BrowRightY", "MouthSmile", "MouthOpen", "MouthX", "CheekPuff", "TongueOut", "FaceAngry",
)  # fmt: skip
# Inputs that plugins add, by the names that models for full face tracking are made with. MouthPuckerWiden: -1 is
# puckered, 1 is wide; MouthPressLipOpen: -1 is pressed together, 1 shows the teeth.
CUSTOM: tuple[str, ...] = (
    "JawOpen", "MouthFunnel", "MouthPuckerWiden", "MouthPressLipOpen", "MouthShrug", "EyeSquintLeft", "EyeSquintRight",
)  # fmt: skip
ALL: tuple[str, ...] = INPUTS + CUSTOM
SIGNED = frozenset(
    {"EyeLeftX", "EyeLeftY", "EyeRightX", "EyeRightY", "MouthX", "MouthPuckerWiden", "MouthPressLipOpen"}
)
# What changes its sign in a mirror.
SIDEWAYS = frozenset({"EyeLeftX", "EyeRightX", "MouthX"})
REST = {"EyeOpenLeft": 0.8, "EyeOpenRight": 0.8, "Brows": 0.5, "BrowLeftY": 0.5, "BrowRightY": 0.5, "MouthSmile": 0.5}
