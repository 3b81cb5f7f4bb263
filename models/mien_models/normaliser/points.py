"""Where on a face each action unit shows: the places of its heatmap."""

from __future__ import annotations

from collections.abc import Mapping

import cv2
import numpy as np
from numpy.typing import NDArray

from mien_models.alignment import CROP_SIZE, crop_matrix
from mien_models.spaces import facs, mesh478 as m

F32 = NDArray[np.float32]

# Landmarks whose mean is the place of a unit: of the left and the right side, or of a unit on the midline.
_SIDED: Mapping[int, tuple[tuple[int, ...], tuple[int, ...]]] = {
    1: (m.BROW_UPPER[0][:2], m.BROW_UPPER[1][:2]),
    2: (m.BROW_UPPER[0][3:], m.BROW_UPPER[1][3:]),
    4: (m.BROW_LOWER[0][:2], m.BROW_LOWER[1][:2]),
    5: (m.UPPER_LID_MIDDLE[0], m.UPPER_LID_MIDDLE[1]),
    6: m.UNDER_EYE,
    7: (m.LOWER_LID_MIDDLE[0], m.LOWER_LID_MIDDLE[1]),
    9: ((m.NOSE_SIDES[0], m.EYE_INNER[0]), (m.NOSE_SIDES[1], m.EYE_INNER[1])),
    10: m.UPPER_LIP_PEAKS,
    12: ((m.MOUTH_CORNERS[0],), (m.MOUTH_CORNERS[1],)),
    14: ((m.MOUTH_CORNERS[0],), (m.MOUTH_CORNERS[1],)),
    15: ((m.MOUTH_CORNERS[0], m.JAW[0][0]), (m.MOUTH_CORNERS[1], m.JAW[1][0])),
    16: m.LOWER_LIP_PEAKS,
    20: ((m.MOUTH_CORNERS[0],), (m.MOUTH_CORNERS[1],)),
    43: ((*m.UPPER_LID_MIDDLE[0], *m.LOWER_LID_MIDDLE[0]), (*m.UPPER_LID_MIDDLE[1], *m.LOWER_LID_MIDDLE[1])),
}
_MIDLINE: Mapping[int, tuple[int, ...]] = {
    17: m.CHIN_BOSS,
    18: (m.UPPER_LIP_TOP, m.LOWER_LIP_BOTTOM),
    22: (m.UPPER_LIP_TOP, m.LOWER_LIP_BOTTOM),
    23: (m.UPPER_LIP_TOP, m.LOWER_LIP_BOTTOM),
    24: (m.UPPER_LIP_BOTTOM, m.LOWER_LIP_TOP),
    25: (m.UPPER_LIP_BOTTOM, m.LOWER_LIP_TOP),
    26: (m.LOWER_LIP_BOTTOM, m.CHIN_BOSS[0]),
    27: (m.LOWER_LIP_BOTTOM, m.CHIN_BOSS[1]),
    28: (m.LOWER_LIP_TOP, m.LOWER_LIP_BOTTOM),
}


def _landmarks(label: str) -> tuple[int, ...]:
    code = facs.code(label)
    return _SIDED[code]["LR".index(label[-1])] if code in _SIDED else _MIDLINE[code]


LANDMARKS: tuple[tuple[int, ...], ...] = tuple(_landmarks(label) for label in facs.AUS)


def places(landmarks: F32, size: int = CROP_SIZE) -> F32:
    """(N, A, 2) pixels of crops of faces with landmarks (N, 478, 3) [px of their images], by AUS."""
    out = np.empty((len(landmarks), len(LANDMARKS), 2), np.float32)
    for row, (points, matrix) in enumerate(zip(landmarks, crop_matrix(landmarks, size), strict=True)):
        into = cv2.invertAffineTransform(matrix)
        inside = points[:, :2] @ into[:, :2].T + into[:, 2]
        out[row] = [inside[list(own)].mean(0) for own in LANDMARKS]
    return out
