"""Events of series whose onset, apex and offset are known by hand."""

from __future__ import annotations

import numpy as np
import pytest

from mien.core.errors import StatisticsError
from mien.statistics.events import Event, Rule, events, observed_s

T = np.arange(0, 10.001, 0.1)


def triangle(start: float, top: float, end: float, peak: float) -> np.ndarray:
    """0 up to `start`, `peak` at `top`, 0 from `end` on."""
    return np.interp(T, [start, top, end], [0.0, peak, 0.0])


def test_a_triangle_has_onset_and_offset_where_it_crosses_the_lower_threshold():
    # Rises by 4 within 2 s, so passes 1 after 0.5 s; falls by 4 within 1 s, so passes 1 after 0.75 s.
    (event,) = events(T, triangle(2.0, 4.0, 5.0, 4.0), "AU12L")
    assert event.unit == "AU12L"
    assert (event.onset_s, event.apex_s, event.offset_s, event.peak) == pytest.approx((2.5, 4.0, 4.75, 4.0))
    assert event.whole
    assert event.duration_s == pytest.approx(2.25)


def test_what_trembles_between_the_thresholds_is_one_event():
    values = triangle(2.0, 4.0, 8.0, 3.0) + 0.4 * (-1.0) ** np.arange(len(T))
    assert len(events(T, values, "AU4L", Rule(start=2.0, end=0.5))) == 1
    # One threshold, as a rule with next to no hysteresis, cuts the same series into several.
    assert len(events(T, values, "AU4L", Rule(start=2.0, end=1.99, shortest_s=0))) > 1


def test_what_never_reaches_the_upper_threshold_is_none():
    assert events(T, triangle(2.0, 4.0, 6.0, 1.9), "AU12L") == []


def test_events_shorter_than_the_minimum_are_dropped():
    spike = np.where(np.isclose(T, 5.0), 3.0, 0.0)  # above 1 for 2 × 0.0667 s
    assert len(events(T, spike, "AU1L", Rule(shortest_s=0.13))) == 1
    assert events(T, spike, "AU1L", Rule(shortest_s=0.14)) == []


def test_a_short_gap_is_bridged_and_a_long_one_cuts():
    values = triangle(1.0, 5.0, 9.0, 4.0)
    short, long = values.copy(), values.copy()
    short[50:52] = np.nan  # 4.9 s to 5.2 s: 0.3 s between what was seen
    long[50:70] = np.nan
    assert [e.whole for e in events(T, short, "AU6L", Rule(gap_s=0.35))] == [True]
    before, after = events(T, long, "AU6L")
    assert (before.began, before.ended, after.began, after.ended) == (True, False, False, True)
    assert (before.offset_s, after.onset_s) == pytest.approx((4.9, 7.0))


def test_an_event_at_either_end_says_that_it_was_cut():
    first, last = events(T, np.where((T < 1) | (T > 9), 3.0, 0.0), "AU26")
    assert (first.onset_s, first.began, first.ended) == (0.0, False, True)
    assert (last.offset_s, last.began, last.ended) == (10.0, True, False)


def test_several_units_come_in_order_of_their_onsets():
    both = np.stack([triangle(5, 6, 7, 4), triangle(1, 2, 3, 4)], axis=1)
    assert [e.unit for e in events(T, both, ("AU1L", "AU12R"))] == ["AU12R", "AU1L"]


def test_slow_images_are_no_gaps():
    slow = np.arange(0.0, 20.0)
    values = np.interp(slow, [3, 8, 13], [0, 5, 0])
    (event,) = events(slow, values, "AU12L")
    assert isinstance(event, Event)
    assert (event.onset_s, event.offset_s) == pytest.approx((4.0, 12.0))


def test_observed_time_counts_bridged_gaps_and_no_others():
    values = np.zeros_like(T)
    assert observed_s(T, values) == pytest.approx(10.1)
    values[40:60] = np.nan  # 2 s
    assert observed_s(T, values) == pytest.approx(8.1)
    assert observed_s(T, np.full_like(T, np.nan)) == 0


@pytest.mark.parametrize(
    ("times", "values", "units"),
    [([0, 1, 1], [0, 0, 0], "AU1L"), ([0, 1], [0, 0, 0], "AU1L"), ([0, 1], [[0, 0], [0, 0]], ("AU1L",))],
)
def test_what_does_not_fit_is_refused(times, values, units):
    with pytest.raises(StatisticsError):
        events(times, values, units)


def test_a_rule_without_hysteresis_is_refused():
    with pytest.raises(StatisticsError, match="less than"):
        Rule(start=1, end=1)
