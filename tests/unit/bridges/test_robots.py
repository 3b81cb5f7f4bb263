"""Robots are told nothing that their joints cannot do, rest when nobody is there, and stop when told to."""

from __future__ import annotations

import math
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings, strategies as st

from mien.bridges.base import Counters
from mien.bridges.robots.bridge import STOPPED, RobotBridge
from mien.bridges.robots.config import RobotConfig
from mien.bridges.robots.motion import RobotMotion
from mien.bridges.ros2_control.encoder import measured, order
from mien.core.errors import BridgeError
from mien.core.temporal.limits import Limits
from mien.core.types import F64, Header, Rig, Rigs
from mien.retarget.profile import Profile, load

from .people import S, rig, shown, turn

RATE = 50.0
LOWER, UPPER, REST = np.array([-1.0, 0.0]), np.array([1.0, 0.5]), np.array([0.0, 0.2])
SPEED, PUSH = np.array([3.0, 2.0]), np.array([20.0, 40.0])


def motion(**config: float) -> RobotMotion:
    limits = Limits(LOWER, UPPER, REST, SPEED, PUSH)
    return RobotMotion(limits, **({"rate_hz": RATE, "silent_s": 0.4, "ease_s": 0.6} | config))


class Run:
    """A robot whose clock goes on by ticks; where it was told to be."""

    def __init__(self, robot: RobotMotion) -> None:
        self.robot, self.now, self.places = robot, 0.0, [robot.position.copy()]

    def ticks(self, seconds: float, goal: F64 | None = None, fps: float = 30.0) -> Run:
        due = self.now
        for _ in range(round(seconds * RATE)):
            if goal is not None and self.now >= due:
                self.robot.ask(goal, round(self.now * S), self.now)
                due += 1 / fps
            self.places.append(self.robot.tick(self.now).copy())
            self.now += 1 / RATE
        return self


def test_it_goes_to_what_is_asked_and_stays() -> None:
    run = Run(motion()).ticks(3.0, np.array([0.8, 0.4]))
    np.testing.assert_allclose(run.places[-1], [0.8, 0.4])


def test_without_a_message_it_rests_at_neutral_from_the_beginning() -> None:
    run = Run(motion()).ticks(1.0)
    np.testing.assert_array_equal(run.places[-1], REST)


def test_when_nothing_comes_any_more_it_is_at_neutral_within_the_stated_time() -> None:
    robot = motion()
    run = Run(robot).ticks(3.0, np.array([1.0, 0.0]))
    last = len(run.places)
    run.ticks(0.38)
    np.testing.assert_allclose(run.places[-1], [1.0, 0.0])  # it waits a moment
    run.ticks(robot.neutral_within_s)
    np.testing.assert_array_equal(run.places[-1], REST)
    reached = next(i for i in range(last, len(run.places)) if (run.places[i] == REST).all())
    assert (reached - last) / RATE <= robot.neutral_within_s


def test_a_stamp_that_stands_still_is_nothing_new() -> None:
    robot = motion()
    run = Run(robot).ticks(1.0, np.array([1.0, 0.0]))
    for _ in range(round(3 * RATE)):
        robot.ask(np.array([1.0, 0.0]), 77, run.now)
        run.ticks(1 / RATE)
    np.testing.assert_array_equal(run.places[-1], REST)


def test_a_stop_brakes_within_the_limits_holds_still_and_lets_go_without_a_jump() -> None:
    robot = motion()
    run = Run(robot).ticks(0.3, np.array([1.0, 0.5]))
    assert abs(robot.speed[0]) > 1
    robot.stop()
    assert robot.stopped
    run.ticks(0.3, np.array([-1.0, 0.0]))
    held = run.places[-1].copy()
    run.ticks(3.0, np.array([-1.0, 0.0]))
    np.testing.assert_array_equal(run.places[-1], held)
    robot.stop()  # again is nothing new
    robot.release()
    before = len(run.places)
    run.ticks(3.0, np.array([-1.0, 0.0]))
    np.testing.assert_allclose(run.places[-1], [-1.0, 0.0])
    steps = np.abs(np.diff(np.array(run.places[before - 1 :]), axis=0))
    assert (steps[0] < 0.01).all()
    lawful(run.places, [1 / RATE] * (len(run.places) - 1))


