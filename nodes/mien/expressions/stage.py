"""Read the blendshapes of tracked faces."""

from __future__ import annotations

import numpy as np

from mien.core.geometry import known, visibility
from mien.core.spaces import arkit, mediapipe
from mien.core.types import F32, Expression, Expressions, Face, Faces
from mien.expressions.config import ExpressionsConfig
from mien_models import Session, SessionInfo, open_session

# Which part of `visibility` (middle, left, right) shows each blendshape.
_PART = np.array([1 if n.endswith("Left") else 2 if n.endswith("Right") else 0 for n in arkit.BLENDSHAPES])
_PART[[arkit.INDEX[n] for n in ("jawLeft", "jawRight", "mouthLeft", "mouthRight")]] = 0  # a direction, not a side


class Stage:
    """Faces to Expressions, all faces of an image in one batch.

    MediaPipe's Blendshapes V2 reads x and y of 146 of the landmarks and gives 52 categories; see its
    model card. How far each shape can be trusted: `mien.core.spaces.mediapipe.RELIABILITY`, times
    the face's presence, times how well its part of the face is seen.
    """

    def __init__(self, config: ExpressionsConfig, session: Session | None = None) -> None:
        """`session` stands in for that of the registry. Raises ModelError when the network cannot be opened."""
        self._session = session or open_session(config.model, device=config.device, threads=config.threads)

    @property
    def infos(self) -> tuple[SessionInfo, ...]:
        """Which network runs where, and why there."""
        return (self._session.info,)

    def step(self, faces: Faces) -> Expressions:
        """One Expression per face; NaN with confidence 0 where the landmarks are not finite."""
        if not faces.faces:
            return Expressions(faces.header)
        landmarks = np.array([f.landmarks for f in faces.faces], np.float32)
        seen = np.isfinite(landmarks).all(axis=(1, 2))
        weights = np.full((len(landmarks), len(arkit.BLENDSHAPES)), np.nan, np.float32)
        if seen.any():
            scores = self._session({"landmarks": landmarks[seen]})["blendshapes"]
            weights[seen] = np.clip(mediapipe.to_arkit(scores.reshape(-1, len(mediapipe.CATEGORIES))), 0, 1)
        return Expressions(
            faces.header,
            tuple(Expression(f.track_id, w, _confidence(f, w)) for f, w in zip(faces.faces, weights, strict=True)),
        )


def _confidence(face: Face, weights: F32) -> F32:
    sure = mediapipe.RELIABILITY * (face.presence * visibility(known(face.pose))[_PART])
    return np.where(np.isfinite(weights), sure, 0).astype(np.float32)
