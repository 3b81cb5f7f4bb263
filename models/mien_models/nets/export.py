"""Export trained networks as ONNX files that take pixels and landmarks and give calibrated values in their units."""

from __future__ import annotations

import copy
import io
import warnings
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import torch
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper
from torch import nn
from torch.nn.utils.fusion import fuse_linear_bn_eval

from mien_models.head.model.action_units import TOP
from mien_models.nets.encoder import LANDMARKS, Encoder, MirrorEnsemble, Readings, grey, normalise
from mien_models.nets.neutral import NeutralDifference, finite
from mien_models.nets.space import bounded, placed
from mien_models.spaces.arkit import BLENDSHAPES
from mien_models.spaces.emotions import EMOTIONS
from mien_models.spaces.facs import AUS

OPSET = 17
ENCODER_OUTPUTS: tuple[str, ...] = (
    "shapes", "shapes_sd", "units", "units_sd", "presence", "emotion", "affect", "embedding",
)  # fmt: skip
NEUTRAL_OUTPUTS: tuple[str, ...] = ENCODER_OUTPUTS[:5]

_FAR = 100.0  # in distances of the eyes; landmarks beyond it count as not present
_LARGE = 64  # numbers; smaller tensors are stored as float32


@dataclass(frozen=True, slots=True, eq=False)
class Calibration:
    """Corrections of a network's outputs, fitted on validation faces; see `train.validate.calibrate`.

    gain, shift (52 + A,): shapes and units become `bounded`(gain · reading + shift), as shares of the full range.
    sd (52 + A,): factors on the standard deviations. most (52 + A,): upper bounds of them, as shares of the full
    range: 1 / sd² = 1 / (factor · sd)² + 1 / most². presence, lean (A,): logits of presence become
    presence · logit + lean. emotion: temperature by which the logits of emotions are divided; odds (8,): added
    after that. space (104, D - 1): linear map of `space.features` to the embedding before it is normalised; None
    keeps the network's own embedding.
    """

    gain: NDArray[np.float32]
    shift: NDArray[np.float32]
    sd: NDArray[np.float32]
    most: NDArray[np.float32]
    presence: NDArray[np.float32]
    lean: NDArray[np.float32]
    emotion: float
    odds: NDArray[np.float32]
    space: NDArray[np.float32] | None = None

    @classmethod
    def none(cls) -> Calibration:
        """The calibration that changes nothing."""
        one, calm = np.ones(len(BLENDSHAPES) + len(AUS), np.float32), np.zeros(len(EMOTIONS), np.float32)
        unit = np.ones(len(AUS), np.float32)
        return cls(one, 0 * one, one, np.inf * one, unit, 0 * unit, 1.0, calm)


class _Ready(nn.Module):
    def __init__(self, net: Any, calibration: Calibration) -> None:
        super().__init__()
        self.net = copy.deepcopy(net).float().cpu().eval()
        self.register_buffer("gain", torch.as_tensor(calibration.gain))
        self.register_buffer("shift", torch.as_tensor(calibration.shift))
        self.register_buffer("sd", torch.as_tensor(calibration.sd))
        self.register_buffer("bound", torch.as_tensor(1 / calibration.most))
        self.register_buffer("presence", torch.as_tensor(calibration.presence))
        self.register_buffer("lean", torch.as_tensor(calibration.lean))
        self.register_buffer("odds", torch.as_tensor(calibration.odds))
        self.register_buffer("space", None if calibration.space is None else torch.as_tensor(calibration.space))
        self.warmth = 1 / calibration.emotion

    def _levels(self, readings: Readings) -> tuple[Any, Any, Any, Any, Any]:
        sd, split = readings.log_sd.exp() * self.sd, len(BLENDSHAPES)
        share = sd * self.bound
        sd = sd / (1 + share * share).sqrt()
        levels = bounded(torch.cat([readings.shapes, readings.units], 1) * self.gain + self.shift)
        return (
            levels[:, :split],
            sd[:, :split],
            levels[:, split:] * TOP,
            sd[:, split:] * TOP,
            (readings.presence * self.presence + self.lean).sigmoid(),
        )


