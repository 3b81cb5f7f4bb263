"""The readers of the formats that networks come in, on hand-made files."""

from __future__ import annotations

import base64
import io
import json
import struct
from typing import Any

import numpy as np
import pytest
import tflite

from mien_models.convert.face_geometry import face_geometry_npz
from mien_models.convert.recipe import OutputRecipe
from mien_models.convert.tensorflow import translate
from mien_models.convert.tfjs_file import read_tfjs
from mien_models.convert.tflite_file import read_tflite
from mien_models.errors import ModelError

from .tiny import Array, TfliteWriter, run, tiny_network


def test_tflite_tensors_and_operators() -> None:
    net = read_tflite(tiny_network())
    assert [(t.name, t.shape, t.data) for t in net.tensors] == [("x", (1, 3), None), ("y", (1, 3), None)]
    assert [(op.kind, op.inputs, op.outputs) for op in net.operators] == [("RELU", (0,), (1,))]
    assert (net.inputs, net.outputs) == ((0,), (1,))


def with_constant(writer: TfliteWriter, stored: int, shape: tuple[int, ...], unpack: int | None) -> Array:
    """The constant that reaches an ADD after the unpacking operator, if any."""
    x, y = writer.tensor("x", [1, *shape]), writer.tensor("y", [1, *shape])
    operand = stored
    if unpack is not None:
        operand = writer.tensor("unpacked", shape)
        writer.operator(unpack, [stored], operand)
    writer.operator(tflite.BuiltinOperator.RELU, [x], y)
    net = read_tflite(writer.finish([x], [y]))
    assert [op.kind for op in net.operators] == ["RELU"]
    return net.constant(operand)


def test_halves_are_widened() -> None:
    writer, data = TfliteWriter(), np.array([1.5, -0.25], np.float16)
    stored = writer.tensor("half", [2], data, dtype=tflite.TensorType.FLOAT16)
    found = with_constant(writer, stored, (2,), tflite.BuiltinOperator.DEQUANTIZE)
    assert found.dtype == np.float32
    np.testing.assert_array_equal(found, [1.5, -0.25])


def test_bytes_are_scaled_per_channel() -> None:
    writer, data = TfliteWriter(), np.array([[1, 2], [3, -4]], np.int8)
    stored = writer.tensor("int8", [2, 2], data, dtype=tflite.TensorType.INT8, scales=[0.5, 10], axis=1)
    found = with_constant(writer, stored, (2, 2), tflite.BuiltinOperator.DEQUANTIZE)
    np.testing.assert_array_equal(found, [[0.5, 20], [1.5, -40]])


def test_sparse_constants_become_dense() -> None:
    writer = TfliteWriter()
    sparsity = writer.csr(3, segments=[0, 2, 2, 3], indices=[0, 3, 1])
    stored = writer.tensor("sparse", [3, 4], np.array([5, 6, 7], np.float32), sparsity=sparsity)
    found = with_constant(writer, stored, (3, 4), tflite.BuiltinOperator.DENSIFY)
    np.testing.assert_array_equal(found, [[5, 0, 0, 6], [0, 0, 0, 0], [0, 7, 0, 0]])


def test_something_else_is_no_tflite_file() -> None:
    with pytest.raises(ModelError, match="not a TFLite file"):
        read_tflite(b"something else entirely")


def test_a_computed_tensor_is_no_constant() -> None:
    with pytest.raises(ValueError, match="'x' is not a constant"):
        read_tflite(tiny_network()).constant(0)


def text(value: str) -> dict[str, str]:
    return {"s": base64.b64encode(value.encode()).decode()}


def integers(*values: int) -> dict[str, Any]:
    return {"list": {"i": [str(value) for value in values]}}


