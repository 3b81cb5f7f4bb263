"""Explanations: which units are shown, and where the heat lies."""

from __future__ import annotations

import io
from dataclasses import replace
from pathlib import Path

import cv2
import numpy as np
import pytest
from rich.console import Console

from mien.bags.read import Session
from mien.core.errors import ReportError
from mien.report.sheets import explain
from mien_models import FakeSession
from mien_models.heatmaps import strongest
from mien_models.spaces import facs

from ..bags.sessions import moment, shapes, write_bag  # noqa: TID252

QUIET = Console(file=io.StringIO())


def heat(inputs: dict[str, np.ndarray]) -> dict[str, np.ndarray]:  # type: ignore[type-arg]
    maps = np.zeros((len(inputs["image"]), len(facs.AUS), 24, 20), np.float32)
    maps[:, facs.INDEX["AU12L"], 18, 15] = 0.8
    maps[:, facs.INDEX["AU4R"], 3, 5] = 0.3
    return {"heatmaps": maps, "intensity": 5 * maps.max((2, 3))}


def test_the_strongest_units_are_shown_and_weak_ones_are_not() -> None:
    intensity = np.zeros(len(facs.AUS), np.float32)
    intensity[[3, 8, 20]] = 0.4, 2, 3
    assert strongest(intensity) == [20, 8]


def test_heat_lies_where_the_map_says() -> None:
    picture = np.full((224, 224, 3), 100, np.uint8)
    found = heat({"image": np.zeros((1, 112, 112, 3), np.uint8)})["heatmaps"][0, facs.INDEX["AU12L"]]
    drawn = explain.overlaid(picture, found).astype(int)
    changed = np.abs(drawn - 100).sum(2)
    y, x = np.unravel_index(int(changed.argmax()), changed.shape)
    # Cell (18, 15) of 4 px, in a window from (10, 16) of the 112 px.
    assert (y / 2, x / 2) == pytest.approx((10 + 18.5 * 4, 16 + 15.5 * 4), abs=4)
    assert changed[:40].max() == 0


def test_a_recording_with_crops_is_explained_and_one_without_says_what_to_do(tmp_path: Path) -> None:
    crop = np.full((112, 112, 3), 90, np.uint8)
    moments = []
    for i in range(6):
        one = moment(i, weights=shapes(jawOpen=0.1 * i))
        assert one.faces is not None
        moments.append(one.but(faces=replace(one.faces, faces=tuple(replace(f, crop=crop) for f in one.faces.faces))))
    session = Session(write_bag(tmp_path / "bag", moments))
    rows = explain.explain(session, FakeSession(heat))
    assert [round(row.when_s / 0.04) for row in rows] == [*range(6)]
    assert {row.track_id for row in rows} == {1}
    assert [facs.AUS[u] for u in rows[0].strongest] == ["AU12L", "AU4R"]
    path = explain.write(rows, tmp_path)
    sheet = cv2.imread(str(path))
    assert sheet is not None
    assert sheet.shape[1] == 2 * 24 + 5 * (192 + 10) - 10
    assert (sheet.max(2).astype(int) - sheet.min(2)).max() > 80  # heat has colour
    bare = Session(write_bag(tmp_path / "bare", [moment(i) for i in range(3)]))
    with pytest.raises(ReportError, match=r"no picture of a face to explain.*graph.privacy normalised"):
        explain.explain(bare, FakeSession(heat))
