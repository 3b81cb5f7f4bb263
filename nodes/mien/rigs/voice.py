"""What moves a mouth that no camera sees: a voice; and what keeps the eyes above it alive."""

from __future__ import annotations

import math
from collections import deque
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from mien.core.sound import Voice
from mien.core.types import F64
from mien_models.spaces import arkit
from mien_models.spaces.arkit import Region

_MEMORY = 150  # voices, of 20 ms each
# A moment is told once it has been heard whole and carried; images are read sooner, by about as much. So it seldom
# matters which of two messages comes first, and a replay hears what was heard live.
_DELAY_NS = 100_000_000
_STALE_NS = 250_000_000  # a voice that is older than this says nothing of now
_SPEAKS = 0.2  # activity of somebody who speaks
_PAUSE_NS = 800_000_000  # a pause between words is no end of speech
# The other source must be so much surer to take over: two that are alike do not take turns.
_SURER = 1.25
_MOUTH = arkit.REGION_OF == Region.MOUTH
_BROWS = arkit.REGION_OF == Region.BROWS


@dataclass(frozen=True, slots=True, eq=False)
class Heard:
    """Mouth and brows at one moment, as sound tells them."""

    mouth: F64  # 52; NaN = not told
    confidence: float  # of the shapes of the mouth that are told
    brows: F64  # 52, but for the brows NaN; all NaN = not told
    brow_confidence: float
    speaks: bool  # now, or a moment ago
    stamp_ns: int  # of the voice


class Ear:
    """The voices of the last seconds, by the time that they tell of."""

    def __init__(self) -> None:
        self._voices: deque[Voice] = deque(maxlen=_MEMORY)
        self._spoke_ns: int | None = None

    def hear(self, voice: Voice) -> None:
        if self._voices and voice.header.stamp_ns <= self._voices[-1].header.stamp_ns:
            self._voices.clear()  # another source, or one that began anew
            self._spoke_ns = None
        self._voices.append(voice)

    def at(self, stamp_ns: int) -> Heard | None:
        """The voice of `_DELAY_NS` before this moment; None = nobody listens."""
        stamp_ns -= _DELAY_NS
        voice = next((v for v in reversed(self._voices) if v.header.stamp_ns <= stamp_ns), None)
        if voice is None or stamp_ns - voice.header.stamp_ns > _STALE_NS:
            return None
        if voice.activity > _SPEAKS:
            self._spoke_ns = voice.header.stamp_ns
        speaks = self._spoke_ns is not None and 0 <= stamp_ns - self._spoke_ns < _PAUSE_NS
        return Heard(*_part(voice, _MOUTH), *_part(voice, _BROWS), speaks, voice.header.stamp_ns)


def _part(voice: Voice, which: NDArray[np.bool_]) -> tuple[F64, float]:
    """52 weights, NaN where it is another region or not told, and their mean confidence."""
    told = np.where(which & np.isfinite(voice.blendshapes), voice.blendshapes, np.nan).astype(np.float64)
    known = np.isfinite(told)
    confidence = float(voice.confidence[known].mean()) if known.any() else 0.0
    return np.clip(told, 0, 1), min(max(confidence, 0.0), 1.0) if math.isfinite(confidence) else 0.0


class Arbiter:
    """Which of two sources a region follows: the surer one, and rather the same as before."""

    def __init__(self) -> None:
        self.by_sound = False

    def choose(self, seen: float, heard: float) -> bool:
        """Whether sound is followed, by the confidences of both; sound of no confidence never is."""
        if self.by_sound:
            self.by_sound = heard > 0 and seen < heard * _SURER
        else:
            self.by_sound = heard > seen * _SURER
        return self.by_sound


class Eyes:
    """Blinks and small shifts of gaze for eyes that nobody sees; the same at every replay.

    Blinks come 26 a minute, as in conversation (Bentivoglio et al. 1997, "Analysis of blink rate patterns in normal
    subjects"), at intervals that vary log-normally; lids close within 0.1 s and open within 0.2 s. Gaze shifts every
    one to three seconds by a few degrees (after Lee, Badler & Badler 2002, "Eyes alive").
    """

    _BLINK_S, _SPREAD = 60 / 26, 0.45
    _CLOSE_S, _OPEN_S = 0.10, 0.20
    _YAW, _PITCH = math.radians(4), math.radians(2)

    def __init__(self, seed: int, stamp_ns: int) -> None:
        self._random = np.random.default_rng(seed)
        self._gaze = (0.0, 0.0)
        self._blink_ns, self._shift_ns = stamp_ns + self._interval(), stamp_ns

    def _interval(self) -> int:
        mean = math.log(self._BLINK_S) - self._SPREAD**2 / 2
        return round(float(np.clip(self._random.lognormal(mean, self._SPREAD), 0.5, 8)) * 1e9)

    def __call__(self, stamp_ns: int) -> tuple[float, float, float]:
        """How far the lids are shut, [0, 1], and yaw and pitch of the gaze [rad]. Stamps never go back."""
        if stamp_ns >= self._shift_ns:
            yaw, pitch = self._random.normal(0, 1, 2)
            self._gaze = (float(np.clip(yaw, -2, 2)) * self._YAW, float(np.clip(pitch, -2, 2)) * self._PITCH)
            self._shift_ns = stamp_ns + round(float(self._random.uniform(1, 3)) * 1e9)
        since = (stamp_ns - self._blink_ns) * 1e-9
        if since > self._CLOSE_S + self._OPEN_S:
            self._blink_ns = stamp_ns + self._interval()
            since = -1.0
        lid = 0.0 if since < 0 else min(since / self._CLOSE_S, 1 - (since - self._CLOSE_S) / self._OPEN_S)
        return min(max(lid, 0.0), 1.0), *self._gaze
