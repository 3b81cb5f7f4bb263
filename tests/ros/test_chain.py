"""The graph over real middleware: one clip through both profiles, services, and how nodes end."""

from __future__ import annotations

import itertools
import signal
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import cv2
import numpy as np
import pytest
from builtin_interfaces.msg import Time
from lifecycle_msgs.msg import Transition
from lifecycle_msgs.srv import ChangeState
from mien_msgs.msg import Rig
from rosgraph_msgs.msg import Clock
from std_srvs.srv import SetBool

from mien.core.types import Header
from mien.graph import (
    AFFECTS,
    CAMERA,
    EXPRESSIONS,
    FACES,
    IMAGE,
    LABELS,
    NORMALISED,
    PRIVATE,
    PROFILES,
    RIG_DESCRIPTION,
    RIGS,
)
from mien.perception.normalised import Normaliser
from mien.ros.convert import expressions_from_msg, from_image, from_time, to_header, to_image
from mien.ros.qos import advertise
from mien_models.spaces import arkit, facs

from .conftest import segments

if TYPE_CHECKING:
    from .conftest import Graph

pytestmark = [pytest.mark.ros, pytest.mark.real]
TRACKED, NEUTRAL = Rig.STATE_TRACKED, Rig.STATE_NEUTRAL
RESULTS = (FACES, EXPRESSIONS, AFFECTS, RIGS)


def activate(graph: Graph, name: str) -> None:
    for transition in (Transition.TRANSITION_CONFIGURE, Transition.TRANSITION_ACTIVATE):
        request = ChangeState.Request()
        request.transition.id = transition
        assert graph.call(f"{name}/change_state", ChangeState, request).success


def test_a_stopped_source_plays_again(graph: Graph, short_clip: Path) -> None:
    def change(transition: int) -> None:
        request = ChangeState.Request()
        request.transition.id = transition
        assert graph.call("perception/change_state", ChangeState, request).success

    graph.listen(RIGS)
    graph.start("perception", camera__source=short_clip, camera__loop=True, camera__autostart=False)
    activate(graph, "perception")
    for _ in range(2):
        graph.messages[RIGS.name].clear()
        graph.until(lambda: any(m.stages for m in graph.messages[RIGS.name]))
        change(Transition.TRANSITION_DEACTIVATE)
        graph.until(lambda: graph.messages[RIGS.name][-1].rigs[0].state == 2)  # it eases while nothing plays
        change(Transition.TRANSITION_ACTIVATE)
    change(Transition.TRANSITION_DEACTIVATE)
    change(Transition.TRANSITION_CLEANUP)
    activate(graph, "perception")
    graph.messages[RIGS.name].clear()
    graph.until(lambda: any(m.stages for m in graph.messages[RIGS.name]))


def play(graph: Graph, profile: str, clip: Path) -> dict[str, list[Any]]:
    """All messages of a clip, once everybody hears everybody."""
    graph.listen(*RESULTS, LABELS, RIG_DESCRIPTION)
    holder, *others = PROFILES[profile]
    for spec in others:
        graph.start(spec.name)
    source = graph.start(holder.name, camera__source=clip, camera__autostart=False)
    graph.until(lambda: all(graph.ready(s.name) for s in others))
    graph.until(lambda: all(graph.node.count_publishers(t.name) for t in RESULTS))
    activate(graph, holder.name)
    graph.until(lambda: source.poll() is not None)
    graph.until_quiet(0.5)
    assert source.returncode == 0
    return graph.messages


def numbers(message: Any, prefix: str = "") -> Iterator[tuple[str, Any]]:
    """Every number and array of a message, by its path; crops and time stamps are left out."""
    for field, kind in message.get_fields_and_field_types().items():
        value = getattr(message, field)
        if "/" in kind:
            if field != "crop" and not kind.endswith("/Time"):
                for part in value if kind.startswith("sequence") else [value]:
                    yield from numbers(part, f"{prefix}{field}.")
        elif kind != "string":
            yield prefix + field, np.asarray(value, np.float64)


