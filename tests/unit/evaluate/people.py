"""Made-up faces with truth, and networks that read it well, badly or not at all."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from mien_models import FakeSession
from mien_models.alignment import canonical
from mien_models.evaluate.faces import Faces
from mien_models.evaluate.grid import EXPRESSIONS, YAWS_DEG, Grid
from mien_models.geometry import load_face_geometry
from mien_models.head.model.action_units import weights_of
from mien_models.head.model.pose import head_pose
from mien_models.head.motion.distance import embed
from mien_models.head.motion.draw import Kind
from mien_models.head.motion.sampler import Sampler
from mien_models.spaces.arkit import BLENDSHAPES
from mien_models.spaces.facs import AUS

Array = NDArray[Any]
A = len(AUS)


def landmarks(count: int, seed: int = 0) -> Array:
    """(count, 478, 3) canonical faces in the image, no two alike."""
    model = load_face_geometry().vertices * (1, -1, -1)
    points = np.zeros((count, 478, 3), np.float32)
    points[:, :468] = 100 + 12 * model
    points[:, 468:] = points[:, [468 % 468]]
    return points + np.random.default_rng(seed).normal(0, 0.5, points.shape).astype(np.float32)


def faces(people: int = 6, each: int = 20, seed: int = 0) -> Faces:
    """Expressions of the sampler, the first two of each person at rest."""
    count = people * each
    samples = Sampler(seed, {Kind.EMOTION: 0.4, Kind.UNITS: 0.4, Kind.SPEECH: 0.2}).take(0, count)
    rng = np.random.default_rng(seed)
    units, shapes = samples.units.copy(), samples.shapes.copy()
    kinds, names = samples.kinds.copy(), np.array(samples.names)
    calm = np.arange(count) % each < 2
    units[calm], shapes[calm], kinds[calm], names[calm] = 0, 0, Kind.NEUTRAL, "neutral"
    identity = np.repeat(np.arange(people), each)
    poses = [head_pose(rng.uniform(-0.7, 0.7), rng.uniform(-0.3, 0.3)) for _ in range(count)]
    return Faces(
        crop=rng.integers(0, 255, (count, 112, 112, 3), np.uint8),
        landmarks=landmarks(count, seed),
        shapes=shapes.astype(np.float32),
        units=units.astype(np.float32),
        pose=np.array(poses, np.float32),
        identity=identity,
        kind=kinds,
        name=names,
        visible=np.ones(count, np.float32),
        attributes={
            "age_years": np.array([20, 70] * (people // 2), np.float32)[identity],
            "masculinity": np.array([0, 1] * (people // 2), np.float32)[identity],
            "melanin": np.full(count, 0.1, np.float32),
            "glasses": np.zeros(count, np.float32),
            "beard": np.zeros(count, np.float32),
            "small": np.ones(count, np.float32),
            "presence": np.ones(count, np.float32),
        },
    )


def grid(people: int = 3) -> Grid:
    """People who all show the grid's expressions."""
    units = np.array([[e.get(int(u[2:].rstrip("LR")), 0) for u in AUS] for e in EXPRESSIONS.values()], np.float32)
    units = np.tile(np.repeat(units, len(YAWS_DEG), axis=0), (people, 1))
    count = len(units)
    return Grid(
        Faces(
            crop=np.zeros((count, 112, 112, 3), np.uint8),
            landmarks=landmarks(count, seed=9),
            shapes=weights_of(units).astype(np.float32),
            units=units,
            pose=np.array([head_pose()] * count, np.float32),
            identity=np.repeat(np.arange(people), count // people),
            kind=np.full(count, Kind.EMOTION, np.uint8),
            name=np.array(["happiness"] * count),
            visible=np.ones(count, np.float32),
        ),
        people,
    )


def knowing(*known: Faces, noise: float = 0.0) -> FakeSession:
    """An encoder that tells the truth of faces it is shown, with noise of this share, and says how much.

    Faces are known by their landmarks; of others, or without landmarks, it says nothing but zeros, unsurely.
    """
    rng = np.random.default_rng(1)
    index = {canonical(f.landmarks)[i].tobytes(): (f, i) for f in known for i in range(len(f))}

    def script(inputs: Mapping[str, Array]) -> dict[str, Array]:
        out = answers(len(inputs["image"]))
        for row, (points, present) in enumerate(zip(inputs["landmarks"], inputs["present"], strict=True)):
            if present[1] and (found := index.get(points.tobytes())):
                face, i = found
                out["shapes"][row] = np.clip(face.shapes[i] + rng.normal(0, noise, len(BLENDSHAPES)), 0, 1)
                out["units"][row] = np.clip(face.units[i] + rng.normal(0, 5 * noise, A), 0, 5)
                out["presence"][row] = face.units[i] >= 1
                out["shapes_sd"][row], out["units_sd"][row] = max(noise, 1e-3), 5 * max(noise, 1e-3)
                point = embed(face.shapes[i]) + rng.normal(0, noise, len(BLENDSHAPES))
                out["embedding"][row] = point
        return out

    return FakeSession(script)


def constant() -> FakeSession:
    """An encoder with the same output for every face."""
    return FakeSession(lambda inputs: answers(len(inputs["image"])))


def answers(count: int) -> dict[str, Array]:
    """The output of an encoder without information: means and standard deviations of the data."""
    return {
        "shapes": np.zeros((count, len(BLENDSHAPES)), np.float32),
        "shapes_sd": np.ones((count, len(BLENDSHAPES)), np.float32),
        "units": np.zeros((count, A), np.float32),
        "units_sd": np.full((count, A), 5, np.float32),
        "presence": np.full((count, A), 0.1, np.float32),
        "emotion": np.full((count, 8), 0.125, np.float32),
        "affect": np.zeros((count, 2), np.float32),
        "embedding": np.zeros((count, len(BLENDSHAPES)), np.float32),
    }


def blendshapes() -> FakeSession:
    """MediaPipe's network, which here reads one shape off the image's left landmark."""

    def script(inputs: Mapping[str, Array]) -> dict[str, Array]:
        scores = np.full((len(inputs["landmarks"]), 51), 0.1, np.float32)
        left = inputs["landmarks"][:, 0, 0]
        scores[:, BLENDSHAPES.index("jawOpen")] = left - np.floor(left)
        return {"blendshapes": scores}

    return FakeSession(script, "blendshapes_v2")
