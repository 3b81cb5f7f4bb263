"""Motion within limits, for goals that jump and calls that come when they like."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings, strategies as st

from mien.core.temporal.limits import Limiter, Limits

SMALL = 1e-7


def limits(rate: float, acceleration: float, lower: float = -1.0, upper: float = 1.0) -> Limits:
    return Limits(*(np.array([x], float) for x in (lower, upper, 0.0, rate, acceleration)))


steps = st.lists(
    st.tuples(st.floats(-3, 3) | st.just(math.nan) | st.just(math.inf), st.floats(0, 2) | st.just(1 / 30)),
    min_size=3,
    max_size=40,
)


@settings(max_examples=300)
@given(steps, st.floats(0.1, 50), st.floats(0.1, 2000))
def test_range_rate_and_acceleration_hold_for_any_goal_and_any_time(
    calls: list[tuple[float, float]], rate: float, acceleration: float
) -> None:
    limiter = Limiter(limits(rate, acceleration))
    times, places = [0.0], [0.0]
    for goal, dt in calls:
        x = float(limiter.step(np.array([goal]), dt)[0])
        assert -1 <= x <= 1
        if dt > 1e-6:
            times.append(times[-1] + dt)
            places.append(x)
        else:
            assert x == pytest.approx(places[-1], abs=rate * 1e-6 + SMALL)
    t, x = np.array(times), np.array(places)
    speeds = np.diff(x) / np.diff(t)
    assert (np.abs(np.diff(x)) <= rate * np.diff(t) + SMALL).all()
    # The mean speeds of two intervals of a path whose speed changes by at most `acceleration` a second.
    apart = (t[2:] - t[:-2]) / 2
    assert (np.abs(np.diff(speeds)) <= acceleration * apart + 2 * SMALL / np.minimum(*_pairs(np.diff(t)))).all()


def _pairs(a: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    return a[:-1], a[1:]


@given(st.floats(0.2, 20), st.floats(0.5, 500), st.floats(-1, 1), st.floats(-1, 1), st.floats(0, 1))
def test_everything_is_reached_within_the_time_that_is_told(
    rate: float, acceleration: float, first: float, second: float, when: float
) -> None:
    its = limits(rate, acceleration)
    limiter = Limiter(its)
    limiter.step(np.array([first]), when)  # on the way, at some speed
    limiter.step(np.array([second]), float(its.reach_s()[0]) + 1e-9)
    assert limiter.position[0] == pytest.approx(second)
    assert limiter.speed[0] == 0


def test_the_time_that_is_told_is_not_much_too_long() -> None:
    """From one end at full speed away from it, to the other: brake, then cross the range."""
    assert limits(2.0, 8.0).reach_s()[0] == pytest.approx(2 / 8 + 2 / 2 + 2 / 8)
    assert limits(100.0, 8.0).reach_s()[0] == pytest.approx(math.sqrt(2 * 2 / 8) + 2 * math.sqrt(2 / 8))
    assert limits(4.0, math.inf).reach_s()[0] == pytest.approx(0.5)
    assert limits(math.inf, math.inf).reach_s()[0] == 0


def test_the_path_is_that_of_shortest_time() -> None:
    """2 rad at 1 rad/s and 2 rad/s²: half a second to speed up over .25, 1.5 s over 1.5, half a second to brake."""
    limiter = Limiter(limits(1.0, 2.0), np.array([-1.0]))
    at = {round(0.1 * (i + 1), 1): float(limiter.step(np.array([1.0]), 0.1)[0]) for i in range(25)}
    assert at[0.5] == pytest.approx(-0.75)
    assert at[1.0] == pytest.approx(-0.25)
    assert at[2.0] == pytest.approx(0.75)
    assert at[2.4] == pytest.approx(1 - 0.01)
    assert at[2.5] == 1.0


@given(st.floats(-1, 1), st.floats(0.01, 1), st.integers(2, 9))
def test_many_small_steps_go_where_one_large_one_goes(goal: float, dt: float, parts: int) -> None:
    once, often = Limiter(limits(3.0, 20.0)), Limiter(limits(3.0, 20.0))
    for limiter in (once, often):
        limiter.step(np.array([0.8]), 0.2)
    once.step(np.array([goal]), dt)
    for _ in range(parts):
        often.step(np.array([goal]), dt / parts)
    assert often.position[0] == pytest.approx(once.position[0], abs=1e-9)
    assert often.speed[0] == pytest.approx(once.speed[0], abs=1e-7)


def test_values_with_and_without_an_acceleration_stand_side_by_side() -> None:
    both = Limits(np.zeros(2), np.ones(2), np.zeros(2), np.array([2.0, 2.0]), np.array([4.0, np.inf]))
    limiter = Limiter(both)
    np.testing.assert_allclose(limiter.step(np.ones(2), 0.25), [0.125, 0.5])


def test_time_that_stands_still_or_goes_back_moves_nothing() -> None:
    limiter = Limiter(limits(1.0, 2.0))
    limiter.step(np.array([1.0]), 0.3)
    before = limiter.position.copy()
    for dt in (0.0, -1.0, math.nan):
        np.testing.assert_array_equal(limiter.step(np.array([-1.0]), dt), before)


def test_stopped_it_starts_again_from_rest() -> None:
    limiter = Limiter(limits(1.0, 2.0))
    limiter.step(np.array([1.0]), 0.3)
    limiter.stop()
    before = float(limiter.position[0])
    assert float(limiter.step(np.array([1.0]), 0.1)[0]) == pytest.approx(before + 0.01)
