"""Recordings of other programs: read, written as bags, and exported again."""

from __future__ import annotations

import csv
import json
import random
import tracemalloc
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from pylivelinkface import FaceBlendShape

from mien.bags.read import Session
from mien.bridges.file_in.formats import read
from mien.core.errors import ExportError
from mien.core.moment import Moment
from mien.core.types import RigState, Source
from mien.exports.export import export
from mien.exports.formats import chosen
from mien.exports.motion.imported import moment as imported, write_bag
from mien.exports.recording import find
from mien_models.spaces import arkit, facs

from .recordings import run, scene, weights, with_units

# As the app writes it: its order of columns, 30 frames a second, a frame without a face.
APP = [shape.name for shape in FaceBlendShape]


def app(*rows: tuple[str, dict[str, float] | None]) -> str:
    lines = ["Timecode,BlendShapeCount," + ",".join(APP)]
    for code, values in rows:
        told = None if values is None else [f"{values.get(name, 0.0):.8f}" for name in APP]
        lines.append(",".join([code, "61", *told] if told else [code, "0"]))
    return "\n".join(lines) + "\n"


@pytest.fixture
def file(tmp_path: Path) -> Callable[[str, str], Path]:
    def write(name: str, text: str) -> Path:
        (tmp_path / name).write_text(text)
        return tmp_path / name

    return write


def test_a_recording_of_the_app(file: Callable[[str, str], Path]) -> None:
    text = app(
        (
            "23:59:58:00.500",
            {"JawOpen": 0.25, "JawLeft": 0.5, "HeadYaw": 0.2, "LeftEyeYaw": -0.1, "LeftEyePitch": -0.3},
        ),
        ("23:59:59:29.000", None),
        ("00:00:00:15.000", {"JawRight": 0.125, "HeadPitch": 0.1}),
    )
    recorded = read(file("take.csv", text))
    first, last = recorded.faces[1]
    assert (len(recorded.faces[1]), recorded.unseen) == (2, 1)
    assert last.time_s - first.time_s == pytest.approx(2 + 14.5 / 30)  # past midnight, 30 frames a second
    assert first.reading.weights[arkit.INDEX["jawOpen"]] == 0.25
    assert first.reading.weights[arkit.INDEX["jawLeft"]] == 0.5  # by name, not by place
    assert last.reading.weights[arkit.INDEX["jawRight"]] == 0.125
    np.testing.assert_allclose(first.reading.head, (0, 0, np.sin(0.1), np.cos(0.1)), atol=1e-9)  # to its left
    np.testing.assert_allclose(last.reading.head, (0, -np.sin(0.05), 0, np.cos(0.05)), atol=1e-9)  # up
    np.testing.assert_allclose(first.reading.gaze, [[0.1, 0.3], [0, 0]], atol=1e-7)  # eyes: to its left, and up


def test_export_import_export_is_the_same_file(tmp_path: Path) -> None:
    first = run(scene(), "livelink", tmp_path / "a").files[0]
    assert write_bag(read(first), tmp_path / "bag") == 19
    (bag,), _ = find(tmp_path / "bag")
    (second,) = export(bag, chosen("livelink"), tmp_path / "b").files
    assert first.read_text() == second.read_text()


def test_an_imported_bag_says_what_it_is(tmp_path: Path) -> None:
    write_bag(read(run(scene(), "livelink", tmp_path).files[0]), tmp_path / "bag")
    session = Session(tmp_path / "bag")
    assert session.about["imported"]["format"] == "Live Link Face CSV"
    one = next(m for m in session.moments() if m.rig(1) is not None)
    rig, expression = one.rig(1), one.expression(1)
    assert rig is not None
    assert expression is not None
    np.testing.assert_allclose(rig.weights, weights(0), atol=1e-7)
    assert (rig.state, expression.source, set(rig.source)) == (RigState.TRACKED, Source.REPLAYED, {Source.REPLAYED})
    assert not one.faces  # nobody knows where it was


