"""The distance between expressions is a metric of looks, and triplets obey it."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, strategies as st
from hypothesis.extra.numpy import arrays
from numpy.typing import NDArray

from mien_models.head.motion.distance import distance, triplets
from mien_models.head.motion.sampler import Sampler
from mien_models.spaces.arkit import BLENDSHAPES

F64 = NDArray[np.float64]

_FACES = arrays(np.float64, len(BLENDSHAPES), elements=st.floats(0, 1))


def face(**weights: float) -> F64:
    result = np.zeros(len(BLENDSHAPES))
    for name, weight in weights.items():
        result[BLENDSHAPES.index(name)] = weight
    return result


REST = face()
SMILE = face(mouthSmileLeft=0.5, mouthSmileRight=0.5)


@given(_FACES, _FACES)
def test_it_is_symmetric_and_zero_for_the_same_face(a: F64, b: F64) -> None:
    assert distance(a, b) == distance(b, a) >= 0
    assert distance(a, a) == 0


@given(_FACES, _FACES, _FACES)
def test_no_way_round_is_shorter(a: F64, b: F64, c: F64) -> None:
    assert distance(a, c) <= distance(a, b) + distance(b, c) + 1e-12


def test_where_somebody_looks_is_no_expression() -> None:
    looking = face(eyeLookUpLeft=1, eyeLookUpRight=1, eyeLookInLeft=0.4, eyeLookOutRight=0.4)
    assert distance(REST, looking) == 0


def test_a_hint_is_nearer_to_the_full_than_half_way() -> None:
    """√: from nothing to a tenth is farther than from 0.8 to 0.9."""
    assert distance(REST, face(jawOpen=0.1)) > 3 * distance(face(jawOpen=0.8), face(jawOpen=0.9))


def test_both_sides_together_weigh_as_much_as_one_movement_on_the_midline() -> None:
    assert distance(REST, SMILE) == pytest.approx(float(distance(REST, face(jawOpen=0.5))), rel=0.02)
    assert distance(REST, face(mouthSmileLeft=0.5)) == pytest.approx(0.7 * np.sqrt(0.5))


def test_directions_are_no_copies() -> None:
    assert distance(REST, face(jawLeft=0.5)) == distance(REST, face(jawOpen=0.5))


def test_a_blink_counts_half() -> None:
    shut, wide = face(eyeBlinkLeft=1, eyeBlinkRight=1), face(eyeWideLeft=1, eyeWideRight=1)
    assert distance(REST, shut) == distance(REST, wide) / 2


def test_many_against_many() -> None:
    shapes = Sampler(1).take(0, 5).shapes
    table = distance(shapes[:, None], shapes)
    assert table.shape == (5, 5)
    assert table[1, 3] == pytest.approx(float(distance(shapes[1], shapes[3])))


# --- Triplets: 200 expressions, each on 4 of 40 people ---


@pytest.fixture(scope="module")
def album() -> tuple[F64, NDArray[np.int_]]:
    rng = np.random.default_rng(0)
    shapes = np.repeat(Sampler(1).take(0, 200).shapes, 4, axis=0)
    return shapes, rng.integers(40, size=len(shapes))


def test_the_negative_is_farther_than_the_positive_by_the_gap_that_the_margin_is_part_of(
    album: tuple[F64, NDArray[np.int_]],
) -> None:
    shapes, who = album
    made = triplets(np.random.default_rng(1), shapes, who, 2000, margin=0.4, min_gap=0.15)
    near = distance(shapes[made.anchor], shapes[made.positive])
    far = distance(shapes[made.anchor], shapes[made.negative])
    assert (far - near).min() >= 0.15
    np.testing.assert_allclose(made.margin, 0.4 * (far - near))


def test_the_positive_is_another_person_and_the_negative_often_the_same(album: tuple[F64, NDArray[np.int_]]) -> None:
    shapes, who = album
    made = triplets(np.random.default_rng(1), shapes, who, 2000)
    assert len(made) > 1800
    assert (who[made.anchor] != who[made.positive]).all()
    assert np.mean(who[made.anchor] == who[made.negative]) > 0.8


def test_easy_and_hard_ones_mix(album: tuple[F64, NDArray[np.int_]]) -> None:
    shapes, who = album
    margin = triplets(np.random.default_rng(1), shapes, who, 2000, margin=1).margin
    assert np.quantile(margin, 0.1) < 0.4
    assert np.quantile(margin, 0.9) > 0.8


def test_the_same_generator_gives_the_same_triplets(album: tuple[F64, NDArray[np.int_]]) -> None:
    shapes, who = album
    a, b = (triplets(np.random.default_rng(7), shapes, who, 100) for _ in range(2))
    np.testing.assert_array_equal(a.negative, b.negative)


def test_one_person_alone_makes_no_triplets() -> None:
    with pytest.raises(ValueError, match="two identities"):
        triplets(np.random.default_rng(0), np.zeros((4, len(BLENDSHAPES))), [1, 1, 1, 1], 5)
