"""Whether two voices speak at the same time: what is left of a sound without the voice that is heard best."""

from __future__ import annotations

import math
from collections import deque

import numpy as np
from numpy.typing import NDArray

from mien_models.speech.features import RATE
from mien_models.speech.pitch import HIGHEST_HZ, LOWEST_HZ

F64 = NDArray[np.float64]
_N = 1024  # 64 ms, that are told of
_SHORT, _LONG = int(RATE / HIGHEST_HZ), math.ceil(RATE / LOWEST_HZ)
WINDOW = _N + _LONG + 2  # and what the comb needs before
_PREFER = 0.9  # as for the pitch: the first peak that is nearly as high as the highest
_RELATED = np.log2(np.array([1 / 4, 1 / 3, 1 / 2, 2 / 3, 1, 3 / 2, 2, 3, 4]))
_APART = 0.07  # octaves from such a ratio: less is the same voice
CUES = 4
SPAN, LEAST = 75, 40  # hops of speech that are told of together: at most, and at least
_VOICED = 0.5
_FADE = 0.96  # per hop: about half a second
# Of a logistic regression on synthetic voices, alone and mixed at 0 to 8 dB: `python -m
# mien_models.speech.teach_several`.
_BIAS, _WEIGHTS = 4.90, np.array([3.54, -5.11, 7.01, 14.89])


def _correlation(x: F64) -> F64:
    """Normalised, of lags up to _LONG + 1."""
    x = x - x.mean()
    spectrum = np.fft.rfft(x, 2 * len(x))
    product = np.fft.irfft(spectrum.real**2 + spectrum.imag**2)[: _LONG + 2]
    squares = np.concatenate([[0.0], np.cumsum(x * x)])
    lags = np.arange(_LONG + 2)
    return np.asarray(2 * product / np.maximum(squares[len(x) - lags] + squares[-1] - squares[lags], 1e-9))


def _peaks(r: F64) -> NDArray[np.intp]:
    inner = r[_SHORT : _LONG + 1]
    return np.flatnonzero((inner > r[_SHORT - 1 : _LONG]) & (inner >= r[_SHORT + 1 : _LONG + 2])) + _SHORT


def cues(samples: NDArray[np.float32]) -> F64:
    """CUES numbers of WINDOW samples at 16 kHz: how periodic the newest 64 ms are, how periodic what is left is,
    without periods of the first voice, how much is left [dB], and whether both are voiced.

    What is left comes of a comb that subtracts the sound of one period before (de Cheveigné 1993, "Separation of
    concurrent harmonic sounds: fundamental frequency estimation and a time-domain cancellation model").
    """
    x = samples.astype(np.float64)
    now = x[-_N:]
    r = _correlation(now)
    peaks = _peaks(r)
    if not len(peaks) or (best := float(r[peaks].max())) < 0.2:
        return np.zeros(CUES)
    lag = int(peaks[np.argmax(r[peaks] >= _PREFER * best)])
    a, b, c = (float(v) for v in r[lag - 1 : lag + 2])
    bent = a - 2 * b + c
    period = lag + (0.5 * (a - c) / bent if bent < 0 else 0.0)
    whole, start = int(period), len(x) - _N
    part = period - whole
    before = (1 - part) * x[start - whole : len(x) - whole] + part * x[start - whole - 1 : len(x) - whole - 1]
    left = (now - before) / 2
    second = _correlation(left)
    others = _peaks(second)
    ratio = np.abs(np.log2(others / lag)[:, None] - _RELATED).min(axis=1) if len(others) else np.zeros(0)
    others = others[ratio > _APART]
    other = float(second[others].max()) if len(others) else 0.0
    rest_db = 10 * np.log10((np.mean(left**2) + 1e-10) / (np.mean(now**2) + 1e-10))
    return np.array([best, max(other, 0.0), rest_db / 10, float(best > 0.5 and other > 0.5)])


def statistics(some: NDArray[np.float64]) -> F64:
    """What cues (N, CUES) of a second and a half say together; N is 1 or more."""
    voiced = some[some[:, 0] > _VOICED]
    voiced = voiced if len(voiced) > 5 else some
    return np.array([some[:, 0].mean(), voiced[:, 1].mean(), voiced[:, 2].mean(), some[:, 3].mean()])


class Several:
    """Hears out a second voice over the last second and a half of speech."""

    def __init__(self) -> None:
        self._cues: deque[F64] = deque(maxlen=SPAN)
        self.overlap = 0.0  # probability that a second voice speaks as well

    def __call__(self, samples: NDArray[np.float32]) -> None:
        """One hop of speech later, whose last WINDOW samples these are."""
        self._cues.append(cues(samples))
        if len(self._cues) < LEAST:
            return
        self.overlap = float(1 / (1 + np.exp(-(_BIAS + _WEIGHTS @ statistics(np.array(self._cues))))))

    def silence(self) -> None:
        """One hop of no speech later: what was heard fades."""
        self.overlap *= _FADE
