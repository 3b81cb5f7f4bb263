"""What `mien bag recompute` prints of differences.json."""

from __future__ import annotations

from typing import Any

import pytest

from mien.bags.exact.recompute import shown

ALIKE = {"fields": {"rigs.weights": {"mean_absolute": 0.0, "rms": 0.0, "largest": 0.0}}, "faces": {}, "only_in_one": {}}


def told(**values: Any) -> list[str]:
    return [line.strip() for line in shown(ALIKE | {"networks": {"before": {}, "now": {}}} | values)]


@pytest.mark.parametrize(
    ("before", "says"),
    [
        ({"encoder": "a", "iris": "b"}, "other weights: none"),
        ({"encoder": "z", "iris": "b"}, "other weights: encoder"),
        ({"encoder": "a"}, "other weights: none"),  # iris is new since; it has read nothing then
        (None, "the bag does not say with which weights it was recorded"),
    ],
)
def test_weights_that_changed_are_named(before: dict[str, str] | None, says: str) -> None:
    now = {"encoder": "a", "iris": "b"}
    assert told(networks={"before": before, "now": now}) == [says, "no number differs"]


def test_the_fields_that_differ_most_come_first_and_the_rest_is_counted() -> None:
    fields = {f"f{i}": {"mean_absolute": i / 10, "rms": i / 5, "largest": float(i)} for i in range(15)}
    lines = told(fields=fields, faces={"faces: only after": 2}, only_in_one={"rigs": 1})
    assert lines[1].split() == ["f14", "mean", "1.4", "rms", "2.8", "largest", "14"]
    assert lines[12].startswith("f3 ")
    assert lines[13:] == ["and 2 more", "faces: only after: 2", "rigs: 1 only in one of both"]
