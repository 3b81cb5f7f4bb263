"""Which expressions an avatar has, and what each is of ARKit weights.

VRM 0 and 1 name the same presets differently; the protocol asks senders for the names of VRM 0, which
receivers with a VRM 1 avatar translate (protocol.vmc.info, performer specification).
"""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from mien.core.types import F32
from mien_models.spaces import arkit

# VRM 0's name, VRM 1's, and what the preset is made of. Vowels share what opens the mouth.
_PRESETS: tuple[tuple[str, str, dict[str, float]], ...] = (
    ("Blink_L", "blinkLeft", {"eyeBlinkLeft": 1.0}),
    ("Blink_R", "blinkRight", {"eyeBlinkRight": 1.0}),
    ("A", "aa", {"jawOpen": 1.4, "mouthFunnel": -0.8, "mouthPucker": -0.6, "mouthClose": -1.4}),
    ("I", "ih", {"mouthStretchLeft": 0.4, "mouthStretchRight": 0.4, "mouthDimpleLeft": 0.2, "mouthDimpleRight": 0.2}),
    ("U", "ou", {"mouthPucker": 0.9}),
    ("E", "ee", {"mouthLowerDownLeft": 0.35, "mouthLowerDownRight": 0.35, "jawOpen": -0.3}),
    ("O", "oh", {"mouthFunnel": 1.0}),
    ("Joy", "happy", {"mouthSmileLeft": 0.5, "mouthSmileRight": 0.5, "mouthFrownLeft": -0.5, "mouthFrownRight": -0.5}),
    ("Angry", "angry", {"browDownLeft": 0.5, "browDownRight": 0.5, "browInnerUp": -1.0}),
    ("Sorrow", "sad", {"mouthFrownLeft": 0.5, "mouthFrownRight": 0.5, "browInnerUp": 0.3}),
    (
        "Surprised", "surprised",
        {"browOuterUpLeft": 0.4, "browOuterUpRight": 0.4, "eyeWideLeft": 0.3, "eyeWideRight": 0.3},
    ),
    ("LookUp", "lookUp", {"eyeLookUpLeft": 0.5, "eyeLookUpRight": 0.5}),
    ("LookDown", "lookDown", {"eyeLookDownLeft": 0.5, "eyeLookDownRight": 0.5}),
    ("LookLeft", "lookLeft", {"eyeLookOutLeft": 0.5, "eyeLookInRight": 0.5}),
    ("LookRight", "lookRight", {"eyeLookInLeft": 0.5, "eyeLookOutRight": 0.5}),
)  # fmt: skip
VRM0 = tuple(old for old, _, _ in _PRESETS)
VRM1 = tuple(new for _, new, _ in _PRESETS)
_SHARES = {name: shares for old, new, shares in _PRESETS for name in (old, new)}
_PERFECT = 26  # half of the shapes: an avatar that has them plays them, and its presets would only add to them


def names(setting: str, avatar: Iterable[str] | None) -> tuple[str, ...]:
    """The names to send. avatar: those that the avatar has, by VRM 0's names; None = not known."""
    if setting == "arkit":
        return arkit.BLENDSHAPES
    if setting in ("vrm0", "vrm1"):
        return VRM0 if setting == "vrm0" else VRM1
    if avatar is None:
        return (*arkit.BLENDSHAPES, *VRM0)
    has = {name.lower(): name for name in avatar}
    shapes = tuple(has[n.lower()] for n in arkit.BLENDSHAPES if n.lower() in has)
    if len(shapes) >= _PERFECT:
        return shapes
    return (*shapes, *(n for n in VRM0 if n.lower() in has))


def matrix(of: tuple[str, ...]) -> F32:
    """(names, 52): what each is of ARKit weights, before it is clipped to [0, 1]."""
    by_name = {name.lower(): i for name, i in arkit.INDEX.items()}
    rows = np.zeros((len(of), len(arkit.BLENDSHAPES)), np.float32)
    for row, name in zip(rows, of, strict=True):
        if name.lower() in by_name:
            row[by_name[name.lower()]] = 1
        else:
            for shape, share in _SHARES[name].items():
                row[arkit.INDEX[shape]] = share
    return rows
