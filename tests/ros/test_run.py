"""`mien run`: everything is left behind, however it ends."""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import cv2
import pytest
from pythonosc.osc_packet import OscPacket
from sensor_msgs.msg import Image
from tests.unit.audio.test_audio import vowel
from tests.unit.sounds.test_sounds import write

from mien.cli.__main__ import main

if TYPE_CHECKING:
    from conftest import Graph

pytestmark = [pytest.mark.ros, pytest.mark.real]
LIMIT_S = 90


def run(*arguments: object, environ: Mapping[str, str] | None = None) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "mien.cli", "run", *map(str, arguments)],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        env=os.environ | (environ or {}),
    )


def test_a_file_is_played_recorded_and_drawn(short_clip: Path, tmp_path: Path) -> None:
    # As fast as can be: on a busy machine a paced film loses frames, as it should.
    process = run("--source", short_clip, "--out", tmp_path, "--namespace", "played", "--fast")
    said, _ = process.communicate(timeout=LIMIT_S)
    assert process.returncode == 0, said
    summary = json.loads((tmp_path / "summary.json").read_text())
    assert summary["source"] == str(short_clip)
    assert summary["frames"] == summary["frames_with_face"] == 40
    assert summary["faces_max"] == 1
    assert summary["dropped"] == 0
    assert summary["fps"] == pytest.approx(12, rel=0.05)
    assert 0 < summary["latency_ms"]["p50"] <= summary["latency_ms"]["p99"]
    assert set(summary["stages_ms"]) == {"camera", "faces", "expressions", "affects", "rigs"}
    networks = set(summary["networks"])
    assert "facemesh_v2" in networks
    assert networks & {"encoder_small", "encoder_small_int8"}, networks  # by the processor
    assert {"python", "mien", "onnxruntime", "rclpy"} <= set(summary["versions"])
    video = cv2.VideoCapture(str(tmp_path / "annotated.mp4"))
    assert video.get(cv2.CAP_PROP_FRAME_COUNT) == 40
    for picture in ("contact_sheet.png", "timeline.png"):
        assert cv2.imread(str(tmp_path / picture)).std() > 5
    assert list((tmp_path / "bag").glob("*.mcap"))


def test_a_sound_that_is_shorter_than_a_film_that_moves_an_avatar_ends_before_it(
    short_clip: Path, tmp_path: Path
) -> None:
    voice = write(tmp_path / "a.wav", vowel(140, 0.5, 22050), 22050)
    process = run(
        "--source", short_clip, "--voice", voice, "--out", tmp_path / "out", "--namespace", "shorter",
        "--animate", "toon", "--fusion",
    )  # fmt: skip
    said, _ = process.communicate(timeout=LIMIT_S)
    assert process.returncode == 0, said
    assert "restarted" not in said
    assert json.loads((tmp_path / "out" / "summary.json").read_text())["frames"] > 10


def test_a_topic_that_nobody_publishes_ends_the_run_with_those_alike(graph: Graph, tmp_path: Path) -> None:
    there, asked = f"{graph.namespace}/camera/image_raw", f"{graph.namespace}/camera/image"
    publisher = graph.node.create_publisher(Image, there, 10)
    process = run("--source", f"topic:{asked}", "--namespace", "misnamed", "--out", tmp_path / "out")
    said, _ = process.communicate(timeout=LIMIT_S)
    graph.node.destroy_publisher(publisher)
    assert process.returncode == 1, said
    assert f"no publisher of {asked}; there is {there}; waited 10 s for it" in said
    assert "Traceback" not in said


def test_an_interrupted_run_is_recorded_and_drawn_too(sample: Callable[[str], Path], tmp_path: Path) -> None:
    process = run("--source", sample("clip"), "--out", tmp_path, "--namespace", "interrupted")
    bag = tmp_path / "bag"
    end = time.monotonic() + LIMIT_S
    while sum(f.stat().st_size for f in bag.glob("*.mcap")) < 500_000:
        assert process.poll() is None, process.communicate()[0]
        assert time.monotonic() < end, "nothing is recorded"
        select_briefly()
    process.send_signal(signal.SIGINT)
    said, _ = process.communicate(timeout=LIMIT_S)
    assert process.returncode == 0, said
    assert 0 < json.loads((tmp_path / "summary.json").read_text())["frames"] < 472


def select_briefly() -> None:
    """Let the other processes work; there is no event to wait for in a growing file."""
    import select

    select.select([], [], [], 0.05)


