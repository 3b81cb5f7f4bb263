"""Cut rotated and scaled squares from an image for the networks, all in one pass on a GPU.

The kernel is preprocess.cu. NVRTC, which the extra `tensorrt` installs, compiles it for the GPU of
this machine.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from importlib.resources import files
from math import prod
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from mien_models.backends.cuda import Buffer, Cuda, cuda
from mien_models.backends.session import SessionInfo
from mien_models.errors import ModelError

if TYPE_CHECKING:
    from mien_models.alignment import View

_log = logging.getLogger(__name__)

MOST_SQUARES = 64
KERNEL = b"mien_cut"
_BLOCK = 32, 8
# MienSquare of the kernel; `part` is left, top, width, height, step.
_SQUARE = np.dtype([("map", np.float32, 6), ("part", np.int32, 5)])

U8 = NDArray[np.uint8]
F32 = NDArray[np.float32]


def kernel_source() -> str:
    """The CUDA source, which also compiles as C++."""
    return files("mien_models").joinpath("preprocess.cu").read_text(encoding="utf-8")


def compile_kernel(capability: tuple[int, int]) -> bytes:
    """The kernel's machine code for a GPU of this compute capability.

    Raises ModelError with a remedy if NVRTC is missing or fails.
    """
    try:
        nvrtc = import_module("cuda.bindings.nvrtc")
        error, program = nvrtc.nvrtcCreateProgram(kernel_source().encode(), b"preprocess.cu", 0, [], [])
    except (ImportError, RuntimeError) as missing:  # the binding, or the library it loads
        why = str(missing).splitlines()[0]
        raise ModelError(f"NVRTC is not installed ({why}); pip install 'mien[tensorrt]'") from missing
    options = [f"--gpu-architecture=sm_{capability[0]}{capability[1]}".encode(), b"--std=c++17"]
    (error,) = nvrtc.nvrtcCompileProgram(program, len(options), options)
    if int(error) != 0:
        log = b" " * nvrtc.nvrtcGetProgramLogSize(program)[1]
        nvrtc.nvrtcGetProgramLog(program, log)
        said = log.decode(errors="replace").strip(" \0\n") or str(error)
        raise ModelError(f"NVRTC cannot compile preprocess.cu for sm_{capability[0]}{capability[1]}: {said}")
    code: bytes = b" " * nvrtc.nvrtcGetCUBINSize(program)[1]
    nvrtc.nvrtcGetCUBIN(program, code)
    nvrtc.nvrtcDestroyProgram(program)
    return code


def open_gpu_image(info: SessionInfo) -> GpuImage | None:
    """The GPU image for a session on TensorRT. None for other sessions, and, with a log message, without a compiler."""
    if not info.backend.startswith("tensorrt"):
        return None
    try:
        driver = cuda()
        return GpuImage(driver, compile_kernel(driver.gpu.capability))
    except ModelError as error:
        _log.warning("squares for %s are cut on the CPU: %s", info.network, error)
        return None


@dataclass(frozen=True, slots=True)
class Squares:
    """N squares of the image that is on the GPU: a network's input, N×size×size×3 uint8. A `GpuInput`."""

    image: GpuImage
    maps: F32  # N×2×3, from the square to the image
    size: int

    @property
    def shape(self) -> tuple[int, ...]:
        return len(self.maps), self.size, self.size, 3

    @property
    def dtype(self) -> np.dtype[Any]:
        return np.dtype(np.uint8)

    def __len__(self) -> int:
        return len(self.maps)

    def __getitem__(self, part: slice) -> Squares:
        return Squares(self.image, self.maps[part], self.size)

    def write(self, out: int, stream: Any) -> None:
        """Cut the squares on `stream` into the GPU memory at `out`, before later launches on that stream."""
        height, width = self.image.host.shape[:2]
        squares = np.empty(len(self.maps), _SQUARE)
        squares["map"], squares["part"] = self.maps.reshape(-1, 6), (0, 0, width, height, 1)
        self.image.cut(squares, self.size, out, stream)

    def __array__(self, dtype: Any = None, copy: bool | None = None) -> NDArray[Any]:
        """Cut the squares on the CPU, from the uploaded image."""
        import cv2

        out = np.empty(self.shape, np.uint8)
        flags = cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP
        for square, to_image in zip(out, self.maps, strict=True):
            cv2.warpAffine(self.image.host, to_image, (self.size, self.size), dst=square, flags=flags)
        return out if dtype is None else out.astype(dtype)


