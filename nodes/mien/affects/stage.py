"""What a face shows: action units, expression category, valence and arousal."""

from __future__ import annotations

import math

import numpy as np

from mien.affects import action_units, network, prototypes
from mien.affects.action_units import Rest
from mien.affects.config import AffectsConfig
from mien.core.geometry import known, visibility
from mien.core.spaces import arkit
from mien.core.spaces.emotions import EMOTIONS
from mien.core.types import F64, Affect, Affects, Expression, Expressions, Face, Faces, Method
from mien_models import Session, SessionInfo, open_session

_FORGET_NS = 10_000_000_000
_N = len(arkit.BLENDSHAPES)
_ACCURACY = 0.66  # of mini-XCEPTION on FER2013, as its authors report it


class Stage:
    """Faces and Expressions to Affects.

    Action units come from blendshapes and geometry (`action_units`); the expression category from
    their published prototypes or, if the configuration says so, from a network. What is not observed
    is NaN, with confidence 0.
    """

    def __init__(self, config: AffectsConfig, session: Session | None = None) -> None:
        """`session` stands in for that of the registry. Raises ModelError when a network cannot be opened."""
        self._config = config
        self._network: Session | None = None
        if config.emotion == "mini_xception":
            self._network = session or open_session("mini_xception")
        self._rests: dict[int, Rest] = {}
        self.problem = ""  # what keeps the stage from doing what it was asked to, and the mend

    @property
    def infos(self) -> tuple[SessionInfo, ...]:
        """Which network runs where, and why there."""
        return (self._network.info,) if self._network else ()

    def reconfigure(self, config: AffectsConfig) -> None:
        """Take over the live parameters of `config`."""
        self._config = config

    def reset(self) -> None:
        """Forget every person's rest, as between unrelated images."""
        self._rests = {}

    def step(self, faces: Faces, expressions: Expressions) -> Affects:
        """One Affect per face."""
        stamp_ns = faces.header.stamp_ns
        self.problem = ""
        of = {e.track_id: e for e in expressions.expressions}
        affects = tuple(self._affect(face, of.get(face.track_id), stamp_ns) for face in faces.faces)
        self._rests = {
            i: r for i, r in self._rests.items() if r.seen_ns is not None and abs(stamp_ns - r.seen_ns) < _FORGET_NS
        }
        return Affects(faces.header, affects)

    def _affect(self, face: Face, expression: Expression | None, stamp_ns: int) -> Affect:
        if expression is None:
            expression = _nothing(face.track_id)
        pose = known(face.pose)
        visible = visibility(pose)
        features, trust = action_units.gather(face, pose, expression, visible)
        rest = self._rests.setdefault(face.track_id, Rest())
        rest.learn(features, visible, stamp_ns)
        intensity, confidence = action_units.estimate(features, trust, rest)
        reading = prototypes.read(intensity, confidence)
        emotion, sure, method = reading.emotion, reading.confidence, Method.DERIVED
        valence, arousal = reading.valence, reading.arousal
        if self._network is not None:
            emotion, sure = self._classify(self._network, face, float(visible[0]))
            method = Method.LEARNED
            valence, arousal = prototypes.circumplex(emotion)

        hidden = confidence < self._config.min_confidence
        if hidden.any():
            intensity, confidence = np.where(hidden, np.nan, intensity), np.where(hidden, 0, confidence)
        observed = bool(np.isfinite(intensity).any())
        felt = math.isfinite(sure) and sure > 0
        return Affect(
            track_id=face.track_id,
            au_intensity=intensity.astype(np.float32),
            au_probability=action_units.probability(intensity).astype(np.float32),
            au_confidence=confidence.astype(np.float32),
            au_method=Method.DERIVED if observed else Method.NONE,
            emotion=emotion.astype(np.float32),
            emotion_confidence=sure,
            emotion_method=method if felt else Method.NONE,
            valence=valence,
            arousal=arousal,
            va_confidence=sure,
            va_method=Method.DERIVED if felt else Method.NONE,
        )

    def _classify(self, session: Session, face: Face, visible: float) -> tuple[F64, float]:
        if face.crop is None:
            self.problem = "emotion is mini_xception, which needs the faces' pixels: set faces.crop to 112 or 224"
            return np.full(len(EMOTIONS), np.nan), 0.0
        return network.classify(session, face.crop), _ACCURACY * face.presence * visible


def _nothing(track_id: int) -> Expression:
    return Expression(track_id, np.full(_N, np.nan, np.float32), np.zeros(_N, np.float32))
