"""How a robot looks at a person: when eyes and head start, how long they take, and what they let be."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings, strategies as st

from mien.core.types import F64
from mien.retarget.follow import Follow, FollowConfig
from mien_models.spaces import arkit

from .faces import rig, turn

FPS = 200  # finer than a camera, to see when what begins
STEP = 1_000_000_000 // FPS


def at(yaw_deg: float, pitch_deg: float = 0.0, distance: float = 1.0) -> F64:
    """A person that far to the robot's left and up, before a camera between its eyes (y is to the right)."""
    y, p = math.radians(yaw_deg), math.radians(pitch_deg)
    return distance * np.array([math.cos(p) * math.cos(y), -math.cos(p) * math.sin(y), math.sin(p)])


class Film:
    """What head and eyes did [deg]."""

    def __init__(self, **config: float | bool) -> None:
        self.follow = Follow(FollowConfig(follow=True, **config))  # type: ignore[arg-type]
        self.t: list[float] = []
        self.head: list[F64] = []
        self.eyes: list[F64] = []

    def show(self, position: F64 | None, seconds: float) -> None:
        for _ in range(round(seconds * FPS)):
            n = len(self.t)
            self.follow.step(position, n * STEP)
            self.t.append(n / FPS)
            self.head.append(np.degrees(self.follow.head))
            self.eyes.append(np.degrees(self.follow.eyes))

    def yaw(self, of: str) -> F64:
        rows = {"head": self.head, "eyes": self.eyes, "gaze": list(np.array(self.head) + np.array(self.eyes))}[of]
        return np.array(rows)[:, 0]

    def starts(self, of: str) -> list[float]:
        """Times at which something begins to move."""
        moving = np.abs(np.diff(self.yaw(of))) > 1e-6
        return [self.t[i + 1] for i in range(1, len(moving)) if moving[i] and not moving[i - 1]]


def test_eyes_jump_after_a_reaction_time_and_as_quickly_as_those_of_people() -> None:
    film = Film()
    film.show(at(0), 0.5)
    film.show(at(10), 1.0)
    (start,) = film.starts("eyes")
    assert start - 0.5 == pytest.approx(0.2, abs=0.02)
    moving = np.abs(np.diff(film.yaw("eyes"))) > 1e-6
    assert moving.sum() / FPS == pytest.approx(0.021 + 0.0022 * 10, abs=0.01)  # the main sequence: 43 ms
    assert film.yaw("eyes")[-1] == pytest.approx(10)
    assert np.abs(film.yaw("head")).max() == 0  # 10 degrees are a matter of the eyes
    speed = np.abs(np.diff(film.yaw("eyes"))).max() * FPS
    assert 250 < speed < 600  # degrees a second, at 10 degrees


def test_beyond_15_degrees_the_head_comes_after_the_eyes_which_stay_on_the_person() -> None:
    film = Film()
    film.show(at(0), 0.5)
    film.show(at(25), 2.0)
    eyes, head = film.starts("eyes")[0], film.starts("head")[0]
    assert 0.02 < head - eyes < 0.08
    gaze = film.yaw("gaze")
    arrived = int((eyes + 0.021 + 0.0022 * 25 + 0.01) * FPS)
    assert np.abs(gaze[arrived:] - 25).max() < 0.5  # while the head turns, too
    assert np.abs(np.diff(film.yaw("head"))).max() * FPS < 200  # the head is slower than eyes
    assert film.yaw("head")[-1] == pytest.approx(19, abs=1)
    assert film.yaw("eyes")[-1] == pytest.approx(6, abs=1)
    assert film.yaw("eyes").max() > 20  # first far aside, then back


def test_what_eyes_cannot_reach_the_head_brings() -> None:
    film = Film()
    film.show(at(0), 0.5)
    film.show(at(60), 3.0)
    assert film.yaw("eyes").max() == pytest.approx(30, abs=0.1)
    assert film.yaw("gaze")[-1] == pytest.approx(60, abs=0.5)


def test_up_and_down_too() -> None:
    film = Film()
    film.show(at(0), 0.3)
    film.show(at(0, -12), 1.0)
    assert film.eyes[-1][1] == pytest.approx(-12)
    assert np.abs(film.yaw("gaze")).max() == 0


@pytest.mark.parametrize("zone", [3.0, 8.0])
def test_a_person_who_sways_within_the_dead_zone_is_let_be(zone: float) -> None:
    film = Film(follow_dead_zone_deg=zone)
    for n in range(600):
        film.show(at(0.9 * zone * math.sin(n / 20), 0.0), 1 / FPS)
    assert np.abs(film.yaw("gaze")).max() == 0


