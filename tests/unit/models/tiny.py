"""Hand-made networks and packages that the tests of mien_models share."""

from __future__ import annotations

import hashlib
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import flatbuffers
import numpy as np
import onnxruntime
import tflite
from numpy.typing import NDArray

from mien_models.convert.graph import Graph
from mien_models.convert.source import Operator, Source, Tensor

Array = NDArray[Any]


def run(graph: Graph, **inputs: Array) -> dict[str, Array]:
    """Run a graph in onnxruntime, all its outputs by name."""
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.log_severity_level = 3
    model = graph.to_onnx("test").SerializeToString()
    session = onnxruntime.InferenceSession(model, options, providers=["CPUExecutionProvider"])
    names = [value.name for value in session.get_outputs()]
    return dict(zip(names, session.run(names, inputs), strict=True))


def source(
    kind: str,
    x: Sequence[int],
    y: Sequence[int],
    constants: Sequence[Array | None] = (),
    **options: Any,
) -> Source:
    """One operator: tensor 0 `x` (1, ...) and constants (None: left out) to the last tensor `y`."""
    given = [array for array in constants if array is not None]
    tensors = [
        Tensor("x", tuple(x), np.dtype(np.float32)),
        *(Tensor(f"c{i}", array.shape, array.dtype, array) for i, array in enumerate(given)),
        Tensor("y", tuple(y), np.dtype(np.float32)),
    ]
    indices = iter(range(1, len(tensors)))
    inputs = (0, *(-1 if array is None else next(indices) for array in constants))
    operator = Operator(kind, inputs, (len(tensors) - 1,), {"FusedActivationFunction": 0, **options})
    return Source(tuple(tensors), (operator,), (0,), (len(tensors) - 1,))


