"""Blendshapes by MediaPipe's Blendshapes V2."""

from __future__ import annotations

import numpy as np

from mien.core.geometry import trust
from mien.core.types import F64, Expression, Face, Faces
from mien.expressions.parts import PART
from mien_models import Session
from mien_models.spaces import arkit, mediapipe


class Blendshapes:
    """The network reads x and y of 146 of the landmarks and gives all shapes but tongueOut; see its model card.

    How far each shape can be trusted: `mien_models.spaces.mediapipe.RELIABILITY`, times `trust` in
    its part of the face.
    """

    def __init__(self, session: Session) -> None:
        self._session = session

    def read(self, faces: Faces) -> tuple[Expression, ...]:
        """One Expression per face; NaN with confidence 0 where the landmarks are not finite."""
        landmarks = np.array([f.landmarks for f in faces.faces], np.float32)
        seen = np.isfinite(landmarks).all(axis=(1, 2))
        weights = np.full((len(landmarks), len(arkit.BLENDSHAPES)), np.nan, np.float32)
        if seen.any():
            scores = self._session({"landmarks": landmarks[seen]})["blendshapes"]
            weights[seen, : len(mediapipe.SHAPES)] = np.clip(scores.reshape(-1, len(mediapipe.SHAPES)), 0, 1)
        return tuple(
            Expression(f.track_id, w, np.where(np.isfinite(w), _confidence(f, faces), 0).astype(np.float32))
            for f, w in zip(faces.faces, weights, strict=True)
        )

    def reset(self) -> None:
        """It remembers nobody."""


def _confidence(face: Face, faces: Faces) -> F64:
    return np.asarray(mediapipe.RELIABILITY * trust(face, faces.width, faces.height)[PART])
