"""What the graph makes of images, parameters and sources that cannot be used: it names them and lives on."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest
from rcl_interfaces.srv import GetParameters, SetParameters
from rclpy.parameter import Parameter as RosParameter, parameter_value_to_python
from sensor_msgs.msg import Image

from mien.core.types import U8, Expression, Expressions, Face, Faces, Header
from mien.graph import EXPRESSIONS, FACES, IMAGE, RIGS
from mien.ros.convert import expressions_to_msg, faces_to_msg, to_header, to_image
from mien.ros.qos import advertise

if TYPE_CHECKING:
    from conftest import Graph

pytestmark = pytest.mark.ros


def message(image: U8, stamp_ns: int, **changes: object) -> Image:
    msg = to_image(image, to_header(Header(stamp_ns, "camera")))
    for name, value in changes.items():
        setattr(msg, name, value)
    return msg


@pytest.mark.real
def test_bad_images_are_named_and_the_next_good_one_is_read(graph: Graph, image_of: Callable[[str], U8]) -> None:
    graph.listen(FACES)
    images = advertise(graph.node, IMAGE)
    graph.start("perception", camera__source="topic")
    graph.until(lambda: images.get_subscription_count() and graph.ready("perception"))
    good = image_of("single_face")
    bad = [
        (message(good, 1_000, encoding="jpeg9"), "encoding 'jpeg9' is not known"),
        (message(good, 2_000, step=10), "step is 10"),
        (message(good, 3_000, data=b"\0" * 100), "holds 100 bytes"),
        (message(np.zeros((0, 0, 3), np.uint8), 4_000), "image is empty"),
    ]
    for msg, reason in bad:
        images.publish(msg)
        graph.until(lambda reason=reason: reason in graph.status["perception"]["message"])  # type: ignore[misc]
        assert graph.status["perception"]["level"] == "2"
    grey = message(good[:, :, 1].copy(), 5_000, encoding="mono8", step=good.shape[1])
    pixel = message(np.zeros((1, 1, 3), np.uint8), 6_000)
    for msg, faces in ((grey, 1), (pixel, 0), (message(good, 7_000), 1)):
        graph.messages[FACES.name].clear()
        images.publish(msg)
        graph.until(lambda: graph.messages[FACES.name])
        assert len(graph.messages[FACES.name][-1].faces) == faces
    graph.until(lambda: graph.status["perception"]["level"] != "2")


@pytest.mark.parametrize(
    ("name", "value", "says"),
    [
        ("faces.min_score", "1.5", r"faces.min_score"),
        ("faces.min_score", ".nan", r"faces.min_score"),
        ("faces.min_score", "high", r"faces.min_score"),
        ("faces.max_faces", "0", r"faces.max_faces"),
        ("faces.detector", "best", r"faces.detector"),
    ],
)
def test_a_start_with_a_bad_parameter_ends_with_its_name_and_limits(
    graph: Graph, name: str, value: str, says: str
) -> None:
    process = graph.start("faces", **{name.replace(".", "__"): value})
    out, _ = process.communicate(timeout=30)
    assert process.returncode == 2, out
    assert says in out
    assert "Traceback" not in out


def set_parameter(graph: Graph, name: str, value: float | bool | str) -> tuple[bool, str]:
    msg = RosParameter(name, value=value).to_parameter_msg()
    node = name.partition(".")[0]
    result = graph.call(f"{node}/set_parameters", SetParameters, SetParameters.Request(parameters=[msg])).results[0]
    return result.successful, result.reason


def test_live_parameters_change_and_bad_values_are_refused_with_their_limits(graph: Graph) -> None:
    graph.start("rigs")
    graph.until(lambda: "rigs" in graph.status)
    assert set_parameter(graph, "rigs.ease_s", 0.2) == (True, "")
    for value in (99.0, float("nan")):
        accepted, reason = set_parameter(graph, "rigs.ease_s", value)
        assert not accepted
        assert "ease_s" in reason
        assert "0.05" in reason


@pytest.mark.parametrize(
    ("name", "value"),
    [("faces.hold_s", 2.5), ("expressions.smooth", False), ("affects.min_confidence", 0.4), ("rigs.gain", 1.5)],
)
def test_a_live_parameter_of_every_stage_changes_while_it_runs(graph: Graph, name: str, value: float | bool) -> None:
    stage = name.partition(".")[0]
    graph.start(stage)
    graph.until(lambda: stage in graph.status)
    assert set_parameter(graph, name, value) == (True, "")
    got = graph.call(f"{stage}/get_parameters", GetParameters, GetParameters.Request(names=[name])).values[0]
    assert parameter_value_to_python(got) == value
    graph.until(lambda: graph.status[stage]["failed"] == "0")


@pytest.mark.parametrize(
    ("make", "says"),
    [
        (lambda p: p / "none.mp4", "no such file"),
        (lambda p: ((p / "empty.mp4").write_bytes(b"") and None) or p / "empty.mp4", "the file is empty"),
        (lambda p: (p / "text.mp4").write_text("no") and p / "text.mp4", "text.mp4: not an image or a video"),
    ],
)
def test_a_source_that_cannot_be_read_ends_the_node_with_the_reason(
    graph: Graph, tmp_path: Path, make: Callable[[Path], Path], says: str
) -> None:
    process = graph.start("camera", camera__source=make(tmp_path))
    out, _ = process.communicate(timeout=30)
    assert process.returncode == 1, out
    assert says in out
    assert "Traceback" not in out


def test_a_camera_that_is_missing_is_named_and_waited_for(graph: Graph) -> None:
    graph.start("camera", camera__source="/dev/video97", camera__reconnect_s=0.2)
    graph.until(lambda: "/dev/video97" in graph.status.get("camera", {}).get("message", ""))
    assert graph.status["camera"]["level"] == "2"
    code, out = graph.end("camera")
    assert code == 0
    assert "plug it in" in out


@pytest.mark.real
def test_a_video_without_a_face_gives_empty_messages_and_no_rig(graph: Graph, sample: Callable[[str], Path]) -> None:
    graph.listen(FACES, RIGS)
    graph.start("perception", camera__source=sample("no_face"), camera__loop=True)
    graph.until(lambda: len(graph.messages[RIGS.name]) > 10)
    assert not any(m.faces for m in graph.messages[FACES.name])
    assert not any(m.rigs for m in graph.messages[RIGS.name])


@pytest.mark.real
def test_when_images_stop_the_rig_eases_to_neutral(graph: Graph, image_of: Callable[[str], U8]) -> None:
    graph.listen(RIGS)
    images = advertise(graph.node, IMAGE)
    graph.start("perception", camera__source="topic", rigs__hold_s=0.1, rigs__ease_s=0.3)
    graph.until(lambda: images.get_subscription_count() and graph.ready("perception"))
    smile = image_of("single_face")
    for i in range(1, 6):
        images.publish(message(smile, i * 33_000_000))
        graph.until(lambda n=i: len(graph.messages[RIGS.name]) >= n)  # type: ignore[misc]
    graph.until(lambda: any(r.state == r.STATE_NEUTRAL for m in graph.messages[RIGS.name] for r in m.rigs))
    rigs = [r for m in graph.messages[RIGS.name] for r in m.rigs]
    strongest = [max(r.weights) for r in rigs]
    assert strongest[4] > 0.5
    assert strongest[-1] == 0
    states = [r.state for r in rigs]
    assert states == sorted(states)  # tracked, easing, neutral
    easing = [w for w, r in zip(strongest, rigs, strict=True) if r.state == r.STATE_EASING]
    assert len(easing) >= 5
    assert np.all(np.diff(easing) <= 1e-6)


def test_a_message_that_cannot_be_believed_is_counted_by_its_field_and_the_next_one_is_read(graph: Graph) -> None:
    graph.listen(RIGS)
    faces, expressions = advertise(graph.node, FACES), advertise(graph.node, EXPRESSIONS)
    graph.start("rigs")
    graph.until(lambda: faces.get_subscription_count() and expressions.get_subscription_count())
    graph.until(lambda: graph.ready("rigs"))

    def show(stamp_ns: int, presence: float) -> None:
        face = Face(1, 0.9, presence, np.zeros(4, np.float32), np.zeros((478, 3), np.float32))
        told = Expression(1, np.zeros(52, np.float32), np.ones(52, np.float32))
        faces.publish(faces_to_msg(Faces(Header(stamp_ns), 640, 480, (face,))))
        expressions.publish(expressions_to_msg(Expressions(Header(stamp_ns), (told,))))

    for stamp_ns, presence in ((1_000, 7.0), (2_000, float("nan"))):
        show(stamp_ns, presence)
        graph.until(lambda presence=presence: f"Face.presence is {presence:g}" in graph.status["rigs"]["message"])  # type: ignore[misc]
        assert graph.status["rigs"]["level"] == "2"
    assert int(graph.status["rigs"]["failed"]) == 2
    assert not graph.messages[RIGS.name]
    show(3_000, 0.9)
    graph.until(lambda: graph.messages[RIGS.name])
    graph.until(lambda: graph.status["rigs"]["level"] != "2")
