"""From log-mel frames to a voice: whether somebody speaks, pitch, energy, and the mouth that makes the sound."""

from __future__ import annotations

import math
from collections import deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from mien_models.speech import features, visemes
from mien_models.speech.pitch import HIGHEST_HZ, LOWEST_HZ, WINDOW as PITCH_WINDOW, pitch
from mien_models.speech.rhythm import Accents, Rate
from mien_models.speech.several import WINDOW as SEVERAL_WINDOW, Several

F32 = NDArray[np.float32]
_SILENCE = visemes.VISEMES.index("silence")
_VOWELS = [visemes.VISEMES.index(name) for name in ("open", "half", "mid", "spread", "round", "tight")]
_HOP_S = features.HOP / features.RATE
# Speech is this far above the room's noise [dB]. The noise is the least that was heard lately: it rises slowly [dB/s].
_QUIET_DB, _LOUD_DB = 5.0, 12.0
_ROOM_RISE = 3.0
_LEAST_DB = -60.0  # nothing below is taken for speech
# Activity rises and falls with these time constants [s].
_RISE_S, _FALL_S = 0.03, 0.08


@dataclass(frozen=True, slots=True, eq=False)
class Heard:
    """One moment of a voice."""

    at_s: float  # since the first sample
    activity: float  # probability that somebody speaks, [0, 1]
    shapes: F32  # by `visemes.SHAPES`, [0, 1], as the network tells them
    pitch_hz: float  # [60, 500]; NaN = not voiced
    energy_db: float  # [-100, 0]
    louder_db: float  # than this speaker usually is
    syllables_hz: float  # per second of speech lately, [0, 15]; NaN = too little was heard
    overlap: float  # probability that a second voice speaks at the same time, [0, 1]
    accent: float  # how far it stands out from how it usually is, [0, 1] …
    lively: float  # … and how far for a while, [-1, 1]


class Hearing:
    """Hears windows of sound, one hop after another; of each, a moment is told `features.AHEAD` hops later."""

    def __init__(self, network: Callable[[Mapping[str, Any]], Mapping[str, Any]]) -> None:
        """network: a session of `voice_mouth`."""
        self._network = network
        self.reset()

    def reset(self) -> None:
        """Forget everything heard so far."""
        self._before: F32 = np.zeros(SEVERAL_WINDOW, np.float32)
        self._hops = 0
        self._level = features.Level()
        self._room_db = -50.0
        self._frames: deque[F32] = deque(maxlen=features.CONTEXT)
        self._ahead: deque[tuple[float, float]] = deque(maxlen=features.AHEAD + 1)  # energy and pitch
        self._activity = 0.0
        self._rate, self._accents, self._several = Rate(), Accents(), Several()

    def __call__(self, window: F32) -> Heard | None:
        """The next `features.WINDOW` samples, of which the last `features.HOP` are new; None = too early to tell."""
        self._before = np.concatenate([self._before[features.HOP :], window[-features.HOP :]])
        db = float(features.energy_db(window))
        self._room_db = max(min(db, self._room_db + _ROOM_RISE * _HOP_S), -75.0)
        frame = features.normalise(features.log_mel(window), self._level(db))
        hz, _ = pitch(self._before[-PITCH_WINDOW:])
        if self._activity > 0.5:
            self._several(self._before)
        else:
            self._several.silence()
        if not self._frames:
            self._frames.extend([frame] * features.PAST)
        self._frames.append(frame)
        self._ahead.append((db, hz))
        self._hops += 1
        if len(self._frames) < features.CONTEXT:
            return None
        told = self._network({"sound": np.concatenate(self._frames)[None]})
        db, hz = self._ahead[0]
        above = min(max((db - self._room_db - _QUIET_DB) / (_LOUD_DB - _QUIET_DB), 0.0), 1.0)
        speech = (1 - float(told["visemes"][0, _SILENCE])) * above * (db > _LEAST_DB)
        span = _RISE_S if speech > self._activity else _FALL_S
        self._activity += (1 - math.exp(-_HOP_S / span)) * (speech - self._activity)
        voiced_hz = min(max(hz, LOWEST_HZ), HIGHEST_HZ) if speech > 0.1 and math.isfinite(hz) else math.nan
        louder_db = db - self._level.db
        self._accents(voiced_hz, db, self._activity)
        centre = (self._hops - 1 - features.AHEAD) * features.HOP + features.WINDOW / 2
        return Heard(
            centre / features.RATE,
            min(max(self._activity, 0.0), 1.0),
            np.asarray(told["shapes"][0], np.float32),
            voiced_hz,
            min(max(db, -100.0), 0.0),
            louder_db,
            self._rate(float(told["visemes"][0, _VOWELS].sum()), louder_db, self._activity),
            self._several.overlap,
            self._accents.accent,
            self._accents.lively,
        )

    def whole(self, samples: F32) -> list[Heard]:
        """All moments of a sound at 16 kHz, from its beginning."""
        self.reset()
        last = len(samples) - features.WINDOW + 1
        told = (self(samples[i : i + features.WINDOW]) for i in range(0, last, features.HOP))
        return [heard for heard in told if heard is not None]
