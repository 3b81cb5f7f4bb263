"""Faces from shards, and the batches made of them."""

from __future__ import annotations

from dataclasses import fields, replace
from pathlib import Path

import numpy as np
import pytest

pytest.importorskip("torch", reason="torch is not installed; it trains and never runs")

from mien_models.errors import ModelError
from mien_models.nets import sides
from mien_models.spaces.arkit import BLENDSHAPES
from mien_models.train.augment import AugmentConfig
from mien_models.train.data import (
    Batches,
    Faces,
    FixedSource,
    Statistics,
    in_shares,
    load,
    mirror,
    order,
    plain,
    repeated,
)
from mien_models.train.tasks import Neutrals, people, with_neutral

from .standin import face, folder


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return folder(tmp_path_factory.mktemp("data") / "d", 60)


@pytest.fixture(scope="module")
def faces(path: Path) -> Faces:
    return load([path])[0]


def test_faces_are_those_of_the_shards(faces: Faces) -> None:
    for i in (0, 17, 59):
        crop, row = face(i)
        np.testing.assert_array_equal(faces.crops[i], crop[..., 0])
        np.testing.assert_array_equal(faces.shapes[i], row["shapes"])
        np.testing.assert_array_equal(faces.units[i], row["units"])
        assert faces.person[i] == row["person"]
    assert faces.found.all()
    np.testing.assert_allclose(faces.emotion.sum(1), 1, atol=1e-6)


def test_the_same_expression_of_several_people_is_known(faces: Faces) -> None:
    assert faces.same[5] == faces.same[25] == faces.same[45]
    assert len(np.unique(faces.same)) == 19  # 18 expressions, and neutral


def test_two_folders_are_one_dataset_and_can_be_read_again(path: Path, faces: Faces) -> None:
    both, shards = load([path, path])
    assert len(both) == 2 * len(faces)
    assert shards == [1, 1]
    assert len(np.unique(both.same)) == 2 * len(np.unique(faces.same)), "shards share no expressions"
    assert len(load([path], [1])[0]) == len(faces)


@pytest.mark.parametrize(
    ("shards", "says"), [([2], "has 1 shards, where training began with 2"), ([1, 1], "name the same")]
)
def test_a_dataset_that_is_not_the_same_is_refused(path: Path, shards: list[int], says: str) -> None:
    with pytest.raises(ModelError, match=says):
        load([path], shards)


def test_an_epoch_shows_every_face_once_and_equal_expressions_together() -> None:
    same = np.repeat(np.arange(40), 3)
    np.random.default_rng(0).shuffle(same)
    rows = order(np.random.default_rng(1), same, 30)
    assert sorted(rows.ravel()) == list(range(120))
    assert all(len(np.unique(same[batch])) == 10 for batch in rows)
    again = order(np.random.default_rng(2), same, 30)
    assert not np.array_equal(rows, again)


def test_a_batch_larger_than_the_data_says_so() -> None:
    with pytest.raises(ValueError, match="a batch has 9 faces, and there are 5"):
        order(np.random.default_rng(0), np.arange(5), 9)


def test_any_batch_can_be_made_again(faces: Faces) -> None:
    batches = Batches(FixedSource(faces), AugmentConfig(), 16, 0, Statistics.of(faces).points_mean)
    all_of_them = dict(batches(0, 7))
    late = dict(batches(5, 7))
    assert sorted(all_of_them) == list(range(7))
    for step, batch in late.items():
        np.testing.assert_array_equal(batch.faces.crops, all_of_them[step].faces.crops)
        np.testing.assert_array_equal(batch.faces.landmarks, all_of_them[step].faces.landmarks)
        np.testing.assert_array_equal(batch.present, all_of_them[step].present)


def test_a_face_that_is_shown_more_often_is_not_kept_more_often(faces: Faces) -> None:
    rows = np.array([0, 1, 1, 1, 2, 2, 5, 7])
    source = FixedSource(faces, rows)
    assert len(source) == len(rows)
    assert source.epoch(3)[0] is faces
    config = replace(AugmentConfig(), mirrored=0.0)
    (_, batch), *_ = Batches(source, config, len(rows), 0, Statistics.of(faces).points_mean)(0, 1)
    np.testing.assert_array_equal(np.sort(batch.faces.person), np.sort(faces.person[rows]))
    np.testing.assert_array_equal(np.sort(batch.faces.shapes, 0), np.sort(faces.shapes[rows], 0))


