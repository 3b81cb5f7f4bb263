"""The rate and the accents of speech, from what is heard of it so far."""

from __future__ import annotations

import math
from collections import deque

# Nuclei of syllables after de Jong & Wempe 2009 ("Praat script to detect syllable nuclei and measure speech rate
# automatically"): peaks of loudness with a dip before; here of loudness while vowels are heard, and without what comes
# later.
_SMOOTH = 0.7  # of a new value, in the loudness of vowels: some 20 ms
_DIP = 0.1  # how far the loudness of vowels falls between two nuclei, and rises to one
_RANGE_DB = 30.0  # from the level of the speech down to no vowel
_SPAN_HOPS = 150  # 3 s, over which syllables are counted
_LEAST_HOPS = 40  # of speech among them
_HOP_S = 0.02
MOST_HZ = 15.0


class Rate:
    """Syllables per second of speech."""

    def __init__(self) -> None:
        self._level = self._low = self._high = 0.0
        self._rising = True
        self._spoken: deque[bool] = deque(maxlen=_SPAN_HOPS)
        self._nuclei: deque[bool] = deque(maxlen=_SPAN_HOPS)

    def __call__(self, vowel: float, louder_db: float, activity: float) -> float:
        """One hop later. vowel: the probability of one, [0, 1]; louder_db: than the level of the speech.

        NaN while little was heard in the last three seconds.
        """
        loud = min(max(1 + louder_db / _RANGE_DB, 0.0), 1.0)
        self._level += _SMOOTH * (vowel * loud * activity - self._level)
        nucleus = False
        if self._rising:
            self._high = max(self._high, self._level)
            if self._level < self._high - _DIP:
                self._rising, self._low, nucleus = False, self._level, True
        else:
            self._low = min(self._low, self._level)
            if self._level > self._low + _DIP:
                self._rising, self._high = True, self._level
        self._spoken.append(activity > 0.5)
        self._nuclei.append(nucleus)
        spoken = sum(self._spoken)
        if spoken < _LEAST_HOPS:
            return math.nan
        return min(sum(self._nuclei) / (spoken * _HOP_S), MOST_HZ)


class Accents:
    """How far a voice stands out from how it usually is: for a moment, and for a while."""

    _USUAL_S, _WHILE_S = 5.0, 1.0  # time constants of what is usual, and of a while
    _RISE_S, _FALL_S = 0.08, 0.3  # of an accent: brows are up with the peak of the pitch, and fall more slowly
    # A full accent: five semitones and 15 dB above what is usual. Every vowel is some decibels louder than what
    # surrounds it.
    _OCTAVES, _PLAIN_DB, _DB = 0.4, 6.0, 9.0

    def __init__(self) -> None:
        self._pitch, self._pitches = 0.0, 0  # what is usual [octaves], and of how many hops
        self._loud, self._louds = 0.0, 0  # [dB]
        self._held = 0.0  # the last accent of the pitch, which unvoiced sounds keep
        self.accent = 0.0  # [0, 1]
        self.lively = 0.0  # [-1, 1]: above or below what is usual for a while

    def __call__(self, pitch_hz: float, energy_db: float, activity: float) -> None:
        """One hop later."""
        target = 0.0
        if activity > 0.5:
            usual = _fade(self._USUAL_S)
            self._louds += 1
            self._loud += max(usual, 1 / self._louds) * (energy_db - self._loud)
            if math.isfinite(pitch_hz):
                octaves = math.log2(pitch_hz)
                self._pitches += 1
                self._pitch += max(usual, 1 / self._pitches) * (octaves - self._pitch)
                self._held = (octaves - self._pitch) / self._OCTAVES
            target = 0.7 * self._held + 0.3 * (energy_db - self._loud - self._PLAIN_DB) / self._DB
        span = self._RISE_S if target > self.accent else self._FALL_S
        self.accent += _fade(span) * (min(max(target, 0.0), 1.0) - self.accent)
        self.lively += _fade(self._WHILE_S) * (min(max(target, -1.0), 1.0) - self.lively)


def _fade(span_s: float) -> float:
    return 1 - math.exp(-_HOP_S / span_s)
