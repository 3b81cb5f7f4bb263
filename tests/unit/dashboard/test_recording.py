"""The recorder that the page starts, played by a script: it may say a lot, and tells why it ends."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from mien.dashboard.recording import Recording

_PLAYS = """#!{python} -SE
import json, os, sys, time
path = json.loads(next(a for a in sys.argv if a.startswith("bags.path:=")).partition(":=")[2])
try:
    {body}
except KeyboardInterrupt:
    pass
"""


def played(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, body: str) -> Recording:
    script = tmp_path / "recorder"
    script.write_text(_PLAYS.format(python=sys.executable, body=body))
    script.chmod(0o755)
    monkeypatch.setattr("mien.dashboard.recording.sys.executable", str(script))
    return Recording(tmp_path / "bags")


def test_a_recorder_that_says_a_lot_goes_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # More than a pipe holds (64 KiB).
    body = "sys.stderr.write('dropped ' * 50_000); sys.stderr.flush(); os.mkdir(path); time.sleep(60)"
    recording = played(tmp_path, monkeypatch, body)
    first = recording.start()
    assert "records in" in first
    with pytest.raises(ValueError, match="records already"):
        recording.start()
    assert f"recorded in {tmp_path / 'bags'}" in recording.stop()
    with pytest.raises(ValueError, match="nothing is recorded"):
        recording.stop()
    assert recording.start() != first, "another folder, in the same second, too"
    recording.close()
    assert len([*(tmp_path / "bags").iterdir()]) == 2


def test_the_last_words_of_a_recorder_are_the_reason(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    recording = played(tmp_path, monkeypatch, "print('opening\\nthe disk is full', file=sys.stderr); sys.exit(1)")
    for _ in range(2):  # and only those of the last one
        with pytest.raises(ValueError, match=r"^the recorder ended: the disk is full$"):
            recording.start()
    recording.close()
