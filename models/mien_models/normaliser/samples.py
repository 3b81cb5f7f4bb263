"""Faces of the actor with their truth, and what the frozen encoder reads of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, fields
from pathlib import Path

import numpy as np
from numpy.typing import ArrayLike, NDArray

from mien_models.alignment import canonical
from mien_models.backends import Session
from mien_models.datasets.dataset import Dataset
from mien_models.errors import ModelError
from mien_models.spaces import mesh478

F32 = NDArray[np.float32]
U8 = NDArray[np.uint8]

_BATCH = 16
_HELD_OUT = 10
# What is read of a face, in this order; sizes by the encoder.
READ = ("shapes", "shapes_sd", "units", "units_sd", "presence", "emotion", "affect", "embedding")


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Samples:
    """N faces: crop (N, 112, 112, 3), landmarks (N, 478, 3) px as read, true shapes (N, 52), units (N, A) and name (N,)
    of the prototype that was drawn, person (N,)."""

    crop: U8
    landmarks: F32
    shapes: F32
    units: F32
    name: NDArray[np.str_]
    person: NDArray[np.int64]

    def __len__(self) -> int:
        return len(self.crop)

    def take(self, rows: ArrayLike) -> Samples:
        """These rows only."""
        return Samples(**{f.name: getattr(self, f.name)[np.asarray(rows)] for f in fields(self)})


def load(folders: Sequence[Path], most: int = 0) -> Samples:
    """The faces of folders of `mien actor dataset`, whose shapes are known; the first `most`, 0 = all.

    Raises ModelError where there are none.
    """
    found = [Dataset(folder, partial=True) for folder in folders]
    arrays = {
        name: np.concatenate([np.asarray(part[name]) for part in found])
        for name in ("crop", "landmarks", "shapes", "units", "name", "person")
    }
    good = np.isfinite(arrays["landmarks"]).all((1, 2)) & np.isfinite(arrays["shapes"]).all(1)
    good &= np.isfinite(arrays["units"]).all(1)
    if not good.any():
        raise ModelError(f"{', '.join(map(str, folders))}: no face with known shapes; `mien actor dataset` makes them")
    rows = np.flatnonzero(good)[: most or None]
    kept = {name: values[rows] for name, values in arrays.items()}
    for name in ("landmarks", "shapes", "units"):
        kept[name] = kept[name].astype(np.float32)
    return Samples(**kept)


def parts(data: Sequence[Path], val: Sequence[Path], most: int = 0) -> tuple[Samples, Samples]:
    """Faces to train and to validate on; without `val`, the last tenth of the people of `data`. Raises ModelError."""
    faces = load(data, most)
    if val:
        return faces, load(val)
    people = np.unique(faces.person)
    if len(people) < 2:
        raise ModelError("faces of one person only: give more, or --val")
    last = np.isin(faces.person, people[-max(len(people) // _HELD_OUT, 1) :])
    return faces.take(~last), faces.take(last)


def read(
    encoder: Session,
    crop: U8,
    landmarks: F32 | None = None,
    advance: Callable[[int], None] = lambda _: None,
) -> dict[str, F32]:
    """By the names of READ, (N, ...) each: what an encoder reads of crops, and of landmarks where they are given."""
    points = (
        np.zeros((len(crop), mesh478.COUNT, 2), np.float32)
        if landmarks is None
        else np.nan_to_num(canonical(landmarks))
    )
    present = np.tile(np.array((1, landmarks is not None), np.float32), (len(crop), 1))
    parts = []
    for first in range(0, len(crop), _BATCH):
        rows = slice(first, first + _BATCH)
        parts.append(encoder({"image": crop[rows], "landmarks": points[rows], "present": present[rows]}))
        advance(len(crop[rows]))
    return {name: np.concatenate([part[name] for part in parts]).astype(np.float32) for name in READ}
