"""Aff-Wild2 (Kollias & Zafeiriou, BMVC 2019), as distributed by the ABAW competitions."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Literal

import numpy as np

from mien_models.datasets.labelled import ImageFile, Labelled, empty_is_wrong, folder, numbered, text
from mien_models.errors import SetError

UNITS = tuple(f"AU{n}" for n in (1, 2, 4, 6, 7, 10, 12, 15, 23, 24, 25, 26))
CLASSES = ("neutral", "anger", "disgust", "fear", "happiness", "sadness", "surprise", "other")

Task = Literal["units", "classes", "affect"]
_FOLDERS: dict[Task, tuple[str, ...]] = {
    "units": ("AU_Detection_Challenge",),
    "classes": ("EXPR_Classification_Challenge", "EXPR_Recognition_Challenge"),  # its name changed
    "affect": ("VA_Estimation_Challenge",),
}
_PARTS = {"train": "Train_Set", "val": "Validation_Set"}
_MEND = "Aff-Wild2 has annotations/<challenge>/Train_Set/<video>.txt and cropped_aligned/<video>/00001.jpg …"


def aff_wild2(root: Path, task: Task) -> Labelled:
    """Frames with a label for one task, training and validation. Line n of a list is image n of its folder.

    Frames without a picture (no face was found in them) or without a label are left out. The set
    does not name persons; `subjects` are videos. Raises SetError naming the missing file.
    """
    challenge = next(
        (p for name in _FOLDERS[task] if (p := root / "annotations" / name).is_dir()),
        root / "annotations" / _FOLDERS[task][0],
    )
    pictures, subjects, parts, labels = [], [], [], []
    for part, name in _PARTS.items():
        for path in sorted(folder(challenge / name, _MEND).glob("*.txt")):
            files = numbered(root / "cropped_aligned" / path.stem, _MEND)
            for number, values in enumerate(_lines(path), start=1):
                if number in files and _is_label(task, values):
                    pictures.append(ImageFile(files[number]))
                    subjects.append(path.stem)
                    parts.append(part)
                    labels.append(values)
    empty_is_wrong(len(pictures), root, _MEND)
    table = np.array(labels, np.float32)
    found = Labelled(name=f"Aff-Wild2 {task}", pictures=pictures, subjects=subjects, parts=parts)
    if task == "units":
        presence = np.where(table < 0, np.nan, table).astype(np.float32)
        return replace(found, units=UNITS, presence=presence, detection=UNITS)
    if task == "classes":
        return replace(found, classes=CLASSES, label=table[:, 0].astype(np.intp))
    return replace(found, affect=table)


def _lines(path: Path) -> list[list[float]]:
    """The numbers in each line after the header."""
    try:
        rows = [[float(cell) for cell in line.split(",")] for line in text(path, _MEND)[1:]]
        if rows and len({len(row) for row in rows}) > 1:
            raise ValueError
    except ValueError as error:
        raise SetError(f"{path}: its lines do not hold the same count of numbers; copy it anew from the set") from error
    return rows


def _is_label(task: Task, values: list[float]) -> bool:
    """Whether rows have a label: -1 stands for no unit or class, -5 for no valence and arousal."""
    if task == "affect":
        return all(-1 <= v <= 1 for v in values)
    return any(v >= 0 for v in values)
