"""The report of `mien run`, interrupted."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from mien.cli.run import _report


class Loading:
    """A module that is interrupted while it loads."""

    def __getattr__(self, name: str) -> object:
        raise KeyboardInterrupt


@pytest.mark.parametrize("module", ["mien.bags.read", "mien.report.render"])
def test_one_who_interrupts_before_anything_is_drawn_is_told_what_is_there(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path, module: str
) -> None:
    monkeypatch.setitem(sys.modules, module, Loading())
    with pytest.raises(KeyboardInterrupt):
        _report(tmp_path, "clip", quiet=False)
    said = f"{tmp_path}/bag is whole; `mien report {tmp_path}/bag --out {tmp_path}` draws the report\n"
    assert capsys.readouterr() == ("", said)


def test_a_run_that_failed_has_the_last_word(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    monkeypatch.setitem(sys.modules, "mien.report.render", Loading())
    _report(tmp_path, "clip", quiet=True)
    assert f"{tmp_path}/bag is kept; `mien report" in capsys.readouterr().err
