"""Packets of the app Live Link Face, version 6.

Layout: version (int32, little-endian), device id (37 characters), name (int32 length, UTF-8), frame
time (int32 frame, float32 sub-frame), frame rate (int32 numerator, denominator), count (uint8, 61) and
61 float32; all big-endian but the version. A packet without the last two parts means that no face is
seen. Order: the 52 ARKit shapes, then yaw, pitch and roll [rad] of head, left eye and right eye.
"""

from __future__ import annotations

import struct
import uuid
from collections.abc import Sequence

import numpy as np

from mien.bridges.angles import yaw_pitch_roll
from mien.bridges.base import Shown
from mien.bridges.livelink.config import LivelinkConfig
from mien.core.types import Rig

VALUES = 61
_DAY_S = 86_400
_NAME_BYTES = 200


class Encoder:
    """Encodes a `Shown` as one datagram. Signs are those that VRCFaceTracking's module expects."""

    def __init__(self, config: LivelinkConfig) -> None:
        self.config = config
        name = config.subject.encode()[:_NAME_BYTES].decode(errors="ignore").encode()
        # The same subject has the same device id after a restart.
        device = f"${uuid.uuid5(uuid.NAMESPACE_DNS, config.subject)}".upper().encode()
        self._head = struct.pack("<i", 6) + device + struct.pack(">i", len(name)) + name
        self._tail = struct.Struct(f">ifiiB{VALUES}f")

    def encode(self, shown: Shown) -> Sequence[bytes]:
        fps = self.config.fps
        frames = (shown.stamp_ns % (_DAY_S * 1_000_000_000)) * fps
        frame, rest = divmod(frames, 1_000_000_000)
        if not shown.present:
            return [self._head + struct.pack(">ifii", frame, rest * 1e-9, fps, 1)]
        weights = np.asarray(shown.rig.weights).tolist()
        return [self._head + self._tail.pack(frame, rest * 1e-9, fps, 1, VALUES, *weights, *turns(shown.rig))]


def turns(rig: Rig) -> tuple[float, ...]:
    """Yaw, pitch and roll [rad] of head, left eye and right eye.

    Head: yaw to the left, pitch up, roll to the right shoulder. Eyes: yaw to the right, pitch down.
    """
    yaw, pitch, roll = yaw_pitch_roll(rig.head)
    (left_yaw, left_pitch), (right_yaw, right_pitch) = rig.gaze.tolist()
    return yaw, pitch, -roll, -left_yaw, -left_pitch, 0.0, -right_yaw, -right_pitch, 0.0
