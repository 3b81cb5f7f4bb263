"""Frames of the VMC protocol, version 3.1 (protocol.vmc.info), as OSC bundles.

Order as in the protocol's own sample: root, bones, expressions, Apply, then whether a face is there,
and the time.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from mien.bridges import osc
from mien.bridges.angles import eye_rotation, share, unity
from mien.bridges.base import Shown, once_per_frame
from mien.bridges.vmc.avatar import Avatar
from mien.bridges.vmc.config import VmcConfig
from mien.bridges.vmc.names import Expressions, names

# Local positions of bones [m], of a grown person: some receivers apply them, and a head at 0 would
# sink into the neck.
_USUAL: dict[str, tuple[float, float, float]] = {
    "Neck": (0.0, 0.10, 0.0),
    "Head": (0.0, 0.08, 0.0),
    "LeftEye": (-0.03, 0.07, 0.02),
    "RightEye": (0.03, 0.07, 0.02),
}


class Encoder:
    """Encodes a `Shown` as datagrams. Without a face it sends `/VMC/Ext/OK 0` and no pose.

    avatar: the receiving avatar; None = not known.
    """

    def __init__(self, config: VmcConfig, avatar: Avatar | None = None) -> None:
        self.config = config
        self._names = names(config.names, avatar.expressions if avatar else None)
        self._expressions = Expressions(self._names)
        self._first_ns: int | None = None
        places = avatar.bones if avatar else _USUAL
        self._neck = "Neck" in places
        self._eyes = config.eyes and {"LeftEye", "RightEye"} <= places.keys()
        bones = [name for name in _USUAL if name in places and (self._eyes or not name.endswith("Eye"))]
        root = osc.encode("/VMC/Ext/Root/Pos", "root", 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 1.0)
        values = [osc.encode("/VMC/Ext/Blend/Val", name, osc.HOLE) for name in self._names]
        last = [osc.encode("/VMC/Ext/Blend/Apply"), osc.encode("/VMC/Ext/OK", 1), osc.encode("/VMC/Ext/T", osc.HOLE)]
        poses = osc.bundle([root, *(_bone(name, places[name]) for name in bones)])
        self._template = osc.Template([poses, *osc.bundles([*values, *last])])
        self._absent = osc.Template([osc.bundle([osc.encode("/VMC/Ext/OK", 0), osc.encode("/VMC/Ext/T", osc.HOLE)])])

    def encode(self, shown: Shown) -> Sequence[bytes]:
        if self._first_ns is None or shown.stamp_ns < self._first_ns:
            self._first_ns = shown.stamp_ns
        time_s = (shown.stamp_ns - self._first_ns) * 1e-9
        if not shown.present:
            return self._absent.fill(np.array([time_s]))
        rotations = _rotations(shown, self._neck, self.config.neck if self._neck else 0.0, self._eyes)
        return self._template.fill(np.concatenate([rotations, self._expressions(shown.rig.weights), [time_s]]))


@once_per_frame
def _rotations(shown: Shown, has_neck: bool, neck: float, has_eyes: bool) -> list[float]:
    """Quaternions of the neck, the head and the eyes."""
    rig = shown.rig
    rotations = [*unity(share(rig.head, neck))] if has_neck else []
    rotations += unity(share(rig.head, 1 - neck))
    if has_eyes:
        for yaw, pitch in rig.gaze.tolist():
            rotations += unity(eye_rotation(yaw, pitch))
    return rotations


def _bone(name: str, position: tuple[float, float, float]) -> bytes:
    return osc.encode("/VMC/Ext/Bone/Pos", name, *position, osc.HOLE, osc.HOLE, osc.HOLE, osc.HOLE)
