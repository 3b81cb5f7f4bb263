"""A GPU that is not there: CUDA's driver and three TensorRTs, as recorded from their Python packages.

Device memory is host memory, a kernel launch is a run of onnxruntime, a CUDA graph is the list of
what was launched while it was captured. What a real one refuses (an address that was freed, a
capture that contains a first run, a context that was changed after its capture) fails here too.
tests/contract/test_tensorrt.py holds the names used here against the real packages.
"""

from __future__ import annotations

import enum
import json
import sys
from collections.abc import Callable
from types import ModuleType, SimpleNamespace
from typing import Any

import numpy as np
import onnx
import onnxruntime
import pytest
from onnx import helper

STYLES = ("8.6", "10", "11", "rtx")
_VERSIONS = {"8.6": "8.6.1", "10": "10.3.0", "11": "11.4.0.106", "rtx": "1.7.1.116"}


class CUresult(enum.IntEnum):
    CUDA_SUCCESS = 0
    CUDA_ERROR_INVALID_VALUE = 1
    CUDA_ERROR_OUT_OF_MEMORY = 2
    CUDA_ERROR_NO_DEVICE = 100
    CUDA_ERROR_ILLEGAL_ADDRESS = 700
    CUDA_ERROR_SYSTEM_DRIVER_MISMATCH = 803


class FakeCuda:
    """The functions of cuda.bindings.driver that are used, over host memory."""

    CUdevice_attribute = SimpleNamespace(
        CU_DEVICE_ATTRIBUTE_COMPUTE_CAPABILITY_MAJOR="major", CU_DEVICE_ATTRIBUTE_COMPUTE_CAPABILITY_MINOR="minor"
    )
    CUstreamCaptureMode = SimpleNamespace(CU_STREAM_CAPTURE_MODE_THREAD_LOCAL=1)

    def __init__(self, name: str = "NVIDIA Test", capability: tuple[int, int] = (8, 9), dla_cores: int = 0) -> None:
        self.name, self.capability, self.dla_cores = name, capability, dla_cores
        self.live: dict[int, Any] = {}  # memory, streams and graphs that were not freed
        self.calls: list[str] = []
        self.failures: dict[str, CUresult] = {}
        self.capture: list[Callable[[], None]] | None = None
        self._next = 1

    def fail(self, function: str, error: CUresult) -> None:
        """Let every further call of a function fail."""
        self.failures[function] = error

    def __getattr__(self, name: str) -> Callable[..., Any]:
        if not name.startswith("cu"):
            raise AttributeError(name)
        do = getattr(self, f"_{name}")

        def call(*args: Any) -> tuple[Any, ...]:
            self.calls.append(name)
            if name in self.failures:
                return (self.failures[name], None)
            result = do(*args)
            return (CUresult.CUDA_SUCCESS,) if result is None else (CUresult.CUDA_SUCCESS, result)

        return call

    def launch(self, work: Callable[[], None]) -> None:
        """Do work now, or keep it for the graph that is being captured."""
        if self.capture is None:
            work()
        else:
            self.capture.append(work)

    def memory(self, address: int, nbytes: int) -> Any:
        """Bytes at an address; fails where none were allocated."""
        for start, array in self.live.items():
            if isinstance(array, np.ndarray) and start <= address and address + nbytes <= start + array.nbytes:
                return array[address - start :][:nbytes]
        raise AssertionError(f"nobody allocated {nbytes} bytes at {address}")

    def _cuInit(self, _flags: int) -> None: ...

    def _cuDeviceGet(self, ordinal: int) -> Any:
        return SimpleNamespace(ordinal=ordinal)

    def _cuDeviceGetName(self, length: int, _device: Any) -> bytes:
        return self.name.encode().ljust(length, b"\0")

    def _cuDeviceGetAttribute(self, which: str, _device: Any) -> int:
        return self.capability[which == "minor"]

    def _cuDriverGetVersion(self) -> int:
        return 12040

    def _cuDevicePrimaryCtxRetain(self, _device: Any) -> Any:
        return SimpleNamespace()

    def _cuCtxSetCurrent(self, _context: Any) -> None: ...

    def _cuMemAlloc(self, nbytes: int) -> int:
        array = np.zeros(nbytes, np.uint8)
        self.live[array.ctypes.data] = array
        return array.ctypes.data

    def _cuMemHostAlloc(self, nbytes: int, _flags: int) -> int:
        return self._cuMemAlloc(nbytes)

    def _cuMemFree(self, address: int) -> None:
        del self.live[int(address)]

    def _cuMemFreeHost(self, address: int) -> None:
        del self.live[int(address)]

    def _handle(self, value: Any) -> int:
        self._next += 1
        self.live[self._next] = value
        return self._next

    def _cuStreamCreate(self, _flags: int) -> int:
        return self._handle("stream")

    def _cuStreamDestroy(self, stream: int) -> None:
        del self.live[stream]

    def _cuStreamSynchronize(self, _stream: int) -> None:
        assert self.capture is None, "a stream that is captured cannot be waited for"

    def _cuMemcpyHtoDAsync(self, device: int, host: int, nbytes: int, _stream: int) -> None:
        self.launch(lambda: self._copy(device, host, nbytes))

    def _cuMemcpyDtoHAsync(self, host: int, device: int, nbytes: int, _stream: int) -> None:
        self.launch(lambda: self._copy(host, device, nbytes))

    def _copy(self, to: int, source: int, nbytes: int) -> None:
        self.memory(to, nbytes)[:] = self.memory(source, nbytes)

    def _cuStreamBeginCapture(self, _stream: int, _mode: int) -> None:
        self.capture = []

    def _cuStreamEndCapture(self, _stream: int) -> int:
        graph, self.capture = self.capture, None
        return self._handle(graph)

    def _cuGraphInstantiate(self, graph: int, _flags: int) -> int:
        return self._handle(self.live[graph])

    def _cuGraphLaunch(self, graph: int, _stream: int) -> None:
        for work in self.live[graph]:
            work()

    def _cuGraphDestroy(self, graph: int) -> None:
        del self.live[graph]

    def _cuGraphExecDestroy(self, graph: int) -> None:
        del self.live[graph]


