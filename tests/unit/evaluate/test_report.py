"""The report of encoders that are known to be perfect, noisy, blind, or unfair."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from typing import Any

import numpy as np
import pytest

from mien_models import FakeSession
from mien_models.evaluate import report, score
from mien_models.evaluate.faces import Faces
from mien_models.evaluate.grid import Grid
from mien_models.evaluate.invariance import invariance
from mien_models.evaluate.read import encode, readings
from mien_models.head.model.pose import head_pose
from mien_models.head.motion.distance import distance, embed
from mien_models.spaces.emotions import EMOTIONS
from mien_models.spaces.facs import AUS

from . import people


@cache
def crowd() -> tuple[Faces, Grid]:
    return people.faces(), people.grid()


@cache
def measured(kind: str) -> dict[str, Any]:
    faces, grid = crowd()
    encoder = {
        "perfect": people.knowing(faces, grid.faces),
        "noisy": people.knowing(faces, grid.faces, noise=0.2),
        "constant": people.constant(),
        "none": None,
    }[kind]
    told: list[int] = []
    found = report.measure(faces, grid, people.blendshapes(), encoder, EMOTIONS, advance=told.append)
    assert sum(told) == report.passes(len(faces), encoder is not None)
    return found


def test_a_perfect_encoder_meets_every_bound() -> None:
    found = measured("perfect")
    summary = found["summary"]
    assert {name: row["value"] for name, row in summary.items()} == pytest.approx(
        {"mean_r": 1, "icc": 1, "triplets": 1, "pose_shift": 0, "pose_shift_active": 0, "identity_shift": 0,
         "identity_shift_active": 0}
    )  # fmt: skip
    assert all(row["met"] for row in summary.values())
    assert found["units"]["encoder"]["mean"]["f1"] == pytest.approx(1)
    assert found["retrieval"]["encoder"]["gain"]["1"] == pytest.approx(1)
    assert found["reliability"]["encoder"]["presence"]["ece"] == pytest.approx(0)


def test_an_encoder_that_says_nothing_meets_none_but_those_of_stillness() -> None:
    found = measured("constant")
    assert found["summary"]["mean_r"] == {"value": 0, "at_least": 0.75, "met": False}
    assert found["units"]["encoder"]["mean"]["icc"] == pytest.approx(0, abs=1e-6)
    assert found["units"]["encoder"]["mean"]["auc"] == pytest.approx(0.5)
    assert found["triplets"]["encoder"]["all"] == 0
    assert found["summary"]["pose_shift"]["met"] is True


def test_noise_lies_between() -> None:
    noisy = measured("noisy")
    for name in ("mean_r", "icc", "triplets"):
        assert 0.2 < noisy["summary"][name]["value"] < 0.999
    assert noisy["summary"]["pose_shift_active"]["value"] > 0.3


@pytest.mark.parametrize("kind", ["perfect", "constant", "none"])
def test_every_value_can_be_written_as_json(kind: str) -> None:
    json.dumps(measured(kind), allow_nan=False)


def test_modalities_stand_beside_each_other() -> None:
    found = measured("perfect")
    assert found["shapes"]["encoder, landmarks only"]["mean_r"] == pytest.approx(1)
    assert found["shapes"]["encoder, crop only"]["mean_r"] == 0  # this encoder knows faces by their landmarks
    assert found["robustness"]["landmark_noise"]["encoder"][0]["mean_r"] == pytest.approx(1)
    assert found["robustness"]["landmark_noise"]["encoder"][-1]["mean_r"] == 0
    assert found["robustness"]["blur_px"]["encoder"][-1]["mean_r"] == pytest.approx(1)


def test_without_an_encoder_mediapipe_is_reported_on() -> None:
    found = measured("none")
    assert found["main"] == "mediapipe"
    assert found["summary"]["triplets"]["value"] is not None
    assert found["emotions"] == {}
    assert set(found["gaps"]) == {"mediapipe"}


def test_who_is_read_worse_is_found() -> None:
    faces, _ = crowd()
    young = faces.take(np.flatnonzero(faces.attributes["age_years"] < 45))
    read = encode(people.knowing(young), faces.crop, faces.landmarks)
    gaps = score.gaps(faces, read, report.GROUPS)
    groups = {row["name"]: row for row in gaps["age"]["groups"]}
    assert groups["12–24"]["mean_r"] == pytest.approx(1)
    assert groups["65–85"]["mean_r"] == 0
    assert gaps["age"]["gap"]["mean_r"] == pytest.approx(1)
    assert "mean_r" not in groups["25–44"]  # nobody there
    assert gaps["skin"]["gap"]["mean_r"] is None


def test_triplets_are_true_across_people_and_of_known_types() -> None:
    faces, _ = crowd()
    rows, types, gap = score.triplet_rows(faces, 2000)
    a, p, n = rows.T
    assert (faces.identity[a] != faces.identity[p]).all()
    near = distance(faces.shapes[a], faces.shapes[p])
    for other in (a, p):
        assert (distance(faces.shapes[other], faces.shapes[n]) >= near + 0.0999).all()
    assert (gap >= 0.0999).all()
    for row, kind in zip(rows, types, strict=True):
        assert kind == ("ONE", "TWO", "THREE")[len({faces.category[i] for i in row}) - 1]


def test_pairs_that_show_the_same_are_two_people() -> None:
    faces, _ = crowd()
    faces.shapes[20:40] = faces.shapes[:20]
    rows = score.matched_rows(faces)
    a, p, n = rows.T
    assert set(range(40)) <= set(a), "all of them, and whoever is at rest"
    assert (faces.identity[a] != faces.identity[p]).all()
    assert (faces.identity[a] == faces.identity[n]).all()
    assert (distance(faces.shapes[a], faces.shapes[p]) < 1e-3).all()
    assert (distance(faces.shapes[a], faces.shapes[n]) > 1e-3).all()
    assert score.matched_accuracy(embed(faces.shapes), rows)["matched"] == 1
    people = np.eye(6)[faces.identity]
    assert score.matched_accuracy(people, rows) == {"matched": 0, "matched_count": len(rows)}


def test_nobody_shows_what_another_does() -> None:
    faces, _ = crowd()
    alone = faces.take(faces.identity == 0)
    assert score.matched_accuracy(embed(alone.shapes), score.matched_rows(alone))["matched"] is None


def test_a_space_of_people_retrieves_people() -> None:
    faces, _ = crowd()
    of_people = np.eye(6)[faces.identity] + np.random.default_rng(0).normal(0, 0.01, (len(faces), 6))
    found = score.retrieval(faces, of_people)
    assert found["same_person"] == 1
    assert found["same_person_by_chance"] == pytest.approx(1 / 6, abs=1e-4)
    # Nothing is gained where the nearest are one's own faces, whatever they show.
    assert -0.5 < found["gain"]["10"] < 0
    true = score.retrieval(faces, embed(faces.shapes))
    assert true["gain"]["10"] == pytest.approx(1)
    assert true["same_category"]["1"] > true["same_category_by_chance"]


def test_the_emotion_that_was_meant_is_counted() -> None:
    faces, _ = crowd()
    said = np.zeros((len(faces), 8), np.float32)
    said[:, EMOTIONS.index("happiness")] = 1
    found = score.emotions(faces, readings(len(faces), {"emotion": said}), EMOTIONS)
    judged = np.isin(faces.category, EMOTIONS)
    assert found["accuracy"] == pytest.approx((faces.category[judged] == "happiness").mean(), abs=1e-4)
    assert np.sum(found["confusion"]) == judged.sum()


def test_units_that_are_not_read_count_as_constants() -> None:
    faces, _ = crowd()
    units = faces.units.copy()
    units[:, AUS.index("AU23")] = np.nan
    found = score.units(faces, readings(len(faces), {"units": units}))
    assert found["by_unit"]["AU23"]["icc"] is None
    shown = [label for label, row in found["by_unit"].items() if row["positives"]]
    assert found["mean"]["icc"] == pytest.approx(1 - 1 / len(shown), abs=1e-3)
    assert found["mean_without_dead"]["icc"] == pytest.approx(1)


def test_rest_is_that_of_other_pictures_of_the_same_person() -> None:
    faces, _ = crowd()
    points = np.broadcast_to(np.arange(len(faces), dtype=np.float32)[:, None, None], (len(faces), 478, 2)).copy()
    rest = report.resting(faces, points)
    assert rest[0, 0, 0] == 1  # the other neutral picture
    assert rest[1, 0, 0] == 0
    assert rest[5, 0, 0] == pytest.approx(0.5)
    alone = faces.take(np.flatnonzero(faces.category != "neutral"))
    assert np.isnan(report.resting(alone, points[: len(alone)])).all()


def test_a_network_of_differences_is_a_route_of_its_own() -> None:
    faces, grid = crowd()

    def script(inputs: Mapping[str, Any]) -> dict[str, Any]:
        return {"shapes": np.zeros((len(inputs["difference"]), 52), np.float32)}

    found = report.measure(faces, grid, people.blendshapes(), None, EMOTIONS, difference=FakeSession(script))
    assert found["shapes"]["neutral difference"]["mean_r"] == 0


def test_shifts_by_pose_and_by_person_are_told_apart() -> None:
    _, grid = crowd()
    read = encode(people.knowing(grid.faces), grid.faces.crop, grid.faces.landmarks)
    units = grid.shaped(read.units).copy()
    units[:, :, 1:] += 1.0  # turned
    units[0] += 2.0  # one of three people
    moved = readings(len(grid.faces), {"units": units.reshape(-1, len(AUS)), "embedding": read.embedding})
    found = invariance(grid, moved)
    assert found["pose"]["median"] == pytest.approx(1)
    assert found["pose"]["by_unit"]["AU12L"]["median_active"] == pytest.approx(1)
    # Of three pairs of people two differ by 2.
    assert found["identity"]["median"] == pytest.approx(2)
    assert found["pose"]["embedding"] == found["identity"]["embedding"] == 0
    frontal = grid.shaped(grid.faces.units)[:, :, 0]
    assert found["response"] == np.median(frontal[frontal >= 1])


def test_turns_and_categories_of_faces() -> None:
    faces, _ = crowd()
    one = faces.take([0, 1])
    poses = np.array([head_pose(0.4, 0, 0.2), head_pose(0, -0.3)], np.float32)
    turned = Faces(**{**{name: getattr(one, name) for name in one.__slots__}, "pose": poses})
    assert np.degrees([[0.4, 0], [0, -0.3]]) == pytest.approx(turned.turn_deg, abs=1e-3)
    assert set(faces.category) <= {*EMOTIONS, "units", "speech"}
