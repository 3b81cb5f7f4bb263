"""Requests of Furhat's Realtime API, as JSON texts.

Head angles are relative to the direction in which the robot attends. Positive: to its left, down, and a tilt to its
right, as in the vendor's telepresence example.
"""

from __future__ import annotations

import json
from collections.abc import Sequence

from mien.core.types import F64

_CHANGE = 0.004  # smaller changes of a parameter are not sent, except on arrival at 0 or 1
_HEAD_S = 0.1  # the robot takes a head pose ten times a second
_HEAD = {"head_yaw": ("yaw", 1.0), "head_pitch": ("pitch", -1.0), "head_roll": ("roll", 1.0)}


def auth(key: str) -> str:
    return json.dumps({"type": "request.auth", "key": key})


class Encoder:
    """names: targets of the profile; in capitals those of the face, else head_yaw, head_pitch, head_roll [deg]."""

    def __init__(self, names: Sequence[str]) -> None:
        self._face = [(i, n) for i, n in enumerate(names) if n.isupper()]
        self._head = [(i, *_HEAD[n]) for i, n in enumerate(names) if n in _HEAD]
        self._sent: dict[str, float] = {}
        self._head_s: float | None = None

    def reset(self) -> None:
        """Forget what was sent: a new connection needs every value."""
        self._sent, self._head_s = {}, None

    def encode(self, positions: F64, now_s: float) -> list[str]:
        """Requests for the values that have changed; now_s: the present time [s]."""
        values = positions.tolist()
        params = {n: round(values[i], 4) for i, n in self._face}
        params = {n: v for n, v in params.items() if self._is_new(n, v)}
        self._sent |= params
        requests = [json.dumps({"type": "request.face.params", "params": params})] if params else []
        if self._head and (self._head_s is None or not 0 <= now_s - self._head_s < _HEAD_S):
            self._head_s = now_s
            pose = {axis: round(sign * values[i], 2) for i, axis, sign in self._head}
            requests.append(json.dumps({"type": "request.face.headpose", **pose, "relative": True}))
        return requests

    def _is_new(self, name: str, value: float) -> bool:
        sent = self._sent.get(name)
        if sent is None or (value in (0.0, 1.0) and value != sent):
            return True
        return abs(value - sent) > _CHANGE
