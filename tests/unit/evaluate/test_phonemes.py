"""Sentences that names spell, and the count of sounds that differ."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest

from mien.evaluate.speech import phonemes
from mien.evaluate.speech.phonemes import Spelled, error_rate, fold, spelled
from mien_models.speech.alphabet import distance


def test_a_name_spells_its_sentence() -> None:
    assert " ".join(spelled("bbaf2n") or ()) == "b ɪ n b l u æ t ɛ f t u n aʊ"
    assert " ".join(spelled("lwbsza") or ()) == "l eɪ w aɪ t b aɪ ɛ s z ɪ ɹ oʊ ə g ɛ n"
    for other in ("talk", "bbaf2x", "bbaw2n", "bbaf2n2", ""):
        assert spelled(other) is None, other


def test_every_sentence_of_the_corpus_is_told() -> None:
    letters = "abcdefghijklmnopqrstuvxyz"  # no w, whose name is long
    names = ["".join(n) for n in product("blps", "bgrw", "abiw", letters, "z123456789", "anps")]
    assert len(names) == 64000
    assert all(spelled(name) for name in names[::37])


@pytest.mark.parametrize(
    ("a", "b", "errors"), [("kitten", "sitting", 3), ("", "abc", 3), ("abc", "abc", 0), ("flaw", "lawn", 2)]
)
def test_the_distance_counts_changes(a: str, b: str, errors: int) -> None:
    assert distance(a, b) == distance(b, a) == errors


def test_the_error_rate_is_per_phoneme_that_is_said() -> None:
    films = [Spelled(tuple("abcd"), tuple("abxd")), Spelled(tuple("ab"), tuple("ab"))]
    assert error_rate(films) == pytest.approx(1 / 6)
    assert error_rate([]) is None


def test_two_ways_to_write_a_sound_are_one() -> None:
    assert fold(["d͡ʒ", "r", "uː", "ɡ", "ʌ"]) == ("dʒ", "ɹ", "u", "g", "ə")


def test_a_recogniser_hears_no_phoneme_in_silence() -> None:
    pytest.importorskip("hama", reason="hama is not installed; it is optional")
    assert phonemes.Hama()(np.zeros(44100, np.float32), 44100) == ((), ())
