"""`mien evaluate` from drawing faces to pictures, small."""

from __future__ import annotations

import json
from pathlib import Path

import cv2
import numpy as np
import pytest

from mien.cli.__main__ import main
from mien_models.datasets.dataset import Dataset
from mien_models.datasets.fer2013 import CLASSES
from mien_models.datasets.write import write
from mien_models.evaluate.grid import EXPRESSIONS, YAWS_DEG
from mien_models.head.pictures.draw import DatasetConfig

pytest.importorskip("numba", reason="drawing on the CPU needs numba")
pytest.importorskip("matplotlib", reason="the report's pictures need Matplotlib")


@pytest.fixture(scope="module")
def drawn(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three people of 20 pictures each."""
    path = tmp_path_factory.mktemp("faces") / "data"
    write(path, DatasetConfig(images=60, size=128, split="train", occluded=0.0, degraded=0.0))
    return path


def test_a_report_of_the_baseline(drawn: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    given = ["--data", str(drawn), "--model", "mediapipe", "--people", "2", "--out", str(tmp_path)]
    assert main(["evaluate", "encoder", *given]) == 0
    report = json.loads((tmp_path / "report.json").read_text("utf-8"))
    assert report["data"] == {"faces": 60, "people": 3, "found": pytest.approx(1, abs=0.05)}
    assert report["invariance"]["mediapipe"]["people"] == 2
    assert len(report["invariance"]["mediapipe"]["expressions"]) == len(EXPRESSIONS)
    assert len(YAWS_DEG) == 3
    # MediaPipe sees a jaw open on whomever.
    assert report["shapes"]["mediapipe"]["r"]["jawOpen"] > 0.5
    sheet = cv2.imread(str(tmp_path / "neighbours.png"))
    assert sheet is not None
    assert (tmp_path / "units.png").is_file()
    assert "train split" in capsys.readouterr().err


def test_a_labelled_set_from_pictures_to_numbers(drawn: Path, tmp_path: Path) -> None:
    """Drawn faces as FER2013 would hold them, and one picture of nobody."""
    data = Dataset(drawn)
    rows = ["emotion,pixels,Usage", f"0,{' '.join(['90'] * 2304)},PrivateTest"]
    for crop, name in zip(data["crop"], data["name"], strict=True):
        if name in CLASSES and len(rows) < 14:
            grey = cv2.resize(cv2.cvtColor(crop, cv2.COLOR_RGB2GRAY), (48, 48), interpolation=cv2.INTER_AREA)
            rows.append(f"{CLASSES.index(name)},{' '.join(map(str, np.ravel(grey)))},PrivateTest")
    (tmp_path / "fer2013.csv").write_text("\n".join(rows) + "\n")
    given = ["fer2013", str(tmp_path / "fer2013.csv"), "--model", "mediapipe", "--out", str(tmp_path / "out")]
    assert main(["evaluate", "set", *given]) == 0
    found = json.loads((tmp_path / "out/fer2013.json").read_text("utf-8"))["routes"]["mediapipe"]
    assert found["pictures"] == 13
    assert 0.5 < found["found"] < 1