def test_stopped_with_nobody_there_it_stays_stopped() -> None:
    robot = motion()
    run = Run(robot).ticks(2.0, np.array([1.0, 0.5]))
    robot.stop()
    run.ticks(5.0)
    np.testing.assert_allclose(run.places[-1], [1.0, 0.5])
    robot.release()
    run.ticks(3.0)
    np.testing.assert_array_equal(run.places[-1], REST)


def test_it_begins_where_the_robot_says_it_is() -> None:
    robot = motion()
    robot.begin(np.array([0.9, 0.45]))
    run = Run(robot)
    assert run.places[0].tolist() == [0.9, 0.45]
    run.ticks(0.1)
    assert np.abs(run.places[-1] - [0.9, 0.45]).max() < 0.1
    run.ticks(3.0)
    np.testing.assert_array_equal(run.places[-1], REST)


def test_a_tick_that_comes_late_moves_no_further_than_one() -> None:
    robot = motion()
    run = Run(robot).ticks(0.2, np.array([1.0, 0.5]))
    before = robot.position.copy()
    run.now += 20.0
    robot.ask(np.array([1.0, 0.5]), 10**12, run.now)
    assert (np.abs(robot.tick(run.now) - before) <= PUSH / RATE**2 / 2 + 1e-9).all()


def lawful(places: list[F64], dts: list[float]) -> None:
    """Range, rate and acceleration of places that are `dts` apart [s]."""
    x, dt = np.array(places), np.array(dts)[:, None]
    assert (x >= LOWER - 1e-12).all()
    assert (x <= UPPER + 1e-12).all()
    speed = np.diff(x, axis=0) / dt
    assert (np.abs(speed) <= SPEED + 1e-6).all()
    assert (np.abs(np.diff(speed, axis=0)) <= PUSH * (dt[:-1] + dt[1:]) / 2 + 1e-6).all()


number = st.floats(-3, 3) | st.sampled_from([math.nan, math.inf, -math.inf])
event = st.one_of(
    st.tuples(st.just("ask"), number, number, st.integers(-(10**12), 10**12)),
    st.sampled_from([("stop",), ("release",)]),
    st.tuples(st.just("wait"), st.integers(1, 30)),
)


@settings(max_examples=200)
@given(st.lists(event, max_size=40))
def test_whatever_is_asked_whenever_the_limits_hold(events: list[Any]) -> None:
    robot, now = motion(), 0.0
    places = [robot.tick(0.0).copy()]
    for what, *args in events:
        if what == "ask":
            robot.ask(np.array(args[:2]), args[2], now)
        elif what == "stop":
            robot.stop()
        elif what == "release":
            robot.release()
        for _ in range(args[0] if what == "wait" else 1):
            now += 1 / RATE
            places.append(robot.tick(now).copy())
    if len(places) > 2:
        lawful(places, [1 / RATE] * (len(places) - 1))
    robot.release()
    for _ in range(math.ceil((robot.neutral_within_s + 1.0) * RATE) + 1):
        now += 1 / RATE
        end = robot.tick(now)
    np.testing.assert_array_equal(end, REST)


# The bridge.


class Told:
    """What a robot was told."""

    def __init__(self, profile: Profile) -> None:
        self.names = profile.names
        self.positions: list[dict[str, float]] = []
        self.closed = False

    def send(self, motion: RobotMotion) -> None:
        self.positions.append(dict(zip(self.names, motion.position.tolist(), strict=True)))

    def close(self) -> None:
        self.closed = True


