"""Scores and calibration on readings with known faults."""

from __future__ import annotations

from dataclasses import fields, replace

import numpy as np
import pytest

pytest.importorskip("torch", reason="torch is not installed; it trains and never runs")

from mien_models.spaces.arkit import BLENDSHAPES
from mien_models.spaces.facs import AUS
from mien_models.train import validate
from mien_models.train.data import Faces
from mien_models.train.validate import Seen, calibrate, per_name, scores

N, S, A = 4000, len(BLENDSHAPES), len(AUS)


@pytest.fixture(scope="module")
def faces() -> Faces:
    rng = np.random.default_rng(0)
    blank = {f.name: np.zeros((N, 1), np.float32) for f in fields(Faces)}
    units = (rng.uniform(0, 5, (N, A)) * (rng.random((N, A)) < 0.4)).astype(np.float32)
    shapes = (rng.uniform(0, 1, (N, S)) * (rng.random((N, S)) < 0.4)).astype(np.float32)
    emotion = np.eye(8, dtype=np.float32)[rng.integers(8, size=N)]
    known = {"units": units, "shapes": shapes, "emotion": emotion, "person": rng.integers(40, size=N)}
    people = {"presence": np.full_like(units, np.nan), "sided": np.ones(N, bool), "margin": np.zeros(N)}
    return Faces(**blank | known | people)


def perfect(faces: Faces) -> Seen:
    return Seen(
        shapes=faces.shapes.astype(np.float64),
        units=faces.units / 5.0,
        sd=np.full((N, S + A), 0.1),
        presence=np.where(faces.units >= 1, 9.0, -9.0),
        emotion=9.0 * faces.emotion,
        affect=None,
        embedding=None,
    )


def test_perfect_readings_score_perfectly(faces: Faces) -> None:
    found = scores(perfect(faces), faces)
    assert found == pytest.approx({"r43": 1, "icc": 1, "mae": 0, "f1": 1, "emotion": 1}, abs=1e-6)


def test_gaze_and_tongue_are_not_among_the_43() -> None:
    names = [BLENDSHAPES[i] for i in validate.EXPRESSIVE]
    assert len(names) == 43
    assert not any("eyeLook" in name or "tongue" in name for name in names)


def test_names_keep_their_scores(faces: Faces) -> None:
    seen = perfect(faces)
    seen.shapes[:, BLENDSHAPES.index("jawOpen")] = np.random.default_rng(1).random(N)
    found = per_name(seen, faces)
    assert found["shapes_r"]["jawOpen"] == pytest.approx(0, abs=0.05)
    assert found["shapes_r"]["mouthPucker"] == 1
    assert found["units_icc"]["AU12L"] == 1


def midway(faces: Faces) -> Faces:
    """Expressions so far from either end of the range that errors do not meet it."""
    return replace(faces, shapes=0.45 + 0.1 * faces.shapes, units=2.25 + 0.1 * faces.units)


def test_calibrated_deviations_are_as_large_as_errors(faces: Faces) -> None:
    rng = np.random.default_rng(2)
    noise = np.concatenate([np.full(S, 0.1), np.full(A, 0.025)])
    faces = midway(faces)
    seen = replace(perfect(faces), sd=np.full((N, S + A), 0.05))
    errors = rng.normal(0, noise, (N, S + A))
    off = replace(seen, shapes=seen.shapes + errors[:, :S], units=seen.units + errors[:, S:])
    sd = calibrate(off, faces).sd
    np.testing.assert_allclose(sd[:S], 2.0, rtol=0.1)
    np.testing.assert_allclose(sd[S:], 0.5, rtol=0.1)
    assert np.isinf(calibrate(off, faces).most).all(), "no bound without need"


