"""Fuses a face, a voice and words: a small transformer over two seconds.

After Zhang et al. 2022 (ABAW3, arXiv 2203.12367): the differences of the face, the voice and the words are three
sequences; each looks at the face of the current frame by cross-attention; their means over time are joined, both as
they are and as differences to their mean. Other than there, the sequences are read by attention alone, each step sees
only earlier ones, the current face has several tokens, so that attention to it is a choice, and every stream may be
missing: a learned token stands in its place.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
from torch import nn

from mien_models.errors import ModelError
from mien_models.fusion.streams import FACE, PROSODY, STEPS, WORDS
from mien_models.nets.export import write
from mien_models.spaces.emotions import EMOTIONS
from mien_models.spaces.facs import AUS

INPUTS = ("face", "dynamic", "prosody", "words", "present")
OUTPUTS = ("intensity", "presence", "emotion", "affect")
_MEMORY = 4  # tokens of the current face
_TOP = 5.0


@dataclass(frozen=True, slots=True, kw_only=True)
class FusionNet:
    width: int = 32
    heads: int = 4
    depth: int = 1
    dropout: float = 0.1
    centred: bool = False  # the window lies around now, and a step sees later ones, too

    def __post_init__(self) -> None:
        if self.width % self.heads or min(self.width, self.heads, self.depth) < 1:
            raise ModelError(f"width {self.width} must be a multiple of heads {self.heads}, and both above 0")


class _Attention(nn.Module):
    def __init__(self, width: int, heads: int) -> None:
        super().__init__()
        self.heads = heads
        self.ask, self.key, self.value, self.out = (nn.Linear(width, width) for _ in range(4))

    def forward(self, x: Any, memory: Any, mask: Any | None = None) -> Any:
        """x (N, T, W) looks at memory (N, M, W); mask (T, M) is added to the scores."""
        n, t, w = x.shape

        def split(y: Any) -> Any:
            return y.view(n, -1, self.heads, w // self.heads).transpose(1, 2)

        scores = split(self.ask(x)) @ split(self.key(memory)).transpose(2, 3) / math.sqrt(w / self.heads)
        if mask is not None:
            scores = scores + mask
        mixed = scores.softmax(-1) @ split(self.value(memory))
        return self.out(mixed.transpose(1, 2).reshape(n, t, w))


class _Layer(nn.Module):
    """The sequence looks at itself, then at the current face."""

    def __init__(self, config: FusionNet) -> None:
        super().__init__()
        w = config.width
        self.norms = nn.ModuleList(nn.LayerNorm(w) for _ in range(3))
        self.itself, self.across = _Attention(w, config.heads), _Attention(w, config.heads)
        self.feed = nn.Sequential(nn.Linear(w, 2 * w), nn.ReLU(), nn.Linear(2 * w, w))
        self.drop = nn.Dropout(config.dropout)

    def forward(self, x: Any, memory: Any, mask: Any) -> Any:
        y = self.norms[0](x)
        x = x + self.drop(self.itself(y, y, mask))
        x = x + self.drop(self.across(self.norms[1](x), memory))
        return x + self.drop(self.feed(self.norms[2](x)))


class _Stream(nn.Module):
    def __init__(self, size: int, config: FusionNet) -> None:
        super().__init__()
        self.enter = nn.Linear(size, config.width)
        self.missing = nn.Parameter(torch.zeros(config.width))
        self.place = nn.Parameter(0.02 * torch.randn(STEPS, config.width))
        self.layers = nn.ModuleList(_Layer(config) for _ in range(config.depth))
        self.norm = nn.LayerNorm(config.width)

    def forward(self, x: Any, present: Any, memory: Any, mask: Any) -> Any:
        there = present[..., None]
        x = self.enter(x) * there + self.missing * (1 - there) + self.place
        for layer in self.layers:
            x = layer(x, memory, mask)
        return self.norm(x).mean(1)


class Fusion(nn.Module):
    """face (N, FACE), dynamic, prosody and words (N, STEPS, …), present (N, STEPS, 3) to OUTPUTS: `streams.Windows`."""

    def __init__(self, config: FusionNet) -> None:
        super().__init__()
        self.config = config
        w = config.width
        self.static = nn.Linear(FACE, _MEMORY * w)
        self.unseen = nn.Parameter(0.02 * torch.randn(_MEMORY * w))
        self.streams = nn.ModuleList(_Stream(size, config) for size in (FACE, PROSODY, WORDS))
        self.own = nn.ModuleList(nn.Sequential(nn.Linear(w, w), nn.Tanh()) for _ in range(4))
        self.apart = nn.ModuleList(nn.Sequential(nn.Linear(w, w), nn.Tanh()) for _ in range(4))
        self.join = nn.ModuleList(nn.Linear(4 * w, w) for _ in range(2))
        self.drop = nn.Dropout(config.dropout)
        sizes = (len(AUS), len(AUS), len(EMOTIONS), 2)
        self.heads = nn.ModuleList(nn.Linear(3 * w, size) for size in sizes)
        # What one frame says goes to the heads directly, too, and need not pass the narrow joint.
        self.short = nn.ModuleList(nn.Linear(FACE, size, bias=False) for size in sizes)
        reach = torch.zeros(STEPS, STEPS)
        if not config.centred:
            reach = reach.masked_fill(torch.ones(STEPS, STEPS).triu(1) > 0, -1e4)
        self.register_buffer("reach", reach)

    def forward(self, face: Any, dynamic: Any, prosody: Any, words: Any, present: Any) -> tuple[Any, ...]:
        """Logits by OUTPUTS; intensity and affect are those of `finish`."""
        seen = (face[:, -2:].sum(1, keepdim=True) > 0).float()
        memory = (self.static(face) * seen + self.unseen * (1 - seen)).view(-1, _MEMORY, self.config.width)
        codes = [memory.mean(1)]
        for i, (stream, x) in enumerate(zip(self.streams, (dynamic, prosody, words), strict=True)):
            codes.append(stream(x, present[..., i], memory, self.reach))
        mean = torch.stack(codes).mean(0)
        own = self.join[0](torch.cat([f(c) for f, c in zip(self.own, codes, strict=True)], 1))
        apart = self.join[1](torch.cat([f(c - mean) for f, c in zip(self.apart, codes, strict=True)], 1))
        code = self.drop(torch.cat([mean, own, apart], 1))
        return tuple(head(code) + short(face) for head, short in zip(self.heads, self.short, strict=True))


def finish(logits: tuple[Any, ...]) -> tuple[Any, ...]:
    """Intensity [0, 5], presence [0, 1], emotion (sum 1) and affect [-1, 1] of logits."""
    intensity, presence, emotion, affect = logits
    return _TOP * intensity.sigmoid(), presence.sigmoid(), emotion.softmax(1), affect.tanh()


class _Ready(nn.Module):
    def __init__(self, net: Fusion) -> None:
        super().__init__()
        self.net = net

    def forward(self, *inputs: Any) -> tuple[Any, ...]:
        return finish(self.net(*inputs))


def blank(rows: int = 1) -> tuple[Any, ...]:
    """Inputs of which nothing is there."""
    sizes = ((FACE,), (STEPS, FACE), (STEPS, PROSODY), (STEPS, WORDS), (STEPS, 3))
    return tuple(torch.zeros(rows, *size) for size in sizes)


def ready(net: Fusion) -> nn.Module:
    """The network as it is exported: values in their units, no dropout."""
    return _Ready(net).eval()


def export_fusion(net: Fusion, path: Path) -> None:
    """Write the network as ONNX, as `export` does."""
    inputs = dict(zip(INPUTS, blank(2), strict=True))
    write(ready(net), inputs, OUTPUTS, path)


__all__ = ["INPUTS", "OUTPUTS", "Fusion", "FusionNet", "blank", "export_fusion", "finish", "ready"]