def test_a_tensorflow_js_classifier() -> None:
    rng = np.random.default_rng(3)
    kernel, bias, depth = (rng.normal(size=s).astype(np.float32) for s in ((3, 3, 1, 4), (4,), (3, 3, 4, 1)))
    axes = np.array([1, 2], np.int32)
    constants = {"kernel": kernel, "bias": bias, "depth": depth, "axes": axes}
    window = {"dilations": integers(1, 1, 1, 1)}
    sizes = [{"size": size} for size in ("-1", "8", "8", "1")]
    nodes: list[dict[str, Any]] = [
        {"name": "image", "op": "Placeholder", "attr": {"shape": {"shape": {"dim": sizes}}}},
        *({"name": name, "op": "Const"} for name in constants),
        {
            "name": "conv", "op": "_FusedConv2D", "input": ["image", "kernel", "bias"],
            "attr": {
                **window, "strides": integers(1, 2, 2, 1), "padding": text("VALID"),
                "fused_ops": {"list": {"s": [text("BiasAdd")["s"], text("Relu")["s"]]}},
            },
        },
        {
            "name": "depthwise", "op": "DepthwiseConv2dNative", "input": ["conv", "depth"],
            "attr": {**window, "strides": integers(1, 1, 1, 1), "padding": text("SAME")},
        },
        {
            "name": "pool", "op": "MaxPool", "input": ["depthwise"],
            "attr": {"ksize": integers(1, 3, 3, 1), "strides": integers(1, 2, 2, 1), "padding": text("SAME")},
        },
        {"name": "mean", "op": "Mean", "input": ["pool", "axes"], "attr": {"keep_dims": {"b": False}}},
        {"name": "softmax", "op": "Softmax", "input": ["mean"]},
        {"name": "Identity", "op": "Identity", "input": ["softmax"]},
    ]  # fmt: skip
    manifest = [{"name": n, "shape": list(a.shape), "dtype": str(a.dtype)} for n, a in constants.items()]
    document = {"modelTopology": {"node": nodes}, "weightsManifest": [{"weights": manifest}]}
    net = read_tfjs(json.dumps(document).encode(), b"".join(array.tobytes() for array in constants.values()))
    assert [net.tensors[op.outputs[0]].shape for op in net.operators] == [
        (1, 3, 3, 4),
        (1, 3, 3, 4),
        (1, 2, 2, 4),
        (1, 4),
        (1, 4),
    ]

    x = rng.random((2, 1, 8, 8), np.float32)
    found = run(translate(net, [OutputRecipe(name="p", tensor="softmax", shape=(4,))]), image=x)["p"]
    image = x[:, 0]
    conv = np.array(
        [
            [np.einsum("nhw,hwo->no", image[:, r : r + 3, c : c + 3], kernel[:, :, 0]) for c in (0, 2, 4)]
            for r in (0, 2, 4)
        ]
    )
    conv = np.maximum(conv + bias, 0)
    padded = np.pad(conv, [(1, 1), (1, 1), (0, 0), (0, 0)])
    deep = np.array(
        [[np.einsum("hwnc,hwc->nc", padded[r : r + 3, c : c + 3], depth[..., 0]) for c in range(3)] for r in range(3)]
    )
    edged = np.pad(deep, [(1, 1), (1, 1), (0, 0), (0, 0)], constant_values=-np.inf)
    pool = np.array([[edged[r : r + 3, c : c + 3].max(axis=(0, 1)) for c in (0, 2)] for r in (0, 2)])
    mean = pool.mean(axis=(0, 1))
    expected = np.exp(mean) / np.exp(mean).sum(axis=1, keepdims=True)
    np.testing.assert_allclose(found, expected, atol=1e-5)


def test_an_unknown_tensorflow_js_operator_is_named() -> None:
    document = {"modelTopology": {"node": [{"name": "a", "op": "Einsum", "input": []}]}, "weightsManifest": []}
    with pytest.raises(ModelError, match="Einsum has no conversion"):
        read_tfjs(json.dumps(document).encode(), b"")


def field(number: int, value: bytes | int | float) -> bytes:
    """One protocol buffer field: message, small varint or float."""
    if isinstance(value, bytes):
        return bytes([number << 3 | 2, len(value)]) + value
    if isinstance(value, int):
        return bytes([number << 3, value])
    return bytes([number << 3 | 5]) + struct.pack("<f", value)


def geometry(indices: tuple[int, ...] = (0, 1, 2)) -> bytes:
    vertices = b"".join(field(3, float(v)) for v in range(15))
    mesh = field(1, 0) + field(2, 0) + vertices + b"".join(field(4, i) for i in indices)
    basis = [field(2, 0.5), field(1, 2) + field(2, 0.25)]
    return field(1, mesh) + b"".join(field(2, item) for item in basis) + field(3, 1)


def test_face_geometry() -> None:
    with np.load(io.BytesIO(face_geometry_npz(geometry()))) as arrays:
        np.testing.assert_array_equal(arrays["vertices"], [[0, 1, 2], [5, 6, 7], [10, 11, 12]])
        np.testing.assert_array_equal(arrays["uv"], [[3, 4], [8, 9], [13, 14]])
        np.testing.assert_array_equal(arrays["triangles"], [[0, 1, 2]])
        np.testing.assert_array_equal(arrays["landmark_ids"], [0, 2])
        np.testing.assert_array_equal(arrays["landmark_weights"], [0.5, 0.25])


def test_packed_fields_are_the_same() -> None:
    vertices = field(3, b"".join(struct.pack("<f", v) for v in range(15)))
    mesh = vertices + field(4, bytes([0, 1, 2]))
    data = field(1, mesh) + field(2, field(1, 1) + field(2, 1.0))
    with np.load(io.BytesIO(face_geometry_npz(data))) as arrays:
        assert arrays["vertices"].shape == (3, 3)
        np.testing.assert_array_equal(arrays["triangles"], [[0, 1, 2]])


@pytest.mark.parametrize("data", [b"", b"\x0a", geometry()[:-40], geometry(indices=(0, 1, 9)), b"\xff" * 9])
def test_something_else_is_no_face_geometry(data: bytes) -> None:
    with pytest.raises(ModelError, match="not a face geometry file"):
        face_geometry_npz(data)