def test_deviations_are_bounded_where_errors_are(faces: Faces) -> None:
    """Errors with long tails, of sd .01 to .08, of which a network says half, and far too much of the largest."""
    rng = np.random.default_rng(4)
    true = np.exp(rng.uniform(np.log(0.01), np.log(0.3), (N, S + A)))
    true = 1 / np.sqrt(1 / true**2 + 1 / 0.08**2)
    said = 0.5 / np.sqrt(1 / true**2 - 1 / 0.08**2)
    errors = true * rng.laplace(0, 1 / np.sqrt(2), true.shape)
    faces = midway(faces)
    seen = perfect(faces)
    off = replace(seen, sd=said, shapes=seen.shapes + errors[:, :S], units=seen.units + errors[:, S:])
    found = calibrate(off, faces)
    np.testing.assert_allclose(np.median(found.sd), 2.0, rtol=0.05)
    np.testing.assert_allclose(np.median(found.most), 0.08, rtol=0.2)
    calibrated = 1 / np.sqrt(1 / (found.sd * said) ** 2 + 1 / found.most**2)
    np.testing.assert_allclose(np.median(calibrated / true), 1, rtol=0.02)
    spread = np.concatenate([faces.shapes, faces.units / 5], 1).std(0)
    assert (found.most >= 0.999 * spread).all(), "who knows nothing may say so"


def test_readings_that_hedge_are_stretched_to_the_range_of_the_truth(faces: Faces) -> None:
    shares = faces.units / 5.0
    seen = replace(perfect(faces), units=0.8 * shares + 0.2 * shares.mean(0))
    found = calibrate(seen, faces)
    np.testing.assert_allclose(found.gain[S:], 1.25, rtol=0.03)
    np.testing.assert_allclose(validate.calibrated(seen, found).units, shares, atol=0.02)
    np.testing.assert_allclose(found.gain[:S], 1, rtol=0.03)


def test_what_is_held_back_at_the_ends_does_not_cost_spread(faces: Faces) -> None:
    """Noisy readings that hedge, of units of which most rest: their mean and spread become those of the truth."""
    rng = np.random.default_rng(7)
    shares = faces.units / 5.0
    noisy = 0.5 * shares + 0.1 + rng.normal(0, 0.05, shares.shape)
    read = validate.calibrated(
        replace(perfect(faces), units=noisy), calibrate(replace(perfect(faces), units=noisy), faces)
    )
    np.testing.assert_allclose(read.units.std(0), shares.std(0), rtol=0.01)
    np.testing.assert_allclose(read.units.mean(0), shares.mean(0), atol=0.002)
    assert read.units.min() > 0
    rested = np.argsort(noisy[:, 0])[:50]
    assert (np.diff(read.units[rested, 0]) > 0).all(), "the faintest keep their order"


def test_readings_that_do_not_follow_are_not_stretched(faces: Faces) -> None:
    seen = replace(perfect(faces), units=0.1 * np.random.default_rng(5).random((N, A)))
    found = calibrate(seen, faces)
    assert (found.gain[S:] == 1).all()
    assert (found.shift == 0).all()


def test_overconfident_and_timid_logits_are_set_right(faces: Faces) -> None:
    rng = np.random.default_rng(3)
    honest = rng.normal(0, 1.5, (N, A))
    there = rng.random((N, A)) < 1 / (1 + np.exp(-honest))
    truth = replace(faces, units=np.where(there, 3, 0).astype(np.float32))
    seen = replace(perfect(faces), presence=2.5 * honest - 2)
    found = calibrate(seen, truth)
    np.testing.assert_allclose(found.presence, 1 / 2.5, rtol=0.25)
    np.testing.assert_allclose(found.lean, 2 / 2.5, atol=0.35)
    assert np.abs(validate.calibrated(seen, found).presence - honest).mean() < 0.25


def test_presence_that_is_never_there_or_told_the_wrong_way_round_stays_as_it_is(faces: Faces) -> None:
    there = np.arange(N) % 3 == 0
    truth = replace(faces, units=np.repeat(np.where(there, 3, 0).astype(np.float32)[:, None], A, 1))
    truth.units[:, 0] = 0
    found = calibrate(replace(perfect(faces), presence=np.repeat(np.where(there, -4.0, 4.0)[:, None], A, 1)), truth)
    np.testing.assert_allclose(found.presence, 1)
    np.testing.assert_allclose(found.lean, 0)


