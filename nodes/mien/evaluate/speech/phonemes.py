"""Which phonemes are heard in films whose names spell what is said, as those of the GRID corpus do.

The sentences are `command colour preposition letter digit adverb`, and a name holds the first letter of each (`bbaf2n`:
bin blue at F two now); Cooke, Barker, Cunningham & Shao, J. Acoust. Soc. Am. 120 (2006). The phonemes are heard by our
network `voice_phonemes`, and for comparison by the optional package hama (Apache-2.0), whose training data its authors
do not state. Error rates count sounds folded as in Lee & Hon 1989 ("Speaker-independent phone recognition using hidden
Markov models"), where ʌ is ə and ɔ is ɑ.
"""

from __future__ import annotations

import importlib.util
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from mien.core.types import F32
from mien.sounds.resample import Resampler
from mien_models import open_session
from mien_models.speech.alphabet import distance, sounds_of
from mien_models.speech.features import RATE
from mien_models.speech.phonemes import Phonemes

MISSING = "hama is not installed, to compare with: pip install 'mien[phonemes]'"
UNNAMED = "no film is named after its sentence, as those of the GRID corpus are (bbaf2n)"
_PARTS: tuple[dict[str, str], ...] = (
    {"b": "b ɪ n", "l": "l eɪ", "p": "p l eɪ s", "s": "s ɛ t"},
    {"b": "b l u", "g": "g ɹ i n", "r": "ɹ ɛ d", "w": "w aɪ t"},
    {"a": "æ t", "b": "b aɪ", "i": "ɪ n", "w": "w ɪ ð"},
    {
        "a": "eɪ", "b": "b i", "c": "s i", "d": "d i", "e": "i", "f": "ɛ f", "g": "dʒ i", "h": "eɪ tʃ", "i": "aɪ",
        "j": "dʒ eɪ", "k": "k eɪ", "l": "ɛ l", "m": "ɛ m", "n": "ɛ n", "o": "oʊ", "p": "p i", "q": "k j u", "r": "ɑ",
        "s": "ɛ s", "t": "t i", "u": "j u", "v": "v i", "x": "ɛ k s", "y": "w aɪ", "z": "z ɛ d",
    },
    {
        "z": "z ɪ ɹ oʊ", "1": "w ə n", "2": "t u", "3": "θ ɹ i", "4": "f ɔ", "5": "f aɪ v", "6": "s ɪ k s",
        "7": "s ɛ v ə n", "8": "eɪ t", "9": "n aɪ n",
    },
    {"a": "ə g ɛ n", "n": "n aʊ", "p": "p l i z", "s": "s u n"},
)  # fmt: skip
_SILENCE_S = 0.1  # after the sound, so that its last phoneme is told


@dataclass(frozen=True, slots=True)
class Spelled:
    """What is said in a film, and what was heard."""

    said: tuple[str, ...]
    heard: tuple[str, ...]
    at_s: tuple[float, ...] = ()  # when each that is heard begins

    @property
    def errors(self) -> int:
        """Sounds that must be put in, taken out or exchanged (Levenshtein distance)."""
        return distance(self.said, self.heard)


def spelled(name: str) -> tuple[str, ...] | None:
    """The phonemes of the sentence that a file's name spells; None where it spells none."""
    if len(name) != len(_PARTS) or any(letter not in part for letter, part in zip(name, _PARTS, strict=True)):
        return None
    return fold([p for letter, part in zip(name, _PARTS, strict=True) for p in part[letter].split()])


def fold(phonemes: Sequence[str]) -> tuple[str, ...]:
    """The same in one way of writing, and sounds that are counted as one made one. What is unknown stays."""
    return tuple(sound for p in phonemes for sound in (sounds_of(p) or (p,)))


def error_rate(films: Sequence[Spelled]) -> float | None:
    """Errors per phoneme that is said; None where none is."""
    said = sum(len(film.said) for film in films)
    return sum(film.errors for film in films) / said if said else None


class Own:
    """Phonemes of a sound, in IPA, by the network `voice_phonemes`."""

    def __init__(self) -> None:
        self._phonemes = Phonemes(open_session("voice_phonemes", "cpu", threads=1))

    def __call__(self, samples: F32, rate_hz: int) -> tuple[tuple[str, ...], tuple[float, ...]]:
        """Of mono samples in [-1, 1]; and when each phoneme begins [s]."""
        told = self._phonemes(Resampler(rate_hz, RATE)(samples))
        return tuple(p.name for p in told), tuple(p.start_s for p in told)


class Hama:
    """The same by the package hama."""

    def __init__(self) -> None:
        from hama import ASRModel

        self._model: Any = ASRModel()

    @staticmethod
    def installed() -> bool:
        return importlib.util.find_spec("hama") is not None

    def __call__(self, samples: F32, rate_hz: int) -> tuple[tuple[str, ...], tuple[float, ...]]:
        """Of mono samples in [-1, 1]; and when each phoneme begins, roughly [s]."""
        silence = np.zeros(round(_SILENCE_S * rate_hz), np.float32)
        told = self._model.transcribe_waveform(Resampler(rate_hz, RATE)(np.concatenate([samples, silence])), RATE)
        spans = self._model.phoneme_spans(told)
        return fold([s.phoneme for s in spans]), tuple(s.start_ms / 1000 for s in spans)
