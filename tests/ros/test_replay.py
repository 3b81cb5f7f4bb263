"""A run, recorded and replayed through real nodes: the same messages at any speed, in one process or several."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest

pytest.importorskip("rclpy", reason="ROS 2 is not installed")

from tests.ros.conftest import Graph
from tests.unit.bags.sessions import image
from tests.unit.bags.test_replay import message

from mien.bags.exact.verify import against, verify
from mien.bags.opened import Bag
from mien.bags.read import Session
from mien.bags.record import BagWriter
from mien.bags.recorder import IMAGE_TYPE, Channel, Encoding
from mien.graph import IMAGE, Qos

pytestmark = [pytest.mark.ros, pytest.mark.real]
LIMIT_S = 150
LONG = bool(os.environ.get("MIEN_SOAK_S"))


def mien(*arguments: object) -> str:
    command = [sys.executable, "-m", "mien.cli", *map(str, arguments)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=LIMIT_S)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def run(short_clip: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("run") / "out"
    mien("run", "--source", short_clip, "--out", out, "--fast", "--set", "bags.images=raw", "--namespace", "exact")
    return out / "bag"


def test_a_run_is_proved_and_replayed_message_by_message(run: Path, tmp_path: Path) -> None:
    verdict = verify(Session(run))
    assert verdict.holds, str(verdict)
    assert verdict.results["rigs"] >= 40
    mien("bag", "replay", run, "--through", "split", "--fast", "--out", tmp_path / "out", "--namespace", "exact")
    verdict = against(Session(run), Session(tmp_path / "out/bag"))
    assert verdict.holds, str(verdict)
    assert verdict.results["faces"] == 40
    assert verdict.largest.size < 1e-9


@pytest.mark.skipif(not LONG, reason="takes minutes: MIEN_SOAK_S asks for it")
@pytest.mark.parametrize("profile", ["fused", "split"])
@pytest.mark.parametrize("rate", ["0.5", "1"])
def test_speed_changes_nothing(run: Path, profile: str, rate: str, tmp_path: Path) -> None:
    out = tmp_path / "out"
    mien("bag", "replay", run, "--through", profile, "--rate", rate, "--out", out, "--namespace", "speed")
    verdict = against(Session(run), Session(out / "bag"))
    assert verdict.holds, str(verdict)


@pytest.mark.parametrize("storage", ["mcap", "sqlite3"])
def test_a_bag_of_somebody_else_goes_through_the_stages(run: Path, storage: str, tmp_path: Path) -> None:
    if storage == "sqlite3" and not LONG:
        pytest.skip("takes a minute more: MIEN_SOAK_S asks for it")
    foreign(run, tmp_path / "foreign", storage)
    out = tmp_path / "out"
    mien("bag", "replay", tmp_path / "foreign", "--through", "fused", "--fast", "--out", out, "--namespace", "theirs")
    moments = list(Session(out / "bag").moments())
    assert sum(bool(m.faces and m.faces.faces) for m in moments) == 12


@pytest.mark.parametrize("form", ["raw", "h264"])
def test_images_of_somebody_else_come_as_they_are(form: str, graph: Graph, tmp_path: Path) -> None:
    """Those of a video, too, where it is begun in the middle: each image builds on the one before it."""
    if form == "h264":
        pytest.importorskip("av", reason="pip install 'mien[media]' brings H.264")
    pictures = [image(i) for i in range(40)]
    encode = Encoding(Channel("camera", "/robot/camera", IMAGE_TYPE, Qos(), h264_crf=16 if form == "h264" else None))
    with BagWriter(tmp_path / "bag") as bag:
        bag.add(encode.topic, encode.type)
        for i, picture in enumerate(pictures):
            bag.write(encode.topic, encode(message(IMAGE_TYPE, i, picture)), 10**9 + i * 40_000_000)
    start_s = 0.5 if form == "h264" else 0.0
    graph.listen(IMAGE)
    player = graph.start(
        "replayer", replay__bag=tmp_path / "bag", replay__what="images", replay__in_step=False, replay__start_s=start_s
    )
    graph.until(lambda: player.poll() is not None)
    code, out = graph.end("replayer")
    assert code == 0, out
    numbers = [m.header.stamp.sec - 50 for m in graph.messages[IMAGE.name]]
    assert len(numbers) > 5
    assert min(numbers) >= start_s / 0.04
    for i, msg in zip(numbers, graph.messages[IMAGE.name], strict=True):
        found = np.asarray(msg.data, np.uint8).reshape(pictures[i].shape).astype(int)
        assert np.abs(found - pictures[i]).mean() < (
            2 if form == "h264" else 1e-9
        )  # H.264 errs by 1.4, an image too early by 2.7


def test_a_bag_that_was_cut_is_played_as_far_as_it_goes_and_says_so(graph: Graph, tmp_path: Path) -> None:
    encode = Encoding(Channel("camera", "/robot/camera", IMAGE_TYPE, Qos()))
    with BagWriter(tmp_path / "bag") as bag:
        bag.add(encode.topic, encode.type)
        for i in range(10):
            bag.write(encode.topic, encode(message(IMAGE_TYPE, i, image(i))), 10**9 + i * 40_000_000)
        bag.flush()
        shutil.copytree(tmp_path / "bag", tmp_path / "cut")
    graph.listen(IMAGE)
    player = graph.start("replayer", replay__bag=tmp_path / "cut", replay__what="images", replay__in_step=False)
    graph.until(lambda: player.poll() is not None)
    code, out = graph.end("replayer")
    assert code == 0, out
    assert "has no end: its recorder was killed" in out
    assert graph.messages[IMAGE.name]


def foreign(run: Path, path: Path, storage: str) -> None:
    """Twelve images as JPEG, under a name of another driver, written by rosbags."""
    from rosbags.rosbag2 import StoragePlugin, Writer

    from mien.bags.record import typestore
    from mien.bags.recorder import COMPRESSED_TYPE, IMAGE_TYPE, to_jpeg

    plugin = StoragePlugin.MCAP if storage == "mcap" else StoragePlugin.SQLITE3
    session = Session(run)
    with Writer(path, version=9, storage_plugin=plugin) as writer:
        connection = writer.add_connection("/robot/head_camera/jpg", COMPRESSED_TYPE, typestore=typestore())
        for i, m in enumerate(Bag(run).raw(lambda t: t == session.image_topic)):
            if i == 12:
                break
            msg: Any = typestore().deserialize_cdr(m.data, IMAGE_TYPE)
            writer.write(connection, m.received_ns, bytes(to_jpeg(msg, 95)))
