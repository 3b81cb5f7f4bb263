"""One face at one moment."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from mien_models.head.model.identity import Identity

F64 = NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class FaceState:
    """Identity, expression and pose of a face. Left and right are the person's own."""

    identity: Identity
    units: F64  # (A,) FACS intensity by AUS
    shapes: F64  # (52,) ARKit weights by BLENDSHAPES
    eyes: F64  # (2, 2) yaw and pitch of the left and the right eye in the head [rad]
    pose: F64  # (4, 4) face axes to camera optical frame [m]
    mobility: float = 0.0  # how far the skin moves with the weights; see `Head.animate`
