"""Messages of Steam Link to readings of a face.

`/sl/xrfb/facew/<name>`: a weight of XR_FB_face_tracking2, named as in openxr.h but in camel case, tongue shapes
without their first word. `/sl/xrfb/facec/LowerFace` and `UpperFace`: confidences. `/sl/eyeTrackedGazePoint`: a point
that the eyes look at, from the head: x to its right, y up, z behind it. A frame comes in several bundles.
"""

from __future__ import annotations

import math

import numpy as np

from mien.bridges.inputs import Reading
from mien.bridges.listener import OscDecoder
from mien.bridges.osc import Message
from mien.core.types import F32
from mien_models.spaces import arkit, openxr
from mien_models.spaces.convert import converter

WEIGHT, CONFIDENCE, GAZE = "/sl/xrfb/facew/", "/sl/xrfb/facec/", "/sl/eyeTrackedGazePoint"
_TO_ARKIT = converter("fb2", "arkit52")


def _key(name: str) -> str:
    """BROW_LOWERER_L and BrowLowererL alike."""
    return name.replace("_", "").lower()


_PLACE = {_key(name): i for i, name in enumerate(openxr.FB2)}
for _name in ("FRONT_DORSAL_PALATE", "MID_DORSAL_PALATE", "BACK_DORSAL_VELAR"):
    _PLACE[_key(_name)] = openxr.FB2.index(f"TONGUE_{_name}")
_PLACE["toungeout"] = openxr.FB2.index("TONGUE_OUT")  # as some versions spell it


class Decoder(OscDecoder):
    """A frame is complete when all its weights have arrived, or the next one begins."""

    def __init__(self) -> None:
        self._weights = np.full(len(openxr.FB2), np.nan)
        self._since: set[int] = set()  # weights since the last whole frame
        self._sure = {"lowerface": 1.0, "upperface": 1.0}
        self._gaze: F32 | None = None

    def take(self, message: Message) -> bool:
        address, values = message.address, message.arguments
        if address.startswith(WEIGHT):
            place = _PLACE.get(_key(address[len(WEIGHT) :]))
            return place is not None and self._weigh(place, _number(values))
        if address.startswith(CONFIDENCE):
            region = _key(address[len(CONFIDENCE) :])
            if region in self._sure:
                self._sure[region] = min(max(_number(values), 0.0), 1.0)
        elif address == GAZE:
            self._take_gaze(values)
        return False

    def reading(self) -> Reading:
        confidence = np.where(arkit.LOWER, self._sure["lowerface"], self._sure["upperface"])
        return Reading(
            weights=_TO_ARKIT(self._weights).astype(np.float32),
            confidence=confidence.astype(np.float32),
            gaze=self._gaze,
        )

    def _weigh(self, place: int, value: float) -> bool:
        next_frame = place in self._since
        if next_frame:
            self._since.clear()
        self._weights[place] = min(max(value, 0.0), 1.0)
        self._since.add(place)
        if len(self._since) == len(openxr.FB2):
            self._since.clear()
            return True
        return next_frame

    def _take_gaze(self, values: tuple[object, ...]) -> None:
        if len(values) < 3:
            raise ValueError("a point of gaze without three numbers")
        x, y, z = (_number((v,)) for v in values[:3])
        if math.hypot(x, y, z) < 1e-6:
            return
        yaw, pitch = -math.atan2(x, -z), math.atan2(y, math.hypot(x, z))
        self._gaze = np.full((2, 2), (yaw, pitch), np.float32)


def _number(values: tuple[object, ...]) -> float:
    """Raises ValueError."""
    if not values or isinstance(values[0], bool) or not isinstance(values[0], int | float):
        raise ValueError("a message without a number")
    if not math.isfinite(values[0]):
        raise ValueError("a number that is not finite")
    return float(values[0])
