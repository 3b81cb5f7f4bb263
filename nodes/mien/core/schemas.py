"""Names behind float arrays, and rig schemas that several components know; others are profiles of `mien.retarget`."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from mien.core.types import RigDescription
from mien_models.spaces import arkit, emotions, facs

_N = len(arkit.BLENDSHAPES)
ARKIT52 = RigDescription(
    schema=arkit.SCHEMA,
    names=arkit.BLENDSHAPES,
    units=("1",) * _N,
    regions=arkit.REGION_OF,
    lower=np.zeros(_N, np.float32),
    upper=np.ones(_N, np.float32),
    neutral=np.zeros(_N, np.float32),
)


@dataclass(frozen=True, slots=True)
class Names:
    """The names behind the float arrays of a recording."""

    blendshapes: tuple[str, ...] = arkit.BLENDSHAPES
    action_units: tuple[str, ...] = facs.AUS
    emotions: tuple[str, ...] = emotions.EMOTIONS
    rig: tuple[str, ...] = arkit.BLENDSHAPES
