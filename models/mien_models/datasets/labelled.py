"""Labelled pictures of real faces, as the loaders return them: labels in memory, pictures read on request."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, fields, replace
from pathlib import Path
from typing import Any, Protocol

import cv2
import numpy as np
from numpy.typing import ArrayLike, NDArray

from mien_models.errors import SetError

F32 = NDArray[np.float32]
U8 = NDArray[np.uint8]
Index = NDArray[np.intp]


class Picture(Protocol):
    """The source of a picture."""

    def read(self) -> U8:
        """H×W×3 RGB. Raises SetError with the file's name if it cannot be read."""


@dataclass(frozen=True, slots=True)
class ImageFile:
    """An image file. `box` selects a part: left, right, top, bottom as shares of its sides."""

    path: Path
    box: tuple[float, float, float, float] | None = None

    def read(self) -> U8:
        """See Picture."""
        image = cv2.imread(str(self.path), cv2.IMREAD_COLOR)
        if image is None:
            raise SetError(f"{self.path} is not there or is no image; copy it anew from the set")
        if self.box is not None:
            height, width = image.shape[:2]
            left, right, top, bottom = np.rint(np.array(self.box) * (width, width, height, height)).astype(int)
            image = image[top:bottom, left:right]
            if not image.size:
                raise SetError(f"{self.path}: nothing is left of it within {self.box}; its list is damaged")
        return np.asarray(image[:, :, ::-1], np.uint8)


@dataclass(frozen=True, slots=True)
class VideoFrame:
    """A frame of a film, counted from 0. To read many frames, extract them from the film first."""

    path: Path
    frame: int

    def read(self) -> U8:
        """See Picture."""
        film = cv2.VideoCapture(str(self.path))
        film.set(cv2.CAP_PROP_POS_FRAMES, self.frame)
        there, image = film.read()
        film.release()
        if not there:
            raise SetError(f"{self.path} has no frame {self.frame} that can be read; copy the film anew from the set")
        return np.asarray(image[:, :, ::-1], np.uint8)


@dataclass(frozen=True, slots=True)
class GreyText:
    """A square grey picture, written as numbers in a line of a text file from byte `offset` on."""

    path: Path
    offset: int
    column: int

    def read(self) -> U8:
        """See Picture."""
        with open(self.path, "rb") as file:
            file.seek(self.offset)
            cells = file.readline().decode("ascii", "replace").split(",")
        values = cells[self.column].strip().strip('"').split() if len(cells) > self.column else []
        side = int(np.sqrt(len(values)))
        if not values or side * side != len(values):
            raise SetError(f"{self.path}: {len(values)} pixels at byte {self.offset} are no square; copy it anew")
        grey = np.array(values, np.float32).reshape(side, side, 1)
        return np.repeat(grey.clip(0, 255).astype(np.uint8), 3, axis=2)


def _none() -> Any:
    return np.zeros((0, 0), np.float32)


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Labelled:
    """N pictures and their labels. NaN and -1 = not labelled.

    `parts` name the published fold or split of each picture, or "" for none. Units have no side:
    the coders of these sets gave one number for both sides.
    """

    name: str
    pictures: Sequence[Picture]
    subjects: Sequence[str]  # "" if the set does not name them
    parts: Sequence[str]
    units: tuple[str, ...] = ()  # K of "AU1", "AU2", …
    presence: F32 = field(default_factory=_none)  # (N, K) 0 or 1
    intensity: F32 = field(default_factory=_none)  # (N, K) 0–5
    classes: tuple[str, ...] = ()
    label: Index = field(default_factory=lambda: np.zeros(0, np.intp))  # (N,) into classes
    affect: F32 = field(default_factory=_none)  # (N, 2) valence and arousal, -1–1
    detection: tuple[str, ...] = ()  # units over which papers average detection …
    graded: tuple[str, ...] = ()  # … and intensity

    def __post_init__(self) -> None:
        for f in fields(self):
            value = getattr(self, f.name)
            if f.name in _ROWS and len(value) not in (0, len(self.pictures)):
                raise ValueError(f"{self.name}: {len(value)} rows of {f.name} for {len(self.pictures)} pictures")

    def __len__(self) -> int:
        return len(self.pictures)

    def rows(self, *parts: str) -> Index:
        """Rows of the pictures in one of `parts`."""
        return np.flatnonzero(np.isin(np.asarray(self.parts, str), parts))

    def take(self, rows: ArrayLike) -> Labelled:
        """The same set with these rows only."""
        at = np.asarray(rows, np.intp)
        kept: dict[str, Any] = {}
        for name in _ROWS:
            value = getattr(self, name)
            if len(value):
                kept[name] = value[at] if isinstance(value, np.ndarray) else [value[i] for i in at]
        return replace(self, **kept)


_ROWS = ("pictures", "subjects", "parts", "presence", "intensity", "label", "affect")


@dataclass(frozen=True, slots=True, eq=False)
class Comparisons:
    """T triplets of pictures, in which people chose the one least similar to the other two."""

    name: str
    pictures: Sequence[Picture]
    triplets: Index  # (T, 3) into pictures: the two similar ones (anchor, positive), then the odd one
    kinds: tuple[str, ...]  # (T,) "ONE", "TWO" or "THREE": how many categories the three came from
    agreement: F32  # (T,) share of the people who chose this one

    def __len__(self) -> int:
        return len(self.triplets)


def folder(path: Path, mend: str) -> Path:
    """The path of an existing folder. Raises SetError with a remedy if it is none."""
    if not path.is_dir():
        raise SetError(f"there is no folder {path}; {mend}")
    return path


def text(path: Path, mend: str) -> list[str]:
    """The non-empty lines of a text file. Raises SetError with a remedy if it cannot be read."""
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or "is no text"
        raise SetError(f"{path}: {reason}; {mend}") from error
    return [line for line in lines if line.strip()]


def numbered(path: Path, mend: str) -> dict[int, Path]:
    """Images of a folder by the number in their name. Raises SetError if there is none."""
    found = {
        int(file.stem): file
        for file in folder(path, mend).iterdir()
        if file.suffix.lower() in (".jpg", ".jpeg", ".png", ".bmp") and file.stem.isdigit()
    }
    if not found:
        raise SetError(f"{path} holds no images with numbers as names; {mend}")
    return found


def empty_is_wrong(count: int, root: Path, mend: str) -> None:
    """Raise SetError if nothing was found."""
    if not count:
        raise SetError(f"{root} holds no labelled picture; {mend}")
