"""The life of a session on TensorRT, against fakes of its versions on a GPU that is not there."""

from __future__ import annotations

import gc
import logging

import numpy as np
import pytest
from numpy.typing import NDArray

from mien_models import ModelError, Registry, open_session
from mien_models.backends import cuda, tensor_rt, tensor_rt_api
from mien_models.backends.select import FallbackSession
from mien_models.errors import AbsentError, DeviceError

from .fake_gpu import STYLES, CUresult, FakeCuda, FakeTensorRt, install, put_cuda, remove


@pytest.fixture(params=STYLES)
def trt(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> FakeTensorRt:
    return install(monkeypatch, request.param)


@pytest.fixture
def trt10(monkeypatch: pytest.MonkeyPatch) -> FakeTensorRt:
    return install(monkeypatch, "10")


def batch(count: int, seed: int = 0) -> NDArray[np.float32]:
    return np.random.default_rng(seed).normal(size=(count, 3)).astype(np.float32)


def test_any_batch_runs(registry: Registry, trt: FakeTensorRt) -> None:
    session = open_session("net", "cuda", registry=registry)
    for count in (0, 1, 3, 8, 9, 20):
        x = batch(count)
        np.testing.assert_array_equal(session({"x": x})["y"], np.maximum(x, 0))


def test_a_shape_is_captured_once_it_repeats(registry: Registry, trt: FakeTensorRt) -> None:
    session = open_session("net", "cuda", registry=registry)
    for turn, count in enumerate((1, 1, 1, 2, 1, 2, 2)):
        x = batch(count, turn)
        np.testing.assert_array_equal(session({"x": x})["y"], np.maximum(x, 0))
    # TensorRT for RTX captures by itself: its kernels change while it runs.
    assert trt.cuda.calls.count("cuGraphInstantiate") == (0 if trt.style == "rtx" else 2)
    assert trt.cuda.calls.count("cuGraphLaunch") == (0 if trt.style == "rtx" else 5)


def test_a_network_that_cannot_be_captured_runs_all_the_same(registry: Registry, trt10: FakeTensorRt) -> None:
    trt10.cuda.fail("cuStreamBeginCapture", CUresult.CUDA_ERROR_INVALID_VALUE)
    session = open_session("net", "cuda", registry=registry)
    for seed in range(3):
        np.testing.assert_array_equal(session({"x": batch(1, seed)})["y"], np.maximum(batch(1, seed), 0))


def test_no_run_after_the_first_allocates(registry: Registry, trt: FakeTensorRt) -> None:
    session = open_session("net", "cuda", registry=registry)
    allocated = trt.cuda.calls.count("cuMemAlloc"), trt.cuda.calls.count("cuMemHostAlloc")
    for count in (8, 1, 3, 3, 3):
        session({"x": batch(count)})
    assert allocated == (trt.cuda.calls.count("cuMemAlloc"), trt.cuda.calls.count("cuMemHostAlloc"))


@pytest.mark.parametrize("how", ["closed", "dropped"])
def test_everything_is_given_back(registry: Registry, trt: FakeTensorRt, how: str) -> None:
    session = open_session("net", "cuda", registry=registry)
    assert isinstance(session, tensor_rt.TensorRtSession)
    for count in (1, 1, 4, 4):
        session({"x": batch(count)})
    assert trt.cuda.live
    if how == "closed":
        session.close()
        with pytest.raises(ModelError, match="net was closed"):
            session({"x": batch(1)})
    del session
    gc.collect()
    assert not trt.cuda.live
    assert (trt.engines, trt.contexts) == (0, 0)


def test_only_so_many_shapes_are_kept(registry: Registry, trt10: FakeTensorRt, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tensor_rt, "_MAX_PLANS", 2)
    session = open_session("net", "cuda", registry=registry)
    for count in (1, 1, 2, 2, 3, 3, 1):
        np.testing.assert_array_equal(session({"x": batch(count)})["y"], np.maximum(batch(count), 0))
    gc.collect()
    assert trt10.contexts == 2


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize("precision", tensor_rt_api.PRECISIONS)
def test_precision_is_asked_for_in_the_way_of_the_version(
    registry: Registry, monkeypatch: pytest.MonkeyPatch, style: str, precision: tensor_rt_api.Precision
) -> None:
    trt = install(monkeypatch, style)
    open_session("net", "cuda", registry=registry, precision=precision)
    (build,) = trt.builds
    assert ("FP16" in build["flags"]) == (style == "8.6" and precision == "fp16")
    assert "TF32" not in build["flags"]
    assert build["shared"] == (style == "8.6")
    one, several = (profile["x"] for profile in build["profiles"])
    assert one == [[1, 3], [1, 3], [1, 3]]
    assert several == [[1, 3], [4, 3], [8, 3]]


def test_only_one_network_is_loaded_from_an_engine_of_another_precision(registry: Registry, trt: FakeTensorRt) -> None:
    for precision in (*tensor_rt_api.PRECISIONS, *tensor_rt_api.PRECISIONS):
        open_session("net", "cuda", registry=registry, precision=precision)
    assert len(trt.builds) == len(tensor_rt_api.PRECISIONS)


def test_info_tells_engine_and_gpu(registry: Registry, trt10: FakeTensorRt) -> None:
    info = open_session("net", "cuda", registry=registry).info
    assert (info.backend, info.device) == ("tensorrt 10.3.0", "cuda")
    assert info.reason == "as configured; fp16 engine for NVIDIA Test, built"
    assert open_session("net", "cuda", registry=registry).info.reason.endswith("cached")


@pytest.mark.parametrize(
    ("x", "told"),
    [
        (np.zeros((1, 4), np.float32), r"x is float32 \(1, 4\), not float32 \(N, 3\)"),
        (np.zeros((1, 3)), r"x is float64 \(1, 3\), not float32"),
        (np.zeros(3, np.float32), r"x is float32 \(3,\)"),
    ],
)
def test_a_wrong_input_is_told(registry: Registry, trt10: FakeTensorRt, x: NDArray[np.float32], told: str) -> None:
    session = open_session("net", registry=registry)
    with pytest.raises(ModelError, match=f"net does not run: {told}"):
        open_session("net", "cuda", registry=registry)({"x": x})
    with pytest.raises(ModelError, match="net takes x, not z"):
        open_session("net", "cuda", registry=registry)({"z": x})
    assert session.info.device == "cpu"


# What auto and cuda take.


def test_auto_does_not_build_for_minutes(
    registry: Registry, trt10: FakeTensorRt, caplog: pytest.LogCaptureFixture
) -> None:
    session = open_session("net", registry=registry)
    assert session.info.device == "cpu"
    assert "there is no TensorRT 10.3.0 engine of net for NVIDIA Test yet; run `mien models build net`" in (
        session.info.reason
    )
    assert session.info.degraded
    assert [r.levelno for r in caplog.records] == [logging.WARNING]
    assert not trt10.builds


def test_auto_takes_an_engine_that_is_there(registry: Registry, trt10: FakeTensorRt) -> None:
    open_session("net", "cuda", registry=registry)
    session = open_session("net", registry=registry)
    assert session.info.device == "cuda"
    np.testing.assert_array_equal(session({"x": batch(2)})["y"], np.maximum(batch(2), 0))


def test_auto_builds_where_that_takes_a_second(registry: Registry, monkeypatch: pytest.MonkeyPatch) -> None:
    trt = install(monkeypatch, "rtx")
    assert open_session("net", registry=registry).info.backend == "tensorrt_rtx 1.7.1.116"
    assert len(trt.builds) == 1


def test_rtx_keeps_its_kernels(registry: Registry, monkeypatch: pytest.MonkeyPatch) -> None:
    install(monkeypatch, "rtx")
    open_session("net", registry=registry)({"x": batch(3)})
    (kept,) = (registry.cache / "engines").glob("*.kernels")
    assert kept.read_bytes() == b"[3]"
    open_session("net", registry=registry)({"x": batch(2)})
    assert kept.read_bytes() == b"[3, 2]"


@pytest.mark.parametrize(
    "error", [CUresult.CUDA_ERROR_OUT_OF_MEMORY, CUresult.CUDA_ERROR_ILLEGAL_ADDRESS], ids=lambda e: e.name
)
def test_a_gpu_that_fails_in_a_run_is_left_for_good(
    registry: Registry, trt: FakeTensorRt, error: CUresult, caplog: pytest.LogCaptureFixture
) -> None:
    open_session("net", "cuda", registry=registry)
    session = open_session("net", registry=registry)
    session({"x": batch(1)})
    trt.cuda.fail("cuMemcpyHtoDAsync", error)
    np.testing.assert_array_equal(session({"x": batch(2)})["y"], np.maximum(batch(2), 0))
    assert session.info.device == "cpu"
    assert "until that failed: net failed on the GPU" in session.info.reason
    assert error.name in session.info.reason
    assert session.info.degraded
    assert [r.levelno for r in caplog.records if r.levelno > logging.WARNING] == [logging.ERROR]
    trt.cuda.failures.clear()
    calls = len(trt.cuda.calls)
    session({"x": batch(1)})
    assert len(trt.cuda.calls) == calls


def test_a_gpu_that_fails_in_a_run_is_told_under_cuda(registry: Registry, trt10: FakeTensorRt) -> None:
    session = open_session("net", "cuda", registry=registry)
    trt10.run_error = "[executionContext.cpp::enqueue::42] Out of memory"
    with pytest.raises(DeviceError, match=r"net failed on the GPU: TensorRT did not run: .*Out of memory"):
        session({"x": batch(1)})
    trt10.run_error = ""
    np.testing.assert_array_equal(session({"x": batch(1)})["y"], np.maximum(batch(1), 0))


def test_a_wrong_input_is_no_reason_to_leave_the_gpu(registry: Registry, trt10: FakeTensorRt) -> None:
    open_session("net", "cuda", registry=registry)
    session = open_session("net", registry=registry)
    assert isinstance(session, FallbackSession)
    with pytest.raises(ModelError, match="does not run"):
        session({"x": np.zeros((1, 4), np.float32)})
    assert session.info.device == "cuda"


def test_memory_that_is_short_at_the_start(registry: Registry, trt10: FakeTensorRt) -> None:
    open_session("net", "cuda", registry=registry)
    gc.collect()
    trt10.cuda.fail("cuMemHostAlloc", CUresult.CUDA_ERROR_OUT_OF_MEMORY)
    with pytest.raises(ModelError, match=r"CUDA_ERROR_OUT_OF_MEMORY; end other programs.*or set device to auto or cpu"):
        open_session("net", "cuda", registry=registry)
    assert "OUT_OF_MEMORY" in open_session("net", registry=registry).info.reason
    gc.collect()
    assert not trt10.cuda.live


# What is missing or does not fit: each message names the thing and the mend.


def refused(registry: Registry) -> str:
    with pytest.raises(ModelError) as told:
        open_session("net", "cuda", registry=registry)
    return str(told.value)


def test_nothing_is_installed(
    registry: Registry, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    remove(monkeypatch)
    assert "TensorRT is not installed (pip install 'mien[rtx]'" in refused(registry)
    with caplog.at_level(logging.INFO):
        session = open_session("net", registry=registry)
    assert "TensorRT is not installed" in session.info.reason
    # A computer without a GPU is no reason to warn.
    assert not session.info.degraded
    assert {r.levelno for r in caplog.records} == {logging.INFO}


def test_the_binding_is_missing(registry: Registry, trt10: FakeTensorRt, monkeypatch: pytest.MonkeyPatch) -> None:
    put_cuda(monkeypatch, None)
    assert "cuda-bindings is not installed" in refused(registry)


def test_there_is_no_driver(registry: Registry, trt10: FakeTensorRt, monkeypatch: pytest.MonkeyPatch) -> None:
    class NoDriver:
        def cuInit(self, _flags: int) -> None:
            raise RuntimeError("Failed to dlopen libcuda.so.1\nand so on")

    put_cuda(monkeypatch, NoDriver())
    assert "there is no NVIDIA driver (Failed to dlopen libcuda.so.1); install it" in refused(registry)


@pytest.mark.parametrize(
    ("error", "mend"),
    [
        (CUresult.CUDA_ERROR_NO_DEVICE, "CUDA_VISIBLE_DEVICES"),
        (CUresult.CUDA_ERROR_SYSTEM_DRIVER_MISMATCH, "restart the computer"),
    ],
    ids=lambda value: str(value),
)
def test_the_driver_does_not_start(
    registry: Registry, monkeypatch: pytest.MonkeyPatch, error: CUresult, mend: str
) -> None:
    trt = install(monkeypatch, "10")
    trt.cuda.fail("cuInit", error)
    message = refused(registry)
    assert error.name in message
    assert mend in message


def test_the_driver_is_too_old_for_tensorrt(registry: Registry, trt: FakeTensorRt) -> None:
    trt.start_error = "CUDA initialization failure with error: 35"
    message = refused(registry)
    assert "does not start: CUDA initialization failure with error: 35" in message
    assert "the driver runs CUDA up to 12.4: update it" in message


def test_a_tensorrt_that_is_too_old(registry: Registry, trt10: FakeTensorRt) -> None:
    trt10.__version__ = "8.5.3"
    assert "TensorRT 8.5.3 is too old; install 8.6 or newer" in refused(registry)


def test_both_are_installed(
    registry: Registry, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    import sys

    full = install(monkeypatch, "10")
    rtx = FakeTensorRt("rtx", full.cuda)
    monkeypatch.setitem(sys.modules, "tensorrt_rtx", rtx)
    assert open_session("net", "cuda", registry=registry).info.backend.startswith("tensorrt ")
    assert any("both tensorrt and tensorrt_rtx are installed; tensorrt is used" in m for m in caplog.messages)
    tensor_rt_api.tensor_rt.cache_clear()
    monkeypatch.setenv("MIEN_TENSORRT", "tensorrt_rtx")
    assert open_session("net", "cuda", registry=registry).info.backend.startswith("tensorrt_rtx ")
    assert (len(full.builds), len(rtx.builds)) == (1, 1)


@pytest.mark.parametrize(
    ("value", "told"),
    [("tensorrt_rtx", "tensorrt_rtx, which MIEN_TENSORRT asks for, is not installed"), ("trt", "names no TensorRT")],
)
def test_a_choice_that_is_not_there(
    registry: Registry, trt10: FakeTensorRt, monkeypatch: pytest.MonkeyPatch, value: str, told: str
) -> None:
    monkeypatch.setenv("MIEN_TENSORRT", value)
    assert told in refused(registry)


def test_rtx_does_not_know_the_gpu(registry: Registry, monkeypatch: pytest.MonkeyPatch) -> None:
    install(monkeypatch, "rtx", FakeCuda("NVIDIA H200", (9, 0)))
    message = refused(registry)
    assert "runs on compute capability 7.5, 8.0, 8.6, 8.9, 12.0, not 9.0; install the full TensorRT" in message


def test_a_network_that_does_not_compile(registry: Registry, trt10: FakeTensorRt) -> None:
    trt10.build_error = "Could not find any implementation for node Relu"
    assert "TensorRT 10.3.0 cannot compile net: Could not find any implementation for node Relu" in refused(registry)


def test_an_unknown_precision(registry: Registry) -> None:
    with pytest.raises(ModelError, match="there is no precision 'int8'; choose fp16 or fp32"):
        open_session("net", registry=registry, precision="int8")  # type: ignore[arg-type]


def test_absent_and_broken_differ(monkeypatch: pytest.MonkeyPatch) -> None:
    remove(monkeypatch)
    with pytest.raises(AbsentError):
        tensor_rt_api.tensor_rt()
    trt = install(monkeypatch, "10")
    trt.cuda.fail("cuInit", CUresult.CUDA_ERROR_NO_DEVICE)
    with pytest.raises(DeviceError):
        cuda.cuda()
