"""The recorder over real middleware: nothing is lost, and it ends well whatever happens."""

from __future__ import annotations

import contextlib
import os
import resource
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest

rclpy = pytest.importorskip("rclpy", reason="ROS 2 is not installed")

from rclpy.context import Context  # noqa: E402
from rclpy.duration import Duration  # noqa: E402
from rclpy.executors import SingleThreadedExecutor  # noqa: E402
from rclpy.node import Node  # noqa: E402

from mien.bags.files.recover import is_whole  # noqa: E402
from mien.bags.read import Session  # noqa: E402
from mien.core.schemas import ARKIT52  # noqa: E402
from mien.core.types import Face, Faces, Header, Rigs  # noqa: E402
from mien.graph import DIAGNOSTICS, FACES, IMAGE, LABELS, RESULT, RIG_DESCRIPTION, RIGS  # noqa: E402
from mien.ros.convert import (  # noqa: E402
    faces_to_msg,
    labels_msg,
    rig_description_to_msg,
    rigs_to_msg,
    to_header,
    to_image,
)
from mien.ros.diagnostics import values  # noqa: E402
from mien.ros.qos import advertise, subscribe  # noqa: E402

from .conftest import segments  # noqa: E402

pytestmark = [
    pytest.mark.ros,
    pytest.mark.filterwarnings("ignore:module .sre_:DeprecationWarning"),  # an old lark, which rosidl imports
]

LIMIT_S = 20.0
DOMAIN = 1 + (os.getpid() + 50) % 101
RECORDER = "from mien.bags.node import main; raise SystemExit(main())"


def wait(condition: Callable[[], Any], what: str) -> None:
    end = time.monotonic() + LIMIT_S
    while not condition():
        assert time.monotonic() < end, f"no {what} within {LIMIT_S:g} s"
        time.sleep(0.005)


class Chain:
    """What a running chain publishes, and an ear for diagnostics."""

    def __init__(self, namespace: str = "") -> None:
        self._context = Context()
        rclpy.init(context=self._context, domain_id=DOMAIN)
        self.node = Node("chain", context=self._context, namespace=namespace)
        self._out = {t.name: advertise(self.node, t) for t in (IMAGE, FACES, RIGS, LABELS, RIG_DESCRIPTION)}
        self.statuses: list[Any] = []
        subscribe(self.node, DIAGNOSTICS, lambda msg: self.statuses.extend(msg.status))
        self._executor = SingleThreadedExecutor(context=self._context)
        self._executor.add_node(self.node)
        self._thread = threading.Thread(target=self._executor.spin, daemon=True)
        self._thread.start()
        self._out[LABELS.name].publish(labels_msg())
        self._out[RIG_DESCRIPTION.name].publish(rig_description_to_msg(ARKIT52))
        self.stamps: list[int] = []

    def wait_for_recorder(self, *topics: str) -> None:
        """Both ends have found each other: until then, a burst is kept only as deep as the topic is."""
        for topic in topics:
            wait(lambda topic=topic: self.values(f"input {topic}") == "1 publishers", f"recorder of {topic}")

    def publish(self, pixels: Any = None) -> None:
        """One frame."""
        header = Header(time.time_ns(), "camera_optical_frame")
        if pixels is not None:
            self._out[IMAGE.name].publish(to_image(pixels, to_header(header)))
        self.stamps.append(header.stamp_ns)
        face = Face(7, 0.9, 0.8, np.ones(4, np.float32), np.full((478, 3), len(self.stamps), np.float32))
        self._out[FACES.name].publish(faces_to_msg(Faces(header, 64, 48, (face,))))
        self._out[RIGS.name].publish(rigs_to_msg(Rigs(header)))

    def acknowledged(self) -> None:
        """All results have arrived, whether or not they were taken."""
        for topic in (FACES, RIGS, LABELS):
            assert self._out[topic.name].wait_for_all_acked(Duration(seconds=LIMIT_S))

    def values(self, key: str) -> str | None:
        """The newest that the recorder said of this."""
        found = [values(s).get(key) for s in list(self.statuses) if s.name.endswith("/recorder")]
        return found[-1] if found else None

    def close(self) -> None:
        self._executor.shutdown()
        self._thread.join(LIMIT_S)
        self.node.destroy_node()
        rclpy.shutdown(context=self._context)


