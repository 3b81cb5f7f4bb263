"""`mien actor report`: everything that it promises, measured through the whole chain."""

from __future__ import annotations

import json
from pathlib import Path

import cv2
import pytest

from mien.cli.__main__ import main
from mien_models.spaces import arkit

pytest.importorskip("numba", reason="the actor needs the extra `actor`")
pytestmark = [pytest.mark.real, pytest.mark.slow]


def test_the_report_holds_its_numbers_and_pictures(tmp_path: Path) -> None:
    out = tmp_path / "actor"
    assert main(["actor", "report", "--out", str(out), "--stills", "2", "--people", "1", "--seconds", "1"]) == 0
    numbers = json.loads((out / "report.json").read_text())
    assert (numbers["people"], numbers["frames"], numbers["tracked"]) == (1, 25, 1)
    assert numbers["detected_30"] == 1
    assert 0.5 <= numbers["detected_50"] <= 1
    assert tuple(numbers["pearson"]) == arkit.BLENDSHAPES
    assert numbers["pearson"]["tongueOut"] is None  # the network has no such output
    assert 0 < numbers["landmark_nme_lips_lids"] < numbers["landmark_nme"] < 0.05
    assert 0 < numbers["pose_err_deg_median"] < 8
    assert 0 < numbers["gaze_err_deg_median"] < 40
    assert 0.9 < numbers["distance_ratio_median"] < 1.15
    assert numbers["cpu_images_per_s"] > 0
    assert numbers["cpu_load"] >= 0
    assert numbers["seed_max_diff"] == 0
    for name in ("contact_sheet.png", "correlations.png", "timeline.png"):
        assert cv2.imread(str(out / name)).std() > 10


@pytest.mark.parametrize(("option", "value"), [("--people", "0"), ("--stills", "0"), ("--seconds", "0")])
def test_nothing_to_measure_is_refused(
    tmp_path: Path, option: str, value: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["actor", "report", "--out", str(tmp_path), option, value]) == 2
    assert option in capsys.readouterr().err