class ReadyEncoder(_Ready):
    """image (N, S, S, 3) uint8, landmarks (N, 478, 2), present (N, 2) to ENCODER_OUTPUTS."""

    def forward(self, image: Any, landmarks: Any, present: Any) -> tuple[Any, ...]:
        """Calibrated outputs; landmarks that are not finite count as not present."""
        points, known = finite(landmarks, _FAR)
        there = torch.cat([present[:, :1] > 0.5, (present[:, 1:] > 0.5) & known], 1)
        top, left, height, width = self.net.config.window
        # Only the window is made grey. TensorRT slices no bytes, so numbers come first.
        pictures = grey(image.float()[:, top : top + height, left : left + width])
        readings = self.net(normalise(pictures, (0, 0, height, width)), points, there)
        emotion = (readings.emotion * self.warmth + self.odds).softmax(1)
        levels = self._levels(readings)
        embedding = readings.embedding if self.space is None else placed(levels[0], self.space)
        return (*levels, emotion, readings.affect, embedding)


class ReadyNeutral(_Ready):
    """difference (N, 478, 2) to NEUTRAL_OUTPUTS."""

    def forward(self, difference: Any) -> tuple[Any, ...]:
        """Calibrated outputs; a difference that is not finite reads as no difference, with the largest sd."""
        points, known = finite(difference, _FAR)
        shapes, shapes_sd, units, units_sd, presence = self._levels(self.net(points))
        lost = 1 - known.float()
        return (shapes, shapes_sd + lost, units, units_sd + TOP * lost, presence * (1 - lost))


def export(
    net: Encoder | MirrorEnsemble | NeutralDifference, path: Path, calibration: Calibration | None = None
) -> None:
    """Write a network as ONNX (opset 17, dynamic batch N) with weights stored as float16.

    It computes in float32: the casts are folded when it is loaded. Written in one step.
    """
    calibration = calibration or Calibration.none()
    points = torch.zeros(2, LANDMARKS, 2)
    if isinstance(net, Encoder | MirrorEnsemble):
        size = net.config.size
        ready: nn.Module = ReadyEncoder(net, calibration)
        inputs: dict[str, Any] = {
            "image": torch.zeros(2, size, size, 3, dtype=torch.uint8),
            "landmarks": points,
            "present": torch.ones(2, 2),
        }
        outputs = ENCODER_OUTPUTS
    else:
        ready, inputs, outputs = ReadyNeutral(net, calibration), {"difference": points}, NEUTRAL_OUTPUTS
    write(_folded(ready), inputs, outputs, path)


def write(net: nn.Module, inputs: dict[str, Any], outputs: Sequence[str], path: Path) -> None:
    """Write any network with named inputs, of which `inputs` are examples, and outputs; see `export`."""
    file = io.BytesIO()
    with warnings.catch_warnings():
        # torch warns that this exporter is the old one; it needs no further package and writes opset 17.
        warnings.simplefilter("ignore")
        torch.onnx.export(
            net.eval(),
            tuple(inputs.values()),
            file,
            input_names=list(inputs),
            output_names=list(outputs),
            dynamic_axes={name: {0: "N"} for name in (*inputs, *outputs)},
            opset_version=OPSET,
            dynamo=False,
        )
    store(onnx.load_model_from_string(file.getvalue()), path)


def store(model: Any, path: Path) -> None:
    """Write an ONNX model with its large weights as float16, in one step."""
    model = halved(model)
    onnx.checker.check_model(model)
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(f".{path.name}.part")
    temporary.write_bytes(model.SerializeToString())
    temporary.replace(path)


def _folded(net: nn.Module) -> nn.Module:
    """The network with each batch normalisation folded into the linear layer before it."""
    for part in net.modules():
        if isinstance(part, nn.Sequential):
            for i in range(len(part) - 1):
                if isinstance(part[i], nn.Linear) and isinstance(part[i + 1], nn.BatchNorm1d):
                    part[i] = fuse_linear_bn_eval(part[i].eval(), part[i + 1].eval())
                    part[i + 1] = nn.Identity()
    return net


def halved(model: Any) -> Any:
    """The same ONNX model with its large float32 tensors stored as float16, and cast when it is loaded."""
    kept, casts = [], []
    for tensor in model.graph.initializer:
        values = numpy_helper.to_array(tensor)
        if values.dtype != np.float32 or values.size < _LARGE:
            kept.append(tensor)
            continue
        stored = f"{tensor.name}.half"
        kept.append(numpy_helper.from_array(values.astype(np.float16), stored))
        casts.append(helper.make_node("Cast", [stored], [tensor.name], to=TensorProto.FLOAT))
    nodes = list(model.graph.node)
    del model.graph.initializer[:], model.graph.node[:]
    model.graph.initializer.extend(kept)
    model.graph.node.extend(casts + nodes)
    return model
