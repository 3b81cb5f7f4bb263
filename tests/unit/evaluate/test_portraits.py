"""`mien evaluate portraits`: what the report counts, and what people judged."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from mien.core.errors import UsageError
from mien.evaluate.portraits import read_judged, summary
from mien_models.evaluate.read import readings
from mien_models.spaces.emotions import EMOTIONS
from mien_models.spaces.facs import AUS, INDEX


def test_counts_are_of_the_stronger_side_and_judgements_are_compared() -> None:
    units, emotion = np.zeros((4, len(AUS)), np.float32), np.zeros((4, len(EMOTIONS)), np.float32)
    units[0, INDEX["AU12L"]], units[1, INDEX["AU12R"]], units[2, INDEX["AU4R"]] = 3, 1.5, 2
    emotion[:3, EMOTIONS.index("happiness")], emotion[3, 0] = 1, 1
    read = readings(4, {"shapes": np.zeros((4, 52), np.float32), "units": units, "emotion": emotion})
    judged = {"a": {"smile": 1}, "b": {"smile": 1}, "c": {"smile": 0, "frown": 0}, "d": {"smile": 1}}
    found = summary(read, ["a", "b", "c", "d"], judged)
    assert found["units"]["AU12"] == {"at least 1": 0.5, "at least 2": 0.25, "at least 3": 0.25, "mean": 1.125}
    assert found["emotions"]["happiness"] == {"told": 0.75, "mean": 0.75}
    smile = found["judged"]["smile"]
    assert (smile["shown"], smile["not shown"], smile["found where not shown"]) == (3, 1, 0)
    assert smile["found"] == pytest.approx(2 / 3, abs=1e-4)
    assert found["judged"]["frown"]["found where not shown"] == 1


def test_a_damaged_list_of_judgements_is_named_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / "judged.csv"
    assert read_judged(path) == {}
    path.write_text("file,smile\na.jpg,1\nb.jpg,\nc.jpg,0\n")
    assert read_judged(path) == {"a.jpg": {"smile": 1}, "b.jpg": {}, "c.jpg": {"smile": 0}}
    path.write_text("file,smile\na.jpg,1\nb.jpg,yes\n")
    with pytest.raises(UsageError, match=r"judged\.csv, line 3"):
        read_judged(path)