def test_further_faces_of_a_batch_have_landmarks_and_can_be_drawn_again(faces: Faces) -> None:
    lost = replace(faces, landmarks=np.where(np.arange(len(faces))[:, None, None] % 2, np.nan, faces.landmarks))
    typical = Statistics.of(faces).points_mean
    plain_ones = dict(Batches(FixedSource(lost), AugmentConfig(), 16, 0, typical)(0, 2))
    more = Batches(FixedSource(lost), AugmentConfig(), 16, 0, typical, points=50)
    first, again = dict(more(0, 2)), dict(more(1, 2))
    points = first[1].points
    assert points is not None
    assert 10 < len(points) < 40, "those of 50 that have landmarks"
    assert points.found.all()
    np.testing.assert_array_equal(points.landmarks, again[1].points.landmarks)
    np.testing.assert_array_equal(first[1].faces.crops, plain_ones[1].faces.crops)
    assert plain_ones[1].points is None


def test_axes_are_the_same_in_parts(faces: Faces, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = Statistics.of(faces)
    monkeypatch.setattr("mien_models.train.data._CHUNK", 7)
    parts = Statistics.of(faces)
    np.testing.assert_allclose(parts.true_mean, whole.true_mean, atol=1e-6)
    np.testing.assert_allclose(np.abs(parts.true_axes.T @ whole.true_axes).argmax(1)[:5], np.arange(5))


def test_an_augmented_face_keeps_its_labels_or_mirrors_them(faces: Faces) -> None:
    config = replace(AugmentConfig(), mirrored=1.0)
    (_, batch), *_ = Batches(FixedSource(faces), config, 40, 0, Statistics.of(faces).points_mean)(0, 1)
    rows = order(np.random.default_rng([0, 0, 1]), faces.same, 40)[0]
    left, right = (BLENDSHAPES.index(name) for name in ("mouthSmileLeft", "mouthSmileRight"))
    np.testing.assert_array_equal(batch.faces.shapes[:, left], faces.shapes[rows, right])
    np.testing.assert_array_equal(batch.faces.emotion, faces.emotion[rows])


def test_mirroring_twice_changes_nothing(faces: Faces) -> None:
    every = np.ones(len(faces), bool)
    twice = mirror(mirror(faces, every), every)
    np.testing.assert_allclose(twice.landmarks, faces.landmarks)
    np.testing.assert_array_equal(twice.units, faces.units)


def test_faces_without_landmarks_are_not_shown_with_them(faces: Faces) -> None:
    landmarks = faces.landmarks.copy()
    landmarks[3, 100] = np.nan
    lost = replace(faces, landmarks=landmarks)
    batch = plain(lost)
    assert batch.present[:, 0].all()
    assert np.flatnonzero(~batch.present[:, 1]).tolist() == [3]
    assert np.isfinite(batch.faces.landmarks).all()
    assert len(with_neutral(lost)) == len(faces) - 1


def test_statistics_are_those_of_both_sides(faces: Faces) -> None:
    found = Statistics.of(faces)
    both = np.concatenate([faces.landmarks, sides.mirror_points(faces.landmarks)])
    np.testing.assert_allclose(found.points_mean, both.mean(0), atol=1e-4)
    np.testing.assert_allclose(found.points_sd, both.std(0), rtol=1e-3)
    levels = np.concatenate([faces.units, faces.units[:, sides.MIRRORED_UNITS]]) / 5
    np.testing.assert_allclose(found.units_sd, levels.std(0), rtol=1e-4)


def test_unlabelled_faces_have_no_part_in_the_statistics(faces: Faces) -> None:
    units = np.concatenate([faces.units, np.full_like(faces.units, np.nan)])
    twice = replace(faces[np.tile(np.arange(len(faces)), 2)], units=units)
    np.testing.assert_allclose(Statistics.of(twice).units_sd, Statistics.of(faces).units_sd, rtol=1e-5)


def test_a_difference_is_to_the_same_persons_other_neutral_face(faces: Faces) -> None:
    chosen = Neutrals(faces)
    rows = np.arange(len(faces))
    for seed in range(5):
        picked = chosen.pick(np.random.default_rng(seed), rows)
        np.testing.assert_array_equal(faces.person[picked], faces.person)
        assert (faces.kind[picked] == 0).all()
        assert (picked != rows).all()


def test_the_average_neutral_face_has_no_expression_and_not_ones_own_picture() -> None:
    rng = np.random.default_rng(0)
    person = np.repeat(np.arange(30), 20)
    own = rng.normal(0, 1, (30, 478, 2))
    moves = rng.normal(0, 0.3, (52, 478, 2))
    shapes = rng.random((600, 52)) * (rng.random((600, 52)) < 0.2)
    noise = rng.normal(0, 0.05, (600, 478, 2))
    landmarks = own[person] + np.einsum("ns,spc->npc", shapes, moves) + noise
    blank = {f.name: np.zeros((600, 1)) for f in fields(Faces)}
    made = Faces(
        **{**blank, "landmarks": landmarks.astype(np.float32), "shapes": shapes, "person": person, "kind": person * 0}
    )
    found = Neutrals(made).averages
    error = found - own[person]
    assert np.sqrt((error**2).mean()) < 0.02, "one picture is off by 0.05"
    assert abs(np.corrcoef(error.ravel(), noise.ravel())[0, 1]) < 0.1


def test_nobody_neutral_is_said(faces: Faces) -> None:
    with pytest.raises(ModelError, match="no person in these faces has a neutral picture"):
        with_neutral(faces[np.flatnonzero(faces.kind != 0)])


def test_more_people_hold_the_fewer(faces: Faces) -> None:
    some, more = people(faces, 0.7, seed=1), people(faces, 1.0, seed=1)
    assert set(some.person) < set(more.person) == set(faces.person)
    assert len(people(faces, 0.001, seed=1)) == 40, "two people at least"


def test_main_axes_of_true_landmarks_have_spread_one(faces: Faces) -> None:
    found = Statistics.of(faces)
    both = np.concatenate([faces.true_landmarks, sides.mirror_points(faces.true_landmarks)]).reshape(120, -1)
    along = (both - found.true_mean) @ found.true_axes
    spread = along.std(0)
    assert spread[0] == pytest.approx(1, abs=0.01)
    assert (spread < 1.01).all()
    apart = np.corrcoef(along[:, :5].T) - np.eye(5)
    assert np.abs(apart).max() < 0.01
    unknown = replace(faces, true_landmarks=np.full_like(faces.true_landmarks, np.nan))
    assert (Statistics.of(unknown).true_axes == 0).all()


def test_rare_shapes_are_shown_more_often(faces: Faces) -> None:
    count = 400
    shapes = np.zeros((count, 52), np.float32)
    jaw, smile, puff, left, right = (
        BLENDSHAPES.index(n) for n in ("jawOpen", "mouthSmileLeft", "cheekPuff", "mouthLeft", "mouthRight")
    )
    shapes[:160, jaw] = 1
    shapes[160:320, smile] = 1
    shapes[:10, puff] = 0.5
    shapes[320:330, left], shapes[330:360, right] = 1, 1  # one movement, that 40 show
    shapes[360:, puff] = 0.1  # does not show
    made = replace(faces[np.zeros(count, np.intp)], shapes=shapes)
    # jawOpen and both sides of the smile in .4 of the faces, mouthLeft and mouthRight in .1: the median is .25.
    times = np.bincount(repeated(made, 9.0), minlength=count)
    assert set(times[:10]) == {9}, "ten times as rare, but 9 is the most"
    assert set(times[10:320]) == {1}
    assert set(times[320:360]) == {2}, "2.5, rounded to even"
    assert set(times[360:]) == {1}
    assert set(np.bincount(repeated(made, 1.0))) == {1}


def test_each_folder_has_its_share_of_an_epoch() -> None:
    origin = np.repeat([0, 1], [90, 10])
    rows = in_shares(np.arange(100), origin, (1, 3), seed=0)
    assert len(rows) == 100
    assert (origin[rows] == 1).sum() == 75
    assert len(np.unique(rows[origin[rows] == 0])) == 25, "a face is shown twice while others are not shown"
    assert set(rows[origin[rows] == 1]) == set(range(90, 100))
    for wrong in ((1,), (1, -1), (0, 0)):
        with pytest.raises(ModelError, match="one number of 0 or more for each folder"):
            in_shares(np.arange(100), origin, wrong, seed=0)
