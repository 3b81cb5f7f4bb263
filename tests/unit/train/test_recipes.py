"""Every recipe from shards to a file that runs, on faces that take a millisecond to draw."""

from __future__ import annotations

import json
from dataclasses import replace
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import onnxruntime
import pytest

pytest.importorskip("torch", reason="torch is not installed; it trains and never runs")

from mien_models.datasets import Comparisons, Labelled
from mien_models.datasets.shards import shards
from mien_models.nets import config as nets, restore
from mien_models.nets.config import CnnConfig, EncoderConfig, VitConfig
from mien_models.train import loop, tasks
from mien_models.train.__main__ import main

from .standin import face, folder

QUICK = ("--set", "batch=16", "--set", "samples=48", "--set", "validate_every=1000", "--set", "validate_on=20")


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return folder(tmp_path_factory.mktemp("data") / "d", 80)


@pytest.fixture(autouse=True)
def tiny_nets(monkeypatch: pytest.MonkeyPatch) -> None:
    cnn = EncoderConfig(trunk=CnnConfig(widths=(8, 16), depths=(1, 1)), code=16, landmarks=16, local=4)
    vit = VitConfig(width=32, depth=1, heads=2, patch=16, decoder_width=16, decoder_depth=1, decoder_heads=2)
    deeper = CnnConfig(widths=(8, 16), depths=(2, 3))
    presets = {"small": cnn, "medium": replace(cnn, trunk=deeper), "vit_tiny": replace(cnn, trunk=vit)}
    monkeypatch.setattr(tasks, "ENCODERS", presets)
    monkeypatch.setattr(nets, "ENCODERS", presets)
    monkeypatch.setattr(restore, "ENCODERS", presets)


def train(recipe: str, data: Path, out: Path, *more: str) -> int:
    return main([recipe, "--data", str(data), "--out", str(out), *QUICK, *more])


def weights(run: Path) -> Any:
    """Those of one layer that a run has kept."""
    return loop.read_checkpoint(run / loop.CHECKPOINT)["average"]["affect.weight"].numpy()  # type: ignore[index]


def outputs(path: Path) -> dict[str, Any]:
    session = onnxruntime.InferenceSession(str(path), providers=["CPUExecutionProvider"])
    points = np.zeros((2, 478, 2), np.float32)
    inputs = {
        "image": np.full((2, 112, 112, 3), 90, np.uint8),
        "landmarks": points,
        "present": np.ones((2, 2), np.float32),
        "difference": points,
    }
    names = [i.name for i in session.get_inputs()]
    values = session.run(None, {name: inputs[name] for name in names})
    return dict(zip((o.name for o in session.get_outputs()), values, strict=True))


