"""Networks on the deep learning accelerator of a Jetson, against fakes of the TensorRTs that know it."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from mien.cli.__main__ import main
from mien_models import ModelError, Registry, open_session
from mien_models.backends import tensor_rt_api

from .fake_gpu import CUresult, FakeCuda, FakeTensorRt, install
from .tiny import TEXT


@pytest.fixture
def registry(load_registry: Callable[[str], Registry], monkeypatch: pytest.MonkeyPatch) -> Registry:
    """net of (N, 3), and any of (N, W)."""
    network = TEXT[TEXT.index("[networks.net]") : TEXT.index("[data.face]")]
    free = network.replace("networks.net", "networks.any").replace("x = { shape = [3]", 'x = { shape = ["W"]')
    assert free.count('"W"') == 1
    registry = load_registry(TEXT + free)
    monkeypatch.setenv("COLUMNS", "200")
    monkeypatch.setattr(Registry, "load", lambda: registry)
    return registry


@pytest.fixture(params=["8.6", "10", "11"])
def orin(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> FakeTensorRt:
    return install(monkeypatch, request.param, FakeCuda("Orin", (8, 7), dla_cores=2))


def test_any_batch_runs_one_by_one(registry: Registry, orin: FakeTensorRt) -> None:
    session = open_session("net", "dla1", registry=registry)
    assert session.info.device == "dla1"
    assert session.info.reason == "as configured; fp16 engine for Orin, built"
    for count in (0, 1, 3, 1, 1):
        x = np.random.default_rng(count).normal(size=(count, 3)).astype(np.float32)
        np.testing.assert_array_equal(session({"x": x})["y"], np.maximum(x, 0))
    (build,) = orin.builds
    assert build["dla"]
    assert [list(profile.values()) for profile in build["profiles"]] == [[[[1, 3]] * 3]]
    # 11 knows no such flag: types are those that are written.
    assert ("FP16" in build["flags"]) == (orin.style != "11")


def test_each_core_and_the_gpu_have_engines_of_their_own(registry: Registry, orin: FakeTensorRt) -> None:
    for device in ("dla0", "dla1", "cuda", "dla0", "dla1", "cuda"):
        open_session("net", device, registry=registry)
    assert [build["dla"] for build in orin.builds] == [True, True, False]


def test_a_network_of_free_shapes_goes_to_the_gpu(registry: Registry, orin: FakeTensorRt) -> None:
    info = open_session("any", "dla0", registry=registry).info
    assert info.device == "cuda"
    assert info.reason.startswith("as configured, but the DLA takes no images of any size; fp16 engine")
    assert not orin.builds[0]["dla"]


def test_a_failure_is_told(registry: Registry, orin: FakeTensorRt) -> None:
    session = open_session("net", "dla0", registry=registry)
    orin.cuda.fail("cuMemcpyHtoDAsync", CUresult.CUDA_ERROR_ILLEGAL_ADDRESS)
    with pytest.raises(ModelError, match="net failed on the GPU: CUDA failed"):
        session({"x": np.zeros((1, 3), np.float32)})


@pytest.mark.parametrize(
    ("style", "cores", "precision", "told"),
    [
        ("10", 0, "fp16", "TensorRT 10.3.0 finds no DLA here: Jetson Orin has one, Thor and graphics cards do not"),
        ("11", 1, "fp16", "there is no core 1 of the DLA: TensorRT 11.4.0.106 finds 1, counted from 0"),
        ("10", 2, "fp32", "the DLA computes in fp16, not in fp32"),
        ("rtx", 0, "fp16", "TensorRT for RTX 1.7.1.116 finds no DLA here"),
    ],
)
def test_what_the_dla_cannot_do_is_told(
    registry: Registry,
    monkeypatch: pytest.MonkeyPatch,
    style: str,
    cores: int,
    precision: tensor_rt_api.Precision,
    told: str,
) -> None:
    trt = install(monkeypatch, style, FakeCuda("NVIDIA Test", (8, 9), dla_cores=cores))
    with pytest.raises(ModelError) as error:
        open_session("net", "dla1", registry=registry, precision=precision)
    assert str(error.value).startswith(f"net cannot run on dla1: {told}")
    assert str(error.value).endswith("or set device to auto, cuda or cpu")
    assert not trt.builds


def test_build_says_what_goes_to_the_dla(
    registry: Registry, orin: FakeTensorRt, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["models", "build", "--dla", "0", "net", "any"]) == 0
    said = capsys.readouterr().out
    assert "fp16, for core 0 of the DLA of Orin" in said
    assert "skipped: it takes images of any size, which the DLA does not; build it for the GPU" in said
    assert [build["dla"] for build in orin.builds] == [True]
    assert open_session("net", "dla0", registry=registry).info.reason.endswith("cached")


def test_build_without_a_dla_is_told(
    registry: Registry, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    install(monkeypatch, "10")
    assert main(["models", "build", "--dla", "0", "net"]) == 1
    assert "TensorRT 10.3.0 finds no DLA here" in capsys.readouterr().out
