"""The fundamental frequency of a voice."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from mien_models.speech.features import RATE

WINDOW = 1024  # 64 ms: three periods of the lowest voice
LOWEST_HZ, HIGHEST_HZ = 60.0, 500.0
_SHORT, _LONG = int(RATE / HIGHEST_HZ), math.ceil(RATE / LOWEST_HZ)
_LEAST = 0.7  # a correlation below this is no voiced sound
_PREFER = 0.9  # the first peak that is nearly as high as the highest: not an octave below


def pitch(samples: NDArray[np.float32]) -> tuple[float, float]:
    """Frequency [Hz], NaN where nothing is voiced, and the correlation of two periods, of WINDOW samples at 16 kHz.

    The normalised cross-correlation of McLeod & Wyvill 2005 ("A smarter way to find pitch").
    """
    x = samples.astype(np.float64) - float(samples.mean())
    spectrum = np.fft.rfft(x, 2 * WINDOW)
    correlation = np.fft.irfft(spectrum.real**2 + spectrum.imag**2)[: _LONG + 2]
    squares = np.concatenate([[0.0], np.cumsum(x * x)])
    lags = np.arange(_LONG + 2)
    power = squares[WINDOW - lags] + squares[WINDOW] - squares[lags]
    if power[0] < 1e-9 * WINDOW:
        return math.nan, 0.0
    r = 2 * correlation / np.maximum(power, 1e-12)
    inner = r[_SHORT : _LONG + 1]
    peaks = np.flatnonzero((inner > r[_SHORT - 1 : _LONG]) & (inner >= r[_SHORT + 1 : _LONG + 2])) + _SHORT
    if not peaks.size or (best := float(r[peaks].max())) < _LEAST:
        return math.nan, max(0.0, float(inner.max()))
    lag = int(peaks[np.argmax(r[peaks] >= _PREFER * best)])
    a, b, c = (float(v) for v in r[lag - 1 : lag + 2])
    bent = a - 2 * b + c
    return RATE / (lag + (0.5 * (a - c) / bent if bent < 0 else 0.0)), min(b, 1.0)
