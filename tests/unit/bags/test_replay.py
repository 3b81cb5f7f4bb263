"""What is played of a bag, and when. No ROS."""

from __future__ import annotations

import threading
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from mien.bags.copying import copy
from mien.bags.exact.verify import reasons
from mien.bags.images import ImageDecoder
from mien.bags.opened import Bag, stamp_of
from mien.bags.read import Session
from mien.bags.record import BagWriter, typestore
from mien.bags.recorder import IMAGE_TYPE, Channel, Encoding
from mien.bags.replay.answers import Answers
from mien.bags.replay.pace import Pace, Times
from mien.bags.replay.steps import Images, offered, opened, recorded
from mien.bags.write import MomentWriter
from mien.core.errors import BagError
from mien.core.sound import Voice
from mien.core.types import Header, Intrinsics
from mien.graph import RIGS, VOICE, Qos

from .sessions import START_NS, easing, image, moment, stamp, write_bag


def test_images_of_ours_are_those_that_were_worked_on_with_the_easing_between(tmp_path: Path) -> None:
    unused = moment(1, picture=image(1))
    unused.parts.clear()
    moments = [moment(0, picture=image(0)), easing(0), unused, moment(2, picture=image(2)), moment(3, picture=image(3))]
    bag = opened(Bag(write_bag(tmp_path / "bag", moments, jpeg_quality=0)))
    images = Images(bag)
    assert images.is_ours
    steps = [(s.due_ns, s.message is not None) for s in images.steps()]
    half = (stamp(1) - stamp(0)) // 2
    assert steps == [(stamp(0), True), (stamp(0) + half, False), (stamp(2), True), (stamp(3), True)]


def spoken(ns: int) -> Voice:
    return Voice(Header(ns, "m"), 0.5, np.zeros(52, np.float32), np.ones(52, np.float32))


def with_voice(path: Path, heard: list[int | None]) -> Path:
    """A voice every 10 ms; the rigs of image `i` say that they heard voice `heard[i]`, None = none.

    Images are 40 ms apart, and their rigs are received 10 ms after them.
    """
    with BagWriter(path) as writer:
        out = MomentWriter(writer, jpeg_quality=0)
        for k in range(20):
            out.voice(spoken(START_NS + k * 10_000_000), START_NS + k * 10_000_000)
        for i, k in enumerate(heard):
            one = moment(i, picture=image(i))
            assert one.rigs
            told_ns = 0 if k is None else START_NS + k * 10_000_000
            out.write(one.but(rigs=replace(one.rigs, heard_ns=told_ns)))
    return path


