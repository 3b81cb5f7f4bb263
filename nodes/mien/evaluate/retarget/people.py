"""Does a calibration help? Synthetic people hold the poses before the whole chain, then move freely."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from mien.core.schemas import ARKIT52
from mien.core.types import F64, Frame, Header, Intrinsics, Rigs
from mien.evaluate.retarget.clips import Clip, of_pictures
from mien.perception.pipeline import Pipeline
from mien.retarget.calibration import Session
from mien.retarget.calibration.poses import POSED, Pose
from mien_models.head import head_pose
from mien_models.head.model.state import FaceState
from mien_models.head.pictures.studio import Studio, person
from mien_models.head.render.setting import Camera, Lighting, Setting
from mien_models.spaces import arkit, facs

_RATE_HZ = 15
_HOLD_S, _LEAD_S = 0.8, 0.4
_SECONDS = 12.0
_FULL = 0.9  # how far people go when they are asked to go as far as they can
_FREE = 0.25  # how far what goes along naturally goes
_I = [arkit.INDEX[name] for name in POSED]


def pictures() -> int:
    """Pictures that `measure` draws of one person."""
    return 2 * 15 * round((_LEAD_S + _HOLD_S) * _RATE_HZ + 1) + round(_SECONDS * 30)


def measure(seeds: list[int], advance: Callable[[], None]) -> dict[str, Any]:
    """Mean distance of the posed shapes from the truth while people move freely, with and without their calibration."""
    report = {}
    for seed in seeds:
        session = _session(seed, advance)
        clip = of_pictures(seed, _SECONDS, advance)
        verdict = session.verdict
        assert verdict is not None
        message = verdict.message if verdict.calibration else f"refused: {verdict.message}"
        told: dict[str, Any] = {"verdict": message, "moving": round(_error(clip, None), 4)}
        if verdict.calibration is not None:
            told["moving_calibrated"] = round(_error(clip, verdict.calibration.apply), 4)
        report[str(seed)] = told
    return report


def _error(clip: Clip, apply: Callable[[F64], F64] | None) -> float:
    count = len(ARKIT52.names)
    read = clip.rigs[:, :count]
    if apply is not None:
        read = np.array([apply(row) for row in read])
    return float(np.abs(read - clip.shown[:, :count])[:, _I].mean())


def _session(seed: int, advance: Callable[[], None]) -> Session:
    """Somebody who does what is asked for, as far as they can, and moves the head a little."""
    session = Session(str(seed), lead_s=_LEAD_S, hold_s=_HOLD_S)
    studio, camera = Studio(), Camera.from_fov(640, 480, 45.0)
    identity, appearance = person(seed)
    painted, setting = studio.renderer.paint(appearance), Setting(camera=camera, lighting=Lighting.studio())
    rng, pipeline = np.random.default_rng([seed, 9]), Pipeline()
    shown: Pose | None = None
    shapes, n = np.zeros(len(arkit.BLENDSHAPES)), 0
    while (pose := session.pose) is not None:
        if pose is not shown:
            shown, shapes = pose, _shapes(pose, rng)
        pose_now = head_pose(*rng.normal(0, 0.02, 3))
        state = FaceState(
            identity=identity, units=np.zeros(len(facs.AUS)), shapes=shapes, eyes=np.zeros((2, 2)), pose=pose_now,
            mobility=appearance.mobility,
        )  # fmt: skip
        shot = studio.shoot(painted, state, setting)
        header = Header(round((1 + n / _RATE_HZ) * 1e9))
        intrinsics = Intrinsics(camera.fx, camera.fy, camera.cx, camera.cy)
        rigs: Rigs = pipeline.step(Frame(shot.image, header.stamp_ns, "", intrinsics)).rigs
        session.see(rigs)
        advance()
        n += 1
    return session


def _shapes(pose: Pose, rng: np.random.Generator) -> F64:
    shapes = np.zeros(len(arkit.BLENDSHAPES))
    shapes[[arkit.INDEX[n] for n in pose.asked]] = rng.uniform(_FULL, 1.0)
    shapes[[arkit.INDEX[n] for n in sorted(pose.free)]] = rng.uniform(0, _FREE, len(pose.free))
    return shapes
