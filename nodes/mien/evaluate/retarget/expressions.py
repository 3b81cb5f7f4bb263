"""Common named expressions, to test profiles with."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from mien.core.geometry import from_yaw_pitch_roll
from mien.core.types import Rig, RigState
from mien_models.spaces import arkit
from mien_models.spaces.arkit import Region


@dataclass(frozen=True, slots=True)
class Expression:
    """weights: by ARKit name, a bare name for both sides; head: yaw, pitch, roll; gaze: yaw, pitch [rad]."""

    weights: dict[str, float] = field(default_factory=dict)
    head: tuple[float, float, float] = (0.0, 0.0, 0.0)
    gaze: tuple[float, float] = (0.0, 0.0)

    def rig(self, track_id: int = 1) -> Rig:
        """As the rigs stage publishes it."""
        weights = np.zeros(len(arkit.BLENDSHAPES), np.float32)
        yaw, pitch = self.gaze
        looks = {
            "eyeLookUpLeft": pitch / 0.5, "eyeLookUpRight": pitch / 0.5,
            "eyeLookDownLeft": -pitch / 0.6, "eyeLookDownRight": -pitch / 0.6,
            "eyeLookOutLeft": yaw / 0.7, "eyeLookInRight": yaw / 0.7,
            "eyeLookInLeft": -yaw / 0.7, "eyeLookOutRight": -yaw / 0.7,
        }  # fmt: skip
        for name, value in (self.weights | {n: v for n, v in looks.items() if v > 0}).items():
            for full in (name,) if name in arkit.INDEX else (f"{name}Left", f"{name}Right"):
                weights[arkit.INDEX[full]] = value
        return Rig(
            track_id=track_id,
            state=RigState.TRACKED,
            schema=arkit.SCHEMA,
            weights=weights,
            head=from_yaw_pitch_roll(np.array(self.head)),
            gaze=np.array([self.gaze] * 2, np.float32),
            confidence=np.ones(len(Region), np.float32),
            source=np.zeros(len(Region), np.uint8),
        )


EXPRESSIONS = {
    "rest": Expression(),
    "smile": Expression({"mouthSmile": 0.8, "cheekSquint": 0.5}),
    "frown": Expression({"mouthFrown": 0.7, "browInnerUp": 0.6}),
    "angry": Expression({"browDown": 0.8, "eyeSquint": 0.4, "mouthPress": 0.4, "noseSneer": 0.3}),
    "surprised": Expression({"browInnerUp": 0.8, "browOuterUp": 0.8, "eyeWide": 0.7, "jawOpen": 0.5}),
    "blink": Expression({"eyeBlink": 1.0}),
    "wink left": Expression({"eyeBlinkLeft": 1.0, "cheekSquintLeft": 0.4}),
    "jaw open": Expression({"jawOpen": 0.9, "mouthLowerDown": 0.3}),
    "pucker": Expression({"mouthPucker": 0.9}),
    "“oh”": Expression({"mouthFunnel": 0.8, "jawOpen": 0.3}),
    "look left": Expression(gaze=(0.45, 0.0)),
    "look up": Expression(gaze=(0.0, 0.3)),
    "head left": Expression(head=(0.5, 0.0, 0.0)),
    "head up": Expression(head=(0.0, 0.3, 0.0)),
    "head tilt right": Expression(head=(0.0, 0.0, 0.3)),
}
