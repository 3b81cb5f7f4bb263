"""VRCFaceTracking's parameters, version 2: every shape by its name, and what combines several.

All but a few are weighted sums of Unified Expressions, eyes and head; those few are made first.
"""

from __future__ import annotations

import math

import numpy as np

from mien.bridges.angles import yaw_pitch_roll
from mien.bridges.base import Shown, once_per_frame
from mien.core.types import F32, F64
from mien_models.spaces import arkit
from mien_models.spaces.convert import converter
from mien_models.spaces.unified import INDEX, SHAPES

_TO_UNIFIED = converter(arkit.SCHEMA, "unified", rest=True)

_HEAD = ("Head/Yaw", "Head/Pitch", "Head/Roll", "Head/PosX", "Head/PosY", "Head/PosZ")
_EYES = ("EyeOpenLeft", "EyeOpenRight", "EyeLeftX", "EyeLeftY", "EyeRightX", "EyeRightY")
_LARGER = ("EyeWide", "EyeSquint", "MouthSadLeft", "MouthSadRight")
_BASE = (*SHAPES, *_EYES, *_HEAD, *_LARGER)
_HALF_TURN = math.pi / 2  # a head value of 1
_REACH_M = 0.5  # a head position of 1
_LR = ("Left", "Right")
_UL = ("Upper", "Lower")


def _both(name: str, share: float = 0.5) -> dict[str, float]:
    return {f"{name}{side}": share for side in _LR}


def _less(plus: dict[str, float], minus: dict[str, float]) -> dict[str, float]:
    total = dict(plus)
    for name, share in minus.items():
        total[name] = total.get(name, 0.0) - share
    return total


def _sums() -> dict[str, tuple[float, dict[str, float]]]:
    """A constant and the share of each base value, by name."""
    of: dict[str, dict[str, float]] = {name: {name: 1.0} for name in _BASE}
    fixed: dict[str, float] = {}
    for s in _LR:
        of[f"BrowUp{s}"] = {f"BrowOuterUp{s}": 0.6, f"BrowInnerUp{s}": 0.4}
        of[f"BrowDown{s}"] = {f"BrowLowerer{s}": 0.75, f"BrowPinch{s}": 0.25}
        of[f"MouthSmile{s}"] = {f"MouthCornerPull{s}": 0.8, f"MouthCornerSlant{s}": 0.2}
        of[f"EyeClosed{s}"], fixed[f"EyeClosed{s}"] = {f"EyeOpen{s}": -1.0}, 1.0
        of[f"EyeLid{s}"] = {f"EyeOpen{s}": 0.75, f"EyeWide{s}": 0.25}
        of[f"BrowExpression{s}"] = _less({f"BrowInnerUp{s}": 0.5, f"BrowOuterUp{s}": 0.5}, of[f"BrowDown{s}"])
        of[f"CheekPuffSuck{s}"] = {f"CheekPuff{s}": 1.0, f"CheekSuck{s}": -1.0}
        of[f"LipPucker{s}"] = {f"LipPuckerUpper{s}": 0.5, f"LipPuckerLower{s}": 0.5}
        of[f"MouthTightenerStretch{s}"] = {f"MouthTightener{s}": 1.0, f"MouthStretch{s}": -1.0}
        of[f"MouthCornerY{s}"] = {f"MouthCornerSlant{s}": 1.0, f"MouthFrown{s}": -1.0}
        of[f"SmileFrown{s}"] = _less(of[f"MouthSmile{s}"], {f"MouthFrown{s}": 1.0})
        of[f"SmileSad{s}"] = _less(of[f"MouthSmile{s}"], {f"MouthSad{s}": 1.0})
        for u in _UL:
            of[f"LipSuckFunnel{u}{s}"] = {f"LipSuck{u}{s}": 1.0, f"LipFunnel{u}{s}": -1.0}
    for u in _UL:
        for name in ("LipSuck", "LipFunnel", "LipPucker"):
            of[f"{name}{u}"] = _both(f"{name}{u}")
        of[f"LipSuckFunnel{u}"] = _less(of[f"LipSuck{u}"], of[f"LipFunnel{u}"])
        of[f"Mouth{u}X"] = {f"Mouth{u}Right": 1.0, f"Mouth{u}Left": -1.0}
    for name in ("LipSuck", "LipFunnel", "LipPucker"):
        of[name] = {f"{name}{u}{s}": 0.25 for u in _UL for s in _LR}
    for name in (
        "BrowUp", "BrowDown", "BrowInnerUp", "BrowOuterUp", "BrowExpression", "EyeOpen", "EyeLid", "CheekSquint",
        "CheekSuck", "CheekPuffSuck", "MouthUpperUp", "MouthLowerDown", "MouthStretch", "MouthTightener", "MouthPress",
        "MouthDimple", "NoseSneer", "MouthTightenerStretch", "MouthCornerY", "SmileFrown", "SmileSad",
    ):  # fmt: skip
        of[name] = {}
        for s in _LR:
            for part, share in of.get(f"{name}{s}", {f"{name}{s}": 1.0}).items():
                of[name][part] = of[name].get(part, 0.0) + share / 2
    of["EyeClosed"], fixed["EyeClosed"] = _both("EyeOpen", -0.5), 1.0
    of["EyesSquint"] = {"EyeSquint": 1.0}
    of["EyeX"], of["EyeY"] = ({f"Eye{s}{axis}": 0.5 for s in _LR} for axis in "XY")
    of["JawX"] = {"JawRight": 1.0, "JawLeft": -1.0}
    of["JawZ"] = {"JawForward": 1.0, "JawBackward": -1.0}
    of["MouthX"] = _less({f"Mouth{u}Right": 0.5 for u in _UL}, {f"Mouth{u}Left": 0.5 for u in _UL})
    of["MouthOpen"] = _both("MouthUpperUp", 0.25) | _both("MouthLowerDown", 0.25)
    of["TongueX"] = {"TongueRight": 1.0, "TongueLeft": -1.0}
    of["TongueY"] = {"TongueUp": 1.0, "TongueDown": -1.0}
    of["TongueArchY"] = {"TongueCurlUp": 1.0, "TongueBendDown": -1.0}
    of["TongueShape"] = {"TongueFlat": 1.0, "TongueSquish": -1.0}
    return {name: (fixed.get(name, 0.0), shares) for name, shares in of.items()}


