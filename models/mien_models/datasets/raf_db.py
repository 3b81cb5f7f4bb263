"""RAF-DB (Li, Deng & Du, CVPR 2017), the basic emotions."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from mien_models.datasets.labelled import ImageFile, Labelled, empty_is_wrong, text
from mien_models.errors import SetError

CLASSES = ("surprise", "fear", "disgust", "happiness", "sadness", "anger", "neutral")  # numbered from 1
_MEND = "RAF-DB has basic/EmoLabel/list_patition_label.txt and basic/Image/original/train_00001.jpg … (unzip original)"


def raf_db(root: Path) -> Labelled:
    """12,271 training and 3,068 test pictures. They are uncropped, so that mien can align the faces itself.

    Raises SetError naming the missing file.
    """
    basic = root / "basic" if (root / "basic").is_dir() else root
    list_ = basic / "EmoLabel/list_patition_label.txt"
    pictures, parts, labels = [], [], []
    for line in text(list_, _MEND):
        name, _, number = line.strip().partition(" ")
        part = name.partition("_")[0]
        if part not in ("train", "test") or number not in tuple("1234567"):
            raise SetError(f"{list_}: {line!r} is no picture with a number from 1 to 7; copy it anew from the set")
        path = basic / "Image/original" / name
        if not path.is_file():
            raise SetError(f"there is no {path}; {_MEND}")
        pictures.append(ImageFile(path))
        parts.append(part)
        labels.append(int(number) - 1)
    empty_is_wrong(len(pictures), root, _MEND)
    return Labelled(
        name="RAF-DB",
        pictures=pictures,
        subjects=[""] * len(pictures),
        parts=parts,
        classes=CLASSES,
        label=np.array(labels, np.intp),
    )
