"""What half precision costs each network, on real faces, worked out without a GPU.

onnxruntime computes float16 in float32 on a CPU and leaves the rounding out between operators, so
the rounding is written into the network: x is rounded to the 11 significant bits of float16 by
Veltkamp's splitting, c = (2^13 + 1) x, c - (c - x). A GPU accumulates sums in float32 as well; what
is not seen here is what its kernels do beyond that: tests/gpu compares real engines.
"""

from __future__ import annotations

import numpy as np
import onnx
import onnxruntime
import pytest
from numpy.typing import NDArray
from onnx import helper, numpy_helper
from tests.gpu.cases import Case, networks, record

from mien_models import Registry
from mien_models.backends.half import to_half

pytestmark = pytest.mark.real

# The largest and the mean difference to fp32, as shares of the output's largest value.
LIMITS = {"largest": 8e-3, "mean": 8e-4}
NETWORKS = networks(Registry.load())
HALF_MAX = 65504.0


@pytest.fixture(scope="module")
def registry() -> Registry:
    return Registry.load()


@pytest.fixture(scope="module")
def cases(registry: Registry) -> dict[str, Case]:
    return record(registry)


def rounded(model: bytes) -> bytes:
    """A float16 network as a float32 one that rounds wherever float16 would."""
    proto = onnx.load_from_string(model)
    graph = proto.graph
    half, single = onnx.TensorProto.FLOAT16, onnx.TensorProto.FLOAT
    for tensor in graph.initializer:
        if tensor.data_type == half:
            tensor.CopyFrom(numpy_helper.from_array(numpy_helper.to_array(tensor).astype(np.float32), tensor.name))
    graph.initializer.append(numpy_helper.from_array(np.float32(2**13 + 1), "splitter"))
    nodes: list[onnx.NodeProto] = []
    for node in list(graph.node):
        if node.op_type == "Cast":
            to = next(attribute for attribute in node.attribute if attribute.name == "to")
            if to.i == half or node.input[0].endswith(".half"):
                to.i = single
        nodes.append(node)
        for i, name in enumerate(node.output):
            if name.endswith(".half"):
                node.output[i] = f"{name}.exact"
                nodes += [
                    helper.make_node("Mul", [f"{name}.exact", "splitter"], [f"{name}.c"]),
                    helper.make_node("Sub", [f"{name}.c", f"{name}.exact"], [f"{name}.d"]),
                    helper.make_node("Sub", [f"{name}.c", f"{name}.d"], [name]),
                ]
    del graph.node[:]
    graph.node.extend(nodes)
    del graph.value_info[:]
    return bytes(proto.SerializeToString())


def run(model: bytes, inputs: dict[str, NDArray[np.generic]]) -> dict[str, NDArray[np.float32]]:
    options = onnxruntime.SessionOptions()
    options.log_severity_level = 3
    options.intra_op_num_threads = 1
    session = onnxruntime.InferenceSession(model, options, providers=["CPUExecutionProvider"])
    names = [value.name for value in session.get_outputs()]
    return dict(zip(names, session.run(names, inputs), strict=True))


def test_the_rounding_is_that_of_float16() -> None:
    x = np.random.default_rng(0).normal(size=1000).astype(np.float32)
    c = x * np.float32(2**13 + 1)
    np.testing.assert_array_equal(c - (c - x), x.astype(np.float16).astype(np.float32))


@pytest.mark.parametrize("name", NETWORKS)
def test_half_precision_holds(registry: Registry, cases: dict[str, Case], name: str) -> None:
    if name not in cases:
        pytest.skip(f"the optional network {name} cannot be had here")
    case = cases[name]
    found = run(rounded(to_half(registry.path(name, "gpu").read_bytes())), case.inputs)
    for key, want in case.outputs.items():
        error = np.abs(found[key] - want) / max(float(np.abs(want).max()), 1.0)
        assert error.max() <= LIMITS["largest"], key
        assert error.mean() <= LIMITS["mean"], key


@pytest.mark.parametrize("name", NETWORKS)
def test_no_value_leaves_the_range_of_float16(registry: Registry, cases: dict[str, Case], name: str) -> None:
    if name not in cases:
        pytest.skip(f"the optional network {name} cannot be had here")
    proto = onnx.load_from_string(rounded(to_half(registry.path(name, "gpu").read_bytes())))
    inside = [name for node in proto.graph.node for name in node.output if name.endswith(".exact")]
    proto.graph.output.extend(onnx.ValueInfoProto(name=name) for name in inside)
    found = run(bytes(proto.SerializeToString()), cases[name].inputs)
    assert max((float(np.abs(found[name]).max()) for name in inside), default=0.0) < HALF_MAX / 4