class FakeTensorRt(ModuleType):
    """The part of TensorRT's module that is used, in one of four STYLES."""

    __version__: str

    def __init__(self, style: str, cuda: FakeCuda) -> None:
        super().__init__("tensorrt_rtx" if style == "rtx" else "tensorrt")
        self.__version__ = _VERSIONS[style]
        self.style, self.cuda = style, cuda
        self.builds: list[dict[str, Any]] = []  # what was compiled, in order
        self.before_build: Callable[[], None] = lambda: None
        self.build_error = ""  # what the builder says when it refuses
        self.start_error = ""  # what the runtime says when it does not start
        self.run_error = ""  # what the context says when it does not run
        self.timing_error = ""  # what everything about timings raises
        self.engines = 0
        self.contexts = 0
        self._members()

    def _members(self) -> None:
        style = self.style
        self.float32, self.float16 = "float32", "float16"
        self.TensorIOMode = SimpleNamespace(INPUT="input", OUTPUT="output")
        self.LayerType = SimpleNamespace(CONSTANT="Constant", SHAPE="Shape", CAST="Cast", IDENTITY="Identity")
        self.ILogger = _Logger
        flags = {"8.6": {"EXPLICIT_BATCH": 0}, "10": {"EXPLICIT_BATCH": 0, "STRONGLY_TYPED": 1}}
        self.NetworkDefinitionCreationFlag = SimpleNamespace(**flags.get(style, {"STRONGLY_TYPED": 1}))
        self.DeviceType = SimpleNamespace(GPU="gpu", DLA="dla")
        builder_flags = {"TF32": "TF32", "GPU_FALLBACK": "GPU_FALLBACK"}
        if style in ("8.6", "10"):
            builder_flags |= {name: name for name in ("FP16", "PREFER_PRECISION_CONSTRAINTS")}
        self.BuilderFlag = SimpleNamespace(**builder_flags)
        self.PreviewFeature = SimpleNamespace(**({"PROFILE_SHARING_0806": "shared"} if style == "8.6" else {}))
        if style != "8.6":
            self.IProgressMonitor = type("IProgressMonitor", (), {})
            self.ExecutionContextAllocationStrategy = SimpleNamespace(STATIC="static", USER_MANAGED="user")
        if style == "rtx":
            known = {f"SM{n}": n for n in (75, 80, 86, 89, 120)}
            self.ComputeCapability = SimpleNamespace(__members__={"NONE": 0, "CURRENT": 1} | known)
            self.CudaGraphStrategy = SimpleNamespace(WHOLE_GRAPH_CAPTURE="whole")

    def nptype(self, dtype: str) -> Any:
        return np.dtype(dtype).type

    def Builder(self, log: Any) -> Any:
        return _Builder(self, log)

    def OnnxParser(self, network: Any, log: Any) -> Any:
        return _Parser(network, log)

    def Runtime(self, log: Any) -> Any:
        if self.start_error:
            log.log(_Logger.ERROR, self.start_error)
            raise TypeError("pybind11::init(): factory function returned nullptr")
        return _Runtime(self, log)