_SUMS = _sums()
NAMES: tuple[str, ...] = tuple(_SUMS)
PLACE = {name: i for i, name in enumerate(NAMES)}
_FIXED = np.array([constant for constant, _ in _SUMS.values()], np.float32)
_MATRIX = np.zeros((len(NAMES), len(_BASE)), np.float32)
for _row, (_, _shares) in zip(_MATRIX, _SUMS.values(), strict=True):
    for _name, _share in _shares.items():
        _row[_BASE.index(_name)] = _share
_BLINK = [arkit.INDEX["eyeBlinkLeft"], arkit.INDEX["eyeBlinkRight"]]
_PAIRS = [(INDEX[f"{name}Left"], INDEX[f"{name}Right"]) for name in ("EyeWide", "EyeSquint")]
_SAD = [(INDEX[f"MouthFrown{s}"], INDEX[f"MouthStretch{s}"]) for s in _LR]


@once_per_frame
def unified(shown: Shown) -> F32:
    """The 88 shapes."""
    return _TO_UNIFIED(shown.rig.weights)[: len(SHAPES)].astype(np.float32)


@once_per_frame
def values(shown: Shown, shapes: F32, origin: F64 | None) -> F32:
    """By NAMES, within -1 and 1. origin: the position [m] that counts as the middle.

    Unity's axes: gaze and yaw to the right, gaze up, pitch down, roll to the left shoulder.
    """
    yaw, pitch, roll = yaw_pitch_roll(shown.rig.head)
    (left_yaw, left_pitch), (right_yaw, right_pitch) = shown.rig.gaze.tolist()
    x, y, z = (0.0, 0.0, 0.0)
    if shown.position is not None and origin is not None:
        x, y, z = ((shown.position - origin) / _REACH_M).tolist()
    openness = 1 - shown.rig.weights[_BLINK]
    more = (
        *openness.tolist(), -left_yaw, left_pitch, -right_yaw, right_pitch,
        -yaw / _HALF_TURN, -pitch / _HALF_TURN, roll / _HALF_TURN, -y, z, -x,
        *(max(float(shapes[a]), float(shapes[b])) for a, b in (*_PAIRS, *_SAD)),
    )  # fmt: skip
    base = np.concatenate([shapes, np.array(more, np.float32)])
    return np.asarray(np.clip(_FIXED + _MATRIX @ base, -1, 1), np.float32)


def blob(shown: Shown, shapes: F32) -> bytes:
    """The 102 bytes of `/tracking/face/v1`: eyes, then the 88 shapes, each in 255 parts."""
    (left_yaw, left_pitch), (right_yaw, right_pitch) = shown.rig.gaze.tolist()
    left_shut, right_shut = shown.rig.weights[_BLINK].tolist()
    # Of the right eye: right, left, up, down; of the left one left and right change places, as the yaws say.
    eyes = (
        -right_yaw, right_yaw, right_pitch, -right_pitch, left_yaw, -left_yaw, left_pitch, -left_pitch,
        right_shut, left_shut, 0, 0, 0, 0,
    )  # fmt: skip
    parts = np.concatenate([np.array(eyes, np.float32), shapes])
    return bytes((np.clip(parts, 0, 1) * np.float32(255)).astype(np.uint8).tobytes())
