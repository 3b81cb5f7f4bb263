"""Datagrams of ALVR's sink VrcFaceTracking to readings of a face.

A datagram is a row of blocks: 8 bytes of ASCII that say what follows, then little-endian float32. Quaternions of the
eyes are x, y, z, w in OpenXR's axes (x to the head's right, y up, z behind it), the left eye first. Blocks of
expressions are those of the headset's own OpenXR extension.
"""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np

from mien.bridges.inputs import Reading
from mien.core.types import F32, F64
from mien_models.spaces import openxr
from mien_models.spaces.convert import converter

_TAG = 8
_FB1 = 63  # XR_FB_face_tracking: the second version without its tongue
_EYES = {b"EyesQuat": 8, b"CombQuat": 4}
_FACES: dict[bytes, tuple[int, str, slice]] = {
    b"FaceFb\0\0": (_FB1, "fb2", slice(0, _FB1)),
    b"Face2Fb\0": (len(openxr.FB2), "fb2", slice(None)),
    b"FacePico": (len(openxr.PICO), "pico", slice(None)),
    b"EyesHtc\0": (len(openxr.HTC_EYES), "htc", slice(0, len(openxr.HTC_EYES))),
    b"LipHtc\0\0": (len(openxr.HTC_LIPS), "htc", slice(len(openxr.HTC_EYES), None)),
}
_SIZES = {"fb2": len(openxr.FB2), "pico": len(openxr.PICO), "htc": len(openxr.HTC)}


class Decoder:
    """Every datagram is a frame."""

    present = True

    def __init__(self) -> None:
        self._values: dict[str, F64] = {}
        self._convert: dict[str, Callable[[F64], F64]] = {name: converter(name, "arkit52") for name in _SIZES}
        self._gaze: F32 | None = None

    def feed(self, data: bytes) -> bool:
        at, told = 0, False
        while at < len(data):
            tag = data[at : at + _TAG]
            at += _TAG
            count = _EYES.get(tag) or _FACES.get(tag, (0,))[0]
            block = data[at : at + 4 * count]
            if not count or len(block) < 4 * count:
                raise ValueError(f"block {tag!r} is not known, or cut off")
            at += len(block)
            values = np.frombuffer(block, "<f4").astype(np.float64)
            if not np.isfinite(values).all():
                raise ValueError(f"block {tag!r} holds a number that is not finite")
            self._take(tag, values)
            told = True
        return told

    def reading(self) -> Reading:
        weights = np.full(52, np.nan)
        for name, values in self._values.items():
            found = self._convert[name](values)
            weights = np.where(np.isnan(found), weights, found)
        return Reading(weights=weights.astype(np.float32), gaze=self._gaze)

    def _take(self, tag: bytes, values: F64) -> None:
        if tag in _EYES:
            gazes = [_gaze_angles(q) for q in values.reshape(-1, 4)]
            if all(gaze is not None for gaze in gazes):
                self._gaze = np.array([gazes[0], gazes[-1]], np.float32)
            return
        _, space, part = _FACES[tag]
        whole = self._values.setdefault(space, np.full(_SIZES[space], np.nan))
        whole[part] = np.clip(values, 0, 1)


def _gaze_angles(q: F64) -> tuple[float, float] | None:
    """Yaw to the left and pitch up [rad] of an eye; None where it is no rotation."""
    length = float(np.linalg.norm(q))
    if not 0.5 < length < 2:
        return None
    x, y, z, w = (q / length).tolist()
    # Where -z goes: an eye at rest looks ahead.
    right, up, behind = -2 * (x * z + w * y), -2 * (y * z - w * x), -(1 - 2 * (x * x + y * y))
    return -math.atan2(right, -behind), math.atan2(up, math.hypot(right, behind))
