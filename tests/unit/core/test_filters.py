"""The One Euro filter, against its paper and against itself written out for one number."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings, strategies as st

from mien.core.temporal.filters import OneEuro, OneEuroRotation
from mien.core.types import F64

S = 1_000_000_000


class Scalar:
    """Casiez, Roussel & Vogel (2012), algorithm 1, for one float and times in seconds."""

    def __init__(self, min_cutoff: float, beta: float, d_cutoff: float) -> None:
        self.p = (min_cutoff, beta, d_cutoff)
        self.last: tuple[float, float, float] | None = None

    def __call__(self, x: float, t: float) -> float:
        min_cutoff, beta, d_cutoff = self.p
        if self.last is None:
            self.last = (t, x, 0.0)
            return x
        t0, x0, dx0 = self.last
        te = t - t0
        a_d = 1 / (1 + 1 / (2 * math.pi * d_cutoff) / te)
        dx = a_d * (x - x0) / te + (1 - a_d) * dx0
        a = 1 / (1 + 1 / (2 * math.pi * (min_cutoff + beta * abs(dx))) / te)
        hat = a * x + (1 - a) * x0
        self.last = (t, hat, dx)
        return hat


@settings(max_examples=50)
@given(
    st.lists(st.tuples(st.integers(1, 900), st.floats(-2, 2)), min_size=2, max_size=40),
    st.floats(0.1, 5),
    st.floats(0, 10),
)
def test_it_is_the_published_filter_at_any_frame_rate(
    steps: list[tuple[int, float]], min_cutoff: float, beta: float
) -> None:
    ours, theirs = OneEuro(min_cutoff, beta, 1.5), Scalar(min_cutoff, beta, 1.5)
    ms = 0
    for dt_ms, x in steps:
        ms += dt_ms
        got = ours(np.array([x]), ms * 1_000_000)[0]
        assert got == pytest.approx(theirs(x, ms / 1000), abs=1e-9)


def test_constant_in_constant_out() -> None:
    f = OneEuro(1.0, 1.0)
    for i in range(20):
        np.testing.assert_allclose(f(np.array([0.3, -7.0]), i * S // 30), [0.3, -7.0], atol=1e-15)


def test_a_step_is_followed_as_by_a_first_order_low_pass() -> None:
    """With β = 0: x = 1 − (1 − α)ⁿ, α = 2π·fc·dt / (2π·fc·dt + 1)."""
    f, dt, cutoff = OneEuro(2.0, 0.0), S // 50, 2.0
    f(np.zeros(1), 0)
    r = 2 * math.pi * cutoff / 50
    expected = 1 - (1 - r / (1 + r)) ** np.arange(1, 30)
    got = [f(np.ones(1), (i + 1) * dt)[0] for i in range(29)]
    np.testing.assert_allclose(got, expected, atol=1e-12)


def test_more_beta_lags_less_and_a_lower_cutoff_is_calmer() -> None:
    ramp = np.linspace(0, 1, 10)
    noise = np.random.default_rng(1).normal(0, 0.01, 300)

    def run(f: OneEuro, xs: F64) -> F64:
        return np.array([f(np.array([x]), i * S // 30)[0] for i, x in enumerate(xs)])

    assert run(OneEuro(1.0, 10.0), ramp)[-1] > run(OneEuro(1.0, 0.0), ramp)[-1] + 0.05
    assert run(OneEuro(0.5, 0.0), noise).std() < run(OneEuro(4.0, 0.0), noise).std() < noise.std()


def test_parameters_may_differ_from_value_to_value() -> None:
    f = OneEuro(np.array([0.5, 5.0]), np.array([0.0, 0.0]))
    f(np.zeros(2), 0)
    slow, quick = f(np.ones(2), S // 30)
    assert slow < quick


@pytest.mark.parametrize("stamp", [-1, 2 * S], ids=["time went back", "a long gap"])
def test_it_starts_anew(stamp: int) -> None:
    f = OneEuro(0.1, 0.0)
    f(np.zeros(1), 0)
    assert f(np.ones(1), stamp)[0] == 1
    assert 1 < f(np.full(1, 2.0), stamp + S // 30)[0] < 2


def test_the_same_stamp_twice_changes_nothing() -> None:
    f = OneEuro(1.0, 0.0)
    f(np.zeros(1), 5)
    assert f(np.ones(1), 5)[0] == 0


def test_nan_passes_through_and_the_value_after_it_starts_anew() -> None:
    f = OneEuro(0.1, 0.0)
    f(np.zeros(2), 0)
    assert np.isnan(f(np.array([np.nan, 1.0]), S // 30)).tolist() == [True, False]
    back, other = f(np.array([1.0, 1.0]), 2 * S // 30)
    assert back == 1
    assert other < 0.5


def test_nan_that_comes_and_goes_within_one_stamp_is_not_remembered() -> None:
    f = OneEuro(1.0, 1.0)
    f(np.array([0.5, 0.5]), 0)
    f(np.array([np.nan, 0.5]), S // 30)
    assert f(np.array([0.2, 0.9]), S // 30).tolist() == [0.2, 0.5]
    assert np.isnan(f(np.array([0.2, np.nan]), S // 30)).tolist() == [False, True]
    after = f(np.array([0.2, 0.7]), 2 * S // 30)
    np.testing.assert_allclose(after, [0.2, 0.7])


def about_z(angle: float) -> F64:
    return np.array([0, 0, math.sin(angle / 2), math.cos(angle / 2)])


def test_about_one_axis_the_rotation_filter_is_the_scalar_one() -> None:
    ours, theirs = OneEuroRotation(1.0, 2.0, 1.5), Scalar(1.0, 2.0, 1.5)
    angles = np.cumsum(np.random.default_rng(2).normal(0, 0.1, 40))
    for i, angle in enumerate(angles):
        q = ours(about_z(angle), i * S // 30)
        assert 2 * math.atan2(q[2], q[3]) == pytest.approx(theirs(float(angle), i / 30), abs=1e-6)


def test_the_rotation_filter_never_flips_its_sign() -> None:
    f, last = OneEuroRotation(1.0, 1.0), about_z(0)
    for i in range(60):
        q = f(about_z(0.1 * i) * (-1) ** i, i * S // 30)
        assert q @ last > 0.9
        assert np.linalg.norm(q) == pytest.approx(1)
        last = q


def test_a_restarted_rotation_filter_takes_the_next_value_as_it_comes() -> None:
    f = OneEuroRotation(0.1, 0.0)
    f(about_z(0), 0)
    f.restart()
    np.testing.assert_allclose(f(about_z(1), S // 30), about_z(1))
