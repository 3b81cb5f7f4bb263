"""The kernel that cuts faces, on a real GPU, against OpenCV on the CPU."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from mien_models import ModelError, alignment, load_face_geometry
from mien_models.backends.cuda import Buffer, Cuda
from mien_models.preprocess import GpuImage, compile_kernel

SIZE = 256


@pytest.fixture
def image(gpu: Cuda) -> Iterator[GpuImage]:
    """A picture of coarse squares, on the GPU."""
    pytest.importorskip("cv2")
    try:
        code = compile_kernel(gpu.gpu.capability)
    except ModelError as error:
        pytest.skip(str(error))
    uploaded = GpuImage(gpu, code)
    coarse = np.random.default_rng(0).integers(0, 256, (68, 120, 3)).astype(np.uint8)
    uploaded.upload(np.ascontiguousarray(coarse.repeat(16, axis=0).repeat(16, axis=1)))
    yield uploaded
    uploaded.close()


def turned(x: float, y: float, side: float, angle: float) -> NDArray[np.float64]:
    """2×3 map from a SIZE×SIZE square to the image."""
    c, s = np.cos(angle) * side / SIZE, np.sin(angle) * side / SIZE
    return np.array([[c, -s, x - (c - s) * SIZE / 2], [s, c, y - (s + c) * SIZE / 2]])


def test_squares_are_those_of_opencv(gpu: Cuda, image: GpuImage) -> None:
    maps = np.stack([turned(900, 500, 400, 0.3), turned(20, 40, 900, -2.0), turned(-9000, 40, 100, 0)])
    squares = image.squares(maps, SIZE)
    expected = np.asarray(squares).astype(int)
    later: list[Any] = []
    stream = gpu.call("cuStreamCreate", 1)
    out = Buffer(gpu, expected.size, later)
    squares.write(out.device, stream)
    gpu.call("cuMemcpyDtoHAsync", out.pinned, out.device, expected.size, stream)
    gpu.call("cuStreamSynchronize", stream)
    found = out.host.reshape(expected.shape)
    assert np.abs(found - expected).max() <= 2
    assert (found == expected).mean() > 0.98
    for free in later:
        free()
    gpu.call("cuStreamDestroy", stream)


@pytest.mark.parametrize("size", [112, 224])
def test_aligned_crops_are_those_of_the_cpu(image: GpuImage, size: int) -> None:
    """Of faces from one to sixteen pixels per pixel of a crop; again and again, in buffers that stay."""
    head = np.zeros((478, 3))
    head[:468] = load_face_geometry().vertices * (1, -1, -1)
    landmarks = np.array([scale * head + (900, 500, 0) for scale in (8, 20, 60, 120)], np.float32)
    height, width = image.host.shape[:2]
    seen = alignment.views(landmarks, width, height, size)
    for count in (1, 4, 2):
        found = image.crops(seen[:count], size)
        assert len(found) == count
        for ours, points in zip(found, landmarks, strict=False):
            expected = alignment.crop(image.host, points, size).astype(int)
            assert np.abs(ours - expected).max() <= 3
            assert np.abs(ours - expected).mean() < 0.5
