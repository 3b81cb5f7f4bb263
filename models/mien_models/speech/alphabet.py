"""The sounds of English that are told apart, and what synthesisers call them.

After Lee & Hon 1989 ("Speaker-independent phone recognition using hidden Markov models"): what they count as one sound
is one, such as ʌ and ə, or ɔ and ɑ. Written in the International Phonetic Alphabet.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

SILENCE = ""
VOWELS = tuple("i ɪ ɛ æ ɑ ʊ u ə ɚ eɪ aɪ ɔɪ aʊ oʊ".split())
CONSONANTS = tuple("p b t d k g f v θ ð s z ʃ h m n ŋ l ɹ w j tʃ dʒ".split())
SOUNDS: tuple[str, ...] = (SILENCE, *VOWELS, *CONSONANTS)  # what the network `voice_phonemes` tells, in this order
INDEX = {sound: i for i, sound in enumerate(SOUNDS)}
# What else a synthesiser or a recogniser writes, and what it is here. Longer ones are looked for first.
_WRITTEN = {
    "ɔ": "ɑ", "ɒ": "ɑ", "a": "æ", "ɐ": "ə", "ʌ": "ə", "ɘ": "ə", "ɤ": "ə", "ᵻ": "ɪ", "ɨ": "ɪ", "e": "ɛ", "œ": "ɛ",
    "ɜ": "ɚ", "ɝ": "ɚ", "ʉ": "u", "o": "oʊ", "əʊ": "oʊ", "ɡ": "g", "r": "ɹ", "ɻ": "ɹ", "ɾ": "d", "ʔ": "t", "ʒ": "ʃ",
    "x": "k", "ç": "h", "ʍ": "w", "ɫ": "l", "ɬ": "l", "n̩": "n", "l̩": "l", "eə": "ɛ", "yː": "u",
}  # fmt: skip
_UNITS = {**{s: s for s in SOUNDS if s}, **_WRITTEN}
_LONGEST = max(map(len, _UNITS))
_TIE = "͡"
# ARPAbet, as the dictionary of Carnegie Mellon University writes it.
_ARPABET = (
    "iy i ih ɪ eh ɛ ae æ aa ɑ ao ɑ uh ʊ uw u ah ə ax ə er ɚ ey eɪ ay aɪ oy ɔɪ aw aʊ ow oʊ p p b b t t d d k k g g f f"
    " v v th θ dh ð s s z z sh ʃ zh ʃ hh h m m n n ng ŋ l l r ɹ w w y j ch tʃ jh dʒ"
).split()
ARPABET = {**dict(zip(_ARPABET[::2], _ARPABET[1::2], strict=True)), "pau": SILENCE}


def sounds_of(phoneme: str) -> tuple[str, ...]:
    """The sounds of a phoneme in IPA, one after the other; marks of stress, length and tone are passed over.

    Several of what eSpeak NG calls one, as ɑːɹ; none where nothing is known.
    """
    plain, out, at = phoneme.replace(_TIE, ""), [], 0
    while at < len(plain):
        unit = next((plain[at : at + n] for n in range(_LONGEST, 0, -1) if plain[at : at + n] in _UNITS), None)
        if unit:
            out.append(_UNITS[unit])
        at += len(unit or " ")
    return tuple(out)


def distance(a: Sequence[str], b: Sequence[str]) -> int:
    """Sounds that must be put in, taken out or exchanged to make one sequence the other (Levenshtein distance)."""
    row = np.arange(len(b) + 1)
    for i, x in enumerate(a, 1):
        new = np.empty_like(row)
        new[0] = i
        for j, y in enumerate(b, 1):
            new[j] = min(row[j] + 1, new[j - 1] + 1, row[j - 1] + (x != y))
        row = new
    return int(row[-1])