def test_who_walks_is_followed_by_jumps_with_rests_between_them() -> None:
    film = Film()
    for n in range(4 * FPS):
        film.show(at(-20 + 10 * n / FPS), 1 / FPS)  # 10 degrees a second
    starts = film.starts("eyes")
    still = np.abs(np.diff(film.yaw("gaze"))) < 1e-6
    assert len(starts) >= 5
    assert still.mean() > 0.5
    jumps = [film.t[i + 1] for i in range(1, len(still)) if not still[i] and still[i - 1]]
    assert min(np.diff(jumps)) > 0.15
    behind = np.abs(film.yaw("gaze") - np.array([-20 + 10 * t for t in film.t]))[FPS:]
    assert behind.max() < 3 + 10 * 0.2 + 10 * 0.25  # dead zone, reaction, rest


def test_a_glimpse_shorter_than_the_reaction_is_not_answered() -> None:
    film = Film()
    film.show(at(0), 0.5)
    film.show(at(20), 0.1)
    film.show(at(0), 1.0)
    assert np.abs(film.yaw("gaze")).max() == 0


def test_who_is_gone_is_looked_for_a_second_then_it_looks_ahead() -> None:
    film = Film()
    film.show(at(12), 1.0)
    film.show(None, 0.9)
    assert film.yaw("gaze")[-1] == pytest.approx(12)
    film.show(None, 1.5)
    assert film.yaw("gaze")[-1] == pytest.approx(0)


def test_a_camera_beside_the_eyes_is_reckoned_with() -> None:
    """20 cm to the left of the eyes: who is straight before it, 1 m away, is atan(0.2) to the left of them."""
    film = Film(follow_camera_y_m=0.2)
    film.show(at(0), 2.0)
    assert film.yaw("gaze")[-1] == pytest.approx(math.degrees(math.atan(0.2)), abs=0.1)


@pytest.mark.parametrize("delay_s", [0.0, 0.1, 0.3])
def test_a_camera_on_the_head_finds_a_still_person_once_whatever_the_delay(delay_s: float) -> None:
    """The robot's head is where it was told to be `delay_s` before; the image shows the person from there."""
    film = Film(follow_camera_on_head=True, follow_delay_s=delay_s)
    person = 35.0
    for _ in range(4 * FPS):
        told = film.yaw("head") if film.t else np.zeros(1)
        late = round(delay_s * FPS)
        head = told[-1 - late] if len(told) > late else 0.0
        film.show(at(person - head), 1 / FPS)
    assert film.yaw("gaze")[-1] == pytest.approx(person, abs=1.0)
    assert film.yaw("head").max() < person + 1  # no swinging beyond
    assert len(film.starts("head")) == 1


def test_without_the_pose_at_capture_time_it_would_swing() -> None:
    """The same robot, told a wrong delay: this is why the head is taken as it was."""
    film = Film(follow_camera_on_head=True, follow_delay_s=0.0)
    for _ in range(6 * FPS):
        told = film.yaw("head") if film.t else np.zeros(1)
        head = told[-1 - 60] if len(told) > 60 else 0.0
        film.show(at(35.0 - head), 1 / FPS)
    assert len(film.starts("head")) > 1 or film.yaw("head").max() > 36


def test_the_rig_looks_where_it_says() -> None:
    film = Film()
    film.show(at(0), 0.3)
    film.show(at(10, 5), 1.0)
    out = film.follow.apply(rig(head=turn(roll=0.2), mouthSmileLeft=0.5, eyeLookDownLeft=1.0))
    np.testing.assert_allclose(out.gaze, np.radians([[10, 5]] * 2), atol=1e-6)
    np.testing.assert_allclose(out.head, turn(roll=0.2), atol=1e-6)
    of = dict(zip(arkit.BLENDSHAPES, out.weights.tolist(), strict=True))
    assert of["eyeLookOutLeft"] == of["eyeLookInRight"] == pytest.approx(math.radians(10) / 0.7)
    assert of["eyeLookInLeft"] == of["eyeLookOutRight"] == of["eyeLookDownLeft"] == 0
    assert of["eyeLookUpLeft"] > 0
    assert of["mouthSmileLeft"] == 0.5


place = st.none() | st.tuples(*[st.floats(-5, 5) | st.sampled_from([math.nan, math.inf, 0.0])] * 3)


@settings(max_examples=60)
@given(st.lists(st.tuples(place, st.integers(-(10**9), 10**9)), max_size=40), st.booleans())
def test_whatever_is_seen_angles_stay_finite_and_eyes_within_reach(
    frames: list[tuple[tuple[float, float, float] | None, int]], on_head: bool
) -> None:
    follow, now = Follow(FollowConfig(follow=True, follow_camera_on_head=on_head)), 0
    for position, step in frames:
        now += step
        follow.step(None if position is None else np.array(position), now)
        assert np.isfinite(follow.head).all()
        assert np.abs(np.degrees(follow.eyes[0])) <= 30 + 1e-9
        assert np.abs(np.degrees(follow.eyes[1])) <= 22 + 1e-9
        assert np.isfinite(follow.apply(rig()).head).all()
