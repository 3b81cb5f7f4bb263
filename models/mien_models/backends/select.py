"""Choose the backend of a network, and the fallback when a GPU fails."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from mien_models.backends import onnx_runtime, tensor_rt, tensor_rt_api
from mien_models.backends.chunks import ChunkedSession
from mien_models.backends.cpu import has_vnni
from mien_models.backends.session import Session, SessionInfo
from mien_models.backends.tensor_rt_api import Precision
from mien_models.errors import AbsentError, DeviceError, ModelError
from mien_models.registry import Registry

_log = logging.getLogger(__name__)

CPU_PRECISIONS = ("auto", "fp32", "int8")
DEVICES = ("auto", "cpu", "cuda", "dla0", "dla1")


def open_session(
    name: str,
    device: str = "auto",
    threads: int = 1,
    *,
    precision: Precision = "fp16",
    cpu_precision: str = "fp32",
    registry: Registry | None = None,
) -> Session:
    """Load a network of the registry, fetching it first if needed.

    `cuda` uses TensorRT if it is installed, building a missing engine first, else onnxruntime's CUDA.
    It raises ModelError with reason and remedy if neither is available. `auto` tries the same, but
    does not start builds of minutes, and uses the CPU if the GPU is not available or fails later. It
    logs its choice and the reason, and `info` has both. `dla0` and `dla1` use a deep learning
    accelerator of a Jetson Orin, and the GPU for layers that it cannot run; like `cuda` they raise if
    it is not available. `threads` CPU threads share a batch; one face runs on one thread.
    `precision` applies to TensorRT's engines, `cpu_precision` to the CPU: int8 takes a network's
    8-bit version if the registry has one, auto does so on processors with 8-bit dot products (VNNI),
    on which it takes half of the time. Everything else computes in fp32.
    """
    if device not in DEVICES:
        raise ModelError(f"there is no device {device!r}; choose {', '.join(DEVICES[:-1])} or {DEVICES[-1]}")
    if precision not in tensor_rt_api.PRECISIONS:
        raise ModelError(f"there is no precision {precision!r}; choose {' or '.join(tensor_rt_api.PRECISIONS)}")
    if cpu_precision not in CPU_PRECISIONS:
        raise ModelError(f"there is no precision {cpu_precision!r} on CPUs; choose {' or '.join(CPU_PRECISIONS)}")
    registry = registry or Registry.load()
    if not registry[name].inputs:
        raise ModelError(f"{name} is not a network that can be run")

    def on_cpu(reason: str, degraded: bool = True) -> Session:
        used = _cpu_version(registry, name, cpu_precision)
        return ChunkedSession(onnx_runtime.OnnxRuntimeSession(registry, used, "cpu", reason, degraded), threads)

    if device == "cpu":
        session = on_cpu("as configured", degraded=False)
        _log.info("%s", session.info)
        return session

    if device.startswith("dla"):
        try:
            dla = tensor_rt.open_tensor_rt(registry, name, "as configured", precision, build=True, dla=int(device[3:]))
        except ModelError as error:
            raise ModelError(f"{name} cannot run on {device}: {error}; or set device to auto, cuda or cpu") from error
        _log.info("%s", dla.info)
        return dla

    automatic = device == "auto"
    found, obstacles = _open_first(
        lambda reason, _: tensor_rt.open_tensor_rt(registry, name, reason, precision, build=not automatic),
        lambda reason, degraded: onnx_runtime.open_cuda(registry, name, reason, degraded),
        otherwise="a GPU is there" if automatic else "as configured",
    )
    if found is None and not automatic:
        raise ModelError(f"{name} cannot run on CUDA: {_reason(obstacles)}; or set device to auto or cpu")
    if found is None:
        session = on_cpu(_reason(obstacles), _degraded(obstacles))
    else:
        session = FallbackSession(found, on_cpu) if automatic else found
    _log.log(logging.WARNING if session.info.degraded else logging.INFO, "%s", session.info)
    return session


def _cpu_version(registry: Registry, name: str, precision: str) -> str:
    wanted = precision == "int8" or (precision == "auto" and has_vnni())
    return (wanted and registry[name].int8) or name


def _open_first(*openers: Callable[[str, bool], Session], otherwise: str) -> tuple[Session | None, list[ModelError]]:
    """The first session that can be opened, and the reasons why those before it could not."""
    obstacles: list[ModelError] = []
    for open_ in openers:
        try:
            return open_(_reason(obstacles) or otherwise, _degraded(obstacles)), obstacles
        except ModelError as error:
            obstacles.append(error)
    return None, obstacles


def _reason(obstacles: list[ModelError]) -> str:
    return "; ".join(map(str, obstacles))


def _degraded(obstacles: list[ModelError]) -> bool:
    """Whether a better backend is installed but does not work; a computer without a GPU is not degraded."""
    return any(not isinstance(error, AbsentError) for error in obstacles)


class FallbackSession:
    """A Session on a GPU. After a failure it permanently uses the one that `open_other` opens with the reason.

    A GPU that ran out of memory is not tried again: mien and the process that took the memory would
    take it from each other in the middle of a run.
    """

    def __init__(self, session: Session, open_other: Callable[[str], Session]) -> None:
        self._session = session
        self._open_other = open_other
        self._lock = threading.Lock()

    @property
    def info(self) -> SessionInfo:
        """The description of the session in use."""
        return self._session.info

    def __call__(self, inputs: Mapping[str, NDArray[Any]]) -> dict[str, NDArray[Any]]:
        """Run a batch; see Session."""
        session = self._session
        try:
            return session(inputs)
        except DeviceError as error:
            self._replace(session, f"it ran on {session.info.backend} until that failed: {error}")
        return self._session({name: np.asarray(value) for name, value in inputs.items()})

    def _replace(self, failed: Session, reason: str) -> None:
        with self._lock:
            if self._session is not failed:
                return  # another thread was first
            self._session = self._open_other(reason)
            _log.error("%s", self._session.info)
        close = getattr(failed, "close", None)
        if close is not None:
            close()
