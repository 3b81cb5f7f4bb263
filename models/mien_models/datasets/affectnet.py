"""AffectNet (Mollahosseini et al., IEEE Trans. Affective Computing 10, 2019), the manually labelled part."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from mien_models.datasets.labelled import ImageFile, Labelled, empty_is_wrong, numbered
from mien_models.errors import SetError

CLASSES = ("neutral", "happiness", "sadness", "surprise", "fear", "disgust", "anger", "contempt")
_PARTS = {"train": "train_set", "val": "val_set"}
_MEND = (
    "AffectNet (2021) has train_set/images/0.jpg …, train_set/annotations/0_exp.npy, 0_val.npy, 0_aro.npy …, val_set"
)


def affectnet(root: Path, *, classes: int = 8) -> Labelled:
    """Pictures with one of 8 expressions, or of 7 (without contempt), and valence and arousal.

    The release of 2021, which papers quote as 287,651 + 4,000 pictures. Raises SetError naming
    the missing file.
    """
    pictures, parts, labels, affect = [], [], [], []
    for part, name in _PARTS.items():
        for number, path in sorted(numbered(root / name / "images", _MEND).items()):
            at = root / name / "annotations" / str(number)
            label = round(_value(Path(f"{at}_exp.npy")))
            if not 0 <= label < classes:
                continue
            pictures.append(ImageFile(path))
            parts.append(part)
            labels.append(label)
            affect.append([_value(Path(f"{at}_val.npy")), _value(Path(f"{at}_aro.npy"))])
    empty_is_wrong(len(pictures), root, _MEND)
    measured = np.array(affect, np.float32)
    return Labelled(
        name=f"AffectNet-{classes}",
        pictures=pictures,
        subjects=[""] * len(pictures),
        parts=parts,
        classes=CLASSES[:classes],
        label=np.array(labels, np.intp),
        affect=np.where(np.abs(measured) <= 1, measured, np.nan).astype(np.float32),  # -2: none
    )


def _value(path: Path) -> float:
    """A number that was saved as a number or as text."""
    try:
        return float(np.load(path).item())
    except (OSError, ValueError) as error:
        raise SetError(f"{path} is not there or holds no number; {_MEND}") from error
