"""Action units without sides, as other programs count them."""

from __future__ import annotations

import numpy as np

from mien.core.types import F32


class Unsided:
    """Values by label (AU12L, AU12R, AU17) to values by number: of two sides the stronger that was observed.

    FACS scores a unit that shows on one side only as present, too.
    """

    def __init__(self, labels: tuple[str, ...], codes: tuple[int, ...]) -> None:
        own = [int(label[2:].rstrip("LR")) for label in labels]
        self._places = [[i for i, code in enumerate(own) if code == wanted] for wanted in codes]

    def __call__(self, values: F32) -> F32:
        """(len(codes),); NaN where no side was observed."""
        out = np.full(len(self._places), np.nan, np.float32)
        for k, places in enumerate(self._places):
            seen = [v for v in values[places].tolist() if v == v]
            if seen:
                out[k] = max(seen)
        return out
