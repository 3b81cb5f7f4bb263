"""Output that is whole or under another name: full disks, interruptions, links, devices."""

from __future__ import annotations

import errno
import os
import stat
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings, strategies as st

from mien.annotate.lines import Lines
from mien.core.errors import UsageError, WriteError


def full_after(size: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """A disk with so much room for every file; it takes what still fits, as a real one does."""
    write = os.write
    used: dict[int, int] = {}

    def limited(file: int, data: bytes) -> int:
        room = size - used.get(file, 0)
        if room <= 0:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        done = write(file, data[:room])
        used[file] = used.get(file, 0) + done
        return done

    monkeypatch.setattr(os, "write", limited)


def write(out: Lines, lines: list[str]) -> None:
    for line in lines:
        out.write(line)
    out.finish()


def test_lines_bear_their_name_when_they_are_complete(tmp_path: Path) -> None:
    out = tmp_path / "a.jsonl"
    lines = Lines(out)
    lines.write("one")
    assert not out.exists()
    lines.write("two")
    lines.finish()
    assert out.read_text() == "one\ntwo\n"
    assert [p.name for p in tmp_path.iterdir()] == ["a.jsonl"]
    assert stat.S_IMODE(out.stat().st_mode) == 0o666 & ~_umask()


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


@pytest.mark.parametrize("room", [0, 3, 4, 5, 4 * 20_000 + 1])
def test_on_a_full_disk_no_line_is_cut_and_what_was_there_stays(
    room: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "a.jsonl"
    out.write_text("of yesterday\n")
    full_after(room, monkeypatch)
    lines = Lines(out)
    with pytest.raises(WriteError) as error:
        write(lines, ["abc"] * 100_000)
    assert out.read_text() == "of yesterday\n"
    part = tmp_path / "a.jsonl.part"
    assert str(error.value).startswith(f"{out}: No space left on device; ")
    if room < 4:
        assert not part.exists()
        assert "no line could be written; make room" in str(error.value)
    else:
        assert part.read_text() == "abc\n" * (room // 4)
        assert f"{room // 4} whole lines are in {part}; make room, or choose another --out" in str(error.value)


@given(
    lines=st.lists(st.text(st.characters(exclude_characters="\n", codec="utf-8"), max_size=30)),
    room=st.integers(0, 600),
)
@settings(max_examples=60)
def test_whatever_fits_is_the_beginning_in_whole_lines(
    lines: list[str], room: int, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("out")
    out, whole = folder / "a", "".join(f"{line}\n" for line in lines)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("mien.annotate.lines._CHUNK", 40)
        full_after(room, patch)
        writer = Lines(out)
        try:
            write(writer, lines)
        except WriteError:
            kept = (folder / "a.part").read_bytes() if (folder / "a.part").exists() else b""
            assert whole.encode().startswith(kept)
            assert kept == b"" or kept.endswith(b"\n")
            assert len(whole.encode()) > room
            assert writer.count == kept.count(b"\n")
            assert not out.exists()
        else:
            assert out.read_bytes() == whole.encode()


def test_what_was_interrupted_is_kept_beside_the_old_file(tmp_path: Path) -> None:
    out = tmp_path / "a.jsonl"
    out.write_text("of yesterday\n")
    for number, name in ((1, "a.jsonl.part"), (2, "a.jsonl.part2")):
        lines = Lines(out)
        lines.write("one")
        assert lines.abandon() == f"1 whole lines are in {tmp_path / name}", number
    assert out.read_text() == "of yesterday\n"
    assert (tmp_path / "a.jsonl.part").read_text() == "one\n"
    nothing = Lines(tmp_path / "b")
    assert nothing.abandon() == ""
    assert not list(tmp_path.glob("b*"))


def test_a_link_stays_a_link_and_rights_stay(tmp_path: Path) -> None:
    (tmp_path / "real").write_text("old")
    (tmp_path / "real").chmod(0o640)
    (tmp_path / "link").symlink_to("real")
    lines = Lines(tmp_path / "link")
    lines.write("new")
    lines.finish()
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "real").read_text() == "new\n"
    assert stat.S_IMODE((tmp_path / "real").stat().st_mode) == 0o640


def test_a_pipe_is_written_to_as_it_is(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    reader = os.open(tmp_path / "pipe", os.O_RDONLY | os.O_NONBLOCK)
    lines = Lines(tmp_path / "pipe")
    lines.write("one")
    lines.finish()
    assert os.read(reader, 100) == b"one\n"
    os.close(reader)
    assert stat.S_ISFIFO((tmp_path / "pipe").stat().st_mode)


@pytest.mark.parametrize(
    ("name", "says"),
    [("nowhere/a", "No such file or directory; choose a file in a folder that exists"), (".", "is a folder")],
)
def test_where_nothing_can_be_written_is_misuse(name: str, says: str, tmp_path: Path) -> None:
    with pytest.raises(UsageError) as error:
        Lines(tmp_path / name)
    assert says in str(error.value)


def test_a_full_device_is_told(tmp_path: Path) -> None:
    lines = Lines(Path("/dev/full"))
    lines.write("one")
    with pytest.raises(WriteError, match="/dev/full: No space left on device"):
        lines.finish()


def test_a_reader_that_goes_away_is_not_a_full_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def gone(*_: Any) -> int:
        raise BrokenPipeError

    lines = Lines(tmp_path / "a")
    lines.write("one")
    monkeypatch.setattr(os, "write", gone)
    with pytest.raises(BrokenPipeError):
        lines.finish()
