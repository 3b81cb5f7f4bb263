"""FEC, Google's facial expression comparisons (Vemulapalli & Agarwala, CVPR 2019): lists of links without pictures."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Literal

import numpy as np

from mien_models.datasets.labelled import Comparisons, ImageFile, empty_is_wrong, text
from mien_models.errors import SetError

_CELLS = 5  # per picture: link, left, right, top, bottom
_KIND = 3 * _CELLS
_KINDS = {"ONE_CLASS_TRIPLET": "ONE", "TWO_CLASS_TRIPLET": "TWO", "THREE_CLASS_TRIPLET": "THREE"}
_MEND = "FEC has faceexp-comparison-data-train-public.csv and …-test-public.csv; its pictures are yours to fetch"


def last_part(link: str) -> Path:
    """The file name that most download scripts use: the last part of the link."""
    return Path("images") / link.rsplit("/", 1)[-1]


def fec(
    root: Path,
    part: Literal["train", "test"],
    *,
    locate: Callable[[str], Path] = last_part,
    agreement: float = 2 / 3,
) -> Comparisons:
    """Triplets whose three pictures are under `root`, with at least a given agreement between people.

    `locate` returns the path under `root` for a link. Many links no longer work, so report the
    number of remaining triplets with any result. Raises SetError if the list or all of its pictures
    are missing.
    """
    path = root / f"faceexp-comparison-data-{part}-public.csv"
    index: dict[ImageFile, int] = {}
    triplets, kinds, agreements, listed = [], [], [], 0
    for row in csv.reader(text(path, _MEND), skipinitialspace=True):
        listed += 1
        try:
            files = [_picture(root, row[i : i + _CELLS], locate) for i in range(0, _KIND, _CELLS)]
            kind = _KINDS[row[_KIND].strip()]
            # Then pairs: the person who answered, and which of the three they chose as the odd one.
            odd, votes = Counter(int(cell) for cell in row[_KIND + 2 :: 2]).most_common(1)[0]
            others = {1: (1, 2), 2: (0, 2), 3: (0, 1)}[odd]
        except (ValueError, KeyError, IndexError) as error:
            raise SetError(f"{path}: row {listed} is no triplet with votes; copy it anew from the set") from error
        share = votes / len(row[_KIND + 2 :: 2])
        if share < agreement - 1e-9 or not all(f.path.is_file() for f in files):
            continue
        triplets.append([index.setdefault(files[i], len(index)) for i in (*others, odd - 1)])
        kinds.append(kind)
        agreements.append(share)
    empty_is_wrong(len(triplets), root, f"of {listed} triplets none has all its pictures; {_MEND}")
    return Comparisons(f"FEC {part}", list(index), np.array(triplets), tuple(kinds), np.array(agreements, np.float32))


def _picture(root: Path, cells: list[str], locate: Callable[[str], Path]) -> ImageFile:
    left, right, top, bottom = (float(cell) for cell in cells[1:])
    return ImageFile(root / locate(cells[0].strip()), (left, right, top, bottom))