class _Logger:
    INTERNAL_ERROR, ERROR, WARNING = 0, 1, 2


class _Builder:
    def __init__(self, trt: FakeTensorRt, log: Any) -> None:
        self._trt, self._log = trt, log

    @property
    def num_DLA_cores(self) -> int:
        return self._trt.cuda.dla_cores

    def create_network(self, flags: int) -> Any:
        explicit = self._trt.style != "8.6" or flags & 1
        assert explicit, "8.6 reads ONNX only into networks with an explicit batch"
        strongly = self._trt.style in ("11", "rtx") or bool(flags & 2)
        return SimpleNamespace(trt=self._trt, model=None, strongly=strongly)

    def create_builder_config(self) -> Any:
        return _Config(self._trt, self._log)

    def create_optimization_profile(self) -> Any:
        shapes: dict[str, Any] = {}
        return SimpleNamespace(
            shapes=shapes, set_shape=lambda name, *lmh: shapes.__setitem__(name, [list(s) for s in lmh])
        )

    def build_serialized_network(self, network: Any, config: _Config) -> bytes | None:
        self._trt.before_build()
        if self._trt.build_error:
            self._log.log(_Logger.ERROR, self._trt.build_error)
            return None
        monitor = config.progress_monitor
        if monitor is not None:
            monitor.phase_start("Building engine", None, 2)
            assert monitor.step_complete("Building engine", 0)
            monitor.phase_finish("Building engine")
        weak_flags = config.flags & {"FP16", "PREFER_PRECISION_CONSTRAINTS"}
        assert not (network.strongly and weak_flags), "strongly typed networks take no precision flags"
        dla = config.default_device_type == "dla"
        if dla:
            shapes = [shape for profile in config.profiles for shape in profile.values()]
            assert all(least == typical == most for least, typical, most in shapes), "the DLA takes fixed shapes"
            assert 0 <= config.DLA_core < self._trt.cuda.dla_cores
            assert "GPU_FALLBACK" in config.flags
        timed = config.time({node.op_type for node in network.model.graph.node})
        facts = {
            "style": self._trt.style,
            "dla": dla,
            "gpu": config.capability or self._trt.cuda.name,
            "profiles": config.profiles,
            "flags": sorted(config.flags),
            "precisions": [layer.precision for layer in network.layers],
            "shared": config.shared,
            "half": any(t.data_type == onnx.TensorProto.FLOAT16 for t in network.model.graph.initializer),
        }
        self._trt.builds.append(facts | {"timed": timed})
        return json.dumps(facts).encode() + b"\0" + network.model.SerializeToString()


