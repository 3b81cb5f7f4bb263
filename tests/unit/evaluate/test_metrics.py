"""Metrics against hand-made numbers, published examples and closed forms."""

from __future__ import annotations

import math
from itertools import product

import numpy as np
import pytest

from mien_models.evaluate import metrics

NAN = float("nan")
RNG = np.random.default_rng(3)


def test_pearson_is_blind_to_gain_and_offset_and_sees_the_sign() -> None:
    truth = np.array([0.0, 1, 2, 3])
    assert metrics.pearson(truth, 3 * truth + 7) == pytest.approx(1)
    assert metrics.pearson(truth, -truth) == pytest.approx(-1)


def test_pearson_by_hand() -> None:
    # Deviations (-1, 0, 1) and (-1, 1, 0): 1 / (√2 · √2)
    assert metrics.pearson(np.array([1.0, 2, 3]), np.array([1.0, 3, 2])) == pytest.approx(0.5)


@pytest.mark.parametrize("estimate", [[1.0, 1, 1], [NAN, NAN, 2], [1.0, 2, NAN]])
def test_pearson_of_what_does_not_move_or_is_hardly_seen_is_not_a_number(estimate: list[float]) -> None:
    assert math.isnan(metrics.pearson(np.array([1.0, 2, 3]), np.array(estimate)))


def test_what_was_not_observed_does_not_count_as_zero() -> None:
    truth, estimate = np.array([1.0, 5, 3]), np.array([2.0, NAN, 3])
    assert metrics.mean_absolute_error(truth, estimate) == pytest.approx(0.5)
    assert metrics.mean_squared_error(truth, estimate + 1) == pytest.approx(2.5)
    assert math.isnan(metrics.mean_absolute_error(np.array([1.0]), np.array([NAN])))
    assert math.isnan(metrics.mean_squared_error(np.array([1.0]), np.array([NAN])))


def test_icc_of_the_published_example() -> None:
    # Shrout & Fleiss (1979), table 2 and 4: six targets, four judges, ICC(3,1) = .71
    judges = np.array([[9, 6, 8, 7, 10, 6], [2, 1, 4, 1, 5, 2], [5, 3, 6, 2, 6, 4], [8, 2, 8, 6, 9, 7]], float)
    assert metrics.icc31(*judges) == pytest.approx(0.7148, abs=5e-5)


def test_icc_of_two_raters_is_twice_the_covariance_over_the_variances() -> None:
    x, y = RNG.normal(size=(2, 40)) + RNG.normal(size=40)
    covariance = np.cov(x, y)
    expected = 2 * covariance[0, 1] / np.trace(covariance)
    assert metrics.icc31(x, y) == pytest.approx(expected)
    assert metrics.icc31(x, y + 9) == pytest.approx(expected)
    assert metrics.icc31(x, np.full(40, 2.0)) == pytest.approx(0)
    assert math.isnan(metrics.icc31([1.0, 1, 1], [2.0, 2, 2]))
    assert metrics.icc31([*x, 5], [*y, NAN]) == pytest.approx(expected)


def test_ccc_pays_for_offset_and_gain() -> None:
    x = np.array([-1.0, 0, 1])  # variance 2/3
    assert metrics.ccc(x, x) == pytest.approx(1)
    assert metrics.ccc(x, x + 1) == pytest.approx((4 / 3) / (4 / 3 + 1))
    assert metrics.ccc(x, 2 * x) == pytest.approx((8 / 3) / (2 / 3 + 8 / 3))
    assert metrics.ccc(x, -x) == pytest.approx(-1)
    assert math.isnan(metrics.ccc([1.0, 1], [1.0, 1]))


def test_f1_by_hand() -> None:
    positive, score = [1, 1, 1, 0, 0], [0.9, 0.6, 0.2, 0.7, NAN]
    # TP 2, FN 1, FP 1; the last is not observed.
    assert metrics.f1(positive, score) == pytest.approx(4 / 6)
    assert metrics.f1(positive, score, threshold=0.65) == pytest.approx(2 / 5)
    assert metrics.f1([1, 0], [0.0, 0.0]) == 0
    assert math.isnan(metrics.f1([0, 0], [0.0, 0.0]))


def test_the_best_threshold_is_the_best_of_all() -> None:
    positive = RNG.random(60) < 0.3
    score = np.round(0.4 * positive + RNG.random(60), 1)  # with ties
    value, threshold = metrics.best_f1(positive, score)
    tried = [metrics.f1(positive, score, t) for t in np.unique(score)]
    assert value == pytest.approx(max(tried))
    assert metrics.f1(positive, score, threshold) == pytest.approx(value)
    assert np.isnan(metrics.best_f1([0, 0], [0.1, 0.9])).all()