def test_encoder_leaves_a_network_and_its_story(data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert train("encoder", data, tmp_path) == 0
    assert outputs(tmp_path / "encoder.onnx")["shapes"].shape == (2, 52)
    report = json.loads((tmp_path / "report.json").read_text())
    assert set(report) == {"scores", "shapes_r", "units_icc"}
    story = json.loads((tmp_path / "run.json").read_text())
    assert story["config"]["samples"] == 48
    assert story["facts"]["faces"] == 40, "two of four people are held out: one has nobody to be compared with"
    assert "encoder r43" in capsys.readouterr().out


def test_neutral_leaves_a_network(data: Path, tmp_path: Path) -> None:
    assert train("neutral", data, tmp_path) == 0
    assert outputs(tmp_path / "neutral_difference.onnx")["units"].shape == (2, 37)


def test_pretraining_is_where_an_encoder_begins(data: Path, tmp_path: Path) -> None:
    assert train("pretrain", data, tmp_path / "mae") == 0
    start = ("--start", str(tmp_path / "mae"))
    assert train("encoder", data, tmp_path / "enc", "--set", "net=vit_tiny", *start) == 0
    assert outputs(tmp_path / "enc" / "encoder.onnx")["embedding"].shape == (2, 32)


def test_a_deeper_network_begins_as_the_one_it_grows_from(data: Path, tmp_path: Path) -> None:
    assert train("encoder", data, tmp_path / "small") == 0
    still = ("--start", str(tmp_path / "small"), "--set", "net=medium", "--set", "lr=1e-12")
    assert train("encoder", data, tmp_path / "deeper", *still) == 0
    before, after = (outputs(tmp_path / name / "encoder.onnx") for name in ("small", "deeper"))
    # The statistics of normalisation have moved a little.
    np.testing.assert_allclose(after["embedding"], before["embedding"], atol=0.05)
    assert (tmp_path / "deeper" / "encoder.onnx").stat().st_size > (tmp_path / "small" / "encoder.onnx").stat().st_size


def test_several_runs_are_begun_from_at_their_mean(data: Path, tmp_path: Path) -> None:
    for name in ("a", "b"):
        assert train("encoder", data, tmp_path / name, "--set", f"seed={ord(name)}") == 0
    both = ("--start", str(tmp_path / "a"), "--start", str(tmp_path / "b"), "--set", "lr=1e-12")
    assert train("encoder", data, tmp_path / "both", *both) == 0
    a, b, mean = (weights(tmp_path / name) for name in ("a", "b", "both"))
    assert np.abs(a - b).max() > 1e-2
    np.testing.assert_allclose(mean, (a + b) / 2, atol=1e-6)
    assert json.loads((tmp_path / "both" / "run.json").read_text())["facts"]["start"] == "a+b"


def test_runs_of_different_networks_have_no_mean(
    data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert train("encoder", data, tmp_path / "a") == 0
    assert train("encoder", data, tmp_path / "b", "--set", "net=medium") == 0
    assert train("encoder", data, tmp_path / "c", "--start", str(tmp_path / "a"), "--start", str(tmp_path / "b")) == 2
    assert "different networks" in capsys.readouterr().err


def test_a_small_one_learns_from_a_larger_one(data: Path, tmp_path: Path) -> None:
    assert train("encoder", data, tmp_path / "large") == 0
    assert train("distill", data, tmp_path / "small", "--teacher", str(tmp_path / "large")) == 0
    assert (tmp_path / "small" / "encoder.onnx").exists()


def test_an_exported_teacher_teaches_a_shallower_network_that_begins_with_its_blocks(
    data: Path, tmp_path: Path
) -> None:
    assert train("encoder", data, tmp_path / "large", "--set", "net=medium") == 0
    file = str(tmp_path / "large" / "encoder.onnx")
    more = ("--teacher", file, "--start", file, "--set", "ensemble=false", "--set", "lr=1e-12", "--set", "points=8")
    assert train("distill", data, tmp_path / "small", *more) == 0
    np.testing.assert_allclose(weights(tmp_path / "small"), weights(tmp_path / "large"), atol=1e-3)
    one_look = (tmp_path / "small" / "encoder.onnx").read_bytes()
    assert train("distill", data, tmp_path / "both", *more, "--set", "ensemble=true") == 0
    ensemble = (tmp_path / "both" / "encoder.onnx").read_bytes()
    assert len(onnx.load_from_string(one_look).graph.node) < len(onnx.load_from_string(ensemble).graph.node)


def test_few_labels_are_tried_from_a_start_and_from_scratch(data: Path, tmp_path: Path) -> None:
    assert train("pretrain", data, tmp_path / "mae") == 0
    # A batch is more than two people have.
    few = ("--start", str(tmp_path / "mae"), "--val", str(data), "--set", "batch=50", "--set", "samples=100")
    assert train("few-labels", data, tmp_path / "few", *few) == 0
    rows = json.loads((tmp_path / "few" / "few_labels.json").read_text())
    assert [(row["start"], row["share"], row["people"], row["faces"]) for row in rows] == [
        (start, share, people, 20 * people)
        for start in ("mae", "scratch")
        for share, people in ((0.01, 2), (0.1, 2), (1.0, 4))
    ]
    started, fresh = (outputs(tmp_path / "few" / name / "encoder.onnx")["shapes"] for name in ("mae-1", "scratch-1"))
    assert np.abs(started - fresh).max() > 1e-3
    assert (tmp_path / "few" / "few_labels.png").exists() == (find_spec("matplotlib") is not None)


def test_a_finetuned_encoder_is_an_encoder(data: Path, tmp_path: Path) -> None:
    assert train("encoder", data, tmp_path / "first") == 0
    start = ("--start", str(tmp_path / "first"), "--set", "heads_only=true", "--set", "lr=1e-12")
    assert train("finetune", data, tmp_path / "tuned", *start) == 0
    assert train("distill", data, tmp_path / "small", "--teacher", str(tmp_path / "tuned")) == 0
    assert json.loads((tmp_path / "tuned" / "run.json").read_text())["config"]["net"] == "small"


def test_real_faces_are_learned_from_by_what_people_said_of_them(tmp_path: Path, data: Path) -> None:
    """Of three sets in one run: units that are graded, units that are coded, triplets."""
    assert train("encoder", data, tmp_path / "first") == 0
    shown = [face(i)[0] for i in range(30)]
    _, row = face(3)

    def find(picture: Path) -> tuple[Any, Any]:
        return shown[int(picture.name)], row["landmarks"]

    pictures: list[Any] = [Path(str(i)) for i in range(30)]
    told = {"subjects": [str(i // 3) for i in range(30)], "parts": ["1"] * 15 + ["2"] * 15, "units": ("AU12", "AU17")}
    levels = np.tile(np.array([[0, 5], [3, np.nan], [1, 2]], np.float32), (10, 1))
    graded = Labelled(name="graded", pictures=pictures, intensity=levels, **told)
    coded = Labelled(name="coded", pictures=pictures, presence=(levels > 0).astype(np.float32), **told)
    triplets = Comparisons(
        "compared", pictures, np.arange(30).reshape(10, 3), ("ONE", "TWO") * 5, np.ones(10, np.float32)
    )
    for found in (graded, coded, triplets):
        shards(found, find, tmp_path / found.name)
    more = [part for name in ("coded/1", "coded/2", "compared/all") for part in ("--data", str(tmp_path / name))]
    val = ("--val", str(tmp_path / "graded/2"))
    assert (
        train("finetune", tmp_path / "graded/1", tmp_path / "real", "--start", str(tmp_path / "first"), *more, *val)
        == 0
    )
    history = json.loads((tmp_path / "real" / "history.json").read_text())
    assert {"train units", "train coded", "train compared", "icc"} <= set(history[-1])
    assert not {"r43", "emotion"} & set(history[-1]), "nobody said anything of these"


@pytest.mark.parametrize(
    ("recipe", "more", "says"),
    [
        ("distill", (), "distill needs a teacher"),
        ("finetune", (), "finetune needs a start"),
        ("encoder", ("--set", "net=huge"), "there is no encoder huge"),
        ("pretrain", ("--set", "net=small"), "masked pre-training is for vit_tiny, not small"),
        ("encoder", ("--set", "net=vit_tiny", "--start", "."), "holds no weights for this network"),
        ("encoder", ("--data", "nowhere"), "nowhere is no dataset"),
        ("encoder", ("--data", "actor"), "the actor draws alone"),
        ("encoder", ("--set", "batch=99"), "a batch has 99 faces, and there are 40; take a smaller batch"),
    ],
)
def test_what_does_not_fit_is_said(
    data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], recipe: str, more: tuple[str, ...], says: str
) -> None:
    assert train(recipe, data, tmp_path, *more) == 2
    assert says in " ".join(capsys.readouterr().err.split())


def test_an_encoder_begins_where_another_ended(data: Path, tmp_path: Path) -> None:
    assert train("encoder", data, tmp_path / "first") == 0
    start = ("--start", str(tmp_path / "first"), "--set", "lr=1e-12")
    assert train("encoder", data, tmp_path / "second", *start) == 0
    first, second = (outputs(tmp_path / name / "encoder.onnx") for name in ("first", "second"))
    # Statistics of normalisation still move.
    np.testing.assert_allclose(first["shapes"], second["shapes"], atol=0.1)
    other = tmp_path / "fresh"
    assert train("encoder", data, other, "--set", "lr=1e-12", "--set", "seed=5") == 0
    assert np.abs(outputs(other / "encoder.onnx")["embedding"] - first["embedding"]).max() > 0.1
