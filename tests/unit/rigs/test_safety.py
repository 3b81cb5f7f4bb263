"""A rig is finite, within its limits and never jumps, whatever comes in."""

from __future__ import annotations

import itertools
import math
from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings, strategies as st

from mien.core.types import F64, Expressions, Faces, Header, Rig, Rigs, RigState
from mien.rigs.config import RigsConfig
from mien.rigs.stage import Stage

from .actors import FRAME, Person, S, Theatre, only, turned, weight

MS = S // 1000
# One step counts 40 ms at most, at the speed limits: a lid shuts in no less than 1/15 s, a head turns by
# no more than 450°/s and an eye by 900°/s.
MOST_WEIGHT, MOST_HEAD_DEG, MOST_GAZE_DEG = 0.6, 18.0, 36.0

NUMBERS = st.sampled_from([0.0, 0.3, 1.0, 1.5, -0.2, math.nan, math.inf, -math.inf, 1e38])
STEPS_NS = st.sampled_from([0, 0, -MS, -200 * MS, -50 * S, 1, FRAME, FRAME, 100 * MS, 900 * MS, 5 * S, 10**6 * S])


@st.composite
def people(draw: st.DrawFn) -> Person:
    """Anything that a stage before, or a message, may say of a face."""
    person = Person(draw(st.sampled_from([1, 2, 77])), turned(draw(st.floats(-170, 170)), draw(st.floats(-80, 80))))
    person.weights[:] = draw(NUMBERS)
    for i in draw(st.lists(st.integers(0, 51), max_size=4)):
        person.weights[i] = draw(NUMBERS)
    person.gaze = np.array(draw(st.lists(st.one_of(NUMBERS, st.floats(-1, 1)), min_size=6, max_size=6))).reshape(2, 3)
    person.sure = draw(st.tuples(*[st.sampled_from([0.8, 0.0, 0.07, math.nan, 7.0, -1.0])] * 2))
    match draw(st.sampled_from(["rigid", "rigid", "rigid", "nan", "huge", "zero"])):
        case "nan":
            person.pose = np.full((4, 4), np.nan)
        case "huge":
            person.pose = person.pose * 1e77
        case "zero":
            person.pose = np.zeros((4, 4))
    return person


EVENTS = st.lists(st.tuples(STEPS_NS, st.one_of(st.none(), st.lists(people(), max_size=2))), min_size=1, max_size=25)


