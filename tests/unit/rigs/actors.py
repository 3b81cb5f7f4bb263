"""People before a camera, for the rigs stage to follow."""

from __future__ import annotations

import numpy as np

from mien.core.geometry import FACING_CAMERA
from mien.core.types import (
    F32,
    F64,
    UNKNOWN_BASELINE,
    Expression,
    Expressions,
    Face,
    Faces,
    Header,
    PersonBaseline,
    Rig,
    Rigs,
)
from mien.rigs.stage import Stage
from mien_models.spaces import arkit

S = 1_000_000_000
FRAME = S // 30


def turned(yaw_deg: float = 0.0, pitch_deg: float = 0.0) -> F64:
    """4×4 pose of a head turned to its own left, then up, 60 cm before the camera."""
    y, p = np.radians([yaw_deg, pitch_deg])
    about_z = np.array([[np.cos(y), -np.sin(y), 0], [np.sin(y), np.cos(y), 0], [0, 0, 1]])
    about_y = np.array([[np.cos(p), 0, -np.sin(p)], [0, 1, 0], [np.sin(p), 0, np.cos(p)]])
    pose = np.eye(4)
    pose[:3, :3] = FACING_CAMERA @ about_z @ about_y
    pose[:3, 3] = 0, 0, 0.6
    return pose


def weights(**named: float) -> F32:
    """52 weights at 0 but those given; tongueOut is NaN, as the network has none."""
    w = np.zeros(len(arkit.BLENDSHAPES), np.float32)
    w[arkit.INDEX["tongueOut"]] = np.nan
    for name, value in named.items():
        w[arkit.INDEX[name]] = value
    return w


class Person:
    """What the stages before say of one face."""

    # Confidence of what is read of the upper face and of the lower.
    sure = (0.8, 0.8)

    def __init__(self, track_id: int = 1, pose: F64 | None = None, gaze: F64 | None = None, **named: float) -> None:
        self.track_id = track_id
        self.pose = turned() if pose is None else pose
        # Both eyes look into the camera.
        self.gaze = np.array([[0.0, 0.0, -1.0]] * 2) if gaze is None else gaze
        self.weights = weights(**named)
        self.rest: PersonBaseline | None = None  # that the weights are told from

    def face(self) -> Face:
        sure = np.isfinite(self.gaze).all(axis=1).astype(np.float32)
        nowhere = np.zeros((478, 3), np.float32)
        return Face(self.track_id, 1.0, 0.9, np.zeros(4, np.float32), nowhere, self.pose, self.gaze, sure)

    def expression(self) -> Expression:
        sure = np.array([self.sure[n.startswith(("mouth", "jaw", "tongue"))] for n in arkit.BLENDSHAPES])
        seen = np.where(np.isfinite(self.weights), sure, 0).astype(np.float32)
        about = UNKNOWN_BASELINE if self.rest is None else self.rest.about
        return Expression(self.track_id, self.weights, seen, baseline=about, rest=self.rest)


class Theatre:
    """A stage, and a clock that goes on by one frame at a time."""

    def __init__(self, stage: Stage, stamp_ns: int = 100 * S) -> None:
        self.stage = stage
        self.now = stamp_ns

    def show(self, *people: Person) -> Rigs:
        """One image."""
        self.now += FRAME
        header = Header(self.now, "camera")
        faces = Faces(header, 640, 480, tuple(p.face() for p in people))
        return self.stage.step(faces, Expressions(header, tuple(p.expression() for p in people)))

    def play(self, seconds: float, *people: Person) -> list[Rigs]:
        return [self.show(*people) for _ in range(round(seconds * 30))]

    def settle(self, *people: Person) -> Rigs:
        """The rigs of people who have been there for a while."""
        return self.play(0.5, *people)[-1]

    def wait(self, seconds: float) -> list[Rigs | None]:
        """No image comes, but the watchdog looks in as often as one would."""
        out = []
        for _ in range(round(seconds * 30)):
            self.now += FRAME
            out.append(self.stage.idle(Header(self.now, "camera")))
        return out


def weight(rig: Rig, name: str) -> float:
    return float(rig.weights[arkit.INDEX[name]])


def only(rigs: Rigs | None) -> Rig:
    assert rigs is not None
    (rig,) = rigs.rigs
    return rig
