"""Which sounds of English are heard when: the network `voice_phonemes`, for recordings."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from mien_models.speech import features
from mien_models.speech.alphabet import INDEX, SILENCE, SOUNDS

F32 = NDArray[np.float32]
REACH = 12  # frames to either side of the one that is told: 240 ms
_WAVES = 10  # cosines that tell how a band changes within the reach
INPUTS = features.MELS * _WAVES
_CHUNK, _MARGIN = 1500, 50  # frames that are freed of their mean together, and those beside them
_LOUD = 1.0  # below the loudest frame, in the units of `features.normalise`: what the mean is taken of
SWITCH = (
    3.0  # nepers that a change from one sound to another costs; set on a synthetic voice that is not in the lessons
)
_HOP_S = features.HOP / features.RATE


@dataclass(frozen=True, slots=True)
class Sound:
    """A sound of speech, by `alphabet.SOUNDS`, and when it is heard [s]."""

    start_s: float
    end_s: float
    name: str


@cache
def _cosines() -> F32:
    """(2 REACH + 1)×_WAVES, orthogonal, under a window: the middle counts most."""
    n = 2 * REACH + 1
    t = np.arange(n)
    waves = np.cos(np.pi * (t[:, None] + 0.5) * np.arange(_WAVES) / n) * np.hamming(n)[:, None]
    return np.asarray(waves / np.linalg.norm(waves, axis=0), np.float32)


def inputs(told: F32) -> F32:
    """F×MELS frames of `features.frames` to F×INPUTS: how each band changes around each frame.

    The mean of the loud frames is taken away first, and with it the colour of microphone and room. Cosines over the
    trajectory of each band after Hermansky & Sharma 1998 ("TRAPS: classifiers of temporal patterns").
    """
    if not len(told):
        return np.zeros((0, INPUTS), np.float32)
    level = told.mean(axis=1)
    told = told - told[level >= level.max() - _LOUD].mean(axis=0)
    padded = np.concatenate([told[:1].repeat(REACH, 0), told, told[-1:].repeat(REACH, 0)])
    windows = np.lib.stride_tricks.sliding_window_view(padded, 2 * REACH + 1, axis=0)  # F×MELS×time
    return np.asarray(windows @ _cosines(), np.float32).reshape(len(told), -1)


def path(chances: F32, switch: float = SWITCH) -> NDArray[np.intp]:
    """The likeliest sound of each frame, F indices, where each change costs (Viterbi). chances: F×S."""
    score = np.log(np.maximum(chances, 1e-6))
    before = np.zeros(score.shape, np.intp)
    best = score[0].copy() if len(score) else np.zeros(0)
    for i in range(1, len(score)):
        top = int(best.argmax())
        stay = best >= best[top] - switch
        before[i] = np.where(stay, np.arange(len(best)), top)
        best = np.where(stay, best, best[top] - switch) + score[i]
    told = np.zeros(len(score), np.intp)
    if len(score):
        told[-1] = int(best.argmax())
        for i in range(len(score) - 1, 0, -1):
            told[i - 1] = before[i, told[i]]
    return told


class Phonemes:
    """Sounds of a whole recording."""

    def __init__(self, network: Callable[[Mapping[str, Any]], Mapping[str, Any]]) -> None:
        """network: a session of `voice_phonemes`."""
        self._network = network

    def __call__(self, samples: F32) -> list[Sound]:
        """The sounds of mono samples at 16 kHz, without pauses, in order."""
        told = features.frames(samples)
        chances = [self._chances(told, i) for i in range(0, len(told), _CHUNK)]
        if not chances:
            return []
        which = path(np.concatenate(chances))
        edges = np.flatnonzero(np.diff(which, prepend=-1, append=-1))
        # A frame is told of its middle: a sound begins half a hop before it.
        start_s = (features.WINDOW - features.HOP) / 2 / features.RATE
        return [
            Sound(start_s + a * _HOP_S, start_s + b * _HOP_S, SOUNDS[which[a]])
            for a, b in zip(edges[:-1].tolist(), edges[1:].tolist(), strict=True)
            if which[a] != INDEX[SILENCE]
        ]

    def _chances(self, told: F32, first: int) -> F32:
        a, b = max(first - _MARGIN, 0), first + _CHUNK + _MARGIN
        out = self._network({"sound": inputs(told[a:b])})["sounds"]
        return np.asarray(out[first - a : first - a + _CHUNK], np.float32)
