"""The JSON that VTube Studio's phone app sends for every frame (DenchiSoft, VTubeStudioBlendshapeUDPReceiverTest).

Degrees. Rotation: x to the person's left, y down, z to the right shoulder; what the sample program
shows as Euler(-y, -x, z) of a cube that faces the viewer. Eyes: x down, y to the right. Position [cm]:
x to the camera's left, y up, z towards the camera.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

from mien.bridges.angles import yaw_pitch_roll
from mien.bridges.base import Shown, once_per_frame
from mien.bridges.phone.config import PhoneConfig
from mien_models.spaces import arkit

_VECTOR = '{"x":%.4f,"y":%.4f,"z":%.4f}'
_FRAME = (
    '{"Timestamp":%d,"Hotkey":-1,"FaceFound":%s,'
    f'"Rotation":{_VECTOR},"Position":{_VECTOR},"EyeLeft":{_VECTOR},"EyeRight":{_VECTOR},"BlendShapes":['
    + ",".join(f'{{"k":"{name[0].upper()}{name[1:]}","v":%.5f}}' for name in arkit.BLENDSHAPES)
    + "]}"
)


class Encoder:
    def __init__(self, config: PhoneConfig) -> None:
        self.config = config

    def encode(self, shown: Shown) -> Sequence[bytes]:
        return [_text(shown)]


@once_per_frame
def _text(shown: Shown) -> bytes:
    rig = shown.rig
    yaw, pitch, roll = map(math.degrees, yaw_pitch_roll(rig.head))
    (left_yaw, left_pitch), (right_yaw, right_pitch) = ((math.degrees(a) for a in eye) for eye in rig.gaze.tolist())
    x, y, z = (0.0, 0.0, 0.0) if shown.position is None else (100 * shown.position).tolist()
    text = _FRAME % (
        shown.stamp_ns // 1_000_000, "true" if shown.present else "false",
        yaw, -pitch, -roll, -y, z, -x, -left_pitch, -left_yaw, 0, -right_pitch, -right_yaw, 0,
        *rig.weights.tolist(),
    )  # fmt: skip
    return text.encode()
