"""The folder of --out: nothing that a run did not write is ever lost, nor a recording before it is replaced."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from mien.core.errors import UsageError
from mien.run.folder import REPORT, Folder


def tree(path: Path) -> dict[str, str]:
    return {str(p.relative_to(path)): p.read_text() for p in sorted(path.rglob("*")) if p.is_file()}


@pytest.fixture
def full(tmp_path: Path) -> Path:
    out = tmp_path / "out"
    (out / "bag").mkdir(parents=True)
    (out / "bag/bag.mcap").write_text("old bag")
    (out / "bag/metadata.yaml").write_text("old metadata")
    for name in REPORT:
        (out / name).write_text(f"old {name}")
    (out / "notes.txt").write_text("mine")
    return out


def record(folder: Folder) -> None:
    folder.bag.mkdir()
    (folder.bag / "bag.mcap").write_text("new")


def test_a_look_makes_nothing(tmp_path: Path) -> None:
    Folder(tmp_path / "a/b")
    assert not list(tmp_path.iterdir())


def test_a_recording_that_is_there_is_kept_and_named(full: Path) -> None:
    before = tree(full)
    with pytest.raises(UsageError, match=r"holds bag, annotated.mp4.* of \d{4}-.*another folder, or --overwrite"):
        Folder(full)
    assert tree(full) == before


@pytest.mark.parametrize("name", REPORT)
def test_a_file_called_like_one_of_a_report_is_kept(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text("mine")
    with pytest.raises(UsageError, match=f"holds {name}"):
        Folder(tmp_path)


def test_what_is_overwritten_goes_only_when_the_new_recording_is_whole(full: Path) -> None:
    folder = Folder(full, overwrite=True)
    folder.claim()
    record(folder)
    during = tree(full)
    assert during["bag.previous/bag.mcap"] == "old bag"
    assert during["summary.json"] == "old summary.json"
    folder.keep()
    assert tree(full) == {"bag/bag.mcap": "new", "notes.txt": "mine"}


def test_after_a_failure_all_is_as_before(full: Path) -> None:
    before = tree(full)
    folder = Folder(full, overwrite=True)
    folder.claim()
    record(folder)
    folder.restore()
    assert tree(full) == before


def test_a_folder_that_was_made_for_nothing_is_taken_away(tmp_path: Path) -> None:
    folder = Folder(tmp_path / "out")
    folder.claim()
    record(folder)
    folder.restore()
    assert not (tmp_path / "out").exists()


def test_what_a_killed_run_set_aside_is_kept_until_the_next_is_whole(full: Path) -> None:
    killed = Folder(full, overwrite=True)
    killed.claim()
    record(killed)
    with pytest.raises(UsageError, match="holds bag"):
        Folder(full)
    again = Folder(full, overwrite=True)
    again.claim()
    assert tree(full)["bag.previous/bag.mcap"] == "new"


@pytest.mark.parametrize("strange", ["bag/holiday.jpg", "bag/sub/x.mcap"])
def test_a_folder_of_the_users_that_is_called_bag_is_never_touched(tmp_path: Path, strange: str) -> None:
    path = tmp_path / strange
    path.parent.mkdir(parents=True)
    path.write_text("mine")
    with pytest.raises(UsageError, match="bag is no bag, it holds"):
        Folder(tmp_path, overwrite=True)


def test_a_link_called_bag_is_never_followed(tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "bag").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(UsageError, match="bag is no bag"):
        Folder(tmp_path, overwrite=True)


def test_a_path_below_a_file_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(UsageError, match=r"file is a file; choose a folder"):
        Folder(tmp_path / "file/out")


@pytest.mark.skipif(os.getuid() == 0, reason="root may write everywhere")
def test_a_folder_that_may_not_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "shut").mkdir(0o555)
    with pytest.raises(UsageError, match="may not be written"):
        Folder(tmp_path / "shut/out")
