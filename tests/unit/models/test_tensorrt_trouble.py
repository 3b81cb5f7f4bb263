"""Disks and GPUs that fail for real, or as the real ones say it."""

from __future__ import annotations

import contextlib
import ctypes
import logging
import os
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import onnxruntime
import pytest

from mien_models import ModelError, Registry, open_session, store
from mien_models.backends import onnx_runtime
from mien_models.errors import DeviceError

from .fake_gpu import CUresult, FakeTensorRt, install
from .tiny import TEXT

# linux/capability.h
LINUX_CAPABILITY_VERSION_3 = 0x20080522
CAP_DAC_OVERRIDE = 1 << 1  # what lets root write anywhere

X = np.array([[-1, 0, 2]], np.float32)
Y = np.array([[0, 0, 2]], np.float32)


@pytest.fixture
def registry(load_registry: Callable[[str], Registry]) -> Registry:
    """One network, y = relu(x) for x of (N, 3), fetched already."""
    registry = load_registry(TEXT)
    registry.path("net", "cpu")
    registry.path("net", "gpu")
    return registry


@pytest.fixture
def trt(monkeypatch: pytest.MonkeyPatch) -> FakeTensorRt:
    return install(monkeypatch, "10")


@contextlib.contextmanager
def read_only(folder: Path) -> Iterator[None]:
    """Nothing below can be written, not even by root."""
    writable = [path for path in (folder, *folder.rglob("*")) if path.is_dir()]
    for path in writable:
        path.chmod(0o555)
    libc = ctypes.CDLL(None)
    header = (ctypes.c_uint32 * 2)(LINUX_CAPABILITY_VERSION_3, 0)
    sets = (ctypes.c_uint32 * 6)()  # effective, permitted, inheritable, twice
    assert libc.capget(header, sets) == 0
    mighty = sets[0]
    sets[0] &= ~CAP_DAC_OVERRIDE
    assert libc.capset(header, sets) == 0
    try:
        with pytest.raises(PermissionError):
            (folder / "probe").touch()
        yield
    finally:
        sets[0] = mighty
        assert libc.capset(header, sets) == 0
        for path in writable:
            path.chmod(0o755)


def test_from_a_read_only_cache_networks_run_on_the_cpu(registry: Registry) -> None:
    with read_only(registry.cache):
        np.testing.assert_array_equal(open_session("net", "cpu", registry=registry)({"x": X})["y"], Y)


@pytest.mark.parametrize("there", [False, True], ids=["absent", "there"])
def test_with_a_read_only_cache_engines_are_used_from_memory(
    registry: Registry, trt: FakeTensorRt, caplog: pytest.LogCaptureFixture, there: bool
) -> None:
    """Whether the folder of engines could not be made, or is there and takes nothing."""
    if there:
        (registry.cache / "engines").mkdir()
    with read_only(registry.cache):
        session = open_session("net", "cuda", registry=registry)
        np.testing.assert_array_equal(session({"x": X})["y"], Y)
    assert (
        f"built and not kept: cannot write the model cache {registry.cache}: Permission denied" in session.info.reason
    )
    assert "set MIEN_CACHE to a folder that can be written" in session.info.reason
    assert any(r.levelno == logging.WARNING and "will be built at every start" in r.message for r in caplog.records)


