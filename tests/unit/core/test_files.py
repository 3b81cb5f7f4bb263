"""A file is there as a whole, or as it was before."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from mien.core.errors import WriteError
from mien.core.files import write_whole


def test_a_file_is_replaced_in_one_step(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    assert write_whole(path, "é") == path
    assert write_whole(path, b"\x00\xff").read_bytes() == b"\x00\xff"
    assert write_whole(path, "é").read_bytes() == "é".encode()
    assert [p.name for p in tmp_path.iterdir()] == ["a.json"]


def test_what_cannot_be_written_changes_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.json"
    path.write_text("before")

    def full(descriptor: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", full)
        with pytest.raises(WriteError, match=r"a\.json: No space left on device; make room"):
            write_whole(path, "after")
    assert path.read_text() == "before"
    with pytest.raises(WriteError, match="No such file or directory"):
        write_whole(tmp_path / "none" / "a.json", "after")
    assert [p.name for p in tmp_path.iterdir()] == ["a.json"]