def test_emotions_are_as_likely_as_where_half_of_the_faces_are_calm(faces: Faces) -> None:
    """Of faces where nine of ten are neutral, with evidence that tells angry ones by odds of 8 to 1."""
    rng = np.random.default_rng(5)
    angry = np.arange(N) % 10 == 0
    cue = rng.random(N) < np.where(angry, 8 / 9, 1 / 9)
    honest = np.full((N, 8), -30.0)
    honest[:, 0], honest[:, 1] = 0, np.log(0.1 / 0.9) + np.where(cue, np.log(8), -np.log(8))
    truth = replace(faces, emotion=np.eye(8, dtype=np.float32)[angry.astype(int)])
    found = calibrate(replace(perfect(faces), emotion=honest), truth)
    assert found.emotion == pytest.approx(1, abs=0.15)
    shifted = honest[cue][0] + found.odds
    # A fourteenth are angry, a seventh of those that are neutral.
    assert np.exp(shifted[1] - shifted[0]) == pytest.approx(8 / 7, rel=0.1)
    photographs = replace(truth, shapes=np.full_like(truth.shapes, np.nan))
    assert not calibrate(replace(perfect(faces), emotion=honest), photographs).odds.any()


def test_emotions_are_as_sure_as_they_are_right_where_expressions_are_likelier(faces: Faces) -> None:
    """Right on the calm faces, nine of ten, without being sure; half of the others are taken for calm, surely."""
    angry = np.arange(N) % 10 == 0
    sure = np.full((N, 8), -30.0)
    sure[:, :2] = np.where(angry[:, None], (0.0, 4.0), (1.5, 0.0))
    sure[np.arange(N) % 20 == 0, :2] = (4.0, 0.0)
    truth = replace(faces, emotion=np.eye(8, dtype=np.float32)[angry.astype(int)])
    found = calibrate(replace(perfect(faces), emotion=sure), truth)
    photographs = replace(truth, shapes=np.full_like(truth.shapes, np.nan))
    assert found.emotion > 1.1 * calibrate(replace(perfect(faces), emotion=sure), photographs).emotion


def test_what_is_not_labelled_leaves_certainty_as_it_is(faces: Faces) -> None:
    nothing = replace(
        faces,
        shapes=np.full_like(faces.shapes, np.nan),
        units=np.full_like(faces.units, np.nan),
        emotion=np.full_like(faces.emotion, np.nan),
    )
    found = calibrate(perfect(faces), nothing)
    assert (found.gain == 1).all()
    assert (found.sd == 1).all()
    assert np.isinf(found.most).all()
    assert (found.presence == 1).all()
    assert (found.lean == 0).all()
    assert found.emotion == 1
    assert (found.odds == 0).all()


def test_expressions_lie_where_their_shapes_say(faces: Faces) -> None:
    """Whatever the network itself made of them; and around a pole, where calm faces are."""
    lost = np.random.default_rng(6).normal(size=(N, 32))
    seen = replace(perfect(faces), embedding=lost)
    found = calibrate(seen, faces)
    assert found.space is not None
    assert found.space.shape == (2 * S, 31)
    moved = validate.calibrated(seen, found).embedding
    assert moved is not None
    np.testing.assert_allclose(np.linalg.norm(moved, axis=1), 1)
    some = faces[np.arange(600)]
    assert validate.triplet_scores(moved[:600], some)["triplets"] > 0.85
    calm = validate.calibrated(replace(seen, shapes=np.full((N, S), -0.1)), found).embedding
    assert calm is not None
    np.testing.assert_allclose(calm[:, -1], 1, atol=1e-3)


def test_where_shapes_are_not_known_the_embedding_is_the_networks(faces: Faces) -> None:
    own = np.random.default_rng(6).normal(size=(N, 32))
    seen = replace(perfect(faces), embedding=own)
    few = faces.shapes.copy()
    few[500:] = np.nan
    found = calibrate(seen, replace(faces, shapes=few))
    assert found.space is None
    assert validate.calibrated(seen, found).embedding is own


def test_triplets_of_a_perfect_space_hold(faces: Faces) -> None:
    some = faces[np.arange(600)]
    from mien_models.head.motion.distance import embed

    assert validate.triplet_scores(embed(some.shapes), some) == {"triplets": 1.0}
    lost = np.random.default_rng(0).normal(size=(600, 8))
    assert validate.triplet_scores(lost, some)["triplets"] == pytest.approx(1 / 3, abs=0.04)
