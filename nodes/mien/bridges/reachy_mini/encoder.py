"""Targets of Reachy Mini's daemon, as JSON texts.

The head rotates about x (out of the face), y (left) and z (up): roll to its right, pitch down, yaw to its left [rad].
The right antenna comes first. An antenna that droops outwards has a negative angle on the right, a positive one on
the left.
"""

from __future__ import annotations

import json
from collections.abc import Sequence

from mien.core.errors import BridgeError
from mien.core.types import F64

_NAMES = ("head_roll", "head_pitch", "head_yaw", "antenna_right", "antenna_left")


class Encoder:
    """names: targets of the profile. Raises BridgeError where one is missing."""

    def __init__(self, names: Sequence[str]) -> None:
        if missing := [n for n in _NAMES if n not in names]:
            raise BridgeError(f"reachy_mini: the profile has no {', '.join(missing)}")
        self._places = [names.index(n) for n in _NAMES]

    def encode(self, positions: F64) -> str:
        roll, pitch, yaw, right, left = (round(float(positions[i]), 5) for i in self._places)
        pose = {"x": 0.0, "y": 0.0, "z": 0.0, "roll": roll, "pitch": -pitch, "yaw": yaw}
        return json.dumps({"target_head_pose": pose, "target_antennas": [-right, left]})
