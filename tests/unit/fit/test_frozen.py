"""ONNX networks in torch: the results of onnxruntime, and gradients."""

from __future__ import annotations

import numpy as np
import onnx
import onnxruntime
import pytest
from onnx import TensorProto, helper, numpy_helper

torch = pytest.importorskip("torch", reason="torch is not installed; it trains and never runs")

from mien_models.errors import ModelError  # noqa: E402
from mien_models.fit.frozen import Frozen  # noqa: E402


def network(*last: onnx.NodeProto) -> bytes:
    rng = np.random.default_rng(0)
    weights = [
        numpy_helper.from_array(rng.normal(0, 0.3, (4, 2, 3, 3)).astype(np.float16), "half"),
        numpy_helper.from_array(rng.normal(0, 0.3, (4,)).astype(np.float32), "bias"),
        numpy_helper.from_array(np.array([1], np.int64), "one"),
        numpy_helper.from_array(np.array([3], np.int64), "three"),
    ]
    nodes = [
        helper.make_node("Cast", ["half"], ["weight"], to=TensorProto.FLOAT),
        helper.make_node(
            "Conv", ["x", "weight", "bias"], ["a"], kernel_shape=[3, 3], pads=[1, 1, 1, 1], strides=[2, 2],
            dilations=[1, 1], group=1,
        ),
        helper.make_node("Relu", ["a"], ["b"]),
        helper.make_node("Slice", ["b", "one", "three", "one"], ["c"]),
        helper.make_node("ReduceMean", ["c"], ["d"], axes=[2, 3], keepdims=0),
        *(last or [helper.make_node("Softmax", ["d"], ["y"], axis=1)]),
    ]  # fmt: skip
    graph = helper.make_graph(
        nodes,
        "small",
        [helper.make_tensor_value_info("x", TensorProto.FLOAT, ["N", 2, 8, 8])],
        [helper.make_tensor_value_info("y", TensorProto.FLOAT, ["N", 2])],
        weights,
    )
    return bytes(
        helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=9).SerializeToString()
    )


def test_it_computes_what_onnxruntime_computes_and_has_gradients() -> None:
    x = np.random.default_rng(1).normal(0, 1, (3, 2, 8, 8)).astype(np.float32)
    expected = onnxruntime.InferenceSession(network(), providers=["CPUExecutionProvider"]).run(["y"], {"x": x})[0]
    given = torch.tensor(x, requires_grad=True)
    found = Frozen("small", network())({"x": given}, ("y",))["y"]
    np.testing.assert_allclose(found.detach().numpy(), expected, atol=1e-6)
    found[:, 0].sum().backward()
    assert given.grad.abs().max() > 0


def test_it_pads_and_reverses_as_onnxruntime_does() -> None:
    nodes = [
        helper.make_node("Slice", ["d", "last", "before", "axis", "last"], ["r"]),
        helper.make_node("Flatten", ["r"], ["f"], axis=2),  # (6, 1)
        helper.make_node("Reshape", ["f", "shape"], ["g"]),
        helper.make_node("Pad", ["g", "pads", "half_"], ["y"], mode="constant"),
    ]
    model = onnx.load_model_from_string(network(*nodes))
    for name, values in {
        "last": [-1],
        "before": [-(2**62)],
        "axis": [1],
        "pads": [0, 1, 0, 2],
        "shape": [3, 2],
    }.items():
        model.graph.initializer.append(numpy_helper.from_array(np.array(values, np.int64), name))
    model.graph.initializer.append(numpy_helper.from_array(np.array(0.5, np.float32), "half_"))
    model.graph.output[0].type.tensor_type.shape.dim[1].dim_value = 5
    data = model.SerializeToString()
    x = np.random.default_rng(1).normal(0, 1, (3, 2, 8, 8)).astype(np.float32)
    expected = onnxruntime.InferenceSession(data, providers=["CPUExecutionProvider"]).run(["y"], {"x": x})[0]
    assert expected.shape == (3, 5)
    assert (expected[:, [0, 3, 4]] == 0.5).all()
    np.testing.assert_allclose(Frozen("small", data)({"x": torch.tensor(x)}, ("y",))["y"].numpy(), expected, atol=1e-6)


def test_what_it_cannot_run_is_named() -> None:
    with pytest.raises(ModelError, match="small has the operator Hardmax"):
        Frozen("small", network(helper.make_node("Hardmax", ["d"], ["y"])))
    with pytest.raises(ModelError, match="reinstall"):
        Frozen("small", b"no network")
