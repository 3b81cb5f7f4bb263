from __future__ import annotations

from dataclasses import replace

import pytest

from mien.doctor.finding import Finding, Level
from mien.doctor.snapshot import UNKNOWN, Answers, Heard, Offer, Snapshot, Status
from mien.doctor.topics import check_rivals, check_topics, is_interesting

from .graphs import ALIVE, HEARD, RUNNING, SILENT, end, graph, only, problems, split, traffic


def line(snapshot: Snapshot, topic: str) -> Finding:
    return next(f for f in check_topics(snapshot) if f.subject == topic)


def fused(status: Status | None = RUNNING, **answers: object) -> Snapshot:
    """The perception node with all topics silent."""
    node = "/perception"
    topics = ("image_raw", "camera_info", "faces", "expressions", "affects", "rigs")
    return graph(
        *(traffic(t, [end(node, t)], heard=SILENT) for t in topics),
        statuses={node: status} if status else {},
        answers={node: replace(ALIVE, **answers)},  # type: ignore[arg-type]
    )


def test_a_healthy_graph() -> None:
    findings = list(check_topics(split()))

    assert {f.level for f in findings} == {Level.OK}
    assert [f.subject for f in findings][:3] == ["/image_raw", "/camera_info", "/faces"]
    assert line(split(), "/faces").seen == "faces → affects, expressions, rigs · 30.0 Hz · 12 ms old"
    assert line(split(), "/labels").seen == "affects, expressions → nobody · latched, received"


def test_what_may_be_absent_is_no_fault() -> None:
    assert line(split(), "/voice").level == Level.OK
    assert line(split(), "/voice").seen == "nobody publishes it to rigs: mouths follow sight alone"
    assert not list(check_rivals(split()))  # labels and parameters come from several nodes by design


def test_no_lines_where_nothing_runs() -> None:
    assert not list(check_topics(Snapshot()))


def test_few_messages_have_no_rate() -> None:
    snapshot = split(faces=traffic("faces", [end("/faces", "faces")], heard=Heard(1, 3.0)))

    assert line(snapshot, "/faces").seen == "faces → nobody · 1 message in 3 s"


def test_a_missing_stage_is_named_and_what_follows_is_no_failure_of_its_own() -> None:
    listeners = [end("/expressions", "faces"), end("/rigs", "faces")]
    snapshot = split(
        faces=traffic("faces", [], listeners),
        expressions=traffic("expressions", [end("/expressions", "expressions")], heard=SILENT),
    )

    found = problems(check_topics(snapshot))

    assert found["/faces"].level == Level.FAIL
    assert found["/faces"].seen == "nobody publishes it to expressions, rigs"
    assert "start mien node faces" in found["/faces"].mend
    assert found["/expressions"].level == Level.WARN
    assert found["/expressions"].mend == "mend /faces first"


def test_nothing_is_missed_that_nobody_wants() -> None:
    snapshot = graph(traffic("faces", [end("/faces", "faces")], heard=HEARD))

    assert line(snapshot, "/rigs").seen == "not in use"


def test_images_under_another_name() -> None:
    snapshot = graph(
        traffic("image_raw", [], [end("/faces", "image_raw")]),
        traffic("image_raw", [end("/usb_cam", "image_raw")], name="/usb_cam/image_raw"),
    )

    finding = line(snapshot, "/image_raw")

    assert finding.level == Level.FAIL
    assert "-r image_raw:=/usb_cam/image_raw" in finding.mend


def test_a_remapped_topic_is_followed() -> None:
    driver, listener = end("/usb_cam", "image_raw"), end("/perception", "image_raw")
    snapshot = graph(traffic("image_raw", [driver], [listener], HEARD, name="/usb_cam/image_raw"))

    finding = line(snapshot, "/usb_cam/image_raw")

    assert finding.level == Level.OK
    assert finding.seen.startswith("usb_cam → perception")


def test_names_follow_the_namespace() -> None:
    snapshot = graph(
        traffic("faces", [end("/lab/perception", "faces")], [end("/rviz", "faces")], HEARD, name="/lab/faces"),
        namespace="/lab",
    )

    assert line(snapshot, "/lab/faces").seen.startswith("perception → /rviz")


def test_a_driver_that_is_silent() -> None:
    snapshot = graph(traffic("image_raw", [end("/usb_cam", "image_raw")], [end("/faces", "image_raw")], SILENT))

    finding = line(snapshot, "/image_raw")

    assert finding.level == Level.FAIL
    assert "a publisher is there, but says nothing" in finding.seen
    assert "usb_cam" in finding.mend