def openface(moments: list[Moment], tmp_path: Path) -> Moment:
    """The first moment, by way of a CSV of OpenFace."""
    recorded = read(run(moments, "openface", tmp_path).files[0])
    (face,) = recorded.faces
    return imported(0, {face: recorded.faces[face][0]})


def test_openface_units_pose_and_gaze_come_back(tmp_path: Path) -> None:
    one = openface([with_units(0, AU12L=3.25, AU12R=3.25, AU43L=4.0, AU43R=4.0)], tmp_path)
    affect, rig, expression = one.affect(1), one.rig(1), one.expression(1)
    assert affect is not None
    assert rig is not None
    assert expression is not None
    told = {label: affect.au_intensity[i] for label, i in facs.INDEX.items()}
    assert (told["AU12L"], told["AU12R"], told["AU43L"], told["AU1L"]) == (3.25, 3.25, 4, 0)
    assert np.isnan(told["AU16L"])  # OpenFace has none
    assert np.isnan(told["AU23"])  # was not observed
    assert rig.weights[arkit.INDEX["mouthSmileLeft"]] == pytest.approx(3.25 / 5, abs=0.05)
    assert rig.weights[arkit.INDEX["eyeBlinkRight"]] > 0.7
    assert np.isnan(expression.blendshapes[arkit.INDEX["tongueOut"]])
    np.testing.assert_allclose(np.abs(rig.head), (0, 0, 0, 1), atol=1e-5)
    # The eyes of this face look along (±0.1, 0, -0.995): a little to its left and to its right.
    np.testing.assert_allclose(rig.gaze, [[np.arctan(0.1 / 0.995), 0], [-np.arctan(0.1 / 0.995), 0]], atol=1e-5)


def test_openface_of_somebody_else(file: Callable[[str, str], Path]) -> None:
    """Two faces, counted from 0, spaces everywhere; a failed frame holds zeros."""
    text = (
        "frame, face_id, timestamp, confidence, success, pose_Rx, pose_Ry, pose_Rz, AU12_r, AU12_c\n"
        "1, 0, 0.000, 0.98, 1, 0, -0.5, 0, 2.50, 1\n"
        "1, 1, 0.000, 0.90, 1, 0, 0, 0, 0.00, 0\n"
        "2, 0, 0.033, 0.00, 0, 0, 0, 0, 0.00, 0\n"
        "3, 0, 0.067, 0.95, 1, 0, 0, 0, 9.00, 1\n"
    )
    recorded = read(file("of.csv", text))
    assert ({k: len(v) for k, v in recorded.faces.items()}, recorded.unseen, recorded.main) == ({1: 2, 2: 1}, 1, 1)
    first, last = recorded.faces[1]
    assert first.units is not None
    assert last.units is not None
    assert last.units.intensity[facs.INDEX["AU12L"]] == 5  # the end of the scale
    # Its face turns to the right in the image, which is its left.
    np.testing.assert_allclose(first.reading.head, (0, 0, np.sin(0.25), np.cos(0.25)), atol=1e-9)
    assert first.reading.confidence[arkit.INDEX["mouthSmileLeft"]] == pytest.approx(0.98)


def test_mien_lines_come_back(tmp_path: Path) -> None:
    recorded = read(run(scene(), "jsonl", tmp_path).files[0])
    assert ({k: len(v) for k, v in recorded.faces.items()}, recorded.unseen) == ({1: 18, 2: 5}, 2)
    sample = recorded.faces[1][9]
    shown = imported(0, {1: sample}).rig(1)
    assert shown is not None
    np.testing.assert_allclose(shown.weights, weights(11), atol=1e-6)  # two frames are empty
    np.testing.assert_allclose(shown.head, (0, 0, np.sin(0.1), np.cos(0.1)), atol=1e-6)
    np.testing.assert_allclose(shown.gaze, [[0.1, 0.2], [0.3, 0.4]], atol=1e-6)


