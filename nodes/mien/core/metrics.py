"""Errors of directions and landmarks; metrics of scalar values are in `mien_models.evaluate.metrics`."""

from __future__ import annotations

import numpy as np

from mien.core.types import F32, F64
from mien_models.spaces.mesh478 import EYE_OUTER


def angle_between_deg(a: F64, b: F64) -> float:
    """Angle between two vectors of length 3."""
    cosine = float(a @ b) / max(float(np.linalg.norm(a) * np.linalg.norm(b)), 1e-12)
    return float(np.degrees(np.arccos(np.clip(cosine, -1, 1))))


def landmark_error(truth: F32, estimate: F32, rows: list[int] | slice = slice(None)) -> float:
    """Mean error in the image of M×3 landmarks, divided by the true distance of the outer eye corners."""
    left, right = truth[list(EYE_OUTER), :2]
    eyes = float(np.linalg.norm(left - right))
    away = np.linalg.norm(truth[rows, :2] - estimate[rows, :2], axis=1)
    return float(away.mean()) / max(eyes, 1e-6)
