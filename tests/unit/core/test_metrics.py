"""Errors by hand-made numbers."""

from __future__ import annotations

import math

import numpy as np
import pytest

from mien.core.metrics import angle_between_deg, landmark_error, mean_absolute_error, pearson

NAN = float("nan")


def test_pearson_is_blind_to_gain_and_offset_and_sees_the_sign() -> None:
    truth = np.array([0.0, 1, 2, 3])
    assert pearson(truth, 3 * truth + 7) == pytest.approx(1)
    assert pearson(truth, -truth) == pytest.approx(-1)


def test_pearson_by_hand() -> None:
    # Deviations (-1, 0, 1) and (-1, 1, 0): 1 / (√2 · √2)
    assert pearson(np.array([1.0, 2, 3]), np.array([1.0, 3, 2])) == pytest.approx(0.5)


@pytest.mark.parametrize("estimate", [[1.0, 1, 1], [NAN, NAN, 2], [1.0, 2, NAN]])
def test_pearson_of_what_does_not_move_or_is_hardly_seen_is_not_a_number(estimate: list[float]) -> None:
    assert math.isnan(pearson(np.array([1.0, 2, 3]), np.array(estimate)))


def test_what_was_not_observed_does_not_count_as_zero() -> None:
    assert mean_absolute_error(np.array([1.0, 5, 3]), np.array([2.0, NAN, 3])) == pytest.approx(0.5)
    assert math.isnan(mean_absolute_error(np.array([1.0]), np.array([NAN])))


def test_angles() -> None:
    x, y = np.array([2.0, 0, 0]), np.array([0, 0.5, 0])
    assert angle_between_deg(x, y) == pytest.approx(90)
    assert angle_between_deg(x, x) == pytest.approx(0, abs=1e-5)
    assert angle_between_deg(x, x + 4 * y) == pytest.approx(45)


def test_landmark_error_counts_in_eye_distances_and_in_the_image_only() -> None:
    truth = np.zeros((478, 3), np.float32)
    truth[263, 0] = 50
    estimate = truth + np.array([3, 4, 99], np.float32)
    assert landmark_error(truth, estimate) == pytest.approx(0.1)
    estimate[7] = truth[7]
    assert landmark_error(truth, estimate, [7]) == 0
