"""Expressions, affects, voices and words to what they say together; no ROS, no clock."""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping
from dataclasses import replace

import numpy as np

from mien.core import prototypes
from mien.core.sound import Voice, Words
from mien.core.types import F32, F64, Affect, Affects, Expression, Expressions, Method
from mien.fusion.config import FusionConfig
from mien_models import Session, SessionInfo, open_session
from mien_models.fusion import streams, words
from mien_models.spaces import arkit, facs
from mien_models.spaces.emotions import EMOTIONS
from mien_models.speech import visemes

_MOUTH = np.array([arkit.INDEX[group[0]] for group in visemes.SHAPES])
_FACES, _VOICES, _WORDS = 256, 256, 64  # that are kept at most; a window takes 2 s
_SPEAKS = 0.3  # activity of the window's last second, in the mean, of somebody who speaks
_SECOND = round(1 / streams.STEP_S)  # steps
# The shipped network was judged on no people: its category, valence and arousal are never told as surer than this.
_MOST = 0.3
# How sure a mouth and an expression that are only heard can be.
_HEARD = 0.15
_SECONDS = 1e-9


def prosody(voice: Voice) -> F32:
    """A voice as the network takes it."""
    return streams.prosody(voice.activity, voice.pitch_hz, voice.energy_db, voice.blendshapes[_MOUTH])


def face(expression: Expression, affect: Affect) -> F32:
    """A face as the network takes it."""
    return streams.face(expression.blendshapes, affect.au_intensity, expression.confidence, affect.au_confidence)


class Stage:
    """One image after another: of each face, what the last two seconds of face, voice and words say.

    A voice and words belong to nobody where there are several faces: then faces are read alone. Every stream may be
    missing. Stamps that go back begin anew. Memory is bounded: `_FACES` of each face, `_VOICES`, `_WORDS`.
    """

    def __init__(self, config: FusionConfig, session: Session | None = None) -> None:
        """Raises ModelError where the network cannot be opened."""
        self._config = config
        self._session = session or open_session("fusion", "cpu", threads=1)
        self.problem = ""
        self.reset()

    @property
    def infos(self) -> tuple[SessionInfo, ...]:
        """Which network runs where, and why there."""
        return (self._session.info,)

    def reconfigure(self, config: FusionConfig) -> None:
        self._config = config

    def reset(self) -> None:
        """Forget everything seen and heard."""
        self._origin_ns: int | None = None
        self._last_ns = 0
        self._faces: dict[int, deque[tuple[float, F32]]] = {}
        self._voices: deque[tuple[float, F32]] = deque(maxlen=_VOICES)
        self._words: deque[tuple[float, F32]] = deque(maxlen=_WORDS)
        self.used: tuple[str, ...] = ()  # the streams that the last image was read from

    def _seconds(self, stamp_ns: int) -> float:
        """Since the first stamp of all, so that fractions of a second are exact."""
        if self._origin_ns is None:
            self._origin_ns = stamp_ns
        return (stamp_ns - self._origin_ns) * _SECONDS

    def hear(self, voice: Voice) -> None:
        """A voice; one that goes back in time is another source, or one that began anew."""
        at = self._seconds(voice.header.stamp_ns)
        if self._voices and at <= self._voices[-1][0]:
            self._voices.clear()
        self._voices.append((at, prosody(voice)))

    def read(self, said: Words) -> None:
        """Words, in any order: a recogniser may be late, or tell a word again, which is heard once."""
        known = dict(self._words)
        for word, since_s, sure in zip(said.words, said.since_s.tolist(), said.confidence.tolist(), strict=True):
            known[self._seconds(said.header.stamp_ns) + since_s] = words.vector(word) * np.float32(sure)
        self._words = deque(sorted(known.items(), key=lambda item: item[0])[-_WORDS:], maxlen=_WORDS)

    def step(self, expressions: Expressions, affects: Affects) -> Affects:
        """One Affect per face that has both."""
        stamp_ns = expressions.header.stamp_ns
        if self._faces and stamp_ns <= self._last_ns:
            self._faces.clear()
        self._last_ns = stamp_ns
        now = self._seconds(stamp_ns)
        of = {e.track_id: e for e in expressions.expressions}
        both = [(a, of[a.track_id]) for a in affects.affects if a.track_id in of]
        for affect, expression in both:
            known = self._faces.setdefault(affect.track_id, deque(maxlen=_FACES))
            if known and now - known[-1][0] > self._config.forget_s:
                known.clear()
            known.append((now, face(expression, affect)))
        for gone in [i for i, known in self._faces.items() if now - known[-1][0] > self._config.forget_s]:
            del self._faces[gone]
        if not both:
            self.used = ()
            return Affects(affects.header)
        alone = len(both) == 1
        cut = streams.joined([
            streams.windows(self._track(a.track_id, alone), [now]) for a, _ in both
        ])  # fmt: skip
        told = self._session(cut.inputs())
        self.used, units = streams.there(cut), self._config.units
        return Affects(affects.header, tuple(fused(a, i, told, cut, units) for i, (a, _) in enumerate(both)))

    def _track(self, track_id: int, alone: bool) -> streams.Track:
        config = self._config
        voices = self._voices if alone and config.voice else ()
        said = self._words if alone and config.words else ()
        return streams.Track(
            *_columns(self._faces[track_id], streams.FACE), *_columns(voices, streams.PROSODY),
            *_columns(said, streams.WORDS),
        )  # fmt: skip


def fused(seen: Affect, i: int, told: Mapping[str, F32], cut: streams.Windows, units: str) -> Affect:
    """What the network tells of the i-th window, beside what is seen. units: as in FusionConfig."""
    shares = cut.face[i, -2:]
    voiced = float(cut.prosody[i, -_SECOND:, 0].mean())
    speaks = voiced > _SPEAKS
    known = bool(shares.sum() > 0 or speaks or cut.present[i, :, 2].any())
    hidden = ~(np.isfinite(seen.au_intensity) & (seen.au_confidence >= streams.SURE))
    own = hidden & facs.LOWER & speaks & (units != "seen")
    if units == "all":
        own |= ~hidden
    confidence = np.where(hidden, _HEARD * voiced, seen.au_confidence)
    emotion, sure, (valence, arousal) = np.full(len(EMOTIONS), np.nan), 0.0, (np.nan, np.nan)
    if known:
        emotion = told["emotion"][i].astype(np.float64)
        emotion /= emotion.sum()
        sure = min(_MOST * float(shares.mean()) + _HEARD * voiced, _MOST) * prototypes.decided(emotion)
        valence, arousal = told["affect"][i].tolist()
    method = Method.FUSED if known else Method.NONE
    return replace(
        seen,
        au_intensity=np.where(own, told["intensity"][i], seen.au_intensity).astype(np.float32),
        au_probability=np.where(own, told["presence"][i], seen.au_probability).astype(np.float32),
        au_confidence=np.where(own, confidence, seen.au_confidence).astype(np.float32),
        au_method=Method.FUSED if own.any() else seen.au_method,
        emotion=emotion.astype(np.float32),
        emotion_confidence=sure,
        emotion_method=method,
        valence=valence,
        arousal=arousal,
        va_confidence=sure,
        va_method=method,
    )


def _columns(pairs: deque[tuple[float, F32]] | tuple[()], size: int) -> tuple[F64, F32]:
    """Times, and values as rows."""
    if not pairs:
        return np.zeros(0), np.zeros((0, size), np.float32)
    return np.array([at for at, _ in pairs]), np.stack([value for _, value in pairs])
