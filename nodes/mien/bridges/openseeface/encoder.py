"""One record of 1785 bytes a frame, as OpenSeeFace's facetracker.py packs it.

Pose: OpenSeeFace fits its model to points in the order (row, column), starting from no rotation, and
so finds the solution behind the camera: its x is up the picture, its y to the left and its z into it,
and the translation is negative. A face that looks into the camera has Euler angles of about (180, 0,
90) degrees there. The quaternion is that of the transposed matrix.
"""

from __future__ import annotations

import struct
from collections.abc import Sequence

import cv2
import numpy as np

from mien.bridges.base import Shown, once_per_frame
from mien.bridges.openseeface import face
from mien.bridges.openseeface.config import OpenseefaceConfig
from mien.core.geometry import FACING_CAMERA, matrix, quaternion
from mien.core.temporal.clock import ForwardClock
from mien.core.types import F32, F64
from mien_models.spaces import arkit

_UNIT_MM = 142.5  # one of OpenSeeFace's units: its eyes' outer corners are 0.63 apart
_FIT_ERROR = 1.0  # receivers ignore a pose whose error is above 100
_DISTANCE_M = 0.6  # assumed where it is not known
_TIME, _HEAD = struct.Struct("<di"), struct.Struct("<ffffBf4f3f3f")
# Optical axes (right, down, forward) to rows and columns, and OpenSeeFace's model (right, up, out) to face axes.
_CAMERA = np.array([[0.0, 1.0, 0.0], [1.0, 0.0, 0.0], [0.0, 0.0, 1.0]])
_BEHIND = np.diag([-1.0, -1.0, 1.0])
_MODEL = np.array([[0.0, 0.0, 1.0], [-1.0, 0.0, 0.0], [0.0, 1.0, 0.0]])
_CONFIDENCE = np.ones(68, "<f4").tobytes()
RECORD = 1785


def _features() -> F32:
    """(14, 52): OpenSeeFace's features of ARKit weights, in its order, within -1 and 1."""
    rows = [{f"eyeWide{s}": 1.0, f"eyeBlink{s}": -1.0, f"eyeSquint{s}": -0.3} for s in ("Left", "Right")]
    for side in ("Left", "Right"):
        rows += [
            # Steepness: receivers take less than 0 for a raised outer brow. Quirk: the bend of the brow.
            {"browInnerUp": 1.0, f"browOuterUp{side}": -1.0, f"browDown{side}": -0.3},
            {"browInnerUp": 0.5, f"browOuterUp{side}": 0.5, f"browDown{side}": -1.0},
            {f"browOuterUp{side}": 0.7, f"browDown{side}": -0.3},
        ]
    for side, towards in (("Left", 1.0), ("Right", -1.0)):
        rows += [
            {f"mouthSmile{side}": 1.0, f"mouthFrown{side}": -1.0},
            {
                f"mouthStretch{side}": 0.8, f"mouthSmile{side}": 0.4, f"mouthDimple{side}": 0.4, "mouthPucker": -0.8,
                "mouthFunnel": -0.4, "mouthLeft": towards, "mouthRight": -towards,
            },
        ]  # fmt: skip
    rows += [
        {"jawOpen": 1.0, "mouthClose": -1.0, "mouthFunnel": 0.3},
        {
            "mouthStretchLeft": 0.4, "mouthStretchRight": 0.4, "mouthSmileLeft": 0.3, "mouthSmileRight": 0.3,
            "mouthDimpleLeft": 0.2, "mouthDimpleRight": 0.2, "mouthPucker": -1.0, "mouthFunnel": -0.6,
        },
    ]  # fmt: skip
    table = np.zeros((len(rows), len(arkit.BLENDSHAPES)), np.float32)
    for row, shares in zip(table, rows, strict=True):
        for name, share in shares.items():
            row[arkit.INDEX[name]] = share
    return table


def _euler_deg(rotation: F64) -> tuple[float, float, float]:
    """As cv2.RQDecomp3x3, of whose two answers that around (180, 0, 90), which it gives for measured faces."""
    x, y, z = cv2.RQDecomp3x3(rotation)[0]
    if not 0 <= z <= 180:
        x, y, z = x + 180, 180 - y, z + 180
    return _wrapped(x), _wrapped(y), z


def _wrapped(degrees: float) -> float:
    return (degrees + 180) % 360 - 180


_FEATURES = _features()
_BLINK = np.array([arkit.INDEX["eyeBlinkRight"], arkit.INDEX["eyeBlinkLeft"]])


class Encoder:
    """Encodes a `Shown` as one datagram with face number 0. Sends nothing without a face, like OpenSeeFace."""

    def __init__(self, config: OpenseefaceConfig) -> None:
        self.config = config
        # Receivers drop frames with older times: the time goes on when a video starts again.
        self._clock = ForwardClock()

    def encode(self, shown: Shown) -> Sequence[bytes]:
        if not shown.present:
            return []
        before, after = _numbers(shown, self.config.width, self.config.height)
        return [_TIME.pack(self._clock(shown.stamp_ns) * 1e-9, 0) + before + _CONFIDENCE + after]


@once_per_frame
def _numbers(shown: Shown, width: int, height: int) -> tuple[bytes, bytes]:
    """What stands before and behind the confidences of the points; the time comes before."""
    rig = shown.rig
    turn = _CAMERA @ FACING_CAMERA @ matrix(rig.head) @ _MODEL
    x, y, z = (_DISTANCE_M, 0.0, 0.0) if shown.position is None else shown.position.tolist()
    translation = np.array([-z, y, max(x, 0.1)]) * (1000 / _UNIT_MM)
    points = face.points(rig.weights, rig.gaze) / _UNIT_MM
    seen = points[:68] @ turn.T + translation
    depth = np.maximum(seen[:, 2:], 0.1)
    # Columns before rows. The focal length is the picture's width.
    pixels = width * seen[:, 1::-1] / depth + (width / 2, height / 2)
    told = _BEHIND @ turn
    qx, qy, qz, qw = quaternion(told).tolist()
    euler = _euler_deg(told)
    openness = 1 - rig.weights[_BLINK]
    head = _HEAD.pack(
        width, height, *openness.tolist(), 1, _FIT_ERROR,
        -qx, -qy, -qz, qw, *euler, *(-translation).tolist(),
    )  # fmt: skip
    points[:, 1:] *= -1
    features = np.minimum(np.maximum(_FEATURES @ rig.weights, -1), 1)
    numbers = np.concatenate([pixels.reshape(-1), points.reshape(-1), features])
    return head, numbers.astype("<f4").tobytes()
