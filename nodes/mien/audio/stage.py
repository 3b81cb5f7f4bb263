"""Sound to what it says of a voice and of the mouth that made it; no ROS, no clock."""

from __future__ import annotations

import math
from collections import deque

import numpy as np

from mien.audio.config import AudioConfig
from mien.core.sound import Sound, Voice
from mien.core.types import F32, Header
from mien.sounds.resample import Resampler
from mien_models import Session, open_session
from mien_models.spaces import arkit
from mien_models.speech import features, visemes
from mien_models.speech.hearing import Heard, Hearing

_INDEX = {name: i for i, name in enumerate(arkit.BLENDSHAPES)}
_WHICH = np.array([_INDEX[name] for group in visemes.SHAPES for name in group])
_OF = np.array([i for i, group in enumerate(visemes.SHAPES) for _ in group])
_BROWS = np.array([_INDEX[name] for name in ("browInnerUp", "browOuterUpLeft", "browOuterUpRight")])
_CORNERS = np.array([_INDEX[name] for name in ("mouthSmileLeft", "mouthSmileRight")])
_JAW_OPEN, _MOUTH_CLOSE = _INDEX["jawOpen"], _INDEX["mouthClose"]
# How well sound tells a mouth: with speech, and without, when a face may do anything.
_SPEAKING, _SILENT = 0.6, 0.1
# What a full accent raises the brows by, inner and outer, and what a lively voice lifts the corners by, at most. Brows
# rise with accents of pitch: Cavé et al. 1996 ("About the relationship between eyebrow movements and F0 variations")
# and Granström & House 2005 ("Audiovisual representation of prosody in expressive speech communication"); smiles are
# heard as a higher and louder voice: Tartter 1980 ("Happy talk").
_RAISED, _LIFTED = np.array([0.5, 0.35, 0.35]), 0.25
_GUESSED = 0.3  # confidence of the brows while somebody speaks: not every accent raises them
_TWO = 0.6  # probability of a second voice from which it is told …
_TWO_HOPS = 15  # … once it lasts
_ONE_OF_TWO = 0.6  # share of the confidence that is left of a mouth when two voices speak for certain
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
        self._hearing = Hearing(session or open_session("voice_mouth", "cpu", threads=1))
        self.gaps = 0
        self.reset()

    @property
    def problem(self) -> str:
        """What is wrong with the sound, and the mend; empty = nothing."""
        if len(self._clipped) and sum(self._clipped) > 0.002 * _SECOND:
            return "the sound is clipped: turn the microphone down"
        if self._still >= 5 * _SECOND:
            return "the sound is exactly zero: the microphone is muted, or another program holds it"
        if self._two >= _TWO_HOPS:
            return "two voices speak at once: the mouth heard is a mixture, and told with less confidence"
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
        self._still = self._two = 0
        self.syllables_hz, self.overlap = math.nan, 0.0  # of the last moment

    def _begin(self) -> None:
        self._samples: F32 = np.zeros(0, np.float32)  # at 16 kHz, not yet cut into windows
        self._hearing.reset()

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
        self._clipped.append(float(np.mean(np.abs(fresh) >= _CLIPPED)))
        self._still = 0 if fresh.any() else self._still + 1
        heard = self._hearing(window)
        if heard is None:
            return None
        self.syllables_hz, self.overlap = heard.syllables_hz, heard.overlap
        self._two = self._two + 1 if heard.overlap > _TWO else 0
        shapes, confidence = self._mouth(heard)
        self._express(heard, shapes, confidence)
        return Voice(
            Header(self._begin_ns + round((heard.at_s + self._config.offset_s) * 1e9), frame_id), heard.activity,
            shapes, confidence, pitch_hz=heard.pitch_hz, energy_db=heard.energy_db,
            syllables_hz=heard.syllables_hz, overlap=heard.overlap,
        )  # fmt: skip

    def _mouth(self, heard: Heard) -> tuple[F32, F32]:
        """52 shapes and their confidence: as open as speech is sure; silence shuts the mouth."""
        shapes = np.full(len(arkit.BLENDSHAPES), np.nan, np.float32)
        confidence = np.zeros(len(arkit.BLENDSHAPES), np.float32)
        # A louder voice opens the mouth further: a third more or less over 12 dB about the speaker's level.
        loud = 1 + np.clip((heard.louder_db + 6) / 36, -0.33, 0.33)
        values = np.clip(heard.shapes[_OF] * heard.activity * loud * self._config.strength, 0, 1)
        shapes[_WHICH] = values
        shapes[_MOUTH_CLOSE] = min(shapes[_MOUTH_CLOSE], shapes[_JAW_OPEN])
        confidence[_WHICH] = _SILENT + (_SPEAKING - _SILENT) * heard.activity * (1 - _ONE_OF_TWO * heard.overlap)
        return shapes, confidence

    def _express(self, heard: Heard, shapes: F32, confidence: F32) -> None:
        """Accents to the brows, and a lively voice to the corners of the mouth: a guess, and a mild one."""
        most = self._config.expressive
        if not most:
            return
        shapes[_BROWS] = most * _RAISED * heard.accent
        confidence[_BROWS] = _GUESSED * heard.activity
        shapes[_CORNERS] = most * _LIFTED * max(heard.lively, 0.0)
        confidence[_CORNERS] = confidence[_JAW_OPEN]
