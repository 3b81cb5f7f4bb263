"""Blendshapes by MediaPipe's Blendshapes V2."""

from __future__ import annotations

import numpy as np

from mien.core.baseline.learning import MOST, Observation, calmness, relative_to_rest
from mien.core.geometry import known, trust
from mien.core.types import F32, F64, Expression, Face, Faces, PersonBaseline
from mien.expressions.parts import PART
from mien.expressions.people import People, about
from mien_models import Session
from mien_models.alignment import canonical
from mien_models.spaces import arkit, mediapipe

_NONE = np.zeros(0)
_NO_EMBEDDING: F32 = np.zeros(0, np.float32)
_FAR_REST = np.minimum(mediapipe.TYPICAL_REST + 2 * mediapipe.REST_SPREAD, MOST)  # larger weights are expressions
_STIRRED = mediapipe.TYPICAL_REST + mediapipe.REST_SPREAD  # weights up to this occur at rest and show no expression
_EXPRESSIVE = np.array([not name.startswith("eyeLook") for name in arkit.BLENDSHAPES])
_CLEAR = 0.25  # trust of the least seen part of a face from where on it may be captured


class Blendshapes:
    """The network reads x and y of 146 of the landmarks and gives all shapes but tongueOut; see its model card.

    The person's resting face is taken off as soon as it is known. How far each shape can be trusted:
    `mien_models.spaces.mediapipe.RELIABILITY`, times `trust` in its part of the face.
    """

    def __init__(self, session: Session, people: People) -> None:
        self._session = session
        self._people = people

    def read(self, faces: Faces) -> tuple[Expression, ...]:
        """One Expression per face; NaN with confidence 0 where the landmarks are not finite."""
        landmarks = np.array([f.landmarks for f in faces.faces], np.float32)
        seen = np.isfinite(landmarks).all(axis=(1, 2))
        weights = np.full((len(landmarks), len(arkit.BLENDSHAPES)), np.nan, np.float32)
        if seen.any():
            scores = self._session({"landmarks": landmarks[seen]})["blendshapes"]
            weights[seen, : len(mediapipe.SHAPES)] = np.clip(scores.reshape(-1, len(mediapipe.SHAPES)), 0, 1)
        points = canonical(landmarks)
        rows = zip(faces.faces, weights, points, strict=True)
        return tuple(self._read(face, faces, w, p) for face, w, p in rows)

    def reset(self) -> None:
        """Nothing to forget: it keeps no state except the resting faces in `People`."""

    def _read(self, face: Face, faces: Faces, weights: F32, points: F32) -> Expression:
        rest = self._people.baseline(face.track_id)
        trusted = trust(face, faces.width, faces.height)
        if np.isfinite(weights).any():
            observation = _observation(weights.astype(np.float64), points, known(face.pose), float(trusted.min()))
            self._people.see(face.track_id, observation, faces.header.stamp_ns)
        confidence = np.where(np.isfinite(weights), mediapipe.RELIABILITY * trusted[PART], 0).astype(np.float32)
        return Expression(face.track_id, _own(weights, rest), confidence, baseline=about(rest), rest=rest)


def _own(weights: F32, rest: PersonBaseline | None) -> F32:
    if rest is None:
        return weights
    return relative_to_rest(weights, rest.blendshapes, rest.about.confidence).astype(np.float32)


def _observation(weights: F64, points: F32, pose: F64 | None, trusted: float) -> Observation:
    resting = np.where(_EXPRESSIVE, np.minimum(np.nan_to_num(weights), _FAR_REST), 0)
    return Observation(
        blendshapes=weights,
        units=_NONE,
        embedding=_NO_EMBEDDING,
        emotion=_NONE,
        affect=_NONE,
        landmarks=points,
        pose=pose,
        resting_blendshapes=resting,
        resting_units=_NONE,
        calm=calmness(np.maximum(weights - _STIRRED, 0)[_EXPRESSIVE]) * trusted,
        clear=trusted > _CLEAR,
    )
