"""What one build has measured serves the next one, and harms none."""

from __future__ import annotations

import errno
import json
import logging
import os
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from mien_models import Registry, store
from mien_models.backends import tensor_rt
from mien_models.backends.engines import Target, get_engine, timings

from .fake_gpu import FakeTensorRt, install

FULL = ("8.6", "10", "11")
KERNELS = ["Relu", "Reshape"]  # of the one network


@pytest.fixture(params=FULL)
def trt(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> FakeTensorRt:
    return install(monkeypatch, request.param)


@pytest.fixture
def target(trt: FakeTensorRt) -> Target:
    return tensor_rt.target_here("fp16")


def test_another_precision_times_nothing_twice(registry: Registry, trt: FakeTensorRt, target: Target) -> None:
    get_engine(registry, "net", target)
    get_engine(registry, "net", replace(target, precision="fp32"))
    assert [build["timed"] for build in trt.builds] == [KERNELS, []]


def test_a_forced_build_times_again(registry: Registry, trt: FakeTensorRt, target: Target) -> None:
    get_engine(registry, "net", target)
    get_engine(registry, "net", target, force=True)
    assert [build["timed"] for build in trt.builds] == [KERNELS, KERNELS]
    kept = json.loads(timings(registry, target).load())
    assert kept["times"] == dict.fromkeys(KERNELS, 1), "the newer times are kept"


def test_what_others_measured_meanwhile_is_kept(registry: Registry, trt: FakeTensorRt, target: Target) -> None:
    def another_process() -> None:
        timings(registry, target).save(json.dumps({"gpu": target.gpu, "times": {"Conv": 7}}).encode())

    trt.before_build = another_process
    get_engine(registry, "net", target)
    assert json.loads(timings(registry, target).load())["times"] == {"Conv": 7, **dict.fromkeys(KERNELS, 0)}


@pytest.mark.parametrize(
    "change",
    [
        lambda target: replace(target, api=replace(target.api, version="10.4.0")),
        lambda target: replace(target, gpu="NVIDIA Other"),
        lambda target: replace(target, capability=(8, 6)),
    ],
    ids=["version", "gpu", "capability"],
)
def test_times_are_those_of_one_gpu_and_one_version(
    registry: Registry, target: Target, change: Callable[[Target], Target]
) -> None:
    get_engine(registry, "net", target)
    assert timings(registry, target).load()
    assert not timings(registry, change(target)).load()


def cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-1])


def foreign(path: Path) -> None:
    """An intact file of another key, put where ours would be."""
    sidecar = Path(f"{path}.json")
    sidecar.write_text(json.dumps({**json.loads(sidecar.read_text()), "gpu": "NVIDIA Other"}))


def lose_sidecar(path: Path) -> None:
    Path(f"{path}.json").unlink()


@pytest.mark.parametrize("damage", [cut, foreign, lose_sidecar])
def test_a_file_that_is_not_ours_is_measured_again(
    registry: Registry, trt: FakeTensorRt, target: Target, damage: Callable[[Path], None]
) -> None:
    get_engine(registry, "net", target)
    damage(timings(registry, target).path)
    get_engine(registry, "net", replace(target, precision="fp32"))
    assert [build["timed"] for build in trt.builds] == [KERNELS, KERNELS]
    assert timings(registry, target).load(), "it is whole again"


@pytest.mark.parametrize(
    "content", [b"\0 no cache", json.dumps({"gpu": "NVIDIA Other", "times": {"Relu": 1}}).encode()]
)
def test_one_that_tensorrt_refuses_is_measured_again(
    registry: Registry, trt: FakeTensorRt, target: Target, content: bytes
) -> None:
    timings(registry, target).save(content)
    get_engine(registry, "net", target)
    assert trt.builds[0]["timed"] == KERNELS
    assert json.loads(timings(registry, target).load())["gpu"] == target.gpu


def test_what_was_wrong_with_timings_is_not_blamed_for_a_build(
    registry: Registry, trt: FakeTensorRt, target: Target
) -> None:
    timings(registry, target).save(b"\0 no cache")
    trt.build_error = "no implementation"
    with pytest.raises(Exception, match="cannot compile net: no implementation"):
        get_engine(registry, "net", target)


def test_a_tensorrt_that_cannot_keep_times_builds_all_the_same(
    registry: Registry, trt: FakeTensorRt, target: Target, caplog: pytest.LogCaptureFixture
) -> None:
    trt.timing_error = "out of order"
    with caplog.at_level(logging.INFO):
        assert get_engine(registry, "net", target).origin == "built"
    assert "timings of kernels are not kept: out of order" in caplog.text
    assert not timings(registry, target).path.exists()


def test_a_disk_that_takes_no_timings_takes_no_harm(
    registry: Registry, trt: FakeTensorRt, target: Target, monkeypatch: pytest.MonkeyPatch
) -> None:
    write = store._replace

    def refuse(path: Path, data: bytes) -> None:
        if "timings" in path.name:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        write(path, data)

    monkeypatch.setattr(store, "_replace", refuse)
    engine = get_engine(registry, "net", target)
    assert (engine.origin, engine.not_kept) == ("built", "")


def test_rtx_measures_nothing(registry: Registry, monkeypatch: pytest.MonkeyPatch) -> None:
    install(monkeypatch, "rtx")  # where asking for it is an error
    target = tensor_rt.target_here("fp16")
    get_engine(registry, "net", target)
    assert not timings(registry, target).path.exists()
