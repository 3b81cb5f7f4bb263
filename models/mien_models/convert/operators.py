"""Convert TensorFlow operators to ONNX; one small function per kind."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from mien_models.convert.source import Array, Operator
from mien_models.convert.translation import Translation
from mien_models.errors import ModelError

Rule = Callable[[Translation, Operator], None]

_RULES: dict[str, Rule] = {}
_SAME = 0
# Position of each axis of an NHWC tensor in NCHW.
_NCHW_AXIS = (0, 2, 3, 1)
_ACTIVATIONS = {1: "Relu", 4: "Tanh"}
_CLIPS = {2: (-1.0, 1.0), 3: (0.0, 6.0)}
_UNARY = {
    "ABS": "Abs", "EXP": "Exp", "HARD_SWISH": "HardSwish", "LOGISTIC": "Sigmoid", "NEG": "Neg",
    "RELU": "Relu", "SQRT": "Sqrt", "TANH": "Tanh",
}  # fmt: skip
_BINARY = {"ADD": "Add", "SUB": "Sub", "MUL": "Mul", "DIV": "Div", "MAXIMUM": "Max", "MINIMUM": "Min"}


def write(t: Translation, operator: Operator) -> None:
    """Convert one operator. Raises ModelError for an unknown kind."""
    rule = _RULES.get(operator.kind)
    if rule is None:
        raise ModelError(f"operator {operator.kind} has no conversion to ONNX")
    rule(t, operator)


def _converts(*kinds: str) -> Callable[[Rule], Rule]:
    def register(rule: Rule) -> Rule:
        _RULES.update(dict.fromkeys(kinds, rule))
        return rule

    return register


def _activate(t: Translation, name: str, operator: Operator) -> str:
    """Append the activation that TFLite fuses into an operator."""
    kind = operator.options.get("FusedActivationFunction", 0)
    if kind == 0:
        return name
    if kind in _CLIPS:
        low, high = _CLIPS[kind]
        return t.graph.add("Clip", [name, t.graph.const(np.float32(low)), t.graph.const(np.float32(high))])
    if kind not in _ACTIVATIONS:
        raise ModelError(f"fused activation {kind} of {operator.kind} has no conversion to ONNX")
    return t.graph.add(_ACTIVATIONS[kind], [name])


def _same_padding(size: int, kernel: int, stride: int, dilation: int = 1) -> tuple[int, int]:
    """TensorFlow's SAME padding of one axis: (before, after)."""
    total = max((-(-size // stride) - 1) * stride + (kernel - 1) * dilation + 1 - size, 0)
    return total // 2, total - total // 2


def _pads(t: Translation, operator: Operator, kernel: tuple[int, int], dilation: tuple[int, int]) -> list[int]:
    """ONNX pads [top, left, bottom, right] of a convolution or pooling."""
    options = operator.options
    if options["Padding"] != _SAME:
        return [0, 0, 0, 0]
    _, height, width, _ = t.shape(operator.inputs[0])
    top, bottom = _same_padding(height, kernel[0], options["StrideH"], dilation[0])
    left, right = _same_padding(width, kernel[1], options["StrideW"], dilation[1])
    return [top, left, bottom, right]


@_converts("CONV_2D", "DEPTHWISE_CONV_2D")
def _conv(t: Translation, operator: Operator) -> None:
    options = operator.options
    weights = t.source.constant(operator.inputs[1])
    channels = t.shape(operator.inputs[0])[3]
    if operator.kind == "CONV_2D":
        kernels, groups = weights.transpose(0, 3, 1, 2), channels // weights.shape[3]
    else:
        kernels, groups = weights.transpose(3, 0, 1, 2), channels
    size = (int(kernels.shape[2]), int(kernels.shape[3]))
    dilation = (options["DilationHFactor"], options["DilationWFactor"])
    inputs = [t.nchw(operator.inputs[0]), t.graph.const(kernels, "kernel")]
    bias = t.constant(operator.inputs[2]) if len(operator.inputs) > 2 else None
    if bias is not None:
        inputs.append(t.graph.const(bias, "bias"))
    out = t.graph.add(
        "Conv",
        inputs,
        kernel_shape=list(size),
        strides=[options["StrideH"], options["StrideW"]],
        dilations=list(dilation),
        group=groups,
        pads=_pads(t, operator, size, dilation),
    )
    t.set_nchw(operator.outputs[0], _activate(t, out, operator))


@_converts("MAX_POOL_2D", "AVERAGE_POOL_2D")
def _pool(t: Translation, operator: Operator) -> None:
    options = operator.options
    size = (options["FilterHeight"], options["FilterWidth"])
    out = t.graph.add(
        "MaxPool" if operator.kind == "MAX_POOL_2D" else "AveragePool",
        [t.nchw(operator.inputs[0])],
        kernel_shape=list(size),
        strides=[options["StrideH"], options["StrideW"]],
        pads=_pads(t, operator, size, (1, 1)),
    )
    t.set_nchw(operator.outputs[0], _activate(t, out, operator))


@_converts("PRELU")
def _prelu(t: Translation, operator: Operator) -> None:
    slope = t.source.constant(operator.inputs[1])
    if t.rank(operator.inputs[0]) != 4:
        out = t.graph.add("PRelu", [t.stored(operator.inputs[0]), t.graph.const(slope, "slope")])
        t.set_stored(operator.outputs[0], out)
        return
    slope = slope.reshape((1,) * (3 - min(slope.ndim, 3)) + slope.shape[-3:]).transpose(2, 0, 1)
    out = t.graph.add("PRelu", [t.nchw(operator.inputs[0]), t.graph.const(slope, "slope")])
    t.set_nchw(operator.outputs[0], out)


def _unary(t: Translation, operator: Operator, write: Callable[[str], str]) -> None:
    """Apply an elementwise function in the layout that the tensor already has."""
    index = operator.inputs[0]
    if t.is_nchw(index):
        t.set_nchw(operator.outputs[0], write(t.nchw(index)))
    else:
        t.set_stored(operator.outputs[0], write(t.stored(index)))


@_converts(*_UNARY)
def _elementwise(t: Translation, operator: Operator) -> None:
    _unary(t, operator, lambda x: t.graph.add(_UNARY[operator.kind], [x]))


@_converts("DEQUANTIZE")
def _widen(t: Translation, operator: Operator) -> None:
    _unary(t, operator, lambda x: x)


@_converts("RSQRT")
def _rsqrt(t: Translation, operator: Operator) -> None:
    _unary(t, operator, lambda x: t.graph.add("Reciprocal", [t.graph.add("Sqrt", [x])]))


@_converts("RELU6")
def _relu6(t: Translation, operator: Operator) -> None:
    low, high = t.graph.const(np.float32(0)), t.graph.const(np.float32(6))
    _unary(t, operator, lambda x: t.graph.add("Clip", [x, low, high]))


def _operands(t: Translation, operator: Operator) -> tuple[list[str], bool]:
    """The operands of a broadcasting operator in one layout, and whether that is NCHW."""
    nchw = t.rank(operator.outputs[0]) == 4 and any(t.is_nchw(i) for i in operator.inputs)
    if not nchw:
        return [t.stored(i) for i in operator.inputs], False
    names = []
    for index in operator.inputs:
        data = t.constant(index)
        if data is not None and data.ndim:
            data = data.reshape((1,) * (4 - data.ndim) + data.shape).transpose(0, 3, 1, 2)
            names.append(t.graph.const(data))
        elif t.rank(index) in (0, 4):
            names.append(t.nchw(index) if t.rank(index) else t.stored(index))
        else:
            raise ModelError(f"{operator.kind} of ranks 4 and {t.rank(index)} has no conversion to ONNX")
    return names, True


def _set(t: Translation, operator: Operator, name: str, nchw: bool) -> None:
    (t.set_nchw if nchw else t.set_stored)(operator.outputs[0], name)


@_converts(*_BINARY)
def _broadcast(t: Translation, operator: Operator) -> None:
    names, nchw = _operands(t, operator)
    _set(t, operator, _activate(t, t.graph.add(_BINARY[operator.kind], names), operator), nchw)


@_converts("SQUARED_DIFFERENCE")
def _squared_difference(t: Translation, operator: Operator) -> None:
    names, nchw = _operands(t, operator)
    difference = t.graph.add("Sub", names)
    _set(t, operator, t.graph.add("Mul", [difference, difference]), nchw)


@_converts("PAD", "PADV2")
def _pad(t: Translation, operator: Operator) -> None:
    widths = t.source.constant(operator.inputs[1]).astype(np.int64)
    value = t.source.constant(operator.inputs[2]).item() if len(operator.inputs) > 2 else 0.0
    nchw = len(widths) == 4
    if nchw:
        widths = widths[[0, 3, 1, 2]]
    data = t.nchw(operator.inputs[0]) if nchw else t.stored(operator.inputs[0])
    amounts = t.graph.const(np.concatenate([widths[:, 0], widths[:, 1]]))
    _set(t, operator, t.graph.add("Pad", [data, amounts, t.graph.const(np.float32(value))]), nchw)


@_converts("RESHAPE", "SQUEEZE", "EXPAND_DIMS")
def _reshape(t: Translation, operator: Operator) -> None:
    target = t.graph.const(t.batched(operator))
    t.set_stored(operator.outputs[0], t.graph.add("Reshape", [t.stored(operator.inputs[0]), target]))


@_converts("TRANSPOSE")
def _transpose(t: Translation, operator: Operator) -> None:
    order = [int(axis) for axis in t.source.constant(operator.inputs[1])]
    t.set_stored(operator.outputs[0], t.graph.add("Transpose", [t.stored(operator.inputs[0])], perm=order))


@_converts("CONCATENATION")
def _concat(t: Translation, operator: Operator) -> None:
    rank = t.rank(operator.outputs[0])
    axis = operator.options["Axis"] % rank
    if any(t.constant(i) is not None for i in operator.inputs):
        raise ModelError("CONCATENATION with a constant has no conversion with a free batch axis")
    nchw = rank == 4 and all(t.is_nchw(i) for i in operator.inputs)
    names = [t.nchw(i) if nchw else t.stored(i) for i in operator.inputs]
    out = t.graph.add("Concat", names, axis=_NCHW_AXIS[axis] if nchw else axis)
    _set(t, operator, _activate(t, out, operator), nchw)


@_converts("STRIDED_SLICE")
def _strided_slice(t: Translation, operator: Operator) -> None:
    options = operator.options
    if options["EllipsisMask"] or options["NewAxisMask"]:
        raise ModelError("STRIDED_SLICE with an ellipsis or a new axis has no conversion to ONNX")
    begin, end, step = (t.source.constant(i).astype(int) for i in operator.inputs[1:4])
    shape = t.shape(operator.inputs[0])
    cuts: list[tuple[int, int, int, int]] = []
    for axis, size in enumerate(shape):
        first = 0 if options["BeginMask"] >> axis & 1 else int(begin[axis])
        last = np.iinfo(np.int32).max if options["EndMask"] >> axis & 1 else int(end[axis])
        if options["ShrinkAxisMask"] >> axis & 1:
            last = first + 1 if first != -1 else np.iinfo(np.int32).max
        whole = first == 0 and last >= size and step[axis] == 1
        if not whole:
            cuts.append((first, last, axis, int(step[axis])))
    out = t.stored(operator.inputs[0])
    if cuts:
        out = t.graph.add("Slice", [out, *(t.graph.const(list(column)) for column in zip(*cuts, strict=True))])
    if options["ShrinkAxisMask"]:
        out = t.graph.add("Reshape", [out, t.graph.const(t.batched(operator))])
    t.set_stored(operator.outputs[0], out)


@_converts("MEAN", "SUM")
def _reduce(t: Translation, operator: Operator) -> None:
    index = operator.inputs[0]
    rank = t.rank(index)
    axes = sorted(int(axis) % rank for axis in np.atleast_1d(t.source.constant(operator.inputs[1])))
    keep = int(operator.options["KeepDims"])
    nchw = t.is_nchw(index) and (bool(keep) or axes == [1, 2])
    data = t.nchw(index) if nchw else t.stored(index)
    where = sorted(_NCHW_AXIS[axis] for axis in axes) if nchw else axes
    if operator.kind == "SUM":
        out = t.graph.add("ReduceSum", [data, t.graph.const(where)], keepdims=keep)
    else:
        out = t.graph.add("ReduceMean", [data], axes=where, keepdims=keep)
    _set(t, operator, out, nchw and bool(keep))


@_converts("SOFTMAX")
def _softmax(t: Translation, operator: Operator) -> None:
    t.set_stored(operator.outputs[0], t.graph.add("Softmax", [t.stored(operator.inputs[0])], axis=-1))


@_converts("FULLY_CONNECTED")
def _fully_connected(t: Translation, operator: Operator) -> None:
    weights = t.source.constant(operator.inputs[1])
    bias = t.constant(operator.inputs[2]) if len(operator.inputs) > 2 else None
    data = t.stored(operator.inputs[0])
    if t.rank(operator.inputs[0]) != 2:
        data = t.graph.add("Reshape", [data, t.graph.const([-1, weights.shape[1]])])
    bias = np.zeros(weights.shape[0], np.float32) if bias is None else bias
    out = t.graph.add("Gemm", [data, t.graph.const(weights, "weights"), t.graph.const(bias, "bias")], transB=1)
    out = _activate(t, out, operator)
    if t.rank(operator.outputs[0]) != 2:
        out = t.graph.add("Reshape", [out, t.graph.const(t.batched(operator))])
    t.set_stored(operator.outputs[0], out)


def _resize(t: Translation, operator: Operator, **attrs: Any) -> None:
    options = operator.options
    _, height, width, _ = t.shape(operator.inputs[0])
    _, out_height, out_width, _ = t.shape(operator.outputs[0])
    where = "half_pixel" if options["HalfPixelCenters"] else "asymmetric"
    scales: Array = np.array([1, 1, out_height / height, out_width / width], np.float32)
    out = t.graph.add(
        "Resize",
        [t.nchw(operator.inputs[0]), "", t.graph.const(scales)],
        coordinate_transformation_mode="align_corners" if options["AlignCorners"] else where,
        **attrs,
    )
    t.set_nchw(operator.outputs[0], out)


@_converts("RESIZE_BILINEAR")
def _resize_bilinear(t: Translation, operator: Operator) -> None:
    _resize(t, operator, mode="linear")


@_converts("RESIZE_NEAREST_NEIGHBOR")
def _resize_nearest(t: Translation, operator: Operator) -> None:
    _resize(t, operator, mode="nearest", nearest_mode="floor")


@_converts("DEPTH_TO_SPACE")
def _depth_to_space(t: Translation, operator: Operator) -> None:
    out = t.graph.add(
        "DepthToSpace",
        [t.nchw(operator.inputs[0])],
        blocksize=operator.options["BlockSize"],
        mode="DCR",
    )
    t.set_nchw(operator.outputs[0], out)
