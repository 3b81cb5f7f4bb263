"""OSC bundles for the avatar in use, with the values that changed since the last frame."""

from __future__ import annotations

import struct
from collections.abc import Sequence

import numpy as np

from mien.bridges import osc
from mien.bridges.base import Shown
from mien.bridges.vrchat.avatar import UNKNOWN, Avatar
from mien.bridges.vrchat.config import VrchatConfig
from mien.bridges.vrchat.parameters import blob, unified, values
from mien.core.types import F64

BLOB = "/tracking/face/v1"
_WHOLE_NS = 10_000_000_000  # packets may be lost
_FEW = 16
_ALMOST_ONE = 0.99999


class _Bit:
    """A bool parameter."""

    def __init__(self, address: str) -> None:
        self.messages = (osc.encode(address, False), osc.encode(address, True))
        self.last: bool | None = None


class Encoder:
    """Sends values that changed, and all values every ten seconds. `wear` sets the avatar."""

    def __init__(self, config: VrchatConfig) -> None:
        self.config = config
        self._origin: F64 | None = None
        self.wear(UNKNOWN)

    def wear(self, avatar: Avatar) -> None:
        """Send to this avatar from now on, beginning with everything."""
        self.avatar = avatar
        self._places = np.array([place for place, _ in avatar.floats], np.intp)
        self._heads = [osc.encode(address, 0.0)[:-4] for _, address in avatar.floats]
        self._all = osc.Template(osc.bundles([osc.encode(address, osc.HOLE) for _, address in avatar.floats]))
        self._last = np.full(len(avatar.floats), np.nan, np.float32)
        self._binaries = [
            (b.place, [(place, _Bit(address)) for place, address in b.bits], _Bit(b.negative) if b.negative else None)
            for b in avatar.binaries
        ]
        self._active = [_Bit(address) for address in avatar.active]
        self._blob_head = osc.encode(BLOB, bytes(102))[: -(102 + 2)]
        self._whole_ns: int | None = None

    def encode(self, shown: Shown) -> Sequence[bytes]:
        if not shown.present:
            self._origin = None
        elif self._origin is None:
            self._origin = shown.position
        shapes = unified(shown)
        if self.avatar.full:
            return [self._blob_head + blob(shown, shapes) + b"\0\0"]
        now = values(shown, shapes, self._origin)
        messages: list[bytes] = []
        whole = self._whole_ns is None or not 0 <= shown.stamp_ns - self._whole_ns < _WHOLE_NS
        if whole:
            self._whole_ns = shown.stamp_ns
        for bit in self._active:
            _switch(bit, shown.present, whole, messages)
        floats = now[self._places]
        changed = np.flatnonzero((floats != self._last) | whole)
        self._last = floats
        # Filling in all of them is quicker than writing a few.
        packets = self._all.fill(floats) if len(changed) > _FEW else []
        if not packets:
            messages += [self._heads[i] + struct.pack(">f", floats[i]) for i in changed.tolist()]
        for place, bits, negative in self._binaries:
            value = float(now[place])
            if negative:
                _switch(negative, value < 0, whole, messages)
            elif value < 0:
                value = 0.0
            level = (1 << 16) - 1 if abs(value) > _ALMOST_ONE else int(abs(value) * (1 << len(bits)))
            for at, bit in bits:
                _switch(bit, bool(level >> at & 1), whole, messages)
        return [*packets, *osc.bundles(messages)]


def _switch(bit: _Bit, on: bool, whole: bool, messages: list[bytes]) -> None:
    if whole or bit.last is not on:
        bit.last = on
        messages.append(bit.messages[on])
