"""What a command says when it fails: the message once, in one line, with its exit code."""

from __future__ import annotations

import errno
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from mien.cli import report
from mien.cli.__main__ import main
from mien.cli.errors import check_file, make_folder
from mien.core.errors import BagError, ConfigError, MienError, SourceLost, UsageError
from mien.progress import bar, plain
from mien_models.errors import DeviceError, SetError

NASTY = "[/bold] [red]a[/] :smile: %s {}"


def raised(monkeypatch: pytest.MonkeyPatch, error: BaseException) -> int:
    def fail(_: object) -> int:
        raise error

    monkeypatch.setattr(report, "run", fail)
    return main(["report", "bag", "--out", "out"])


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (BagError(NASTY), 1),
        (SourceLost(NASTY), 1),
        (DeviceError(NASTY), 1),
        (SetError(NASTY), 1),
        (MienError(NASTY), 1),
        (UsageError(NASTY), 2),
        (ConfigError(NASTY), 2),
    ],
    ids=lambda value: type(value).__name__,
)
def test_an_error_of_ours_is_told_once_as_it_is(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], error: MienError, code: int
) -> None:
    assert raised(monkeypatch, error) == code
    assert capsys.readouterr() == ("", f"mien report: {NASTY}\n")


def test_an_error_of_the_system_names_its_file(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert raised(monkeypatch, OSError(errno.ENOSPC, "No space left on device", "/full/a.png")) == 1
    assert raised(monkeypatch, OSError(errno.ENOSPC, "No space left on device")) == 1
    said = "mien report: /full/a.png: No space left on device\nmien report: No space left on device\n"
    assert capsys.readouterr().err == said


def test_a_defect_keeps_its_traceback(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(ZeroDivisionError):
        raised(monkeypatch, ZeroDivisionError())


def test_an_interrupt_is_130_without_a_word(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert raised(monkeypatch, KeyboardInterrupt()) == 130
    assert capsys.readouterr() == ("", "")


def test_a_reader_that_goes_away_is_141_without_a_word() -> None:
    process = subprocess.Popen(
        [sys.executable, "-m", "mien.cli", "models", "verify"], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    assert process.stdout
    process.stdout.close()  # before the first line: the interpreter takes longer to start
    assert process.stderr
    assert process.stderr.read() == b""
    process.stderr.close()
    assert process.wait() == 141


def test_help_tells_the_exit_codes(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["--help"])
    said = " ".join(capsys.readouterr().out.split())
    assert [code for code in ("0 done", "1 failed", "2 misuse", "130 interrupted", "141") if code in said] == [
        "0 done", "1 failed", "2 misuse", "130 interrupted", "141",
    ]  # fmt: skip


def test_progress_shows_a_name_as_it_is(capsys: pytest.CaptureFixture[str]) -> None:
    with bar() as progress:
        progress.add_task("[/b] [red]x", total=1)
    plain().print("[/b] [red]x :smile:")
    assert capsys.readouterr().err.count("[/b] [red]x") == 2


@pytest.mark.parametrize(
    ("name", "reason"), [("none/a.png", "there is no folder"), ("", "is a folder"), ("shut/a", "may not be written")]
)
def test_a_file_that_cannot_be_written_is_named_before_any_work(tmp_path: Path, name: str, reason: str) -> None:
    (tmp_path / "shut").mkdir(0o555)
    if name.startswith("shut") and os.access(tmp_path / "shut", os.W_OK):
        pytest.skip("root may write everywhere")
    with pytest.raises(UsageError, match=reason):
        check_file(tmp_path / name)


def test_a_folder_that_is_a_file_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(UsageError, match=r"--out .*file: is a file; choose a folder"):
        make_folder(tmp_path / "file")
    make_folder(tmp_path / "a/b")
    assert (tmp_path / "a/b").is_dir()


@pytest.mark.parametrize(("number", "code"), [(signal.SIGTERM, 143), (signal.SIGHUP, 129)])
def test_a_command_that_is_ended_leaves_nothing_incomplete(
    monkeypatch: pytest.MonkeyPatch, number: signal.Signals, code: int
) -> None:
    done: list[str] = []

    def run(_: object) -> int:
        try:
            signal.raise_signal(number)
        finally:
            done.append("in order")
        return 0

    monkeypatch.setattr(report, "run", run)
    assert main(["report", "bag", "--out", "out"]) == code
    assert done == ["in order"]
    assert signal.getsignal(number) == signal.SIG_DFL


def test_a_signal_that_nohup_ignores_stays_ignored(monkeypatch: pytest.MonkeyPatch) -> None:
    before = signal.signal(signal.SIGHUP, signal.SIG_IGN)
    try:
        monkeypatch.setattr(report, "run", lambda _: signal.raise_signal(signal.SIGHUP) or 0)
        assert main(["report", "bag", "--out", "out"]) == 0
    finally:
        signal.signal(signal.SIGHUP, before)