FRAMES: list[tuple[Any, str]] = [
    ([{"time": 0.5, "blendShapes": {"jawOpen": 0.5, "eyeBlink_L": 0.25}}], "ARKit"),
    ({"frames": [{"timestamp": 0.5, "JawOpen": 0.5, "EyeBlinkLeft": 0.25}]}, "ARKit"),
    ({"names": ["jawOpen", "eyeBlinkLeft"], "frames": [{"weights": [0.5, 0.25], "time": 0.5}]}, "ARKit"),
    ({"exportFps": 2, "facsNames": ["jawOpen", "eyeBlinkLeft"], "weightMat": [[0, 0], [0.5, 0.25]]}, "ARKit"),
    ([{"time_ms": 500, "expressions": {"JawOpen": 0.5, "EyeClosedLeft": 0.25, "LipPuckerUpperLeft": 0}}], "Unified"),
]


@pytest.mark.parametrize(("content", "space"), FRAMES)
def test_json_of_many_layouts(file: Callable[[str, str], Path], content: Any, space: str) -> None:
    recorded = read(file("take.json", json.dumps(content)))
    sample = recorded.faces[1][-1]
    assert space in recorded.format
    assert sample.time_s == 0.5
    assert sample.reading.weights[arkit.INDEX["jawOpen"]] == pytest.approx(0.5)
    assert sample.reading.weights[arkit.INDEX["eyeBlinkLeft"]] == pytest.approx(0.25)
    assert np.isnan(sample.reading.weights[arkit.INDEX["cheekPuff"]])


def test_json_that_leaves_out_what_is_zero(file: Callable[[str, str], Path]) -> None:
    """The first frame names a shape that both spaces have; what no space has is told."""
    frames = [
        {"time": 0.0, "shapes": {"JawOpen": 0.5}},
        {"time": 0.1, "shapes": {"EyeClosedLeft": 0.75, "MouthCornerPullLeft": 1, "MouthCornerSlantLeft": 1}},
        {"time": 0.2, "shapes": {"JawOpen": 0.25, "Eyes/Closed": 1}},
    ]
    recorded = read(file("take.json", json.dumps(frames)))
    assert recorded.format == "JSON with shapes of Unified Expressions"
    assert recorded.left_out == ("Eyes/Closed",)
    middle = recorded.faces[1][1].reading.weights
    assert middle[arkit.INDEX["eyeBlinkLeft"]] == pytest.approx(0.75)
    assert middle[arkit.INDEX["mouthSmileLeft"]] == pytest.approx(1)


@pytest.mark.parametrize(
    ("shapes", "left", "right"),
    [
        ({"eyeLookOutLeft": 1, "eyeLookInRight": 0.5, "eyeLookUpLeft": 1}, (35, 25), (17.5, 0)),
        ({"EyeLookInLeft": 1, "EyeLookOutRight": 1, "EyeLookDownRight": 0.5, "EyeClosedLeft": 0}, (-35, 0), (-35, -15)),
    ],
)
def test_eyes_turn_by_their_shapes_where_no_angles_are_told(
    shapes: dict[str, float], left: tuple[float, float], right: tuple[float, float], file: Callable[[str, str], Path]
) -> None:
    recorded = read(file("take.json", json.dumps([{"time": 0, "shapes": shapes}])))
    rig = imported(0, {1: recorded.faces[1][0]}).rig(1)
    assert rig is not None
    np.testing.assert_allclose(np.degrees(rig.gaze), [left, right], atol=1e-3)


@pytest.mark.parametrize("form", ["openface", "livelink"])
def test_a_table_is_never_in_memory_as_a_whole(form: str, tmp_path: Path) -> None:
    """OpenFace writes 714 columns; of an hour they would be gigabytes."""
    path = run(scene()[:1], form, tmp_path).files[0]
    header, row = path.read_text().splitlines()
    extra = 700 - header.count(",")
    lines = [header + "".join(f",p_{i}" for i in range(extra))]
    for i in range(300):
        cells = row.split(",")
        cells[2 if form == "openface" else 0] = (
            str(i / 30) if form == "openface" else f"00:00:{i // 30:02d}:{i % 30:02d}.0"
        )
        lines.append(",".join(cells) + ",0.125" * extra)
    path.write_text("\n".join(lines) + "\n")
    tracemalloc.start()
    recorded = read(path)
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert len(recorded.faces[1]) == 300
    assert most < 5e6  # 300 rows of 700 cells as text or as numbers are 12 MB


