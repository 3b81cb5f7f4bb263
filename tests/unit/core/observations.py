"""What images show of one face, for those who learn and capture resting faces."""

from __future__ import annotations

import numpy as np

from mien.core.baseline.learning import Observation
from mien.core.types import F32, F64
from mien_models.spaces import arkit, facs

POINTS: F32 = np.stack([np.linspace(-1, 1, 478), np.linspace(0, 2, 478)], axis=1).astype(np.float32)


def shapes(**named: float) -> F64:
    """52 weights at 0 but those given."""
    weights = np.zeros(len(arkit.BLENDSHAPES))
    for name, value in named.items():
        weights[arkit.INDEX[name]] = value
    return weights


def observation(
    blendshapes: F64 | None = None,
    *,
    units: float = 0.0,
    angle_deg: float = 0.0,
    landmarks: F32 = POINTS,
    pose: F64 | None = None,
    emotion: F64 | None = None,
    resting: F64 | None = None,
    calm: float = 1.0,
    clear: bool = True,
) -> Observation:
    """`angle_deg`: of the embedding, a point of a circle, from the calm pole."""
    shown = shapes() if blendshapes is None else blendshapes
    levels = np.full(len(facs.AUS), units)
    angle = np.radians(angle_deg)
    return Observation(
        blendshapes=shown,
        units=levels,
        embedding=np.array([np.sin(angle), np.cos(angle)], np.float32),
        emotion=np.full(8, 1 / 8) if emotion is None else emotion,
        affect=np.array([0.2, -0.4]),
        landmarks=landmarks,
        pose=pose,
        resting_blendshapes=shown if resting is None else resting,
        resting_units=levels,
        calm=calm,
        clear=clear,
    )
