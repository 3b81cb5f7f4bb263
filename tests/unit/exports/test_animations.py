"""Rigs as Live Link Face records them, as three.js plays them, and drawn over the images."""

from __future__ import annotations

import base64
import csv
import json
import shutil
import subprocess
from dataclasses import replace
from pathlib import Path

import cv2
import numpy as np
import pytest
from mcap.reader import make_reader
from pylivelinkface import FaceBlendShape, PyLiveLinkFace

from mien.bridges.livelink_in.decoder import Decoder
from mien.core.errors import ExportError
from mien.core.types import Header, Rigs
from mien.exports.motion.livelink import HEADER, timecode
from mien_models.spaces import arkit

from ..bags.sessions import PERIOD_NS, easing, image, moment, rig, shapes, stamp  # noqa: TID252
from .recordings import EMPTY, private, run, scene, weights

NODE = Path(__file__).resolve().parents[2] / "node"


def test_live_link_has_the_columns_of_the_app() -> None:
    assert HEADER[:2] == ("Timecode", "BlendShapeCount")
    assert set(HEADER[2:]) == {shape.name for shape in FaceBlendShape}
    assert HEADER[16:20] == ("JawForward", "JawRight", "JawLeft", "JawOpen")  # as recordings of the app have it


def test_live_link_rows_are_packets_of_the_app(tmp_path: Path) -> None:
    """A row that somebody else's library sends is the rig that was exported."""
    done = run(scene(), "livelink", tmp_path)
    assert [p.name for p in done.files] == ["livelink_1.csv", "livelink_2.csv"]
    with done.files[0].open() as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == 19  # 18 frames with the face, and a step of easing
    sender = PyLiveLinkFace()
    for shape in FaceBlendShape:
        sender.set_blendshape(shape, float(rows[4][shape.name]), no_filter=True)
    decoder = Decoder()
    assert decoder.feed(sender.encode())
    got, shown = decoder.reading(), rig(1, weights(4))
    np.testing.assert_allclose(got.weights, shown.weights, atol=1e-6)
    np.testing.assert_allclose(got.head, shown.head, atol=1e-6)
    np.testing.assert_allclose(got.gaze, shown.gaze, atol=1e-6)


def test_time_codes_count_sixtieths() -> None:
    hour = 3_600_000_000_000
    assert timecode(0) == "00:00:00:00.000"
    assert timecode(hour + 61_500_000_000) == "01:01:01:30.000"
    assert timecode(25 * hour + 8_333_333) == "01:00:00:00.500"  # half a frame; days are not counted
    assert timecode(24 * hour - 1) == "00:00:00:00.000"  # rounds up to the next day


@pytest.fixture(scope="module")
def glb(tmp_path_factory: pytest.TempPathFactory) -> Path:
    alone = [moment(i, (1,), weights(i)) for i in range(20)]
    done = run(alone, "glb", tmp_path_factory.mktemp("glb"))
    assert [p.name for p in done.files] == ["avatar_1.glb"]
    return done.files[0]


def node(script: str, *args: object) -> dict[str, object]:
    if shutil.which("node") is None:
        pytest.skip("node is not installed")
    if not (NODE / "node_modules").is_dir():
        pytest.skip("three and gltf-validator are not installed: npm install --prefix tests/node")
    done = subprocess.run(["node", NODE / script, *map(str, args)], capture_output=True, text=True, timeout=60)
    assert not done.returncode, done.stderr
    found: dict[str, object] = json.loads(done.stdout)
    return found


def test_khronos_validator_finds_nothing(glb: Path) -> None:
    issues = node("validate_glb.mjs", glb)
    assert (issues["numErrors"], issues["numWarnings"]) == (0, 0), issues["messages"]


def test_three_js_shows_the_rig(glb: Path) -> None:
    """At keyframes, and half way between two."""
    frames = (0, 9, 12.5, 18.5)  # the end itself is the beginning of the loop
    played = node("play_glb.mjs", glb, *(f * PERIOD_NS * 1e-9 for f in frames))
    assert played["duration"] == pytest.approx(19 / 25)
    for at, shown in zip(frames, played["shown"], strict=True):  # type: ignore[call-overload]
        between = (weights(int(at)) + weights(int(np.ceil(at)))) / 2
        for morphs in shown["morphs"]:
            np.testing.assert_allclose([morphs[n] for n in arkit.BLENDSHAPES], between, atol=1e-4)
        # The head is turned by 0.2 rad to its left, which is x of glTF.
        np.testing.assert_allclose(shown["head"], (np.sin(0.2), 0, np.cos(0.2)), atol=1e-4)
        # The left eye looks 0.1 rad to the left and 0.2 up in the head.
        np.testing.assert_allclose(
            shown["leftEye"], (np.sin(0.3) * np.cos(0.2), np.sin(0.2), np.cos(0.3) * np.cos(0.2)), atol=1e-4
        )


def test_the_glb_holds_the_times_of_the_recording(glb: Path) -> None:
    """Read by hand: chunks, accessor, floats."""
    data = glb.read_bytes()
    size = int.from_bytes(data[12:16], "little")
    content, binary = json.loads(data[20 : 20 + size]), data[20 + size + 8 :]
    sampler = content["animations"][0]["samplers"][0]
    accessor = content["accessors"][sampler["input"]]
    view = content["bufferViews"][accessor["bufferView"]]
    times = np.frombuffer(binary, "<f4", accessor["count"], view["byteOffset"])
    np.testing.assert_allclose(times, np.arange(20) / 25, atol=1e-6)
    assert (accessor["min"], accessor["max"]) == ([times[0]], [times[-1]])