class _Config:
    num_compute_capabilities = 0

    def __init__(self, trt: FakeTensorRt, log: Any) -> None:
        self._trt, self._log = trt, log
        self.default_device_type, self.DLA_core = "gpu", -1
        self._timings: _TimingCache | None = None
        self.flags = {"TF32"}
        self.profiles: list[Any] = []
        self.capability: int | None = None
        self.shared = False
        self.progress_monitor: Any = None

    def set_flag(self, flag: str) -> None:
        self.flags.add(flag)

    def clear_flag(self, flag: str) -> None:
        self.flags.discard(flag)

    def add_optimization_profile(self, profile: Any) -> None:
        self.profiles.append(profile.shapes)

    def set_compute_capability(self, value: int, index: int) -> bool:
        assert index < self.num_compute_capabilities
        self.capability = value
        return True

    def set_preview_feature(self, feature: str, on: bool) -> None:
        assert feature == self._trt.PreviewFeature.PROFILE_SHARING_0806
        self.shared = on

    def time(self, kernels: set[str]) -> list[str]:
        """Measure what is not known yet."""
        known: dict[str, Any] = self._timings.times if self._timings else {}
        new = sorted(kernels - known.keys())
        known.update((kernel, len(self._trt.builds)) for kernel in new)
        return new

    def _check_timings(self) -> None:
        assert self._trt.style != "rtx", "a no-op that warns"
        if self._trt.timing_error:
            raise RuntimeError(self._trt.timing_error)

    def create_timing_cache(self, data: bytes) -> _TimingCache | None:
        self._check_timings()
        try:
            return _TimingCache(**json.loads(data)) if data else _TimingCache(self._trt.cuda.name, {})
        except ValueError as error:
            self._log.log(_Logger.ERROR, f"Deserialization of the timing cache failed: {error}")
            return None

    def set_timing_cache(self, cache: _TimingCache, ignore_mismatch: bool) -> bool:
        self._check_timings()
        if cache.gpu != self._trt.cuda.name and not ignore_mismatch:
            return False
        self._timings = cache
        return True

    def get_timing_cache(self) -> _TimingCache | None:
        self._check_timings()
        return self._timings


class _TimingCache:
    def __init__(self, gpu: str, times: dict[str, int]) -> None:
        self.gpu, self.times = gpu, times

    def combine(self, other: _TimingCache, ignore_mismatch: bool) -> bool:
        """Add what is not there yet."""
        if other.gpu != self.gpu and not ignore_mismatch:
            return False
        self.times = other.times | self.times
        return True

    def serialize(self) -> bytes:
        return json.dumps({"gpu": self.gpu, "times": self.times}).encode()


class _Parser:
    def __init__(self, network: Any, log: Any) -> None:
        self._network = network
        self.num_errors = 0

    def parse(self, data: bytes) -> bool:
        try:
            model = onnx.shape_inference.infer_shapes(onnx.load_from_string(data))
        except Exception as error:
            self._error, self.num_errors = str(error), 1
            return False
        network = self._network
        network.model = model
        network.inputs = [_tensor(value) for value in model.graph.input]
        network.num_inputs = len(network.inputs)
        network.get_input = network.inputs.__getitem__
        types = {v.name: _tensor(v).dtype for v in (*model.graph.value_info, *model.graph.output)}
        network.layers = [
            SimpleNamespace(
                type=node.op_type,
                precision=None,
                get_output=lambda _i, name=node.output[0]: SimpleNamespace(dtype=types[name]),
            )
            for node in model.graph.node
        ]
        network.num_layers = len(network.layers)
        network.get_layer = network.layers.__getitem__
        return True

    def get_error(self, _index: int) -> Any:
        return SimpleNamespace(desc=lambda: self._error, node=lambda: 0)


def _tensor(value: Any) -> Any:
    kind = value.type.tensor_type
    shape = tuple(-1 if dim.dim_param else dim.dim_value for dim in kind.shape.dim)
    return SimpleNamespace(
        name=value.name, shape=shape, dtype=np.dtype(helper.tensor_dtype_to_np_dtype(kind.elem_type)).name
    )


