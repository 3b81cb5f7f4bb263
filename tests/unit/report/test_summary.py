"""Numbers of a session against numbers worked out by hand."""

from __future__ import annotations

import dataclasses
import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from mien.bags.read import Session
from mien.bags.record import BagWriter
from mien.bags.write import MomentWriter
from mien.core.moment import Moment
from mien.core.types import Header, Rigs, StageTime
from mien.report.collect import collect, mean_weight, peaks
from mien.report.head import angles_deg
from mien.report.summary import summarise

from ..bags.sessions import PERIOD_NS, START_NS, easing, image, moment, shapes, stamp, write_bag  # noqa: TID252

MS = 1_000_000


def summary(path: Path) -> dict[str, Any]:
    session = Session(path)
    return summarise(session, collect(session))


def test_frames_faces_tracks_and_rate(tmp_path: Path) -> None:
    moments = [moment(0, ids=()), moment(1), moment(2, ids=(1, 2)), easing(2), moment(3), moment(4, ids=())]
    s = summary(write_bag(tmp_path / "bag", moments))
    assert (s["frames"], s["frames_with_face"], s["faces_max"]) == (5, 3, 2)
    assert s["tracks"] == [{"id": 1, "frames": 3}, {"id": 2, "frames": 1}]
    assert s["size"] == [320, 240]
    assert s["start_ns"] == START_NS
    assert s["duration_s"] == 0.16
    assert s["fps"] == 25.0
    assert s["recorded"]["messages"]["/faces"] == 5
    assert s["recorded"]["bag"] == "bag"
    json.dumps(s, allow_nan=False)


def test_latency_and_stages_are_those_of_the_stage_times(tmp_path: Path) -> None:
    s = summary(write_bag(tmp_path / "bag", [moment(i) for i in range(5)]))
    assert s["latency_ms"] == {"p50": 8.75, "p99": 8.75}  # 2 + 5 + 1 + 0.5 + 0.25
    assert s["latency_since"] == "stamp"
    assert {k: v["p50"] for k, v in s["stages_ms"].items()} == {
        "camera": 2.0, "faces": 5.0, "expressions": 1.0, "affects": 0.5, "rigs": 0.25,
    }  # fmt: skip


def late(m: Moment, ms: int) -> Moment:
    """The same, with the rigs stage this much slower."""
    assert m.rigs
    *before, last = m.rigs.stages
    end = StageTime("rigs", last.finished_ns + ms * MS)
    m.rigs = dataclasses.replace(m.rigs, stages=(*before, end))
    return m


def test_percentiles(tmp_path: Path) -> None:
    s = summary(write_bag(tmp_path / "bag", [late(moment(i), i) for i in range(101)]))
    assert s["latency_ms"] == {"p50": 58.75, "p99": 107.75}
    assert s["stages_ms"]["rigs"] == {"p50": 50.25, "p99": 99.25}


def test_in_the_split_graph_rigs_do_not_wait_for_affects(tmp_path: Path) -> None:
    m = moment(0)
    t = m.stamp_ns
    times = (StageTime("camera", t + 1 * MS), StageTime("faces", t + 3 * MS), StageTime("expressions", t + 6 * MS))
    assert m.faces
    assert m.expressions
    assert m.affects
    assert m.rigs
    m.faces = dataclasses.replace(m.faces, stages=times[:2])
    m.expressions = dataclasses.replace(m.expressions, stages=times)
    m.affects = dataclasses.replace(m.affects, stages=(*times, StageTime("affects", t + 16 * MS)))
    m.rigs = dataclasses.replace(m.rigs, stages=(*times, StageTime("rigs", t + 10 * MS)))
    s = summary(write_bag(tmp_path / "bag", [m]))
    assert {k: v["p50"] for k, v in s["stages_ms"].items()} == {
        "camera": 1.0, "faces": 2.0, "expressions": 3.0, "affects": 10.0, "rigs": 4.0,
    }  # fmt: skip
    assert s["latency_ms"]["p50"] == 10.0


def test_a_file_that_was_not_played_in_time_counts_from_the_camera(tmp_path: Path) -> None:
    moments = [moment(i) for i in range(3)]
    for m in moments:  # read faster than it was filmed: stamps lie in the future
        for part in ("faces", "expressions", "affects", "rigs"):
            value = getattr(m, part)
            early = tuple(StageTime(s.stage, s.finished_ns - 3600_000 * MS) for s in value.stages)
            setattr(m, part, dataclasses.replace(value, stages=early))
    s = summary(write_bag(tmp_path / "bag", moments))
    assert s["latency_since"] == "camera"
    assert s["latency_ms"]["p50"] == 6.75
    assert s["stages_ms"]["camera"] is None
    assert s["stages_ms"]["faces"]["p50"] == 5.0


def test_without_stage_times_there_is_no_latency(tmp_path: Path) -> None:
    m = moment(0)
    m.faces = m.expressions = m.affects = None
    m.rigs = Rigs(Header(m.stamp_ns), m.rigs.rigs if m.rigs else ())
    s = summary(write_bag(tmp_path / "bag", [m]))
    assert (s["latency_ms"], s["latency_since"], s["stages_ms"]) == (None, None, {})
    assert (s["frames"], s["fps"], s["faces_max"], s["tracks"]) == (0, None, 0, [])


