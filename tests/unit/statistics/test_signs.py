"""Blinks, smiles, gaze and head movements of series drawn by hand."""

from __future__ import annotations

import numpy as np
import pytest

from mien.statistics.head import head_movements
from mien.statistics.signs import blinks, gaze_aversions, on_grid, share_of_time, smiles

T = np.arange(0, 60, 1 / 30)


def bumps(at: list[float], width_s: float, peak: float, t: np.ndarray = T) -> np.ndarray:
    """Triangles with these tops, `width_s` wide at half of the peak."""
    return np.max([np.clip(peak * (1 - np.abs(t - a) / width_s), 0, None) for a in at], axis=0)


def test_blinks_are_counted_by_the_minute_observed_and_closures_are_not():
    shut = bumps([5, 15, 25], 0.2, 5.0)
    shut[(T > 40) & (T < 43)] = 5.0
    found = blinks(T, shut, shut)
    assert (len(found.blinks), len(found.closures), found.reliable) == (3, 1, True)
    assert found.per_minute == pytest.approx(3, rel=0.01)
    # 1.25 of 5 is crossed at three quarters of the half width on either side.
    assert [b.duration_s for b in found.blinks] == pytest.approx([0.3] * 3, abs=0.01)
    assert {b.unit for b in found.blinks} == {"AU45"}


def test_the_rate_of_blinks_leaves_out_what_was_not_seen():
    shut = bumps([5, 15, 25], 0.2, 5.0)
    shut[T >= 30] = np.nan
    assert blinks(T, shut, shut).per_minute == pytest.approx(6, rel=0.01)


def test_a_wink_is_no_blink_and_one_visible_eye_is_enough():
    shut, unseen = bumps([10], 0.2, 5.0), np.full_like(T, np.nan)
    assert len(blinks(T, shut, np.zeros_like(T)).blinks) == 0
    assert len(blinks(T, shut, unseen).blinks) == 1


def test_slow_images_make_blinks_unreliable():
    slow = np.arange(0, 60, 0.1)
    assert not blinks(slow, np.zeros_like(slow), np.zeros_like(slow)).reliable


def test_smiles_tell_au6_asymmetry_and_speed():
    left = bumps([10], 2.0, 4.0) + bumps([30], 2.0, 4.0)
    right = bumps([10], 2.0, 4.0) + bumps([30], 2.0, 2.0)
    cheeks = bumps([10], 2.0, 3.0)
    first, second = smiles(T, left, right, cheeks)
    assert (first.with_au6, second.with_au6) == (True, False)
    assert first.asymmetry == pytest.approx(0)
    assert second.asymmetry == pytest.approx(1 / 3)
    # 4 in 2 s; the mean of both sides of the second smile rises by 3 in 2 s.
    assert first.onset_speed == pytest.approx(2.0, rel=0.02)
    assert second.onset_speed == pytest.approx(1.5, rel=0.02)
    assert smiles(T, left, right, np.full_like(T, np.nan))[0].with_au6 is None


def test_gaze_is_averted_from_the_given_angle_on():
    away = np.where((T > 10) & (T < 12), 30.0, 5.0)
    away[(T > 20) & (T < 22)] = 18.0
    (event,) = gaze_aversions(T, away)
    assert event.duration_s == pytest.approx(2, abs=0.1)
    assert share_of_time([event], 60) == pytest.approx(2 / 60, rel=0.05)


def oscillation(start: float, cycles: int, hz: float, deg: float) -> np.ndarray:
    inside = (start <= T) & (start + cycles / hz >= T)
    return np.where(inside, deg / 2 * (1 - np.cos(2 * np.pi * hz * (T - start))), 0.0)


def test_nods_and_shakes_are_told_by_their_axis():
    noise = 0.2 * np.random.default_rng(0).standard_normal((2, len(T)))
    pitch = oscillation(10, 3, 2.0, -8.0) + 0.2 * oscillation(30, 3, 2.0, 10.0) + noise[0]
    yaw = oscillation(30, 3, 2.0, 10.0) + 0.2 * oscillation(10, 3, 2.0, 8.0) + noise[1]
    nod, shake = head_movements(T, yaw, pitch)
    assert (nod.kind, nod.swings, shake.kind, shake.swings) == ("nod", 6, "shake", 6)
    assert (nod.start_s, nod.end_s) == pytest.approx((10, 11.5), abs=0.15)
    assert nod.range_deg == pytest.approx(8, abs=0.8)
    assert shake.cycles_hz == pytest.approx(2.0, rel=0.15)


def test_a_look_aside_and_a_slow_turn_are_neither():
    aside = oscillation(10, 1, 1.0, 20.0)  # there and back
    slow = oscillation(20, 3, 0.2, 30.0)
    assert head_movements(T, aside + slow, np.zeros_like(T)) == []
    assert len(head_movements(T, np.zeros_like(T), oscillation(10, 1, 2.0, -6.0))) == 1  # one nod, down and up


def test_a_grid_has_equal_steps_and_keeps_gaps():
    times = np.array([0.0, 0.1, 0.25, 1.5, 1.6])
    grid, values = on_grid(times, 2 * times, 0.05)
    assert np.diff(grid) == pytest.approx(0.05)
    assert values[:6] == pytest.approx(2 * grid[:6])
    assert np.isnan(values[(grid > 0.26) & (grid < 1.49)]).all()
    assert values[-1] == pytest.approx(3.2)
