"""A vision transformer, and its pre-training as a masked autoencoder.

Dosovitskiy et al., "An image is worth 16×16 words", ICLR 2021; He et al., "Masked autoencoders are
scalable vision learners", CVPR 2022.
"""

from __future__ import annotations

from typing import Any

import torch
from torch import nn

from mien_models.nets.config import VitConfig

# Parts of the face that are masked as a whole: left, top, right, bottom, in shares of the window.
REGIONS = {
    "right eye": (0.05, 0.08, 0.48, 0.40),
    "left eye": (0.52, 0.08, 0.95, 0.40),
    "nose": (0.30, 0.30, 0.70, 0.60),
    "mouth": (0.15, 0.55, 0.85, 0.95),
}


class Vit(nn.Module):
    """(N, 1, H, W) pictures to a code (N, `width`), the mean of the patches, and the patches (N, P, `cell_width`)."""

    def __init__(self, config: VitConfig, size: tuple[int, int]) -> None:
        super().__init__()
        if size[0] % config.patch or size[1] % config.patch:
            raise ValueError(f"pictures of {size} px do not divide into patches of {config.patch} px")
        self.patch = config.patch
        self.grid = (size[0] // config.patch, size[1] // config.patch)
        self.embed = nn.Conv2d(1, config.width, config.patch, config.patch)
        self.register_buffer("places", places(self.grid, config.width), persistent=False)
        self.blocks = nn.ModuleList(Layer(config.width, config.heads) for _ in range(config.depth))
        self.norm = nn.LayerNorm(config.width)
        self.width = self.cell_width = config.width

    def forward(self, pictures: Any) -> tuple[Any, Any]:
        """Code and cells."""
        cells = self.encode(self.tokens(pictures))
        return cells.mean(1), cells

    def tokens(self, pictures: Any) -> Any:
        """(N, P, width) embedded patches with their positional encoding."""
        return self.embed(pictures).flatten(2).transpose(1, 2) + self.places

    def encode(self, tokens: Any) -> Any:
        """(N, P', width) tokens after the transformer, of any subset of the patches."""
        for block in self.blocks:
            tokens = block(tokens)
        return self.norm(tokens)


class Layer(nn.Module):
    """A pre-norm transformer layer: attention, then a perceptron."""

    def __init__(self, width: int, heads: int) -> None:
        super().__init__()
        self.heads = heads
        self.before, self.qkv, self.out = nn.LayerNorm(width), nn.Linear(width, 3 * width), nn.Linear(width, width)
        self.between = nn.LayerNorm(width)
        self.mlp = nn.Sequential(nn.Linear(width, 4 * width), nn.GELU(), nn.Linear(4 * width, width))

    def forward(self, tokens: Any) -> Any:
        """(N, P, width) to the same."""
        n, p, width = tokens.shape
        q, k, v = self.qkv(self.before(tokens)).reshape(n, p, 3, self.heads, width // self.heads).permute(2, 0, 3, 1, 4)
        seen = nn.functional.scaled_dot_product_attention(q, k, v)
        tokens = tokens + self.out(seen.transpose(1, 2).reshape(n, p, width))
        return tokens + self.mlp(self.between(tokens))


class MaskedAutoencoder(nn.Module):
    """A Vit that gets some of the patches, and a small decoder that predicts the pixels of the others."""

    def __init__(self, config: VitConfig, size: tuple[int, int]) -> None:
        super().__init__()
        self.vit = Vit(config, size)
        self.inner = nn.Linear(config.width, config.decoder_width)
        self.hidden = nn.Parameter(torch.zeros(config.decoder_width))
        self.register_buffer("places", places(self.vit.grid, config.decoder_width), persistent=False)
        self.blocks = nn.ModuleList(
            Layer(config.decoder_width, config.decoder_heads) for _ in range(config.decoder_depth)
        )
        self.norm = nn.LayerNorm(config.decoder_width)
        self.paint = nn.Linear(config.decoder_width, config.patch**2)
        nn.init.normal_(self.hidden, std=0.02)

    def forward(self, pictures: Any, order: Any, keep: int) -> tuple[Any, Any]:
        """Loss and predicted patches (N, P, patch²) of pictures (N, 1, H, W).

        order (N, P): numbers of the patches, of which the Vit gets the first `keep`; see `mask_order`.
        The loss is the squared error over the masked patches, each normalised to mean 0 and variance 1.
        """
        tokens = self.vit.tokens(pictures)
        seen = tokens.gather(1, order[:, :keep, None].expand(-1, -1, tokens.shape[-1]))
        seen = self.inner(self.vit.encode(seen))
        blanks = self.hidden.to(seen.dtype).expand(len(seen), tokens.shape[1] - keep, -1)
        mixed = torch.cat([seen, blanks], 1)
        back = order.argsort(1)[..., None].expand(-1, -1, mixed.shape[-1])
        mixed = mixed.gather(1, back) + self.places
        for block in self.blocks:
            mixed = block(mixed)
        painted = self.paint(self.norm(mixed)).float()
        error = (painted - patches(pictures, self.vit.patch)).square().mean(-1)
        return error.gather(1, order[:, keep:]).mean(), painted


def patches(pictures: Any, size: int) -> Any:
    """(N, P, size²) patches of pictures (N, 1, H, W), each with mean 0 and variance 1."""
    cells = nn.functional.unfold(pictures, size, stride=size).transpose(1, 2)
    return (cells - cells.mean(-1, keepdim=True)) / (cells.var(-1, keepdim=True) + 1e-6).sqrt()


def mask_order(generator: Any, count: int, grid: tuple[int, int], regions: float = 0.0) -> Any:
    """(count, P) a random order of the patches of a grid (rows, columns); the last ones are masked.

    In a share of `regions` of the pictures, one of REGIONS comes last as a whole, so that it has to be
    predicted from the rest of the face (Cai et al., "MARLIN", CVPR 2023).
    """
    rank = torch.rand(count, grid[0] * grid[1], generator=generator)
    chosen = torch.randint(len(REGIONS), (count,), generator=generator)
    hidden = torch.stack([_inside(box, grid) for box in REGIONS.values()])[chosen]
    whole = torch.rand(count, 1, generator=generator) < regions
    return (rank + (hidden & whole)).argsort(1)


def _inside(box: tuple[float, float, float, float], grid: tuple[int, int]) -> Any:
    """(P,) which patches have their middle in a box."""
    y, x = torch.meshgrid(*((torch.arange(n) + 0.5) / n for n in grid), indexing="ij")
    left, top, right, bottom = box
    return ((x > left) & (x < right) & (y > top) & (y < bottom)).flatten()


def places(grid: tuple[int, int], width: int) -> Any:
    """(P, width) sines and cosines of row and column, a quarter of the width each."""
    rates = 10_000 ** -(torch.arange(width // 4) / (width // 4))
    y, x = torch.meshgrid(*(torch.arange(n) for n in grid), indexing="ij")
    angles = [v.flatten()[:, None] * rates for v in (y, x)]
    return torch.cat([f(a) for a in angles for f in (torch.sin, torch.cos)], 1)
