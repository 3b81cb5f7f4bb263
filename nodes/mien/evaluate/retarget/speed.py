"""How long one image takes."""

from __future__ import annotations

import time

import numpy as np

from mien.core.types import Header, Rigs
from mien.evaluate.retarget.expressions import EXPRESSIONS
from mien.retarget.config import RetargetConfig
from mien.retarget.profile import Profile
from mien.retarget.stage import Stage

_IMAGES = 600
_FRAME_NS = 1_000_000_000 // 30


def step_ms(profile: Profile) -> float:
    """Median time of a step with one face that changes its expression twice a second [ms]."""
    stage, faces, times = Stage(RetargetConfig(), profile), list(EXPRESSIONS.values()), []
    for n in range(_IMAGES):
        rigs = Rigs(Header(n * _FRAME_NS), (faces[n // 15 % len(faces)].rig(),))
        start = time.perf_counter()
        stage.step(rigs)
        times.append(time.perf_counter() - start)
    return float(np.median(times)) * 1e3
