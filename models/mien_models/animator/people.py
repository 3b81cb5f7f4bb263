"""What the encoder reads of people in a dataset, told from their resting faces: the inputs of the animator."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from mien_models.alignment import canonical
from mien_models.animator.reading import read_crops, relative
from mien_models.backends import Session
from mien_models.datasets.dataset import Dataset

F32 = NDArray[np.float32]

_RESTING = 2  # the first pictures of each person in a dataset of the actor are at rest
_PRESENT = 0.5


@dataclass(frozen=True, slots=True, eq=False)
class People:
    """N faces. features (N, 52 + A), crops (N, 112, 112, 3), person (N,).

    shapes (N, 52), units (N, A): the truth, ARKit weights and intensities [0, 5].

    points (N, 478, 2): canonical landmarks; rest (N, 52 + A): levels of each person at rest.
    """

    features: F32
    crops: NDArray[np.uint8]
    shapes: F32
    units: F32
    person: NDArray[np.int64]
    points: F32
    rest: F32

    def __len__(self) -> int:
        return len(self.features)


def people_of(data: Dataset, encoder: Session) -> People:
    """The faces of a dataset of the actor that are found, read by both branches of the encoder."""
    points = canonical(data["landmarks"])
    there = (data["presence"] > _PRESENT) & np.isfinite(points).all((1, 2))
    person = data["person"].astype(np.int64)
    crops = data["crop"]
    levels = read_crops(encoder, crops, np.nan_to_num(points)).levels
    rest = np.zeros_like(levels)
    for one in np.unique(person):
        mine = np.flatnonzero(person == one)
        rest[mine] = levels[mine[:_RESTING]].mean(0)
    features = np.array([relative(level, own) for level, own in zip(levels, rest, strict=True)], np.float32)
    return People(
        features[there], crops[there], data["shapes"][there].astype(np.float32),
        data["units"][there].astype(np.float32), person[there], points[there], rest[there],
    )  # fmt: skip
