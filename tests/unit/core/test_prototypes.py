"""Textbook combinations of action units, and the expression that each stands for."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, strategies as st
from hypothesis.extra.numpy import arrays

from mien.core.prototypes import circumplex, read
from mien.core.types import F64
from mien_models.spaces import facs
from mien_models.spaces.emotions import EMOTIONS, VALENCE_AROUSAL

N = len(facs.AUS)


def showing(*units: str, level: float = 3.0) -> F64:
    """Intensities of facs.AUS: `level` for these units ("12" both sides, "12L" one), else 0."""
    intensity = np.zeros(N)
    for unit in units:
        labels = (f"AU{unit}",) if unit[-1] in "LR" else facs.labels(int(unit))
        intensity[[facs.INDEX[label] for label in labels]] = level
    return intensity


def top(intensity: F64) -> str:
    return EMOTIONS[int(np.argmax(read(intensity, np.full(N, 0.8)).emotion))]


# Ekman, Friesen & Hager, FACS (2002), table 11-1, and EMFACS.
TEXTBOOK = [
    ("happiness", "6 12"), ("happiness", "6 12 25"),
    ("sadness", "1 4 15"), ("sadness", "1 4 15 17"),
    ("surprise", "1 2 5 26"), ("surprise", "1 2 5 27"),
    ("fear", "1 2 4 5 20 25"), ("fear", "1 2 4 5 20 26"),
    ("anger", "4 5 7 23"), ("anger", "4 5 7 24"),
    ("disgust", "9 15"), ("disgust", "10 17 4"), ("disgust", "9 17"),
    ("contempt", "12R"), ("contempt", "14L"), ("contempt", "12R 14R"),
]  # fmt: skip


@pytest.mark.parametrize(("emotion", "units"), TEXTBOOK, ids=[f"{e}: {u}" for e, u in TEXTBOOK])
def test_textbook_combination(emotion: str, units: str) -> None:
    assert top(showing(*units.split())) == emotion


def test_nothing_shown_is_neutral() -> None:
    reading = read(showing(), np.full(N, 0.8))
    assert reading.emotion[0] == 1
    assert (reading.valence, reading.arousal) == (0, 0)


@pytest.mark.parametrize(
    "units", ["43", "25", "26", "18", "28"], ids=["blink", "lips part", "jaw", "pucker", "lip suck"]
)
def test_what_belongs_to_no_prototype_stays_neutral(units: str) -> None:
    assert top(showing(*units.split())) == "neutral"


@pytest.mark.parametrize("emotion", ["happiness", "sadness", "surprise", "anger", "disgust"])
def test_a_trace_is_neutral_and_more_is_likelier(emotion: str) -> None:
    units = next(u for e, u in TEXTBOOK if e == emotion).split()
    i = EMOTIONS.index(emotion)
    p = [read(showing(*units, level=x), np.full(N, 0.8)).emotion[i] for x in (0, 0.5, 1, 2, 3)]
    assert p[1] < 0.2
    assert (np.diff(p) > 0).all()
    assert p[-1] > 0.5


def test_half_a_smile_is_as_likely_as_the_power_says() -> None:
    """By hand: both units at 1.8 of 3 are a score of 0.6; (0.6 / 0.4)³ = 3.4 times as likely as neutral."""
    p = read(showing("6", "12", level=1.8), np.full(N, 0.8)).emotion
    assert p[EMOTIONS.index("happiness")] / p[0] == pytest.approx(1.5**3, rel=0.01)


@pytest.mark.parametrize("emotion", ["happiness", "sadness", "surprise", "fear", "anger", "contempt"])
def test_valence_and_arousal_lean_to_where_the_emotion_lies(emotion: str) -> None:
    units = next(u for e, u in TEXTBOOK if e == emotion).split()
    reading = read(showing(*units, level=5), np.full(N, 0.8))
    valence, arousal = VALENCE_AROUSAL[emotion]
    assert np.sign(reading.valence) == np.sign(valence)
    assert np.sign(reading.arousal) == np.sign(arousal)


def test_a_unit_that_is_hardly_seen_hardly_counts() -> None:
    """A smile whose cheeks are not known is a smile; a smile whose cheeks are seen at rest is less of one."""
    intensity, sure = showing("12"), np.full(N, 0.8)
    seen = read(intensity, sure).emotion[EMOTIONS.index("happiness")]
    sure[[facs.INDEX["AU6L"], facs.INDEX["AU6R"]]] = 0.05
    unseen = read(intensity, sure).emotion[EMOTIONS.index("happiness")]
    assert unseen > 0.9 > seen


def test_an_even_smile_is_not_contempt_and_a_slightly_uneven_one_neither() -> None:
    even, uneven = showing("12"), showing("12")
    uneven[facs.INDEX["AU12L"]] += 0.9
    for intensity in (even, uneven):
        assert read(intensity, np.full(N, 0.8)).emotion[EMOTIONS.index("contempt")] < 0.02


def test_too_little_known_is_nan_with_confidence_zero() -> None:
    for intensity, sure in ((np.full(N, np.nan), np.zeros(N)), (showing("12"), np.zeros(N))):
        reading = read(intensity, sure)
        assert np.isnan([*reading.emotion, reading.valence, reading.arousal]).all()
        assert reading.confidence == 0


@given(arrays(np.float64, N, elements=st.floats(0, 5)), arrays(np.float64, N, elements=st.floats(0.01, 1)))
def test_it_is_always_a_distribution(intensity: F64, sure: F64) -> None:
    reading = read(intensity, sure)
    assert reading.emotion.min() >= 0
    assert reading.emotion.sum() == pytest.approx(1)
    assert 0 <= reading.confidence <= 1
    assert abs(reading.valence) <= 1
    assert abs(reading.arousal) <= 1


def test_circumplex_of_a_certain_category_is_its_place() -> None:
    for i, emotion in enumerate(EMOTIONS):
        assert circumplex(np.eye(len(EMOTIONS))[i]) == pytest.approx(VALENCE_AROUSAL[emotion])
