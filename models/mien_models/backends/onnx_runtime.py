"""onnxruntime, on the CPU or through CUDA."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from numpy.typing import NDArray

from mien_models.backends.session import SessionInfo
from mien_models.errors import AbsentError, DeviceError, ModelError
from mien_models.registry import Registry

# Parts of onnxruntime's error messages that mean that the GPU failed, not that the input is wrong.
_GPU_TROUBLE = re.compile(r"CUDA (error|failure)|CUBLAS|CUDNN|Failed to allocate memory|out of memory", re.IGNORECASE)
_PROVIDERS = {"cpu": "CPUExecutionProvider", "cuda": "CUDAExecutionProvider"}


def cuda_obstacle() -> str:
    """The reason why CUDA cannot be used here, with a remedy, or "" if it can."""
    import onnxruntime

    if _PROVIDERS["cuda"] in onnxruntime.get_available_providers():
        return ""
    return "this onnxruntime has no CUDA provider (install onnxruntime-gpu in place of onnxruntime)"


def open_cuda(registry: Registry, name: str, reason: str, degraded: bool = False) -> OnnxRuntimeSession:
    """Load a network through onnxruntime's CUDA. Raises ModelError with a remedy if there is none."""
    if obstacle := cuda_obstacle():
        raise AbsentError(obstacle)
    return OnnxRuntimeSession(registry, name, "cuda", reason, degraded)


class OnnxRuntimeSession:
    """A Session on onnxruntime."""

    def __init__(self, registry: Registry, name: str, device: str, reason: str, degraded: bool = False) -> None:
        import onnxruntime

        entry = registry[name]
        if not entry.inputs:
            raise ModelError(f"{name} is not a network that can be run")
        path = registry.path(name, "cpu" if device == "cpu" else "gpu")
        try:
            self._session = onnxruntime.InferenceSession(str(path), _options(), providers=[_PROVIDERS[device]])
        except Exception as error:  # onnxruntime raises its own types, which it does not export
            raise ModelError(
                f"onnxruntime cannot load {path}: {error}; run `mien models fetch --force {name}`"
            ) from error
        if _PROVIDERS[device] not in self._session.get_providers():
            raise ModelError(
                f"{name} cannot run on {device}: onnxruntime could not start it, and its log names the library that "
                "is missing or of another version; install it, or set device to auto or cpu"
            )
        self._info = SessionInfo(name, "onnxruntime", device, reason, degraded)
        self._inputs = frozenset(value.name for value in self._session.get_inputs())
        self._outputs = [value.name for value in self._session.get_outputs()]

    @property
    def info(self) -> SessionInfo:
        """The description of this session."""
        return self._info

    def __call__(self, inputs: Mapping[str, NDArray[Any]]) -> dict[str, NDArray[Any]]:
        """Run a batch; see Session."""
        if inputs.keys() != self._inputs:
            raise ModelError(
                f"{self._info.network} takes {', '.join(sorted(self._inputs))}, not {', '.join(sorted(inputs))}"
            )
        try:
            values = self._session.run(self._outputs, dict(inputs))
        except Exception as error:  # as above
            failed = DeviceError if self._info.device == "cuda" and _GPU_TROUBLE.search(str(error)) else ModelError
            raise failed(f"{self._info.network} does not run: {error}") from error
        return dict(zip(self._outputs, values, strict=True))


def _options() -> Any:
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_ENABLE_ALL
    # A second thread does not speed up layers of 20 µs, but it does speed up several faces; see `ChunkedSession`.
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    return options
