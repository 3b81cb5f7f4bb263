"""The numbers that all versions carry: integer percents, degrees and metres.

Receivers built with Unity turn the head by Euler(rx, ry, -rz) and move it by (-px, py, pz); the eyes
turn by Euler(rx, ry, rz).
"""

from __future__ import annotations

import math

import numpy as np

from mien.bridges.angles import yaw_pitch_roll
from mien.bridges.base import Shown
from mien_models.spaces import arkit
from mien_models.spaces.mirror import mirror_order

# A common receiver (VRCFaceTracking's) loses the first value of a packet: no camera sees the tongue.
NAMES = tuple(sorted(arkit.BLENDSHAPES, key=lambda name: name != "tongueOut"))
_ORDER = np.array([arkit.INDEX[name] for name in NAMES])
_MIRRORED = _ORDER[mirror_order(NAMES)]


def short(name: str) -> str:
    """iFacialMocap's name of a shape: eyeBlink_L. Of mouthLeft and jawLeft the side is no ending."""
    if name in ("mouthLeft", "mouthRight", "jawLeft", "jawRight"):
        return name
    return name.replace("Left", "_L").replace("Right", "_R")


def percents(shown: Shown, mirror: bool) -> list[int]:
    """By NAMES, in whole percents."""
    weights = shown.rig.weights[_MIRRORED if mirror else _ORDER]
    return [round(w) for w in (100 * weights).tolist()]


def pose(shown: Shown, mirror: bool) -> tuple[float, ...]:
    """rx ry rz [degrees] px py pz [m] of the head, then rx ry rz of the right eye, then of the left."""
    yaw, pitch, roll = yaw_pitch_roll(shown.rig.head)
    left, right = shown.rig.gaze.tolist()
    x, y, z = (0.0, 0.0, 0.0) if shown.position is None else shown.position.tolist()
    if mirror:
        yaw, roll, y = -yaw, -roll, -y
        left, right = (-right[0], right[1]), (-left[0], left[1])
    d = math.degrees
    return (
        -d(pitch), -d(yaw), -d(roll), y, z, -x,
        -d(right[1]), -d(right[0]), 0.0, -d(left[1]), -d(left[0]), 0.0,
    )  # fmt: skip
