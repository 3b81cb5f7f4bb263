"""Bounds of raw readings, and the map from shapes to the embedding."""

from __future__ import annotations

from typing import Any

import torch
from torch import nn

_BEND = 0.01
_FAINT = 0.02  # added under the root, whose slope at 0 is infinite and would enlarge noise


def bounded(values: Any) -> Any:
    """Values of a tensor bent smoothly to stay above 0, and cut off at 1.

    The bend keeps the order of values below 0: of two weak readings the larger stays the larger.
    """
    return ((values + (values * values + _BEND * _BEND).sqrt()) / 2).clamp(max=1)


def features(shapes: Any) -> Any:
    """(N, 104) square roots of shapes (N, 52), which widen small values, then the shapes; 0 for a neutral face."""
    return torch.cat([(shapes + _FAINT).sqrt() - _FAINT**0.5, shapes], 1)


def placed(shapes: Any, space: Any) -> Any:
    """(N, D) embeddings of unit norm of shapes (N, 52), by a map (104, D - 1); neutral faces are at (0, …, 0, 1)."""
    placed = nn.functional.pad(features(shapes) @ space, (0, 1), value=1.0)
    return placed / placed.square().sum(1, keepdim=True).sqrt()