@pytest.fixture(autouse=True)
def local(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ROS_AUTOMATIC_DISCOVERY_RANGE", "LOCALHOST")
    monkeypatch.setenv("ROS_DOMAIN_ID", str(DOMAIN))


@contextlib.contextmanager
def chain(namespace: str = "") -> Iterator[Chain]:
    g = Chain(namespace)
    try:
        yield g
    finally:
        g.close()


@contextlib.contextmanager
def recorder(path: Path, images: str = "none", namespace: str = "") -> Iterator[subprocess.Popen[str]]:
    command = [sys.executable, "-c", RECORDER, "--ros-args", "-p", f"bags.path:={path}", "-p", f"bags.images:={images}"]
    if namespace:
        command += ["-r", f"__ns:={namespace}"]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    try:
        yield process
    finally:
        process.kill()
        process.communicate()


def end(process: subprocess.Popen[str], number: int = signal.SIGTERM) -> str:
    """What it printed."""
    process.send_signal(number)
    out, err = process.communicate(timeout=LIMIT_S)
    assert process.returncode == 0, err
    return out


@pytest.mark.parametrize("namespace", ["", "/left"])
@pytest.mark.parametrize("stop", [signal.SIGINT, signal.SIGTERM])
def test_all_that_arrived_is_in_the_bag(tmp_path: Path, namespace: str, stop: int) -> None:
    bag = tmp_path / "bag"
    with recorder(bag, namespace=namespace) as process, chain(namespace) as g:
        g.wait_for_recorder("faces", "rigs", "labels", "rig_description")
        for _ in range(60):  # as fast as can be, but never more at once than a publisher keeps
            for _ in range(RESULT.depth):
                g.publish()
            g.acknowledged()
        printed = end(process, stop)
    session = Session(bag)
    moments = list(session.moments())
    assert [m.stamp_ns for m in moments] == g.stamps
    assert [m.faces.faces[0].landmarks[0, 0] for m in moments if m.faces] == list(range(1, 301))
    assert [i for i, m in enumerate(moments) if m.rigs is None] == []
    assert session.namespace == namespace
    assert session.topics[f"{namespace}/labels"] == 1
    assert session.topics[f"{namespace}/rig_description"] == 1
    assert f"{namespace}/image_raw" not in session.topics
    assert printed.count("\n") == 1
    assert str(bag) in printed
    delays_ms = np.array([m.received_ns["faces"] - m.stamp_ns for m in moments]) * 1e-6
    assert delays_ms.min() >= 0
    assert delays_ms.max() < 1e3 * LIMIT_S


@pytest.mark.parametrize("images", ["jpeg", "raw"])
def test_images_are_recorded_as_asked(tmp_path: Path, images: str) -> None:
    x = np.linspace(0, 255, 64)
    pixels = np.stack(np.broadcast_arrays(x, x[:48, None], 80.0), axis=2).astype(np.uint8)
    with recorder(tmp_path / "bag", images) as process, chain() as g:
        g.wait_for_recorder("image_raw", "faces")
        topic = "/image_raw" + ("/compressed" if images == "jpeg" else "")
        # Best effort: the first images may go before the recorder is known at the other end.
        wait(lambda: (g.publish(pixels), time.sleep(0.03), int(g.values(f"messages {topic}") or 0) >= 10)[-1], "images")
        end(process)
    session = Session(tmp_path / "bag")
    assert session.image_topic == topic
    pictures = [m.image for m in session.moments() if m.image is not None]
    assert len(pictures) >= 10
    for picture in pictures:
        assert np.abs(picture.astype(int) - pixels).mean() < (3 if images == "jpeg" else 1e-9)


def test_diagnostics_tell_what_was_written(tmp_path: Path) -> None:
    with recorder(tmp_path / "bag") as process, chain() as g:
        g.wait_for_recorder("faces", "rigs")
        for _ in range(20):
            g.publish()
        wait(lambda: g.values("messages /faces") == "20", "count of messages")
        assert int(g.values("bytes") or 0) > 20 * 5736
        assert g.values("dropped") == "0"
        assert g.values("input faces") == "1 publishers"
        end(process)
    assert Session(tmp_path / "bag").topics["/diagnostics"] >= 1


def in_use() -> set[Path]:
    """By any process, of this graph or of another one on this machine."""
    return set().union(*(segments(p.name) for p in Path("/proc").iterdir() if p.name.isdecimal()))


def test_ended_in_the_middle_the_bag_is_whole_and_no_memory_is_left(tmp_path: Path) -> None:
    with recorder(tmp_path / "bag", "jpeg") as process:
        with chain() as g:
            g.wait_for_recorder("faces", "image_raw")
            stop = threading.Event()

            def flood() -> None:
                pixels = np.zeros((480, 640, 3), np.uint8)
                while not stop.wait(0.01):
                    g.publish(pixels)

            thread = threading.Thread(target=flood)
            thread.start()
            try:
                wait(lambda: (tmp_path / "bag/bag.mcap").stat().st_size > 2_000_000, "megabytes")
                mapped = segments(process.pid)
                assert mapped
                end(process)
            finally:
                stop.set()
                thread.join()
        assert not {p for p in mapped - in_use() if p.exists()}
    moments = list(Session(tmp_path / "bag").moments())
    recorded = [m.stamp_ns for m in moments if m.faces]
    assert len(recorded) > 100
    assert recorded == g.stamps[: len(recorded)]


@pytest.mark.parametrize("stop", [signal.SIGINT, signal.SIGTERM])
def test_interrupted_while_it_starts_it_leaves_a_whole_bag(tmp_path: Path, stop: int) -> None:
    """The signal comes with the third subscription; as an exception, or by a context that is shut down."""
    start = (
        "import os, time\nfrom mien.bags import node\nmade, listen = [], node.RecorderNode._listen\n"
        "def slow(self, topic):\n"
        f"    if len(made) == 2: os.kill(os.getpid(), {int(stop)}), time.sleep(0.5)\n"
        "    made.append(topic); return listen(self, topic)\n"
        f"node.RecorderNode._listen = slow\n{RECORDER}"
    )
    command = [sys.executable, "-c", start, "--ros-args", "-p", f"bags.path:={tmp_path / 'bag'}"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=LIMIT_S)
    assert (done.returncode, done.stderr) == (0, "")
    assert is_whole(tmp_path / "bag/bag.mcap")
    assert (tmp_path / "bag/metadata.yaml").is_file()


def test_a_topic_that_cannot_be_leaves_no_folder(tmp_path: Path) -> None:
    command = [sys.executable, "-c", RECORDER, "--ros-args", "-p", f"bags.path:={tmp_path / 'bag'}"]
    done = subprocess.run([*command, "-p", "bags.topics:=no topic"], capture_output=True, text=True, timeout=LIMIT_S)
    assert (done.returncode, "bags.topics" in done.stderr) == (2, True), done.stderr
    assert not (tmp_path / "bag").exists()


def test_a_folder_that_exists_is_refused(tmp_path: Path) -> None:
    (tmp_path / "bag").mkdir()
    with recorder(tmp_path / "bag") as process:
        _, err = process.communicate(timeout=LIMIT_S)
    assert process.returncode == 2
    assert "bags.path: " in err
    assert "exists; record into a new folder" in err
    assert "Traceback" not in err


def test_a_full_disk_ends_the_recording_and_not_the_node(tmp_path: Path) -> None:
    with recorder(tmp_path / "bag") as process, chain() as g:
        g.wait_for_recorder("faces")
        # From now on no file of its may grow beyond this. Later than its start: shared memory counts, too.
        resource.prlimit(process.pid, resource.RLIMIT_FSIZE, (3_000_000, 3_000_000))
        wait(lambda: (g.publish(), any(s.level == b"\x02" for s in list(g.statuses)))[-1], "error in diagnostics")
        (said,) = {s.message for s in list(g.statuses) if s.level == b"\x02"}
        assert f"cannot write to {tmp_path}/bag: File too large" in said
        assert "stays readable" in said
        session = Session(tmp_path / "bag")  # while the node lives
        kept = [m.stamp_ns for m in session.moments() if m.faces]
        assert len(kept) > 100
        assert kept == g.stamps[: len(kept)]
        before = len(g.statuses)
        g.publish()
        wait(lambda: len(g.statuses) > before + 1, "further diagnostics")
        assert process.poll() is None
        process.send_signal(signal.SIGTERM)
        out, err = process.communicate(timeout=LIMIT_S)
    assert process.returncode == 0
    assert out == ""
    assert err.count("File too large") == 1
