"""Text that fits, inside the picture."""

from __future__ import annotations

import builtins
from typing import Any

import numpy as np
import pytest

from mien.core.errors import ReportError
from mien.report import text


def ink(image: Any) -> tuple[int, int, int, int]:
    """First and last row and column that text has touched."""
    rows, columns = np.nonzero(image.any(2))
    return int(rows.min()), int(rows.max()), int(columns.min()), int(columns.max())


def test_text_stands_on_its_baseline_and_is_as_wide_as_told() -> None:
    image = np.zeros((60, 300, 3), np.uint8)
    text.put(image, "HIH", 20, 40, 24, (255, 255, 255))
    top, bottom, left, right = ink(image)
    assert bottom == 39
    assert 16 <= bottom - top + 1 <= 20  # the capitals of a 24 px font
    assert 20 <= left <= 23
    assert right <= 20 + text.width("HIH", 24)


@pytest.mark.parametrize(("align", "left_of"), [("left", 0.0), ("middle", 0.5), ("right", 1.0)])
def test_alignment(align: str, left_of: float) -> None:
    image = np.zeros((40, 400, 3), np.uint8)
    text.put(image, "HHHH", 200, 30, 20, (9, 9, 9), align=align)
    _, _, left, _ = ink(image)
    assert left == pytest.approx(200 - left_of * text.width("HHHH", 20), abs=3)


def test_edges_are_smooth_and_blend_with_what_lies_below() -> None:
    image = np.full((40, 60, 3), 100, np.uint8)
    text.put(image, "O", 10, 30, 28, (200, 200, 200))
    values = np.unique(image)
    assert values.min() == 100
    assert values.max() == 200
    assert len(values) > 20


@pytest.mark.parametrize(("x", "y"), [(-30, 20), (70, 20), (20, -4), (20, 60), (-500, -500)])
def test_what_lies_outside_the_picture_is_cut_off(x: int, y: int) -> None:
    image = np.zeros((40, 80, 3), np.uint8)
    text.put(image, "wide text", x, y, 20, (255, 255, 255))


def test_long_text_ends_in_an_ellipsis() -> None:
    assert text.fit("lip corner depressor", 12, 400) == "lip corner depressor"
    short = text.fit("lip corner depressor", 12, 80)
    assert short.endswith("…")
    assert "lip corner depressor".startswith(short[:-1])
    assert text.width(short, 12) <= 80
    assert text.fit("word", 12, 2) == ""


def test_without_matplotlib_the_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    real = builtins.__import__

    def absent(name: str, *args: Any, **kwargs: Any) -> Any:
        if name == "matplotlib":
            raise ImportError("No module named 'matplotlib'", name=name)
        return real(name, *args, **kwargs)

    monkeypatch.setattr(builtins, "__import__", absent)
    text._folder.cache_clear()
    with pytest.raises(ReportError, match=r"needs matplotlib.*pip install 'mien\[report\]'"):
        text._folder()
    text._folder.cache_clear()