def test_drops_networks_and_source_come_from_diagnostics(tmp_path: Path) -> None:
    with BagWriter(tmp_path / "bag", {"mien": '{"versions": {"mien": "1.2.3"}, "machine": {"cpu": "Z80"}}'}) as bag:
        writer = MomentWriter(bag)
        writer.write(moment(0))
        status = {
            "dropped": "3",
            "source": "clip.mp4",
            "network facemesh_v2": "onnxruntime on cpu (auto: no GPU)",
            "network yunet": "tensorrt on cuda (asked for)",
        }
        writer.status("/perception", {"dropped": "1"}, START_NS)
        writer.status("/perception", status, START_NS + 1)
        writer.status("/recorder", {"dropped": "2", "bytes": "9"}, START_NS)
        # Another graph of the domain, in the topic that is everybody's, and a node that tells no number.
        writer.status("/other/perception", {"dropped": "99", "source": "theirs.mp4"}, START_NS)
        writer.status("/faces", {"dropped": "many"}, START_NS)
    s = summary(tmp_path / "bag")
    assert s["dropped"] == 5
    assert s["dropped_by_node"] == {"perception": 3, "recorder": 2}
    assert s["source"] == "clip.mp4"
    assert s["networks"]["facemesh_v2"] == {"backend": "onnxruntime", "device": "cpu", "reason": "auto: no GPU"}
    assert s["networks"]["yunet"] == {"backend": "tensorrt", "device": "cuda", "reason": "asked for"}
    assert s["versions"] == {"mien": "1.2.3"}
    assert s["machine"] == {"cpu": "Z80"}


def test_a_bag_of_unknown_origin_is_described_by_what_reads_it(tmp_path: Path) -> None:
    s = summary(write_bag(tmp_path / "bag", [moment(0)]))
    assert {"python", "mien", "numpy", "opencv", "onnxruntime", "rclpy"} <= set(s["versions"])
    assert s["machine"]["cores"] >= 1


def test_the_caller_has_the_last_word(tmp_path: Path) -> None:
    session = Session(write_bag(tmp_path / "bag", [moment(0)]))
    s = summarise(session, collect(session), {"source": "mine", "profile": "fused"})
    assert (s["source"], s["profile"]) == ("mine", "fused")


def test_peaks_are_the_strongest_moments_of_any_face(tmp_path: Path) -> None:
    moments = [
        moment(0, weights=shapes(mouthSmileLeft=0.2, mouthSmileRight=0.4)),
        moment(1, weights=shapes(mouthSmileLeft=0.9, mouthSmileRight=0.7)),
        moment(2, ids=(7,), weights=shapes(jawOpen=0.6, mouthSmileLeft=1.0)),
    ]
    collected = collect(Session(write_bag(tmp_path / "bag", moments)))
    found = {p.expression: p for p in peaks(collected)}
    assert found["smile"].value == pytest.approx(0.8)
    assert (found["smile"].stamp_ns, found["smile"].track_id) == (stamp(1), 1)
    assert (found["jaw open"].stamp_ns, found["jaw open"].track_id) == (stamp(2), 7)
    s = summary(tmp_path / "bag")
    assert s["expression_peaks"]["smile"] == {"value": 0.8, "time_s": 0.04, "track_id": 1}


def test_a_look_is_the_mean_of_what_was_observed() -> None:
    names = ("a", "b")
    values = np.array([[0.2, 0.4], [np.nan, 0.4], [np.nan, np.nan]], np.float32)
    np.testing.assert_allclose(mean_weight(values, names, ("a", "b")), [0.3, 0.4, np.nan], rtol=1e-6)
    assert np.isnan(mean_weight(values, names, ("c",))).all()


def test_series_hold_every_value_and_rigs_go_on_while_they_ease(tmp_path: Path) -> None:
    moments = [moment(0, picture=image()), moment(1), easing(1), easing(2), moment(3, ids=())]
    collected = collect(Session(write_bag(tmp_path / "bag", moments)))
    track = collected.main
    assert track is not None
    assert (track.track_id, track.seen) == (1, 2)
    assert len(track.blendshapes) == len(track.emotion) == 2
    assert len(track.rig) == 4
    assert track.rig.stamps_ns[-1] == stamp(2) + PERIOD_NS // 2
    assert track.valence_arousal.values.tolist() == [[0.5, -0.25]] * 2
    assert track.head_deg.values[0] == pytest.approx([np.degrees(0.2), 0, 0], abs=1e-4)
    assert collected.images == 1


def turn(axis: str, deg: float) -> Any:
    c, s = np.cos(np.radians(deg)), np.sin(np.radians(deg))
    i, j = {"x": (1, 2), "y": (2, 0), "z": (0, 1)}[axis]
    m = np.eye(3)
    m[i, i], m[i, j], m[j, i], m[j, j] = c, -s, s, c
    return m


def test_head_angles_are_positive_to_the_persons_left_up_and_right_shoulder() -> None:
    assert angles_deg(turn("z", 30)) == pytest.approx((30, 0, 0))
    assert angles_deg(turn("y", -20)) == pytest.approx((0, 20, 0))
    assert angles_deg(turn("x", 10)) == pytest.approx((0, 0, 10))
    assert angles_deg(turn("z", -15) @ turn("y", 25) @ turn("x", 5)) == pytest.approx((-15, -25, 5))