def play(stage: Stage, events: Sequence[tuple[int, list[Person] | None]], grid_ns: int) -> list[Rigs]:
    """The rigs of a stream; None = no image comes. Stamps are rounded to `grid_ns`."""
    now, told = 100 * S, []
    for step_ns, shown in events:
        now += step_ns
        header = Header(now // grid_ns * grid_ns)
        if shown is None:
            told.append(stage.idle(header) or Rigs(header))
            continue
        faces = Faces(header, 640, 480, tuple(replace(p.face(), presence=p.sure[0]) for p in shown))
        told.append(stage.step(faces, Expressions(header, tuple(p.expression() for p in shown))))
    return told


def turn_deg(a: F64, b: F64) -> float:
    return math.degrees(2 * math.acos(min(abs(float(a @ b)), 1.0)))


def check(rig: Rig) -> None:
    assert rig.weights.shape == (52,)
    assert rig.weights.dtype == np.float32
    assert (rig.weights >= 0).all()
    assert (rig.weights <= 1).all()
    assert np.linalg.norm(rig.head) == pytest.approx(1)
    assert np.abs(rig.gaze).max() <= math.pi / 2
    assert (rig.confidence >= 0).all()
    assert (rig.confidence <= 1).all()
    if rig.state is RigState.NEUTRAL:
        assert not rig.weights.any()
        assert not rig.gaze.any()
        assert not rig.confidence.any()
        assert rig.head.tolist() == [0, 0, 0, 1]


def check_step(before: Rig | None, rig: Rig, scale: float = 1.0) -> None:
    """`before` is None where the rig is the first of its track, which begins at neutral."""
    weights = np.zeros(52) if before is None else before.weights
    gaze = np.zeros((2, 2)) if before is None else before.gaze
    head = np.array([0.0, 0, 0, 1]) if before is None else before.head
    assert np.abs(rig.weights - weights).max() <= scale * MOST_WEIGHT + 1e-6
    assert np.degrees(np.abs(rig.gaze - gaze).max()) <= scale * MOST_GAZE_DEG + 1e-4
    assert turn_deg(head, rig.head) <= scale * MOST_HEAD_DEG + 1e-4


@settings(max_examples=60)
@given(EVENTS, st.sampled_from([1, MS, 100 * MS]), st.booleans(), st.sampled_from([0.0, 1.0, 4.0]))
def test_rigs_are_finite_and_within_their_limits(
    events: list[tuple[int, list[Person] | None]], grid_ns: int, smooth: bool, gain: float
) -> None:
    for rigs in play(Stage(RigsConfig(smooth=smooth, gain=gain)), events, grid_ns):
        for rig in rigs.rigs:
            check(rig)


@settings(max_examples=60)
@given(EVENTS, st.sampled_from([1, MS, 100 * MS]), st.sampled_from([0.05, 0.5, 1.0]))
def test_no_step_is_faster_than_people(
    events: list[tuple[int, list[Person] | None]], grid_ns: int, max_speed: float
) -> None:
    before: dict[int, Rig] = {}
    for rigs in play(Stage(RigsConfig(max_speed=max_speed, hold_s=0)), events, grid_ns):
        told = {r.track_id: r for r in rigs.rigs}
        assert all(r.state is RigState.NEUTRAL for i, r in before.items() if i not in told)
        for track_id, rig in told.items():
            last = before.get(track_id)
            check_step(None if last is None or last.state is RigState.NEUTRAL else last, rig, max_speed)
        before = told


@settings(max_examples=20)
@given(EVENTS, st.sampled_from([0, -MS, FRAME, 5 * S]))
def test_a_lost_face_always_arrives_at_neutral(events: list[tuple[int, list[Person] | None]], step_ns: int) -> None:
    """Also while stamps stand still, or go back one by one."""
    stage = Stage(RigsConfig(hold_s=0.1, ease_s=0.2))
    play(stage, events, 1)
    assert not play(stage, [(step_ns, [])] * 60, 1)[-1].rigs


# What was found.


def covered(**named: float) -> Person:
    person = Person(**named)
    person.sure = 0.8, 0.0
    return person


def test_one_stamp_twice_as_a_mouth_comes_clear_spoils_nothing() -> None:
    t = Theatre(Stage(RigsConfig()))
    t.play(1, Person())
    t.play(0.1, covered())
    t.now -= FRAME
    told = [only(t.show(Person(jawOpen=0.5))), *(only(r) for r in t.play(1, Person(jawOpen=0.5)))]
    for rig in told:
        check(rig)
    assert weight(told[-1], "jawOpen") == pytest.approx(0.5, abs=1e-3)


def test_stamps_rounded_to_tenths_with_a_mouth_covered_now_and_then() -> None:
    rng, stage = np.random.default_rng(1), Stage(RigsConfig())
    events = [(FRAME, [covered() if rng.random() < 0.2 else Person(jawOpen=0.4)]) for _ in range(400)]
    told = [only(r) for r in play(stage, events, 100 * MS)]
    for before, rig in itertools.pairwise(told):
        check(rig)
        check_step(before, rig)
    assert {r.state for r in told} == {RigState.TRACKED}


@pytest.mark.parametrize("step_ns", [-MS, 0, FRAME, 500 * MS, 3 * S], ids=["back", "same", "next", "gap", "long gap"])
def test_a_jump_is_followed_at_the_speed_of_people(step_ns: int) -> None:
    """And then it is there: within four frames."""
    t = Theatre(Stage(RigsConfig()))
    t.settle(Person(pose=turned(-23)))
    before = only(t.show(Person(pose=turned(-23))))
    t.now += step_ns - FRAME
    jumped = Person(pose=turned(23), eyeBlinkLeft=1.0, jawOpen=1.0)
    rigs = [before, only(t.show(jumped)), *(only(r) for r in t.play(0.2, jumped))]
    for a, b in itertools.pairwise(rigs):
        check_step(a, b)
    assert weight(rigs[4], "eyeBlinkLeft") > 0.9


@pytest.mark.parametrize(
    ("shape", "full_s"),
    [
        ("eyeBlinkLeft", 0.1),
        ("jawOpen", 0.125),
        ("mouthSmileLeft", 0.125),
        ("browInnerUp", 0.15),
        ("noseSneerLeft", 0.15),
    ],
)
def test_each_region_is_half_as_fast_again_as_people(shape: str, full_s: float) -> None:
    """People shut their lids in 100 ms, move lips and jaw in 125, raise their brows in 150; a step counts 40 ms."""
    t = Theatre(Stage(RigsConfig()))
    t.settle(Person())
    t.now += 3 * S
    assert weight(only(t.show(Person(**{shape: 1.0}))), shape) == pytest.approx(0.04 * 1.5 / full_s, abs=1e-6)


def test_look_weights_are_no_faster_than_lids() -> None:
    """They belong to the region of the gaze, whose angles are limited in radians; a weight is no radian."""
    t = Theatre(Stage(RigsConfig()))
    t.settle(Person())
    t.now += 3 * S
    jumped = only(t.show(Person(eyeLookInLeft=1.0, eyeLookOutRight=1.0, eyeBlinkLeft=1.0)))
    names = "eyeLookInLeft", "eyeLookOutRight", "eyeBlinkLeft"
    assert [weight(jumped, n) for n in names] == pytest.approx([MOST_WEIGHT] * 3, abs=1e-6)


def test_a_face_lost_during_a_gap_is_held_and_eased_all_the_same() -> None:
    t = Theatre(Stage(RigsConfig(hold_s=0.2, ease_s=0.6)))
    t.settle(Person(jawOpen=0.8))
    t.now += 5 * S
    jaw = np.array([weight(only(r), "jawOpen") for r in t.play(0.5)])
    assert jaw[0] == pytest.approx(0.8, abs=1e-3)
    assert np.abs(np.diff(jaw)).max() < 0.8 * 1.6 * FRAME / S / 0.6
    assert only(t.play(0.15)[-1]).state is RigState.EASING
    assert not t.play(0.2)[-1].rigs


@pytest.mark.parametrize("step_ns", [0, -MS], ids=["the same stamps", "stamps that go back"])
def test_a_lost_face_eases_within_twice_the_frames_that_it_needs(step_ns: int) -> None:
    """A stamp that does not advance counts a 60th of a second."""
    stage = Stage(RigsConfig(hold_s=0.2, ease_s=0.6))
    play(stage, [(FRAME, [Person(jawOpen=0.8)])] * 30, 1)
    lost = play(stage, [(step_ns, [])] * 60, 1)
    states = [r.state for rigs in lost for r in rigs.rigs]
    assert states[-1] is RigState.NEUTRAL
    assert 45 <= len(states) <= 50


def test_frames_that_come_late_do_not_hurry_an_easing_rig() -> None:
    """Every second stamp lies 200 ms back: the rig eases in the time of the others."""
    t = Theatre(Stage(RigsConfig(hold_s=0.2, ease_s=0.6)))
    t.settle(Person(jawOpen=0.8))
    start, jaw = t.now, []
    while told := t.show().rigs:
        jaw.append(only(Rigs(Header(0), told)))
        t.now -= 200 * MS
        late = t.show().rigs
        t.now += 200 * MS - FRAME
        jaw.extend(late)
    assert (t.now - start) / S == pytest.approx(0.8, abs=0.15)