def in_step(graph: Graph, profile: str, clip: Path, frames: int) -> dict[str, dict[int, Any]]:
    """What a profile says of each image, by its stamp. The next image comes when all has been said of the last one.

    However busy the machine, nothing is dropped. The graph lives by a clock of ours, which stands still
    meanwhile: by that of the machine, rigs would ease while they wait.
    """
    graph.listen(*RESULTS)
    images, clock = advertise(graph.node, IMAGE), graph.node.create_publisher(Clock, "clock", 10)
    names = [spec.name for spec in PROFILES[profile] if spec is not CAMERA]
    for name in names:
        source = {"camera__source": "topic"} if name == "perception" else {}
        graph.start(name, "/clock:=clock", use_sim_time=True, **source)
    seconds = itertools.count(1000)

    def tick() -> None:  # timers, and so diagnostics, go by it
        clock.publish(Clock(clock=Time(sec=next(seconds))))

    graph.until(lambda: (tick(), all(graph.ready(n) for n in names) and images.get_subscription_count())[-1])
    graph.until(lambda: all(graph.node.count_publishers(t.name) for t in RESULTS))
    said: dict[str, dict[int, Any]] = {t.name: {} for t in RESULTS}
    film = cv2.VideoCapture(str(clip))
    for i in range(frames):
        stamp = Header(2_000_000_000_000 + round(i * 1e9 / 12), "camera")
        rgb = cv2.cvtColor(film.read()[1], cv2.COLOR_BGR2RGB)
        images.publish(to_image(np.asarray(rgb, np.uint8), to_header(stamp)))

        def heard(stamp_ns: int = stamp.stamp_ns) -> bool:
            for name in said:
                said[name] |= {from_time(m.header.stamp): m for m in graph.messages[name]}
            return all(stamp_ns in messages for messages in said.values())

        graph.until(heard)
    for name in names:
        graph.end(name)
    graph.node.destroy_publisher(images)
    return said


def test_both_profiles_say_the_same(graph: Graph, short_clip: Path) -> None:
    frames = 40
    fused, split = (in_step(graph, profile, short_clip, frames) for profile in ("fused", "split"))
    compared = 0
    for topic in RESULTS:
        a, b = fused[topic.name], split[topic.name]
        assert set(a) == set(b)
        assert len(a) == frames
        for stamp in a:
            for x, y in zip(getattr(a[stamp], topic.name), getattr(b[stamp], topic.name), strict=True):
                compared += 1
                assert x.track_id == y.track_id == 20_001  # ten a second, from the time of the first image
                theirs = dict(numbers(y))
                for field, value in numbers(x):
                    np.testing.assert_allclose(value, theirs[field], atol=1e-4, err_msg=field)
    assert compared == len(RESULTS) * frames


def test_what_is_published_is_named_and_timed(graph: Graph, short_clip: Path) -> None:
    messages = play(graph, "fused", short_clip)
    labels = messages[LABELS.name][-1]
    description = messages[RIG_DESCRIPTION.name][-1]
    assert tuple(labels.blendshapes) == tuple(description.names) == arkit.BLENDSHAPES
    assert tuple(labels.action_units) == facs.AUS
    rigs = [m for m in messages[RIGS.name] if m.stages][-1]  # others ease after the end
    assert [s.stage for s in rigs.stages] == ["camera", "faces", "expressions", "affects", "rigs"]
    times = [from_time(s.finished) for s in rigs.stages]
    assert from_time(rigs.header.stamp) <= times[0]
    assert times == sorted(times)
    rig = rigs.rigs[0]
    assert rig.schema == description.schema
    assert len(rig.weights) == len(description.names) == len(description.lower) == len(description.regions)
    assert all(lo <= w <= hi for lo, w, hi in zip(description.lower, rig.weights, description.upper, strict=True))
    assert len(messages[AFFECTS.name][-1].affects[0].au_intensity) == len(facs.AUS)


def test_privacy_lets_no_image_and_no_landmark_out(graph: Graph, short_clip: Path) -> None:
    graph.listen(*RESULTS)
    graph.start("perception", camera__source=short_clip, camera__loop=True, graph__privacy=True)
    graph.until(lambda: graph.messages[RIGS.name] and graph.messages[AFFECTS.name])
    assert graph.node.count_publishers(FACES.name) == 0
    assert graph.node.count_publishers("image_raw") == 0