class _Runtime:
    DLA_core = -1

    def __init__(self, trt: FakeTensorRt, log: Any) -> None:
        self._trt, self._log = trt, log

    def deserialize_cuda_engine(self, data: bytes) -> _Engine | None:
        head, _, model = data.partition(b"\0")
        try:
            facts = json.loads(head)
            mine = {self._trt.cuda.name, int("".join(map(str, self._trt.cuda.capability)))}
            if facts["style"] != self._trt.style or facts["gpu"] not in mine:
                raise ValueError("The engine plan file is generated on an incompatible device")
            if facts["dla"] and not 0 <= self.DLA_core < self._trt.cuda.dla_cores:
                raise ValueError("The engine needs a core of the DLA")
            return _Engine(self._trt, self._log, facts, model)
        except ValueError as error:
            self._log.log(_Logger.ERROR, str(error))
            return None


class _Engine:
    def __init__(self, trt: FakeTensorRt, log: Any, facts: dict[str, Any], model: bytes) -> None:
        self.trt, self.log, self.facts = trt, log, facts
        options = onnxruntime.SessionOptions()
        options.log_severity_level = 3
        self.session = onnxruntime.InferenceSession(model, options, providers=["CPUExecutionProvider"])
        graph = onnx.load_from_string(model).graph
        self.inputs = {v.name: _tensor(v) for v in graph.input}
        self.outputs = {v.name: _tensor(v) for v in graph.output}
        self.num_io_tensors = len(self.inputs) + len(self.outputs)
        self.num_optimization_profiles = len(facts["profiles"])
        if trt.style in ("8.6",):
            self.device_memory_size = 1024
            self.create_execution_context_without_device_memory = lambda: _Context(self)
        else:
            self.device_memory_size_v2 = 1024
            self.create_execution_context = self._create
        if trt.style in ("11", "rtx"):
            self.create_runtime_config = lambda: _RuntimeConfig(trt)
        trt.engines += 1

    def __del__(self) -> None:
        self.trt.engines -= 1

    def _create(self, how: Any) -> _Context:
        if isinstance(how, _RuntimeConfig):
            assert how.strategy == "user"
            assert how.cuda_graph_strategy == "whole"
            return _Context(self, how)
        assert how == "user"
        return _Context(self)

    def get_tensor_name(self, index: int) -> str:
        return [*self.inputs, *self.outputs][index]

    def get_tensor_mode(self, name: str) -> str:
        return "input" if name in self.inputs else "output"

    def get_tensor_dtype(self, name: str) -> str:
        return str((self.inputs | self.outputs)[name].dtype)

    def get_tensor_profile_shape(self, name: str, profile: int) -> list[tuple[int, ...]]:
        return [tuple(shape) for shape in self.facts["profiles"][profile][name]]


class _RuntimeConfig:
    cuda_graph_strategy = "disabled"

    def __init__(self, trt: FakeTensorRt) -> None:
        self._trt = trt
        self.kernels: list[int] = []
        self.strategy = "static"

    def set_execution_context_allocation_strategy(self, strategy: str) -> None:
        self.strategy = strategy

    def create_runtime_cache(self) -> Any:
        def deserialize(data: bytes) -> bool:
            if data[:1] != b"[":
                return False
            self.kernels[:] = json.loads(data)
            return True

        return SimpleNamespace(deserialize=deserialize, serialize=lambda: json.dumps(self.kernels).encode())

    def set_runtime_cache(self, cache: Any) -> bool:
        return cache is not None


