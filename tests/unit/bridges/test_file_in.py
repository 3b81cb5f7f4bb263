"""A recording of another program, played by the clock."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from mien.bridges.base import Bridge, Counters, Heard, Home
from mien.bridges.registry import find
from mien.core.errors import BridgeError, ExportError, UsageError
from mien.core.types import RigState, Source
from mien.run.recorded import make, recording
from mien_models.spaces import arkit

JAW = arkit.INDEX["jawOpen"]


@pytest.fixture
def take(tmp_path: Path) -> Path:
    """A jaw that opens within a second, at 50 frames a second."""
    path = tmp_path / "take.json"
    path.write_text(json.dumps([{"time": 7 + i / 50, "weights": {"jawOpen": i / 50}} for i in range(51)]))
    return path


def opened(path: Path, **values: object) -> Bridge:
    spec = find("file_in")
    return spec.open(spec.config(path=str(path), **values), Home(Counters()))


def play(bridge: Bridge, seconds: float, start_s: float = 100.0) -> list[Heard]:
    heard: list[Heard] = []
    for i in range(round(seconds * 30) + 1):
        bridge.tick(start_s + i / 30)
        heard += bridge.read()
    return heard


def test_every_frame_is_told_at_its_time(take: Path) -> None:
    heard = play(opened(take), 1.0)
    assert [round(float(h.expressions.expressions[0].blendshapes[JAW]) * 50) for h in heard] == list(range(51))
    stamps = np.diff([h.rigs.header.stamp_ns for h in heard])
    np.testing.assert_allclose(stamps * 1e-9, 1 / 50, atol=1e-6)
    rig = heard[-1].rigs.rigs[0]
    assert (rig.track_id, rig.source[0]) == (1006, Source.REPLAYED)
    assert rig.weights[JAW] == pytest.approx(1, abs=0.05)


def test_at_its_end_the_face_eases_to_neutral(take: Path) -> None:
    bridge = opened(take)
    last = play(bridge, 4.0)[-1].rigs.rigs[0]
    assert last.state is RigState.NEUTRAL
    assert last.weights[JAW] == 0
    assert bridge.counters.waits == "the recording is over"


def test_eyes_turn_by_their_shapes(tmp_path: Path) -> None:
    path = tmp_path / "take.json"
    shapes = {"eyeLookOutLeft": 0.5, "eyeLookInRight": 0.5, "eyeLookDownLeft": 0.5, "eyeLookDownRight": 0.5}
    path.write_text(json.dumps([{"time": i / 30, "weights": shapes} for i in range(31)]))
    rig = play(opened(path), 1.0)[-1].rigs.rigs[0]
    np.testing.assert_allclose(np.degrees(rig.gaze), [[17.5, -15]] * 2, atol=1)
    assert rig.confidence[arkit.Region.GAZE] == pytest.approx(0.5)  # four of its eight shapes are told
    assert rig.confidence[arkit.Region.HEAD] == 0  # nobody told how it turns


def test_speed_and_loop(take: Path) -> None:
    assert len(play(opened(take, speed=0.5), 1.0)) == 26
    told = [float(e.blendshapes[JAW]) for h in play(opened(take, loop=True), 3.0) for e in h.expressions.expressions]
    assert told.count(0.0) == 2  # begins twice
    assert len(told) == pytest.approx(51 + 50, abs=3)


def test_a_program_that_was_held_up_skips(take: Path) -> None:
    bridge = opened(take)
    bridge.tick(0.0)
    bridge.tick(0.9)
    heard = list(bridge.read())
    assert len(heard) == 1 + 16
    assert float(heard[-1].expressions.expressions[0].blendshapes[JAW]) == pytest.approx(0.9)


def test_what_cannot_be_played_is_told(take: Path, tmp_path: Path) -> None:
    with pytest.raises(BridgeError, match=r"file_in.path names no recording"):
        find("file_in").open(find("file_in").config(), Home(Counters()))
    with pytest.raises(BridgeError, match=r"file_in.face 3: not in .*; it has 1"):
        opened(take, face=3)
    with pytest.raises(ExportError, match="No such file"):
        opened(tmp_path / "none.json")


def test_a_run_of_a_recording_is_the_bridges_alone(take: Path) -> None:
    assert recording(str(take)) == take
    assert recording("clip") is recording("/dev/video0") is recording(None) is None
    plan = make(take, to="vmc", settings=["file_in.speed=2"])
    assert [n.name for n in plan.processes] == ["bridges"]
    assert plan.overrides["bridges.to"] == "file_in,vmc"
    assert plan.duration_s == pytest.approx(1 / 2 + 2)
    assert make(take, settings=["file_in.loop=true"]).duration_s is None
    with pytest.raises(UsageError, match="--to nowhere"):
        make(take, to="nowhere")
