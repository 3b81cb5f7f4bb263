"""Read the weights of an exported encoder back, to train it further.

An export folds each batch normalisation into the layer before it. Here they become normalisations again that change
nothing, with the statistics of given faces (`settle`): so the network computes the same in training as the export. What
an export does not hold, the heads of the embedding and of the geometry, keeps its initialisation.
"""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import torch
from numpy.typing import NDArray
from onnx import numpy_helper
from torch import nn

from mien_models.errors import ModelError
from mien_models.nets.config import ENCODERS, CnnConfig
from mien_models.nets.encoder import Encoder

_OWN = "net.net."  # before the names of a mirror ensemble's network
_HALF = ".half"


def restore(net: Encoder, path: Path) -> None:
    """Fill an encoder with the weights of an ONNX file that `export` wrote of its mirror ensemble.

    Raises ModelError where the file cannot be read or is of another network.
    """
    try:
        graph = onnx.load(str(path)).graph
    except Exception as error:  # onnx raises whatever its parser meets
        raise ModelError(f"{path} cannot be read as ONNX: {error}; name an encoder of models/weights") from error
    values = {t.name.removesuffix(_HALF): numpy_helper.to_array(t).astype(np.float32) for t in graph.initializer}
    state = dict(net.state_dict())
    try:
        _named(net, values, state)
        _convolutions(net, graph, values, state)
        _local(net, graph, values, state)
        net.load_state_dict(state)
    except (KeyError, ValueError, RuntimeError) as error:
        raise ModelError(f"{path} is no export of this network: {error}; begin with one of the same net") from error


def restored(path: Path) -> Encoder:
    """The encoder of an ONNX file of a mirror ensemble, whichever preset it is of. Raises ModelError for none."""
    for config in ENCODERS.values():
        if isinstance(config.trunk, CnnConfig):
            net = Encoder(config)
            with suppress(ModelError):
                restore(net, path)
                net.eval()
                return net
    known = ", ".join(name for name, config in ENCODERS.items() if isinstance(config.trunk, CnnConfig))
    raise ModelError(f"{path} is no mirror ensemble of {known}; name an encoder that `export` wrote")


def settle(net: Encoder, pictures: Any, landmarks: Any) -> None:
    """Give all normalisations of a restored network the statistics of faces, without changing what it computes."""
    norms = [part for part in net.modules() if isinstance(part, nn.BatchNorm1d | nn.BatchNorm2d)]

    def take(norm: Any, inputs: tuple[Any, ...]) -> None:
        values = inputs[0].float()
        places = [d for d in range(values.ndim) if d != 1]
        mean, variance = values.mean(places), values.var(places, unbiased=False)
        scale = norm.weight / (norm.running_var + norm.eps).sqrt()
        shift = norm.bias - norm.running_mean * scale
        norm.running_mean.copy_(mean)
        norm.running_var.copy_(variance)
        norm.weight.copy_(scale * (variance + norm.eps).sqrt())
        norm.bias.copy_(shift + mean * scale)

    hooks = [norm.register_forward_pre_hook(take) for norm in norms]
    training = net.training
    try:
        with torch.no_grad():
            net.eval()
            net.encode(pictures, landmarks)
    finally:
        for hook in hooks:
            hook.remove()
        net.train(training)


def _named(net: Encoder, values: dict[str, NDArray[np.float32]], state: dict[str, Any]) -> None:
    """Tensors that kept their names, and the biases of linear layers whose normalisation was folded."""
    for name in state:
        if _OWN + name in values:
            state[name] = torch.as_tensor(values[_OWN + name]).reshape(state[name].shape)
    layers = net.landmarks.layers
    for i, layer in enumerate(layers):
        if isinstance(layer, nn.BatchNorm1d):
            _plain(state, f"landmarks.layers.{i}", layer, values[f"{_OWN}landmarks.layers.{i - 1}.bias"])


def _convolutions(net: Encoder, graph: Any, values: dict[str, NDArray[np.float32]], state: dict[str, Any]) -> None:
    """Convolutions, which lost their names, in the order in which they run, and their normalisations."""
    layers = [(name, part) for name, part in net.trunk.named_modules() if isinstance(part, nn.Conv2d | nn.BatchNorm2d)]
    stored = [node.input[1:3] for node in graph.node if node.op_type == "Conv"]
    if len(layers) != 2 * len(stored):
        raise ValueError(f"it has {len(stored)} convolutions, and the network {len(layers) // 2}")
    for (weight, bias), (name, _), (norm, part) in zip(stored, layers[::2], layers[1::2], strict=True):
        value = torch.as_tensor(values[weight])
        if value.shape != state[f"trunk.{name}.weight"].shape:
            raise ValueError(f"its convolution {name} has another size")
        state[f"trunk.{name}.weight"] = value
        _plain(state, f"trunk.{norm}", part, values[bias])


def _local(net: Encoder, graph: Any, values: dict[str, NDArray[np.float32]], state: dict[str, Any]) -> None:
    """Linear layers on cells, which are stored transposed and without names."""
    for name in ("features", "masks"):
        wanted = state[f"local.{name}.weight"].shape
        inputs = [i for node in graph.node if node.op_type == "MatMul" for i in node.input if i in values]
        found = {i for i in inputs if values[i].shape[::-1] == tuple(wanted)}
        if len(found) != 1:
            raise ValueError(f"it has {len(found)} layers like local.{name}")
        state[f"local.{name}.weight"] = torch.as_tensor(values[found.pop()].T.copy())


def _plain(state: dict[str, Any], name: str, norm: Any, bias: NDArray[np.float32]) -> None:
    """A normalisation that adds the bias and does nothing else."""
    state[f"{name}.weight"] = torch.full_like(state[f"{name}.weight"], (1 + norm.eps) ** 0.5)
    state[f"{name}.bias"] = torch.as_tensor(bias)
    state[f"{name}.running_mean"] = torch.zeros_like(state[f"{name}.running_mean"])
    state[f"{name}.running_var"] = torch.ones_like(state[f"{name}.running_var"])
