"""Numbers about rate of speech and second voices, of sounds whose answer is known."""

from __future__ import annotations

import numpy as np
import pytest
from tests.unit.audio.test_audio import vowel

from mien.core.sound import Voice
from mien.core.types import Header
from mien.evaluate.speech import talk


def voices(seconds: float, rate: float) -> list[Voice]:
    nothing = np.zeros(52, np.float32)
    return [
        Voice(Header(10**9 + i * 20_000_000), 1.0, nothing, nothing, syllables_hz=rate)
        for i in range(round(seconds * 50))
    ]


def test_the_rate_is_compared_with_the_vowels_that_are_spelled() -> None:
    said = {"a": ("b", "ɪ", "n", "aʊ", "i", "u"), "silent": ("ɪ",)}
    told = talk.rate_of_speech({"a": voices(2.0, 2.5), "silent": []}, said)
    assert told["films"] == {"a": {"told": 2.5, "spelled": 2.0}}
    assert told["mean_absolute_error_hz"] == 0.5
    assert talk.rate_of_speech({}, {})["mean_absolute_error_hz"] is None


def test_a_mixture_has_both_voices_at_their_levels() -> None:
    a, b = vowel(110, 0.5), vowel(147, 0.4)
    both = talk.mixed(a, b, 6.0)
    assert len(both) == len(b)
    level = [abs(np.vdot(both, x[: len(b)])) / np.linalg.norm(x[: len(b)]) for x in (a, b)]
    assert 20 * np.log10(level[1] / level[0]) == pytest.approx(-6, abs=0.5)


def test_second_voices_are_found_and_first_ones_are_not() -> None:
    told = talk.second_voices([(vowel(110, 1.6), 16000), (vowel(171, 1.6), 16000)])
    assert told == {"pairs": 1, "detected": {"0 dB": 1.0, "6 dB": 1.0}, "false_alarms": 0.0}