def test_a_recording_without_rigs_is_told(tmp_path: Path) -> None:
    with pytest.raises(ExportError, match="holds no rig of arkit52; leave glb out"):
        run([moment(0).but(rigs=None)], "glb", tmp_path)
    other = replace(rig(), schema="robot10", weights=np.zeros(10, np.float32))
    with pytest.raises(ExportError, match="holds no rig"):
        run([moment(0).but(rigs=Rigs(Header(stamp(0)), (other,)))], "glb", tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_the_film_has_every_frame(tmp_path: Path) -> None:
    run([moment(i, weights=shapes(), picture=image(i)) for i in range(20)] + [easing(19)], "mp4", tmp_path)
    film = cv2.VideoCapture(str(tmp_path / "annotated.mp4"))
    assert (film.get(cv2.CAP_PROP_FRAME_COUNT), film.get(cv2.CAP_PROP_FPS)) == (20, 25)


def test_foxglove_reads_images_and_annotations(tmp_path: Path) -> None:
    moments = [m.but() for m in scene()]
    for i, one in enumerate(moments):
        one.image = image(i)
    (path,) = run(moments, "foxglove", tmp_path).files
    with path.open("rb") as file:
        reader = make_reader(file)
        assert reader.get_header().profile == ""
        found = [(s.name, s.encoding, c.topic, m.log_time, json.loads(m.data)) for s, c, m in reader.iter_messages()]
        metadata = {m.name: m.metadata for m in reader.iter_metadata()}
    assert {(name, encoding, topic) for name, encoding, topic, *_ in found} == {
        ("foxglove.CompressedImage", "jsonschema", "/camera/image"),
        ("foxglove.ImageAnnotations", "jsonschema", "/camera/annotations"),
        ("mien.Face", "jsonschema", "/faces/1"), ("mien.Face", "jsonschema", "/faces/2"),
    }  # fmt: skip
    drawn = {t: m for name, _, _, t, m in found if name == "foxglove.ImageAnnotations"}
    assert [len(drawn[stamp(i)]["points"]) for i in (0, *EMPTY, 19)] == [1, 0, 0, 2]  # nothing clears the drawing
    one = drawn[stamp(0)]
    assert (one["texts"][0]["text"], one["texts"][0]["position"]) == ("1", {"x": 100, "y": 60})
    assert one["points"][0]["points"][:2] == [{"x": 100, "y": 60}, {"x": 190, "y": 60}]  # upper edge of the box
    assert len(one["points"][0]["outline_colors"]) == len(one["points"][0]["points"])
    assert one["points"][0]["timestamp"] == {"sec": 1_700_000_000, "nsec": 0}
    shown = next(m for name, *_, m in found if name == "foxglove.CompressedImage")
    pixels = cv2.imdecode(np.frombuffer(base64.b64decode(shown["data"]), np.uint8), cv2.IMREAD_COLOR)
    assert np.abs(pixels[..., ::-1].astype(int) - image(0)).mean() < 3
    assert metadata["mien"]["frames_without_face"] == "2"


def test_rerun_reads_series_and_faces(tmp_path: Path) -> None:
    chunk = pytest.importorskip("rerun.chunk", reason="rerun-sdk is not installed: pip install 'mien[rerun]'")
    (path,) = run(scene(), "rerun", tmp_path).files
    rows: dict[str, list[dict[str, list[object]]]] = {}
    for part in chunk.RrdReader(path).stream():
        rows.setdefault(part.entity_path, []).append(part.to_record_batch().to_pydict())
    (weighed,) = [r for r in rows["/face_1/rig"] if "Scalars:scalars" in r]
    (named,) = [r for r in rows["/face_1/rig"] if "SeriesLines:names" in r]
    assert tuple(named["SeriesLines:names"][0]) == arkit.BLENDSHAPES  # type: ignore[arg-type]
    assert len(weighed["stamp"]) == 19
    by_time = {int(t.value): v for t, v in zip(weighed["stamp"], weighed["Scalars:scalars"], strict=True)}  # type: ignore[attr-defined]
    np.testing.assert_allclose(by_time[stamp(9)], weights(9), atol=1e-7)
    (units,) = [r for r in rows["/face_1/action_units"] if "Scalars:scalars" in r]
    assert np.isnan(units["Scalars:scalars"][0]).sum() == 1  # type: ignore[call-overload]
    assert {"/camera/image/face_1/box", "/camera/image/face_2/landmarks", "/camera/head_1"} <= rows.keys()


def test_rerun_of_a_private_recording_has_series_alone(tmp_path: Path) -> None:
    chunk = pytest.importorskip("rerun.chunk", reason="rerun-sdk is not installed: pip install 'mien[rerun]'")
    (path,) = run(private(scene()), "rerun", tmp_path, no_faces=True, no_images=True).files
    paths = {part.entity_path for part in chunk.RrdReader(path).stream()}
    assert "/face_1/rig" in paths
    assert not any(p.startswith("/camera") for p in paths)


def test_a_private_recording_says_why_there_is_no_film(tmp_path: Path) -> None:
    with pytest.raises(ExportError, match=r"holds no image to draw on: it was recorded with graph.privacy"):
        run(private(scene()), "csv,mp4", tmp_path, no_faces=True, no_images=True)
    assert list(tmp_path.iterdir()) == []
