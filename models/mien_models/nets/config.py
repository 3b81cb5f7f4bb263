"""Sizes of the networks, and their presets."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

GEOMETRY = 64  # components of the true landmarks: an auxiliary target in training, never exported


@dataclass(frozen=True, slots=True, kw_only=True)
class CnnConfig:
    """A residual network (He et al. 2016) whose stem has stride 4."""

    widths: tuple[int, ...] = (32, 64, 128, 256)  # channels of the stages, each half as fine as the one before
    depths: tuple[int, ...] = (1, 2, 2, 2)  # residual blocks

    def __post_init__(self) -> None:
        if len(self.widths) != len(self.depths) or len(self.widths) < 2:
            raise ValueError(f"a trunk has two stages or more, each with a width and a depth: {self}")


@dataclass(frozen=True, slots=True, kw_only=True)
class VitConfig:
    """A vision transformer (Dosovitskiy et al. 2021) with the decoder of its pre-training (He et al. 2022)."""

    width: int = 192
    depth: int = 12
    heads: int = 3
    patch: int = 8  # [px]; 112 px make as many patches as 224 px with 16
    decoder_width: int = 128
    decoder_depth: int = 4
    decoder_heads: int = 4

    def __post_init__(self) -> None:
        if self.width % self.heads or self.decoder_width % self.decoder_heads:
            raise ValueError(f"width must be a multiple of heads: {self}")
        if self.width % 4 or self.decoder_width % 4:
            raise ValueError(f"width must be a multiple of 4, for the positional encoding: {self}")


@dataclass(frozen=True, slots=True, kw_only=True)
class EncoderConfig:
    """Picture and landmarks to expression."""

    trunk: CnnConfig | VitConfig = CnnConfig()
    size: int = 112  # of the crop [px]
    # Top, left, height and width of the part of the crop that the trunk gets: the face from ear to ear.
    window: tuple[int, int, int, int] = (10, 16, 96, 80)
    landmarks: int = 256  # width of the landmark branch
    code: int = 256  # width of the global expression code
    local: int = 32  # features per output of the local heads
    embedding: int = 32
    dropout: float = 0.1


@dataclass(frozen=True, slots=True, kw_only=True)
class NeutralConfig:
    """Landmarks less those of the neutral face to expression."""

    width: int = 192
    depth: int = 2
    dropout: float = 0.1


VITS: Mapping[str, VitConfig] = {
    "micro": VitConfig(width=96, depth=4, decoder_width=64, decoder_depth=2, decoder_heads=2),  # to try things on a CPU
    "tiny": VitConfig(),
    "small": VitConfig(width=384, heads=6, decoder_width=256, decoder_heads=8),
    "base": VitConfig(width=768, heads=12, decoder_width=512, decoder_depth=8, decoder_heads=16),
}
ENCODERS: Mapping[str, EncoderConfig] = {
    "tiny": EncoderConfig(),
    "small": EncoderConfig(trunk=CnnConfig(depths=(2, 4, 4, 3))),
    "medium": EncoderConfig(trunk=CnnConfig(widths=(64, 128, 256, 512), depths=(2, 2, 2, 2)), code=384, landmarks=384),
    **{f"vit_{name}": EncoderConfig(trunk=vit, code=384, landmarks=384) for name, vit in VITS.items()},
}
