"""What a face shows: action units, expression category, valence and arousal."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from mien.affects import action_units, network
from mien.affects.config import AffectsConfig
from mien.core import prototypes
from mien.core.geometry import known, trust, visibility
from mien.core.stage import Stage as BaseStage
from mien.core.types import F64, Affect, Affects, Expression, Expressions, Face, Faces, Method, Reading
from mien_models import Session, SessionInfo, open_session
from mien_models.normaliser.reading import Norface
from mien_models.spaces import arkit, facs
from mien_models.spaces.emotions import EMOTIONS, INDEX, NEUTRAL_PRIOR, SMILES, distress

_N = len(arkit.BLENDSHAPES)
# Of `trust`: row and column of each unit.
_PART = (
    facs.LOWER.astype(np.intp),
    np.array([1 if label[-1] == "L" else 2 if label[-1] == "R" else 0 for label in facs.AUS]),
)
_SMILES, _SAD = np.isin(EMOTIONS, SMILES), INDEX["sadness"]
_UNINFORMED = 2.5  # expected error of an intensity without any evidence: half of the scale
_ACCURACY = 0.66  # of mini-XCEPTION on FER2013, as its authors report it


class Stage(BaseStage[AffectsConfig]):
    """Faces and Expressions to Affects.

    Action units are what the expression network reads, where it reads them, and else come from
    blendshapes and geometry (`action_units`); the expression category is the network's too, or from
    published prototypes, or from another network, as configured. All are relative to the resting face that
    the expression is relative to, but what that other network says: it reads strangers. What is not observed
    is NaN, with confidence 0.
    """

    def __init__(self, config: AffectsConfig, session: Session | None = None, norface: Norface | None = None) -> None:
        """`session` and `norface` stand in for networks of the registry.

        Raises ModelError when a network cannot be opened.
        """
        self._config = config
        self._norface = None if config.model != "norface" else norface or Norface()
        self._network: Session | None = None
        if config.emotion == "mini_xception":
            self._network = session or open_session("mini_xception")

    @property
    def infos(self) -> tuple[SessionInfo, ...]:
        """Which network runs where, and why there."""
        own = (self._network.info,) if self._network else ()
        return own if self._norface is None else (*own, *self._norface.infos)

    def reconfigure(self, config: AffectsConfig) -> None:
        """Take over the live parameters of `config`."""
        self._config = config

    def reset(self) -> None:
        """Nothing to forget: the stage keeps no state."""

    def step(self, faces: Faces, expressions: Expressions) -> Affects:
        """One Affect per face."""
        self.problem = ""
        told = expressions.expressions if self._norface is None else judged(self._norface, expressions.expressions)
        of = {e.track_id: e for e in told}
        return Affects(faces.header, tuple(self._affect(face, faces, of.get(face.track_id)) for face in faces.faces))

    def _affect(self, face: Face, faces: Faces, expression: Expression | None) -> Affect:
        if expression is None:
            expression = _nothing(face.track_id)
        seen = trust(face, faces.width, faces.height)
        learned = expression.reading
        if learned is not None:
            intensity, probability, confidence = _read(learned, seen)
            au_method = Method.LEARNED
        else:
            intensity, confidence = _derive(face, expression)
            probability, au_method = action_units.probability(intensity), Method.DERIVED
        if learned is not None and self._config.emotion == "encoder":
            emotion = with_prior(learned.emotion, self._config.neutral_prior)
            emotion, valence, arousal = with_distress(emotion, learned.valence, learned.arousal, distress(intensity))
            sure = float(seen[:, 0].mean()) * prototypes.decided(emotion)
            method = va_method = Method.LEARNED
        elif self._network is not None:
            emotion, sure = self._classify(self._network, face, float(seen[:, 0].mean()))
            method, va_method = Method.LEARNED, Method.DERIVED
            valence, arousal = prototypes.circumplex(emotion)
        else:
            reading = prototypes.read(intensity, confidence)
            emotion, sure = reading.emotion, reading.confidence
            method = va_method = Method.DERIVED
            valence, arousal = reading.valence, reading.arousal

        hidden = confidence < self._config.min_confidence
        if hidden.any():
            intensity, probability = np.where(hidden, np.nan, intensity), np.where(hidden, np.nan, probability)
            confidence = np.where(hidden, 0, confidence)
        observed = bool(np.isfinite(intensity).any())
        felt = math.isfinite(sure) and sure > 0
        return Affect(
            track_id=face.track_id,
            au_intensity=intensity.astype(np.float32),
            au_probability=probability.astype(np.float32),
            au_confidence=confidence.astype(np.float32),
            au_method=au_method if observed else Method.NONE,
            emotion=emotion.astype(np.float32),
            emotion_confidence=sure,
            emotion_method=method if felt else Method.NONE,
            valence=valence,
            arousal=arousal,
            va_confidence=sure,
            va_method=va_method if felt else Method.NONE,
            baseline=expression.baseline,
        )

    def _classify(self, session: Session, face: Face, seen: float) -> tuple[F64, float]:
        if face.crop is None:
            self.problem = "emotion is mini_xception, which needs the faces' pixels: set faces.crop to 112 or 224"
            return np.full(len(EMOTIONS), np.nan), 0.0
        return network.classify(session, face.crop), _ACCURACY * seen


def judged(norface: Norface, expressions: tuple[Expression, ...]) -> tuple[Expression, ...]:
    """Expressions whose readings are corrected; those without any stay as they are."""
    readings = {e.track_id: e.reading for e in expressions if e.reading is not None}
    rows = [e for e in expressions if e.track_id in readings]
    if not rows:
        return expressions
    found = norface(
        {
            "shapes": np.array([e.blendshapes for e in rows]),
            "units": np.array([r.au_intensity for r in readings.values()]),
            "presence": np.array([r.au_probability for r in readings.values()]),
            "emotion": np.array([r.emotion for r in readings.values()]),
        }
    )
    corrected = {
        track_id: replace(
            reading, au_intensity=found["units"][i], au_probability=found["presence"][i], emotion=found["emotion"][i]
        )
        for i, (track_id, reading) in enumerate(readings.items())
    }
    return tuple(replace(e, reading=corrected.get(e.track_id)) for e in expressions)


def with_prior(emotion: NDArray[np.floating], neutral: float) -> F64:
    """Probabilities (8,) of a network that assumes NEUTRAL_PRIOR neutral faces, for another share of them, `neutral`.

    By Bayes' rule: odds grow as the prior odds do (Saerens et al., Neural Computation 14, 2002). NaN stays NaN.
    """
    odds = np.asarray(emotion, np.float64) * (1 - neutral) / (1 - NEUTRAL_PRIOR)
    odds[INDEX["neutral"]] = emotion[INDEX["neutral"]] * neutral / NEUTRAL_PRIOR
    return np.asarray(odds / odds.sum())


def with_distress(emotion: F64, valence: float, arousal: float, crying: F64) -> tuple[F64, float, float]:
    """Probabilities (8,), valence and arousal with the share `crying` of smiles told as sadness."""
    moved = np.where(_SMILES, emotion * crying, 0)
    if not moved.any() or not np.isfinite(moved).all():
        return emotion, valence, arousal
    emotion = emotion - moved
    emotion[_SAD] += moved.sum()
    away = moved.sum() * prototypes.PLACES[_SAD] - moved @ prototypes.PLACES
    # From float32, as messages carry them: a replay computes the same numbers.
    valence, arousal = np.clip(np.array([valence, arousal], np.float32) + away, -1, 1).tolist()
    return emotion, valence, arousal


def _derive(face: Face, expression: Expression) -> tuple[F64, F64]:
    """Intensity and confidence by facs.AUS of blendshapes and geometry."""
    pose = known(face.pose)
    features, sure = action_units.gather(face, pose, expression, visibility(pose))
    return action_units.estimate(features, sure, action_units.rest_of(expression.rest))


def _read(reading: Reading, seen: F64) -> tuple[F64, F64, F64]:
    """Intensity, probability and confidence by facs.AUS of a network's reading."""
    sure = seen[_PART] * np.minimum(np.maximum(1 - reading.au_sd / _UNINFORMED, 0), 1)
    return reading.au_intensity.astype(np.float64), reading.au_probability.astype(np.float64), sure


def _nothing(track_id: int) -> Expression:
    return Expression(track_id, np.full(_N, np.nan, np.float32), np.zeros(_N, np.float32))
