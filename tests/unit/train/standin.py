"""Faces drawn in a millisecond: bright cells and moved landmarks that say what is shown and by whom."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from mien_models import load_face_geometry
from mien_models.datasets.write import write
from mien_models.head.model.table import code_names
from mien_models.head.motion.draw import Kind
from mien_models.head.pictures.draw import PER_PERSON, DatasetConfig
from mien_models.spaces.arkit import BLENDSHAPES
from mien_models.spaces.facs import AUS
from mien_models.train.data import Faces, load

SIZE = 112
_CELL = 8  # [px]


def face(index: int) -> tuple[NDArray[np.uint8], dict[str, Any]]:
    """Picture and row `index`. A person's first two pictures are neutral; three people share an expression."""
    person, picture = divmod(index, PER_PERSON)
    neutral = picture < 2
    rng = np.random.default_rng([7, picture, person // 3])
    units = np.zeros(len(AUS), np.float32)
    shapes = np.zeros(len(BLENDSHAPES), np.float32)
    if not neutral:
        units[rng.choice(len(AUS), 3, replace=False)] = rng.uniform(1, 5, 3)
        shapes[rng.choice(len(BLENDSHAPES), 4, replace=False)] = rng.uniform(0.3, 1, 4)
    own = np.random.default_rng([8, person])
    levels = np.concatenate([shapes, units / 5])
    cells = np.full((SIZE // _CELL) ** 2, 60.0)
    cells[: len(levels)] += 150 * levels
    cells[len(levels) :] += own.uniform(0, 100, len(cells) - len(levels))
    grey = np.kron(cells.reshape(SIZE // _CELL, -1), np.ones((_CELL, _CELL)))
    crop = np.repeat(grey[..., None], 3, axis=2).astype(np.uint8)
    points = np.zeros((478, 3), np.float32)
    points[:468] = load_face_geometry().vertices * (6, -6, -6)
    points += own.normal(0, 1, points.shape)
    points[: len(levels), 1] += 20 * levels
    return crop, {
        "crop": crop,
        "landmarks": points + 56,
        "landmarks_true": points + 56,
        "shapes": shapes,
        "units": units,
        "person": np.int64(person),
        "code": own.normal(size=len(code_names())).astype(np.float32),
        "kind": np.uint8(Kind.NEUTRAL if neutral else Kind.UNITS),
        "name": np.array("neutral" if neutral else "units", "U16"),
    }


def folder(path: Path, count: int) -> Path:
    """A dataset of the first `count` faces."""
    write(path, DatasetConfig(images=count), draw=face)
    return path


def faces(path: Path, count: int) -> Faces:
    """The same in memory."""
    return load([folder(path, count)])[0]