def test_normalised_faces_are_all_that_is_seen_of_a_person(graph: Graph, short_clip: Path) -> None:
    graph.listen(*RESULTS, NORMALISED)
    graph.start("perception", camera__source=short_clip, camera__loop=True, graph__privacy="normalised")
    graph.until(lambda: graph.messages[NORMALISED.name] and graph.messages[EXPRESSIONS.name])
    assert {t.name for t in PRIVATE if graph.node.count_publishers(t.name)} == set()
    picture = graph.messages[NORMALISED.name][-1]
    assert (picture.height, picture.width % picture.height, picture.encoding) == (112, 0, "rgb8")
    told = {from_time(m.header.stamp): m for m in graph.messages[EXPRESSIONS.name]}
    assert all(not e.rest or not e.rest[0].landmarks for m in told.values() for e in m.expressions)
    # Whoever has the expressions can draw the same picture: it tells nothing else.
    whole = [m for m in graph.messages[NORMALISED.name] if from_time(m.header.stamp) in told]
    assert whole
    expressions = expressions_from_msg(told[from_time(whole[-1].header.stamp)])
    np.testing.assert_array_equal(from_image(whole[-1]), Normaliser()(expressions))


def test_enable_pauses_and_resumes(graph: Graph, short_clip: Path) -> None:
    graph.listen(RIGS)
    graph.start("perception", camera__source=short_clip, camera__loop=True)
    graph.until(lambda: graph.messages[RIGS.name])
    assert graph.call("perception/enable", SetBool, SetBool.Request(data=False)).success
    graph.until(lambda: graph.status.get("perception", {}).get("enabled") == "false")
    before = graph.status["perception"]["processed"]
    graph.until(lambda: graph.status["perception"]["message"].startswith("paused"))
    assert int(graph.status["perception"]["processed"]) <= int(before) + 1
    graph.until(lambda: graph.messages[RIGS.name][-1].rigs[0].state == NEUTRAL)
    assert graph.call("perception/enable", SetBool, SetBool.Request(data=True)).success
    graph.messages[RIGS.name].clear()
    graph.until(lambda: graph.messages[RIGS.name])


@pytest.mark.parametrize("paused", ["rigs", "faces"])
def test_no_avatar_keeps_the_last_pose_of_a_paused_node(graph: Graph, short_clip: Path, paused: str) -> None:
    def states() -> list[int]:
        return [r.state for m in graph.messages[RIGS.name] for r in m.rigs]

    graph.listen(RIGS)
    for name in ("rigs", "expressions", "faces"):
        graph.start(name)
    graph.start("camera", camera__source=short_clip, camera__loop=True)
    graph.until(lambda: states()[-1:] == [TRACKED])
    assert graph.call(f"{paused}/enable", SetBool, SetBool.Request(data=False)).success
    graph.until(lambda: states()[-1:] == [NEUTRAL])
    assert graph.call(f"{paused}/enable", SetBool, SetBool.Request(data=True)).success
    graph.until(lambda: states()[-1:] == [TRACKED])


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM])
def test_a_node_ends_cleanly_and_leaves_no_shared_memory(graph: Graph, short_clip: Path, how: int) -> None:
    graph.listen(RIGS, FACES)
    own = segments("self")
    process = graph.start("perception", camera__source=short_clip, camera__loop=True)
    graph.until(lambda: graph.messages[RIGS.name])
    mapped = segments(process.pid) - own
    assert mapped
    code, out = graph.end("perception", how)
    assert code == 0, out
    assert "Traceback" not in out
    assert not {p for p in mapped if p.exists()}


def test_a_topic_is_a_source_too(graph: Graph, short_clip: Path) -> None:
    graph.listen(RIGS)
    graph.start("perception", "image_raw:=other/image", camera__source="topic")
    graph.until(lambda: "no publisher" in graph.status.get("perception", {}).get("message", ""))
    graph.start("camera", "image_raw:=other/image", camera__source=short_clip, camera__loop=True)
    graph.until(lambda: any(m.rigs for m in graph.messages[RIGS.name]))
