"""Which part of a face shows each blendshape."""

from __future__ import annotations

import numpy as np

from mien_models.spaces import arkit

# Of `mien.core.geometry.trust`, its row (upper, lower) and its column (middle, left, right).
ROW = arkit.LOWER.astype(np.intp)
COLUMN = np.array([1 if n.endswith("Left") else 2 if n.endswith("Right") else 0 for n in arkit.BLENDSHAPES])
COLUMN[[arkit.INDEX[n] for n in ("jawLeft", "jawRight", "mouthLeft", "mouthRight")]] = 0  # a direction, not a side
PART = (ROW, COLUMN)
