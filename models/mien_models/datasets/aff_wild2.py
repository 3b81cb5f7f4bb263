"""Aff-Wild2 (Kollias & Zafeiriou, BMVC 2019), as distributed by the ABAW competitions."""

from __future__ import annotations

import wave
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

import numpy as np

from mien_models.datasets.labelled import F32, ImageFile, Labelled, empty_is_wrong, folder, numbered, text
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


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Film:
    """One film with the labels of all three challenges, NaN where there is none, and its sound and words.

    The set brings no sound: extract it from its videos into audio/<video>.wav, without `_left` and `_right`.
    words/<video>.csv is optional, too: lines of start [s] and word, by any speech recogniser.
    """

    name: str
    part: str  # train or val
    pictures: dict[int, ImageFile]  # by number of the frame, from 1
    rate_hz: float  # frames per second; 30 where there is no sound whose length would tell it
    presence: F32  # (F, 12) by UNITS
    label: F32  # (F,) into CLASSES
    affect: F32  # (F, 2)
    sound: Path | None
    words: tuple[tuple[float, str], ...] = ()

    def __len__(self) -> int:
        return len(self.presence)


def aff_wild2_films(root: Path) -> list[Film]:
    """The films of all challenges that are there, each once and whole. Raises SetError naming what is missing.

    A film that is in one challenge to train and in another to judge is one to judge.
    """
    lists: dict[str, dict[Task, Path]] = {}
    parts: dict[str, str] = {}
    for task, names in _FOLDERS.items():
        for challenge in (root / "annotations" / name for name in names):
            for part, name in _PARTS.items():
                for path in sorted((challenge / name).glob("*.txt")):
                    lists.setdefault(path.stem, {})[task] = path
                    parts[path.stem] = part if parts.get(path.stem) != "val" else "val"
    empty_is_wrong(len(lists), root, _MEND)
    return [_film(root, name, parts[name], lists[name]) for name in sorted(lists)]


def _film(root: Path, name: str, part: str, lists: dict[Task, Path]) -> Film:
    rows = {task: _lines(path) for task, path in lists.items()}
    frames = max(len(lines) for lines in rows.values())
    tables = {}
    for task, width in (("units", len(UNITS)), ("classes", 1), ("affect", 2)):
        tables[task] = np.full((frames, width), np.nan, np.float32)
        for i, values in enumerate(rows.get(task, ())):  # type: ignore[call-overload]
            if _is_label(task, values) and len(values) == width:  # type: ignore[arg-type]
                tables[task][i] = values
    presence = np.where(tables["units"] < 0, np.nan, tables["units"]).astype(np.float32)
    video = name.removesuffix("_left").removesuffix("_right")
    sound = root / "audio" / f"{video}.wav"
    rate_hz = 30.0
    if sound.is_file() and (length_s := _seconds(sound)) > 0:
        rate_hz = frames / length_s
    files = numbered(root / "cropped_aligned" / name, _MEND)
    return Film(
        name=name, part=part, pictures={n: ImageFile(p) for n, p in files.items()},
        rate_hz=rate_hz, presence=presence, label=tables["classes"][:, 0], affect=tables["affect"],
        sound=sound if sound.is_file() else None, words=_words(root / "words" / f"{video}.csv"),
    )  # fmt: skip


def _seconds(path: Path) -> float:
    try:
        with wave.open(str(path), "rb") as file:
            return file.getnframes() / file.getframerate()
    except (wave.Error, EOFError, OSError) as error:
        raise SetError(f"{path}: {error or 'ends too early'}; extract it again, as WAV of 16 bit") from error


def _words(path: Path) -> tuple[tuple[float, str], ...]:
    if not path.is_file():
        return ()
    found = []
    for line in text(path, _MEND):
        at, _, word = line.partition(",")
        try:
            found.append((float(at), word.strip()))
        except ValueError as error:
            raise SetError(f"{path}: {line!r} is not a start [s] and a word") from error
    return tuple(sorted(found))


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
