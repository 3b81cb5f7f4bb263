"""Protocols of labelled sets, on a set whose labels and readings are made up."""

from __future__ import annotations

import json
from dataclasses import replace

import numpy as np
import pytest

from mien_models.datasets import Comparisons, Labelled
from mien_models.datasets.labelled import GreyText
from mien_models.evaluate.protocols import compare, judge, unsided
from mien_models.evaluate.read import Readings, readings
from mien_models.spaces.emotions import EMOTIONS
from mien_models.spaces.facs import AUS, INDEX

RNG = np.random.default_rng(0)
N = 60


def coded() -> Labelled:
    """Two folds of 30 and AU12 and AU4 of 0–5, of which 2 and more are there."""
    intensity = RNG.integers(0, 6, (N, 2)).astype(np.float32)
    return Labelled(
        name="DISFA", pictures=[GreyText(__file__, 0, 0)] * N, subjects=["SN001"] * N, parts=["1"] * 30 + ["2"] * 30,  # type: ignore[arg-type]
        units=("AU12", "AU4"), presence=(intensity >= 2).astype(np.float32), intensity=intensity,
        detection=("AU12", "AU4"), graded=("AU12", "AU4"),
    )  # fmt: skip


def told(labelled: Labelled, offset: float = 0.0, **more: np.ndarray) -> Readings:
    """Readings that say the labels, AU12 on the left and AU4 on the right only."""
    units = np.zeros((N, len(AUS)), np.float32)
    units[:, INDEX["AU12L"]] = labelled.intensity[:, 0]
    units[:, INDEX["AU4R"]] = labelled.intensity[:, 1] + offset
    shapes = np.zeros((N, 52))
    shapes[:, -1] = np.nan  # one that the network does not have
    return readings(N, {"shapes": shapes, "units": units, **more})


def test_a_unit_is_as_strong_as_its_stronger_side() -> None:
    values = np.full((2, len(AUS)), np.nan, np.float32)
    values[0, [INDEX["AU12L"], INDEX["AU12R"]]] = (1, 3)
    values[1, INDEX["AU27"]] = 4
    assert unsided(values, "AU12")[0] == 3
    assert np.isnan(unsided(values, "AU12")[1])
    assert unsided(values, "AU26")[1] == 4
    assert np.isnan(unsided(values, "AU17")).all()


def test_the_truth_is_perfect_in_every_fold() -> None:
    labelled = coded()
    found = judge(labelled, told(labelled), EMOTIONS)
    assert found["mean"]["detection"]["f1"] == 1
    assert found["mean"]["intensity"] == {"icc": pytest.approx(1), "mae": 0, "mse": 0}
    assert set(found["parts"]) == {"1", "2"}
    json.dumps(found, allow_nan=False)


def test_an_offset_costs_f1_at_the_fixed_threshold_only() -> None:
    labelled = coded()
    found = judge(labelled, told(labelled, offset=3.0), EMOTIONS)["parts"]["1"]["detection"]["by_unit"]
    positives = (labelled.intensity[:30, 1] >= 2).sum()
    assert found["AU4"]["f1"] == pytest.approx(2 * positives / (30 + positives), abs=1e-4)  # all are called present
    assert found["AU4"]["best_f1"] == 1
    assert found["AU12"]["f1"] == 1


def test_probabilities_are_cut_at_a_half() -> None:
    labelled = coded()
    presence = np.zeros((N, len(AUS)), np.float32)
    presence[:, INDEX["AU12L"]] = np.where(labelled.presence[:, 0] > 0, 0.6, 0.4)
    found = judge(labelled, told(labelled, presence=presence), EMOTIONS)["parts"]["2"]["detection"]["by_unit"]
    assert (found["AU12"]["threshold"], found["AU12"]["f1"]) == (0.5, 1)
    assert found["AU4"]["f1"] == 0


def test_pictures_without_a_face_are_counted_and_left_out() -> None:
    labelled = coded()
    read = told(labelled)
    read.shapes[:15], read.units[:15] = np.nan, np.nan
    found = judge(labelled, read, EMOTIONS)
    assert found["found"] == 0.75
    assert found["parts"]["1"]["pictures"] == 15
    assert found["mean"]["intensity"]["mae"] == 0


def test_classes_and_affect_of_a_split() -> None:
    label = np.arange(N) % 3
    affect = RNG.uniform(-1, 1, (N, 2)).astype(np.float32)
    labelled = Labelled(
        name="Aff-Wild2", pictures=[GreyText(__file__, 0, 0)] * N, subjects=[""] * N, parts=["val"] * N,  # type: ignore[arg-type]
        classes=("sadness", "neutral", "other"), label=label, affect=affect,
    )  # fmt: skip
    emotion = np.full((N, 8), 0.01, np.float32)
    emotion[np.arange(N), [EMOTIONS.index(n) for n in np.array(["sadness", "neutral", "neutral"])[label]]] = 0.5
    emotion[:, EMOTIONS.index("anger")] = 0.9  # which the set does not have
    found = judge(labelled, readings(N, {"shapes": np.zeros((N, 52)), "emotion": emotion, "affect": affect}), EMOTIONS)
    assert found["mean"]["classes"]["accuracy"] == pytest.approx(2 / 3, abs=1e-4)
    # F1 of sadness 1, of neutral 2·20 / (20 + 40), of other 0.
    assert found["mean"]["classes"]["macro_f1"] == pytest.approx((1 + 2 / 3) / 3, abs=1e-4)
    assert found["mean"]["affect"]["ccc"] == pytest.approx(1)


def test_a_set_without_readings_of_its_kind_has_no_numbers_of_it() -> None:
    labelled = replace(coded(), classes=("sadness",), label=np.zeros(N, np.intp))
    assert "classes" not in judge(labelled, told(labelled), EMOTIONS)["mean"]


def test_comparisons_by_type() -> None:
    comparisons = Comparisons(
        "FEC test", [], np.array([[0, 1, 2], [0, 2, 1], [1, 0, 3]]), ("ONE", "TWO", "THREE"), np.ones(3, np.float32)
    )
    points = np.array([[0.0], [0.1], [1.0], [np.nan]], np.float32)
    found = compare(comparisons, points)
    assert found["all"] == 0.5
    assert found["by_type"] == {"ONE": 1, "TWO": 0, "THREE": None}
    assert (found["triplets"], found["count"]) == (3, 2)


def test_agreement_has_intervals_only_where_subjects_are_named() -> None:
    labelled = replace(coded(), subjects=[f"SN{i % 10}" for i in range(N)])
    found = judge(labelled, told(labelled, offset=0.5), EMOTIONS, draws=50)["agreement"]
    assert found["subjects"] == 10
    assert found["intensity"]["AU4"]["bias"] == {"value": 0.5, "low": 0.5, "high": 0.5}
    assert found["intensity"]["AU4"]["icc31"]["value"] == 1
    assert found["intensity"]["AU4"]["icc21"]["value"] < 1
    assert found["presence"]["AU12"]["kappa"]["value"] == 1
    unnamed = judge(replace(labelled, subjects=[""] * N), told(labelled), EMOTIONS)["agreement"]
    assert unnamed["subjects"] is None
    assert unnamed["intensity"]["AU12"]["icc31"] == {"value": 1, "low": None, "high": None}
