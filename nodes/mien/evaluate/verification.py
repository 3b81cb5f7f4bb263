"""Whether faces can be told apart: verification by SFace of original and of normalised faces."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from mien.core.types import F32, F64, U8
from mien.faces.identity import SFace
from mien.faces.track import Sighting
from mien_models.evaluate import metrics
from mien_models.evaluate.score import number

Index = NDArray[np.intp]


def signatures(sface: SFace, crops: U8, points: F32) -> F32:
    """(N, 128) of crops (N, S, S, 3) with landmarks (N, 478, 3), or (478, 3) of all, in pixels of the crop."""
    every = np.broadcast_to(points, (len(crops), *points.shape[-2:]))
    box = np.zeros(4, np.float32)
    found = [sface(crop, Sighting(own, box, 1.0, 1.0)) for crop, own in zip(crops, every, strict=True)]
    return np.array(found, np.float32)


def told_apart(signed: F32, person: NDArray[Any], others: F32 | None = None, other: NDArray[Any] | None = None) -> Any:
    """AUC with which cosines tell pairs of one person from pairs of two; None where either is missing.

    Pairs are within `signed`, or between `signed` and `others`, whose people are `other`.
    """
    if others is None or other is None:
        alike, same = signed @ signed.T, person[:, None] == person
        rows, columns = np.triu_indices(len(signed), 1)
        return number(metrics.auc(same[rows, columns], alike[rows, columns]))
    return number(metrics.auc((person[:, None] == other).ravel(), (signed @ others.T).ravel()))


def worst(*found: float | None) -> float | None:
    """The most that an attacker can do with any of these AUCs, who may also bet on the opposite."""
    known = [max(value, 1 - value) for value in found if value is not None]
    return max(known, default=None)


def in_crop(landmarks: F32, matrix: F64) -> F32:
    """Landmarks (478, 3) [px of an image] in a crop, by its `alignment.crop_matrix`."""
    linear, shift = matrix[:, :2], matrix[:, 2]
    out = np.array(landmarks, np.float32)
    out[:, :2] = (landmarks[:, :2] - shift) @ np.linalg.inv(linear).T
    return out
