"""Verification: whether people are told apart, and where landmarks lie in a crop."""

from __future__ import annotations

import numpy as np
import pytest

from mien.evaluate.verification import in_crop, told_apart, worst
from mien_models.alignment import crop_matrix

from ..normaliser.test_scc import frontal  # noqa: TID252


def test_signatures_that_are_of_people_tell_them_and_others_do_not() -> None:
    rng = np.random.default_rng(0)
    person = np.repeat(np.arange(20), 10)
    of_people = np.eye(20, dtype=np.float32)[person] + 0.1 * rng.normal(size=(200, 20)).astype(np.float32)
    of_nobody = rng.normal(size=(200, 20)).astype(np.float32)
    assert told_apart(of_people, person) > 0.99
    assert told_apart(of_nobody, person) == pytest.approx(0.5, abs=0.05)
    assert told_apart(of_people, person, of_people[::-1], person[::-1]) > 0.99
    assert told_apart(of_people, person, of_nobody, person) == pytest.approx(0.5, abs=0.05)
    assert told_apart(of_people[:1], person[:1]) is None


def test_an_attacker_may_bet_on_the_opposite() -> None:
    assert worst(0.55, None, 0.3) == 0.7
    assert worst(None) is None


def test_landmarks_are_where_the_crop_shows_them() -> None:
    (points,) = frontal()
    eyes = in_crop(points, crop_matrix(points))[[33, 263]].mean(0)
    assert eyes[:2] == pytest.approx((112 * 0.5, 112 * 0.32), abs=3)
