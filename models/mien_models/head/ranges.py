"""Check settings that are numbers within a range."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any


def check(config: Any, ranges: Mapping[str, tuple[float, float]], ascending: Sequence[tuple[str, str]] = ()) -> None:
    """Raise ValueError when a field is outside its range, or when the first value of a pair is above the second."""
    for name, (low, high) in ranges.items():
        value = getattr(config, name)
        if not low <= value <= high:
            raise ValueError(f"{name} is {value:g}, not within [{low:g}, {high:g}]")
    for low_name, high_name in ascending:
        if getattr(config, low_name) > getattr(config, high_name):
            raise ValueError(f"{low_name} is above {high_name}")
