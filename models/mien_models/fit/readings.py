"""What networks read of a face, as the inputs of the regressor."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from mien_models.alignment import canonical, turn
from mien_models.backends import Session
from mien_models.fit import parameters as p
from mien_models.fit.picture import Picture
from mien_models.head.model.pose import FRONTAL
from mien_models.spaces import mesh478
from mien_models.spaces.arkit import BLENDSHAPES, INDEX
from mien_models.spaces.facs import AUS

F32 = NDArray[np.float32]

_BATCH = 8
_SIZES = {
    "canonical": 2 * mesh478.COUNT, "depth": mesh478.COUNT, "turn": 3, "centre": 2,
    "shapes": len(BLENDSHAPES), "units": len(AUS), "shapes_sd": len(BLENDSHAPES),
    "crop_shapes": len(BLENDSHAPES), "crop_units": len(AUS),
}  # fmt: skip
_ENDS = np.cumsum([*_SIZES.values()]).tolist()
COLUMNS = {name: slice(end - size, end) for (name, size), end in zip(_SIZES.items(), _ENDS, strict=True)}
INPUTS = _ENDS[-1]
# The expression of `parameters` among the 52 shapes; both inner brows begin from browInnerUp.
EXPRESSION = np.array([*(INDEX[name] for name in p.MOVING), *([INDEX["browInnerUp"]] * len(p.BROWS))])


def read(encoder: Session, pictures: Sequence[Picture]) -> F32:
    """The inputs (N, INPUTS) of pictures: landmarks in canonical pose, their depth, and what `encoder` reads."""
    return read_arrays(
        encoder,
        np.array([picture.crop for picture in pictures]),
        np.array([picture.points for picture in pictures]),
        np.array([picture.centre for picture in pictures]),
    )


def read_arrays(
    encoder: Session, crop: NDArray[np.uint8], points: NDArray[np.float64], centre: NDArray[np.float64]
) -> F32:
    """The same of crops (N, 112, 112, 3), landmarks (N, 478, 3) and centres (N, 2) in sides of the crop."""
    flat = canonical(points)
    out = np.zeros((len(crop), INPUTS), np.float32)
    out[:, COLUMNS["canonical"]] = flat.reshape(len(flat), -1)
    out[:, COLUMNS["depth"]] = points[..., 2]
    out[:, COLUMNS["turn"]] = [p.turn_of(rotation @ FRONTAL) for rotation in turn(points)]
    out[:, COLUMNS["centre"]] = np.clip(centre, -10, 10)
    for start in range(0, len(crop), _BATCH):
        rows = slice(start, min(start + _BATCH, len(crop)))
        seen = np.ones((rows.stop - start, 2), np.float32)
        both = encoder({"image": crop[rows], "landmarks": flat[rows], "present": seen})
        alone = encoder({"image": crop[rows], "landmarks": flat[rows], "present": seen * np.array((1, 0), np.float32)})
        for name, values in (
            ("shapes", both["shapes"]),
            ("units", both["units"]),
            ("shapes_sd", both["shapes_sd"]),
            ("crop_shapes", alone["shapes"]),
            ("crop_units", alone["units"]),
        ):
            out[rows, COLUMNS[name]] = values
    return out
