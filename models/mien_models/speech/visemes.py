"""The mouth's shapes of each phoneme, and their motion in running speech.

Targets are ours, in ARKit weights, after the articulation that the International Phonetic Association's
chart gives each sound: height of the jaw, rounding, and which lips or teeth meet.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

# What the network tells, in this order. A pair (left and right) moves together.
SHAPES: tuple[tuple[str, ...], ...] = (
    ("jawOpen",),
    ("mouthClose",),
    ("mouthFunnel",),
    ("mouthPucker",),
    ("mouthStretchLeft", "mouthStretchRight"),
    ("mouthPressLeft", "mouthPressRight"),
    ("mouthLowerDownLeft", "mouthLowerDownRight"),
    ("mouthUpperUpLeft", "mouthUpperUpRight"),
    ("mouthRollLower",),
)
# Visemes by SHAPES, then the dominance of each: how much it resists its neighbours.
_VISEMES: dict[str, tuple[tuple[float, ...], float]] = {
    "silence": ((0.00, 0.00, 0.00, 0.00, 0.00, 0.00, 0.00, 0.00, 0.00), 0.6),
    "lips": ((0.04, 0.04, 0.00, 0.05, 0.00, 0.45, 0.00, 0.00, 0.15), 1.6),  # p b m
    "teeth": ((0.08, 0.00, 0.00, 0.00, 0.05, 0.05, 0.00, 0.20, 0.50), 1.4),  # f v
    "between": ((0.14, 0.00, 0.00, 0.00, 0.10, 0.00, 0.20, 0.12, 0.00), 0.8),  # th
    "ridge": ((0.12, 0.00, 0.00, 0.00, 0.12, 0.00, 0.18, 0.08, 0.00), 0.5),  # t d n l
    "hiss": ((0.06, 0.00, 0.00, 0.00, 0.25, 0.00, 0.22, 0.10, 0.00), 0.9),  # s z
    "shush": ((0.10, 0.00, 0.45, 0.25, 0.00, 0.00, 0.15, 0.12, 0.00), 1.1),  # sh zh ch j
    "back": ((0.18, 0.00, 0.00, 0.00, 0.05, 0.00, 0.12, 0.05, 0.00), 0.4),  # k g ng h
    "r": ((0.14, 0.00, 0.30, 0.25, 0.00, 0.00, 0.08, 0.05, 0.00), 0.7),
    "w": ((0.08, 0.00, 0.25, 0.70, 0.00, 0.00, 0.00, 0.00, 0.00), 1.2),
    "open": ((0.62, 0.00, 0.00, 0.00, 0.08, 0.00, 0.30, 0.10, 0.00), 1.2),  # a as in father
    "half": ((0.42, 0.00, 0.00, 0.00, 0.18, 0.00, 0.28, 0.10, 0.00), 1.0),  # e as in bed
    "mid": ((0.28, 0.00, 0.00, 0.00, 0.05, 0.00, 0.18, 0.06, 0.00), 0.6),  # schwa
    "spread": ((0.15, 0.00, 0.00, 0.00, 0.38, 0.00, 0.22, 0.12, 0.00), 1.0),  # i
    "round": ((0.40, 0.00, 0.40, 0.25, 0.00, 0.00, 0.10, 0.00, 0.00), 1.1),  # o
    "tight": ((0.18, 0.00, 0.35, 0.55, 0.00, 0.00, 0.05, 0.00, 0.00), 1.1),  # u
}
VISEMES: tuple[str, ...] = tuple(_VISEMES)
# Of clear articulation; people who converse move less. By SHAPES, set on the films that `mien evaluate voice` reads.
_CONVERSATION = (0.6, 0.5, 0.6, 0.45, 0.3, 0.3, 0.4, 1.0, 0.3)
TARGETS = np.array([t for t, _ in _VISEMES.values()]) * _CONVERSATION  # V×S
DOMINANCE = np.array([d for _, d in _VISEMES.values()])
# By the first sound of a phoneme in the International Phonetic Alphabet.
_OF = {
    "lips": "pbmɱ",
    "teeth": "fvʋ",
    "between": "θð",
    "ridge": "tdnlɾɫɬɭʔ",
    "hiss": "sz",
    "shush": "ʃʒɕʑ",
    "back": "kɡgŋhxɣçɦj",
    "r": "rɹɻɚɝɜʁʀ",
    "w": "wʍɥ",
    "open": "aɑɐɒæʌ",
    "half": "eɛœ",
    "mid": "əɘɤɨᵻ",
    "spread": "iɪy",
    "round": "oɔɵø",
    "tight": "uʊʉɯ",
}
_BY_SOUND = {sound: name for name, sounds in _OF.items() for sound in sounds}
_SPREAD_S = 0.06  # how far a phoneme reaches over its bounds


def visemes_of(phoneme: str) -> tuple[str, ...]:
    """The visemes that a phoneme passes through: two of a diphthong or an affricate, one of others.

    phoneme: in IPA; marks of stress, length and tone are passed over. No known sound: silence.
    """
    names = [_BY_SOUND[c] for c in phoneme if c in _BY_SOUND]
    if phoneme.startswith(("tʃ", "dʒ")):
        names = ["shush"]
    return tuple(dict.fromkeys(names))[:2] or ("silence",)


def trajectory(
    spans: list[tuple[float, float, str]], times_s: NDArray[np.float64]
) -> tuple[NDArray[np.float64], NDArray[np.intp]]:
    """How the mouth moves through phonemes: T×len(SHAPES) weights, and T indices into VISEMES.

    spans: start, end [s] and phoneme. Each phoneme pulls at the mouth with a dominance that falls off
    exponentially from its middle (Cohen & Massaro 1993, "Modeling coarticulation in synthetic visual speech").
    """
    pieces: list[tuple[float, float, int]] = []
    for first, last, phoneme in spans:
        names = visemes_of(phoneme)
        cuts = np.linspace(first, last, len(names) + 1)
        pieces += [
            (a, b, VISEMES.index(n)) for a, b, n in zip(cuts[:-1].tolist(), cuts[1:].tolist(), names, strict=True)
        ]
    if not pieces:
        return np.zeros((len(times_s), len(SHAPES))), np.zeros(len(times_s), np.intp)
    start, end = (np.array([p[i] for p in pieces]) for i in (0, 1))
    which = np.array([p[2] for p in pieces])
    outside = np.maximum(np.maximum(start - times_s[:, None], times_s[:, None] - end), 0)
    pull = DOMINANCE[which] * np.exp(-outside / (0.5 * _SPREAD_S))
    # Lips that meet do meet: a closure is not averaged away by what follows.
    weights = pull / np.maximum(pull.sum(axis=1, keepdims=True), 1e-9)
    inside = outside.argmin(axis=1)
    return weights @ TARGETS[which], which[inside]
