"""Each converted operator against plain numpy, in TensorFlow's layout."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from mien_models.convert.recipe import OutputRecipe
from mien_models.convert.source import Source
from mien_models.convert.tensorflow import translate
from mien_models.errors import ModelError

from .tiny import Array, run, source

RNG = np.random.default_rng(7)
SAME, VALID = 0, 1


def numbers(*shape: int) -> Array:
    return RNG.normal(size=shape).astype(np.float32)


def converted(net: Source, x: Array) -> Array:
    """Run a one-operator network on an NHWC batch; the output comes back as stored."""
    shape = net.tensors[-1].shape[1:]
    graph = translate(net, [OutputRecipe(name="out", tensor="y", shape=shape)])
    return run(graph, x=x.transpose(0, 3, 1, 2) if x.ndim == 4 else x)["out"]


def border(size: int, kernel: int, stride: int, dilation: int, padding: int) -> tuple[int, int]:
    if padding == VALID:
        return 0, 0
    total = max((-(-size // stride) - 1) * stride + (kernel - 1) * dilation + 1 - size, 0)
    return total // 2, total - total // 2


def windows(x: Array, size: tuple[int, int], stride: int, dilation: int, padding: int, fill: float) -> Array:
    """All windows of an NHWC batch: (N, rows, columns, kh, kw, C)."""
    (kh, kw), (_, height, width, _) = size, x.shape
    pads = [border(n, k, stride, dilation, padding) for n, k in ((height, kh), (width, kw))]
    x = np.pad(x, [(0, 0), *pads, (0, 0)], constant_values=fill)
    rows = range(0, x.shape[1] - (kh - 1) * dilation, stride)
    columns = range(0, x.shape[2] - (kw - 1) * dilation, stride)
    cut = [
        [x[:, r : r + kh * dilation : dilation, c : c + kw * dilation : dilation][:, :kh, :kw] for c in columns]
        for r in rows
    ]
    return np.array(cut).transpose(2, 0, 1, 3, 4, 5)


@pytest.mark.parametrize("padding", [SAME, VALID])
@pytest.mark.parametrize(("stride", "dilation"), [(1, 1), (2, 1), (1, 2)])
@pytest.mark.parametrize("kernel", [(1, 1), (3, 3), (2, 5)])
@pytest.mark.parametrize("kind", ["CONV_2D", "DEPTHWISE_CONV_2D"])
def test_convolution(kind: str, kernel: tuple[int, int], stride: int, dilation: int, padding: int) -> None:
    x, bias = numbers(2, 11, 10, 4), numbers(6 if kind == "CONV_2D" else 4)
    cut = windows(x, kernel, stride, dilation, padding, 0.0)
    if kind == "CONV_2D":
        weights = numbers(6, *kernel, 4)
        expected = np.einsum("nrchwi,ohwi->nrco", cut, weights) + bias
    else:
        weights = numbers(1, *kernel, 4)
        expected = np.einsum("nrchwi,hwi->nrci", cut, weights[0]) + bias
    net = source(
        kind, (1, 11, 10, 4), (1, *expected.shape[1:]), [weights, bias],
        StrideH=stride, StrideW=stride, DilationHFactor=dilation, DilationWFactor=dilation, Padding=padding,
    )  # fmt: skip
    np.testing.assert_allclose(converted(net, x), expected, atol=1e-5)


def test_convolution_may_lack_its_bias() -> None:
    x, weights = numbers(1, 4, 4, 3), numbers(5, 1, 1, 3)
    net = source(
        "CONV_2D", (1, 4, 4, 3), (1, 4, 4, 5), [weights, None],
        StrideH=1, StrideW=1, DilationHFactor=1, DilationWFactor=1, Padding=SAME, FusedActivationFunction=1,
    )  # fmt: skip
    expected = np.maximum(np.einsum("nrci,oi->nrco", x, weights[:, 0, 0]), 0)
    np.testing.assert_allclose(converted(net, x), expected, atol=1e-5)


@pytest.mark.parametrize("padding", [SAME, VALID])
@pytest.mark.parametrize(("kind", "fill"), [("MAX_POOL_2D", -np.inf), ("AVERAGE_POOL_2D", np.nan)])
def test_pooling(kind: str, fill: float, padding: int) -> None:
    x = numbers(2, 7, 6, 3)
    cut = windows(x, (2, 2), 2, 1, padding, fill)
    expected = cut.max(axis=(3, 4)) if kind == "MAX_POOL_2D" else np.nanmean(cut, axis=(3, 4))
    options = {"FilterHeight": 2, "FilterWidth": 2, "StrideH": 2, "StrideW": 2, "Padding": padding}
    net = source(kind, (1, 7, 6, 3), (1, *expected.shape[1:]), **options)
    np.testing.assert_allclose(converted(net, x), expected, atol=1e-6)


@pytest.mark.parametrize("shape", [(3,), (1, 1, 3), (4, 5, 3)])
def test_prelu(shape: tuple[int, ...]) -> None:
    x, slope = numbers(2, 4, 5, 3), numbers(*shape)
    net = source("PRELU", (1, 4, 5, 3), (1, 4, 5, 3), [slope])
    np.testing.assert_allclose(converted(net, x), np.where(x > 0, x, slope * x), atol=1e-6)


def test_prelu_of_a_vector() -> None:
    x, slope = numbers(2, 3), numbers(3)
    net = source("PRELU", (1, 3), (1, 3), [slope])
    np.testing.assert_allclose(converted(net, x), np.where(x > 0, x, slope * x), atol=1e-6)


UNARY = {
    "ABS": np.abs,
    "EXP": np.exp,
    "HARD_SWISH": lambda x: x * np.clip(x + 3, 0, 6) / 6,
    "LOGISTIC": lambda x: 1 / (1 + np.exp(-x)),
    "NEG": np.negative,
    "RELU": lambda x: np.maximum(x, 0),
    "RELU6": lambda x: np.clip(x, 0, 6),
    "TANH": np.tanh,
}


@pytest.mark.parametrize("kind", UNARY)
@pytest.mark.parametrize("shape", [(2, 3, 4, 5), (2, 6)])
def test_elementwise(kind: str, shape: tuple[int, ...]) -> None:
    x = 4 * numbers(*shape)
    net = source(kind, (1, *shape[1:]), (1, *shape[1:]))
    np.testing.assert_allclose(converted(net, x), UNARY[kind](x), atol=1e-5, rtol=1e-5)


@pytest.mark.parametrize(("kind", "function"), [("SQRT", np.sqrt), ("RSQRT", lambda x: 1 / np.sqrt(x))])
def test_roots(kind: str, function: Any) -> None:
    x = np.abs(numbers(2, 6)) + 0.1
    np.testing.assert_allclose(converted(source(kind, (1, 6), (1, 6)), x), function(x), rtol=1e-5)


BINARY = {
    "ADD": np.add,
    "SUB": np.subtract,
    "MUL": np.multiply,
    "DIV": np.divide,
    "MAXIMUM": np.maximum,
    "MINIMUM": np.minimum,
    "SQUARED_DIFFERENCE": lambda a, b: (a - b) ** 2,
}


@pytest.mark.parametrize("kind", BINARY)
@pytest.mark.parametrize("other", [(), (5,), (4, 5), (1, 3, 4, 5)])
def test_broadcasting(kind: str, other: tuple[int, ...]) -> None:
    x, constant = numbers(2, 3, 4, 5), np.asarray(numbers(*other) + 3, np.float32)
    net = source(kind, (1, 3, 4, 5), (1, 3, 4, 5), [constant])
    np.testing.assert_allclose(converted(net, x), BINARY[kind](x, constant), atol=1e-4, rtol=1e-4)


@pytest.mark.parametrize(
    ("code", "function"),
    [(1, lambda x: np.maximum(x, 0)), (2, lambda x: np.clip(x, -1, 1)), (3, lambda x: np.clip(x, 0, 6)), (4, np.tanh)],
)
def test_fused_activations(code: int, function: Any) -> None:
    x, constant = 4 * numbers(2, 6), numbers(6)
    net = source("ADD", (1, 6), (1, 6), [constant], FusedActivationFunction=code)
    np.testing.assert_allclose(converted(net, x), function(x + constant), atol=1e-5)


def test_pad() -> None:
    x = numbers(2, 3, 4, 5)
    widths = np.array([[0, 0], [1, 2], [0, 1], [0, 3]], np.int32)
    net = source("PAD", (1, 3, 4, 5), (1, 6, 5, 8), [widths])
    np.testing.assert_array_equal(converted(net, x), np.pad(x, widths.tolist()))


def test_pad_with_a_value() -> None:
    x, widths = numbers(2, 3), np.array([[0, 0], [2, 1]], np.int32)
    net = source("PADV2", (1, 3), (1, 6), [widths, np.float32(0.5).reshape(())])
    np.testing.assert_array_equal(converted(net, x), np.pad(x, widths.tolist(), constant_values=0.5))


def test_reshape_keeps_the_batch() -> None:
    x = numbers(3, 4, 5, 6)
    net = source("RESHAPE", (1, 4, 5, 6), (1, 20, 6), [np.array([1, 20, 6], np.int32)])
    np.testing.assert_array_equal(converted(net, x), x.reshape(3, 20, 6))


def test_transpose() -> None:
    x = numbers(2, 3, 4)
    net = source("TRANSPOSE", (1, 3, 4), (1, 4, 3), [np.array([0, 2, 1], np.int32)])
    np.testing.assert_array_equal(converted(net, x), x.transpose(0, 2, 1))


@pytest.mark.parametrize("axis", [1, 2, -1])
def test_concatenation_of_a_tensor_with_itself(axis: int) -> None:
    x = numbers(2, 3, 4, 5)
    expected = np.concatenate([x, x], axis)
    net = source("CONCATENATION", (1, 3, 4, 5), (1, *expected.shape[1:]), Axis=axis)
    (operator,) = net.operators
    doubled = type(operator)(operator.kind, (0, 0), operator.outputs, operator.options)
    net = Source(net.tensors, (doubled,), net.inputs, net.outputs)
    np.testing.assert_array_equal(converted(net, x), expected)


SLICES = [
    # begin, end, step, begin mask, end mask, shrink mask, the same in numpy
    ([0, 1, 0], [1, 4, 3], [1, 1, 2], 0, 0, 0, np.s_[:, 1:4, 0:3:2]),
    ([0, 1, 0], [0, 0, 0], [1, 1, 1], 0b001, 0b111, 0, np.s_[:, 1:, :]),
    ([0, 2, 0], [1, 3, 4], [1, 1, 1], 0b001, 0b001, 0b010, np.s_[:, 2, :]),
    ([0, -1, 0], [1, 0, 4], [1, 1, 1], 0b001, 0b001, 0b010, np.s_[:, -1, :]),
]


@pytest.mark.parametrize(("begin", "end", "step", "from_start", "to_end", "shrink", "where"), SLICES)
def test_strided_slice(
    begin: list[int], end: list[int], step: list[int], from_start: int, to_end: int, shrink: int, where: Any
) -> None:
    x = numbers(2, 5, 4)
    expected = x[where]
    constants = [np.array(values, np.int32) for values in (begin, end, step)]
    masks = {"BeginMask": from_start, "EndMask": to_end, "ShrinkAxisMask": shrink}
    net = source(
        "STRIDED_SLICE", (1, 5, 4), (1, *expected.shape[1:]), constants, EllipsisMask=0, NewAxisMask=0, **masks
    )
    np.testing.assert_array_equal(converted(net, x), expected)


@pytest.mark.parametrize("keep", [True, False])
@pytest.mark.parametrize("axes", [[1, 2], [3], [1, 2, 3]])
@pytest.mark.parametrize(("kind", "function"), [("MEAN", np.mean), ("SUM", np.sum)])
def test_reduction(kind: str, function: Any, axes: list[int], keep: bool) -> None:
    x = numbers(2, 3, 4, 5)
    expected = function(x, axis=tuple(axes), keepdims=keep)
    net = source(kind, (1, 3, 4, 5), (1, *expected.shape[1:]), [np.array(axes, np.int32)], KeepDims=keep)
    np.testing.assert_allclose(converted(net, x), expected, atol=1e-5)


def test_softmax() -> None:
    x = numbers(2, 6)
    expected = np.exp(x) / np.exp(x).sum(axis=1, keepdims=True)
    np.testing.assert_allclose(converted(source("SOFTMAX", (1, 6), (1, 6)), x), expected, atol=1e-6)


@pytest.mark.parametrize("bias", [None, numbers(4)])
def test_fully_connected(bias: Array | None) -> None:
    x, weights = numbers(2, 6), numbers(4, 6)
    net = source("FULLY_CONNECTED", (1, 6), (1, 4), [weights, bias])
    expected = x @ weights.T + (0 if bias is None else bias)
    np.testing.assert_allclose(converted(net, x), expected, atol=1e-5)


def test_nearest_resize_repeats_pixels() -> None:
    x = numbers(2, 3, 4, 2)
    net = source("RESIZE_NEAREST_NEIGHBOR", (1, 3, 4, 2), (1, 6, 8, 2), AlignCorners=False, HalfPixelCenters=False)
    np.testing.assert_array_equal(converted(net, x), x.repeat(2, axis=1).repeat(2, axis=2))


def test_bilinear_resize_hits_the_middles() -> None:
    x = numbers(2, 2, 2, 1)
    net = source("RESIZE_BILINEAR", (1, 2, 2, 1), (1, 4, 4, 1), AlignCorners=False, HalfPixelCenters=True)
    at = np.clip((np.arange(4) + 0.5) / 2 - 0.5, 0, 1)
    rows = x[:, :1] * (1 - at)[None, :, None, None] + x[:, 1:] * at[None, :, None, None]
    expected = rows[:, :, :1] * (1 - at)[None, None, :, None] + rows[:, :, 1:] * at[None, None, :, None]
    np.testing.assert_allclose(converted(net, x), expected, atol=1e-6)


def test_depth_to_space() -> None:
    x = numbers(2, 3, 4, 8)
    expected = x.reshape(2, 3, 4, 2, 2, 2).transpose(0, 1, 3, 2, 4, 5).reshape(2, 6, 8, 2)
    net = source("DEPTH_TO_SPACE", (1, 3, 4, 8), (1, 6, 8, 2), BlockSize=2)
    np.testing.assert_array_equal(converted(net, x), expected)


def test_an_unknown_operator_is_named() -> None:
    with pytest.raises(ModelError, match="BATCH_MATMUL has no conversion"):
        converted(source("BATCH_MATMUL", (1, 3), (1, 3)), numbers(1, 3))


def test_an_unknown_output_is_named_with_those_there_are() -> None:
    with pytest.raises(ModelError, match="no output 'z', only y"):
        translate(source("RELU", (1, 3), (1, 3)), [OutputRecipe(name="z", tensor="z", shape=(3,))])
