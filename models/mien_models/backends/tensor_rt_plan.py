"""A TensorRT engine in memory: pinned buffers, one stream, and a CUDA graph for each repeated shape."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from math import prod
from typing import Any

import numpy as np
from numpy.typing import NDArray

from mien_models.backends.cuda import Buffer, Cuda
from mien_models.backends.memo import Memo
from mien_models.backends.tensor_rt_api import TensorRt
from mien_models.errors import DeviceError, EngineRefused, ModelError

_log = logging.getLogger(__name__)

# Runs of a shape after which TensorRT for RTX has compiled its generic, then its specialised kernels.
_KERNELS_SETTLED = (1, 64)

Array = NDArray[Any]
Shape = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Slot:
    """One input or output: its dtype, its smallest and largest shape, and its buffer."""

    name: str
    dtype: np.dtype[Any]
    least: Shape
    most: Shape
    buffer: Buffer

    def __str__(self) -> str:
        sides = [f"{a}…{b}" if a != b else f"{a}" for a, b in zip(self.least[1:], self.most[1:], strict=True)]
        return f"{self.dtype} ({', '.join(['N', *sides])})"

    def takes(self, shape: Shape) -> bool:
        """True for any batch of a size that the engine was built for."""
        sides = zip(self.least[1:], shape[1:], self.most[1:], strict=False)
        return len(shape) == len(self.most) and all(least <= side <= most for least, side, most in sides)

    def view(self, shape: Shape) -> Array:
        """The beginning of the pinned memory as an array."""
        return self.buffer.host[: self.nbytes(shape)].view(self.dtype).reshape(shape)

    def nbytes(self, shape: Shape) -> int:
        return prod(shape) * self.dtype.itemsize


class LoadedEngine:
    """An engine in memory with its stream, its buffers and the scratch memory its contexts share."""

    def __init__(
        self,
        cuda: Cuda,
        network: str,
        engine: bytes,
        api: TensorRt,
        kernels: Memo | None,
        dla: int | None,
        later: list[Callable[[], None]],
    ) -> None:
        trt = api.module
        self.cuda, self.api = cuda, api
        api.why()
        try:
            self._runtime = trt.Runtime(api.log)
        except Exception as error:  # pybind11 raises TypeError when a constructor returns null
            newest = ".".join(map(str, cuda.gpu.cuda))
            raise ModelError(
                f"{api} does not start: {api.why() or error}; the driver runs CUDA up to {newest}: "
                "update it, or install a TensorRT for that CUDA"
            ) from error
        if dla is not None:
            self._runtime.DLA_core = dla
        self.engine = self._runtime.deserialize_cuda_engine(engine)
        if self.engine is None:
            raise EngineRefused(f"{api} refuses the engine of {network}: {api.why()}")
        self.stream = cuda.call("cuStreamCreate", 1)  # non-blocking: not held up by the default stream
        later.append(cuda.releaser("cuStreamDestroy", self.stream))
        self._scratch_bytes = max(_scratch_bytes(self.engine), 1)
        self._scratch = int(cuda.call("cuMemAlloc", self._scratch_bytes))
        later.append(cuda.releaser("cuMemFree", self._scratch))
        self._kernels = (
            kernels if hasattr(self.engine, "create_runtime_config") and api.kind == "tensorrt_rtx" else None
        )
        self._config = self._runtime_config()
        # TensorRT for RTX captures graphs itself, because it changes kernels while it runs; the DLA cannot be captured.
        self.captures = self._config is None and dla is None
        names = [self.engine.get_tensor_name(i) for i in range(self.engine.num_io_tensors)]
        ins = [name for name in names if self.engine.get_tensor_mode(name) == trt.TensorIOMode.INPUT]
        self.outputs: dict[str, Slot] = {}
        self.inputs = {name: self._input(name, later) for name in ins}
        # Every buffer has room for the largest shape, so that no run allocates.
        greatest = self.context({name: slot.most for name, slot in self.inputs.items()})
        for name in set(names) - set(ins):
            most = tuple(greatest.get_tensor_shape(name))
            self.outputs[name] = self._slot(name, most, most, later)

    @property
    def max_batch(self) -> int:
        """The largest number of faces of one run."""
        return min(slot.most[0] for slot in self.inputs.values())

    def context(self, shapes: Mapping[str, Shape]) -> Any:
        """A context for inputs of these shapes, reading and writing the buffers.

        There is one context per shape, because a CUDA graph is valid only while its context is
        unchanged. Contexts share scratch memory, because runs take turns.
        """
        trt = self.api.module
        strategies = getattr(trt, "ExecutionContextAllocationStrategy", None)
        if self._config is not None:
            context = self.engine.create_execution_context(self._config)
        elif strategies is not None:
            context = self.engine.create_execution_context(strategies.USER_MANAGED)
        else:
            context = self.engine.create_execution_context_without_device_memory()
        if context is None:
            raise DeviceError(f"no execution context: {self.api.why() or 'TensorRT gave no reason'}")
        if hasattr(context, "set_device_memory"):
            context.set_device_memory(self._scratch, self._scratch_bytes)
        else:
            context.device_memory = self._scratch
        several = any(shape[0] > 1 for shape in shapes.values())
        if not context.set_optimization_profile_async(int(several), int(self.stream)):
            raise DeviceError(f"no optimisation profile: {self.api.why()}")
        self.cuda.call("cuStreamSynchronize", self.stream)
        for name, shape in shapes.items():
            if not context.set_input_shape(name, shape):
                raise ModelError(f"{self.api} takes no {name} of {shape}: {self.api.why()}")
        for name, slot in (self.inputs | self.outputs).items():
            context.set_tensor_address(name, slot.buffer.device)
        return context

    def unload(self) -> None:
        """Drop the engine, after its contexts."""
        self.engine = self._runtime = None

    def save_kernels(self) -> None:
        """Save the kernels that TensorRT for RTX has compiled so far."""
        if self._kernels is not None:
            self._kernels.save(bytes(self._compiled.serialize()))

    def _runtime_config(self) -> Any:
        """Settings of TensorRT for RTX: it captures graphs itself and reuses the kernels of earlier runs."""
        if self._kernels is None:
            return None
        trt = self.api.module
        config = self.engine.create_runtime_config()
        config.set_execution_context_allocation_strategy(trt.ExecutionContextAllocationStrategy.USER_MANAGED)
        config.cuda_graph_strategy = trt.CudaGraphStrategy.WHOLE_GRAPH_CAPTURE
        self._compiled = config.create_runtime_cache()
        kernels = self._kernels.load()
        if kernels and not self._compiled.deserialize(kernels):
            _log.info("kernels compiled with another driver are compiled again")
        config.set_runtime_cache(self._compiled)
        return config

    def _input(self, name: str, later: list[Callable[[], None]]) -> Slot:
        """An input with room for the largest shape, which is that of the last profile."""
        last = self.engine.num_optimization_profiles - 1
        least, _, most = (tuple(shape) for shape in self.engine.get_tensor_profile_shape(name, last))
        return self._slot(name, least, most, later)

    def _slot(self, name: str, least: Shape, most: Shape, later: list[Callable[[], None]]) -> Slot:
        dtype = np.dtype(self.api.module.nptype(self.engine.get_tensor_dtype(name)))
        return Slot(name, dtype, least, most, Buffer(self.cuda, max(prod(most) * dtype.itemsize, 1), later))


class Plan:
    """Runs inputs of one shape: by a context, and from the second run on by a CUDA graph."""

    def __init__(self, loaded: LoadedEngine, shapes: Mapping[str, Shape], written: frozenset[str]) -> None:
        """`written` inputs are already on the GPU when the plan runs."""
        self._loaded = loaded
        self._context = loaded.context(shapes)
        self._sizes = {name: loaded.inputs[name].nbytes(shape) for name, shape in shapes.items() if name not in written}
        self.outputs = [
            (name, slot, tuple(self._context.get_tensor_shape(name))) for name, slot in loaded.outputs.items()
        ]
        self._runs = 0
        self._captures = loaded.captures
        self._graph: Any = None

    def run(self) -> None:
        """Run from pinned inputs to pinned outputs; returns when the outputs are complete."""
        cuda, stream = self._loaded.cuda, self._loaded.stream
        # The first run does the deferred initialisation of TensorRT, which must not be captured.
        if self._captures and self._runs == 1:
            self._capture()
        if self._graph is not None:
            cuda.call("cuGraphLaunch", self._graph, stream)
        else:
            self._launch()
        cuda.call("cuStreamSynchronize", stream)
        self._runs += 1
        if self._runs in _KERNELS_SETTLED:
            self._loaded.save_kernels()

    def close(self) -> None:
        """Free the graph, then the context."""
        if self._graph is not None:
            self._loaded.cuda.releaser("cuGraphExecDestroy", self._graph)()
        self._graph = self._context = None

    def _launch(self) -> None:
        loaded = self._loaded
        for name, nbytes in self._sizes.items():
            buffer = loaded.inputs[name].buffer
            loaded.cuda.call("cuMemcpyHtoDAsync", buffer.device, buffer.pinned, nbytes, loaded.stream)
        if not self._context.execute_async_v3(int(loaded.stream)):
            raise DeviceError(f"TensorRT did not run: {loaded.api.why() or 'it gave no reason'}")
        for _, slot, shape in self.outputs:
            loaded.cuda.call(
                "cuMemcpyDtoHAsync", slot.buffer.pinned, slot.buffer.device, slot.nbytes(shape), loaded.stream
            )

    def _capture(self) -> None:
        """Record the launch. If that fails, the network is still launched kernel by kernel."""
        try:
            with self._loaded.cuda.capturing(self._loaded.stream) as graphs:
                self._launch()
            (self._graph,) = graphs
        except DeviceError as error:
            self._captures = False
            _log.info("no CUDA graph: %s", error)


def _scratch_bytes(engine: Any) -> int:
    size = getattr(engine, "device_memory_size_v2", None)
    return int(engine.device_memory_size if size is None else size)
