"""The CUDA kernel that cuts squares: its arithmetic as C++ against OpenCV, its launch against a driver on paper.

None of this needs a GPU. The stand-in for the driver keeps "GPU memory" on the host and runs the kernel's own
arithmetic with the arguments it unpacks from the launch, as the driver would.
"""

from __future__ import annotations

import ctypes
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from mien_models import load_face_geometry
from mien_models.alignment import crop, views
from mien_models.backends.cuda import Cuda
from mien_models.errors import ModelError
from mien_models.preprocess import GpuImage, Squares, compile_kernel, kernel_source

_LOOP = """
extern "C" void cut(const unsigned char* image, int pitch, const MienSquares* squares, int n, int size,
                    unsigned char* out) {
    for (int i = 0; i < n; ++i)
        for (int v = 0; v < size; ++v)
            for (int u = 0; u < size; ++u)
                mien_pixel(image, pitch, squares->square[i], u, v, out + 3 * ((i * size + v) * size + u));
}
"""
_CAPABILITIES = [(7, 5), (8, 7), (9, 0), (12, 0)]  # T4, Jetson Orin, H100, RTX 50
_SIZE = 64


@pytest.fixture(scope="module")
def cut_on_host(tmp_path_factory: pytest.TempPathFactory) -> Any:
    if shutil.which("g++") is None:
        pytest.skip("no g++ here")
    folder = tmp_path_factory.mktemp("kernel")
    (folder / "host.cpp").write_text(kernel_source() + _LOOP)
    flags = ["-O1", "-shared", "-fPIC", "-Wall", "-Wextra", "-Werror"]
    subprocess.run(["g++", *flags, "-o", folder / "host.so", folder / "host.cpp"], check=True)
    return ctypes.CDLL(str(folder / "host.so")).cut


class PaperDriver:
    """The calls of cuda.bindings.driver that the launcher makes."""

    CUdevice_attribute = SimpleNamespace(
        CU_DEVICE_ATTRIBUTE_COMPUTE_CAPABILITY_MAJOR="major", CU_DEVICE_ATTRIBUTE_COMPUTE_CAPABILITY_MINOR="minor"
    )

    def __init__(self, cut: Any) -> None:
        self._cut = cut
        self.memory: dict[int, Any] = {}
        self.said: list[str] = []

    def __getattr__(self, name: str) -> Any:
        def call(*args: Any) -> tuple[Any, ...]:
            self.said.append(name)
            return 0, {"cuDriverGetVersion": 13000, "cuDeviceGetName": b"paper", "cuDeviceGetAttribute": 9}.get(name, 1)

        return call

    def cuMemAlloc(self, nbytes: int) -> tuple[int, int]:
        block = (ctypes.c_uint8 * nbytes)()
        self.memory[ctypes.addressof(block)] = block
        return 0, ctypes.addressof(block)

    def cuMemHostAlloc(self, nbytes: int, _flags: int) -> tuple[int, int]:
        return self.cuMemAlloc(nbytes)

    def cuMemFree(self, pointer: int) -> tuple[int]:
        del self.memory[pointer]
        return (0,)

    def cuMemFreeHost(self, pointer: int) -> tuple[int]:
        return self.cuMemFree(pointer)

    def cuMemcpyHtoDAsync(self, to: int, source: int, nbytes: int, _stream: Any) -> tuple[int]:
        ctypes.memmove(to, source, nbytes)
        return (0,)

    def cuMemcpyDtoHAsync(self, to: int, source: int, nbytes: int, _stream: Any) -> tuple[int]:
        ctypes.memmove(to, source, nbytes)
        return (0,)

    def cuLaunchKernel(self, _kernel: Any, *rest: Any) -> tuple[int]:
        gx, gy, gz, bx, by, bz, shared, _stream, parameters, extra = rest
        assert (bz, shared, extra) == (1, 0, 0)
        slots = (ctypes.c_void_p * 5).from_address(parameters)
        kinds = (ctypes.c_uint64, ctypes.c_int, None, ctypes.c_int, ctypes.c_uint64)
        values = [at if kind is None else kind.from_address(at).value for kind, at in zip(kinds, slots, strict=True)]
        image, pitch, squares, size, out = values
        assert gx * bx >= size
        assert gy * by >= size
        pointer = ctypes.c_void_p
        self._cut(pointer(image), pitch, pointer(squares), gz, size, pointer(out))
        return (0,)


def picture(height: int, width: int) -> NDArray[np.uint8]:
    return np.random.default_rng(0).integers(0, 256, (height, width, 3)).astype(np.uint8)


def turned(x: float, y: float, side: float, angle: float) -> NDArray[np.float64]:
    """2×3 map from a _SIZE×_SIZE square to the image."""
    c, s = np.cos(angle) * side / _SIZE, np.sin(angle) * side / _SIZE
    return np.array([[c, -s, x - (c - s) * _SIZE / 2], [s, c, y - (s + c) * _SIZE / 2]])


MAPS = np.stack(
    [
        turned(160, 90, 120, 0.3),  # inside
        turned(5, 10, 150, -2.0),  # beyond two borders
        turned(300, 170, 40, 3.1),  # enlarged
        turned(-900, 90, 100, 0.0),  # nothing of the image
        np.array([[1.0, 0, 40], [0, 1, 20]]),  # pixel by pixel
    ]
)