def wheel(folder: Path, name: str, version: str, files: Mapping[str, bytes]) -> Path:
    """Write a file that looks like a wheel and holds these files."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{name}-{version}-py3-none-any.whl"
    with zipfile.ZipFile(path, "w") as archive:
        for member, data in files.items():
            archive.writestr(member, data)
    return path


def sha256(data: bytes) -> str:
    """The sha256 of some bytes in hex."""
    return hashlib.sha256(data).hexdigest()


class TfliteWriter:
    """Writes a TFLite file with one operator chain, tensor by tensor."""

    def __init__(self) -> None:
        self._builder = flatbuffers.Builder(1024)
        self._buffers: list[bytes] = [b""]
        self._tensors: list[int] = []
        self._operators: list[int] = []
        self._codes: list[int] = []

    def tensor(
        self,
        name: str,
        shape: Sequence[int],
        data: Array | None = None,
        *,
        dtype: int = tflite.TensorType.FLOAT32,
        scales: Sequence[float] = (),
        axis: int = 0,
        sparsity: int | None = None,
    ) -> int:
        """Add a tensor and return its index."""
        b = self._builder
        buffer = 0
        if data is not None:
            buffer = len(self._buffers)
            self._buffers.append(data.tobytes())
        label, sizes = b.CreateString(name), b.CreateNumpyVector(np.array(shape, np.int32))
        quantization = None
        if scales:
            values = b.CreateNumpyVector(np.array(scales, np.float32))
            tflite.QuantizationParametersStart(b)
            tflite.QuantizationParametersAddScale(b, values)
            tflite.QuantizationParametersAddQuantizedDimension(b, axis)
            quantization = tflite.QuantizationParametersEnd(b)
        tflite.TensorStart(b)
        tflite.TensorAddShape(b, sizes)
        tflite.TensorAddType(b, dtype)
        tflite.TensorAddBuffer(b, buffer)
        tflite.TensorAddName(b, label)
        if quantization is not None:
            tflite.TensorAddQuantization(b, quantization)
        if sparsity is not None:
            tflite.TensorAddSparsity(b, sparsity)
        self._tensors.append(tflite.TensorEnd(b))
        return len(self._tensors) - 1

    def csr(self, rows: int, segments: Sequence[int], indices: Sequence[int]) -> int:
        """Sparsity of a matrix: dense rows, compressed columns."""
        b = self._builder
        vectors = []
        for numbers in (segments, indices):
            values = b.CreateNumpyVector(np.array(numbers, np.uint8))
            tflite.Uint8VectorStart(b)
            tflite.Uint8VectorAddValues(b, values)
            vectors.append(tflite.Uint8VectorEnd(b))
        tflite.DimensionMetadataStart(b)
        tflite.DimensionMetadataAddFormat(b, 0)
        tflite.DimensionMetadataAddDenseSize(b, rows)
        dense = tflite.DimensionMetadataEnd(b)
        tflite.DimensionMetadataStart(b)
        tflite.DimensionMetadataAddFormat(b, 1)
        tflite.DimensionMetadataAddArraySegmentsType(b, 3)
        tflite.DimensionMetadataAddArraySegments(b, vectors[0])
        tflite.DimensionMetadataAddArrayIndicesType(b, 3)
        tflite.DimensionMetadataAddArrayIndices(b, vectors[1])
        compressed = tflite.DimensionMetadataEnd(b)
        order = b.CreateNumpyVector(np.array([0, 1], np.int32))
        levels = self._vector([dense, compressed], tflite.SparsityParametersStartDimMetadataVector)
        tflite.SparsityParametersStart(b)
        tflite.SparsityParametersAddTraversalOrder(b, order)
        tflite.SparsityParametersAddDimMetadata(b, levels)
        return int(tflite.SparsityParametersEnd(b))

    def operator(self, kind: int, inputs: Sequence[int], output: int) -> None:
        """Add an operator without options."""
        b = self._builder
        ins = b.CreateNumpyVector(np.array(inputs, np.int32))
        outs = b.CreateNumpyVector(np.array([output], np.int32))
        tflite.OperatorStart(b)
        tflite.OperatorAddOpcodeIndex(b, len(self._operators))
        tflite.OperatorAddInputs(b, ins)
        tflite.OperatorAddOutputs(b, outs)
        self._operators.append(tflite.OperatorEnd(b))
        tflite.OperatorCodeStart(b)
        tflite.OperatorCodeAddDeprecatedBuiltinCode(b, min(kind, 127))
        tflite.OperatorCodeAddBuiltinCode(b, kind)
        self._codes.append(tflite.OperatorCodeEnd(b))

    def finish(self, inputs: Sequence[int], outputs: Sequence[int]) -> bytes:
        """The file."""
        b = self._builder
        buffers = []
        for data in self._buffers:
            content = b.CreateByteVector(data) if data else None
            tflite.BufferStart(b)
            if content is not None:
                tflite.BufferAddData(b, content)
            buffers.append(tflite.BufferEnd(b))
        tensors = self._vector(self._tensors, tflite.SubGraphStartTensorsVector)
        operators = self._vector(self._operators, tflite.SubGraphStartOperatorsVector)
        ins, outs = (b.CreateNumpyVector(np.array(i, np.int32)) for i in (inputs, outputs))
        tflite.SubGraphStart(b)
        tflite.SubGraphAddTensors(b, tensors)
        tflite.SubGraphAddInputs(b, ins)
        tflite.SubGraphAddOutputs(b, outs)
        tflite.SubGraphAddOperators(b, operators)
        subgraphs = self._vector([tflite.SubGraphEnd(b)], tflite.ModelStartSubgraphsVector)
        codes = self._vector(self._codes, tflite.ModelStartOperatorCodesVector)
        stored = self._vector(buffers, tflite.ModelStartBuffersVector)
        tflite.ModelStart(b)
        tflite.ModelAddVersion(b, 3)
        tflite.ModelAddOperatorCodes(b, codes)
        tflite.ModelAddSubgraphs(b, subgraphs)
        tflite.ModelAddBuffers(b, stored)
        b.Finish(tflite.ModelEnd(b), b"TFL3")
        return bytes(b.Output())

    def _vector(self, items: Sequence[int], start: Any) -> int:
        start(self._builder, len(items))
        for item in reversed(items):
            self._builder.PrependUOffsetTRelative(item)
        return int(self._builder.EndVector())


def tiny_network() -> bytes:
    """A TFLite file: relu of a vector of 3, called y."""
    writer = TfliteWriter()
    x, y = writer.tensor("x", [1, 3]), writer.tensor("y", [1, 3])
    writer.operator(tflite.BuiltinOperator.RELU, [x], y)
    return writer.finish([x], [y])


NETWORK, FACE = tiny_network(), b"a face"

# A registry of one network, y = relu(x) for x of (N, 3), and one photograph.
TEXT = f"""
[bundles.b]
sources = [
  {{ package = "pypi:first==1.0", folder = "data" }},
  {{ package = "pypi:second==1.0", folder = "data" }},
]
[networks.net]
title = "t"
task = "t"
licence = "MIT"
card = "c"
bundle = "b"
files = {{ "net.tflite" = "{sha256(NETWORK)}" }}
convert = {{ kind = "tflite" }}
[networks.net.inputs]
x = {{ shape = [3], dtype = "float32", meaning = "m" }}
[networks.net.outputs]
y = {{ shape = [3], tensor = "y", meaning = "m" }}
[data.face]
title = "t"
bundle = "b"
file = "face.jpg"
sha256 = "{sha256(FACE)}"
"""
