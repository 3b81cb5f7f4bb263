from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from mien.doctor.finding import Level
from mien.doctor.networks import check_device, check_models, find_gpu
from mien_models import ModelError, SessionInfo

from .graphs import only

CORRUPTED = "/c/mesh.onnx is not the file that was written: its sha256 differs; run `mien models fetch --force mesh`"
NO_CUDA = "this onnxruntime has no CUDA provider (install onnxruntime-gpu in place of onnxruntime)"


@dataclass
class Entry:
    name: str
    is_network: bool = True
    optional: bool = False


@dataclass
class FakeRegistry:
    """A registry with the networks `mesh` and `iris`, one nobody needs, and a sample."""

    state: Mapping[str, str]
    cache: Path = Path("/c")
    entries: dict[str, Entry] = field(
        default_factory=lambda: {
            "mesh": Entry("mesh"),
            "iris": Entry("iris"),
            "extra": Entry("extra", optional=True),
            "clip": Entry("clip", is_network=False),
        }
    )

    def verify(self) -> Mapping[str, str]:
        return {name: self.state.get(name, "absent") for name in self.entries}

    def __getitem__(self, name: str) -> Entry:
        return self.entries[name]


def registry(**state: str) -> Any:
    return FakeRegistry(state)


def runs_on(device: str, reason: str = "") -> Callable[[str], SessionInfo]:
    return lambda name: SessionInfo(name, "onnxruntime", device, reason)


def test_all_that_is_needed_is_here() -> None:
    finding = only(check_models(registry(mesh="ok", iris="ok")))

    assert finding.level == Level.OK
    assert finding.seen.startswith("2 networks")


def test_what_is_absent_is_named() -> None:
    finding = only(check_models(registry(mesh="ok")))

    assert finding.level == Level.WARN
    assert "iris" in finding.seen
    assert "mesh" not in finding.seen
    assert finding.mend == "mien models fetch"


def test_a_corrupted_network_fails_with_its_mend() -> None:
    finding = only(check_models(registry(mesh=CORRUPTED, iris="ok")))

    assert finding.level == Level.FAIL
    assert "its sha256 differs" in finding.seen
    assert finding.mend == "mien models fetch --force mesh"


def test_a_corrupted_sample_is_no_failure() -> None:
    findings = list(check_models(registry(mesh="ok", iris="ok", clip=CORRUPTED)))

    assert [f.level for f in findings] == [Level.WARN, Level.OK]


@pytest.mark.parametrize(
    ("device", "gpu", "level"),
    [("cpu", "", Level.OK), ("cpu", "RTX 4090", Level.WARN), ("cuda", "RTX 4090", Level.OK)],
)
def test_only_a_cpu_beside_a_gpu_is_suspicious(device: str, gpu: str, level: Level) -> None:
    finding = only(check_device(registry(mesh="ok"), runs_on(device, NO_CUDA), lambda: gpu))

    assert finding.level == level


def test_the_reason_of_a_fallback_is_told() -> None:
    finding = only(check_device(registry(mesh="ok"), runs_on("cpu", NO_CUDA), lambda: "RTX 4090"))

    assert "RTX 4090" in finding.seen
    assert "no CUDA provider" in finding.seen


def test_a_network_that_does_not_open() -> None:
    def fails(name: str) -> SessionInfo:
        raise ModelError(f"{name} cannot be loaded")

    assert only(check_device(registry(mesh="ok"), fails)).level == Level.FAIL


def test_no_network_is_fetched_to_see_where_it_runs() -> None:
    assert not list(check_device(registry(), lambda name: pytest.fail("opened")))


def test_gpus_as_drivers_show_them(tmp_path: Path) -> None:
    assert find_gpu(tmp_path) == ""
    (tmp_path / "dev").mkdir()
    (tmp_path / "dev" / "nvgpu").touch()
    assert "nvgpu" in find_gpu(tmp_path)
    card = tmp_path / "proc/driver/nvidia/gpus/0000:01:00.0/information"
    card.parent.mkdir(parents=True)
    card.write_text("Model: \t\t NVIDIA H200\nIRQ:   \t\t 44\n")
    assert find_gpu(tmp_path) == "NVIDIA H200"
