"""Contact sheets of the synthetic actors."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

import cv2
import numpy as np
from numpy.typing import NDArray

from mien.core.types import U8
from mien_models.head import head_pose
from mien_models.head.model.action_units import weights_of
from mien_models.head.model.state import FaceState
from mien_models.head.motion.split import identity_seeds
from mien_models.head.pictures.studio import Studio, person
from mien_models.head.render.setting import Camera, Lighting, Setting
from mien_models.spaces import facs
from mien_models.spaces.facs import AUS

_TILE = 192
_LABEL = 20
_FOV_DEG = 18.6  # shows forehead to chin, because hair and shoulders show no expression

# Columns of the sheet of people: FACS intensity by unit.
EXPRESSIONS: dict[str, dict[int, float]] = {
    "neutral": {},
    "happiness": {6: 4, 12: 4, 25: 3},
    "sadness": {1: 4, 4: 3, 15: 4},
    "surprise": {1: 4, 2: 4, 5: 4, 26: 4},
    "fear": {1: 4, 2: 2, 4: 3, 5: 4, 20: 3, 25: 3},
    "anger": {4: 4, 5: 2, 7: 3, 24: 4},
    "disgust": {9: 4, 10: 3, 17: 3},
    "eyes closed": {43: 5},
    "jaw open": {27: 5},
    "pucker": {18: 5},
}


def people(count: int, advance: Callable[[], None]) -> U8:
    """One row per person, one column per expression of EXPRESSIONS."""
    columns = {name: _intensities(units) for name, units in EXPRESSIONS.items()}
    seeds = identity_seeds("test")
    return np.vstack([np.hstack(_tiles(next(seeds), columns, advance)) for _ in range(count)])


def units(person: int, advance: Callable[[], None]) -> U8:
    """Every action unit of one person at intensity 5, sided units on one side only; 8 in a row."""
    seed = next(identity_seeds("test", first=100 * person))
    columns = {"neutral": _intensities({})}
    for i, name in enumerate(AUS):
        columns[name] = np.eye(len(AUS))[i] * 5
    tiles = _tiles(seed, columns, advance)
    blank = np.full_like(tiles[0], 255)
    tiles += [blank] * (-len(tiles) % 8)
    return np.vstack([np.hstack(tiles[i : i + 8]) for i in range(0, len(tiles), 8)])


def size_of(count: int) -> int:
    """Number of images on the sheet of `count` people."""
    return count * len(EXPRESSIONS)


def _intensities(units: dict[int, float]) -> NDArray[np.float64]:
    """Intensities in the order of AUS, the same on both sides of each code."""
    return np.array([units.get(facs.code(label), 0.0) for label in AUS])


def _tiles(seed: int, columns: dict[str, NDArray[np.float64]], advance: Callable[[], None]) -> list[U8]:
    studio = _studio()
    identity, appearance = person(seed)
    painted = studio.renderer.paint(appearance)
    pose = head_pose(0.15, 0.0, 0.0, (0.0, -0.02, 0.75))
    setting = Setting(camera=Camera.from_fov(_TILE, _TILE, _FOV_DEG), lighting=Lighting.studio())
    tiles = []
    for name, intensities in columns.items():
        state = FaceState(
            identity=identity,
            units=intensities,
            shapes=weights_of(intensities),
            eyes=np.zeros((2, 2)),
            pose=pose,
            mobility=appearance.mobility,
        )
        tiles.append(_labelled(studio.shoot(painted, state, setting).image, name))
        advance()
    return tiles


@cache
def _studio() -> Studio:
    return Studio()


def _labelled(image: U8, text: str) -> U8:
    label = np.full((_LABEL, image.shape[1], 3), 255, np.uint8)
    cv2.putText(label, text, (4, _LABEL - 6), cv2.FONT_HERSHEY_SIMPLEX, 0.42, (30, 30, 30), 1, cv2.LINE_AA)
    return np.vstack([image, label])
