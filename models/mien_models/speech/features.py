"""What the network hears: log-mel frames of 16 kHz sound, freed of its level."""

from __future__ import annotations

from functools import cache

import numpy as np
from numpy.typing import NDArray

RATE = 16_000
HOP = 320  # 20 ms
WINDOW = 512  # 32 ms
MELS = 26
PAST, AHEAD = 9, 3  # frames before and after the one that is told
CONTEXT = PAST + 1 + AHEAD
# The time told of lies this far behind the newest sample [s]: the frames ahead, and half a window.
DELAY_S = (AHEAD * HOP + WINDOW / 2) / RATE
_LOW_HZ, _HIGH_HZ = 80.0, 7600.0
_FLOOR = 1e-7  # power, some -70 dB below full scale
# Frames are relative to the level of the loudest frame, which falls with this time constant [s], but not below the
# floor: otherwise the noise of a quiet room would become as loud as speech.
_LEVEL_S = 6.0
LEVEL_FLOOR_DB = -42.0


@cache
def _bank() -> NDArray[np.float32]:
    """Triangles on the mel scale of O'Shaughnessy, (WINDOW/2+1)×MELS, each of sum 1."""

    def mel(hz: float | NDArray[np.float64]) -> NDArray[np.float64]:
        return np.asarray(2595 * np.log10(1 + np.asarray(hz) / 700))

    edges = 700 * (10 ** (np.linspace(mel(_LOW_HZ), mel(_HIGH_HZ), MELS + 2) / 2595) - 1)
    hz = np.fft.rfftfreq(WINDOW, 1 / RATE)[:, None]
    low, mid, high = edges[:-2], edges[1:-1], edges[2:]
    bank = np.maximum(np.minimum((hz - low) / (mid - low), (high - hz) / (high - mid)), 0)
    return np.asarray(bank / np.maximum(bank.sum(axis=0), 1e-9), np.float32)


@cache
def _hann() -> NDArray[np.float32]:
    return np.hanning(WINDOW).astype(np.float32)


def log_mel(samples: NDArray[np.float32]) -> NDArray[np.float32]:
    """Log power [nepers] of WINDOW samples at 16 kHz: MELS values; of N×WINDOW, N×MELS."""
    spectrum = np.fft.rfft(samples * _hann(), axis=-1)
    power = (spectrum.real**2 + spectrum.imag**2).astype(np.float32) / (WINDOW / 4)
    return np.log(power @ _bank() + _FLOOR)


def energy_db(samples: NDArray[np.float32]) -> NDArray[np.float32]:
    """Root mean square of the last axis [dB below full scale], at least -100."""
    return np.asarray(10 * np.log10(np.mean(np.square(samples, dtype=np.float64), axis=-1) + 1e-10), np.float32)


class Level:
    """Follows how loud speech is, so that it may be told from the frames."""

    def __init__(self) -> None:
        self.db = LEVEL_FLOOR_DB

    def __call__(self, db: float) -> float:
        """The level [dB] once a frame of this energy is heard."""
        fade = np.exp(-HOP / RATE / _LEVEL_S)
        self.db = max(db, LEVEL_FLOOR_DB + (self.db - LEVEL_FLOOR_DB) * float(fade), LEVEL_FLOOR_DB)
        return self.db


def normalise(mel: NDArray[np.float32], level_db: float) -> NDArray[np.float32]:
    """A log-mel frame as the network takes it: told from the level, about [-2, 2]."""
    told = mel - np.float32(level_db * np.log(10) / 10)
    return np.asarray(np.clip(told / 4 + 0.5, -2, 2), np.float32)


def frames(samples: NDArray[np.float32]) -> NDArray[np.float32]:
    """All network inputs of a whole sound, F×MELS; frame i is centred on (i*HOP + WINDOW/2)/RATE."""
    count = max((len(samples) - WINDOW) // HOP + 1, 0)
    windows = (
        np.lib.stride_tricks.sliding_window_view(samples, WINDOW)[: count * HOP : HOP]
        if count
        else (np.zeros((0, WINDOW), np.float32))
    )
    level = Level()
    mels, db = log_mel(windows), energy_db(windows)
    return np.array([normalise(m, level(float(d))) for m, d in zip(mels, db, strict=True)], np.float32).reshape(
        -1, MELS
    )


def contexts(told: NDArray[np.float32]) -> NDArray[np.float32]:
    """F×MELS to F×(CONTEXT*MELS): each frame with those around it, the ends repeated."""
    padded = np.concatenate([told[:1].repeat(PAST, 0), told, told[-1:].repeat(AHEAD, 0)])
    windows = np.lib.stride_tricks.sliding_window_view(padded, CONTEXT, axis=0)  # F×MELS×CONTEXT
    return np.ascontiguousarray(windows.transpose(0, 2, 1)).reshape(len(told), -1)