class _Context:
    def __init__(self, engine: _Engine, config: _RuntimeConfig | None = None) -> None:
        self._engine, self._config = engine, config
        self._shapes: dict[str, tuple[int, ...]] = {}
        self._addresses: dict[str, int] = {}
        self._memory = 0
        self._profile: int | None = None
        self._ran = False
        self._captured = False
        if engine.trt.style != "8.6":
            self.set_device_memory = self._set_memory
        engine.trt.contexts += 1

    def __del__(self) -> None:
        self._engine.trt.contexts -= 1

    def __setattr__(self, name: str, value: Any) -> None:
        if name == "device_memory":
            assert self._engine.trt.style == "8.6"
            self._set_memory(value, self._engine.device_memory_size)
        else:
            super().__setattr__(name, value)

    def _set_memory(self, address: int, size: int) -> None:
        assert size >= 1024
        self._engine.trt.cuda.memory(address, size)
        self._memory = address

    def set_optimization_profile_async(self, index: int, _stream: int) -> bool:
        self._profile = index
        return index < len(self._engine.facts["profiles"])

    def set_input_shape(self, name: str, shape: tuple[int, ...]) -> bool:
        assert not self._captured, "a graph dies with the state of its context"
        assert self._profile is not None
        least, _, most = self._engine.get_tensor_profile_shape(name, self._profile)
        self._shapes[name] = shape
        return all(a <= b <= c for a, b, c in zip(least, shape, most, strict=True))

    def get_tensor_shape(self, name: str) -> tuple[int, ...]:
        inputs = {n: np.zeros(shape, self._engine.inputs[n].dtype) for n, shape in self._shapes.items()}
        (value,) = self._engine.session.run([name], inputs)
        return tuple(value.shape)

    def set_tensor_address(self, name: str, address: int) -> bool:
        self._addresses[name] = address
        return True

    def execute_async_v3(self, stream: int) -> bool:
        engine, cuda = self._engine, self._engine.trt.cuda
        assert cuda.live[stream] == "stream"
        assert self._memory
        if engine.trt.run_error:
            engine.log.log(_Logger.ERROR, engine.trt.run_error)
            return False
        if cuda.capture is not None:
            assert self._ran, "a first run allocates, which a capture must not contain"
            assert not engine.facts["dla"], "the DLA cannot be captured"
            self._captured = True
        self._ran = True
        cuda.launch(self._run)
        if self._config is not None:
            self._config.kernels.append(self._shapes[next(iter(self._shapes))][0])
        return True

    def _run(self) -> None:
        engine, cuda = self._engine, self._engine.trt.cuda
        inputs = {}
        for name, shape in self._shapes.items():
            dtype = np.dtype(engine.inputs[name].dtype)
            nbytes = int(np.prod(shape)) * dtype.itemsize
            inputs[name] = cuda.memory(self._addresses[name], nbytes).view(dtype).reshape(shape)
        names = list(engine.outputs)
        for name, value in zip(names, engine.session.run(names, inputs), strict=True):
            cuda.memory(self._addresses[name], value.nbytes)[:] = np.ascontiguousarray(value).view(np.uint8).reshape(-1)


def install(monkeypatch: pytest.MonkeyPatch, style: str, cuda: FakeCuda | None = None) -> FakeTensorRt:
    """Put a fake GPU and one fake TensorRT where the real ones would be imported from."""
    cuda = cuda or FakeCuda()
    trt = FakeTensorRt(style, cuda)
    remove(monkeypatch)
    put_cuda(monkeypatch, cuda)
    monkeypatch.setitem(sys.modules, trt.__name__, trt)
    return trt


def put_cuda(monkeypatch: pytest.MonkeyPatch, driver: Any) -> None:
    """Let `driver` be the binding of CUDA's driver."""
    from mien_models.backends.cuda import cuda

    cuda.cache_clear()
    for name in ("cuda", "cuda.bindings"):
        monkeypatch.setitem(sys.modules, name, ModuleType(name))
    monkeypatch.setitem(sys.modules, "cuda.bindings.driver", driver)


def remove(monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither CUDA nor any TensorRT can be imported, whatever is installed."""
    from mien_models.backends.cuda import cuda
    from mien_models.backends.tensor_rt_api import tensor_rt

    monkeypatch.delenv("MIEN_TENSORRT", raising=False)
    for name in ("tensorrt", "tensorrt_bindings", "tensorrt_rtx", "tensorrt_rtx_bindings", "cuda.bindings.driver"):
        monkeypatch.setitem(sys.modules, name, None)
    cuda.cache_clear()
    tensor_rt.cache_clear()
