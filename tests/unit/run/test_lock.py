from __future__ import annotations

from pathlib import Path

import pytest

from mien.core.errors import RunError
from mien.run.lock import only_run


@pytest.fixture(autouse=True)
def scratch(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr("tempfile.gettempdir", lambda: str(tmp_path))
    return tmp_path


def test_one_run_at_a_time_has_a_namespace() -> None:
    with only_run(7, "lab"):
        with pytest.raises(RunError, match="another `mien run`"), only_run(7, "/lab/"):
            pass
        with only_run(7, "other"), only_run(8, "lab"):
            pass
    with only_run(7, "lab"):
        pass


def test_a_link_is_not_followed(scratch: Path) -> None:
    thesis = scratch / "thesis.txt"
    thesis.write_text("years of work")
    with only_run(1, ""):
        pass
    (lock,) = scratch.glob("mien-*/run-1.lock")
    lock.unlink()
    lock.symlink_to(thesis)
    with pytest.raises(OSError, match="symbolic"), only_run(1, ""):
        pass
    assert thesis.read_text() == "years of work"


def test_a_folder_that_is_a_link_is_refused(scratch: Path) -> None:
    with only_run(1, ""):
        pass
    (folder,) = scratch.glob("mien-*")
    folder.rename(scratch / "elsewhere")
    folder.symlink_to(scratch / "elsewhere")
    with pytest.raises(RunError, match="belongs to another user"), only_run(1, ""):
        pass