def on_paper(cut: Any, image: NDArray[np.uint8], maps: NDArray[Any]) -> tuple[Squares, NDArray[np.uint8], PaperDriver]:
    driver = PaperDriver(cut)
    gpu = GpuImage(Cuda(driver), b"code")
    gpu.upload(picture(8, 8))  # a smaller one before it
    gpu.upload(image)
    squares = gpu.squares(maps, _SIZE)
    out = np.zeros((len(maps), _SIZE, _SIZE, 3), np.uint8)
    squares.write(out.ctypes.data, "stream")
    gpu.close()
    return squares, out, driver


def test_all_squares_are_what_opencv_cuts(cut_on_host: Any) -> None:
    """To one grey level: OpenCV rounds its weights in another order."""
    image = picture(180, 320)
    squares, out, driver = on_paper(cut_on_host, image, MAPS)
    for square, to_image in zip(out, MAPS, strict=True):
        expected = cv2.warpAffine(
            image, to_image, (_SIZE, _SIZE), flags=cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP
        ).astype(int)
        assert np.abs(square - expected).max() <= 1
        assert (square == expected).mean() > 0.995
    np.testing.assert_array_equal(out[-1], image[20:84, 40:104])
    assert driver.memory == {}
    assert squares.shape == out.shape == np.asarray(squares).shape
    assert np.abs(np.asarray(squares).astype(int) - out).max() <= 1
    assert driver.said.index("cuStreamWaitEvent") > driver.said.index("cuEventRecord")


def faces(scales: Sequence[float]) -> NDArray[np.float32]:
    """Landmarks of turned faces from one to twenty pixels of the image per pixel of a crop."""
    x, y, z = (load_face_geometry().vertices * (1, -1, -1)).T
    head = np.zeros((478, 3))
    head[:468] = np.stack([0.9 * x - 0.4 * y, 0.4 * x + 0.9 * y, z], axis=1)
    return np.array([scale * head + place for scale, place in zip(scales, PLACES, strict=True)], np.float32)


PLACES = [(300, 250, 0), (320, 260, 0), (350, 240, 0), (20, 30, 0), (330, 470, 0), (-4000, 0, 0)]
SCALES = [8, 30, 60, 60, 120, 60]


@pytest.mark.parametrize("size", [112, 224])
def test_aligned_crops_are_those_of_the_cpu(cut_on_host: Any, size: int) -> None:
    """To the grey levels that are lost where the CPU rounds every halving; black beyond the image, too."""
    image = cv2.GaussianBlur(picture(500, 640), (5, 5), 0)
    landmarks = faces(SCALES)
    seen = views(landmarks, 640, 500, size)
    assert {view.step for view in seen} >= ({1, 4, 8, 16} if size == 112 else {1, 2, 4, 8})
    gpu = GpuImage(Cuda(PaperDriver(cut_on_host)), b"code")
    gpu.upload(image)
    found = gpu.crops(seen, size)
    assert found.shape == (len(SCALES), size, size, 3)
    for ours, points in zip(found, landmarks, strict=True):
        expected = crop(image, points, size).astype(int)
        assert np.abs(ours - expected).max() <= 2
        assert np.abs(ours - expected).mean() < 0.3
    assert found[:-1].any(axis=(1, 2, 3)).all()
    assert not found[-1].any()


def test_a_face_that_is_not_known_is_cropped_black(cut_on_host: Any) -> None:
    driver = PaperDriver(cut_on_host)
    gpu = GpuImage(Cuda(driver), b"code")
    gpu.upload(np.full((50, 50, 3), 255, np.uint8))
    landmarks = faces(SCALES)[:1]
    landmarks[0, 33] = np.nan
    assert not gpu.crops(views(landmarks, 50, 50), 112).any()
    assert gpu.crops([], 112).shape == (0, 112, 112, 3)
    gpu.close()
    assert not driver.memory


def test_broken_maps_cut_black(cut_on_host: Any) -> None:
    maps = np.stack([np.full((2, 3), np.nan), np.full((2, 3), 1e30), np.full((2, 3), -np.inf)])
    _, out, _ = on_paper(cut_on_host, picture(20, 30), maps)
    assert not out.any()


def test_what_cannot_be_cut_is_told(cut_on_host: Any) -> None:
    gpu = GpuImage(Cuda(PaperDriver(cut_on_host)), b"code")
    with pytest.raises(ModelError, match="of an image that was uploaded"):
        gpu.squares(MAPS, _SIZE).write(0, "stream")
    gpu.upload(picture(8, 8))
    with pytest.raises(ModelError, match="cannot cut 65 squares: at most 64"):
        gpu.squares(np.zeros((65, 2, 3)), _SIZE).write(0, "stream")


@pytest.mark.parametrize("capability", _CAPABILITIES)
def test_the_kernel_compiles_for_every_gpu_we_name(capability: tuple[int, int], tmp_path: Path) -> None:
    try:
        assert compile_kernel(capability).startswith(b"\x7fELF")
    except ModelError as error:
        if "not installed" not in str(error):
            raise
        if shutil.which("nvcc") is None:
            pytest.skip(f"{error}; nor is nvcc here")
        (tmp_path / "kernel.cu").write_text(kernel_source())
        arch = f"-arch=sm_{capability[0]}{capability[1]}"
        command = ["nvcc", arch, "-Werror", "all-warnings", "-cubin", "-o", tmp_path / "k", tmp_path / "kernel.cu"]
        subprocess.run(command, check=True)
        assert b"mien_cut" in (tmp_path / "k").read_bytes()


def test_a_missing_compiler_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "cuda.bindings.nvrtc", None)
    with pytest.raises(ModelError, match=r"NVRTC is not installed .*pip install 'mien\[tensorrt\]'"):
        compile_kernel((9, 0))
