"""Read a TensorFlow.js graph model (a JSON graph and one weights file) into a Source."""

from __future__ import annotations

import base64
import json
from collections.abc import Mapping
from typing import Any

import numpy as np

from mien_models.convert.source import Array, Operator, Source, Tensor
from mien_models.errors import ModelError

_KINDS = {
    "_FusedConv2D": "CONV_2D", "Conv2D": "CONV_2D", "DepthwiseConv2dNative": "DEPTHWISE_CONV_2D",
    "MaxPool": "MAX_POOL_2D", "AddV2": "ADD", "Relu": "RELU", "Mean": "MEAN", "Softmax": "SOFTMAX",
}  # fmt: skip
_FUSED = {(): 0, ("BiasAdd",): 0, ("BiasAdd", "Relu"): 1}


def read_tfjs(graph_json: bytes, weights: bytes) -> Source:
    """Parse a converted Keras classifier: convolutions, pooling, sums, mean, softmax.

    Raises ModelError for an operator outside that set.
    """
    document = json.loads(graph_json)
    constants = _unpack(document["weightsManifest"], weights)
    names: dict[str, int] = {}
    tensors: list[Tensor] = []
    operators: list[Operator] = []
    inputs: list[int] = []

    def add(name: str, shape: tuple[int, ...], data: Array | None = None) -> int:
        names[name] = len(tensors)
        tensors.append(Tensor(name, shape, np.dtype(np.float32), data))
        return names[name]

    for node in document["modelTopology"]["node"]:
        name, kind, attrs = node["name"], node["op"], node.get("attr", {})
        if kind == "Const":
            add(name, constants[name].shape, constants[name])
        elif kind == "Placeholder":
            sizes = [int(dim["size"]) for dim in attrs["shape"]["shape"]["dim"]]
            inputs.append(add(name, (1, *sizes[1:])))
        elif kind == "Identity":
            names[name] = names[node["input"][0]]
        elif kind in _KINDS:
            operator = _operator(_KINDS[kind], attrs, [names[item] for item in node["input"]], tensors, len(tensors))
            operators.append(operator)
            add(name, _output_shape(operator, tensors))
        else:
            raise ModelError(f"TensorFlow.js operator {kind} has no conversion to ONNX")
    return Source(tuple(tensors), tuple(operators), tuple(inputs), (operators[-1].outputs[0],))


def _unpack(manifest: list[dict[str, Any]], weights: bytes) -> dict[str, Array]:
    """Cut the weights file into arrays, in the manifest's order."""
    arrays: dict[str, Array] = {}
    offset = 0
    for item in (item for group in manifest for item in group["weights"]):
        count = int(np.prod(item["shape"]))
        array = np.frombuffer(weights, item["dtype"], count, offset)
        arrays[item["name"]] = array.reshape(item["shape"])
        offset += array.nbytes
    return arrays


def _operator(kind: str, attrs: Mapping[str, Any], inputs: list[int], tensors: list[Tensor], output: int) -> Operator:
    """Translate names, options and kernel layout to TFLite's."""
    options: dict[str, Any] = {"FusedActivationFunction": 0}
    if "padding" in attrs:
        _, options["StrideH"], options["StrideW"], _ = (int(i) for i in attrs["strides"]["list"]["i"])
        options["Padding"] = int(base64.b64decode(attrs["padding"]["s"]) == b"VALID")
    if kind == "MAX_POOL_2D":
        _, options["FilterHeight"], options["FilterWidth"], _ = (int(i) for i in attrs["ksize"]["list"]["i"])
    elif kind.endswith("CONV_2D"):
        _, options["DilationHFactor"], options["DilationWFactor"], _ = (int(i) for i in attrs["dilations"]["list"]["i"])
        names = attrs.get("fused_ops", {}).get("list", {}).get("s", [])
        fused = tuple(base64.b64decode(name).decode() for name in names)
        if fused not in _FUSED:
            raise ModelError(f"fused operators {fused} have no conversion to ONNX")
        options["FusedActivationFunction"] = _FUSED[fused]
        kernel = tensors[inputs[1]]
        if kernel.data is None:
            raise ModelError(f"the kernel {kernel.name!r} is not a constant")
        # TensorFlow keeps kernels as (H, W, in, out), TFLite as (out, H, W, in), depthwise (1, H, W, out).
        height, width, channels, multiple = kernel.shape
        if kind == "CONV_2D":
            data = kernel.data.transpose(3, 0, 1, 2)
        else:
            data = kernel.data.reshape(1, height, width, channels * multiple)
        tensors[inputs[1]] = Tensor(kernel.name, data.shape, kernel.dtype, data)
    elif kind == "MEAN":
        options["KeepDims"] = bool(attrs["keep_dims"]["b"])
    return Operator(kind, tuple(inputs), (output,), options)


def _output_shape(operator: Operator, tensors: list[Tensor]) -> tuple[int, ...]:
    shape = tensors[operator.inputs[0]].shape
    options = operator.options
    if "StrideH" in options:
        kernel = tensors[operator.inputs[1]].shape if len(operator.inputs) > 1 else (0, 0, 0, shape[3])
        size = (options["FilterHeight"], options["FilterWidth"]) if "FilterHeight" in options else kernel[1:3]
        spare = (0, 0) if options["Padding"] == 0 else (size[0] - 1, size[1] - 1)
        height = -(-(shape[1] - spare[0]) // options["StrideH"])
        width = -(-(shape[2] - spare[1]) // options["StrideW"])
        channels = kernel[0] if operator.kind == "CONV_2D" else shape[3]
        return 1, height, width, channels
    if operator.kind == "MEAN":
        return (1, 1, 1, shape[3]) if options["KeepDims"] else (1, shape[3])
    return shape
