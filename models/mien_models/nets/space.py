"""From raw readings to shares of the full range, and to the expression space of the shapes that were read."""

from __future__ import annotations

from typing import Any

import torch
from torch import nn

_BEND = 0.01
_FAINT = 0.02  # where a root begins to be a line: noise around 0 is no expression


def bounded(values: Any) -> Any:
    """Values of a tensor bent to stay above 0, and cut off at 1.

    The order of the faintest is kept: a face that is read timidly still shows which of two smiles is the broader.
    """
    return ((values + (values * values + _BEND * _BEND).sqrt()) / 2).clamp(max=1)


def features(shapes: Any) -> Any:
    """(N, 104) of shapes (N, 52), 0 for a calm face: with roots, which widen what is faint, and without."""
    return torch.cat([(shapes + _FAINT).sqrt() - _FAINT**0.5, shapes], 1)


def placed(shapes: Any, space: Any) -> Any:
    """(N, D) points of unit norm of shapes (N, 52) in a `space` (104, D - 1); calm faces are at (0, …, 0, 1)."""
    away = features(shapes) @ space
    return nn.functional.normalize(torch.cat([away, torch.ones_like(away[:, :1])], 1), dim=1)
