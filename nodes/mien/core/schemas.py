"""Rig schemas that more than one component knows. Others are the profiles of `mien.retarget`."""

from __future__ import annotations

import numpy as np

from mien.core.types import RigDescription
from mien_models.spaces import arkit

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
