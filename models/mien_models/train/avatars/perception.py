"""Differentiable readings of avatars: through neural renderer and frozen encoder, or by a model of what comes out.

The model, a perceptron from rig to readings, learns from pictures of the true renderer and costs a thousandth; the way
through renderer and encoder also tells of rigs that no pair shows.
"""

from __future__ import annotations

from typing import Any

import torch
from torch import nn
from torch.nn import functional

from mien_models.alignment import CROP_SIZE
from mien_models.animator.frame import LEFT, PICTURE, TOP
from mien_models.animator.pairs import Pairs
from mien_models.animator.reading import ENCODER, UNIT_TOP
from mien_models.fit.frozen import Frozen
from mien_models.nets.renderer import Renderer
from mien_models.nets.space import placed
from mien_models.registry import Registry
from mien_models.spaces import mesh478
from mien_models.spaces.arkit import BLENDSHAPES
from mien_models.train.avatars.config import AnimatorTraining

_SHAPES = len(BLENDSHAPES)


def frozen_encoder() -> Frozen:
    """The shipped encoder in torch, whose weights are constants. Raises ModelError."""
    (data,) = Registry.load().originals(ENCODER).values()
    return Frozen(ENCODER, data)


class Through:
    """Shares (N, T) of an avatar's rig to levels (N, 52 + A), through its neural renderer and the encoder."""

    def __init__(self, renderer: Renderer, encoder: Frozen) -> None:
        self.renderer, self._encoder = renderer.eval().requires_grad_(False), encoder

    def __call__(self, shares: Any) -> Any:
        """Gradients reach the shares, and no weights."""
        return self.read(self.renderer(shares))

    def read(self, pictures: Any) -> Any:
        """Levels of pictures (N, 3, 96, 96) in [0, 1]."""
        borders = (LEFT, CROP_SIZE - PICTURE - LEFT, TOP, CROP_SIZE - PICTURE - TOP)
        crops = functional.pad(pictures * 255, borders, mode="replicate").permute(0, 2, 3, 1)
        present = torch.zeros(len(crops), 2)
        present[:, 0] = 1
        inputs = {"image": crops, "landmarks": torch.zeros(len(crops), mesh478.COUNT, 2), "present": present}
        read = self._encoder(inputs, ("shapes", "units"))
        return torch.cat([read["shapes"], read["units"] / UNIT_TOP], 1)


def reading_model(pairs: Pairs, config: AnimatorTraining) -> tuple[nn.Module, float]:
    """A perceptron from shares to levels, and the share of their variance that it explains on pairs held out."""
    torch.manual_seed(config.seed)
    shares, levels = torch.as_tensor(pairs.shares), torch.as_tensor(pairs.levels)
    held = torch.arange(len(shares)) % 10 == 9
    net = nn.Sequential(
        nn.Linear(shares.shape[1], 128), nn.ReLU(), nn.Linear(128, 128), nn.ReLU(), nn.Linear(128, levels.shape[1])
    )
    last = net[-1]
    assert isinstance(last, nn.Linear)
    with torch.no_grad():
        last.bias.copy_(levels.mean(0))
    optimiser = torch.optim.AdamW(net.parameters(), 3e-3, weight_decay=1e-2)
    schedule = torch.optim.lr_scheduler.CosineAnnealingLR(optimiser, config.reading_steps)
    known = torch.nonzero(~held)[:, 0]
    made = torch.Generator().manual_seed(config.seed)
    for _ in range(config.reading_steps):
        rows = known[torch.randint(len(known), (64,), generator=made)]
        optimiser.zero_grad()
        (net(shares[rows]) - levels[rows]).square().mean().backward()
        optimiser.step()
        schedule.step()
    net.eval().requires_grad_(False)
    error = (net(shares[held]) - levels[held]).square().mean() if held.any() else torch.tensor(float("nan"))
    spread = (levels[held] - levels[known].mean(0)).square().mean() if held.any() else torch.tensor(1.0)
    return net, float(1 - error / spread)


def told(levels: Any, rest: Any) -> Any:
    """Levels told from those at rest (52 + A,), below which they are negative: the gradient is nowhere 0."""
    taken = rest.clamp(max=0.95)
    return (levels - taken) / (1 - taken)


def distance(shown: Any, read: Any, space: Any) -> Any:
    """(N,) distances of the embeddings of levels (N, 52 + A) that people show and avatars are read to show."""
    away = placed(read[:, :_SHAPES].clamp(0, 1), space) - placed(shown[:, :_SHAPES].clamp(0, 1), space)
    return (away.square().sum(1) + 1e-6).sqrt()