def test_auc_counts_pairs() -> None:
    positive = RNG.random(30) < 0.4
    score = np.round(RNG.random(30) + 0.3 * positive, 1)
    pairs = [(p > n) + 0.5 * (p == n) for p, n in product(score[positive], score[~positive])]
    assert metrics.auc(positive, score) == pytest.approx(np.mean(pairs))
    assert math.isnan(metrics.auc([1, 1], [0.2, 0.4]))


def test_accuracy_leaves_out_what_has_no_label_and_classes_that_never_occur() -> None:
    share, macro = metrics.accuracy([0, 0, 1, -1], [0, 1, 1, 2], classes=8)
    assert share == pytest.approx(2 / 3)
    # Class 0: TP 1, FN 1; class 1: TP 1, FP 1; both 2/3. Class 2 was said only where there is no label.
    assert macro == pytest.approx(2 / 3)
    assert np.isnan(metrics.accuracy([-1], [0], classes=2)).all()


def test_probabilities_that_hold_are_calibrated() -> None:
    probability = RNG.random(40_000)
    happened = RNG.random(40_000) < probability
    assert metrics.reliability(happened, probability).error < 0.01
    # Always sure, right two times in three.
    sure = metrics.reliability([1, 1, 0], [1.0, 1, 1], bins=5)
    assert sure.error == pytest.approx(1 / 3)
    assert sure.count.tolist() == [0, 0, 0, 0, 3]
    assert np.isnan(sure.said[:4]).all()


def test_a_normal_error_of_the_said_width_is_calibrated_and_half_of_it_is_not() -> None:
    sd = RNG.uniform(0.1, 2, 40_000)
    truth = RNG.normal(0, sd)
    estimate = np.zeros_like(truth)
    assert metrics.coverage(truth, estimate, sd) == pytest.approx(0.6827, abs=0.01)
    assert metrics.coverage(truth, estimate, sd, 2) == pytest.approx(0.9545, abs=0.01)
    assert metrics.sd_calibration_error(truth, estimate, sd) < 0.01
    assert metrics.sd_calibration_error(truth, estimate, sd / 2) > 0.2
    bins = metrics.sd_reliability(truth, estimate, sd, bins=4)
    assert bins.count.tolist() == [10_000] * 4
    assert np.allclose(bins.found, bins.said, rtol=0.05)
    assert (np.diff(bins.said) > 0).all()


def test_a_triplet_holds_where_its_pair_is_the_nearest_of_all_three() -> None:
    points = np.array([[0.0], [1.0], [1.5], [9.0]])
    anchor, positive, negative = np.array([[0, 1, 2], [0, 1, 3]]).T
    # 0 and 1 are 1 apart, but 1 and 2 only 0.5.
    assert metrics.triplets_hold(points, anchor, positive, negative).tolist() == [False, True]


def test_equal_points_hold_no_triplet() -> None:
    i = np.arange(3)
    assert not metrics.triplets_hold(np.ones((3, 2)), i[:1], i[1:2], i[2:]).any()


def test_neighbours_are_of_other_groups() -> None:
    points = np.array([[0.0], [0.1], [0.4], [3.0]])
    assert metrics.nearest(points, [0, 0, 1, 1], 3).tolist() == [[2, 3, -1], [2, 3, -1], [1, 0, -1], [1, 0, -1]]


def test_neighbours_that_are_not_there_are_no_rows() -> None:
    assert metrics.nearest([[0.0], [1.0]], [0, 1], 4).tolist() == [[1, -1, -1, -1], [0, -1, -1, -1]]


def test_triplets_are_judged_by_where_the_points_are_not_by_how_far_out() -> None:
    """The pair lies far from the origin, and on its far side lies the other."""
    points = np.array([[10.0, 0], [10.0, 1], [-10.0, 0.5], [10.0, 3.0]])
    one = np.array([0])
    assert metrics.triplets_hold(points, one, one + 1, one + 2).tolist() == [True]
    assert metrics.triplets_hold(points, one, one + 2, one + 1).tolist() == [False]
    # Nearer to the anchor, but not the nearest pair of the three.
    assert metrics.triplets_hold(points, one + 1, one + 3, one).tolist() == [False]


def test_a_label_of_class_0_counts_and_one_below_is_none() -> None:
    assert metrics.accuracy(np.array([0, 0, 0, 1, -1]), np.array([0, 1, 0, 1, 0]), 2)[0] == pytest.approx(3 / 4)


def test_errors_in_bins_of_what_is_told() -> None:
    """Two bins by sd: errors of 1 told as 1, errors of 6 told as 3; estimates lie far from 0."""
    truth, estimate = np.array([50.0, 50, 90, 90]), np.array([51.0, 49, 96, 84])
    found = metrics.sd_reliability(truth, estimate, np.array([1.0, 1, 3, 3]), 2)
    np.testing.assert_allclose(found.said, [1, 3])
    np.testing.assert_allclose(found.found, [1, 6])
    assert found.count.tolist() == [2, 2]
