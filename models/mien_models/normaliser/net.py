"""The normaliser: what an encoder reads of a face to a picture of the canonical face with that expression.

Norface (ECCV 2024) merges features of a picture into features of a target face. Here only readings pass: 52 shapes and
the action units. Nothing else of a person can reach the picture.
"""

from __future__ import annotations

import copy
import io
import warnings
from pathlib import Path
from typing import Any

import onnx
import torch
from torch import nn

from mien_models.head.model.action_units import TOP
from mien_models.nets.export import OPSET, store
from mien_models.normaliser.regions import CODE, RegionRenderer
from mien_models.spaces.arkit import BLENDSHAPES
from mien_models.spaces.facs import AUS, INDEX

SHAPES, UNITS = len(BLENDSHAPES), len(AUS)
_INNER_BROWS = [INDEX["AU1L"], INDEX["AU1R"]]  # ARKit has one shape for both


def code_of(shapes: Any, units: Any) -> Any:
    """What the canonical face shows, (N, CODE) shares, of shapes (N, 52) in [0, 1] and units (N, A) in [0, 5]."""
    return torch.cat([shapes, units[:, _INNER_BROWS] / TOP], 1).clamp(0, 1)


class Normaliser(nn.Module):
    """A perceptron that corrects readings, and a neural renderer of the canonical face."""

    def __init__(self, width: int = 128) -> None:
        super().__init__()
        self.renderer = RegionRenderer()
        self.correct = nn.Sequential(
            nn.Linear(SHAPES + UNITS, width), nn.ReLU(), nn.Dropout(0.1), nn.Linear(width, CODE)
        )
        last = self.correct[-1]
        assert isinstance(last, nn.Linear)
        nn.init.zeros_(last.weight)
        nn.init.zeros_(last.bias)

    def code(self, shapes: Any, units: Any) -> Any:
        """Corrected codes of what an encoder reads."""
        return (code_of(shapes, units) + self.correct(torch.cat([shapes, units / TOP], 1))).clamp(0, 1)

    def forward(self, shapes: Any, units: Any) -> Any:
        """Pictures (N, 3, 96, 96) in [0, 1]."""
        return self.renderer(self.code(shapes, units))


class _Ready(nn.Module):
    """The network as it is shipped: what is not observed counts as at rest."""

    def __init__(self, net: Normaliser) -> None:
        super().__init__()
        self.net = copy.deepcopy(net).float().cpu().eval()

    def forward(self, shapes: Any, units: Any) -> Any:
        zero = torch.zeros(())
        # A comparison with NaN is false.
        shapes = torch.where(shapes >= 0, shapes, zero).clamp(0, 1)
        units = torch.where(units >= 0, units, zero).clamp(0, TOP)
        return self.net(shapes, units).permute(0, 2, 3, 1) * 255


def export(net: Normaliser, path: Path) -> None:
    """Write ONNX, opset 17: shapes (N, 52), units (N, A) to picture (N, 96, 96, 3), RGB in [0, 255]."""
    file = io.BytesIO()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the exporter warns that it is the older of two
        torch.onnx.export(
            _Ready(net).eval(), (torch.zeros(2, SHAPES), torch.zeros(2, UNITS)), file,
            input_names=["shapes", "units"], output_names=["picture"],
            dynamic_axes={name: {0: "N"} for name in ("shapes", "units", "picture")}, opset_version=OPSET, dynamo=False,
        )  # fmt: skip
    store(onnx.load_model_from_string(file.getvalue()), path)