def played(path: Path) -> list[list[int]]:
    """Which voices are played before each image."""
    found: list[list[int]] = [[]]
    for step in Images(opened(Bag(path))).steps():
        if step.message and step.message.type == VOICE.type:
            assert step.answer_ns is None
            found[-1].append((stamp_of(step.message.data) - START_NS) // 10_000_000)
        else:
            found.append([])
    assert not found[-1]
    return found[:-1]


def test_before_each_image_the_voice_is_played_that_its_rigs_had_heard(tmp_path: Path) -> None:
    """However early or late it was received; of what is not in the bag, nothing is played."""
    heard = [None, 2, 2, None, 9, 19, 99]
    assert played(with_voice(tmp_path / "bag", heard)) == [
        [], [0, 1, 2], [], [], [3, 4, 5, 6, 7, 8, 9], list(range(10, 20)), [],
    ]  # fmt: skip


def test_a_voice_that_began_anew_is_played_to_where_it_was_heard(tmp_path: Path) -> None:
    with BagWriter(tmp_path / "bag") as writer:
        out = MomentWriter(writer, jpeg_quality=0)
        for k in (0, 1, 2, 0, 1, 2):
            out.voice(spoken(START_NS + (k + 1) * 10_000_000), START_NS)
        for i, k in enumerate((2, 0, 0, 1)):
            one = moment(i, picture=image(i))
            assert one.rigs
            out.write(one.but(rigs=replace(one.rigs, heard_ns=START_NS + (k + 1) * 10_000_000)))
    assert played(tmp_path / "bag") == [[1, 2, 3], [1], [], [2]]


def older(path: Path, target: Path) -> Path:
    """The same bag from before rigs told what they heard."""
    bag = Bag(path)
    with BagWriter(target) as out:
        for m in bag.raw():
            if m.type != RIGS.type:
                copy(bag, out, m)
                continue
            if not out.knows(m.topic):
                text = "\n".join(line for line in bag.definitions[m.type].splitlines() if " heard" not in line)
                out.add(m.topic, m.type, RIGS.qos, text)
            out.write(m.topic, m.data[:-8], m.received_ns)
    return target


def test_of_an_older_bag_the_voice_is_played_that_was_received_when_rigs_were(tmp_path: Path) -> None:
    path = older(with_voice(tmp_path / "bag", [None] * 3), tmp_path / "older")
    assert {s.rigs.heard_ns for s in Session(path).moments() if s.rigs} == {None}
    assert played(path) == [[0, 1], [2, 3, 4, 5], [6, 7, 8, 9]]


def test_an_older_bag_with_a_voice_says_that_it_may_be_the_reason(tmp_path: Path) -> None:
    """Of a difference; and only where rigs follow it."""
    said = []
    for follows in (True, False):
        with BagWriter(tmp_path / f"bag{follows}") as writer:
            out = MomentWriter(writer, jpeg_quality=0)
            out.parameters("/rigs", {"rigs.voice": follows}, START_NS)
            out.voice(spoken(START_NS), START_NS)
            out.write(moment(0, picture=image(0)))
        path = tmp_path / f"bag{follows}"
        assert "follow a voice" not in "; ".join(reasons(Session(path)))
        said.append("follow a voice" in "; ".join(reasons(Session(older(path, tmp_path / f"older{follows}")))))
    assert said == [True, False]


def foreign(path: Path, topics: dict[str, str], n: int = 3) -> Path:
    with BagWriter(path) as bag:
        for topic, kind in topics.items():
            bag.add(topic, kind)
        for i in range(n):
            for topic, kind in topics.items():
                bag.write(topic, message(kind, i), 1000 + i)
    return path


def message(kind: str, i: int, picture: Any = None, stamp_ns: int | None = None) -> bytes:
    """An Image or a CompressedImage; of 8×6 pixels at 50 + i seconds, where nothing else is given."""
    picture = image(i, 8, 6) if picture is None else picture
    ns = (50 + i) * 10**9 if stamp_ns is None else stamp_ns
    height, width = picture.shape[:2]
    header = SimpleNamespace(stamp=SimpleNamespace(sec=ns // 10**9, nanosec=ns % 10**9), frame_id="c")
    msg = SimpleNamespace(
        header=header, height=height, width=width, encoding="rgb8", is_bigendian=0, step=3 * width,
        data=picture.reshape(-1), format="png",
    )  # fmt: skip
    return bytes(typestore().serialize_cdr(msg, kind))


@pytest.mark.parametrize("kind", ["Image", "CompressedImage"])
def test_images_of_any_name_are_played_when_they_were_received(tmp_path: Path, kind: str) -> None:
    bag = opened(Bag(foreign(tmp_path / "bag", {"/front/colour": f"sensor_msgs/msg/{kind}"})))
    assert not isinstance(bag, Session)
    images = Images(bag)
    assert (images.topic, images.is_ours) == ("/front/colour", False)
    assert [(s.due_ns, s.answer_ns) for s in images.steps()] == [(1000 + i, (50 + i) * 10**9) for i in range(3)]


def test_a_calibration_is_played_once_for_each_of_its_values(tmp_path: Path) -> None:
    """Between two of them nodes are given time to hear it, which would slow every image down."""
    with BagWriter(tmp_path / "bag") as writer:
        out = MomentWriter(writer, "/front")
        writer.add("/front/image_raw", "sensor_msgs/msg/Image")
        for i in range(6):
            focal = 500.0 if i < 4 else 600.0
            out.camera(Intrinsics(focal, focal, 4, 3), 8, 6, Header(START_NS + i))
            writer.write("/front/image_raw", message("sensor_msgs/msg/Image", i), START_NS + i)
    steps = list(Images(opened(Bag(tmp_path / "bag"))).steps())
    assert [s.due_ns - START_NS for s in steps if s.answer_ns is None] == [0, 4]
    assert sum(s.answer_ns is not None for s in steps) == 6


def test_video_that_no_stage_worked_on_is_there_to_be_decoded(tmp_path: Path) -> None:
    """Each image of a video builds on the one before it."""
    pytest.importorskip("av", reason="pip install 'mien[media]' brings H.264")
    pictures = [image(i) for i in range(3)]
    encode = Encoding(Channel("image_raw", "/image_raw", IMAGE_TYPE, Qos(), h264_crf=20))
    with BagWriter(tmp_path / "bag") as writer:
        out = MomentWriter(writer)
        for i, picture in enumerate(pictures):
            data = encode(message(IMAGE_TYPE, i, picture, stamp(i)))
            if not writer.knows(encode.topic):
                writer.add(encode.topic, encode.type)
            writer.write(encode.topic, data, stamp(i))
            if i != 1:
                out.write(moment(i))
    steps = list(Images(opened(Bag(tmp_path / "bag"))).steps())
    assert [(s.due_ns, s.is_played) for s in steps] == [(stamp(0), True), (stamp(1), False), (stamp(2), True)]
    decode, bag = ImageDecoder(), Bag(tmp_path / "bag")
    for s, picture in zip(steps, pictures, strict=True):
        assert s.message
        found = decode(bag.parsed(s.message.data, s.message.type), s.message.type)
        assert np.abs(found.astype(int) - picture).mean() < 12


def test_topics_of_others_are_latched_as_they_were_and_reliable_for_everybody(tmp_path: Path) -> None:
    kind = "std_msgs/msg/String"
    with BagWriter(tmp_path / "bag") as bag:
        bag.add("/robot_description", kind, Qos(latched=True, depth=1))
        bag.add("/scan", kind, Qos(reliable=False, depth=0))
        bag.write("/robot_description", bytes(typestore().serialize_cdr(SimpleNamespace(data="urdf"), kind)), 1)
        bag.write("/scan", bytes(typestore().serialize_cdr(SimpleNamespace(data="scan"), kind)), 2)
    found = Bag(tmp_path / "bag")
    assert offered(found, "/robot_description") == Qos(latched=True, depth=1)
    assert offered(found, "/scan") == Qos(depth=1)
    assert offered(found, "/nothing") == Qos()


def test_of_several_cameras_one_is_to_be_chosen(tmp_path: Path) -> None:
    kind = "sensor_msgs/msg/Image"
    bag = Bag(foreign(tmp_path / "bag", {"/left": kind, "/right": kind}))
    with pytest.raises(BagError, match=r"its images are /left, /right; choose one by replay.image_topic"):
        Images(bag)
    assert Images(bag, "/right").topic == "/right"
    with pytest.raises(BagError, match="/middle holds no images"):
        Images(bag, "/middle")


def test_topics_are_chosen_by_patterns(tmp_path: Path) -> None:
    path = write_bag(tmp_path / "bag", [moment(i, picture=image(i)) for i in range(2)], namespace="/lab")
    bag = Bag(path)

    def played(what: str, patterns: str) -> set[str]:
        return {s.message.topic for s in recorded(bag, what, patterns) if s.message}

    assert played("all", "") == set(bag.topics)
    assert played("results", "") == set(bag.topics) - {"/lab/image_raw/compressed"}
    assert played("all", "rigs, /lab/f*") == {"/lab/rigs", "/lab/faces"}
    with pytest.raises(BagError, match="has no topic /nothing; it has "):
        list(recorded(bag, "all", "/nothing"))


class Clock:
    """A time that goes on only while somebody waits."""

    def __init__(self, pace: Pace) -> None:
        self.now_s = 0.0
        pace._now_s = lambda: self.now_s
        pace._changed.wait = self.wait  # type: ignore[method-assign,assignment]

    def wait(self, timeout: float | None = None) -> bool:
        self.now_s += timeout or 0
        return False


@pytest.mark.parametrize(("rate", "took_s"), [(1.0, 4.0), (0.5, 8.0), (2.0, 2.0), (0.0, 0.0)])
def test_a_bag_takes_as_long_as_its_speed_says(rate: float, took_s: float) -> None:
    pace = Pace(rate)
    clock = Clock(pace)
    pace.start(10**18, 1.0)
    for i in range(1, 6):
        assert pace.wait(10**18 + i * 10**9) is None
        assert pace.position_s == pytest.approx(i, abs=1e-6)
    assert clock.now_s == pytest.approx(took_s, abs=0.01)


def test_a_graph_that_was_slow_gets_no_burst() -> None:
    pace = Pace(1.0)
    clock = Clock(pace)
    pace.start(0, 0)
    pace.wait(10**9)
    clock.now_s += 5  # so long it worked
    pace.wait(2 * 10**9)
    before = clock.now_s
    pace.wait(3 * 10**9)
    assert clock.now_s - before == pytest.approx(1, abs=0.01)


def test_a_jump_and_an_end_are_heard_while_paused() -> None:
    pace = Pace(1.0)
    pace.start(0, 0)
    pace.paused = True
    pace.seek(12.5)
    assert pace.wait(10**15) == 12.5
    timer = threading.Timer(0.05, pace.stop)
    timer.start()
    assert pace.wait(10**15) is None
    timer.join()


def test_results_are_waited_for_by_their_stamp() -> None:
    answers = Answers()

    def said(ns: int) -> Any:
        return SimpleNamespace(header=SimpleNamespace(stamp=SimpleNamespace(sec=0, nanosec=ns)))

    hear = {name: answers.hear(name) for name in ("faces", "rigs")}
    hear["rigs"](said(7))
    assert answers.wait(("faces", "rigs"), 7, 0) == {"faces"}
    hear["faces"](said(6))
    assert answers.wait(("faces", "rigs"), 7, 0) == {"faces"}
    assert answers.wait(("faces", "rigs"), None, 0) == set()
    hear["faces"](said(7))
    assert answers.wait(("faces", "rigs"), 7, 0) == set()
    answers.begin()
    assert answers.wait(("faces",), 7, 0) == {"faces"}


class Simulated:
    """A node whose clock is /clock."""

    ros_time_is_active = True

    def __init__(self) -> None:
        self.nanoseconds = 0

    def get_clock(self) -> Simulated:
        return self

    def now(self) -> Simulated:
        return self


def test_rigs_ease_at_the_recorded_times_also_beyond_the_stamp_of_the_next_image() -> None:
    """Two images of which rigs had handled the first late, and then again; and one that has caught up."""
    stream_of = pytest.importorskip("mien.ros.stream", reason="ROS 2 is not installed").Stream
    node, times = Simulated(), Times()
    stream, ms = stream_of(node), 1_000_000
    recorded = [("image", 1000), ("idle", 1160), ("idle", 1200), ("image", 1040), ("idle", 1210), ("image", 1080)]
    recorded += [("idle", 1240), ("image", 1500), ("idle", 1650)]
    for kind, at in recorded:
        if kind == "image":
            now_ns = times.image(at * ms)
            stream.stepped(Header(at * ms))
            assert stream.silent() is None
            node.nanoseconds = now_ns  # told once its results are there
            assert stream.silent() is None
        else:
            before_ns, node.nanoseconds = node.nanoseconds, times.idle(at * ms)
            assert node.nanoseconds > before_ns
            said = stream.silent()
            assert said is not None
            assert said.stamp_ns == at * ms
