"""Read a TFLite flatbuffer into a Source, with every stored constant unpacked to float32."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from mien_models.convert.source import Array, Operator, Source, Tensor
from mien_models.errors import ModelError

_DTYPES: dict[int, type[np.generic]] = {
    0: np.float32, 1: np.float16, 2: np.int32, 3: np.uint8, 4: np.int64,
    6: np.bool_, 7: np.int16, 9: np.int8,
}  # fmt: skip
_UNPACKING = ("DEQUANTIZE", "DENSIFY")
_CONV = ("StrideH", "StrideW", "Padding", "DilationHFactor", "DilationWFactor", "FusedActivationFunction")
_POOL = ("FilterHeight", "FilterWidth", "StrideH", "StrideW", "Padding", "FusedActivationFunction")
_RESIZE = ("AlignCorners", "HalfPixelCenters")
_OPTIONS: dict[str, tuple[str, tuple[str, ...]]] = {
    "CONV_2D": ("Conv2DOptions", _CONV),
    "DEPTHWISE_CONV_2D": ("DepthwiseConv2DOptions", _CONV),
    "MAX_POOL_2D": ("Pool2DOptions", _POOL),
    "AVERAGE_POOL_2D": ("Pool2DOptions", _POOL),
    "ADD": ("AddOptions", ("FusedActivationFunction",)),
    "SUB": ("SubOptions", ("FusedActivationFunction",)),
    "MUL": ("MulOptions", ("FusedActivationFunction",)),
    "DIV": ("DivOptions", ("FusedActivationFunction",)),
    "CONCATENATION": ("ConcatenationOptions", ("Axis", "FusedActivationFunction")),
    "FULLY_CONNECTED": ("FullyConnectedOptions", ("FusedActivationFunction",)),
    "MEAN": ("ReducerOptions", ("KeepDims",)),
    "SUM": ("ReducerOptions", ("KeepDims",)),
    "STRIDED_SLICE": (
        "StridedSliceOptions",
        ("BeginMask", "EndMask", "EllipsisMask", "NewAxisMask", "ShrinkAxisMask"),
    ),
    "RESIZE_BILINEAR": ("ResizeBilinearOptions", _RESIZE),
    "RESIZE_NEAREST_NEIGHBOR": ("ResizeNearestNeighborOptions", _RESIZE),
    "DEPTH_TO_SPACE": ("DepthToSpaceOptions", ("BlockSize",)),
}


def read_tflite(data: bytes) -> Source:
    """Parse a TFLite file with one subgraph.

    fp16, int8 and sparse constants become dense float32, and the operators that would have
    unpacked them disappear. Raises ModelError when the bytes are not such a file.
    """
    import tflite

    if data[4:8] != b"TFL3":
        raise ModelError("not a TFLite file: its identifier is missing")
    model = tflite.Model.GetRootAsModel(data, 0)
    if model.SubgraphsLength() != 1:
        raise ModelError(f"a TFLite file with {model.SubgraphsLength()} subgraphs is not supported")
    graph = model.Subgraphs(0)
    tensors = [_tensor(model, graph.Tensors(i)) for i in range(graph.TensorsLength())]
    operators: list[Operator] = []
    for operator in _operators(model, graph):
        source = tensors[operator.inputs[0]]
        if operator.kind in _UNPACKING and source.data is not None:
            target = tensors[operator.outputs[0]]
            tensors[operator.outputs[0]] = Tensor(target.name, target.shape, target.dtype, source.data)
        else:
            operators.append(operator)
    return Source(
        tensors=tuple(tensors),
        operators=tuple(operators),
        inputs=tuple(int(i) for i in graph.InputsAsNumpy()),
        outputs=tuple(int(i) for i in graph.OutputsAsNumpy()),
    )


def _operators(model: Any, graph: Any) -> Iterator[Operator]:
    import tflite

    names = {value: name for name, value in vars(tflite.BuiltinOperator).items() if isinstance(value, int)}
    for i in range(graph.OperatorsLength()):
        operator = graph.Operators(i)
        code = model.OperatorCodes(operator.OpcodeIndex())
        kind = names[max(code.BuiltinCode(), code.DeprecatedBuiltinCode())]
        if kind == "CUSTOM":
            kind = code.CustomCode().decode()
        yield Operator(
            kind=kind,
            inputs=tuple(int(j) for j in operator.InputsAsNumpy()),
            outputs=tuple(int(j) for j in operator.OutputsAsNumpy()),
            options=_options(operator, kind),
        )


def _options(operator: Any, kind: str) -> dict[str, Any]:
    """The options of an operator under their TFLite names; empty for kinds without any."""
    import tflite

    table = operator.BuiltinOptions()
    if kind not in _OPTIONS or table is None:
        return {}
    class_name, fields = _OPTIONS[kind]
    options = getattr(tflite, class_name)()
    options.Init(table.Bytes, table.Pos)
    return {field: getattr(options, field)() for field in fields}


def _tensor(model: Any, tensor: Any) -> Tensor:
    shape = tuple(int(n) for n in tensor.ShapeAsNumpy()) if tensor.ShapeLength() else ()
    if tensor.Type() not in _DTYPES:
        raise ModelError(f"TFLite tensor type {tensor.Type()} is not supported")
    dtype = np.dtype(_DTYPES[tensor.Type()])
    name = tensor.Name().decode()
    buffer = model.Buffers(tensor.Buffer())
    if buffer.DataLength() == 0:
        return Tensor(name, shape, dtype)
    data: Array = np.frombuffer(buffer.DataAsNumpy().tobytes(), dtype)
    sparsity = tensor.Sparsity()
    data = data.reshape(shape) if sparsity is None else _densify(sparsity, shape, data)
    return Tensor(name, shape, dtype, _as_float(data, tensor.Quantization()))


def _as_float(data: Array, quantization: Any) -> Array:
    """Undo integer quantisation (one scale, or one per slice of an axis) and widen halves."""
    if data.dtype == np.float16:
        return data.astype(np.float32)
    if data.dtype not in (np.int8, np.uint8) or quantization is None or not quantization.ScaleLength():
        return data
    scale = quantization.ScaleAsNumpy().astype(np.float32)
    zero = quantization.ZeroPointAsNumpy() if quantization.ZeroPointLength() else np.zeros(1)
    if scale.size > 1:
        along = [1] * data.ndim
        along[quantization.QuantizedDimension()] = -1
        scale = scale.reshape(along)
        zero = np.broadcast_to(zero, scale.size).reshape(along)
    return np.asarray((data.astype(np.float32) - zero) * scale, np.float32)


def _densify(sparsity: Any, shape: tuple[int, ...], values: Array) -> Array:
    """Expand TFLite's sparse storage: levels in traversal order, each dense or compressed.

    Levels numbered `len(shape)` and up walk inside a block; the block map says which axis
    each of them splits.
    """
    order = [int(axis) for axis in sparsity.TraversalOrderAsNumpy()]
    block_axes = [int(axis) for axis in sparsity.BlockMapAsNumpy()] if sparsity.BlockMapLength() else []
    levels = [_level(sparsity.DimMetadata(i)) for i in range(sparsity.DimMetadataLength())]
    stride = [1] * len(shape)
    for axis, (size, _, _) in zip(order, levels, strict=True):
        if axis >= len(shape):
            stride[block_axes[axis - len(shape)]] = size

    out = np.zeros(shape, values.dtype)
    coordinates = np.zeros((1, len(shape)), np.int64)
    for axis, (size, segments, indices) in zip(order, levels, strict=True):
        if indices is None:
            counts = np.full(len(coordinates), size)
            steps = np.tile(np.arange(size), len(coordinates))
        else:
            counts, steps = np.diff(segments), indices
        coordinates = np.repeat(coordinates, counts, axis=0)
        if axis < len(shape):
            coordinates[:, axis] += steps * stride[axis]
        else:
            coordinates[:, block_axes[axis - len(shape)]] += steps
    out[tuple(coordinates.T)] = values
    return out


def _level(metadata: Any) -> tuple[int, Array, Array | None]:
    """One storage level: (size, -, None) when dense, (0, segments, indices) when compressed."""
    if metadata.Format() == 0:
        return metadata.DenseSize(), np.zeros(0, np.int64), None
    segments = _index_vector(metadata.ArraySegmentsType(), metadata.ArraySegments())
    return 0, segments, _index_vector(metadata.ArrayIndicesType(), metadata.ArrayIndices())


def _index_vector(kind: int, table: Any) -> Array:
    import tflite

    vector = (tflite.Int32Vector, tflite.Uint16Vector, tflite.Uint8Vector)[kind - 1]()
    vector.Init(table.Bytes, table.Pos)
    return np.asarray(vector.ValuesAsNumpy(), np.int64)
