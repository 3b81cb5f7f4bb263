"""From the difference between landmarks and the same person's neutral landmarks to the expression."""

from __future__ import annotations

from typing import Any

import torch
from torch import nn

from mien_models.nets.config import NeutralConfig
from mien_models.nets.encoder import Readings, Scaled
from mien_models.spaces.arkit import BLENDSHAPES
from mien_models.spaces.facs import AUS

_LEAST_LOG_SD, _MOST_LOG_SD = -5.0, 1.0


class NeutralDifference(nn.Module):
    """A small perceptron on differences. It gets no absolute positions, because these depend on the person."""

    def __init__(self, config: NeutralConfig) -> None:
        super().__init__()
        self.config = config
        self.count = len(BLENDSHAPES) + len(AUS)
        self.body = Scaled(config.width, config.depth, config.width)
        self.drop = nn.Dropout(config.dropout)
        self.mean = nn.Linear(config.width, self.count)
        self.sure = nn.Linear(config.width, self.count)
        self.there = nn.Linear(config.width, len(AUS))

    def forward(self, difference: Any) -> Readings:
        """Readings of canonical landmarks less the neutral ones, (N, 478, 2)."""
        code = self.drop(self.body(difference.flatten(1)))
        means, split = self.mean(code), len(BLENDSHAPES)
        log_sd = self.sure(code.detach()).clamp(_LEAST_LOG_SD, _MOST_LOG_SD)
        return Readings(means[:, :split], means[:, split:], log_sd, self.there(code), code=code)


def finite(points: Any, limit: float) -> tuple[Any, Any]:
    """Points (N, 478, 2) with 0 where they are not within ±limit, and (N, 1) whether all were within.

    NaN is found by comparison: every engine has comparisons, not every engine has IsNaN.
    """
    fits = points.abs() < limit
    every = fits.flatten(1).float().amin(1, keepdim=True) > 0.5
    return torch.where(fits, points, 0.0), every
