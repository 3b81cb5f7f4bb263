"""DISFA (Mavadati et al., IEEE Trans. Affective Computing 4, 2013): 27 people, 12 units graded 0–5 per frame."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from mien_models.datasets.labelled import (
    ImageFile,
    Labelled,
    Picture,
    VideoFrame,
    empty_is_wrong,
    folder,
    numbered,
    text,
)
from mien_models.errors import SetError

UNITS = tuple(f"AU{n}" for n in (1, 2, 4, 5, 6, 9, 12, 15, 17, 20, 25, 26))
DETECTION = tuple(f"AU{n}" for n in (1, 2, 4, 6, 9, 12, 25, 26))
PRESENT = 2  # a unit counts as present from this intensity on

# Subject-exclusive folds used in papers (as published with FMAE-IAT, 2024).
FOLDS: dict[str, tuple[str, ...]] = {
    part: tuple(f"SN{n:03}" for n in numbers)
    for part, numbers in {
        "1": (1, 2, 9, 10, 16, 26, 27, 30, 32),
        "2": (6, 11, 12, 13, 18, 21, 24, 28, 31),
        "3": (3, 4, 5, 7, 8, 17, 23, 25, 29),
    }.items()
}

_MEND = "DISFA has ActionUnit_Labels/SN001/SN001_au1.txt … and Videos_LeftCamera/LeftVideoSN001_comp.avi …"


def disfa(root: Path, *, frames: Path | None = None) -> Labelled:
    """All coded frames of the left camera.

    `frames` holds a folder for each person (SN001 …) with the images of the film in order, for copies
    with extracted frames. The default is `root`/frames if there are no films. Raises SetError
    naming the missing file.
    """
    if frames is None and (root / "frames").is_dir() and not (root / "Videos_LeftCamera").is_dir():
        frames = root / "frames"
    pictures: list[Picture] = []
    subjects: list[str] = []
    rows: list[np.ndarray] = []
    people = sorted(p for p in folder(root / "ActionUnit_Labels", _MEND).iterdir() if p.is_dir())
    for person in people:
        codes = np.stack([_codes(person / f"{person.name}_{unit.lower()}.txt") for unit in UNITS], axis=1)
        pictures += _pictures(root, frames, person.name, len(codes))
        subjects += [person.name] * len(codes)
        rows.append(codes)
    empty_is_wrong(len(pictures), root, _MEND)
    intensity = np.concatenate(rows).astype(np.float32)
    fold = {who: part for part, members in FOLDS.items() for who in members}
    return Labelled(
        name="DISFA",
        pictures=pictures,
        subjects=subjects,
        parts=[fold.get(who, "") for who in subjects],
        units=UNITS,
        presence=(intensity >= PRESENT).astype(np.float32),
        intensity=intensity,
        detection=DETECTION,
        graded=UNITS,
    )


def _codes(path: Path) -> np.ndarray:
    """Intensities of frames 1, 2, …, from lines `frame,intensity`."""
    try:
        pairs = np.array([line.split(",") for line in text(path, _MEND)], int)
        frames, intensity = pairs[:, 0], pairs[:, 1]
    except (ValueError, IndexError) as error:
        raise SetError(f"{path}: lines are not frame,intensity; copy the file anew from the set") from error
    if (frames != np.arange(1, len(frames) + 1)).any() or ((intensity < 0) | (intensity > 5)).any():
        raise SetError(f"{path}: frames do not count from 1, or an intensity is not 0–5; copy it anew from the set")
    return np.asarray(intensity)


def _pictures(root: Path, frames: Path | None, person: str, count: int) -> list[Picture]:
    if frames is None:
        film = root / "Videos_LeftCamera" / f"LeftVideo{person}_comp.avi"
        if not film.is_file():
            raise SetError(
                f"there is no {film}; {_MEND}, or give the folder of frames taken out of the films, as {root}/frames"
            )
        return [VideoFrame(film, i) for i in range(count)]
    images = numbered(frames / person, "it should hold that person's frames, named by their numbers")
    if len(images) < count:
        raise SetError(f"{frames / person} holds {len(images)} frames, but {count} are coded; take out all of them")
    return [ImageFile(images[number]) for number in sorted(images)[:count]]
