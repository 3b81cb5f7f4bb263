"""Test faces for invariance: the same expressions on the same people at several turns of the head."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from mien_models import alignment
from mien_models.backends import Session, open_session
from mien_models.evaluate.faces import Faces
from mien_models.head.appearance.occluders import Occluder
from mien_models.head.model.action_units import weights_of
from mien_models.head.model.pose import head_pose
from mien_models.head.motion.draw import Kind
from mien_models.head.motion.split import identity_seeds
from mien_models.head.pictures.draw import read_landmarks
from mien_models.head.pictures.stills import StillConfig, Stills
from mien_models.head.render.scene import Photograph
from mien_models.head.render.setting import Camera, Lighting
from mien_models.spaces import facs
from mien_models.spaces.facs import AUS

Array = NDArray[Any]

YAWS_DEG = (0.0, -30.0, 30.0)
# FACS intensity by unit, of both sides.
EXPRESSIONS: dict[str, dict[int, float]] = {
    "neutral": {},
    "happiness": {6: 3, 12: 4, 25: 3},
    "sadness": {1: 4, 4: 3, 15: 4, 17: 2},
    "surprise": {1: 4, 2: 4, 5: 3, 26: 4},
    "fear": {1: 4, 2: 2, 4: 3, 5: 4, 20: 3, 25: 3},
    "anger": {4: 4, 5: 2, 7: 3, 23: 3, 24: 3},
    "disgust": {9: 4, 10: 3, 17: 2},
    "pucker": {18: 4, 22: 2},
}
_FIRST = 1 << 23  # first identity seed, so that people are not those of a dataset
SIZE = 192  # of the pictures [px]
_FOCAL, _AT = 480.0, (0.0, -0.03, 0.75)


@dataclass(frozen=True, slots=True)
class Grid:
    """Faces in the order people × expressions × YAWS_DEG."""

    faces: Faces
    people: int

    def shaped(self, values: Array) -> Array:
        """(people, expressions, yaws, ...) of values (N, ...)."""
        return values.reshape(self.people, len(EXPRESSIONS), len(YAWS_DEG), *values.shape[1:])


def size_of(people: int) -> int:
    """The number of pictures of a grid."""
    return people * len(EXPRESSIONS) * len(YAWS_DEG)


def draw(people: int, landmarks: Session | None = None, advance: Callable[[int], None] = lambda _: None) -> Grid:
    """Draw people of the test split in studio light, without degradations by a camera. Raises ModelError."""
    session = landmarks or open_session("facemesh_v2")
    stills = Stills(StillConfig(split="test", width=SIZE, height=SIZE, fov_deg=25.0))
    seeds = identity_seeds("test", _FIRST)
    rows: list[dict[str, Array]] = []
    for person in range(people):
        seed = next(seeds)
        plan = stills.plan(person, person_seed=seed)
        for name, levels in EXPRESSIONS.items():
            units = np.array([levels.get(facs.code(label), 0.0) for label in AUS])
            for yaw in YAWS_DEG:
                still = replace(
                    plan,
                    state=replace(
                        plan.state,
                        units=units,
                        shapes=weights_of(units),
                        eyes=np.zeros((2, 2)),
                        pose=head_pose(np.radians(yaw), 0.0, 0.0, _AT),
                    ),
                    setting=replace(
                        plan.setting,
                        camera=Camera(SIZE, SIZE, _FOCAL, _FOCAL, SIZE / 2, SIZE / 2),
                        lighting=Lighting.studio(),
                    ),
                    photograph=Photograph(),
                    occluder=Occluder.NONE,
                )
                labelled = stills.draw(still)
                rng = np.random.default_rng([seed, len(rows)])
                found, _ = read_landmarks(session, labelled.image, labelled.landmarks, rng)
                rows.append(
                    {
                        "crop": alignment.crop(labelled.image, found),
                        "landmarks": found,
                        "shapes": labelled.shapes.astype(np.float32),
                        "units": labelled.units.astype(np.float32),
                        "pose": labelled.pose.astype(np.float32),
                        "identity": np.array(person),
                        "kind": np.array(Kind.NEUTRAL if name == "neutral" else Kind.EMOTION, np.uint8),
                        "name": np.array(name),
                        "visible": labelled.visible.mean(),
                    }
                )
                advance(1)
    arrays: dict[str, Any] = {name: np.stack([row[name] for row in rows]) for name in rows[0]}
    return Grid(Faces(**arrays), people)