BAD = [
    ("a.csv", "a,b\n1,2\n", "no recording that can be read"),
    ("a.csv", "", "no recording that can be read"),
    ("a.csv", app(("00:00:00:00", {"JawOpen": 1})).replace("JawOpen", "Other"), "has no column jawopen"),
    ("a.csv", app(("x", {"JawOpen": 1})), "line 2: the time code is 'x'"),
    ("a.csv", app(("00:00:00:01", {}), ("00:00:00:01", {})), "time does not go on"),
    ("a.csv", app(("00:00:00:01", {"HeadYaw": 30})), "line 2: an angle is over π"),
    ("a.csv", app(("00:00:00:01", {})).replace("0.00000000", "zero"), "line 2: .* is 'zero', which is no number"),
    ("a.csv", app(("00:00:00:01", None)), r"nobody is tracked in it \(1 rows\)"),
    ("a.csv", "frame, AU12_r\n1, 2\n", "has no column timestamp"),
    ("a.json", "{", "line 1: neither JSON nor JSON lines"),
    ("a.json", "[1]", "holds no list of frames"),
    ("a.json", '[{"time": 0, "weights": {"smirk": 1}}]', "names no shape of ARKit or Unified"),
    ("a.json", '[{"weights": {"jawOpen": 1}}]', "frame 0 has no time"),
    ("a.json", '[{"time": 0, "weights": {"jawOpen": "x"}}]', "jawOpen is 'x', which is no number"),
    ("a.json", '{"facsNames": ["a"], "weightMat": 3, "exportFps": 30}', "is not laid out as a recording"),
    (
        "a.json",
        '[{"time": 0, "weights": {"jawOpen": 5, "eyeBlinkLeft": 40}}]',
        "a weight is 40, .* divide percent by 100",
    ),
    ("a.csv", app(("00:00:00:01", {"JawOpen": 100})), "a weight is 100, .* divide percent by 100"),
    ("a.json", json.dumps([{"time": 33 * i, "jawOpen": 0} for i in range(3)]), "call them time_ms"),
]


@pytest.mark.parametrize(("name", "text", "why"), BAD)
def test_what_cannot_be_read_is_told(file: Callable[[str, str], Path], name: str, text: str, why: str) -> None:
    path = file(name, text)
    with pytest.raises(ExportError, match=why) as told:
        read(path)
    assert str(path) in str(told.value)


def test_a_csv_of_ours_is_found_by_its_columns(tmp_path: Path) -> None:
    """Spreadsheets write the byte order mark."""
    path = run(scene(), "livelink", tmp_path).files[0]
    path.write_text("\ufeff" + path.read_text())
    assert len(read(path).faces[1]) == 19
    with path.open(encoding="utf-8-sig") as rows:
        assert len(list(csv.DictReader(rows))) == 19


NOISE = b'0123456789.,-e"{}[]:nN\n\xff'


@pytest.mark.parametrize("form", ["livelink", "openface", "jsonl"])
def test_a_damaged_recording_is_read_or_refused(form: str, tmp_path: Path) -> None:
    """Bytes changed, cut out and put in: nothing but ExportError, and nothing that a rig may not hold."""
    source = run(scene()[:6], form, tmp_path).files[0]
    whole, rng = source.read_bytes(), random.Random(7)
    for _ in range(80):
        data = bytearray(whole)
        for _ in range(rng.randint(1, 4)):
            at = rng.randrange(len(data))
            data[at : at + rng.randint(0, 20)] = bytes(rng.choices(NOISE, k=rng.randint(0, 6)))
        source.write_bytes(bytes(data))
        try:
            recorded = read(source)
        except ExportError:
            continue
        for samples in recorded.faces.values():
            rig = imported(0, {1: samples[0]}).rig(1)
            assert rig is not None
            assert ((rig.weights >= 0) & (rig.weights <= 1)).all()
            assert np.isfinite(rig.head).all()
            assert np.isfinite(rig.gaze).all()
