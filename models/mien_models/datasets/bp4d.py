"""BP4D (Zhang et al., Image and Vision Computing 32, 2014) and BP4D+ (Zhang et al., CVPR 2016).

41 and 140 people in tasks that elicit emotions; the most expressive seconds are coded frame by frame.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from pathlib import Path

import numpy as np

from mien_models.datasets.labelled import ImageFile, Labelled, empty_is_wrong, folder, numbered, text
from mien_models.errors import SetError

UNITS = tuple(f"AU{n}" for n in (1, 2, 4, 6, 7, 10, 12, 14, 15, 17, 23, 24))
GRADED = tuple(f"AU{n}" for n in (6, 10, 12, 14, 17))
UNKNOWN = 9  # code of a unit that could not be coded


def _people(women: str, men: str) -> tuple[str, ...]:
    return tuple(f"F{n:0>3}" for n in women.split()) + tuple(f"M{n:0>3}" for n in men.split())


# Subject-exclusive folds used in papers (both as published with FMAE-IAT, 2024).
FOLDS: dict[str, tuple[str, ...]] = {
    "1": _people("1 2 8 9 10 16 18 23", "1 4 7 8 12 14"),
    "2": _people("3 5 11 13 20 22", "2 5 10 11 13 16 17 18"),
    "3": _people("4 6 7 12 14 15 17 19 21", "3 6 9 15"),
}
PLUS_FOLDS: dict[str, tuple[str, ...]] = {
    "1": _people(
        "4 13 14 19 20 26 33 38 39 44 46 47 53 57 61 66 71 72 76 79", "3 4 15 17 20 25 26 29 33 36 40 42 48 50 51"
    ),
    "2": _people(
        "12 16 22 24 28 30 31 32 34 56 60 65 74 75 77", "1 5 9 11 16 18 19 22 23 28 34 37 38 43 44 45 46 47 52 55"
    ),
    "3": _people(
        "1 2 8 9 17 21 27 29 35 40 42 43 45 50 52 54 58 62 63 64 68 69 78 80", "8 10 24 27 30 31 35 41 54 56 57"
    ),
    "4": _people(
        "3 5 6 7 10 11 15 18 23 25 36 37 41 48 49 51 55 59 67 70 73 81 82", "2 6 7 12 13 14 21 32 39 49 53 58"
    ),
}

_MEND = "the set has AUCoding/AU_OCC/F001_T1.csv … and one folder of numbered images per person and task"


def bp4d(root: Path) -> Labelled:
    """Coded frames of BP4D: AUCoding/AU_OCC and `Sequences(2D+3D)`/F001/T1/2440.jpg ….

    Intensities are read if AU-Intensity-Codes3.0/AU06/F001_T1_AU06.csv … exist. Raises SetError
    naming the missing file.
    """
    return _load("BP4D", root, root / "Sequences(2D+3D)", root / "AU-Intensity-Codes3.0", FOLDS, shift=0)


def bp4d_plus(root: Path) -> Labelled:
    """Coded frames of BP4D+: AUCoding/AU_OCC and 2D+3D/F001/T1/0000.jpg …, each person unzipped.

    The first image is number 0 and the first code number 1. Intensities are read if
    AUCoding/AU_INT/AU06/F001_T1_AU06.csv … exist. Raises SetError naming the missing file.
    """
    return _load("BP4D+", root, root / "2D+3D", root / "AUCoding/AU_INT", PLUS_FOLDS, shift=-1)


def _load(
    name: str, root: Path, images: Path, intensities: Path, folds: Mapping[str, tuple[str, ...]], shift: int
) -> Labelled:
    fold = {who: part for part, members in folds.items() for who in members}
    pictures, subjects, presence, intensity = [], [], [], []
    for path in sorted(folder(root / "AUCoding/AU_OCC", _MEND).glob("*_T*.csv")):
        person, task = path.stem.split("_")
        files = numbered(images / person / task, _MEND)
        grades = {unit: _grades(intensities / f"AU{unit[2:]:0>2}", path.stem) for unit in GRADED}
        for frame, codes in _codes(path):
            if frame + shift not in files:
                raise SetError(
                    f"{images / person / task} has no image {frame + shift} for frame {frame} of {path.name}; {_MEND}"
                )
            pictures.append(ImageFile(files[frame + shift]))
            subjects.append(person)
            presence.append(codes)
            intensity.append([grades.get(unit, {}).get(frame, np.nan) for unit in UNITS])
    empty_is_wrong(len(pictures), root, _MEND)
    return Labelled(
        name=name,
        pictures=pictures,
        subjects=subjects,
        parts=[fold.get(who, "") for who in subjects],
        units=UNITS,
        presence=np.array(presence, np.float32),
        intensity=np.array(intensity, np.float32),
        detection=UNITS,
        graded=GRADED,
    )


def _codes(path: Path) -> Iterator[tuple[int, list[float]]]:
    """Frame and presence by UNITS; the header names the units by their numbers, the first column is the frame."""
    rows = csv.reader(text(path, _MEND))
    header = [cell.strip() for cell in next(rows, [])]
    try:
        columns = [header.index(unit[2:]) for unit in UNITS]
    except ValueError as error:
        raise SetError(f"{path}: the first line does not name all of {', '.join(UNITS)}; copy it anew") from error
    for row in rows:
        try:
            values = [int(row[c]) for c in columns]
            yield int(row[0]), [np.nan if v == UNKNOWN else float(v > 0) for v in values]
        except (ValueError, IndexError) as error:
            raise SetError(f"{path}: {','.join(row)!r} is no frame with codes; copy it anew from the set") from error


def _grades(path: Path, stem: str) -> dict[int, float]:
    """Intensity by frame, from lines `frame,intensity`; empty if the set has no intensities."""
    file = path / f"{stem}_{path.name}.csv"
    if not file.is_file():
        return {}
    pairs = [line.split(",") for line in text(file, _MEND)]
    try:
        numbers = [(int(p[0]), int(p[1])) for p in pairs if p[0].strip().isdigit()]
    except (ValueError, IndexError) as error:
        raise SetError(f"{file}: lines are not frame,intensity; copy it anew from the set") from error
    return {frame: float(value) for frame, value in numbers if value != UNKNOWN}
