"""`mien evaluate bridges`: over real sockets of this computer."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from mien.bridges.registry import BRIDGES
from mien.cli.__main__ import main
from mien.evaluate.bridges import readers


def test_every_bridge_that_sends_is_told_and_values_come_over_exactly(tmp_path: Path) -> None:
    assert main(["evaluate", "bridges", "--out", str(tmp_path / "out"), "--frames", "5"]) == 0
    report = json.loads((tmp_path / "out/report.json").read_text())
    assert set(report) == {b.name for b in BRIDGES if b.direction != "in"}
    for row in report.values():
        assert {"added_ms_p50", "cpu_share", "values_max_error"} <= set(row)
        assert row["added_ms_p50"] is not None or row["why"]
    # The resolution of each format: float32, whole percents, five digits.
    for name, resolution in {"vmc": 1e-6, "livelink": 1e-6, "ifacialmocap": 0.0051, "phone": 1e-5}.items():
        assert report[name]["values_max_error"] <= resolution, name


def test_readers_read_the_bytes_of_the_protocols() -> None:
    """By hand: an OSC message, a line of iFacialMocap, the tail of a Live Link packet, a phone's JSON."""
    message = b"/VMC/Ext/Blend/Val\0\0,sf\0JawOpen\0" + b"\x3f\x00\x00\x00"
    assert readers.vmc([message]) == {"jawOpen": 0.5}
    assert readers.ifacialmocap([b"mouthSmile_L-25|jawLeft-100|=head#0,0,0,0,0,0|"]) == {
        "mouthSmileLeft": 0.25, "jawLeft": 1.0
    }  # fmt: skip
    tail = b"".join(b"\x3f\x80\x00\x00" if i == 17 else bytes(4) for i in range(61))
    assert readers.livelink([b"head" + tail])["jawOpen"] == 1
    assert sum(readers.livelink([b"head" + tail]).values()) == 1
    assert readers.phone([b'{"BlendShapes":[{"k":"JawOpen","v":0.5}]}']) == {"jawOpen": pytest.approx(0.5)}
