"""Sound to what it says of a voice and of the mouth that made it; no ROS, no clock."""

from __future__ import annotations

import math
from collections import deque

import numpy as np

from mien.audio.config import AudioConfig
from mien.audio.pitch import HIGHEST_HZ, LOWEST_HZ, WINDOW as PITCH_WINDOW, pitch
from mien.core.sound import Sound, Voice
from mien.core.types import F32, Header
from mien.sounds.resample import Resampler
from mien_models import Session, open_session
from mien_models.spaces import arkit
from mien_models.speech import features, visemes

_INDEX = {name: i for i, name in enumerate(arkit.BLENDSHAPES)}
_WHICH = np.array([_INDEX[name] for group in visemes.SHAPES for name in group])
_OF = np.array([i for i, group in enumerate(visemes.SHAPES) for _ in group])
_JAW_OPEN, _MOUTH_CLOSE = _INDEX["jawOpen"], _INDEX["mouthClose"]
_SILENCE = visemes.VISEMES.index("silence")
_HOP_S = features.HOP / features.RATE
# Speech is this far above the room's noise [dB]. The noise is the least that was heard lately: it rises slowly [dB/s].
_QUIET_DB, _LOUD_DB = 5.0, 12.0
_ROOM_RISE = 3.0
_LEAST_DB = -60.0  # nothing below is taken for speech
# Activity rises and falls with these time constants [s].
_RISE_S, _FALL_S = 0.03, 0.08
# How well sound tells a mouth: with speech, and without, when a face may do anything.
_SPEAKING, _SILENT = 0.6, 0.1
_CLIPPED = 0.999
_GAP_S = 0.04  # between two pieces of sound; more is told as silence in between
_LONGEST_GAP_S = 2.0  # more is a new beginning
_FOLLOW = 0.05  # share of a difference between two clocks that one piece takes away
_SECOND = 50  # hops


