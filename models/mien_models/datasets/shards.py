"""Convert labelled sets to shards for training: crops and landmarks of our own tracker, and the labels."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from mien_models.datasets.dataset import Dataset
from mien_models.datasets.labelled import F32, U8, Comparisons, Labelled, Picture
from mien_models.datasets.write import missing_samples, write
from mien_models.errors import SetError
from mien_models.head.model.table import code_names
from mien_models.head.motion.draw import Kind
from mien_models.head.pictures.draw import DatasetConfig
from mien_models.spaces import facs, mesh478
from mien_models.spaces.arkit import BLENDSHAPES
from mien_models.spaces.emotions import EMOTIONS
from mien_models.spaces.facs import AUS

# Converts a picture to a crop (S, S, 3) and landmarks (478, 3) of its face, NaN without a face.
Finder = Callable[[Picture], tuple[U8, F32]]

_ABOUT = "set.json"
_MARGINS = {"ONE": 0.1, "TWO": 0.2, "THREE": 0.2}  # Vemulapalli & Agarwala, CVPR 2019


def shards(
    found: Labelled | Comparisons,
    find: Finder,
    out: Path,
    *,
    advance: Callable[[int], None] = lambda _: None,
) -> dict[str, dict[str, int]]:
    """Write a dataset for each part (fold or split) into `out`/PART; returns `pictures` and `found` faces per part.

    It continues where an earlier call stopped. `advance` is called with the number of newly
    finished pictures. Pictures in no part are left out. A triplet is three consecutive pictures. Raises
    SetError if `out` holds another set or a picture cannot be read, DatasetError if `out` cannot be
    written.
    """
    if isinstance(found, Comparisons):
        rows, told = {"all": np.arange(found.triplets.size)}, partial(_compared, found)
    else:
        rows = {part: found.rows(part) for part in sorted({*found.parts} - {""})}
        told = partial(_labelled, found)
    _claim(out / _ABOUT, {"set": found.name, "pictures": {part: len(some) for part, some in rows.items()}})
    counts = {}
    for part, some in rows.items():

        def draw(index: int, some: NDArray[np.intp] = some) -> tuple[U8, dict[str, Any]]:
            picture, labels = told(int(some[index]))
            crop, landmarks = find(picture)
            seen = {"crop": crop, "landmarks": landmarks, "found": np.bool_(np.isfinite(landmarks).all())}
            return crop, _nothing() | labels | seen

        config = DatasetConfig(images=len(some))
        advance(len(some) - missing_samples(out / part, config))
        write(out / part, config, draw=draw, advance=advance)
        counts[part] = {"pictures": len(some), "found": int(Dataset(out / part)["found"].sum())}
    return counts


def _nothing() -> dict[str, Any]:
    """A row without labels."""
    units = np.full(len(AUS), np.nan, np.float32)
    return {
        "landmarks_true": np.full((mesh478.COUNT, 3), np.nan, np.float32),
        "shapes": np.full(len(BLENDSHAPES), np.nan, np.float32),
        "units": units,
        "coded": units,
        "sided": np.bool_(False),
        "emotion": np.full(len(EMOTIONS), np.nan, np.float32),
        "affect": np.full(2, np.nan, np.float32),
        "code": np.full(len(code_names()), np.nan, np.float32),
        "kind": np.uint8(Kind.UNITS),
        "name": np.array("", "U16"),
        "margin": np.float32(0),
        "odd": np.bool_(False),
    }


def _labelled(found: Labelled, row: int) -> tuple[Picture, dict[str, Any]]:
    """The picture of a row, and its labels."""
    labels: dict[str, Any] = {"same": np.int64(row), "person": _person(found.name, found.subjects[row] or f"#{row}")}
    for name, values in (("units", found.intensity), ("coded", found.presence)):
        if len(values):
            labels[name] = _both_sides(found.units, values[row])
    if found.classes and found.label[row] >= 0:
        name = found.classes[found.label[row]]
        if name in EMOTIONS:
            labels["emotion"] = np.array([e == name for e in EMOTIONS], np.float32)
        labels["name"] = np.array(name, "U16")
        labels["kind"] = np.uint8(Kind.NEUTRAL if name == "neutral" else Kind.EMOTION)
    if len(found.affect):
        labels["affect"] = found.affect[row].astype(np.float32)
    return found.pictures[row], labels


def _compared(found: Comparisons, row: int) -> tuple[Picture, dict[str, Any]]:
    """The picture at a place in a triplet; the third one is the odd one."""
    triplet, place = divmod(row, 3)
    labels = {
        "same": np.int64(triplet),
        "person": _person(found.name, f"#{found.triplets[triplet, place]}"),
        "margin": np.float32(_MARGINS[found.kinds[triplet]]),
        "odd": np.bool_(place == 2),
    }
    return found.pictures[found.triplets[triplet, place]], labels


def _both_sides(units: Sequence[str], values: F32) -> F32:
    """(A,) by AUS: the value of each coded unit, copied to both sides of units with two."""
    out = np.full(len(AUS), np.nan, np.float32)
    for unit, value in zip(units, values, strict=True):
        out[[facs.INDEX[label] for label in facs.labels(facs.code(unit))]] = value
    return out


def _person(name: str, subject: str) -> int:
    """A number for a person, different from those of other sets."""
    digest = hashlib.blake2b(f"{name}/{subject}".encode(), digest_size=8).digest()
    return int.from_bytes(digest, "big") >> 1


def _claim(path: Path, about: dict[str, Any]) -> None:
    """Write the description of the folder, or check that an existing one is equal."""
    if path.exists():
        if json.loads(path.read_text("utf-8")) != about:
            raise SetError(f"{path.parent} holds other pictures than these of {about['set']}; choose another folder")
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(f".{path.name}.{os.getpid()}.part")
    temporary.write_text(json.dumps(about, indent=1) + "\n", "utf-8")
    temporary.replace(path)
