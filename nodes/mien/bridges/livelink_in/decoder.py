"""Packets of the app Live Link Face, version 6, to readings of a face; their layout is told in `livelink.encoder`.

Common receivers read the last 244 bytes of a packet and ignore its header; so does this one.
"""

from __future__ import annotations

import math

import numpy as np

from mien.bridges.inputs import Reading
from mien.core.geometry import multiply
from mien.core.types import F64

_VALUES = 61
_BYTES = 4 * _VALUES
_LEAST = 4 + 37 + 4  # version, device, length of the name
_LIMIT = math.pi


class Decoder:
    """Every packet with a face is a frame; a packet without one means that no face is tracked."""

    def __init__(self) -> None:
        self.present = True
        self._values: F64 | None = None

    def feed(self, data: bytes) -> bool:
        if len(data) < _LEAST:
            raise ValueError("too short for a packet")
        if len(data) < _BYTES + _LEAST:
            self.present = False
            return False
        values = np.frombuffer(data[-_BYTES:], ">f4").astype(np.float64)
        if data[-_BYTES - 1] != _VALUES or not np.isfinite(values).all() or np.abs(values[52:]).max() > _LIMIT:
            raise ValueError("no face of Live Link")
        self._values, self.present = values, True
        return True

    def reading(self) -> Reading:
        values = self._values
        if values is None:
            return Reading()
        return reading_of(values[:52], values[52:])


def reading_of(weights: F64, turns: F64) -> Reading:
    """Of 52 weights and nine angles [rad]: yaw, pitch and roll of head, left and right eye; NaN = not told."""
    yaw, pitch, roll = turns[:3].tolist()
    # Eyes: yaw to the right, pitch down.
    gaze = -turns[[[3, 4], [6, 7]]].astype(np.float32)
    return Reading(
        weights=weights.astype(np.float32),
        head=_head(yaw, pitch, -roll) if np.isfinite(turns[:3]).all() else None,
        gaze=gaze if np.isfinite(gaze).all() else None,
    )


def _head(yaw: float, pitch: float, roll: float) -> F64:
    """Quaternion in face axes: to its left, then up, then to its left shoulder [rad]."""
    turn = np.array([0.0, 0.0, math.sin(yaw / 2), math.cos(yaw / 2)])
    nod = np.array([0.0, -math.sin(pitch / 2), 0.0, math.cos(pitch / 2)])
    tilt = np.array([-math.sin(roll / 2), 0.0, 0.0, math.cos(roll / 2)])
    return multiply(multiply(turn, nod), tilt)