class Stage:
    """One piece of sound after another; of each 20 ms, once `features.DELAY_S` have passed, one Voice.

    Sound of any rate is told at 16 kHz. A gap is heard as silence; a step back in time, or a long gap, begins anew.
    """

    def __init__(self, config: AudioConfig, session: Session | None = None) -> None:
        """Raises ModelError where the network cannot be opened."""
        self._config = config
        self._session = session or open_session("voice_mouth", "cpu", threads=1)
        self.gaps = 0
        self.reset()

    @property
    def problem(self) -> str:
        """What is wrong with the sound, and the mend; empty = nothing."""
        if len(self._clipped) and sum(self._clipped) > 0.002 * _SECOND:
            return "the sound is clipped: turn the microphone down"
        if self._still >= 5 * _SECOND:
            return "the sound is exactly zero: the microphone is muted, or another program holds it"
        return ""

    @property
    def delay_s(self) -> float:
        """Between a moment and the samples that it is told from."""
        return features.DELAY_S + (self._resampler.delay_s if self._resampler else 0.0)

    def reconfigure(self, config: AudioConfig) -> None:
        self._config = config

    def reset(self) -> None:
        """Forget everything heard so far."""
        self._rate = 0
        self._resampler: Resampler | None = None
        self._end_ns = 0
        self._begin_ns = 0
        self._begin()
        self._clipped: deque[float] = deque(maxlen=_SECOND)
        self._still = 0

    def _begin(self) -> None:
        self._samples: F32 = np.zeros(0, np.float32)  # at 16 kHz, not yet cut into windows
        self._before: F32 = np.zeros(PITCH_WINDOW, np.float32)
        self._hops = 0
        self._level = features.Level()
        self._room_db = -50.0
        self._frames: deque[F32] = deque(maxlen=features.CONTEXT)
        self._heard: deque[tuple[float, float]] = deque(
            maxlen=features.AHEAD + 1
        )  # energy and pitch of the frames ahead
        self._activity = 0.0

    def step(self, sound: Sound) -> list[Voice]:
        """What can be told once this piece is there, in order; often nothing, or several."""
        if not len(sound.samples):
            return []
        start_ns, gap_s = sound.header.stamp_ns, (sound.header.stamp_ns - self._end_ns) * 1e-9
        samples = np.nan_to_num(np.asarray(sound.samples, np.float32), nan=0.0, posinf=1.0, neginf=-1.0)
        samples = np.clip(samples, -1, 1)
        if self._resampler is None or sound.rate_hz != self._rate or not -_GAP_S <= gap_s <= _LONGEST_GAP_S:
            self.gaps += self._resampler is not None
            self._rate, self._resampler = sound.rate_hz, Resampler(sound.rate_hz, features.RATE)
            self._begin_ns = self._end_ns = start_ns
            self._begin()
        elif gap_s > _GAP_S:
            self.gaps += 1
            samples = np.concatenate([np.zeros(round(gap_s * self._rate), np.float32), samples])
            self._end_ns = start_ns
        else:  # the sender's clock is followed slowly, so that windows stay even
            late_ns = round(_FOLLOW * gap_s * 1e9)
            self._begin_ns += late_ns
            self._end_ns += late_ns
        self._end_ns += round(sound.seconds * 1e9)
        self._samples = np.concatenate([self._samples, self._resampler(samples)])
        voices = []
        while len(self._samples) >= features.WINDOW:
            voice = self._hop(self._samples[: features.WINDOW], sound.header.frame_id)
            self._samples = self._samples[features.HOP :]
            if voice is not None:
                voices.append(voice)
        return voices

    def _hop(self, window: F32, frame_id: str) -> Voice | None:
        fresh = window[-features.HOP :]
        self._before = np.concatenate([self._before[features.HOP :], fresh])
        self._clipped.append(float(np.mean(np.abs(fresh) >= _CLIPPED)))
        self._still = 0 if fresh.any() else self._still + 1
        db = float(features.energy_db(window))
        self._room_db = max(min(db, self._room_db + _ROOM_RISE * _HOP_S), -75.0)
        frame = features.normalise(features.log_mel(window), self._level(db))
        hz, _ = pitch(self._before)
        if not self._frames:
            self._frames.extend([frame] * features.PAST)
        self._frames.append(frame)
        self._heard.append((db, hz))
        self._hops += 1
        if len(self._frames) < features.CONTEXT:
            return None
        told = self._session({"sound": np.concatenate(self._frames)[None]})
        db, hz = self._heard[0]
        above = min(max((db - self._room_db - _QUIET_DB) / (_LOUD_DB - _QUIET_DB), 0.0), 1.0)
        speech = (1 - float(told["visemes"][0, _SILENCE])) * above * (db > _LEAST_DB)
        span = _RISE_S if speech > self._activity else _FALL_S
        self._activity += (1 - math.exp(-_HOP_S / span)) * (speech - self._activity)
        centre = (self._hops - 1 - features.AHEAD) * features.HOP + features.WINDOW / 2
        stamp_ns = self._begin_ns + round((centre / features.RATE + self._config.offset_s) * 1e9)
        shapes, confidence = self._mouth(told["shapes"][0])
        return Voice(
            Header(stamp_ns, frame_id), min(max(self._activity, 0.0), 1.0), shapes, confidence,
            pitch_hz=min(max(hz, LOWEST_HZ), HIGHEST_HZ) if speech > 0.1 and math.isfinite(hz) else math.nan,
            energy_db=min(max(db, -100.0), 0.0),
        )  # fmt: skip

    def _mouth(self, told: F32) -> tuple[F32, F32]:
        """52 shapes and their confidence: as open as speech is sure; silence shuts the mouth."""
        shapes = np.full(len(arkit.BLENDSHAPES), np.nan, np.float32)
        confidence = np.zeros(len(arkit.BLENDSHAPES), np.float32)
        # A louder voice opens the mouth further: a third more or less over 12 dB about the speaker's level.
        loud = 1 + np.clip((self._heard[0][0] - self._level.db + 6) / 36, -0.33, 0.33)
        values = np.clip(told[_OF] * self._activity * loud * self._config.strength, 0, 1)
        shapes[_WHICH] = values
        shapes[_MOUTH_CLOSE] = min(shapes[_MOUTH_CLOSE], shapes[_JAW_OPEN])
        confidence[_WHICH] = _SILENT + (_SPEAKING - _SILENT) * self._activity
        return shapes, confidence
