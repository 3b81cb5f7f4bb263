"""How well the chain reads people whose truth is known: detection, landmarks, pose, gaze, blendshapes."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

from mien.bags.read import Moment, Names
from mien.camera.actor import truth_of
from mien.core.types import Frame, Header, Intrinsics
from mien.faces.config import FacesConfig
from mien.faces.stage import Stage as FacesStage
from mien.perception.pipeline import Pipeline
from mien.report.accuracy import Tally
from mien_models.head import Head, Identity, head_pose, torso_pose
from mien_models.head.action_units import SHAPES
from mien_models.head.actor import Actor
from mien_models.head.appearance import Appearance
from mien_models.head.render import Camera, CpuRenderer, Lighting
from mien_models.head.sample_split import identity_seeds
from mien_models.head.sampler import Sampler

_FOV_DEG = 45.0
_SIZE = (640, 480)
_RATE_HZ = 25.0
_TURNS_DEG = ((0.0, 30.0), (30.0, 50.0))
_TIMED = 30


def measure(stills: int, people: int, seconds: float, advance: Callable[[], None]) -> dict[str, Any]:
    """Random stills for detection, sequences of test identities for all else."""
    head = Head.load()
    renderer = CpuRenderer(head)
    camera = Camera.from_fov(*_SIZE, _FOV_DEG)
    found = [_found(head, renderer, camera, span, stills, advance) for span in _TURNS_DEG]
    errors = _sequences(head, renderer, camera, people, seconds, advance)
    shapes = errors.pop("blendshapes")
    return {
        "detected_30": found[0],
        "detected_50": found[1],
        **{name: errors[name] for name in _ERRORS},
        "tracked": errors["found"],
        "frames": errors["frames"],
        "pearson": {name: value["r"] for name, value in shapes.items()},
        "mae": {name: value["mae"] for name, value in shapes.items()},
        "action_units": errors["action_units"],
        "cpu_images_per_s": _speed(head, renderer, camera),
        "seed_max_diff": _repeated(head, renderer, camera),
    }


_ERRORS = ("landmark_nme", "landmark_nme_lips_lids", "pose_err_deg_median", "gaze_err_deg_median")


def steps(stills: int, people: int, seconds: float) -> int:
    """Pictures that `measure` draws."""
    return len(_TURNS_DEG) * stills + people * round(seconds * _RATE_HZ)


def _found(
    head: Head, renderer: CpuRenderer, camera: Camera, turn_deg: tuple[float, float], count: int,
    advance: Callable[[], None],
) -> float:  # fmt: skip
    """Share of random people and expressions, turned this far, in which a face is found."""
    stage = FacesStage(FacesConfig(max_faces=1, smooth=False))
    samples = Sampler(1).take(0, count)
    order, found = head.index(SHAPES), 0
    for i, seed in zip(range(count), identity_seeds("test"), strict=False):
        rng = np.random.default_rng([seed, round(turn_deg[1])])
        who = Identity.sample(np.random.default_rng(seed))
        yaw = np.radians(rng.uniform(*turn_deg)) * rng.choice([-1, 1])
        pose = head_pose(yaw, rng.normal(0, 0.12), rng.normal(0, 0.1), (rng.normal(0, 0.03), 0, rng.uniform(0.4, 1.0)))
        weights = np.empty(len(SHAPES))
        weights[order] = samples.shapes[i]
        vertices = head.animate(head.neutral(who), weights, samples.gaze[i], pose, torso_pose(pose))
        look = renderer.look(Appearance.sample(rng, who))
        image = renderer.render(look, vertices, pose, camera, Lighting.studio()).image
        stage.reset()
        found += bool(stage.step(Frame(image, 0)).faces)
        advance()
    return round(found / count, 4)


def _sequences(
    head: Head, renderer: CpuRenderer, camera: Camera, people: int, seconds: float, advance: Callable[[], None]
) -> dict[str, Any]:
    tally = Tally()
    for _, seed in zip(range(people), identity_seeds("test"), strict=False):
        pipeline = Pipeline(FacesConfig(max_faces=1))
        for truth, seen in _moments(Actor(seed, camera, head=head, renderer=renderer), pipeline, seconds):
            tally.add(truth, seen)
            advance()
    return tally.result(Names())


def _moments(actor: Actor, pipeline: Pipeline, seconds: float) -> Iterator[tuple[Moment, Moment]]:
    c = actor.camera
    k = Intrinsics(c.fx, c.fy, c.cx, c.cy)
    for i in range(round(seconds * _RATE_HZ)):
        stamp_ns = round(i * 1e9 / _RATE_HZ)
        shot = actor.at(i / _RATE_HZ)
        known = truth_of(shot, Header(stamp_ns))
        result = pipeline.step(Frame(shot.image, stamp_ns, intrinsics=k))
        yield (
            Moment(stamp_ns, faces=known.faces, expressions=known.expressions, affects=known.affects),
            Moment(stamp_ns, faces=result.faces, expressions=result.expressions, affects=result.affects),
        )


def _speed(head: Head, renderer: CpuRenderer, camera: Camera) -> float:
    """Pictures per second of one person who moves, on one core; the median of single pictures."""
    actor = Actor(0, camera, head=head, renderer=renderer)
    took = []
    for i in range(_TIMED):
        start = time.perf_counter()
        actor.at(i / _RATE_HZ)
        took.append(time.perf_counter() - start)
    return round(1 / float(np.median(took[3:])), 1)


def _repeated(head: Head, renderer: CpuRenderer, camera: Camera) -> int:
    """Largest difference of a pixel between two pictures of the same seed and time, made anew."""
    first, second = (Actor(7, camera, head=head, renderer=renderer).at(1.0).image for _ in range(2))
    return int(np.abs(first.astype(int) - second).max())
