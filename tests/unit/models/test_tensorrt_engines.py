"""When a cached engine is used, when it is built again, and who builds it."""

from __future__ import annotations

import errno
import json
import os
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from mien_models import ModelError, Registry, open_session, store
from mien_models.backends import tensor_rt, tensor_rt_api
from mien_models.backends.engines import Engine, Target, get_engine

from .fake_gpu import FakeCuda, FakeTensorRt, install


@pytest.fixture
def trt(monkeypatch: pytest.MonkeyPatch) -> FakeTensorRt:
    return install(monkeypatch, "10")


@pytest.fixture
def target(trt: FakeTensorRt) -> Target:
    return tensor_rt.target_here("fp16")


def test_an_engine_is_built_once(registry: Registry, target: Target) -> None:
    first, second = get_engine(registry, "net", target), get_engine(registry, "net", target)
    assert (first.origin, second.origin) == ("built", "cached")
    assert first.data == second.data
    assert get_engine(registry, "net", target, force=True).origin == "built"


def other_version(target: Target) -> Target:
    return replace(target, api=replace(target.api, version="10.4.0"))


@pytest.mark.parametrize(
    "change",
    [
        other_version,
        lambda target: replace(target, gpu="NVIDIA Other"),
        lambda target: replace(target, capability=(8, 6)),
        lambda target: replace(target, precision="fp32"),
    ],
    ids=["version", "gpu", "capability", "precision"],
)
def test_another_key_is_another_engine(registry: Registry, target: Target, change: Callable[[Target], Target]) -> None:
    kept = get_engine(registry, "net", target)
    other = get_engine(registry, "net", change(target))
    assert other.origin == "built"
    assert other.path != kept.path
    assert get_engine(registry, "net", target).origin == "cached"


@pytest.mark.parametrize("what", ["BUILDER_VERSION", "MAX_BATCH", "SIDES"])
def test_our_own_choices_are_part_of_the_key(
    registry: Registry, target: Target, monkeypatch: pytest.MonkeyPatch, what: str
) -> None:
    get_engine(registry, "net", target)
    monkeypatch.setattr(tensor_rt_api, what, (64, 128, 256) if what == "SIDES" else 16)
    assert get_engine(registry, "net", target).origin == "built"


def test_another_network_under_the_same_name_is_another_engine(
    registry: Registry, target: Target, monkeypatch: pytest.MonkeyPatch
) -> None:
    get_engine(registry, "net", target)
    path = registry.path("net", "gpu")
    changed = path.parent / "changed.onnx"
    changed.write_bytes(path.read_bytes() + b"\x3a\x00")  # an empty metadata field
    monkeypatch.setattr(Registry, "path", lambda *_: changed)
    assert get_engine(registry, "net", target).origin == "built"


def test_rtx_engines_serve_every_gpu_of_their_capability(registry: Registry, monkeypatch: pytest.MonkeyPatch) -> None:
    install(monkeypatch, "rtx", FakeCuda("NVIDIA RTX 4090", (8, 9)))
    here = tensor_rt.target_here("fp16")
    get_engine(registry, "net", here)
    assert get_engine(registry, "net", replace(here, gpu="NVIDIA L4")).origin == "cached"
    assert get_engine(registry, "net", replace(here, capability=(8, 6))).origin == "built"


def cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-1])


def empty(path: Path) -> None:
    path.write_bytes(b"")


