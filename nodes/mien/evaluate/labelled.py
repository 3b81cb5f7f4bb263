"""Evaluates a user's copy of a labelled data set by the set's own protocol."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import fields, replace
from functools import partial
from itertools import count
from pathlib import Path
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray
from rich.progress import Progress

from mien.core.files import write_whole
from mien.core.types import F32, NUM_LANDMARKS, U8, Frame
from mien.faces.config import FacesConfig
from mien.faces.stage import Stage
from mien_models import open_session
from mien_models.alignment import CROP_SIZE, crop
from mien_models.datasets import (
    Comparisons,
    Labelled,
    Picture,
    aff_wild2,
    affectnet,
    bp4d,
    bp4d_plus,
    disfa,
    fec,
    fer2013,
    portraits,
    raf_db,
)
from mien_models.evaluate.protocols import compare, judge
from mien_models.evaluate.read import MEDIAPIPE, Readings, encode, mediapipe, open_model
from mien_models.evaluate.score import finite_rows
from mien_models.spaces.emotions import EMOTIONS

SETS: Mapping[str, Callable[[Path], Labelled | Comparisons]] = {
    "affectnet": affectnet,
    "aff-wild2-affect": partial(aff_wild2, task="affect"),
    "aff-wild2-classes": partial(aff_wild2, task="classes"),
    "aff-wild2-units": partial(aff_wild2, task="units"),
    "bp4d": bp4d,
    "bp4d-plus": bp4d_plus,
    "disfa": disfa,
    "fec": partial(fec, part="test"),
    "fec-train": partial(fec, part="train"),
    "fer2013": fer2013,
    "portraits": portraits,
    "raf-db": raf_db,
}
_CHUNK = 64  # pictures in memory
# Detectors need some margin around a face; pictures smaller than _SMALL are tight crops without one.
_SMALL, _LARGE, _MARGIN = 128, 256, 0.25
_APART_NS = 10**12  # time between pictures, large enough that none is tracked into the next


def evaluate(
    out: Path, name: str, path: Path, model: str, *, every: int, device: str, progress: Progress, draws: int = 1000
) -> dict[str, Any]:
    """Write metrics of the model and of MediaPipe, on every `every`-th row, to `out`/`name`.json; returns them.

    Raises SetError and ModelError.
    """
    encoder = None if model == MEDIAPIPE else open_model(model, device)
    blendshapes = open_session("blendshapes_v2", device="cpu")
    chosen = thinned(SETS[name](path), every)
    read: dict[str, list[Readings]] = {MEDIAPIPE: []} if encoder is None else {"encoder": [], MEDIAPIPE: []}
    task = progress.add_task(name, total=len(chosen.pictures))
    for crops, landmarks in _seen(chosen.pictures):
        nobody = ~finite_rows(landmarks.reshape(len(landmarks), -1))
        known = np.where(nobody[:, None, None], 0, landmarks)
        read[MEDIAPIPE].append(_without(mediapipe(blendshapes, known), nobody))
        if encoder is not None:
            read["encoder"].append(_without(encode(encoder, crops, landmarks), nobody))
        progress.advance(task, len(crops))
    result: dict[str, Any] = {
        "set": chosen.name,
        "every": every,
        "model": str(encoder.info) if encoder is not None else MEDIAPIPE,
        "routes": {route: _judged(chosen, _joined(parts), draws) for route, parts in read.items()},
    }
    write_whole(out / f"{name}.json", json.dumps(result, indent=1) + "\n")
    return result


def _judged(chosen: Labelled | Comparisons, read: Readings, draws: int) -> dict[str, Any]:
    if isinstance(chosen, Comparisons):
        return compare(chosen, read.embedding)
    return judge(chosen, read, EMOTIONS, draws=draws)


def thinned(found: Labelled | Comparisons, every: int) -> Labelled | Comparisons:
    """Every `every`-th picture, or every `every`-th triplet with its pictures; `every` is 1 or more."""
    if isinstance(found, Labelled):
        return found.take(np.arange(0, len(found), every))
    triplets = found.triplets[::every]
    used, at = np.unique(triplets, return_inverse=True)
    return replace(
        found,
        pictures=[found.pictures[i] for i in used],
        triplets=at.reshape(triplets.shape),
        kinds=found.kinds[::every],
        agreement=found.agreement[::every],
    )


def _seen(pictures: Sequence[Picture]) -> Iterator[tuple[U8, F32]]:
    """Crops and landmarks of the largest face of each picture, in chunks; NaN where there is none."""
    find = finder()
    for start in range(0, len(pictures), _CHUNK):
        faces = [find(picture) for picture in pictures[start : start + _CHUNK]]
        yield np.stack([image for image, _ in faces]), np.stack([landmarks for _, landmarks in faces])


def finder() -> Callable[[Picture], tuple[U8, F32]]:
    """Crop (S, S, 3) and landmarks (478, 3) of the largest face of a picture; black and NaN where there is none."""
    stage = Stage(FacesConfig(max_faces=1, smooth=False))
    stamps = count(0, _APART_NS)

    def find(picture: Picture) -> tuple[U8, F32]:
        image = prepared(picture.read())
        stage.reset()
        faces = stage.step(Frame(image, next(stamps))).faces
        landmarks = faces[0].landmarks if faces else np.full((NUM_LANDMARKS, 3), np.nan, np.float32)
        return crop(image, landmarks, CROP_SIZE), landmarks

    return find


def prepared(image: U8) -> U8:
    """Enlarges small tight crops, as in FER2013, and adds the border that detectors need."""
    side = max(image.shape[:2])
    if side >= _SMALL:
        return image
    large = cv2.resize(image, None, fx=_LARGE / side, fy=_LARGE / side, interpolation=cv2.INTER_CUBIC)
    border = round(_MARGIN * _LARGE)
    return np.asarray(cv2.copyMakeBorder(large, border, border, border, border, cv2.BORDER_REPLICATE), np.uint8)


def _without(read: Readings, nobody: NDArray[np.bool_]) -> Readings:
    """The readings, with NaN for pictures without a face."""
    for f in fields(read):
        getattr(read, f.name)[nobody] = np.nan
    return read


def _joined(parts: Sequence[Readings]) -> Readings:
    return Readings(**{f.name: np.concatenate([getattr(p, f.name) for p in parts]) for f in fields(Readings)})
