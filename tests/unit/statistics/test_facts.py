"""`mien facts BAG`: everything that a publication needs, or that it was not recorded."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from mien.bags import about
from mien.bags.record import BagWriter
from mien.bags.write import MomentWriter
from mien.cli.__main__ import main
from mien_models import Registry

from ..bags.sessions import START_NS, moment, stamp, write_bag  # noqa: TID252


def bag(path: Path) -> Path:
    """50 images, in ten of which the person is not there; with what recorders and nodes tell."""
    with BagWriter(path, about=about.about()) as file:
        writer = MomentWriter(file)
        writer.describe(START_NS)
        networks = {"network encoder_small": "onnxruntime on cpu (auto: no GPU)", "dropped": "3", "source": "a.mp4"}
        writer.status("perception", networks, stamp(0))
        writer.parameters("perception", {"faces.max_faces": 2, "expressions.smooth": False}, stamp(0))
        for i in range(50):
            writer.write(moment(i, () if 20 <= i < 30 else (1,)))
    return path


def test_everything_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = bag(tmp_path / "bag")
    assert main(["facts", str(path), "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["recording"]["images_processed"], told["recording"]["images_dropped"]) == (50, 3)
    made_by = told["made_by"]
    assert made_by["versions"]["onnxruntime"]
    weights = Registry.load()["encoder_small"].files
    assert made_by["weights"] == {"encoder_small": dict(weights)}
    assert all(len(digest) == 64 for digest in weights.values())
    assert made_by["parameters"]["perception"] == {"expressions.smooth": False, "faces.max_faces": 2}
    assert told["thresholds_of_statistics"]["event"]["start"] == 2
    (person,) = told["people"]
    assert (person["images_missing"], person["share_missing"]) == (10, pytest.approx(0.2))
    assert person["share_without_resting_face"] == 1
    assert main(["facts", str(path)]) == 0
    said = capsys.readouterr().out
    assert "share_missing: 0.2" in said
    assert "faces.max_faces: 2" in said
    assert next(iter(weights.values())) in said


def test_what_was_not_recorded_is_said_and_not_made_up(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = write_bag(tmp_path / "bag", [moment(i) for i in range(50)])
    assert main(["facts", str(path), "--json"]) == 0
    made_by = json.loads(capsys.readouterr().out)["made_by"]
    assert made_by["parameters"] == made_by["networks"] == "not recorded"