def flip(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(data)


def lose_sidecar(path: Path) -> None:
    Path(f"{path}.json").unlink()


def garble_sidecar(path: Path) -> None:
    Path(f"{path}.json").write_text("[")


def foreign(path: Path) -> None:
    """An intact file of another key, put where ours would be."""
    sidecar = Path(f"{path}.json")
    facts = json.loads(sidecar.read_text())
    sidecar.write_text(json.dumps({**facts, "gpu": "NVIDIA Other"}))


@pytest.mark.parametrize("damage", [cut, empty, flip, lose_sidecar, garble_sidecar, foreign])
def test_a_file_that_is_not_ours_is_built_again(
    registry: Registry, target: Target, damage: Callable[[Path], None]
) -> None:
    built = get_engine(registry, "net", target)
    damage(built.path)
    again = get_engine(registry, "net", target)
    assert (again.origin, again.data) == ("built", built.data)
    assert get_engine(registry, "net", target).origin == "cached"


def refused_engine(registry: Registry, trt: FakeTensorRt) -> None:
    """Keep an intact engine under our key whose plan is another GPU's."""
    target = tensor_rt.target_here("fp16")
    trt.cuda.name = "NVIDIA Other"
    get_engine(registry, "net", target)
    trt.cuda.name = "NVIDIA Test"


def test_an_engine_that_tensorrt_refuses_is_built_again(registry: Registry, trt: FakeTensorRt) -> None:
    refused_engine(registry, trt)
    assert open_session("net", "cuda", registry=registry).info.reason.endswith("built")
    assert len(trt.builds) == 2


def test_auto_does_not_build_one_that_tensorrt_refuses(registry: Registry, trt: FakeTensorRt) -> None:
    refused_engine(registry, trt)
    info = open_session("net", registry=registry).info
    assert info.device == "cpu"
    assert "refuses the engine of net: The engine plan file is generated on an incompatible device" in info.reason


def test_who_comes_second_waits(registry: Registry, trt: FakeTensorRt, target: Target) -> None:
    registry.path("net", "gpu")
    second_waits = threading.Event()
    building = threading.Event()

    def hold() -> None:
        building.set()
        assert second_waits.wait(10)

    trt.before_build = hold
    engines: dict[str, Engine] = {}
    first = threading.Thread(target=lambda: engines.update(first=get_engine(registry, "net", target)))
    first.start()
    assert building.wait(10)

    def report(what: str, _done: int, _total: int) -> None:
        if "another process builds it" in what:
            second_waits.set()

    engines["second"] = get_engine(registry, "net", target, report=report)
    first.join()
    assert (engines["first"].origin, engines["second"].origin) == ("built", "cached")
    assert len(trt.builds) == 1


@pytest.fixture
def another_process(registry: Registry, target: Target) -> Iterator[subprocess.Popen[str]]:
    """A process that holds the lock of the engine of net until its input ends."""
    engine = get_engine(registry, "net", target)
    engine.path.unlink()
    lock = engine.path.with_name(f".{engine.path.name}.lock")
    code = f"import fcntl, sys; f = open({str(lock)!r}, 'w'); fcntl.flock(f, 2); print('held', flush=True); input()"
    with subprocess.Popen([sys.executable, "-c", code], stdin=-1, stdout=-1, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "held\n"
        yield process
        process.kill()


def test_a_builder_that_dies_holds_nobody_up(
    registry: Registry, target: Target, another_process: subprocess.Popen[str]
) -> None:
    said: list[str] = []

    def report(what: str, _done: int, _total: int) -> None:
        said.append(what)
        another_process.kill()

    assert get_engine(registry, "net", target, report=report).origin == "built"
    assert "another process builds it" in said[0]


@pytest.mark.parametrize(
    ("error", "mend"),
    [
        (errno.ENOSPC, "free some space, or set MIEN_CACHE to a folder on another disk"),
        (errno.EROFS, "set MIEN_CACHE to a folder that can be written"),
    ],
)
def test_a_disk_that_takes_nothing(
    registry: Registry, trt: FakeTensorRt, monkeypatch: pytest.MonkeyPatch, error: int, mend: str
) -> None:
    registry.path("net", "gpu")

    def refuse(*_args: object) -> None:
        raise OSError(error, os.strerror(error))

    monkeypatch.setattr(store, "_replace", refuse)
    session = open_session("net", "cuda", registry=registry)
    assert session.info.device == "cuda"
    assert f"built and not kept: cannot write the model cache {registry.cache}" in session.info.reason
    assert mend in session.info.reason
    assert not list((registry.cache / "engines").glob("*.engine"))


def test_a_folder_that_cannot_be_made(registry: Registry, target: Target) -> None:
    registry.path("net", "gpu")
    (registry.cache / "engines").write_text("in the way")
    engine = get_engine(registry, "net", target)
    assert engine.origin == "built"
    assert "set MIEN_CACHE to another folder" in engine.not_kept


def test_there_is_no_engine_and_none_may_be_built(registry: Registry, target: Target) -> None:
    with pytest.raises(ModelError, match="run `mien models build net`"):
        get_engine(registry, "net", target, build=False)
    assert not (registry.cache / "engines").exists()


def test_a_build_that_fails_leaves_nothing(registry: Registry, trt: FakeTensorRt, target: Target) -> None:
    trt.build_error = "no"
    with pytest.raises(ModelError, match="cannot compile net: no"):
        get_engine(registry, "net", target)
    trt.build_error = ""
    assert get_engine(registry, "net", target).origin == "built"


def test_progress_is_passed_on(registry: Registry, target: Target) -> None:
    said: list[tuple[str, int, int]] = []
    get_engine(registry, "net", target, report=lambda *line: said.append(line))
    assert ("net: building engine", 1, 2) in said
