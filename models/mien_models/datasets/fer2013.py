"""FER2013 (Goodfellow et al., ICONIP 2013): 48×48 grey faces with noisy labels. For development only."""

from __future__ import annotations

import csv
from pathlib import Path

import numpy as np

from mien_models.datasets.labelled import GreyText, Labelled, empty_is_wrong
from mien_models.errors import SetError

CLASSES = ("anger", "disgust", "fear", "happiness", "sadness", "surprise", "neutral")
_PARTS = {"Training": "train", "PublicTest": "val", "PrivateTest": "test"}
_MEND = "FER2013 is one file with the columns emotion, pixels and Usage"


def fer2013(path: Path) -> Labelled:
    """Rows of fer2013.csv. Raises SetError for any other file."""
    pictures, parts, labels = [], [], []
    try:
        with open(path, "rb") as file:
            header = [cell.strip() for cell in next(csv.reader([file.readline().decode("utf-8-sig")]))]
            emotion, pixels, usage = (header.index(name) for name in ("emotion", "pixels", "Usage"))
            offset = file.tell()
            for line in file:
                cells = line.decode("ascii").split(",")
                pictures.append(GreyText(path, offset, pixels))
                parts.append(_PARTS[cells[usage].strip()])
                labels.append(int(cells[emotion]))
                offset += len(line)
    except OSError as error:
        raise SetError(f"{path}: {error.strerror}; {_MEND}") from error
    except (ValueError, KeyError, IndexError, StopIteration) as error:
        raise SetError(f"{path}: row {len(labels) + 1} is not as in FER2013 ({error}); {_MEND}") from error
    empty_is_wrong(len(pictures), path, _MEND)
    if not 0 <= min(labels) <= max(labels) < len(CLASSES):
        raise SetError(f"{path}: an emotion is not within 0–{len(CLASSES) - 1}; {_MEND}")
    return Labelled(
        name="FER2013",
        pictures=pictures,
        subjects=[""] * len(pictures),
        parts=parts,
        classes=CLASSES,
        label=np.array(labels, np.intp),
    )
