"""What people of the actor show and what the rigs stage says of it, image by image."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from mien.core.geometry import FACING_CAMERA, quaternion
from mien.core.schemas import ARKIT52
from mien.core.types import F64, NUM_LANDMARKS, Expression, Expressions, Face, Faces, Header, Rig, RigState
from mien.perception.pipeline import Pipeline
from mien.retarget.sources import Sources
from mien.rigs.config import RigsConfig
from mien.rigs.stage import Stage as RigsStage
from mien_models.head import gaze_vectors, head_pose
from mien_models.head.motion.motion import Frames, Motion
from mien_models.spaces import arkit

RATE_HZ = 30
_START_S = 10.0  # faces are at rest at 0 s; by then they are in the midst of things
# Of what is read of a face [weight, rad]: about the unrest of the chain on a still one.
_NOISE_WEIGHT, _NOISE_RAD = 0.015, 0.006
_SOURCES = Sources(ARKIT52)


@dataclass(frozen=True, slots=True, eq=False)
class Clip:
    """Of N images, by `Sources.names`: shown (N, S), what is true; rigs (N, S), what the rigs stage said."""

    shown: F64
    rigs: F64


def of_truth(seed: int, seconds: float) -> Clip:
    """From the truth of the actor with noise, without drawing anybody."""
    count = round(seconds * RATE_HZ)
    frames = Motion(seed).at(_START_S + np.arange(count) / RATE_HZ)
    rng, stage = np.random.default_rng([seed, 2]), RigsStage(RigsConfig())
    shown, rigs = [], []
    for n in range(count):
        shown.append(truth(frames, n))
        faces, expressions = _said(frames, n, rng)
        rigs.append(_SOURCES.read(stage.step(faces, expressions).rigs[0]))
    return Clip(np.array(shown), np.array(rigs))


def of_pictures(seed: int, seconds: float, advance: Callable[[], None]) -> Clip:
    """From drawn pictures, read by the whole chain with its default configuration."""
    from mien.core.types import Frame, Intrinsics
    from mien_models.head.pictures.clip import Actor
    from mien_models.head.render.setting import Camera

    camera = Camera.from_fov(640, 480, 45.0)
    actor, pipeline = Actor(seed, camera), Pipeline()
    frames = Motion(seed).at(_START_S + np.arange(round(seconds * RATE_HZ)) / RATE_HZ)
    shown, rigs = [], []
    for n in range(len(frames.speaking)):
        header = Header(round((1 + n / RATE_HZ) * 1e9))
        shot = actor.at(_START_S + n / RATE_HZ)
        intrinsics = Intrinsics(camera.fx, camera.fy, camera.cx, camera.cy)
        found = pipeline.step(Frame(shot.image, header.stamp_ns, "", intrinsics)).rigs.rigs
        advance()
        if found:
            shown.append(truth(frames, n))
            rigs.append(_SOURCES.read(found[0]))
    return Clip(np.array(shown), np.array(rigs))


def truth(frames: Frames, n: int) -> F64:
    """(S,) of image n, by `Sources.names`."""
    yaw, pitch, roll = frames.head[n, :3]
    rig = Rig(
        track_id=1, state=RigState.TRACKED, schema=arkit.SCHEMA, weights=frames.shapes[n].astype(np.float32),
        head=quaternion(FACING_CAMERA.T @ head_pose(yaw, pitch, roll, (0, 0, 0.6))[:3, :3]),
        gaze=frames.gaze[n].astype(np.float32), confidence=np.ones(7, np.float32), source=np.zeros(7, np.uint8),
    )  # fmt: skip
    return _SOURCES.read(rig)


def _said(frames: Frames, n: int, rng: np.random.Generator) -> tuple[Faces, Expressions]:
    """What the stages before the rigs would say of image n."""
    yaw, pitch, roll = frames.head[n, :3] + rng.normal(0, _NOISE_RAD, 3)
    pose = head_pose(yaw, pitch, roll, (0.0, 0.0, 0.6))
    eyes = frames.gaze[n] + rng.normal(0, _NOISE_RAD, (2, 2))
    face = Face(
        1, 1.0, 1.0, np.array([0, 0, 100, 100], np.float32), np.zeros((NUM_LANDMARKS, 3), np.float32), pose,
        gaze_vectors(eyes) @ pose[:3, :3].T, np.ones(2, np.float32),
    )  # fmt: skip
    weights = np.clip(frames.shapes[n] + rng.normal(0, _NOISE_WEIGHT, len(arkit.BLENDSHAPES)), 0, 1)
    expression = Expression(1, weights.astype(np.float32), np.ones(len(arkit.BLENDSHAPES), np.float32))
    header = Header(round((1 + n / RATE_HZ) * 1e9))
    return Faces(header, 640, 480, (face,)), Expressions(header, (expression,))
