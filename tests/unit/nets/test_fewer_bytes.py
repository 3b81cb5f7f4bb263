"""Networks rewritten for CPUs compute the same."""

from __future__ import annotations

from typing import Any

import numpy as np
import onnx
import pytest
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper

pytest.importorskip("torch", reason="torch is not installed; it trains and never runs")

from mien_models.nets.fewer_bytes import (
    columns_to_channels,
    eight_bit_layers,
    packed_blocks,
    pools_into_convolutions,
)

ort = pytest.importorskip("onnxruntime")

SIDES = (24, 20)


def network(nodes: list[Any], tensors: dict[str, NDArray[Any]], shape: tuple[int, ...]) -> Any:
    graph = helper.make_graph(
        nodes,
        "some",
        [helper.make_tensor_value_info("image", TensorProto.FLOAT, ["N", *shape])],
        [helper.make_tensor_value_info("out", TensorProto.FLOAT, None)],
        [numpy_helper.from_array(values, name) for name, values in tensors.items()],
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=9)
    return onnx.shape_inference.infer_shapes(model)


def run(model: Any, image: NDArray[Any]) -> NDArray[Any]:
    session = ort.InferenceSession(model.SerializeToString(), providers=["CPUExecutionProvider"])
    return np.asarray(session.run(["out"], {"image": image})[0])


def random(*shape: int) -> NDArray[np.float32]:
    return np.random.default_rng(sum(shape)).normal(size=shape).astype(np.float32)


@pytest.mark.parametrize(
    ("kernel", "stride", "pad", "changes"), [(8, 4, 2, True), (4, 4, 0, True), (3, 2, 1, True), (3, 1, 1, False)]
)
def test_a_stem_reads_columns_as_channels(kernel: int, stride: int, pad: int, changes: bool) -> None:
    nodes = [
        helper.make_node("Identity", ["image"], ["grey"]),
        helper.make_node("Conv", ["grey", "w"], ["out"], "stem", strides=[stride] * 2, pads=[pad] * 4),
    ]
    model = network(nodes, {"w": random(5, 1, kernel, kernel)}, (1, *SIDES))
    image = random(2, 1, *SIDES)
    before = run(model, image)
    columns_to_channels(model)
    assert changes == any(node.op_type == "Transpose" for node in model.graph.node)
    np.testing.assert_allclose(run(model, image), before, atol=1e-5)


@pytest.mark.parametrize(("sides", "merged"), [((8, 6), True), ((8, 5), False)])
def test_a_mean_of_pixels_becomes_part_of_the_convolution(sides: tuple[int, int], merged: bool) -> None:
    nodes = [
        helper.make_node("Relu", ["image"], ["maps"]),
        helper.make_node("AveragePool", ["maps"], ["small"], kernel_shape=[2, 2], strides=[2, 2], ceil_mode=1),
        helper.make_node("Conv", ["small", "w", "b"], ["out"], "around"),
    ]
    model = network(nodes, {"w": random(7, 3, 1, 1), "b": random(7)}, (3, *sides))
    image = random(2, 3, *sides)
    before = run(model, image)
    pools_into_convolutions(model)
    assert merged != any(node.op_type == "AveragePool" for node in model.graph.node)
    np.testing.assert_allclose(run(model, image), before, atol=1e-5)


def test_8_bit_layers_read_nearly_the_same_and_each_face_for_itself() -> None:
    nodes = [helper.make_node("Gemm", ["image", "w", "b"], ["out"], "layer", transB=1)]
    weights = random(300, 330)
    model = network(nodes, {"w": weights, "b": random(300)}, (330,))
    images = random(6, 330)
    before = run(model, images)
    eight_bit_layers(model)
    assert {t.name for t in model.graph.initializer} == {"b", "layer/bytes", "layer/scales"}
    after = run(model, images)
    assert np.abs(after - before).max() < 0.02 * np.abs(before).max()
    assert np.corrcoef(after.ravel(), before.ravel())[0, 1] > 0.9999
    alone = np.concatenate([run(model, one[None]) for one in images])
    np.testing.assert_allclose(alone, after, atol=1e-4)


def test_bytes_and_scales_are_the_weights() -> None:
    weights = random(4, 70)
    weights[0, :32] = 0
    packed, scales = packed_blocks(weights)
    assert packed.shape == (4, 3, 32)
    found = ((packed.astype(np.float32) - 128) * scales[..., None]).reshape(4, -1)
    np.testing.assert_allclose(found[:, :70], weights, atol=float(np.abs(weights).max()) / 250)
    assert not found[:, 70:].any()
    assert not found[0, :32].any()
