"""Accuracy of all stages on rendered people: detection, landmarks, pose, gaze, blendshapes."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

from mien.bags.read import Names
from mien.camera.actor import truth_of
from mien.core.geometry import FACING_CAMERA
from mien.core.moment import Moment
from mien.core.types import F64, Face, Frame, Header, Intrinsics
from mien.evaluate.chain.recording import Recording, biases, correlations
from mien.faces.config import FacesConfig
from mien.faces.stage import Stage as FacesStage
from mien.perception.pipeline import Pipeline
from mien.report.accuracy import Tally
from mien.report.head import angles_deg
from mien_models.head.motion.motion import Motion
from mien_models.head.motion.split import identity_seeds
from mien_models.head.pictures.clip import Actor
from mien_models.head.pictures.stills import StillConfig, Stills
from mien_models.head.pictures.studio import Studio
from mien_models.head.render.setting import Camera
from mien_models.spaces import arkit

_FOV_DEG = 45.0
_SIZE = (640, 480)
_RATE_HZ = 25.0
_START_S = 10.0  # faces are at rest at 0 s; at this time they are moving
_TURNS_DEG = ((0.0, 30.0), (30.0, 50.0))
_TIMED = 30


def measure(
    stills: int, people: int, seconds: float, advance: Callable[[], None]
) -> tuple[dict[str, Any], list[Recording]]:
    """The metrics and recordings: detection on random stills, all else on sequences of test identities."""
    studio = Studio()
    camera = Camera.from_fov(*_SIZE, _FOV_DEG)
    found = [_found(studio, span, stills, 0.0, advance) for span in _TURNS_DEG]
    hidden = _found(studio, _TURNS_DEG[0], stills, 1.0, advance)
    errors, recordings = _sequences(studio, camera, people, seconds, advance)
    shapes = errors.pop("blendshapes")
    numbers = {
        "detected_30": found[0],
        "detected_50": found[1],
        "detected_30_occluded": hidden,
        **{name: errors[name] for name in _ERRORS},
        "tracked": errors["found"],
        "people": people,
        "frames": errors["frames"],
        **biases(recordings),
        "pearson": {name: value["r"] for name, value in shapes.items()},
        **correlations(recordings),
        "mae": {name: value["mae"] for name, value in shapes.items()},
        "action_units": errors["action_units"],
        "cpu_images_per_s": _speed(studio, camera),
        "cpu_load": round(os.getloadavg()[0] / (os.cpu_count() or 1), 2),
        "seed_max_diff": _repeated(studio, camera),
    }
    return numbers, recordings


_ERRORS = (
    "landmark_nme", "landmark_nme_lips_lids", "pose_err_deg_median", "gaze_err_deg_median",
    "gaze_yaw_err_deg_median", "gaze_pitch_err_deg_median",
)  # fmt: skip


def steps(stills: int, people: int, seconds: float) -> int:
    """Number of images that `measure` renders."""
    return (len(_TURNS_DEG) + 1) * stills + people * round(seconds * _RATE_HZ)


def _found(
    studio: Studio, turn_deg: tuple[float, float], count: int, occluded: float, advance: Callable[[], None]
) -> float:
    """Share of random images, with the head turned this far, in which a face is found."""
    stage = FacesStage(FacesConfig(max_faces=1, smooth=False))
    config = StillConfig(
        split="test", per_person=1, yaw_from_deg=turn_deg[0], yaw_to_deg=turn_deg[1], occluded=occluded
    )
    stills, found = Stills(config, studio), 0
    for i in range(count):
        stage.reset()
        found += bool(stage.step(Frame(stills(i).image, 0)).faces)
        advance()
    return round(found / count, 4)


def _sequences(
    studio: Studio, camera: Camera, people: int, seconds: float, advance: Callable[[], None]
) -> tuple[dict[str, Any], list[Recording]]:
    tally, recordings = Tally(), []
    for _, seed in zip(range(people), identity_seeds("test"), strict=False):
        pairs: list[tuple[Moment, Moment]] = []
        for truth, seen in _moments(Actor(seed, camera, studio=studio), seconds):
            tally.add(truth, seen)
            if _face(seen) is not None:
                pairs.append((truth, seen))
            advance()
        if pairs:
            recordings.append(_recording(seed, pairs))
    return tally.result(Names()), recordings


def _moments(actor: Actor, seconds: float) -> Iterator[tuple[Moment, Moment]]:
    """Ground truth and estimate of each image."""
    pipeline = Pipeline(faces=FacesConfig(max_faces=1))
    c = actor.camera
    k = Intrinsics(c.fx, c.fy, c.cx, c.cy)
    for i in range(round(seconds * _RATE_HZ)):
        t_s = _START_S + i / _RATE_HZ
        stamp_ns = round(t_s * 1e9)
        labelled = actor.at(t_s)
        known = truth_of(labelled, Header(stamp_ns))
        result = pipeline.step(Frame(labelled.image, stamp_ns, intrinsics=k))
        yield (
            Moment(stamp_ns, faces=known.faces, expressions=known.expressions, affects=known.affects),
            Moment(stamp_ns, faces=result.faces, expressions=result.expressions, affects=result.affects),
        )


def _recording(seed: int, pairs: list[tuple[Moment, Moment]]) -> Recording:
    """The recording of the images in which the face was found."""
    t_s = np.array([truth.stamp_ns for truth, _ in pairs]) * 1e-9
    shown, read = (np.stack([_weights(pair[side]) for pair in pairs]) for side in (0, 1))
    shown_pose, read_pose = (np.stack([_pose(pair[side]) for pair in pairs]) for side in (0, 1))
    return Recording(
        seed=seed,
        t_s=t_s,
        shown=shown,
        read=read,
        shown_head=_angles(shown_pose),
        read_head=_angles(read_pose),
        shown_m=np.linalg.norm(shown_pose[:, :3, 3], axis=1),
        read_m=np.linalg.norm(read_pose[:, :3, 3], axis=1),
        speaking=Motion(seed).at(t_s).speaking,
    )


def _face(moment: Moment) -> Face | None:
    return next(iter(moment.faces.faces), None) if moment.faces else None


def _weights(moment: Moment) -> F64:
    expressions = moment.expressions.expressions if moment.expressions else ()
    return expressions[0].blendshapes.astype(np.float64) if expressions else np.full(len(arkit.BLENDSHAPES), np.nan)


def _pose(moment: Moment) -> F64:
    face = _face(moment)
    return np.full((4, 4), np.nan) if face is None or face.pose is None else face.pose


def _angles(poses: F64) -> F64:
    """(T, 3) yaw, pitch and roll [°] of poses (T, 4, 4)."""
    return np.array([angles_deg(FACING_CAMERA.T @ pose[:3, :3]) for pose in poses])


def _speed(studio: Studio, camera: Camera) -> float:
    """Images rendered per second of processor time, with truth, folds and hard shadows; the median of single images.

    Measures the processor time of the rendering thread, so that other processes and idle threads of numpy's
    libraries do not count. Where `cpu_load` (load per core) is above about 1, others still slow it down through
    the caches.
    """
    actor = Actor(0, camera, studio=studio, hard=1.0)
    took = []
    for i in range(_TIMED):
        start = time.thread_time()
        actor.at(i / _RATE_HZ)
        took.append(time.thread_time() - start)
    return round(1 / float(np.median(took[3:])), 1)


def _repeated(studio: Studio, camera: Camera) -> int:
    """Largest difference of a pixel between two renderings of the same seed and time."""
    first, second = (Actor(7, camera, studio=studio).at(1.0).image for _ in range(2))
    return int(np.abs(first.astype(int) - second).max())