class Robot:
    """A bridge, and a clock."""

    def __init__(self, **config: Any) -> None:
        self.now = 100.0
        self.counters = Counters()
        self.bridge = RobotBridge(RobotConfig(**config), self.counters, Told, clock=lambda: self.now)
        self.images = 0

    def play(self, seconds: float, face: Rig | None = None, **kwargs: Any) -> dict[str, float]:
        """Images at 30 Hz of a face, or none at all; beats at 60."""
        for n in range(round(seconds * 60)):
            if face is not None and n % 2 == 0:
                self.images += 1
                self.bridge.show(shown(stamp_ns=self.images * S // 30, **kwargs) if face is ABSENT else self._of(face))
            self.bridge.beat()
            self.now += 1 / 60
        told: Told = self.bridge.output  # type: ignore[assignment]
        return told.positions[-1]

    def _of(self, face: Rig) -> Any:
        one = shown(stamp_ns=self.images * S // 30)
        return type(one)(one.stamp_ns, face, True, self.position)

    position: F64 | None = None


ABSENT = rig()


def test_a_person_moves_the_robot_and_leaving_brings_it_to_rest() -> None:
    robot = Robot()
    told = robot.play(2.0, rig(mouthSmileLeft=1.0, jawOpen=0.5, head=turn(yaw_deg=20)))
    assert told["lip_corner_left"] == pytest.approx(0.6)
    assert told["lip_corner_right"] == 0
    assert told["jaw"] == pytest.approx(0.225, abs=1e-6)
    assert told["neck_yaw"] == pytest.approx(math.radians(20), abs=1e-4)
    told = robot.play(robot.bridge.neutral_within_s)  # perception died
    assert told == dict.fromkeys(told, 0.0)


def test_the_end_of_the_bridge_brings_it_to_rest_unless_it_is_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    robot = Robot()
    monkeypatch.setattr("mien.bridges.robots.bridge.time.sleep", lambda s: setattr(robot, "now", robot.now + s))
    smiling = robot.play(2.0, rig(mouthSmileLeft=1.0))
    assert smiling["lip_corner_left"] > 0.5
    began = robot.now
    robot.bridge.close()
    told: Told = robot.bridge.output  # type: ignore[assignment]
    assert told.positions[-1]["lip_corner_left"] == pytest.approx(0, abs=2e-3)
    assert robot.now - began <= robot.bridge.neutral_within_s + 0.1

    held = Robot()
    monkeypatch.setattr("mien.bridges.robots.bridge.time.sleep", lambda s: setattr(held, "now", held.now + s))
    held.play(2.0, rig(mouthSmileLeft=1.0))
    held.bridge.motion.stop()
    where = held.play(1.0)
    held.bridge.close()
    assert held.bridge.output.positions[-1] == where  # type: ignore[attr-defined]


def test_a_person_who_leaves_brings_it_to_rest_while_images_go_on() -> None:
    robot = Robot()
    robot.play(2.0, rig(jawOpen=1.0))
    told = robot.play(4.0, ABSENT, present=False)
    assert told == dict.fromkeys(told, 0.0)


def test_mirroring_changes_sides_without_a_restart() -> None:
    robot = Robot()
    robot.play(1.0, rig(eyeBlinkLeft=1.0))
    robot.bridge.reconfigure(RobotConfig(mirror=True))
    told = robot.play(2.0, rig(eyeBlinkLeft=1.0))
    assert told["lid_right"] == pytest.approx(1.1)
    assert told["lid_left"] == 0


def test_it_may_look_at_the_person_instead_of_copying_the_head() -> None:
    """The person stands 30 degrees to the left of the camera and looks away."""
    robot = Robot(follow=True)
    robot.position = np.array([math.cos(math.radians(30)), -math.sin(math.radians(30)), 0.0])
    told = robot.play(4.0, rig(head=turn(yaw_deg=-40), mouthSmileLeft=1.0))
    assert math.degrees(told["neck_yaw"] + told["gaze_yaw"]) == pytest.approx(30, abs=1.5)
    assert told["lip_corner_left"] == pytest.approx(0.6)


def test_nothing_is_sent_before_the_robot_says_where_it_is() -> None:
    robot = Robot()
    told: Told = robot.bridge.output  # type: ignore[assignment]
    robot.bridge.wait()
    for _ in range(60):
        robot.bridge.beat()
        robot.now += 1 / 60
    assert told.positions == []
    where = np.zeros(10)
    place = robot.bridge.profile.names.index("jaw")
    where[place] = 0.3
    robot.bridge.begin(where)
    robot.bridge.beat()
    assert told.positions[0]["jaw"] == pytest.approx(0.3)
    assert robot.play(4.0)["jaw"] == 0
    robot.bridge.begin(where)  # too late: it moves already
    assert robot.play(1 / 60)["jaw"] == 0


def test_a_robot_that_never_says_where_it_is_begins_at_neutral() -> None:
    robot = Robot()
    robot.bridge.wait()
    assert robot.play(6.0, rig(jawOpen=1.0))["jaw"] == pytest.approx(0.45)
    told: Told = robot.bridge.output  # type: ignore[assignment]
    assert len(told.positions) <= 181  # of 360 beats, none in the first three seconds


def test_stopped_it_says_so() -> None:
    robot = Robot()
    robot.play(1.0, rig(jawOpen=1.0))
    robot.bridge.motion.stop()
    told = robot.play(3.0)
    assert told["jaw"] > 0.4
    assert robot.counters.waits == STOPPED
    robot.bridge.motion.release()
    told = robot.play(5.0)
    assert told["jaw"] == 0
    assert robot.counters.waits == ""


def test_rigs_of_its_own_schema_are_taken_as_they_are_unless_it_is_paused() -> None:
    robot = Robot(rigs="robot10/rigs")
    assert robot.bridge.schema == ""
    profile = load("robot10")

    def of(weights: F64, schema: str = "robot10") -> Rigs:
        robot.images += 1
        face = rig()
        made = Rig(face.track_id, face.state, schema, weights, face.head, face.gaze, face.confidence, face.source)
        return Rigs(Header(robot.images), (made,))

    goal = np.zeros(10)
    goal[profile.names.index("jaw")] = 9.0  # beyond its range
    for _ in range(100):
        robot.bridge.retargeted(of(goal))
        told = robot.play(1 / 60)
    assert told["jaw"] == pytest.approx(0.45)
    robot.bridge.retargeted(of(np.ones(3)))
    robot.bridge.retargeted(of(np.ones(10), "vrm1"))
    assert robot.counters.ignored == 1
    robot.bridge.retargeted(of(np.full(10, math.nan)))
    assert all(math.isfinite(v) for v in robot.play(2.0).values())

    robot.bridge.paused = True
    for _ in range(100):
        robot.bridge.retargeted(of(goal))
        told = robot.play(1 / 60)
    assert told["jaw"] == 0, "a paused robot obeys no rigs of its own topic"


@pytest.mark.parametrize(
    ("config", "message"),
    [
        ({"profile": "vrm1"}, "vrm1 is a profile of avatars"),
        ({"profile": "robt10"}, "did you mean robot10"),
        ({"calibration": "/nowhere.yaml"}, "/nowhere.yaml: cannot be read"),
    ],
)
def test_what_cannot_be_used_is_refused(config: dict[str, Any], message: str) -> None:
    with pytest.raises(BridgeError) as caught:
        Robot(**config)
    assert message in str(caught.value)


def test_a_users_profile_with_its_line(tmp_path: Path) -> None:
    file = tmp_path / "mine.yaml"
    file.write_text("schema: mine\nsingle: true\ntargets:\n  a: {from: {headYaw: 1}}\n", "utf-8")
    with pytest.raises(BridgeError, match=r"mine\.yaml:4: targets\.a: of a single body needs a rate"):
        Robot(profile=str(file))


def test_joints_come_in_the_controllers_order() -> None:
    names = ("a", "b", "c")
    joints, index = order("c, a", names)
    assert joints == ("c", "a")
    assert index.tolist() == [2, 0]
    assert order("", names)[0] == names
    with pytest.raises(BridgeError, match="no target d"):
        order("d", names)
    with pytest.raises(BridgeError, match="names a joint twice"):
        order("a,a", names)


def test_joint_states_tell_where_to_begin_only_if_they_tell_all() -> None:
    names = ("a", "b")
    assert measured({"b": 2.0, "x": 9.0, "a": 1.0}, names) is not None
    assert measured({"b": 2.0, "x": 9.0, "a": 1.0}, names).tolist() == [1.0, 2.0]  # type: ignore[union-attr]
    assert measured({"a": 1.0}, names) is None
    assert measured({"a": 1.0, "b": math.nan}, names) is None
