"""A person's resting face."""

from __future__ import annotations

import numpy as np
import pytest

from mien.core.resting import RestingFace, calmness

_FRAME_NS = 33_000_000
_REST = np.array([[0.0, 0.0], [1.0, 0.5]])
_SMILE = _REST + 0.2
_LEVELS = np.array([0.1, 0.0, 0.3])


def _learn(rest: RestingFace, points: np.ndarray, calm: float, stamp_ns: int) -> None:
    rest.learn(points, _LEVELS, calm, stamp_ns)


def _watch(rest: RestingFace, points: np.ndarray, calm: float, frames: int, first: int = 0) -> None:
    for i in range(first, first + frames):
        _learn(rest, points, calm, i * _FRAME_NS)


def test_knows_nobody_before_a_calm_frame() -> None:
    rest = RestingFace()
    _watch(rest, _SMILE, calm=0.0, frames=100)
    assert rest.points is None
    assert rest.known == 0


def test_learns_the_calm_face_and_grows_sure() -> None:
    rest = RestingFace()
    _watch(rest, _REST, calm=1.0, frames=31)
    assert rest.points == pytest.approx(_REST)
    assert rest.known == pytest.approx(0.5, abs=0.01)
    _watch(rest, _REST, calm=1.0, frames=300, first=31)
    assert rest.known > 0.9


def test_a_track_that_begins_with_a_smile_forgets_it_as_soon_as_it_sees_the_rest() -> None:
    rest = RestingFace()
    _watch(rest, _SMILE, calm=calmness(np.full(10, 0.4)), frames=300)
    assert rest.known < 0.1
    _watch(rest, _REST, calm=0.8, frames=3, first=300)
    assert rest.points == pytest.approx(_REST, abs=1e-2)
    _watch(rest, _REST, calm=0.8, frames=60, first=303)
    assert rest.known > 0.5


def test_a_face_that_never_looks_calm_has_a_rest_all_the_same_but_a_doubtful_one() -> None:
    calm, sullen = RestingFace(), RestingFace()
    _watch(calm, _REST, calm=1.0, frames=600)
    _watch(sullen, _REST, calm=calmness(np.array([0.5, 0.5])), frames=600)
    assert sullen.points == pytest.approx(_REST)
    assert 0.3 < sullen.known < calm.known - 0.2


def test_what_is_read_of_the_rest_is_learned_with_it() -> None:
    rest = RestingFace()
    rest.learn(_REST, np.zeros(2), 1.0, 0)
    rest.learn(_REST, np.array([0.2, 0.0]), 1.0, _FRAME_NS)
    rest.learn(_REST, np.array([0.0, 0.4]), 1.0, 2 * _FRAME_NS)
    assert rest.levels == pytest.approx([0.1, 0.2], abs=1e-3)


def test_the_old_fades() -> None:
    rest = RestingFace()
    _watch(rest, _REST, calm=1.0, frames=300)
    _watch(rest, _SMILE, calm=1.0, frames=9000, first=300)
    assert rest.points == pytest.approx(_SMILE, abs=0.01)


def test_a_blink_of_noise_moves_it_little() -> None:
    rest = RestingFace()
    _watch(rest, _REST, calm=1.0, frames=300)
    _watch(rest, _SMILE, calm=1.0, frames=3, first=300)
    assert rest.points == pytest.approx(_REST, abs=0.01)


@pytest.mark.parametrize("stamp_ns", [0, -5, 10])
def test_time_that_stands_or_goes_back_counts_nothing(stamp_ns: int) -> None:
    rest = RestingFace()
    _learn(rest, _REST, 1.0, 10)
    _learn(rest, _SMILE, 1.0, stamp_ns)
    assert rest.known == 0


def test_a_frame_with_nan_is_left_out() -> None:
    rest = RestingFace()
    _watch(rest, _REST, calm=1.0, frames=30)
    _learn(rest, np.full_like(_REST, np.nan), 1.0, 30 * _FRAME_NS)
    assert rest.points == pytest.approx(_REST)


def test_one_long_gap_counts_like_a_short_one() -> None:
    rest = RestingFace()
    _learn(rest, _REST, 1.0, 0)
    _learn(rest, _REST, 1.0, 3_600_000_000_000)
    assert rest.known < 0.2


def test_calmness_of_no_weights_is_zero() -> None:
    assert calmness(np.full(52, np.nan)) == 0


def test_calmness_falls_with_expression() -> None:
    weights = np.zeros(52)
    assert calmness(weights) == 1
    faint, full = weights.copy(), weights.copy()
    faint[:2], full[:8] = 0.1, 0.8
    assert 1 > calmness(faint) > 0.8
    assert calmness(full) < 0.05


def test_shut_eyes_are_no_rest() -> None:
    weights = np.zeros(52)
    weights[:2] = 0.8
    assert calmness(weights) < 0.01
