"""Pictures of reports, and contact sheets."""

from __future__ import annotations

import importlib
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest

from mien.core.errors import ReportError
from mien.evaluate import sheet
from mien.evaluate.plots import draw_all
from mien_models.head.motion.distance import embed

from . import people


def small_report() -> dict[str, Any]:
    """Two routes, two names of everything; some numbers are missing."""
    units = {"AU1L": None, "AU12L": 0.5}
    by_unit = {n: dict.fromkeys(("icc", "mae", "f1", "auc"), v) for n, v in units.items()}
    bins = {"said": [0.1, None, 0.9], "found": [0.2, None, 0.8], "count": [5, 0, 5]}
    moved = {"median": 0.1, "median_active": 0.2, "by_unit": {n: {"median_active": v} for n, v in units.items()}}
    still = {"people": 2, "expressions": ["neutral"], "response": 2.0, "pose": moved, "identity": moved}
    groups = [{"name": "a", "count": 50, "mean_r": 0.4}, {"name": "b", "count": 3}]
    rows = [
        {"from": 0, "to": 10, "count": 90, "mean_r": 0.5, "units_mae": 0.4, "units_sd": None},
        {"from": 10, "to": 20, "count": 1},
    ]
    levels = [
        {"level": i, "mean_r": 0.6 - i / 4, "units_mae": 0.3, "units_sd": 0.4, "count": 9} for i in range(3)
    ]  # fmt: skip
    routes = ("encoder", "mediapipe")
    return {
        "main": "encoder",
        "data": {"faces": 7, "people": 2},
        "shapes": {r: {"r": {"jawOpen": 0.5, "tongueOut": None}, "mean_r": 0.5} for r in routes},
        "units": {r: {"by_unit": by_unit, "mean": dict.fromkeys(("icc", "mae", "f1", "auc"), 0.5)} for r in routes},
        "triplets": {
            r: {"all": 0.5, "count": 9, "by_type": {"ONE": None, "TWO": 0.4, "THREE": 0.6}, "matched": None}
            for r in (*routes, "other")
        },
        "retrieval": {"encoder": {"gain": {"5": 0.5}, "same_person": 0.1}, "mediapipe": {}, "other": {}},
        "robustness": {"yaw_deg": dict.fromkeys(routes, rows), "covered": {"encoder": levels}},
        "invariance": dict.fromkeys(routes, still),
        "gaps": {r: {"age": {"groups": groups, "gap": {"mean_r": None}}} for r in routes},
        "reliability": {
            "encoder": {
                "presence": {"ece": 0.1, **bins},
                "shapes": {"calibration_error": 0.1, "within_1_sd": 0.7, **bins},
                "units": {"calibration_error": 0.1, "within_1_sd": 0.7, **bins},
            }
        },
        "emotions": {"accuracy": 0.5, "macro_f1": 0.5, "names": ["neutral", "anger"], "confusion": [[1, 1], [0, 0]]},
        "few_labels": [{"features": "x", "share": 0.1, "labels": 9, "icc": 0.3, "icc_sd": None}],
    }  # fmt: skip


PICTURES = {
    "shapes", "units", "triplets", "robustness", "uncertainty", "invariance", "gaps", "reliability", "emotions",
    "few_labels",
}  # fmt: skip


def test_a_picture_for_everything_a_report_holds(tmp_path: Path) -> None:
    made = draw_all(small_report(), tmp_path)
    assert {path.stem for path in made} == PICTURES
    for path in made:
        picture = cv2.imread(str(path))
        assert picture is not None
        assert picture.min() < 80  # something is drawn
        assert (picture[:3] == 255).all()  # nothing is cut off at the top


def test_what_a_report_does_not_hold_is_not_drawn(tmp_path: Path) -> None:
    report = small_report() | {"reliability": {}, "emotions": {}, "few_labels": [], "triplets": {}}
    made = {path.stem for path in draw_all(report, tmp_path)}
    assert made == PICTURES - {"reliability", "emotions", "few_labels", "triplets"}


def test_without_matplotlib_the_extra_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def absent(name: str) -> None:
        raise ImportError(name)

    monkeypatch.setattr(importlib, "import_module", absent)
    with pytest.raises(ReportError, match=r"pip install 'mien\[report\]'"):
        draw_all(small_report(), tmp_path)


def marked() -> Any:
    """Faces whose crop is one grey level per person."""
    faces = people.faces()
    faces.crop[:] = (20 * faces.identity)[:, None, None, None]
    return faces


def test_neighbours_are_of_other_people_and_each_is_shown_once() -> None:
    faces = marked()
    picture = sheet.neighbours(faces, embed(faces.shapes).astype(np.float32), rows=4)
    assert picture.dtype == np.uint8
    tiles = picture.reshape(4, -1, picture.shape[1], 3)[:, 10]
    for line in tiles:
        query = line[5, 0]
        shown = [line[122 + 112 * i + 5, 0] for i in range(7)]
        others = [level for level in shown if level != 255]
        assert query not in others
        assert len(others) == len(set(others)) == 5


def test_faces_without_a_place_in_the_space_are_left_out() -> None:
    faces = marked()
    points = embed(faces.shapes).astype(np.float32)
    points[faces.identity == 3] = np.nan
    assert (sheet.neighbours(faces, points, rows=3)[10] != 60).all()
    points[faces.identity != 0] = np.nan
    with pytest.raises(ValueError, match="two people"):
        sheet.neighbours(faces, points)