def test_engines_of_a_read_only_cache_are_used(registry: Registry, trt: FakeTensorRt) -> None:
    open_session("net", "cuda", registry=registry)
    with read_only(registry.cache):
        assert open_session("net", "cuda", registry=registry).info.reason.endswith("cached")
        assert open_session("net", "auto", registry=registry).info.device == "cuda"


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no /dev/full")
def test_a_full_disk_keeps_nothing_and_leaves_nothing(
    registry: Registry, trt: FakeTensorRt, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The kernel itself refuses the bytes."""
    make = tempfile.mkstemp

    def make_full(**where: Any) -> tuple[int, str]:
        handle, name = make(**where)
        os.close(handle)
        return os.open("/dev/full", os.O_WRONLY), name

    monkeypatch.setattr(tempfile, "mkstemp", make_full)
    session = open_session("net", "cuda", registry=registry)
    np.testing.assert_array_equal(session({"x": X})["y"], Y)
    assert "No space left on device; free some space, or set MIEN_CACHE to a folder on another disk" in (
        session.info.reason
    )
    left = [path.name for path in (registry.cache / "engines").iterdir()]
    assert all(name.endswith(".lock") for name in left)


def cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-1])


def of_another_driver(path: Path) -> None:
    """Intact, but TensorRT does not take it."""
    facts = {"engine": path.with_suffix(".engine").name}
    store.write_checked(path, b"another driver's", facts)


@pytest.mark.parametrize("damage", [cut, of_another_driver])
def test_kernels_that_do_not_fit_are_compiled_again(
    registry: Registry, monkeypatch: pytest.MonkeyPatch, damage: Callable[[Path], None]
) -> None:
    install(monkeypatch, "rtx")
    open_session("net", registry=registry)({"x": X})
    (kept,) = (registry.cache / "engines").glob("*.kernels")
    good = kept.read_bytes()
    damage(kept)
    np.testing.assert_array_equal(open_session("net", registry=registry)({"x": X})["y"], Y)
    assert kept.read_bytes() == good


def test_memory_that_runs_short_in_a_run_is_told_under_cuda(registry: Registry, trt: FakeTensorRt) -> None:
    session = open_session("net", "cuda", registry=registry)
    session({"x": X})
    trt.cuda.fail("cuStreamSynchronize", CUresult.CUDA_ERROR_OUT_OF_MEMORY)
    with pytest.raises(DeviceError, match=r"net failed on the GPU: .*OUT_OF_MEMORY; end other programs on the GPU"):
        session({"x": X})
    trt.cuda.failures.clear()
    np.testing.assert_array_equal(session({"x": X})["y"], Y)


@pytest.mark.parametrize(
    ("function", "error", "told"),
    [
        ("cuInit", CUresult.CUDA_ERROR_NO_DEVICE, "CUDA_ERROR_NO_DEVICE"),
        ("cuInit", CUresult.CUDA_ERROR_SYSTEM_DRIVER_MISMATCH, "restart the computer"),
    ],
)
def test_auto_goes_on_without_a_driver_that_works(
    registry: Registry,
    trt: FakeTensorRt,
    caplog: pytest.LogCaptureFixture,
    function: str,
    error: CUresult,
    told: str,
) -> None:
    trt.cuda.fail(function, error)
    session = open_session("net", "auto", registry=registry)
    assert session.info.device == "cpu"
    assert told in session.info.reason
    assert session.info.degraded
    assert caplog.records[-1].levelno == logging.WARNING
    np.testing.assert_array_equal(session({"x": X})["y"], Y)


# As onnxruntime's CUDA provider says it.
SHORT = (
    "[ONNXRuntimeError] : 6 : RUNTIME_EXCEPTION : Non-zero status code returned while running Conv node. "
    "bfc_arena.cc:376 Failed to allocate memory for requested buffer of size 1179648"
)
BROKEN = "[ONNXRuntimeError] : 1 : FAIL : CUDA failure 700: an illegal memory access was encountered ; GPU=0"
MISFIT = "[ONNXRuntimeError] : 2 : INVALID_ARGUMENT : Got invalid dimensions for input: x"


@pytest.fixture
def through_onnxruntime(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """onnxruntime's CUDA, played by its CPU, until it is told what to fail with."""
    install(monkeypatch, "10").start_error = "CUDA initialization failure with error: 35"
    monkeypatch.setattr(onnx_runtime, "cuda_obstacle", str)
    monkeypatch.setitem(onnx_runtime._PROVIDERS, "cuda", "CPUExecutionProvider")

    def fail(error: str) -> None:
        run = onnxruntime.InferenceSession.run

        def refuse_once(*_args: Any, **_kwargs: Any) -> Any:
            monkeypatch.setattr(onnxruntime.InferenceSession, "run", run)
            raise RuntimeError(error)

        monkeypatch.setattr(onnxruntime.InferenceSession, "run", refuse_once)

    return fail


@pytest.mark.parametrize("error", [SHORT, BROKEN])
def test_onnxruntime_that_fails_on_the_gpu_leaves_it(
    registry: Registry, through_onnxruntime: Callable[[str], None], error: str
) -> None:
    session = open_session("net", "auto", registry=registry)
    assert (session.info.backend, session.info.device) == ("onnxruntime", "cuda")
    through_onnxruntime(error)
    np.testing.assert_array_equal(session({"x": X})["y"], Y)
    assert session.info.device == "cpu"
    assert error in session.info.reason


def test_onnxruntime_that_fails_on_the_gpu_is_told_under_cuda(
    registry: Registry, through_onnxruntime: Callable[[str], None]
) -> None:
    session = open_session("net", "cuda", registry=registry)
    through_onnxruntime(SHORT)
    with pytest.raises(DeviceError, match=r"net does not run: .*Failed to allocate memory"):
        session({"x": X})


def test_an_input_that_does_not_fit_is_no_reason_to_leave_the_gpu(
    registry: Registry, through_onnxruntime: Callable[[str], None]
) -> None:
    session = open_session("net", "auto", registry=registry)
    through_onnxruntime(MISFIT)
    with pytest.raises(ModelError, match="invalid dimensions"):
        session({"x": X})
    assert session.info.device == "cuda"
