"""Made-up sessions whose every value is known."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import numpy as np

from mien.bags.record import BagWriter
from mien.bags.write import MomentWriter
from mien.core.geometry import FACING_CAMERA
from mien.core.moment import Moment
from mien.core.types import (
    F32,
    U8,
    Affect,
    Affects,
    Expression,
    Expressions,
    Face,
    Faces,
    Header,
    Method,
    Rig,
    Rigs,
    RigState,
    StageTime,
)
from mien_models.spaces import arkit, emotions, facs

START_NS = 1_700_000_000_000_000_000
PERIOD_NS = 40_000_000  # 25 Hz
WIDTH, HEIGHT = 320, 240
# How long each stage takes, in the order of the chain [ns].
STAGES_NS = {"camera": 2_000_000, "faces": 5_000_000, "expressions": 1_000_000, "affects": 500_000, "rigs": 250_000}


def stamp(i: int) -> int:
    return START_NS + i * PERIOD_NS


def shapes(**values: float) -> F32:
    weights = np.zeros(len(arkit.BLENDSHAPES), np.float32)
    for name, value in values.items():
        weights[arkit.INDEX[name]] = value
    return weights


def image(i: int = 0, width: int = WIDTH, height: int = HEIGHT) -> U8:
    """Smooth, so that JPEG keeps it."""
    x, y = np.meshgrid(np.linspace(0, 200, width), np.linspace(0, 200, height))
    return np.stack([x, y, np.full_like(x, (20 + 8 * i) % 256)], axis=2).astype(np.uint8)


def landmarks(x: float, y: float, w: float, h: float) -> F32:
    """Within the box, on no pixel's border."""
    t = np.linspace(0, 2 * np.pi, 478)
    r = np.linspace(0.1, 1, 478)
    points = np.stack([x + w / 2 * (1 + r * np.cos(9 * t)), y + h / 2 * (1 + r * np.sin(9 * t)), 10 * r], axis=1)
    return points.astype(np.float32)


def face(track_id: int = 1, box: tuple[float, float, float, float] = (100, 60, 90, 120)) -> Face:
    """Looks straight into the camera from half a metre, on the optical axis."""
    pose = np.eye(4)
    pose[:3, :3], pose[:3, 3] = FACING_CAMERA, (0.0, 0.0, 0.5)
    return Face(
        track_id,
        0.9,
        0.97,
        np.array(box, np.float32),
        landmarks(*box),
        pose,
        np.array([[0.1, 0.0, -0.995], [-0.1, 0.0, -0.995]]),
        np.array([0.9, 0.8], np.float32),
    )


def affect(track_id: int = 1, **units: float) -> Affect:
    intensity = np.zeros(len(facs.AUS), np.float32)
    intensity[facs.INDEX["AU23"]] = np.nan
    for name, value in units.items():
        intensity[facs.INDEX[name]] = value
    emotion = np.full(len(emotions.EMOTIONS), 0.02, np.float32)
    emotion[emotions.INDEX["happiness"]] = 0.86
    return Affect(
        track_id, intensity, (intensity / 5).astype(np.float32), np.full(len(facs.AUS), 0.8, np.float32),
        Method.DERIVED, emotion, 0.7, Method.LEARNED, 0.5, -0.25, 0.6, Method.DERIVED,
    )  # fmt: skip


def rig(track_id: int = 1, weights: F32 | None = None, state: RigState = RigState.TRACKED) -> Rig:
    return Rig(
        track_id,
        state,
        arkit.SCHEMA,
        shapes() if weights is None else weights,
        np.array([0.0, 0.0, np.sin(0.1), np.cos(0.1)]),  # turned by 0.2 rad to its left
        np.array([[0.1, 0.2], [0.3, 0.4]], np.float32),
        np.linspace(0, 1, 7).astype(np.float32),
        np.zeros(7, np.uint8),
    )


def stages(stamp_ns: int, upto: str) -> tuple[StageTime, ...]:
    times, end = [], stamp_ns
    for name, ns in STAGES_NS.items():
        end += ns
        times.append(StageTime(name, end))
        if name == upto:
            break
    return tuple(times)


def moment(i: int, ids: Iterable[int] = (1,), weights: F32 | None = None, picture: U8 | None = None) -> Moment:
    """Frame `i` with these faces, which stand side by side."""
    t, ids = stamp(i), tuple(ids)
    header = Header(t, "camera_optical_frame")
    weights = shapes() if weights is None else weights
    boxes = {n: (100.0 - 60 * k, 60.0, 90.0 - 50 * (k > 0), 120.0) for k, n in enumerate(ids)}
    confidence = np.full(len(weights), 0.9, np.float32)
    return Moment(
        t,
        picture,
        faces=Faces(header, WIDTH, HEIGHT, tuple(face(n, boxes[n]) for n in ids), stages(t, "faces")),
        expressions=Expressions(
            header, tuple(Expression(n, weights, confidence) for n in ids), stages(t, "expressions")
        ),
        affects=Affects(header, tuple(affect(n, AU12L=2.5, AU12R=1.5) for n in ids), stages(t, "affects")),
        rigs=Rigs(header, tuple(rig(n, weights) for n in ids), stages(t, "rigs")),
        received_ns=dict.fromkeys(("image", "faces", "expressions", "affects", "rigs"), t + 10000000),
    )


def easing(i: int, track_id: int = 1) -> Moment:
    """A rig on its way to neutral, between images."""
    t = stamp(i) + PERIOD_NS // 2
    return Moment(t, rigs=Rigs(Header(t), (rig(track_id, state=RigState.EASING),)), received_ns={"rigs": t})


def write_bag(path: Path, moments: Iterable[Moment], namespace: str = "", jpeg_quality: int = 95) -> Path:
    with BagWriter(path) as bag:
        writer = MomentWriter(bag, namespace, jpeg_quality)
        writer.describe(START_NS)
        for one in moments:
            writer.write(one)
    return path
