"""Time that only goes forward, whatever the stamps do."""

from __future__ import annotations

import numpy as np
from hypothesis import given, strategies as st

from mien.core.temporal.clock import ForwardClock

S, MS = 1_000_000_000, 1_000_000
FRAME = S // 30


def times(*stamps: int) -> list[int]:
    clock = ForwardClock()
    return [clock(s) for s in stamps]


def test_stamps_that_advance_are_the_time() -> None:
    stamps = [5, 6, FRAME, 2 * FRAME, 30 * S, 30 * S + 1]
    assert times(*stamps) == stamps


def test_stamps_that_stand_still_count_a_sixtieth_of_a_second() -> None:
    np.testing.assert_allclose(np.diff(times(*[7 * S] * 61)), S / 60, atol=1)


def test_rounded_stamps_are_right_on_average_and_spread() -> None:
    true = np.arange(0, 10 * S, FRAME)
    got = np.array(times(*(int(t) // (100 * MS) * 100 * MS for t in true)))
    assert (np.diff(got) >= 16 * MS).all()
    assert np.abs(got - true).max() <= 100 * MS


def test_late_stamps_do_not_hurry_the_time() -> None:
    stamps = [s for i in range(100) for s in (S + 2 * i * FRAME, S + 2 * i * FRAME - 200 * MS)]
    got = times(*stamps)
    assert (np.diff(got) > 0).all()
    assert abs((got[-1] - got[0]) - (stamps[-1] - stamps[0] + 200 * MS)) <= 20 * MS


def test_another_recording_goes_on_from_where_the_time_stands() -> None:
    first, second, third = times(100 * S, 3 * S, 3 * S + FRAME)
    assert second - first == S // 60 + 1  # a tick
    assert third - second == FRAME


def test_a_gap_of_hours_counts_a_minute() -> None:
    first, second, third = times(0, 10_000 * S, 10_000 * S + FRAME)
    assert second - first == 60 * S
    assert third - second == FRAME


def test_a_stamp_a_second_late_is_late_and_one_that_is_later_is_of_another_recording() -> None:
    # After the former, time waits until the stamps are ahead again.
    assert times(10 * S, 9 * S, 10 * S + 2 * FRAME)[-1] == 10 * S + 2 * FRAME
    assert times(10 * S, 9 * S - 1, 10 * S + FRAME)[-1] > 11 * S


@given(st.lists(st.integers(-(2**31) * S, 2**31 * S), min_size=2, max_size=50))
def test_it_advances_with_every_call_and_never_by_more_than_a_minute(stamps: list[int]) -> None:
    steps = np.diff(times(*stamps))
    assert (steps > 0).all()
    assert (steps <= 60 * S).all()
