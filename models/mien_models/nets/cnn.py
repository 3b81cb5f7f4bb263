"""A residual network on coarse cells: fast on one CPU core, in training as well."""

from __future__ import annotations

from typing import Any

from torch import nn

from mien_models.nets.config import CnnConfig

CELL = 4  # [px]


class Cnn(nn.Module):
    """(N, 1, H, W) pictures to a code (N, `width`) and cells (N, P, `cell_width`).

    The first convolution has stride 4: a stem at full resolution took half of the time of the network
    and did not read faces of this size better. The cells come from the last stage but one, which is fine
    enough to separate the corners of a mouth.
    """

    def __init__(self, config: CnnConfig) -> None:
        super().__init__()
        first = config.widths[0]
        self.stem = nn.Sequential(
            nn.Conv2d(1, first, 2 * CELL, CELL, CELL // 2, bias=False), nn.BatchNorm2d(first), nn.ReLU()
        )
        stages, before = [], first
        for i, (width, depth) in enumerate(zip(config.widths, config.depths, strict=True)):
            blocks = [Block(before if j == 0 else width, width, 2 if i and j == 0 else 1) for j in range(depth)]
            stages.append(nn.Sequential(*blocks))
            before = width
        self.fine, self.coarse = nn.Sequential(*stages[:-1]), stages[-1]
        self.width, self.cell_width = config.widths[-1], config.widths[-2]

    def forward(self, pictures: Any) -> tuple[Any, Any]:
        """Code and cells."""
        maps = self.fine(self.stem(pictures))
        return self.coarse(maps).mean((2, 3)), maps.permute(0, 2, 3, 1).flatten(1, 2)


class Block(nn.Module):
    """A residual block of two 3×3 convolutions; with stride 2 the shortcut averages (ResNet-D, He et al. 2019)."""

    def __init__(self, before: int, width: int, stride: int) -> None:
        super().__init__()
        self.body = nn.Sequential(
            nn.Conv2d(before, width, 3, stride, 1, bias=False),
            nn.BatchNorm2d(width),
            nn.ReLU(),
            nn.Conv2d(width, width, 3, 1, 1, bias=False),
            nn.BatchNorm2d(width),
        )
        # The last normalisation starts at 0, so that a block starts as its shortcut (Goyal et al. 2017).
        nn.init.zeros_(self.body[-1].weight)
        around: list[Any] = [nn.AvgPool2d(2, ceil_mode=True, count_include_pad=False)] if stride == 2 else []
        if before != width:
            around += [nn.Conv2d(before, width, 1, bias=False), nn.BatchNorm2d(width)]
        self.around = nn.Sequential(*around)

    def forward(self, maps: Any) -> Any:
        """(N, C, H, W) to (N, width, H / stride, W / stride)."""
        return nn.functional.relu(self.body(maps) + self.around(maps))
