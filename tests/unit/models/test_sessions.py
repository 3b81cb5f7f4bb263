"""Opening a network, and what is said when that or running it fails."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from typing import Any

import numpy as np
import onnxruntime
import pytest
from numpy.typing import NDArray

from mien_models import FakeSession, ModelError, Registry, Session, open_session
from mien_models.backends import onnx_runtime


@pytest.mark.parametrize("batch", [1, 3])
def test_a_batch_runs(registry: Registry, batch: int) -> None:
    session = open_session("net", "cpu", registry=registry)
    x = np.random.default_rng(0).normal(size=(batch, 3)).astype(np.float32)
    outputs = session({"x": x})
    assert outputs.keys() == {"y"}
    np.testing.assert_array_equal(outputs["y"], np.maximum(x, 0))


def test_auto_says_what_it_got_and_why(registry: Registry, caplog: pytest.LogCaptureFixture) -> None:
    if "CUDAExecutionProvider" in onnxruntime.get_available_providers():
        pytest.skip("this onnxruntime has CUDA")
    with caplog.at_level(logging.INFO, "mien_models"):
        session = open_session("net", registry=registry)
    assert (session.info.network, session.info.backend, session.info.device) == ("net", "onnxruntime", "cpu")
    assert "no CUDA provider" in session.info.reason
    assert str(session.info) in caplog.messages


def test_cuda_fails_loudly(registry: Registry) -> None:
    if "CUDAExecutionProvider" in onnxruntime.get_available_providers():
        pytest.skip("this onnxruntime has CUDA")
    with pytest.raises(ModelError, match=r"net cannot run on CUDA: .*install onnxruntime-gpu.*set device to auto"):
        open_session("net", "cuda", registry=registry)


def test_cuda_that_does_not_start_is_told(registry: Registry, monkeypatch: pytest.MonkeyPatch) -> None:
    """A CUDA provider that is listed but cannot start: auto goes on without it, cuda does not."""
    monkeypatch.setattr(onnx_runtime, "cuda_obstacle", str)
    monkeypatch.setitem(onnx_runtime._PROVIDERS, "cuda", "AzureExecutionProvider")
    monkeypatch.setattr(onnxruntime.InferenceSession, "get_providers", lambda _session: ["CPUExecutionProvider"])
    with pytest.raises(ModelError, match="net cannot run on cuda"):
        open_session("net", "cuda", registry=registry)
    session = open_session("net", "auto", registry=registry)
    assert session.info.device == "cpu"
    assert "could not start" in session.info.reason


def test_an_unknown_device_is_named(registry: Registry) -> None:
    with pytest.raises(ModelError, match="no device 'tpu'; choose auto, cpu, cuda, dla0 or dla1"):
        open_session("net", "tpu", registry=registry)  # type: ignore[arg-type]


def test_a_sample_is_no_network(registry: Registry) -> None:
    with pytest.raises(ModelError, match="face is not a network"):
        open_session("face", "cpu", registry=registry)


@pytest.mark.parametrize("names", [(), ("z",), ("x", "z")])
def test_wrong_names_are_told(registry: Registry, names: tuple[str, ...]) -> None:
    session = open_session("net", "cpu", registry=registry)
    with pytest.raises(ModelError, match="net takes x, not"):
        session(dict.fromkeys(names, np.zeros((1, 3), np.float32)))


@pytest.mark.parametrize("x", [np.zeros((1, 4), np.float32), np.zeros((1, 3))])
def test_a_wrong_shape_or_type_is_told(registry: Registry, x: NDArray[Any]) -> None:
    session = open_session("net", "cpu", registry=registry)
    with pytest.raises(ModelError, match="net does not run"):
        session({"x": x})


def test_a_file_that_does_not_load_is_told(registry: Registry, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("mien_models.convert.convert", lambda *_: b"not a network")
    with pytest.raises(ModelError, match=r"cannot load .*net\.cpu\.onnx.*run `mien models fetch --force net`"):
        open_session("net", "cpu", registry=registry)


def test_a_fake_answers_in_turn() -> None:
    first, second = {"y": np.zeros(1)}, {"y": np.ones(1)}
    session: Session = FakeSession([first, second], "net")
    assert session({"x": np.zeros(1)}) is first
    assert session({"x": np.ones(1)}) is second
    with pytest.raises(ModelError, match="net: the script has only 2 answers"):
        session({})


def test_a_fake_answers_by_function_and_keeps_the_calls() -> None:
    def double(inputs: Mapping[str, NDArray[Any]]) -> dict[str, NDArray[Any]]:
        return {"y": 2 * inputs["x"]}

    session = FakeSession(double)
    np.testing.assert_array_equal(session({"x": np.ones(2)})["y"], [2, 2])
    assert [list(call) for call in session.calls] == [["x"]]
    assert session.info.backend == "fake"
