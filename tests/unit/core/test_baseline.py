"""A person's resting face: how it is learned, and taken off."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, strategies as st

from mien.core.baseline.learning import Learner, calmness, relative_embedding, relative_to_rest, without_landmarks
from mien.core.types import (
    F32,
    Baseline,
    BaselineMethod,
    Expression,
    Expressions,
    Header,
    PersonBaseline,
)
from mien_models.spaces import arkit

from .observations import POINTS, observation, shapes

_FRAME_NS = 33_000_000
_SMILE = (POINTS + 0.2).astype(np.float32)


def _watch(rest: Learner, points: F32, calm: float, frames: int, first: int = 0) -> None:
    for i in range(first, first + frames):
        rest.learn(observation(landmarks=points, calm=calm), i * _FRAME_NS)


def _points(rest: Learner) -> F32:
    assert rest.baseline is not None
    assert rest.baseline.landmarks is not None
    return rest.baseline.landmarks


def test_knows_nobody_before_a_calm_frame() -> None:
    rest = Learner()
    _watch(rest, _SMILE, calm=0.0, frames=100)
    assert rest.baseline is None
    assert rest.known == 0


def test_learns_the_calm_face_and_grows_sure() -> None:
    rest = Learner()
    _watch(rest, POINTS, calm=1.0, frames=31)
    assert _points(rest) == pytest.approx(POINTS)
    assert rest.known == pytest.approx(0.5, abs=0.01)
    _watch(rest, POINTS, calm=1.0, frames=300, first=31)
    assert rest.known > 0.9


def test_says_how_it_is_known_and_since_when() -> None:
    rest = Learner()
    _watch(rest, POINTS, calm=0.0, frames=5)
    _watch(rest, POINTS, calm=1.0, frames=31, first=5)
    assert rest.baseline is not None
    assert rest.baseline.about == Baseline(BaselineMethod.LEARNED, rest.known, 5 * _FRAME_NS)


def test_a_track_that_begins_with_a_smile_forgets_it_as_soon_as_it_sees_the_rest() -> None:
    rest = Learner()
    _watch(rest, _SMILE, calm=calmness(np.full(10, 0.4)), frames=300)
    assert rest.known < 0.1
    _watch(rest, POINTS, calm=0.8, frames=3, first=300)
    assert _points(rest) == pytest.approx(POINTS, abs=1e-2)
    _watch(rest, POINTS, calm=0.8, frames=60, first=303)
    assert rest.known > 0.5


def test_a_face_that_never_looks_calm_has_a_rest_all_the_same_but_a_doubtful_one() -> None:
    calm, sullen = Learner(), Learner()
    _watch(calm, POINTS, calm=1.0, frames=600)
    _watch(sullen, POINTS, calm=calmness(np.array([0.5, 0.5])), frames=600)
    assert _points(sullen) == pytest.approx(POINTS)
    assert 0.3 < sullen.known < calm.known - 0.2


def test_what_is_read_of_the_rest_is_learned_with_it() -> None:
    rest = Learner()
    rest.learn(observation(), 0)
    rest.learn(observation(shapes(jawOpen=0.2), units=0.3, angle_deg=45), _FRAME_NS)
    rest.learn(observation(shapes(browDownLeft=0.4), units=0.1), 2 * _FRAME_NS)
    baseline = rest.baseline
    assert baseline is not None
    assert baseline.blendshapes == pytest.approx(shapes(jawOpen=0.1, browDownLeft=0.2), abs=1e-3)
    assert baseline.au_intensity == pytest.approx(1.0, abs=1e-3)  # the mean of 0.3 and 0.1, of 5
    # The mean of tan 45° and tan 0°.
    assert np.degrees(np.arctan2(*baseline.embedding)) == pytest.approx(np.degrees(np.arctan(0.5)), abs=0.1)
    assert baseline.head is None


def test_of_what_is_an_expression_at_any_rest_the_embedding_learns_as_little_as_the_weights_do() -> None:
    """A smile of 0.4, of which 0.1 may be a rest, puts a quarter of its embedding there."""
    rest = Learner()
    for i in range(60):
        smile = observation(shapes(mouthSmileLeft=0.4), angle_deg=45, resting=shapes(mouthSmileLeft=0.1))
        rest.learn(smile, i * _FRAME_NS)
    assert rest.baseline is not None
    assert np.degrees(np.arctan2(*rest.baseline.embedding)) == pytest.approx(np.degrees(np.arctan(0.25)))
    assert rest.baseline.affect == pytest.approx([0.05, -0.1])
    assert rest.baseline.emotion == pytest.approx([0.75 * 0.93 + 0.25 / 8, *[0.75 * 0.01 + 0.25 / 8] * 7])


def test_where_somebody_looks_is_no_expression() -> None:
    rest = Learner()
    for i in range(60):
        aside = shapes(eyeLookOutLeft=0.9, browDownLeft=0.2)
        rest.learn(observation(aside, angle_deg=45, resting=shapes(browDownLeft=0.2)), i * _FRAME_NS)
    assert rest.baseline is not None
    assert np.degrees(np.arctan2(*rest.baseline.embedding)) == pytest.approx(45)


def test_no_more_than_half_of_a_scale_is_a_rest() -> None:
    rest = Learner()
    for i in range(60):
        rest.learn(observation(shapes(eyeSquintLeft=0.9), units=0.8), i * _FRAME_NS)
    assert rest.baseline is not None
    assert rest.baseline.blendshapes.max() == 0.5
    assert rest.baseline.au_intensity.max() == 2.5


def test_a_network_without_units_and_embedding_leaves_them_empty() -> None:
    rest = Learner()
    none = np.zeros(0)
    bare = replace(
        observation(), units=none, resting_units=none, emotion=none, affect=none, embedding=np.zeros(0, np.float32)
    )
    for i in range(30):
        rest.learn(bare, i * _FRAME_NS)
    assert rest.baseline is not None
    assert rest.baseline.au_intensity.size == rest.baseline.embedding.size == rest.baseline.emotion.size == 0
    assert _points(rest) == pytest.approx(POINTS)


def test_the_old_fades() -> None:
    rest = Learner()
    _watch(rest, POINTS, calm=1.0, frames=300)
    _watch(rest, _SMILE, calm=1.0, frames=9000, first=300)
    assert _points(rest) == pytest.approx(_SMILE, abs=0.01)


def test_a_blink_of_noise_moves_it_little() -> None:
    rest = Learner()
    _watch(rest, POINTS, calm=1.0, frames=300)
    _watch(rest, _SMILE, calm=1.0, frames=3, first=300)
    assert _points(rest) == pytest.approx(POINTS, abs=0.01)


@pytest.mark.parametrize("stamp_ns", [0, -5, 10])
def test_time_that_stands_or_goes_back_counts_nothing(stamp_ns: int) -> None:
    rest = Learner()
    rest.learn(observation(), 10)
    rest.learn(observation(landmarks=_SMILE), stamp_ns)
    assert rest.known == 0


def test_a_frame_with_nan_is_left_out() -> None:
    rest = Learner()
    _watch(rest, POINTS, calm=1.0, frames=30)
    rest.learn(observation(landmarks=np.full_like(POINTS, np.nan)), 30 * _FRAME_NS)
    assert _points(rest) == pytest.approx(POINTS)


def test_one_long_gap_counts_like_a_short_one() -> None:
    rest = Learner()
    rest.learn(observation(), 0)
    rest.learn(observation(), 3_600_000_000_000)
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


@pytest.mark.parametrize(
    ("share", "rest", "known", "left"),
    [(0.4, 0.4, 1, 0), (1, 0.4, 1, 1), (0.7, 0.4, 1, 0.5), (0.2, 0.4, 1, 0), (0.4, 0.4, 0.5, 0.25), (0.3, 0.4, 0, 0.3)],
)
def test_at_rest_nothing_is_left_and_full_stays_full(share: float, rest: float, known: float, left: float) -> None:
    assert relative_to_rest(np.array([share]), np.array([rest]), known) == pytest.approx([left])


def test_what_is_not_observed_stays_so() -> None:
    assert np.isnan(relative_to_rest(np.array([np.nan]), np.array([0.3]), 1.0)).all()


def _on_circle(degrees: float) -> F32:
    return np.array([np.sin(np.radians(degrees)), np.cos(np.radians(degrees))], np.float32)


def _at_rest(embedding: F32, known: float = 1.0) -> PersonBaseline:
    about = Baseline(BaselineMethod.CAPTURED, known)
    return PersonBaseline(about=about, blendshapes=np.zeros(52, np.float32), embedding=embedding)


@pytest.mark.parametrize(
    ("shown_deg", "rest_deg", "known", "tangent"),
    [(60, 45, 1.0, 3**0.5 - 1), (45, 45, 1.0, 0), (45, 45, 0.5, 0.5), (0, 45, 1.0, -1), (60, 0, 1.0, 3**0.5)],
)
def test_an_embedding_is_told_from_that_of_the_resting_face(
    shown_deg: float, rest_deg: float, known: float, tangent: float
) -> None:
    away = relative_embedding(_on_circle(shown_deg), _at_rest(_on_circle(rest_deg), known))
    assert np.linalg.norm(away) == pytest.approx(1)
    assert away[0] / away[1] == pytest.approx(tangent, abs=1e-6)


@pytest.mark.parametrize("rest", [np.zeros(0, np.float32), np.array([0.6, 0, 0.8], np.float32)])
def test_an_embedding_of_another_space_than_the_resting_face_is_left_as_it_is(rest: F32) -> None:
    np.testing.assert_array_equal(relative_embedding(_on_circle(30), _at_rest(rest)), _on_circle(30))


@pytest.mark.parametrize("degrees", [90.0, 120.0, 180.0])
def test_a_space_without_a_calm_pole_is_left_as_it_is(degrees: float) -> None:
    np.testing.assert_array_equal(
        relative_embedding(_on_circle(degrees), _at_rest(_on_circle(30))), _on_circle(degrees)
    )


@given(st.floats(0, 0.5), st.floats(0, 1), st.floats(0, 1), st.floats(0, 1))
def test_what_is_taken_off_keeps_the_order_and_the_range(rest: float, known: float, a: float, b: float) -> None:
    low, high = relative_to_rest(np.array(sorted((a, b))), np.array([rest, rest]), known)
    assert 0 <= low <= high <= 1


def test_landmarks_of_resting_faces_can_be_kept_back() -> None:
    weights = np.zeros(len(arkit.BLENDSHAPES), np.float32)
    rest = replace(_at_rest(_on_circle(10)), landmarks=POINTS)
    said = Expressions(Header(3), (Expression(1, weights, weights, rest=rest), Expression(2, weights, weights)))
    first, second = without_landmarks(said).expressions
    assert first.rest is not None
    assert first.rest.landmarks is None
    np.testing.assert_array_equal(first.rest.embedding, rest.embedding)
    assert second.rest is None
