"""Frames of the VMC protocol, version 3.1 (protocol.vmc.info), as OSC bundles.

Order as in the protocol's own sample: root, bones, expressions, Apply, then whether a face is there,
and the time.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from mien.bridges import osc
from mien.bridges.angles import look, share, unity
from mien.bridges.base import Shown
from mien.bridges.vmc.config import VmcConfig
from mien.core.types import F64
from mien_models.spaces import arkit

# Local positions of bones [m], of a grown person: some receivers apply them, and a head at 0 would
# sink into the neck.
_NECK, _HEAD, _EYE = (0.0, 0.10, 0.0), (0.0, 0.08, 0.0), (0.03, 0.07, 0.02)


class Encoder:
    """A `Shown` to datagrams. While nobody is there it says so by `/VMC/Ext/OK 0`, and sends no pose."""

    def __init__(self, config: VmcConfig) -> None:
        self.config = config
        self._names, self._matrix = _expressions(config.names)
        self._first_ns: int | None = None
        x, y, z = _EYE
        bones = [_bone("Neck", _NECK), _bone("Head", _HEAD)]
        if config.eyes:
            bones += [_bone("LeftEye", (-x, y, z)), _bone("RightEye", (x, y, z))]
        root = osc.encode("/VMC/Ext/Root/Pos", "root", 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 1.0)
        values = [osc.encode("/VMC/Ext/Blend/Val", name, osc.HOLE) for name in self._names]
        last = [osc.encode("/VMC/Ext/Blend/Apply"), osc.encode("/VMC/Ext/OK", 1), osc.encode("/VMC/Ext/T", osc.HOLE)]
        self._template = osc.Template([osc.bundle([root, *bones]), *osc.bundles([*values, *last])])
        self._absent = osc.Template([osc.bundle([osc.encode("/VMC/Ext/OK", 0), osc.encode("/VMC/Ext/T", osc.HOLE)])])

    def encode(self, shown: Shown) -> Sequence[bytes]:
        if self._first_ns is None or shown.stamp_ns < self._first_ns:
            self._first_ns = shown.stamp_ns
        time_s = (shown.stamp_ns - self._first_ns) * 1e-9
        if not shown.present:
            return self._absent.fill(np.array([time_s]))
        rig = shown.rig
        rotations = [*unity(share(rig.head, self.config.neck)), *unity(share(rig.head, 1 - self.config.neck))]
        if self.config.eyes:
            for yaw, pitch in rig.gaze.tolist():
                rotations += unity(look(yaw, pitch))
        return self._template.fill(np.concatenate([rotations, self._matrix @ rig.weights, [time_s]]))


def _bone(name: str, position: tuple[float, float, float]) -> bytes:
    return osc.encode("/VMC/Ext/Bone/Pos", name, *position, osc.HOLE, osc.HOLE, osc.HOLE, osc.HOLE)


def _expressions(names: str) -> tuple[tuple[str, ...], F64]:
    """Names of expressions, and the matrix from ARKit weights to them."""
    return arkit.BLENDSHAPES, np.eye(len(arkit.BLENDSHAPES))
