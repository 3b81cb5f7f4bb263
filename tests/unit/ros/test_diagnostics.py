"""Values of diagnostics are text, and anybody's."""

from __future__ import annotations

import pytest

from mien.ros.diagnostics import number


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("12", 12), ("12.9", 12), ("-3", -3), ("1e3", 1000),
        (None, 0), ("", 0), ("many", 0), ("nan", 0), ("inf", 0), ("-inf", 0), ("12 fps", 0), ("9" * 5000, 0),
    ],
)  # fmt: skip
def test_what_is_no_number_counts_as_none(text: str | None, value: int) -> None:
    assert number(text) == value
