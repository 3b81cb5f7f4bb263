from __future__ import annotations

from collections.abc import Iterator

import pytest

from mien.doctor.finding import Finding, Level, by_subject, examine, listed, ok, warn


def test_a_check_that_breaks_is_named_and_the_others_go_on() -> None:
    def breaks() -> Iterator[Finding]:
        yield ok("disk", "is there")
        raise OSError("no such disk")

    findings = examine([("disk", breaks), ("python", lambda: [ok("python", "3.12")])])

    assert [(f.level, f.subject, f.seen) for f in findings] == [
        (Level.OK, "disk", "is there"),
        (Level.WARN, "disk", "could not be checked: no such disk"),
        (Level.OK, "python", "3.12"),
    ]


def test_findings_of_one_subject_stand_together() -> None:
    findings = [ok("/faces", "30 Hz"), ok("/rigs", "30 Hz"), warn("/faces", "misfit")]

    assert [f.seen for f in by_subject(findings)] == ["30 Hz", "misfit", "30 Hz"]


@pytest.mark.parametrize(
    ("words", "text"),
    [
        ([], "nobody"),
        (["a"], "a"),
        (["a", "b", "c"], "a, b, c"),
        (["a", "b", "c", "d"], "a, b and 2 more"),
    ],
)
def test_long_lists_are_cut(words: list[str], text: str) -> None:
    assert listed(words, at_most=3) == text