class GpuImage:
    """The image of one frame on the GPU: uploaded once, read by every network."""

    def __init__(self, cuda: Cuda, code: bytes) -> None:
        """`code` is that of `compile_kernel`. Raises DeviceError when the GPU refuses it."""
        self._cuda = cuda
        cuda.enter()
        self._module = cuda.call("cuModuleLoadData", code)
        self._kernel = cuda.call("cuModuleGetFunction", self._module, KERNEL)
        self._stream = cuda.call("cuStreamCreate", 1)  # non-blocking, as those of the networks
        self._uploaded = cuda.call("cuEventCreate", 2)  # without timing
        self._frees: list[Callable[[], None]] = []
        self._buffer: Buffer | None = None
        self._cropped: Buffer | None = None
        self.host: U8 = np.empty((0, 0, 3), np.uint8)  # the image that was uploaded last

    def upload(self, image: U8) -> None:
        """Upload an H×W×3 RGB image. The previous image must no longer be in use. Raises DeviceError."""
        self._cuda.enter()
        if self._buffer is None or self._buffer.host.size < image.size:
            self._free()
            self._buffer = Buffer(self._cuda, image.size, self._frees)
        self.host = image
        # The transfer of the last frame must be over before its bytes are overwritten.
        self._cuda.call("cuStreamSynchronize", self._stream)
        np.copyto(self._buffer.host[: image.size].reshape(image.shape), image)
        self._cuda.call("cuMemcpyHtoDAsync", self._buffer.device, self._buffer.pinned, image.size, self._stream)
        self._cuda.call("cuEventRecord", self._uploaded, self._stream)

    def squares(self, maps: NDArray[Any], size: int) -> Squares:
        """N squares from their N×2×3 maps to the image. The kernel is not launched yet."""
        return Squares(self, np.asarray(maps, np.float32).reshape(-1, 2, 3), size)

    def crops(self, views: list[View], size: int) -> U8:
        """N×size×size×3 RGB crops on the host, N ≤ 64, like `mien_models.alignment.crop`. Raises DeviceError."""
        squares = np.empty(len(views), _SQUARE)
        for square, view in zip(squares, views, strict=True):
            square["map"] = view.matrix.reshape(6)
            square["part"] = view.left, view.top, view.width, view.height, view.step
        shape = len(views), size, size, 3
        nbytes, most = prod(shape), MOST_SQUARES * prod(shape[1:])
        self._cuda.enter()
        if self._cropped is None or self._cropped.host.size < most:
            self._cropped = Buffer(self._cuda, most, self._frees)
        self.cut(squares, size, self._cropped.device, self._stream)
        self._cuda.call("cuMemcpyDtoHAsync", self._cropped.pinned, self._cropped.device, nbytes, self._stream)
        self._cuda.call("cuStreamSynchronize", self._stream)
        out: U8 = self._cropped.host[:nbytes].reshape(shape).copy()
        return out

    def cut(self, squares: NDArray[Any], size: int, out: int, stream: Any) -> None:
        """Launch the kernel for N `_SQUARE`s; see `Squares.write`.

        Raises ModelError before the first upload, and for more than 64 squares.
        """
        n = len(squares)
        if self._buffer is None or n > MOST_SQUARES:
            raise ModelError(f"cannot cut {n} squares: at most {MOST_SQUARES}, of an image that was uploaded")
        if not n:
            return
        by_value = np.zeros(MOST_SQUARES, _SQUARE)
        by_value[:n] = squares
        arguments = (
            np.uint64(self._buffer.device),
            np.int32(3 * self.host.shape[1]),
            by_value,
            np.int32(size),
            np.uint64(out),
        )
        held = [np.atleast_1d(a) for a in arguments]
        pointers = np.array([a.ctypes.data for a in held], np.uint64)
        grid = [-(-size // side) for side in _BLOCK]
        self._cuda.enter()
        self._cuda.call("cuStreamWaitEvent", stream, self._uploaded, 0)
        self._cuda.call("cuLaunchKernel", self._kernel, *grid, n, *_BLOCK, 1, 0, stream, pointers.ctypes.data, 0)

    def close(self) -> None:
        """Free its resources on the GPU, also after the GPU has failed."""
        self._cuda.releaser("cuStreamSynchronize", self._stream)()
        self._free()
        for function, handle in (
            ("cuEventDestroy", self._uploaded),
            ("cuStreamDestroy", self._stream),
            ("cuModuleUnload", self._module),
        ):
            self._cuda.releaser(function, handle)()

    def _free(self) -> None:
        self._buffer = self._cropped = None
        while self._frees:
            self._frees.pop()()
