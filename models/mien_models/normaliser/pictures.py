"""Pictures of the canonical face to learn from, drawn once and kept in a file."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from zipfile import BadZipFile

import numpy as np
from numpy.typing import NDArray

from mien_models.errors import ModelError
from mien_models.head.motion.sampler import Sampler
from mien_models.normaliser.canonical import PICTURE, Canonical
from mien_models.spaces.arkit import BLENDSHAPES
from mien_models.spaces.facs import AUS

_PART = 200  # pictures after which the file is written


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Pictures:
    """N pictures of the canonical face: picture (N, S, S, 3) RGB, shapes (N, 52), units (N, A)."""

    picture: NDArray[np.uint8]
    shapes: NDArray[np.float32]
    units: NDArray[np.float32]

    def __len__(self) -> int:
        return len(self.picture)


def pictures(path: Path, count: int, seed: int, advance: Callable[[int], None] = lambda _: None) -> Pictures:
    """The first `count` random expressions of `seed`, from the file `path`, which is drawn or continued where it ends.

    `advance` is called with the number of pictures that are there. Raises ModelError for a file of another seed, or one
    that cannot be read.
    """
    there = _read(path, seed)
    missing = Sampler(seed).take(len(there), max(count - len(there), 0))
    draw: Canonical | None = None
    for first in range(0, len(missing), _PART):
        advance(len(there))
        draw = draw or Canonical()
        rows = slice(first, first + _PART)
        shapes, units = missing.shapes[rows].astype(np.float32), missing.units[rows].astype(np.float32)
        there = Pictures(
            picture=np.concatenate([there.picture, draw.each(shapes, units)]),
            shapes=np.concatenate([there.shapes, shapes]),
            units=np.concatenate([there.units, units]),
        )
        _write(path, there, seed)
    advance(count)
    return Pictures(picture=there.picture[:count], shapes=there.shapes[:count], units=there.units[:count])


def _read(path: Path, seed: int) -> Pictures:
    if not path.exists():
        return Pictures(
            picture=np.zeros((0, PICTURE, PICTURE, 3), np.uint8),
            shapes=np.zeros((0, len(BLENDSHAPES)), np.float32),
            units=np.zeros((0, len(AUS)), np.float32),
        )
    try:
        with np.load(path) as file:
            found = Pictures(picture=file["picture"], shapes=file["shapes"], units=file["units"])
            of = int(file["seed"])
    except (OSError, ValueError, KeyError, EOFError, BadZipFile) as error:
        raise ModelError(f"{path} cannot be read: {error}; delete it, and it is drawn again") from error
    if of != seed:
        raise ModelError(f"{path} was drawn with seed {of}, not {seed}; delete it or choose another folder")
    return found


def _write(path: Path, drawn: Pictures, seed: int) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(f".{path.stem}.part.npz")
    np.savez(temporary, picture=drawn.picture, shapes=drawn.shapes, units=drawn.units, seed=seed)
    temporary.replace(path)
