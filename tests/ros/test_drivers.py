"""Drivers of somebody else, as they come: what they offer, pack, stamp and calibrate."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import cv2
import pytest

from mien.graph import FACES
from mien.ros.convert import from_time

if TYPE_CHECKING:
    from conftest import Graph

pytestmark = pytest.mark.ros
DRIVER = Path(__file__).with_name("driver.py")


@pytest.fixture
def picture(sample: Callable[[str], Path], tmp_path: Path) -> Path:
    """A frame of the clip, 640×480."""
    _, frame = cv2.VideoCapture(str(sample("clip"))).read()
    path = tmp_path / "face.png"
    cv2.imwrite(str(path), cv2.resize(frame, (640, 480)))
    return path


@pytest.fixture
def drive(graph: Graph, picture: Path) -> Iterator[Callable[..., None]]:
    """Start `faces` on a driver, and wait until all its images were sent."""
    running: list[subprocess.Popen[bytes]] = []

    def start(topic: str = "cam/image", **options: Any) -> None:
        heard = options.pop("listen", topic)
        graph.listen(FACES)
        graph.start("faces", f"image_raw:={graph.namespace}/{heard}", faces__detector="short_range", faces__first_id=1)
        graph.until(lambda: "faces" in graph.status)
        info = options.pop("info", None)
        done = picture.with_name(f"done{len(running)}")
        options |= {"topic": f"{graph.namespace}/{topic}", "picture": str(picture), "done": str(done)}
        if info:
            options["info"] = f"{graph.namespace}/{info}"
        env = {k: v for k, v in os.environ.items() if "FAST" not in k}
        running.append(subprocess.Popen([sys.executable, DRIVER, json.dumps(options)], env=env))
        graph.until(done.exists, 60)
        graph.until_quiet(1.0)

    yield start
    for process in running:
        process.kill()
        process.wait()


def count(graph: Graph, *keys: str) -> int:
    return sum(int(graph.status["faces"].get(k, "0")) for k in keys)


def handled(graph: Graph) -> int:
    """Images that came, whatever became of them."""
    return count(graph, "processed", "dropped", "late", "failed")


def stamps(graph: Graph) -> list[int]:
    return [from_time(m.header.stamp) for m in graph.messages[FACES.name]]


@pytest.mark.parametrize("reliable", [True, False], ids=["reliable", "best effort"])
def test_images_of_a_driver_with_default_settings_arrive(
    graph: Graph, drive: Callable[..., None], reliable: bool
) -> None:
    drive(reliable=reliable, frames=60)
    graph.until(lambda: "reliable" in graph.status["faces"]["images"] or not reliable)
    assert graph.status["faces"]["images"].endswith("(raw, reliable)" if reliable else "(raw, best effort)")
    if reliable:
        graph.until(lambda: handled(graph) == 60)
    else:  # pieces of large images may be lost, but are counted
        assert handled(graph) + count(graph, "lost") >= 20


def test_the_calibration_beside_the_image_is_used(graph: Graph, drive: Callable[..., None]) -> None:
    drive("cam/image", info="cam/camera_info", fx=2000)
    far = graph.messages[FACES.name][-1].faces[0].pose.position.z
    assert graph.status["faces"]["calibration"] == f"{graph.namespace}/cam/camera_info"
    graph.end("faces")
    graph.until_quiet(0.3)  # what was on its way is of the node that has ended
    graph.messages.clear()
    assert far > 1.0  # with the assumed field of view the same face is told at a fifth of it


def test_without_calibration_it_is_said_that_none_comes(graph: Graph, drive: Callable[..., None]) -> None:
    drive(frames=10)
    says = graph.status["faces"]["calibration"]
    assert says == f"none, a field of view is assumed: nothing on {graph.namespace}/cam/camera_info"


@pytest.mark.parametrize("how", ["zero", "still"])
def test_stamps_that_stand_still_are_replaced_and_told(graph: Graph, drive: Callable[..., None], how: str) -> None:
    drive(stamps=how, frames=30)
    told = stamps(graph)
    assert len(told) >= 15
    assert told == sorted(set(told))
    assert "stand still" in graph.status["faces"]["message"]
    assert len({m.faces[0].track_id for m in graph.messages[FACES.name] if m.faces}) == 1


def test_images_out_of_order_are_dropped_and_counted(graph: Graph, drive: Callable[..., None]) -> None:
    drive(stamps="shuffled", frames=30)
    told = stamps(graph)
    assert told == sorted(told)
    graph.until(lambda: count(graph, "late") == 10)
    assert {f.track_id for m in graph.messages[FACES.name] for f in m.faces} == {1}


def test_stamps_that_jump_back_begin_another_recording(graph: Graph, drive: Callable[..., None]) -> None:
    drive(stamps="looped", frames=60)  # 1.9 s, twice
    graph.until(lambda: handled(graph) == 60)
    assert count(graph, "late") == 0
    assert count(graph, "restarts") == 1


@pytest.mark.parametrize("listen", ["cam/image/compressed", "cam/image"], ids=["by its name", "by the raw name"])
def test_compressed_images_are_read(graph: Graph, drive: Callable[..., None], listen: str) -> None:
    drive("cam/image/compressed", listen=listen, kind="jpeg", frames=20)
    graph.until(lambda: handled(graph) == 20)
    assert all(len(m.faces) == 1 for m in graph.messages[FACES.name])
    assert graph.status["faces"]["images"] == f"{graph.namespace}/cam/image/compressed (compressed, reliable)"


def test_depth_is_refused_by_name(graph: Graph, drive: Callable[..., None]) -> None:
    drive("cam/image/compressed", listen="cam/image/compressed", kind="depth", frames=5)
    assert "compressedDepth" in graph.status["faces"]["message"]


def test_a_topic_nobody_publishes_is_named_with_those_alike(graph: Graph, drive: Callable[..., None]) -> None:
    drive("camera/image_raw", listen="camera/image_raw", frames=3)
    graph.end("faces")
    graph.status.clear()
    graph.start("faces", f"image_raw:={graph.namespace}/camera/image")
    there = f"{graph.namespace}/camera/image_raw"
    graph.until(lambda: there in graph.status.get("faces", {}).get("message", ""))
    assert graph.status["faces"]["message"] == f"no publisher of {graph.namespace}/camera/image; there is {there}"


def test_simulated_time_without_a_clock_is_named(graph: Graph) -> None:
    graph.start("faces", use_sim_time=True)
    graph.until(lambda: "/clock" in graph.status.get("faces", {}).get("message", ""))
