"""Values follow observations, are held and eased to neutral when lost, and blend in when they return."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, strategies as st

from mien.core.temporal.easing import Easing

LOST = np.array([math.nan, math.nan])


def easing(**kwargs: float) -> Easing:
    return Easing(np.array([0.0, 0.5]), **({"hold_s": 0.2, "ease_s": 0.4} | kwargs))


def test_what_is_seen_is_followed_once_it_has_blended_in() -> None:
    e = easing()
    np.testing.assert_array_equal(e.values, [0.0, 0.5])
    e.step(np.ones(2), 0.1)
    np.testing.assert_allclose(e.values, [0.5, 0.75])  # half way of the 0.2 s
    e.step(np.ones(2), 0.1)
    np.testing.assert_array_equal(e.values, [1.0, 1.0])
    e.step(np.array([0.3, 0.2]), 0.0)
    np.testing.assert_array_equal(e.values, [0.3, 0.2])


def test_what_is_lost_is_held_then_eased_and_arrives() -> None:
    e = easing()
    e.step(np.ones(2), 1.0)
    for _ in range(4):
        np.testing.assert_array_equal(e.step(LOST, 0.05), [1.0, 1.0])
        assert not e.arrived
    np.testing.assert_allclose(e.step(LOST, 0.2), [0.5, 0.75])
    np.testing.assert_array_equal(e.step(LOST, 0.2), [0.0, 0.5])
    assert e.arrived


def test_each_value_is_lost_for_itself() -> None:
    e = easing()
    e.step(np.ones(2), 1.0)
    e.step(np.array([math.nan, 0.8]), 0.7)
    np.testing.assert_array_equal(e.values, [0.0, 0.8])
    assert not e.arrived


def test_after_a_short_loss_it_is_back_soon() -> None:
    e = easing()
    e.step(np.ones(2), 1.0)
    e.step(LOST, 0.05)
    e.step(np.array([0.0, 0.0]), 0.05)
    np.testing.assert_array_equal(e.values, [0.0, 0.0])


def test_a_value_that_returns_blends_in_over_the_time_for_which_it_was_lost() -> None:
    """Also while it was still held: lost for 0.1 s of a hold of 0.2 s, it is half way back after 0.05 s."""
    e = easing()
    e.step(np.ones(2), 1.0)
    e.step(LOST, 0.1)
    assert e.step(np.array([0.0, 0.0]), 0.05).tolist() == pytest.approx([0.5, 0.5])
    assert e.step(np.array([0.0, 0.0]), 0.05).tolist() == [0.0, 0.0]


def test_another_reading_of_the_same_face_is_gone_to() -> None:
    e = easing()
    e.step(np.ones(2), 1.0)
    e.blend()
    np.testing.assert_array_equal(e.step(np.zeros(2), 0.0), [1.0, 1.0])
    np.testing.assert_allclose(e.step(np.zeros(2), 0.1), [0.5, 0.5])
    np.testing.assert_array_equal(e.step(np.zeros(2), 0.1), [0.0, 0.0])


@given(st.lists(st.tuples(st.floats(0, 1) | st.just(math.nan), st.floats(0, 0.5)), max_size=30))
def test_it_never_leaves_what_was_shown_and_neutral(steps: list[tuple[float, float]]) -> None:
    e = Easing(np.array([0.5]), 0.1, 0.3)
    seen = [0.5]
    for x, dt in steps:
        if not math.isnan(x):
            seen.append(x)
        value = float(e.step(np.array([x]), dt)[0])
        assert min(seen) - 1e-12 <= value <= max(seen) + 1e-12
    e.step(np.array([math.nan]), 0.0)
    assert float(e.step(np.array([math.nan]), 0.1 + 0.3)[0]) == pytest.approx(0.5)
