from __future__ import annotations

from dataclasses import replace

import pytest

from mien.doctor.clocks import check_clocks, check_stamps
from mien.doctor.finding import Level
from mien.doctor.snapshot import Snapshot

from .graphs import HEARD, end, only, split, traffic

YEARS_S = 1.7e9


def faces(**heard: float) -> Snapshot:
    return split(faces=traffic("faces", [end("/faces", "faces")], heard=replace(HEARD, **heard)))  # type: ignore[arg-type]


def test_clocks_in_step() -> None:
    assert not list(check_clocks(split()))
    assert not list(check_stamps(split()))


@pytest.mark.parametrize(("skew_s", "words"), [(-3.2, "3.2 s ahead"), (4.0, "4.0 s behind")])
def test_a_machine_whose_clock_differs(skew_s: float, words: str) -> None:
    finding = only(check_clocks(faces(skew_s=skew_s)))

    assert finding.level == Level.WARN
    assert f"the clock of faces is {words}" in finding.seen
    assert "chrony" in finding.mend


def test_latched_messages_are_older_than_the_clocks_differ() -> None:
    snapshot = split(
        labels=traffic("labels", [end("/affects", "labels")], heard=replace(HEARD, skew_s=60.0, late_s=None))
    )

    assert not list(check_clocks(snapshot))


@pytest.mark.parametrize(
    ("late_s", "words"),
    [
        (2.5, "2.5 s old already when faces publishes them"),
        (-0.4, "0.40 s into the future"),
        (YEARS_S, "does not stamp its messages with the wall clock's time"),
    ],
)
def test_wrong_stamps(late_s: float, words: str) -> None:
    finding = only(check_stamps(faces(late_s=late_s)))

    assert (finding.level, finding.subject) == (Level.WARN, "/faces")
    assert words in finding.seen


def test_stamps_of_simulated_time_are_not_compared() -> None:
    assert not list(check_stamps(replace(faces(late_s=YEARS_S), clock=True)))
