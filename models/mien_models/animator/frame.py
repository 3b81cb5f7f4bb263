"""Where a face is in a picture of an avatar: the middle of the crop that the expression encoder reads.

Pictures have 96 px; they are the crop of 112 px (`mien_models.alignment`) without 8 px at the left and the right, and
without 10 px at the top and 6 px at the bottom. The encoder's window lies within them.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from mien_models.alignment import CROP_SIZE

PICTURE = 96
TOP, LEFT = 10, 8  # of the picture in the crop
EYES_PX = 0.32 * CROP_SIZE  # between the eyes
MIDDLE_PX = 0.5 * CROP_SIZE - LEFT, 0.32 * CROP_SIZE - TOP  # x and y of the middle between the eyes
_BORDERS = ((0, 0), (TOP, CROP_SIZE - PICTURE - TOP), (LEFT, CROP_SIZE - PICTURE - LEFT), (0, 0))


def crops(pictures: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Crops (N, 112, 112, 3) of pictures (N, 96, 96, 3), continued at their edges."""
    return np.pad(pictures, _BORDERS, mode="edge")


def cut(crop: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Pictures (..., 96, 96, 3) of crops (..., 112, 112, 3)."""
    return np.ascontiguousarray(crop[..., TOP : TOP + PICTURE, LEFT : LEFT + PICTURE, :])
