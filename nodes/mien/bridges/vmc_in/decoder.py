"""Messages of the VMC protocol to readings of a face.

Expressions are ARKit's names (perfect sync) in any case. A program that sends none but a VRM's presets
gives less: eyelids, and a mouth that its vowels open.
"""

from __future__ import annotations

import math

import numpy as np

from mien.bridges.inputs import Reading
from mien.bridges.listener import OscDecoder
from mien.bridges.osc import Message
from mien.core.geometry import multiply
from mien.core.types import F32, F64
from mien_models.spaces import arkit

_PLACE = {name.lower(): i for i, name in enumerate(arkit.BLENDSHAPES)}
# What each preset is made of, by VRM 0's name and VRM 1's, in lower case.
_VOWELS = {
    ("a", "aa"): {"jawOpen": 0.7},
    ("i", "ih"): {"jawOpen": 0.15, "mouthStretchLeft": 0.5, "mouthStretchRight": 0.5},
    ("u", "ou"): {"jawOpen": 0.2, "mouthPucker": 0.7},
    ("e", "ee"): {"jawOpen": 0.3, "mouthStretchLeft": 0.3, "mouthStretchRight": 0.3},
    ("o", "oh"): {"jawOpen": 0.45, "mouthFunnel": 0.6},
    ("joy", "happy"): {"mouthSmileLeft": 1.0, "mouthSmileRight": 1.0, "cheekSquintLeft": 0.5, "cheekSquintRight": 0.5},
    ("angry",): {"browDownLeft": 1.0, "browDownRight": 1.0},
    ("sorrow", "sad"): {"browInnerUp": 0.8, "mouthFrownLeft": 0.8, "mouthFrownRight": 0.8},
    ("surprised",): {"browInnerUp": 0.8, "browOuterUpLeft": 0.8, "browOuterUpRight": 0.8, "jawOpen": 0.4},
    ("blink",): {"eyeBlinkLeft": 1.0, "eyeBlinkRight": 1.0},
    ("blink_l", "blinkleft"): {"eyeBlinkLeft": 1.0},
    ("blink_r", "blinkright"): {"eyeBlinkRight": 1.0},
}
_PRESETS = {name: shares for names, shares in _VOWELS.items() for name in names}
_TOLD = sorted({arkit.INDEX[shape] for shares in _PRESETS.values() for shape in shares})
_BONES = ("Neck", "Head", "LeftEye", "RightEye")


class Decoder(OscDecoder):
    """Call `take` with every message; a frame is complete when `take` returns True."""

    def __init__(self) -> None:
        self._waiting: dict[str, float] = {}
        self._shapes: dict[str, float] = {}
        self._bones: dict[str, F64] = {}
        self._applies = False  # this sender ends its frames with Apply

    def take(self, message: Message) -> bool:
        """Whether this message ended a frame. Raises ValueError where it is malformed."""
        address, values = message.address, message.arguments
        if address == "/VMC/Ext/Blend/Val":
            name, value = values[:2] if len(values) >= 2 else (None, None)
            if not isinstance(name, str) or not _is_number(value):
                raise ValueError("Val without a name and a number")
            key = name.lower()
            if key in _PLACE or key in _PRESETS:
                self._waiting[key] = min(max(float(value), 0.0), 1.0)  # type: ignore[arg-type]
        elif address == "/VMC/Ext/Blend/Apply":
            # Values that a frame does not contain are kept, as common receivers do.
            self._shapes |= self._waiting
            self._waiting.clear()
            self._applies = True
            return True
        elif address == "/VMC/Ext/Bone/Pos":
            self._bone(values)
        elif address == "/VMC/Ext/OK":
            if not values or not isinstance(values[0], int):
                raise ValueError("OK without a number")
            self.present = bool(values[0])
        elif address == "/VMC/Ext/T":
            return not self._applies and bool(self._bones)
        return False

    def reading(self) -> Reading:
        """What is known by now."""
        return Reading(weights=self._weights(), head=self._head(), gaze=self._gaze())

    def _bone(self, values: tuple[object, ...]) -> None:
        if len(values) < 8 or not isinstance(values[0], str) or not all(_is_number(v) for v in values[1:8]):
            raise ValueError("Pos without a name and seven numbers")
        if values[0] not in _BONES:
            return
        x, y, z, w = (float(v) for v in values[4:8])  # type: ignore[arg-type]
        length = math.sqrt(x * x + y * y + z * z + w * w)
        if not 0.5 < length < 2:
            raise ValueError("no rotation")
        # Unity (right, up, out) to face axes (out, left, up), the sense of turning mirrored.
        self._bones[values[0]] = np.array([-z, x, -y, w]) / length

    def _weights(self) -> F32:
        weights = np.full(len(_PLACE), np.nan, np.float32)
        arkits = {_PLACE[name]: value for name, value in self._shapes.items() if name in _PLACE}
        if arkits:
            weights[list(arkits)] = list(arkits.values())
        elif self._shapes:
            weights[_TOLD] = 0
            for name, value in self._shapes.items():
                for shape, share in _PRESETS[name].items():
                    weights[arkit.INDEX[shape]] += share * value
            weights = np.minimum(weights, np.float32(1))
        return weights

    def _head(self) -> F64 | None:
        neck, head = self._bones.get("Neck"), self._bones.get("Head")
        if neck is None or head is None:
            return head if neck is None else neck
        return multiply(neck, head)

    def _gaze(self) -> F32 | None:
        eyes = [self._bones.get(name) for name in ("LeftEye", "RightEye")]
        if eyes[0] is None or eyes[1] is None:
            return None
        return np.array([_look(eye) for eye in eyes if eye is not None], np.float32)


def _look(q: F64) -> tuple[float, float]:
    """Yaw and pitch [rad] of where an eye looks."""
    x, y, z, w = q.tolist()
    return (
        math.atan2(2 * (x * y + z * w), 1 - 2 * (y * y + z * z)),
        math.asin(min(max(2 * (x * z - y * w), -1.0), 1.0)),
    )


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)
