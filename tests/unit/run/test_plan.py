"""A run is checked whole before anything is touched."""

from __future__ import annotations

import os
import socket
from pathlib import Path

import cv2
import numpy as np
import pytest

from mien.core.errors import CalibrationError, SourceError, UsageError
from mien.graph import ANIMATE, AUDIO_NODE, DASHBOARD, FUSION_NODE, PROFILES
from mien.run import source as sources
from mien.run.plan import Plan, make


@pytest.fixture
def picture(tmp_path: Path) -> Path:
    path = tmp_path / "a: b #1.png"
    path.write_bytes(cv2.imencode(".png", np.zeros((8, 8, 3), np.uint8))[1].tobytes())
    return path


def test_a_plan_says_what_was_asked(picture: Path, tmp_path: Path) -> None:
    plan = make(source=str(picture), bag=tmp_path / "bag", settings=["faces.max_faces=1"], namespace="lab/left")
    assert plan == Plan(
        nodes=PROFILES["fused"], source=str(picture), bag=tmp_path / "bag", images="jpeg", namespace="lab/left",
        overrides={"faces.max_faces": 1},
    )  # fmt: skip


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        ({"source": "none.mp4"}, "no such file, folder or camera"),
        ({"source": "/dev/video98"}, r"no such camera \(cameras here:"),
        ({"source": "98"}, "no such camera"),
        ({"source": "/dev/null"}, "/dev/null: is no camera"),
        ({"source": "topic:"}, "needs a name"),
        ({"source": "topic:/image raw"}, "is not a ROS name"),
        ({"namespace": "left lab"}, "--namespace left lab: not a ROS name; for example lab"),
        ({"namespace": "9"}, "not a ROS name"),
        ({"namespace": "lab//left"}, "not a ROS name"),
        ({"duration_s": 0.0}, "--duration 0: must be over 0 s"),
        ({"duration_s": float("nan")}, "must be over 0 s"),
        ({"fast": True, "profile": "split"}, "--fast needs --profile fused"),
        ({"params_file": Path("none.yaml")}, "--params-file none.yaml: no such file"),
        ({"settings": ["faces.max_face=1"]}, r"did you mean faces.max_faces\?"),
        ({"settings": ["camera.camera_info_url=none.yaml"]}, "none.yaml: no such file"),
    ],
)
def test_misuse_is_named(picture: Path, arguments: dict[str, object], says: str) -> None:
    with pytest.raises((UsageError, CalibrationError), match=says):
        make(**{"source": str(picture)} | arguments)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("name", "data", "says"),
    [
        ("empty.mp4", b"", "empty.mp4: the file is empty"),
        ("text.mp4", b"this is no video", "text.mp4: .*(not a video|cannot be decoded|broken)"),
        ("text.png", b"this is no image", "text.png"),
    ],
)
def test_a_file_that_cannot_be_decoded_is_named(tmp_path: Path, name: str, data: bytes, says: str) -> None:
    (tmp_path / name).write_bytes(data)
    with pytest.raises(SourceError, match=says):
        make(source=str(tmp_path / name))


def test_a_broken_image_is_told_once(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "broken.jpg").write_bytes(b"\xff\xd8\xff\xe0 and no more")
    with pytest.raises(SourceError, match=r"broken.jpg"):
        make(source=str(tmp_path / "broken.jpg"))
    assert caplog.messages == []
    assert capfd.readouterr().err == ""


