"""`mien models build`: what it says was built, was there, was skipped and why."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from mien.cli.__main__ import main
from mien_models import Registry

from .fake_gpu import FakeTensorRt, install, remove
from .tiny import TEXT


@pytest.fixture
def registry(load_registry: Callable[[str], Registry], monkeypatch: pytest.MonkeyPatch) -> Registry:
    """net, the optional and unfetched net2, and the photograph face."""
    network = TEXT[TEXT.index("[networks.net]") : TEXT.index("[data.face]")]
    optional = network.replace("networks.net", "networks.net2").replace('task = "t"', 'task = "t"\noptional = true')
    registry = load_registry(TEXT + optional)
    monkeypatch.setenv("COLUMNS", "200")
    monkeypatch.setattr(Registry, "load", lambda: registry)
    return registry


@pytest.fixture
def trt(monkeypatch: pytest.MonkeyPatch) -> FakeTensorRt:
    return install(monkeypatch, "rtx")


def build(capsys: pytest.CaptureFixture[str], *args: str) -> tuple[int, str, str]:
    try:
        code = main(["models", "build", *args])
    except SystemExit as stop:
        code = int(stop.code or 0)
    said = capsys.readouterr()
    return code, said.out, said.err


def row(out: str, name: str) -> str:
    return next(line for line in out.splitlines() if f" {name} " in line)


def test_it_says_what_became_of_each(registry: Registry, trt: FakeTensorRt, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = build(capsys)
    assert code == 0
    assert "TensorRT for RTX 1.7.1.116, fp16, for NVIDIA Test" in out
    assert "built in" in row(out, "net")
    assert "skipped: optional and not here; name it to fetch and build it" in row(out, "net2")
    code, out, _ = build(capsys, "net", "net2", "face")
    assert code == 0
    assert "here already" in row(out, "net")
    assert "built in" in row(out, "net2")
    assert "skipped: it is not a network that is run" in row(out, "face")
    code, out, _ = build(capsys, "--force", "--precision", "fp32", "net")
    assert "built in" in row(out, "net")
    assert len(trt.builds) == 3


def test_one_that_fails_does_not_stop_the_others(
    registry: Registry, trt: FakeTensorRt, capsys: pytest.CaptureFixture[str]
) -> None:
    def fail_first() -> None:
        trt.build_error = "" if trt.build_error == "out of tactics" else "out of tactics"

    trt.before_build = fail_first
    code, out, _ = build(capsys, "net", "net2")
    assert code == 1
    assert "cannot compile net: out of tactics" in row(out, "net")
    assert "built in" in row(out, "net2")


def test_one_that_cannot_be_kept_is_told(
    registry: Registry, trt: FakeTensorRt, capsys: pytest.CaptureFixture[str]
) -> None:
    registry.path("net", "gpu")
    (registry.cache / "engines").write_text("in the way")
    code, out, _ = build(capsys, "net")
    assert code == 1
    assert "built, not kept: cannot write the model cache" in out


@pytest.mark.parametrize("style", ["rtx", "10"])
def test_for_a_gpu_that_is_not_here(
    registry: Registry, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], style: str
) -> None:
    trt = install(monkeypatch, style)
    monkeypatch.setitem(__import__("sys").modules, "cuda.bindings.driver", None)
    code, out, err = build(capsys, "--capability", "8.6", "net")
    if style == "rtx":
        assert code == 0
        assert "for compute capability 8.6" in out
        assert trt.builds[0]["gpu"] == 86
    else:
        assert code == 1
        assert "TensorRT 10.3.0 compiles on the GPU itself; --capability is for TensorRT for RTX" in err


@pytest.mark.parametrize(
    ("args", "told"),
    [
        (["--capability", "9.0"], "runs on compute capability 7.5, 8.0, 8.6, 8.9, 12.0, not 9.0"),
        (["--capability", "ada"], "'ada' is no compute capability"),
        (["--precision", "int8"], "invalid choice: 'int8'"),
        (["nose"], "nose: not in the registry"),
    ],
)
def test_what_cannot_be_built_for_is_told(
    registry: Registry, trt: FakeTensorRt, capsys: pytest.CaptureFixture[str], args: list[str], told: str
) -> None:
    code, _, err = build(capsys, *args)
    assert code != 0
    assert told in err


def test_without_tensorrt(
    registry: Registry, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    remove(monkeypatch)
    code, _, err = build(capsys)
    assert code == 1
    assert "TensorRT is not installed" in err
