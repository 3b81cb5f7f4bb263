"""Where on an aligned crop action units are seen: heatmaps of the network `scc` (see cards/scc.md).

They explain their own intensities, which are not those of the encoder.
"""

from __future__ import annotations

from collections.abc import Sequence

import cv2
import numpy as np
from numpy.typing import NDArray

from mien_models.alignment import CROP_SIZE
from mien_models.backends import Session
from mien_models.spaces import facs

F32 = NDArray[np.float32]
U8 = NDArray[np.uint8]

NETWORK = "scc"
CELL = 4  # pixels of a crop of CROP_SIZE
TOP, LEFT = 10, 16  # of the part that the network sees
HEIGHT, WIDTH = 24, 20  # of that part [cells]
STRONG = 2.5  # intensity from which a heatmap is drawn at full strength
_WEAKEST = 0.5  # weaker units are not explained
_UNITS = 4


def read(network: Session, crops: Sequence[U8]) -> tuple[F32, F32]:
    """Heatmaps (N, A, HEIGHT, WIDTH), shares of the full scale, and intensities (N, A) [0, 5] of S×S×3 RGB crops."""
    small = [
        crop if crop.shape[0] == CROP_SIZE else cv2.resize(crop, (CROP_SIZE, CROP_SIZE), interpolation=cv2.INTER_AREA)
        for crop in crops
    ]
    found = network({"image": np.ascontiguousarray(np.array(small, np.uint8))})
    return found["heatmaps"], found["intensity"]


def strongest(intensity: F32) -> list[int]:
    """The strongest units of a face by their place in `facs.AUS`, strongest first, at most four."""
    assert len(intensity) == len(facs.AUS)
    order = np.argsort(-intensity, kind="stable")[:_UNITS]
    return [int(i) for i in order if intensity[i] >= _WEAKEST]