def test_a_pipe_and_a_socket_are_refused_and_nobody_waits_for_them(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind(str(tmp_path / "socket"))
        for name in ("pipe", "socket"):
            with pytest.raises(SourceError, match=f"{name}: a {name}, not a file"):
                make(source=str(tmp_path / name))


def test_the_source_may_stand_in_the_parameter_file_and_the_argument_wins(picture: Path, tmp_path: Path) -> None:
    file = tmp_path / "params.yaml"
    file.write_text('/**: {ros__parameters: {camera: {source: "topic:/a"}}}')
    assert make(params_file=file).topic == "/a"
    assert make(params_file=file, source=str(picture)).source == str(picture)


def test_images_of_somebody_else_need_no_camera(picture: Path) -> None:
    plan = make(source="topic:/theirs", profile="split")
    assert (plan.source, plan.topic) == ("topic", "/theirs")
    assert [n.name for n in plan.nodes] == ["faces", "expressions", "affects", "rigs"]
    assert plan.holder is None
    with pytest.raises(UsageError, match="camera does not run here"):
        make(source="topic:/theirs", profile="split", settings=["camera.framerate=5"])


def test_a_dashboard_runs_beside_and_is_as_private_as_the_rest(picture: Path) -> None:
    plan = make(source=str(picture), dashboard=True, settings=["dashboard.allow=control", "graph.privacy=true"])
    assert plan.processes == (*PROFILES["fused"], DASHBOARD)
    assert plan.overrides == {"dashboard.allow": "control", "graph.privacy": "on"}
    with pytest.raises(UsageError, match="dashboard does not run here"):
        make(source=str(picture), settings=["dashboard.allow=control"])


def test_avatars_and_fusion_run_beside_when_asked(picture: Path) -> None:
    plan = make(source=str(picture), animate="toon,robot", fusion=True, settings=["animate.smooth=true"])
    assert plan.processes == (*PROFILES["fused"], ANIMATE, FUSION_NODE)
    assert plan.overrides == {"animate.avatar": "toon,robot", "animate.smooth": True}
    with pytest.raises(UsageError, match="give --animate"):
        make(source=str(picture), settings=["animate.smooth=true"])


def test_a_voice_is_that_of_the_video_or_another(picture: Path) -> None:
    plan = make(source=str(picture), voice="video")
    assert plan.processes == (*PROFILES["fused"], AUDIO_NODE)
    assert plan.overrides == {"audio.source": "topic", "camera.sound": True, "rigs.voice": True}
    plan = make(source="topic:/images", voice="microphone", settings=["graph.privacy=true", "audio.strength=0.5"])
    assert plan.overrides["audio.source"] == "microphone"
    assert plan.overrides["audio.strength"] == 0.5
    with pytest.raises(UsageError, match="have no sound"):
        make(source="topic:/images", voice="video")
    with pytest.raises(UsageError, match="give --voice microphone"):
        make(source=str(picture), voice="video", settings=["graph.privacy=true"])


def test_private_is_the_whole_graph_or_nothing(picture: Path, tmp_path: Path) -> None:
    file = tmp_path / "params.yaml"
    file.write_text("perception: {ros__parameters: {graph: {privacy: true}}}")
    for asked in ({"settings": ["graph.privacy=on"]}, {"settings": ["graph.privacy=true"]}, {"params_file": file}):
        plan = make(source=str(picture), bag=tmp_path / "bag", **asked)  # type: ignore[arg-type]
        assert plan.images == "none"
        assert plan.overrides["graph.privacy"] == "on"
    normalised = make(source=str(picture), bag=tmp_path / "bag", settings=["graph.privacy=normalised"])
    assert (normalised.images, normalised.overrides["graph.privacy"]) == ("none", "normalised")
    with pytest.raises(UsageError, match=r"--images raw: graph.privacy keeps images out of the bag"):
        make(source=str(picture), bag=tmp_path / "bag", images="raw", settings=["graph.privacy=true"])


@pytest.mark.parametrize("source", ["topic:/theirs", None])
def test_private_and_split_is_refused_with_the_mend(picture: Path, source: str | None) -> None:
    with pytest.raises(UsageError, match=r"graph.privacy: the profile split sends images .*--profile fused"):
        make(source=source or str(picture), profile="split", settings=["graph.privacy=normalised"])


def test_which_sources_go_on_by_themselves() -> None:
    assert [s for s in ("/dev/video0", "0", "topic", "gstreamer:x ! y", "argus:0") if not sources.is_live(s)] == []
    assert [s for s in ("a.mp4", "folder", "actor") if sources.is_live(s)] == []
