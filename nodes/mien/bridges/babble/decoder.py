"""Messages of Project Babble and Baballonia to readings of a face.

`<prefix>/jawOpen` and the like: ARKit's shapes of the mouth by name, cheekPuff by side, and tongue shapes.
`/LeftEyeX`, `/LeftEyeY`: where an eye looks, [-1, 1] to the right and up; `/LeftEyeLid`: how open it is, [0, 1].
"""

from __future__ import annotations

import math

import numpy as np

from mien.bridges.inputs import Reading
from mien.bridges.listener import OscDecoder
from mien.bridges.osc import Message
from mien.core.types import F32
from mien_models.spaces import arkit

_FULL_LOOK = math.radians(45)  # an eye at 1
_PLACE = {name.lower(): i for i, name in enumerate(arkit.BLENDSHAPES)}
_PUFF = arkit.INDEX["cheekPuff"]
_LIDS = {"lefteyelid": arkit.INDEX["eyeBlinkLeft"], "righteyelid": arkit.INDEX["eyeBlinkRight"]}
_EYES = {"lefteyex": (0, 0), "lefteyey": (0, 1), "righteyex": (1, 0), "righteyey": (1, 1)}


class Decoder(OscDecoder):
    """A frame is complete when a name repeats, because messages do not mark the end of a frame."""

    def __init__(self) -> None:
        self._weights = np.full(len(arkit.BLENDSHAPES), np.nan, np.float32)
        self._puffs: dict[str, float] = {}
        self._eyes = np.full((2, 2), np.nan)
        self._since: set[str] = set()

    def take(self, message: Message) -> bool:
        name = message.address.rpartition("/")[2].lower()
        value = message.arguments[0] if message.arguments else None
        if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
            raise ValueError(f"{message.address} without a number")
        if not self._keep(name, float(value)):
            return False
        whole = name in self._since
        if whole:
            self._since.clear()
        self._since.add(name)
        return whole

    def reading(self) -> Reading:
        gaze: F32 | None = None
        if np.isfinite(self._eyes).all():
            gaze = (np.clip(self._eyes, -1, 1) * (-_FULL_LOOK, _FULL_LOOK)).astype(np.float32)
        return Reading(weights=self._weights.copy(), gaze=gaze)

    def _keep(self, name: str, value: float) -> bool:
        """Whether the name is known."""
        if name in ("cheekpuffleft", "cheekpuffright"):
            self._puffs[name] = value
            self._weights[_PUFF] = sum(self._puffs.values()) / len(self._puffs)
        elif name in _LIDS:
            self._weights[_LIDS[name]] = 1 - min(max(value, 0.0), 1.0)
        elif name in _EYES:
            self._eyes[_EYES[name]] = value
        elif name in _PLACE:
            self._weights[_PLACE[name]] = value
        else:
            return False
        return True
