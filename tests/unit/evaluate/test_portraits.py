"""`mien evaluate portraits`: what the report counts, and what people judged."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from mien.core.errors import UsageError
from mien.evaluate.portraits import lines, read_judged, summary
from mien_models.datasets import judgements
from mien_models.datasets.judgements import Judged
from mien_models.evaluate.read import readings
from mien_models.spaces.emotions import EMOTIONS
from mien_models.spaces.facs import AUS, INDEX


def test_counts_are_of_the_stronger_side_and_judgements_are_compared() -> None:
    units, emotion = np.zeros((4, len(AUS)), np.float32), np.zeros((4, len(EMOTIONS)), np.float32)
    units[0, INDEX["AU12L"]], units[1, INDEX["AU12R"]], units[2, INDEX["AU4R"]] = 3, 1.5, 2
    emotion[:3, EMOTIONS.index("happiness")], emotion[3, 0] = 1, 1
    read = readings(4, {"shapes": np.zeros((4, 52), np.float32), "units": units, "emotion": emotion})
    old, young = {"age": "old"}, {"age": "young"}
    judged = {
        "a": Judged({"smile": 1, "teeth": 1}, old),
        "b": Judged({"smile": 1}, old),
        "c": Judged({"smile": 0, "frown": 0}, young),
        "d": Judged({"smile": 1, "teeth": 1, "frown": 1}, young),
    }
    found = summary(read, ["a", "b", "c", "d"], judged)
    assert found["units"]["AU12"] == {"at least 1": 0.5, "at least 2": 0.25, "at least 3": 0.25, "mean": 1.125}
    assert found["emotions"]["happiness"] == {"told": 0.75, "mean": 0.75}
    smile = found["judged"]["smile"]
    assert (smile["shown"], smile["not shown"], smile["found where not shown"]) == (3, 1, 0)
    assert smile["found"] == pytest.approx(2 / 3, abs=1e-4)
    assert found["judged"]["frown"]["found where not shown"] == 1
    ages = found["groups"]["age"]
    assert ages["old"]["faces"] == ages["young"]["faces"] == 2
    assert ages["old"]["AU4"] is None  # nobody judged whether they frown
    assert (ages["young"]["AU4"]["share"], ages["young"]["AU4"]["of"]) == (1, 1)  # who does frown is left out
    assert ages["old"]["AU12 in smiles with teeth"]["of"] == 1
    assert ages["middle"] == {"faces": 0} | dict.fromkeys(list(ages["middle"])[1:])
    text = lines(found["groups"])
    assert len(text) == 1 + 3 + 1  # head, all judged, old and young, what * means
    assert text[2].startswith("young (2)")
    assert "100 (21–100)" in text[2]


def test_a_damaged_list_of_judgements_is_named_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / "judged.csv"
    assert read_judged(path) == {}
    path.write_text("file,smile,skin\na.jpg,1,dark\nb.jpg,\nc.jpg,0\n")
    assert read_judged(path) == {
        "a.jpg": Judged({"smile": 1}, {"skin": "dark"}),
        "b.jpg": Judged(),
        "c.jpg": Judged({"smile": 0}),
    }
    path.write_text("file,smile\na.jpg,1\nb.jpg,yes\n")
    with pytest.raises(UsageError, match=r"judged\.csv, line 3"):
        read_judged(path)
    path.write_text("file,age\na.jpg,ancient\n")
    with pytest.raises(UsageError, match=r"line 2: age is young or middle or old"):
        read_judged(path)


def test_shipped_judgements_go_by_the_picture_not_by_its_name(tmp_path: Path) -> None:
    known = judgements.read(judgements.SHIPPED)
    assert len(known) == len(judgements.read(judgements.SHIPPED, "sha256")) > 200
    assert all(set(one.groups) == set(judgements.GROUPS) for one in known.values())
    for group, values in judgements.GROUPS.items():
        assert min(sum(one.groups[group] == value for one in known.values()) for value in values) >= 30
    other = tmp_path / next(iter(known))
    other.write_bytes(b"another picture of that name")
    assert judgements.shipped([other]) == {}


def test_the_interval_of_a_share_is_wilsons() -> None:
    # Newcombe, Statistics in Medicine 17, 1998, table I: 81 of 263, and 0 of 20.
    assert judgements.interval(81, 263) == pytest.approx((0.2553, 0.3662), abs=5e-5)
    assert judgements.interval(0, 20) == pytest.approx((0, 0.1611), abs=5e-5)
    with pytest.raises(ValueError, match="nothing"):
        judgements.interval(0, 0)
