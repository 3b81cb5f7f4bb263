"""A neural renderer: a convolutional decoder from a vector (the rig of an avatar, or a code) to a small picture.

After the neural renderer of FreeAvatar (SIGGRAPH Asia 2024), ten times smaller: transposed convolutions, each of which
doubles the picture. It draws the difference from a base picture, so that what never moves is right from the start. The
principal components of the changes (eigenpictures, Turk & Pentland 1991), weighed by a perceptron, begin what the
convolutions refine: the figure is always in one place.
"""

from __future__ import annotations

import io
import warnings
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

import onnx
import torch
from torch import nn

from mien_models.errors import ModelError
from mien_models.nets.export import OPSET, store

PICTURE = 96  # side of a picture [px]
_SEED = 3  # side of the first map of features; every layer doubles it
_VALUES = 3 * PICTURE * PICTURE
_WEIGHTS = 128  # width of the perceptron that weighs eigenpictures
_EDGE = 0.004  # a base picture is kept this far from black and white, where a sigmoid has no gradient


@dataclass(frozen=True, slots=True, kw_only=True)
class RendererConfig:
    """Sizes. inputs: numbers of the vector. widths: channels of the maps, from the coarsest to the finest but one.

    components: how many eigenpictures; moving: how many values of a picture these change.
    """

    inputs: int
    hidden: int = 96
    components: int = 0
    moving: int = 0
    widths: tuple[int, ...] = (96, 96, 64, 48, 32)

    def __post_init__(self) -> None:
        if self.inputs < 1:
            raise ModelError(f"a renderer needs one input or more, not {self.inputs}")
        if _SEED << len(self.widths) != PICTURE:
            raise ModelError(f"widths must be five, so that a picture has {PICTURE} px, not {len(self.widths)}")


class Renderer(nn.Module):
    """(N, inputs) to pictures (N, 3, 96, 96), RGB in [0, 1]; differentiable in its inputs and weights."""

    def __init__(self, config: RendererConfig) -> None:
        super().__init__()
        self.config = config
        first = config.widths[0]
        self.hidden = nn.Sequential(
            nn.Linear(config.inputs, config.hidden),
            nn.ReLU(),
            nn.Linear(config.hidden, first * _SEED * _SEED),
            nn.ReLU(),
        )
        layers: list[nn.Module] = []
        for before, after in pairwise(config.widths):
            layers += [
                nn.ConvTranspose2d(before, after, 4, 2, 1, bias=False),
                nn.BatchNorm2d(after),
                nn.ReLU(),
            ]
        last = nn.ConvTranspose2d(config.widths[-1], 3, 4, 2, 1)
        nn.init.zeros_(last.weight)
        assert last.bias is not None
        nn.init.zeros_(last.bias)
        self.layers = nn.Sequential(*layers, last)
        self.base = nn.Parameter(torch.zeros(3, PICTURE, PICTURE))
        if config.components:
            self.weights = nn.Sequential(
                nn.Linear(config.inputs, _WEIGHTS), nn.ReLU(), nn.Linear(_WEIGHTS, _WEIGHTS), nn.ReLU(),
                nn.Linear(_WEIGHTS, config.components),
            )  # fmt: skip
            self.components = nn.Parameter(torch.zeros(config.components, config.moving), requires_grad=False)
            # Where each value of a picture stands in those that move; the last place is a zero.
            self.register_buffer("places", torch.full((_VALUES,), config.moving))

    def compose(self, components: Any, moving: Any) -> None:
        """Take eigenpictures (components, moving) of the values `moving` (V,) of a picture."""
        with torch.no_grad():
            self.components.copy_(torch.as_tensor(components))
            self.places[torch.as_tensor(moving)] = torch.arange(self.config.moving)

    def begin(self, picture: Any) -> None:
        """Make a picture (3, 96, 96) in [0, 1], such as the mean of those to learn, the base picture."""
        with torch.no_grad():
            self.base.copy_(torch.logit(torch.as_tensor(picture).clamp(_EDGE, 1 - _EDGE)))

    def forward(self, vectors: Any) -> Any:
        """Pictures of vectors."""
        maps = self.hidden(vectors).reshape(-1, self.config.widths[0], _SEED, _SEED)
        drawn = (self.base + self.layers(maps)).sigmoid()
        if not self.config.components:
            return drawn
        change = torch.cat([self.weights(vectors) @ self.components, torch.zeros_like(vectors[:, :1])], 1)
        return (drawn + change[:, self.places].reshape(drawn.shape)).clamp(0, 1)


def export_renderer(net: Renderer, path: Path, vector: str = "rig") -> None:
    """Write a renderer as ONNX, opset 17: `vector` (N, inputs) to `picture` (N, 96, 96, 3), RGB in [0, 255].

    Weights are stored as float16; batch normalisations are folded.
    """

    class Ready(nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.net = net

        def forward(self, vectors: Any) -> Any:
            return self.net(vectors).permute(0, 2, 3, 1) * 255

    training = net.training
    file = io.BytesIO()
    try:
        with warnings.catch_warnings():  # the exporter warns that it is the older of two
            warnings.simplefilter("ignore")
            torch.onnx.export(
                Ready().eval(),
                (torch.zeros(2, net.config.inputs),),
                file,
                input_names=[vector],
                output_names=["picture"],
                dynamic_axes={vector: {0: "N"}, "picture": {0: "N"}},
                opset_version=OPSET,
                dynamo=False,
            )
    finally:
        net.train(training)
    store(onnx.load_model_from_string(file.getvalue()), path)
