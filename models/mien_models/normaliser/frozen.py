"""The shipped encoder in torch, frozen: gradients reach the pictures that it reads."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import torch
from torch import nn
from torch.nn import functional

from mien_models.nets.config import ENCODERS
from mien_models.nets.encoder import LANDMARKS, Encoder, Readings, grey, normalise
from mien_models.nets.restore import restore
from mien_models.registry import Registry


class FrozenEncoder(nn.Module):
    """The picture branch of `encoder_base`: no landmarks, no mirror image."""

    def __init__(self, path: Path | None = None) -> None:
        """`path`: of another export of the same net. Raises ModelError where it cannot be read."""
        super().__init__()
        self.net = Encoder(ENCODERS["small"])
        restore(self.net, path or Registry.load().path("encoder_base"))
        self.net.eval().requires_grad_(False)

    def train(self, mode: bool = True) -> FrozenEncoder:
        """It is never trained."""
        return self

    def see(self, pictures: Any) -> Any:
        """What the trunk gets, (N, 1, H, W), of RGB pictures (N, 3, S, S) in [0, 1] that are framed as crops."""
        size = self.net.config.size
        if pictures.shape[-1] != size:
            pictures = functional.interpolate(pictures, (size, size), mode="bilinear", align_corners=False)
        return normalise(grey(pictures.permute(0, 2, 3, 1) * 255), self.net.config.window)

    def forward(self, pictures: Any) -> Readings:
        """Raw readings of RGB pictures (N, 3, S, S) in [0, 1]."""
        seen, cells = self.net.trunk(self.see(pictures))
        count = len(pictures)
        blank = torch.zeros(count, LANDMARKS, 2)
        points = self.net.landmarks(blank.flatten(1))
        present = torch.tensor([[True, False]]).expand(count, 2)
        return self.net.predict(seen, cells, points, present)
