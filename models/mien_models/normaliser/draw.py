"""Draw the canonical face with expressions that were read. No torch."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from mien_models.alignment import CROP_SIZE
from mien_models.backends import Session, SessionInfo, open_session

F32 = NDArray[np.float32]
U8 = NDArray[np.uint8]


class Drawer:
    """The network `normaliser`."""

    def __init__(self, session: Session | None = None) -> None:
        """`session` stands in for that of the registry. Raises ModelError where it cannot be opened."""
        self._session = session or open_session("normaliser", device="cpu", threads=1)

    @property
    def info(self) -> SessionInfo:
        """Where it runs, and why there."""
        return self._session.info

    def __call__(self, shapes: F32, units: F32) -> U8:
        """(N, 112, 112, 3) RGB, framed as crops, of ARKit weights (N, 52) and FACS intensities (N, A).

        NaN counts as at rest. Raises ValueError where both are not of the same number of faces.
        """
        if len(shapes) != len(units):
            raise ValueError(f"{len(shapes)} faces with shapes, but {len(units)} with units")
        pictures = self._session({"shapes": np.asarray(shapes, np.float32), "units": np.asarray(units, np.float32)})
        out = np.empty((len(shapes), CROP_SIZE, CROP_SIZE, 3), np.uint8)
        for row, picture in enumerate(pictures["picture"]):
            large = cv2.resize(picture, (CROP_SIZE, CROP_SIZE), interpolation=cv2.INTER_LINEAR)
            out[row] = np.clip(np.rint(large), 0, 255)
        return out
