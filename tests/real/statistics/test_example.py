"""The worked example of nodes/mien/statistics/README.md: two people in one video, of whom the second lags.

`MIEN_DOCS=1` keeps the figure that it makes as the README's picture.
"""

from __future__ import annotations

import csv
import json
import os
import shutil
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path

import cv2
import numpy as np
import pytest

from mien.core.types import Frame
from mien.faces.config import FacesConfig
from mien.statistics.describe import Choices, describe
from mien.statistics.figure import draw
from mien.statistics.signs import on_grid
from mien.statistics.synchrony import Windows, synchrony
from mien.statistics.video import of_video
from mien.statistics.write import write

pytestmark = pytest.mark.real
DOCS = Path(__file__).resolve().parents[3] / "nodes" / "mien" / "statistics" / "example.png"
FIRST, COUNT, DELAY = 72, 400, 19  # frames of the clip; at 23.976 Hz the delay is 0.79 s


def side_by_side(frames: Iterator[Frame], path: Path) -> float:
    """The clip beside itself, which lags by DELAY frames on the right. Returns the lag [s]."""
    images = [f.image for f in islice(frames, FIRST + COUNT)]
    rate = 24000 / 1001
    height, width = images[0].shape[:2]
    film = cv2.VideoWriter(str(path), cv2.VideoWriter.fourcc(*"MJPG"), rate, (2 * width, height))
    for i in range(FIRST, FIRST + COUNT):
        film.write(np.hstack([images[i], images[i - DELAY]])[..., ::-1])
    film.release()
    return DELAY / rate


def test_two_people_in_one_video(frames_of: Callable[[str], Iterator[Frame]], tmp_path: Path) -> None:
    lag_s = side_by_side(frames_of("clip"), tmp_path / "two people.avi")
    recording = of_video(tmp_path / "two people.avi", FacesConfig(reidentify="likeness"))
    windows = Windows(window_s=3.0, max_lag_s=1.2)
    description = describe(recording, Choices(windows=windows))
    write(description, tmp_path)
    draw(description, tmp_path / "statistics.png")

    told = json.loads((tmp_path / "statistics.json").read_text())
    assert [p["missing"]["share_missing"] for p in told["people"]] == [0, 0]
    assert [p["identity"]["confidence"] for p in told["people"]] == [1, 1]
    assert told["ids_never_seen_together"] == []
    (pair,) = told["synchrony"]
    smile = pair["by_unit"]["AU12"]
    assert smile["lag_s"] == pytest.approx(lag_s, abs=0.1)
    assert smile["r"] > 0.9
    assert smile["p"] == smile["p_least"] < 0.05  # no surrogate is as high
    assert smile["p_family"] < 0.05  # however many units were tested
    assert pair["by_unit"]["AU1"]["lag_s"] is None  # her inner brows rest

    rows = list(csv.DictReader((tmp_path / "events.csv").read_text().splitlines()))
    smiles = [r for r in rows if (r["kind"], r["began"]) == ("smile", "true")]
    left, right = ([float(r["onset_s"]) for r in smiles if r["person"] == str(who)] for who in (1, 2))
    assert left
    assert all(min(abs(r - onset - lag_s) for r in right) < 0.15 for onset in left)

    # Half of it is too short to be tested: no p, however alike the two are.
    half, step = COUNT // 2, 1 / windows.rate_hz
    first, second = (p.unit(recording.units, 12) for p in recording.people)
    series = [on_grid(recording.times_s[:half], x[:half], step)[1] for x in (first, second)]
    assert np.isnan(synchrony(*series, windows).p)

    image = cv2.imread(str(tmp_path / "statistics.png"))
    assert image.shape[1] == 1440
    assert len(np.unique(image.reshape(-1, 3), axis=0)) > 200
    if os.environ.get("MIEN_DOCS"):
        shutil.copyfile(tmp_path / "statistics.png", DOCS)
