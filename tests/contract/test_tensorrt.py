"""Every network of the registry is one that TensorRT compiles, and the fakes of the unit tests are true.

TensorRT for RTX compiles ahead of time without a GPU, from the same parser and the same strongly
typed networks as the full TensorRT.
"""

from __future__ import annotations

import contextlib
import ctypes
from importlib import import_module
from types import ModuleType
from typing import Any

import onnx
import pytest
from tests.unit.models.fake_gpu import FakeCuda, FakeTensorRt

from mien_models import ModelError, Registry
from mien_models.backends import tensor_rt_api
from mien_models.backends.cuda import cuda
from mien_models.backends.tensor_rt_api import Precision, TensorRt, compile_engine
from mien_models.errors import AbsentError

REGISTRY = Registry.load()
_ON_CPUS = {e.int8 for e in REGISTRY.entries.values()}
_ON_CPUS |= {  # inputs of any length: where it is not that of a batch, they run on a CPU
    e.name for e in REGISTRY.entries.values() if any(isinstance(axis, str) for i in e.inputs for axis in i.shape)
}
NETWORKS = [e.name for e in REGISTRY.entries.values() if e.inputs and e.name not in _ON_CPUS]
# The newest operator set that TensorRT 8.6 reads.
OPSET = 17


@pytest.fixture(scope="module")
def api() -> TensorRt:
    tensor_rt_api.tensor_rt.cache_clear()
    if "tensorrt_rtx" not in tensor_rt_api.installed():
        pytest.skip("TensorRT for RTX is not installed: make test installs it where its wheels can be had")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("MIEN_TENSORRT", "tensorrt_rtx")
        return tensor_rt_api.tensor_rt()


def model_of(name: str) -> bytes:
    try:
        return REGISTRY.path(name, "gpu").read_bytes()
    except ModelError as error:
        if not REGISTRY[name].optional:
            raise
        pytest.skip(str(error))


@pytest.mark.parametrize("name", NETWORKS)
def test_the_network_is_within_reach_of_8_6(name: str) -> None:
    model = onnx.load_from_string(model_of(name))
    assert [(item.domain, item.version) for item in model.opset_import] == [("", OPSET)]
    kinds = {value.type.tensor_type.elem_type for value in (*model.graph.input, *model.graph.output)}
    assert kinds <= {onnx.TensorProto.FLOAT, onnx.TensorProto.UINT8}
    assert all(value.type.tensor_type.shape.dim[0].dim_param == "N" for value in model.graph.input)


def compiled(api: TensorRt, name: str, precision: Precision) -> bytes:
    return compile_engine(api, name, model_of(name), precision, (8, 9))


@pytest.mark.parametrize("name", NETWORKS)
def test_the_network_compiles(api: TensorRt, name: str) -> None:
    assert len(compiled(api, name, "fp16")) > 10_000


def test_a_network_compiles_in_single_precision(api: TensorRt) -> None:
    assert compiled(api, "blendshapes_v2", "fp32") != compiled(api, "blendshapes_v2", "fp16")


def test_what_is_no_network_is_refused(api: TensorRt) -> None:
    with pytest.raises(ModelError, match=r"TensorRT for RTX \S+ cannot read nothing: "):
        compile_engine(api, "nothing", b"nothing", "fp32", (8, 9))


def test_an_operator_that_tensorrt_lacks_is_named(api: TensorRt) -> None:
    from onnx import helper

    values = [helper.make_tensor_value_info(name, onnx.TensorProto.FLOAT, ["N", 4]) for name in "xy"]
    graph = helper.make_graph([helper.make_node("Wink", ["x"], ["y"], domain="faces")], "g", values[:1], values[1:])
    imports = [helper.make_opsetid("", OPSET), helper.make_opsetid("faces", 1)]
    model = helper.make_model(graph, opset_imports=imports)
    with pytest.raises(ModelError, match="cannot read winking: Wink: "):
        compile_engine(api, "winking", model.SerializeToString(), "fp32", (8, 9))


def members(of: Any) -> set[str]:
    return {name for name in vars(of) if not name.startswith("_")}


def test_the_fake_tensorrt_has_nothing_that_the_real_one_lacks(api: TensorRt) -> None:
    real: ModuleType = api.module
    fake = FakeTensorRt("rtx", FakeCuda())
    own = {
        "style", "cuda", "builds", "before_build", "build_error", "start_error", "run_error", "timing_error", "engines",
        "contexts", "LayerType", "PreviewFeature",
    }  # fmt: skip
    for name in members(fake) - own:
        assert hasattr(real, name), name
        for member in members(getattr(fake, name)) if not isinstance(getattr(fake, name), str) else ():
            assert hasattr(getattr(real, name), member), f"{name}.{member}"
    for name in fake.ComputeCapability.__members__:
        assert name in real.ComputeCapability.__members__
    from tests.unit.models import fake_gpu

    for name, there in {
        "_Builder": real.Builder,
        "_Config": real.IBuilderConfig,
        "_TimingCache": real.ITimingCache,
        "_Parser": real.OnnxParser,
        "_Runtime": real.Runtime,
        "_Engine": real.ICudaEngine,
        "_RuntimeConfig": real.IRuntimeConfig,
        "_Context": real.IExecutionContext,
    }.items():
        # `time` is the fake builder at work.
        used = members(getattr(fake_gpu, name)) - {"time", "set_preview_feature"}
        for member in used:
            assert hasattr(there, member), f"{name}.{member}"
    assert {"default_device_type", "DLA_core"} <= set(dir(real.IBuilderConfig))
    assert {
        "device_memory_size_v2", "num_io_tensors", "num_optimization_profiles", "create_runtime_config",
    } <= set(dir(real.ICudaEngine))  # fmt: skip
    assert {"set_device_memory"} <= set(dir(real.IExecutionContext))
    assert {"serialize", "deserialize"} <= set(dir(real.IRuntimeCache))


def test_without_a_driver_the_real_binding_is_understood() -> None:
    """On a computer without an NVIDIA driver; the others have no such trouble."""
    pytest.importorskip("cuda.bindings.driver")
    with contextlib.suppress(OSError):
        ctypes.CDLL("libcuda.so.1")
        pytest.skip("there is a driver")
    cuda.cache_clear()
    with pytest.raises(AbsentError, match=r"there is no NVIDIA driver \(.+\); install it, or in a container"):
        cuda()


def test_the_fake_driver_has_nothing_that_the_real_one_lacks() -> None:
    try:
        real = import_module("cuda.bindings.driver")
    except ImportError as error:
        pytest.skip(str(error))
    functions = {name[1:] for name in vars(FakeCuda) if name.startswith("_cu")}
    assert functions
    for name in functions:
        assert callable(getattr(real, name))
    for enum in ("CUdevice_attribute", "CUstreamCaptureMode"):
        for member in vars(getattr(FakeCuda, enum)):
            assert hasattr(getattr(real, enum), member)
    from tests.unit.models.fake_gpu import CUresult

    assert {item.name: item.value for item in CUresult}.items() <= {
        name: int(value) for name, value in real.CUresult.__members__.items()
    }.items()
