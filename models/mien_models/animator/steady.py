"""What the network is shown of one face over time: its shapes, without what may be noise."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

F32 = NDArray[np.float32]


class Steady:
    """Follows shapes with play, as a loose gear does: what is within moves nothing, what is larger is not delayed.

    What is held stays above the shape by the play or by the shape itself, whichever is less, so that it is at rest as
    soon as the shape is; and below it by the play. A still face so gives the same numbers again, whatever the noise.
    """

    def __init__(self, first: ArrayLike) -> None:
        """first: shapes (52,) in [0, 1], which are held as they are."""
        self._held = np.asarray(first, np.float32)

    def __call__(self, shapes: ArrayLike, play: float) -> F32:
        """What is held (52,) once these shapes (52,) were seen."""
        values = np.asarray(shapes, np.float32)
        most = values + np.minimum(values, np.float32(play))
        self._held = np.minimum(np.maximum(self._held, values - np.float32(play)), most)
        return self._held