def test_a_recording_is_kept_until_a_new_one_is_complete(short_clip: Path, tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("keep")
    say = partial(said_by, "--source", short_clip, "--out", tmp_path, "--fast", "--namespace", "again")
    assert say()[0] == 0
    before = tree(tmp_path)
    for mistake, reason in (
        ((), "holds bag, annotated.mp4"),
        (("--overwrite", "--set", "faces.max_face=1"), "did you mean faces.max_faces?"),
        (("--overwrite", "--set", "faces.max_faces=0"), "outside [1, 64]"),
        (("--overwrite", "--params-file", "none.yaml"), "no such file"),
        (("--overwrite", "--source", tmp_path / "mine.txt"), "mine.txt"),
        (("--overwrite", "--namespace", "a b"), "not a ROS name"),
    ):
        code, said = say(*mistake)
        assert (code, reason in said, said.count("\n")) == (1 if "mine.txt" in said else 2, True, 1), said
        assert tree(tmp_path) == before
    code, said = say("--overwrite", "--set", "expressions.device=cuda")  # seen by the node alone
    assert code == 1
    assert said.count("\n") == 1, said
    assert "perception: " in said
    assert tree(tmp_path) == before
    assert say("--overwrite")[0] == 0
    assert tree(tmp_path).keys() == before.keys()
    assert tree(tmp_path) != before


def tree(folder: Path) -> dict[str, bytes]:
    return {str(p.relative_to(folder)): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def said_by(*arguments: object) -> tuple[int, str]:
    process = run(*arguments)
    said, _ = process.communicate(timeout=LIMIT_S)
    return process.returncode, said


def test_a_path_with_yaml_in_it_is_a_path(short_clip: Path, tmp_path: Path) -> None:
    source, out = tmp_path / "a: b #1.avi", tmp_path / "out: #2"
    shutil.copy(short_clip, source)
    code, said = said_by("--source", source, "--out", out, "--fast", "--namespace", "named")
    assert code == 0, said
    assert json.loads((out / "summary.json").read_text())["frames"] == 40
    assert sorted(p.name for p in tmp_path.iterdir()) == [source.name, out.name]


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["--source", "none.mp4"], "no such file, folder or camera"),
        (["--source", "/dev/video98"], "no such camera (cameras here:"),
        (["--source", "topic:"], "needs a name"),
        (["--source", "clip", "--duration", "-1"], "must be over 0 s"),
        (["--source", "clip", "--set", "faces.fast=1"], "faces has detector"),
        (["--source", "clip", "--set", "graph.privacy=true", "--profile", "split"], "use --profile fused"),
        (["--source", "clip", "--params-file", "none.yaml"], "no such file"),
        (["--source", "clip", "--profile", "split", "--fast"], "--fast needs --profile fused"),
    ],
)
def test_misuse_ends_with_2_and_one_clear_line(arguments: list[str], says: str) -> None:
    process = run(*arguments)
    said, _ = process.communicate(timeout=LIMIT_S)
    assert process.returncode == 2
    assert says in said
    assert said.count("\n") == 1


def test_a_clip_that_cannot_be_fetched_is_one_clear_line(tmp_path: Path) -> None:
    offline = {"MIEN_CACHE": str(tmp_path), "PIP_INDEX_URL": "http://127.0.0.1:9/simple", "PIP_RETRIES": "0"}
    process = run("--source", "clip", environ=offline)
    said, _ = process.communicate(timeout=LIMIT_S)
    assert process.returncode == 1
    assert said.startswith("mien run: ")
    assert said.count("\n") == 1
    assert "clip" in said


@pytest.mark.parametrize("profile", ["fused", "split"])
def test_images_of_another_node_are_a_source_too(profile: str, graph: Graph, short_clip: Path, tmp_path: Path) -> None:
    graph.start("camera", "image_raw:=theirs", camera__source=short_clip, camera__loop=True)
    process = run(
        "--source", f"topic:{graph.namespace}/theirs", "--duration", 3, "--out", tmp_path,
        "--profile", profile, "--namespace", f"{graph.namespace}/ours",
    )  # fmt: skip
    said, _ = process.communicate(timeout=LIMIT_S)
    assert process.returncode == 0, said
    summary = json.loads((tmp_path / "summary.json").read_text())
    assert summary["frames_with_face"] > 10
    assert (tmp_path / "annotated.mp4").is_file()


@pytest.mark.parametrize("option", ["--voice", "--images=raw", "--fast", "--overwrite"])
def test_a_recording_has_no_images_and_no_sound(
    option: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "take.json").write_text("[]")
    assert main(["run", "--source", str(tmp_path / "take.json"), option]) == 2
    assert f"{option.partition('=')[0]}: {tmp_path}/take.json is a recording" in capsys.readouterr().err


def test_a_recording_of_another_program_moves_an_avatar_beside_a_page(tmp_path: Path) -> None:
    """A jaw that opens within a second: the avatar's A does, and is closed at the end."""
    frames = [{"time": i / 30, "weights": {"jawOpen": i / 30}} for i in range(31)]
    (tmp_path / "take.json").write_text(json.dumps(frames))
    values: list[float] = []
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as avatar:
        avatar.bind(("127.0.0.1", 0))
        port = avatar.getsockname()[1]
        process = run(
            "--source", tmp_path / "take.json", "--to", "vmc", "--set", f"vmc.port={port}", "--namespace", "taken",
            "--dashboard", "--set", "dashboard.port=0", "--set", "dashboard.allow=control",
        )  # fmt: skip
        avatar.settimeout(0.2)
        end = time.monotonic() + LIMIT_S
        while process.poll() is None and time.monotonic() < end:  # meanwhile: a socket holds some hundred kB
            with suppress(TimeoutError):
                for message in OscPacket(avatar.recv(1 << 16)).messages:
                    address, parameters = message.message.address, message.message.params
                    if address == "/VMC/Ext/Blend/Val" and parameters[0] in ("A", "aa"):
                        values.append(parameters[1])
        said, _ = process.communicate(timeout=1)
    assert process.returncode == 0, said
    assert re.search(r"^dashboard: the page is at http://127\.0\.0\.1:\d+/#token=\S+$", said, re.MULTILINE), said
    assert len(values) > 31  # every frame, and those that ease
    assert max(values) > 0.9
    assert values[-1] == 0
