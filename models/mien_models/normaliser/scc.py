"""Heatmaps of action units by semantic correspondence convolution.

After Fan, Lam & Li, "Facial action unit intensity estimation via semantic correspondence learning with dynamic graph
convolution", AAAI 2020: a heatmap per unit, whose peak is where the unit shows and as high as it is strong; between the
layers that enlarge the maps, each channel is joined with the channels that are nearest to it at that moment. Here the
trunk is that of the frozen encoder, a unit of either side has a map of its own, and targets are shares of the scale.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import torch
from torch import nn
from torch.nn import functional

from mien_models.nets.cnn import Cnn
from mien_models.nets.config import ENCODERS, CnnConfig
from mien_models.nets.encoder import grey, normalise
from mien_models.spaces.facs import AUS

UNITS = len(AUS)
NEIGHBOURS = 7


class Correspondence(nn.Module):
    """An EdgeConv (Wang et al. 2019) whose nodes are channels, (N, C, H, W) to the same.

    The features of a node are its whole map. The graph, the nearest channels of each by squared distance, is made anew
    for every input.
    """

    def __init__(self, height: int, width: int) -> None:
        super().__init__()
        cells = height * width
        self.edge = nn.Linear(2 * cells, cells, bias=False)
        self.norm = nn.BatchNorm1d(cells)
        nn.init.zeros_(self.norm.weight)  # begins as the identity

    def forward(self, maps: Any) -> Any:
        """The maps, and what their neighbours add."""
        count, channels, height, width = maps.shape
        nodes = maps.flatten(2)
        squares = nodes.square().sum(2)
        distance = squares[:, :, None] + squares[:, None] - 2 * nodes @ nodes.transpose(1, 2)
        nearest = distance.topk(NEIGHBOURS, dim=2, largest=False).indices
        # A linear map of [x, y - x] is one of x and one of y: both are computed once per node, not once per edge.
        own, other = self.edge.weight.chunk(2, 1)
        from_self = functional.linear(nodes, own - other)
        from_other = functional.linear(nodes, other)
        cells = height * width
        index = nearest.reshape(count, channels * NEIGHBOURS, 1).expand(-1, -1, cells)
        others = from_other.gather(1, index).reshape(count, channels, NEIGHBOURS, cells)
        edges = (from_self[:, :, None] + others).reshape(-1, cells)
        joined = self.norm(edges).relu().reshape(count, channels, NEIGHBOURS, cells).amax(2)
        return maps + joined.reshape(count, channels, height, width)


@dataclass(frozen=True, slots=True)
class SccConfig:
    """Channels of the maps behind the trunk, from coarse to fine."""

    widths: tuple[int, int, int] = (96, 64, 48)


class SccHead(nn.Module):
    """Maps of a trunk, coarse (N, C, H, W) and twice as fine (N, C', 2H, 2W), to heatmaps (N, A, 4H, 4W)."""

    def __init__(self, coarse: int, fine: int, size: tuple[int, int], config: SccConfig | None = None) -> None:
        super().__init__()
        first, second, third = (config or SccConfig()).widths
        height, width = size
        self.enter = nn.Sequential(nn.Conv2d(coarse, first, 1, bias=False), nn.BatchNorm2d(first), nn.ReLU())
        self.join_coarse = Correspondence(height, width)
        self.larger = _larger(first, second)
        self.beside = nn.Conv2d(fine, second, 1)
        self.join_fine = Correspondence(2 * height, 2 * width)
        self.largest = _larger(second, third)
        self.leave = nn.Conv2d(third, UNITS, 1)
        nn.init.zeros_(self.leave.weight)
        assert self.leave.bias is not None
        nn.init.zeros_(self.leave.bias)

    def forward(self, coarse: Any, fine: Any) -> Any:
        """See above."""
        maps = self.join_coarse(self.enter(coarse))
        maps = self.join_fine((self.larger(maps) + self.beside(fine)).relu())
        return self.leave(self.largest(maps))


class TrunkMaps(nn.Module):
    """The frozen trunk of an encoder up to its last stage but one."""

    def __init__(self, trunk: Cnn) -> None:
        super().__init__()
        self.stem, self.fine, self.coarse = trunk.stem, trunk.fine[:-1], trunk.fine[-1]

    def forward(self, pictures: Any) -> tuple[Any, Any]:
        """Maps (N, C, H, W) and twice as fine (N, C', 2H, 2W) of normalised pictures (N, 1, H', W')."""
        fine = self.fine(self.stem(pictures))
        return self.coarse(fine), fine


def head_of(net: str = "small", config: SccConfig | None = None) -> SccHead:
    """An untrained head for the trunk of an encoder."""
    encoder = ENCODERS[net]
    assert isinstance(encoder.trunk, CnnConfig)
    _, _, height, width = encoder.window
    step = 4 << (len(encoder.trunk.widths) - 2)
    size = (-(-height // step), -(-width // step))
    return SccHead(encoder.trunk.widths[-2], encoder.trunk.widths[-3], size, config)


class ReadyScc(nn.Module):
    """Trunk and head as they are shipped. gain (A,): by which the peak of a map is multiplied to give the intensity."""

    def __init__(self, maps: TrunkMaps, head: SccHead, window: tuple[int, int, int, int], gain: Any) -> None:
        super().__init__()
        self.maps, self.head, self.window = maps, head, window
        self.register_buffer("gain", torch.as_tensor(gain, dtype=torch.float32))

    def forward(self, image: Any) -> tuple[Any, Any]:
        """heatmaps (N, A, H, W), shares of the scale, and intensity (N, A) [0, 5] of crops (N, 112, 112, 3) uint8."""
        coarse, fine = self.maps(normalise(grey(image), self.window))
        heat = self.head(coarse, fine).clamp(0, 1)
        return heat, (heat.amax((2, 3)) * self.gain).clamp(0, 5)


def _larger(before: int, after: int) -> nn.Sequential:
    """A layer that doubles the maps."""
    return nn.Sequential(nn.ConvTranspose2d(before, after, 4, 2, 1, bias=False), nn.BatchNorm2d(after), nn.ReLU())
