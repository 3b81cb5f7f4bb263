"""The cache: what is written is what is read, and what goes wrong is said."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from mien_models import store
from mien_models.errors import ModelError

FACTS = {"name": "net", "converter": 1}


def test_a_file_is_there_once_written(tmp_path: Path) -> None:
    path = tmp_path / "models" / "net.onnx"
    assert not store.check(path, FACTS)
    store.write_checked(path, b"weights", FACTS)
    assert store.check(path, FACTS)
    assert sorted(item.name for item in path.parent.iterdir()) == ["net.onnx", "net.onnx.json"]


def test_another_version_counts_as_absent(tmp_path: Path) -> None:
    store.write_checked(tmp_path / "net", b"weights", FACTS)
    assert not store.check(tmp_path / "net", {**FACTS, "converter": 2})


def test_a_changed_file_is_named(tmp_path: Path) -> None:
    store.write_checked(tmp_path / "net", b"weights", FACTS)
    (tmp_path / "net").write_bytes(b"poison!")
    with pytest.raises(ModelError, match="net is not the file that was written"):
        store.check(tmp_path / "net", FACTS)


def test_a_broken_sidecar_is_named(tmp_path: Path) -> None:
    store.write_checked(tmp_path / "net", b"weights", FACTS)
    (tmp_path / "net.json").write_text("{")
    with pytest.raises(ModelError, match="net cannot be checked"):
        store.check(tmp_path / "net", FACTS)


@pytest.mark.parametrize(
    ("code", "mend"),
    [
        (errno.ENOSPC, "free some space, or set MIEN_CACHE"),
        (errno.EROFS, "set MIEN_CACHE to a folder that can be written"),
        (errno.EACCES, "set MIEN_CACHE to a folder that can be written"),
        (errno.EIO, "set MIEN_CACHE to another folder"),
    ],
)
def test_a_disk_that_refuses_is_explained(tmp_path: Path, code: int, mend: str) -> None:
    with pytest.raises(ModelError, match=mend) as caught, store.writing(tmp_path):
        raise OSError(code, os.strerror(code))
    assert str(tmp_path) in str(caught.value)
    assert os.strerror(code) in str(caught.value)


def test_a_cache_that_is_a_file_is_explained(tmp_path: Path) -> None:
    (tmp_path / "cache").write_text("")
    with pytest.raises(ModelError, match="cannot write the model cache"), store.writing(tmp_path / "cache"):
        pass


def test_a_failed_write_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_source: str, _target: Path) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "replace", refuse)
    with pytest.raises(OSError, match="No space"):
        store.write_checked(tmp_path / "net", b"weights", FACTS)
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    ("variables", "folder"),
    [
        ({"MIEN_CACHE": "/a"}, "/a"),
        ({"XDG_CACHE_HOME": "/b"}, "/b/mien"),
        ({"MIEN_CACHE": "/a", "XDG_CACHE_HOME": "/b"}, "/a"),
        ({"HOME": "/c"}, "/c/.cache/mien"),
    ],
)
def test_the_cache_folder(monkeypatch: pytest.MonkeyPatch, variables: dict[str, str], folder: str) -> None:
    for name in ("MIEN_CACHE", "XDG_CACHE_HOME"):
        monkeypatch.delenv(name, raising=False)
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    assert store.cache_folder() == Path(folder)
