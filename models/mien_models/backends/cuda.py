"""The part of CUDA's driver API that a session needs, through cuda-bindings, which is imported on first use.

The driver API works with any driver, while the runtime API in cuda-bindings needs a driver of its
CUDA version or newer. Nothing here resets or configures a GPU.
"""

from __future__ import annotations

import ctypes
import functools
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib import import_module
from typing import Any

import numpy as np
from numpy.typing import NDArray

from mien_models.errors import AbsentError, DeviceError, ModelError

_MENDS = {
    "CUDA_ERROR_NO_DEVICE": "check nvidia-smi, and that CUDA_VISIBLE_DEVICES does not hide the GPU",
    "CUDA_ERROR_INVALID_DEVICE": "check nvidia-smi, and that CUDA_VISIBLE_DEVICES does not hide the GPU",
    "CUDA_ERROR_SYSTEM_DRIVER_MISMATCH": "the driver was updated while it was loaded; restart the computer",
    "CUDA_ERROR_STUB_LIBRARY": "the CUDA stub library is found before the driver's; take it off LD_LIBRARY_PATH",
    "CUDA_ERROR_COMPAT_NOT_SUPPORTED_ON_DEVICE": "remove the CUDA compatibility package, or update the driver",
    "CUDA_ERROR_OUT_OF_MEMORY": "end other programs on the GPU (nvidia-smi lists them), or set device to cpu",
}


@dataclass(frozen=True, slots=True)
class Gpu:
    """A GPU: its name, its compute capability, and the newest CUDA version that its driver supports."""

    name: str
    capability: tuple[int, int]
    cuda: tuple[int, int]

    def __str__(self) -> str:
        return f"{self.name} (compute capability {self.capability[0]}.{self.capability[1]})"


class Cuda:
    """The first visible GPU (CUDA_VISIBLE_DEVICES chooses it), and calls to its driver."""

    def __init__(self, driver: Any) -> None:
        self._driver = driver
        self.call("cuInit", 0)
        device = self.call("cuDeviceGet", 0)
        name = bytes(self.call("cuDeviceGetName", 256, device)).split(b"\0")[0].decode("utf-8", "replace").strip()
        attribute = driver.CUdevice_attribute
        major, minor = (
            int(self.call("cuDeviceGetAttribute", which, device))
            for which in (
                attribute.CU_DEVICE_ATTRIBUTE_COMPUTE_CAPABILITY_MAJOR,
                attribute.CU_DEVICE_ATTRIBUTE_COMPUTE_CAPABILITY_MINOR,
            )
        )
        version = int(self.call("cuDriverGetVersion"))
        self.gpu = Gpu(name, (major, minor), (version // 1000, version % 1000 // 10))
        # The primary context is what TensorRT's own CUDA runtime uses.
        self._context = self.call("cuDevicePrimaryCtxRetain", device)

    def enter(self) -> None:
        """Make the GPU current in this thread; required in every thread before a call."""
        self.call("cuCtxSetCurrent", self._context)

    def call(self, function: str, *args: Any) -> Any:
        """Call the driver; returns its result or None. Raises DeviceError with the driver's reason and a remedy."""
        error, *results = getattr(self._driver, function)(*args)
        if int(error) != 0:
            name = getattr(error, "name", str(error))
            mend = _MENDS.get(name, "see the kernel's log (dmesg) and nvidia-smi")
            raise DeviceError(f"CUDA failed in {function} with {name}; {mend}")
        return results[0] if results else None

    @contextmanager
    def capturing(self, stream: Any) -> Iterator[list[Any]]:
        """Record the launches on a stream into a graph, which is then the only item of the list."""
        mode = self._driver.CUstreamCaptureMode.CU_STREAM_CAPTURE_MODE_THREAD_LOCAL
        self.call("cuStreamBeginCapture", stream, mode)
        graphs: list[Any] = []
        try:
            yield graphs
        except BaseException:
            self._driver.cuStreamEndCapture(stream)
            raise
        graph = self.call("cuStreamEndCapture", stream)
        try:
            graphs.append(self.call("cuGraphInstantiate", graph, 0))
        finally:
            self.call("cuGraphDestroy", graph)

    def releaser(self, function: str, handle: Any) -> Callable[[], None]:
        """A function that frees `handle` and never raises, because a failed GPU has nothing left to free."""

        def release() -> None:
            getattr(self._driver, function)(handle)

        return release


class Buffer:
    """Memory on the GPU, and pinned memory of the same size on the host."""

    def __init__(self, cuda: Cuda, nbytes: int, later: list[Callable[[], None]]) -> None:
        """Allocate; `later` receives the calls that free it. Raises DeviceError if there is not enough memory."""
        self.device = int(cuda.call("cuMemAlloc", nbytes))
        later.append(cuda.releaser("cuMemFree", self.device))
        self.pinned = int(cuda.call("cuMemHostAlloc", nbytes, 0))
        later.append(cuda.releaser("cuMemFreeHost", self.pinned))
        memory: Any = (ctypes.c_uint8 * nbytes).from_address(self.pinned)
        self.host: NDArray[np.uint8] = np.frombuffer(memory, np.uint8)


@functools.cache
def cuda() -> Cuda:
    """CUDA in this process. Raises ModelError with a remedy if driver, GPU or binding is missing."""
    try:
        driver = import_module("cuda.bindings.driver")
    except ImportError as error:
        raise ModelError(f"cuda-bindings is not installed ({error}); pip install 'mien[tensorrt]'") from error
    try:
        return Cuda(driver)
    except ModelError:
        raise
    except Exception as error:  # cuda-bindings' own types, on the first call
        raise AbsentError(
            f"there is no NVIDIA driver ({_first_line(error)}); install it, or in a container pass the GPU on "
            "(docker run --gpus all)"
        ) from error


def _first_line(error: Exception) -> str:
    return (str(error).strip().splitlines() or [type(error).__name__])[0]
