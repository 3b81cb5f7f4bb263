"""Engines on a real GPU: the numbers of onnxruntime, from real faces, and nothing lost over 10,000 runs."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from mien_models import Registry
from mien_models.backends import tensor_rt_api
from mien_models.backends.cuda import Cuda
from mien_models.backends.tensor_rt import TensorRtSession
from mien_models.backends.tensor_rt_api import MAX_BATCH, Precision

from .cases import Case, networks

Open = Callable[..., TensorRtSession]
Arrays = dict[str, NDArray[Any]]

# Largest difference to onnxruntime, as a share of the output's largest value; the mean must be a
# tenth of it. Rounding alone costs half of these (tests/real/models/test_half_precision.py). Where
# outputs are pixels of a crop, 1e-3 is a quarter of a pixel.
FP32 = 5e-4
FP16 = {"facemesh_v2": 1e-3, "iris": 2e-3}
FP16_OTHERS = 1.6e-2
RUNS = 10_000
MB = 1 << 20

NETWORKS = networks(Registry.load())


def assert_close(network: str, found: Arrays, expected: Arrays, precision: str = "fp16") -> None:
    tolerance = FP32 if precision == "fp32" else FP16.get(network, FP16_OTHERS)
    assert found.keys() == expected.keys()
    for name, want in expected.items():
        assert found[name].dtype == want.dtype
        assert found[name].shape == want.shape
        scale = max(float(np.abs(want).max()), 1.0)
        error = np.abs(found[name] - want) / scale
        assert error.max() <= tolerance, name
        assert error.mean() <= tolerance / 10, name


@pytest.fixture
def case(cases: dict[str, Case]) -> Callable[[str], Case]:
    def get(name: str) -> Case:
        if name not in cases:
            pytest.skip(f"the optional network {name} cannot be had here")
        return cases[name]

    return get


@pytest.mark.parametrize("precision", tensor_rt_api.PRECISIONS)
@pytest.mark.parametrize("name", NETWORKS)
def test_parity(case: Callable[[str], Case], opened: Open, name: str, precision: Precision) -> None:
    real = case(name)
    session = opened(name, precision)
    for _ in range(3):  # as it comes, captured, replayed
        assert_close(name, session(real.inputs), real.outputs, precision)


@pytest.mark.parametrize("name", NETWORKS)
def test_every_batch_gives_the_same(case: Callable[[str], Case], opened: Open, name: str) -> None:
    real = case(name)
    session = opened(name)
    count = len(next(iter(real.inputs.values())))
    for batch in (*range(1, MAX_BATCH + 1), MAX_BATCH + 3):
        index = np.arange(batch) % count
        expected = {key: value[index] for key, value in real.outputs.items()}
        assert_close(name, session({key: value[index] for key, value in real.inputs.items()}), expected)


def test_shapes_may_alternate(case: Callable[[str], Case], opened: Open) -> None:
    """Contexts share scratch memory and graphs share buffers: one must not read what another left."""
    real = case("facemesh_v2")
    session = opened("facemesh_v2")
    for turn in range(60):
        batch = 1 + turn % 3
        part = {key: value[:batch] for key, value in real.inputs.items()}
        assert_close("facemesh_v2", session(part), {key: value[:batch] for key, value in real.outputs.items()})


def test_threads_may_share_a_session(case: Callable[[str], Case], opened: Open) -> None:
    real = case("facemesh_v2")
    session = opened("facemesh_v2")
    errors: list[BaseException] = []

    def work(index: int) -> None:
        one = {key: value[index : index + 1] for key, value in real.inputs.items()}
        want = {key: value[index : index + 1] for key, value in real.outputs.items()}
        try:
            for _ in range(100):
                assert_close("facemesh_v2", session(one), want)
        except BaseException as error:
            errors.append(error)

    threads = [threading.Thread(target=work, args=(index,)) for index in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not errors


@pytest.mark.slow
def test_10000_runs_leak_nothing(gpu: Cuda, case: Callable[[str], Case], opened: Open) -> None:
    real = case("facemesh_v2")
    session = opened("facemesh_v2")
    after_warm_up: tuple[int, int] | None = None
    for run in range(RUNS):
        session({key: value[: 1 + run % 3] for key, value in real.inputs.items()})
        if run == RUNS // 10:
            after_warm_up = host_bytes(), gpu_bytes(gpu)
    assert after_warm_up is not None
    assert host_bytes() - after_warm_up[0] < 8 * MB
    assert gpu_bytes(gpu) - after_warm_up[1] < 8 * MB


@pytest.mark.slow
def test_opening_and_closing_leaks_nothing(gpu: Cuda, case: Callable[[str], Case], opened: Open) -> None:
    real = case("blendshapes_v2")

    def cycle() -> None:
        session = opened("blendshapes_v2")
        session(real.inputs)
        session(real.inputs)
        session.close()

    for _ in range(5):
        cycle()
    before = gpu_bytes(gpu)
    for _ in range(50):
        cycle()
    assert gpu_bytes(gpu) - before < 16 * MB


def test_two_processes_share_a_gpu(registry: Registry, case: Callable[[str], Case], tmp_path: Path) -> None:
    """Both start without an engine: one builds, the other waits; then both run at the same time."""
    network = "facemesh_v2"
    real = case(network)
    np.savez(tmp_path / "inputs.npz", **real.inputs)
    registry.path(network, "gpu")
    (tmp_path / "cache").mkdir()
    (tmp_path / "cache" / "models").symlink_to(registry.cache / "models")
    environment = {**os.environ, "MIEN_CACHE": str(tmp_path / "cache")}
    script = Path(__file__).with_name("worker.py")
    command = [sys.executable, str(script), network, str(tmp_path / "inputs.npz")]
    workers = [
        subprocess.Popen([*command, str(tmp_path / f"{i}.npz")], env=environment, stdout=-1, text=True)
        for i in range(2)
    ]
    said = [json.loads(worker.communicate(timeout=900)[0]) for worker in workers]
    assert [worker.returncode for worker in workers] == [0, 0]
    assert sorted(line["origin"] for line in said) == ["built", "cached"]
    for i in range(2):
        with np.load(tmp_path / f"{i}.npz") as found:
            assert_close("facemesh_v2", {key: found[key] for key in found.files}, real.outputs)


def gpu_bytes(gpu: Cuda) -> int:
    gpu.enter()
    error, free, total = gpu._driver.cuMemGetInfo()
    assert int(error) == 0
    return int(total) - int(free)


def host_bytes() -> int:
    """Resident memory of this process."""
    return int(Path("/proc/self/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")
