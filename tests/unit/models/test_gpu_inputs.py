"""Inputs that are made on the GPU, against a fake of TensorRT and of the GPU."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from mien_models import Registry, open_session

from .fake_gpu import STYLES, CUresult, FakeCuda, FakeTensorRt, install


class Made:
    """An input that a kernel writes."""

    def __init__(self, gpu: FakeCuda, values: NDArray[np.float32]) -> None:
        self._gpu, self._values = gpu, values
        self.shape, self.dtype = values.shape, values.dtype

    def __len__(self) -> int:
        return len(self._values)

    def __getitem__(self, part: slice) -> Made:
        return Made(self._gpu, self._values[part])

    def __array__(self, dtype: object = None, copy: bool | None = None) -> NDArray[np.float32]:
        return self._values

    def write(self, out: int, stream: int) -> None:
        data = np.ascontiguousarray(self._values).view(np.uint8).ravel()
        self._gpu.launch(lambda: np.copyto(self._gpu.memory(out, data.size), data))


@pytest.fixture(params=STYLES)
def trt(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> FakeTensorRt:
    return install(monkeypatch, request.param)


def batch(count: int, seed: int = 0) -> NDArray[np.float32]:
    return np.random.default_rng(seed).normal(size=(count, 3)).astype(np.float32)


def test_what_is_made_on_the_gpu_is_not_copied_there(registry: Registry, trt: FakeTensorRt) -> None:
    session = open_session("net", "cuda", registry=registry)
    session({"x": batch(2)})
    copies = trt.cuda.calls.count("cuMemcpyHtoDAsync")
    for seed in range(4):  # the later ones replay a graph
        x = batch(2, seed)
        np.testing.assert_array_equal(session({"x": Made(trt.cuda, x)})["y"], np.maximum(x, 0))
    assert trt.cuda.calls.count("cuMemcpyHtoDAsync") == copies


def test_arrays_and_what_is_made_take_turns(registry: Registry, trt: FakeTensorRt) -> None:
    session = open_session("net", "cuda", registry=registry)
    for seed, count in enumerate((2, 2, 2, 20, 2)):
        x = batch(count, seed)
        np.testing.assert_array_equal(session({"x": x})["y"], np.maximum(x, 0))
        np.testing.assert_array_equal(session({"x": Made(trt.cuda, -x)})["y"], np.maximum(-x, 0))


def test_a_gpu_that_fails_leaves_it_to_the_cpu(registry: Registry, monkeypatch: pytest.MonkeyPatch) -> None:
    trt = install(monkeypatch, "10")
    open_session("net", "cuda", registry=registry)  # builds the engine
    session = open_session("net", "auto", registry=registry)
    trt.cuda.fail("cuStreamSynchronize", CUresult.CUDA_ERROR_ILLEGAL_ADDRESS)
    x = batch(3)
    np.testing.assert_array_equal(session({"x": Made(trt.cuda, x)})["y"], np.maximum(x, 0))
    assert session.info.device == "cpu"