@pytest.mark.parametrize(
    ("status", "answers", "cause"),
    [
        (RUNNING, {"state": "inactive"}, "is inactive"),
        (None, {"alive": False}, "does not answer"),
        (Status(0, "paused", {"enabled": "false"}), {}, "is paused"),
        (Status(2, "camera is gone"), {}, "fails"),
    ],
)
def test_a_cause_that_the_node_tells_is_said_in_a_word(
    status: Status | None, answers: dict[str, object], cause: str
) -> None:
    finding = line(fused(status, **answers), "/faces")

    assert finding.level == Level.WARN
    assert finding.seen.endswith(f"silent for 3 s: perception {cause}")


def test_messages_that_are_lost_on_the_way() -> None:
    finding = line(fused(RUNNING), "/faces")

    assert finding.level == Level.FAIL
    assert "lost on the way" in finding.seen


def test_a_node_that_waits() -> None:
    finding = line(fused(Status(1, "no publisher of image_raw")), "/faces")

    assert finding.level == Level.WARN
    assert "perception says: no publisher of image_raw" in finding.seen


def test_an_uncalibrated_camera_is_no_failure() -> None:
    assert line(fused(), "/camera_info").level == Level.OK
    snapshot = graph(
        traffic("camera_info", [], [end("/faces", "camera_info")]), traffic("faces", [end("/faces", "faces")])
    )
    assert line(snapshot, "/camera_info").level == Level.OK


def test_privacy_holds_topics_back() -> None:
    private = Answers(alive=True, parameters={"graph.privacy": True})
    rigs = traffic("rigs", [end("/perception", "rigs")], heard=HEARD)

    alone = graph(rigs, answers={"/perception": private})
    listened = graph(rigs, traffic("faces", [], [end("/rviz", "faces")]), answers={"/perception": private})
    hungry = graph(rigs, traffic("image_raw", [], [end("/perception", "image_raw")]), answers={"/perception": private})

    assert line(alone, "/faces").level == Level.OK
    assert line(listened, "/faces").level == Level.WARN
    assert "graph.privacy" in line(listened, "/faces").seen
    assert line(hungry, "/image_raw").level == Level.FAIL


def test_another_type_under_our_name() -> None:
    snapshot = split(faces=traffic("faces", [end("/detector", "faces", type="vision_msgs/msg/Detection2DArray")]))

    finding = line(snapshot, "/faces")

    assert finding.level == Level.FAIL
    assert "vision_msgs/msg/Detection2DArray, not mien_msgs/msg/Faces" in finding.seen


def test_upstream_may_be_dry_because_it_does_not_fit() -> None:
    snapshot = split(
        image_raw=traffic("image_raw", [end("/camera", "image_raw", Offer(reliable=False))],
                       [end("/faces", "image_raw", Offer(reliable=True))], HEARD),
        faces=traffic("faces", [end("/faces", "faces")], heard=SILENT),
    )  # fmt: skip

    assert line(snapshot, "/faces").mend == "mend /image_raw first"


def test_publishers_without_a_name() -> None:
    lost = graph(traffic("faces", [end(UNKNOWN, "faces")], heard=SILENT), answers={})
    beside = split(image_raw=traffic("image_raw", [end(UNKNOWN, "image_raw")], heard=SILENT))

    assert line(lost, "/faces").level == Level.WARN
    assert line(beside, "/image_raw").level == Level.FAIL


def test_two_sources_of_one_topic() -> None:
    snapshot = split(
        image_raw=traffic("image_raw", [end("/camera", "image_raw"), end("/usb_cam", "image_raw")], heard=HEARD)
    )

    finding = only(check_rivals(snapshot))  # labels come from two nodes by design

    assert finding.seen == "comes from camera, usb_cam at once"


def test_only_topics_of_the_graph_are_listened_to() -> None:
    arm = [end("/robot/arm_camera", "image_raw")]
    here, elsewhere = end("/perception", "image_raw"), end("/lab/perception", "image_raw")

    assert is_interesting(traffic("image_raw", arm), "/")
    assert is_interesting(traffic("faces", name="/lab/faces"), "/lab")
    assert not is_interesting(traffic("image_raw", arm, name="/arm/image_raw"), "/")
    assert is_interesting(traffic("image_raw", arm, [here], name="/arm/image_raw"), "/")
    assert not is_interesting(traffic("image_raw", arm, [elsewhere], name="/arm/image_raw"), "/")
