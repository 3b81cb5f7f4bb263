"""Curves break where the face was away; every session gives a picture."""

from __future__ import annotations

import importlib
from dataclasses import replace
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest

from mien.bags.read import Session
from mien.core.errors import ReportError
from mien.report import timeline
from mien.report.collect import Collected, Series, collect
from mien.report.timeline import draw_timeline

from ..bags.sessions import easing, moment, shapes, write_bag  # noqa: TID252


def collected(tmp_path: Path, moments: Any) -> Collected:
    return collect(Session(write_bag(tmp_path / "bag", moments)))


def away(tmp_path: Path) -> Collected:
    """Seen in frames 0, 1 and 4 of 6."""
    return collected(tmp_path, [moment(i, ids=(1,) if i in (0, 1, 4) else ()) for i in range(6)])


def test_no_line_bridges_frames_without_the_face(tmp_path: Path) -> None:
    c = away(tmp_path)
    assert c.main
    times, values = timeline._gapped(c, c.main.valence_arousal)
    np.testing.assert_allclose(times, [0, 0.04, 0.10, 0.16], atol=1e-9)
    assert np.isnan(values[:, 0]).tolist() == [False, False, True, False]


def test_frames_that_were_dropped_break_no_line(tmp_path: Path) -> None:
    c = collected(tmp_path, [moment(i) for i in (0, 1, 4, 5)])  # 2 and 3 were never processed
    assert c.main
    times, _ = timeline._gapped(c, c.main.valence_arousal)
    assert len(times) == 4


def test_columns_hold_a_frame_until_the_next_one(tmp_path: Path) -> None:
    c = away(tmp_path)
    assert c.main
    image = timeline._raster(c, c.main.action_units)
    assert len(image) == 12  # two per frame
    known = np.isfinite(image[:, 0])
    # 0.2 s in 12 columns; the face was there from 0 to 0.08 and from 0.16 to the end.
    assert known.tolist() == [True] * 5 + [False] * 5 + [True] * 2


def test_units_that_are_unsure_are_greyed(tmp_path: Path) -> None:
    sure, unsure = [moment(i) for i in range(3)], [moment(i) for i in range(3)]
    for m in unsure:
        assert m.affects
        blind = np.zeros_like(m.affects.affects[0].au_confidence)
        m.affects = replace(m.affects, affects=(replace(m.affects.affects[0], au_confidence=blind),))
    whites = []
    for name, moments in (("sure", sure), ("unsure", unsure)):
        (tmp_path / name).mkdir()
        draw_timeline(collected(tmp_path / name, moments), tmp_path / f"{name}.png", "title")
        units = cv2.imread(str(tmp_path / f"{name}.png"))
        assert units is not None
        whites.append(float((units[100:700, 300:1500] == 255).all(axis=2).mean()))
    assert whites[0] > 0.5
    assert whites[1] < 0.05


def test_many_frames_to_a_column_keep_the_largest(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timeline, "_COLUMNS", 4)
    c = collected(tmp_path, [moment(i) for i in range(41)])
    values = np.zeros((41, 1), np.float32)
    values[17] = 3.0
    image = timeline._raster(c, Series(c.stamps_ns, values))
    assert image[:, 0].tolist() == [0.0, 3.0, 0.0, 0.0]


@pytest.mark.parametrize(
    "moments",
    [
        [moment(i, weights=shapes(jawOpen=i / 20)) for i in range(20)],
        [moment(0)],
        [moment(i, ids=()) for i in range(3)],
        [moment(0), easing(0), easing(1), moment(5, ids=())],
        [moment(i, weights=np.full(52, np.nan, np.float32)) for i in range(3)],
    ],
    ids=["talk", "still", "nobody", "lost", "unobserved"],
)
def test_a_picture_for_every_session(tmp_path: Path, moments: Any) -> None:
    draw_timeline(collected(tmp_path, moments), tmp_path / "timeline.png", "title")
    picture = cv2.imread(str(tmp_path / "timeline.png"))
    assert picture is not None
    assert picture.shape == (1950, 1690, 3)
    assert picture.min() < 80
    assert (picture[:3] == 255).all()


def test_parts_that_are_missing_are_said_to_be(tmp_path: Path) -> None:
    moments = [moment(i) for i in range(3)]
    for m in moments:  # privacy, and no affects node
        m.faces = m.affects = None
    draw_timeline(collected(tmp_path, moments), tmp_path / "timeline.png", "title")


def test_without_matplotlib_the_extra_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def absent(name: str) -> None:
        raise ImportError(name)

    monkeypatch.setattr(importlib, "import_module", absent)
    with pytest.raises(ReportError, match=r"pip install 'mien\[report\]'"):
        draw_timeline(collected(tmp_path, [moment(0)]), tmp_path / "timeline.png", "title")
