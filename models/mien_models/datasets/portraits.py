"""Photographs in which hardly anybody frowns, sneers or presses the lips, as official portraits."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from mien_models.datasets import judgements
from mien_models.datasets.labelled import ImageFile, Labelled
from mien_models.errors import ModelError, SetError
from mien_models.head.scan.portraits import pictures

ABSENT = ("AU4", "AU9", "AU10", "AU23")


def portraits(path: Path) -> Labelled:
    """Pictures of a folder, with the units of `ABSENT` labelled 0. Raises SetError where there is none.

    Pictures that `judgements` knows are part "judged", for tests; those in which somebody saw a frown have no labels.
    All others are part "others". A network that sees frowns in bone, folds and low brows learns from these that they
    are none; it must see true frowns elsewhere.
    """
    try:
        paths = pictures(path)
    except ModelError as error:
        raise SetError(str(error)) from error
    judged = judgements.shipped(paths)
    absent = np.zeros((len(paths), len(ABSENT)), np.float32)
    absent[[path.name in judged and judged[path.name].signs.get("frown") == 1 for path in paths]] = np.nan
    return Labelled(
        name="portraits",
        pictures=[ImageFile(path) for path in paths],
        subjects=[""] * len(paths),
        parts=["judged" if path.name in judged else "others" for path in paths],
        units=ABSENT,
        intensity=absent,
    )
