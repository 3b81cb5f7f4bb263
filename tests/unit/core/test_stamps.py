from __future__ import annotations

import pytest
from hypothesis import given, strategies as st

from mien.core.temporal.stamps import StampGate

MS = 1_000_000
S = 1000 * MS


def times(gate: StampGate, stamps_ms: list[int], start_ms: int = 1_000_000) -> list[int | None]:
    """What the gate makes of stamps that arrive every 33 ms [ms]."""
    told = [gate(stamp * MS, (start_ms + 33 * i) * MS) for i, stamp in enumerate(stamps_ms)]
    return [None if t is None else t // MS for t in told]


def test_good_stamps_pass_unchanged() -> None:
    gate = StampGate()
    assert times(gate, [5000, 5033, 5066]) == [5000, 5033, 5066]
    assert (gate.late, gate.lost, gate.restarts, gate.arrived, gate.problem) == (0, 0, 0, 0, "")


def test_stamps_of_zero_become_times_of_arrival_and_are_told() -> None:
    gate = StampGate()
    assert times(gate, [0, 0, 0]) == [1_000_000, 1_000_033, 1_000_066]
    assert gate.arrived == 3
    assert "stand still at 0.000 s" in gate.problem


def test_a_stamp_that_stands_still_is_left_after_three_repeats_and_comes_back() -> None:
    gate = StampGate()
    told = times(gate, [7000] * 6 + [2_000_000])
    assert told == [7000, None, None, 1_000_099, 1_000_132, 1_000_165, 2_000_000]
    assert gate.problem == ""
    assert (gate.late, gate.arrived) == (2, 3)


def test_one_duplicate_is_late_and_no_problem() -> None:
    gate = StampGate()
    assert times(gate, [100, 133, 133, 166]) == [100, 133, None, 166]
    assert gate.late == 1
    assert gate.problem == ""


def test_an_image_200_ms_late_is_dropped_and_counted() -> None:
    gate = StampGate()
    assert times(gate, [1000, 1033, 833, 1066, 866, 1099]) == [1000, 1033, None, 1066, None, 1099]
    assert gate.late == 2


def test_a_jump_back_of_more_than_a_second_begins_anew() -> None:
    gate = StampGate()
    assert times(gate, [9000, 9033, 4000, 4033]) == [9000, 9033, 4000, 4033]
    assert (gate.late, gate.restarts) == (0, 1)


def test_what_is_missing_between_stamps_is_counted() -> None:
    gate = StampGate()
    stamps = [33 * i for i in range(1, 60) if i not in (40, 50, 51, 52)]
    times(gate, stamps)
    assert gate.lost == 4


def test_a_pause_is_no_loss() -> None:
    gate = StampGate()
    times(gate, [33 * i for i in range(1, 40)] + [60_000, 60_033])
    assert gate.lost == 0


def test_a_changed_rate_is_learned() -> None:
    gate = StampGate()
    times(gate, [33 * i for i in range(1, 40)] + [33 * 40 + 66 * i for i in range(100)])
    assert gate.lost <= 20  # until the slower rate is the usual one


@given(st.lists(st.one_of(st.just(0), st.integers(0, 10 * S), st.integers(-5 * S, 2**62)), max_size=60))
def test_times_go_on_but_for_restarts(stamps: list[int]) -> None:
    gate = StampGate()
    newest: int | None = None
    for i, stamp in enumerate(stamps):
        told = gate(stamp, 1_700_000_000 * S + i * 33 * MS)
        if told is not None:
            assert newest is None or told > newest or newest - told > S - 1
            newest = told


@pytest.mark.parametrize("stamp", [0, 5 * S])
def test_the_gate_lives_with_a_clock_of_the_host_that_was_set_back(stamp: int) -> None:
    gate = StampGate()
    for _ in range(5):
        gate(stamp, 9_000 * S)
    assert gate(stamp, 10 * S) == 10 * S
