"""A person's resting face: learned while the person is tracked, and subtracted from what is read.

FACS scores the departure from the person's own resting face, and resting faces differ more between people than
faint expressions do. The resting face is a mean over the frames of a track, weighted by how calm each frame is. A
smile at the beginning of a track therefore loses its influence as soon as the face has been seen at rest. A person
who never seems calm, for example because of low brows, gets a resting face, too.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from mien.core.types import F32, F64, Baseline, BaselineMethod, Expressions, PersonBaseline
from mien_models.spaces import arkit

# Share of a scale. Subtracting more would more than double the noise and cross-talk of what remains of the scale.
MOST = 0.5
_HALF_KNOWN_S = 1.0  # seconds of calm after which the confidence is one half
_MEMORY_S = 60.0  # time constant with which older frames lose weight: lighting and beards change slowly
_LONGEST_STEP_S = 0.2  # the most that one frame can count for
_STIR = 0.4  # Euclidean norm of the expression weights at which calmness has fallen to 1/e
_DOUBT_POWER = 0.25  # a track whose calmest frames have a norm of twice `_STIR` gets a third of the confidence
_EXPRESSIVE = np.array([not name.startswith("eyeLook") for name in arkit.BLENDSHAPES])
_NONE: F32 = np.zeros(0, np.float32)
# What the expression network reads of most people's resting faces, by `spaces.emotions.EMOTIONS`.
CALM: F64 = np.array([0.93] + [0.01] * 7)


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Observation:
    """What the network reads of one face in one image, before the person's resting face is subtracted.

    Shares are of full scales: 1 is a whole weight, or 5 on the FACS scale. Values that the network does not give are
    empty arrays.
    """

    blendshapes: F64  # 52 shares, ARKit order
    units: F64  # shares by `spaces.facs.AUS`
    embedding: F32  # unit norm
    emotion: F64  # probabilities by `spaces.emotions.EMOTIONS`
    affect: F64  # valence, arousal
    landmarks: F32  # 478×2, canonical; NaN = not seen
    pose: F64 | None  # 4×4, face to camera optical frame
    resting_blendshapes: F64  # the part of `blendshapes` that may belong to the resting face
    resting_units: F64
    calm: float  # how much the face is at rest, [0, 1]
    clear: bool  # upper and lower face are seen well enough to capture a resting face


class Learner:
    """Learns a resting face as a mean over frames, weighted by how calm each is. Times are those of the frames."""

    def __init__(self) -> None:
        self.known = 0.0  # confidence: 0 = nothing was learned, 1 = surely this person's resting face
        self._seen_ns: int | None = None
        self._since_ns = 0
        self._calm = self._calmer = 0.0  # sums over time of calm, and of its square
        self._mean: F64 | None = None
        self._ends: tuple[int, ...] = ()

    def learn(self, observation: Observation, stamp_ns: int) -> None:
        """Add one frame. Frames with NaN, and frames that are not later than the last, are left out."""
        before_ns, self._seen_ns = self._seen_ns, stamp_ns
        if before_ns is None:
            return
        dt = min((stamp_ns - before_ns) * 1e-9, _LONGEST_STEP_S)
        if not dt > 0 or not observation.calm > 0:
            return
        share = _share(observation)
        parts = (
            observation.resting_blendshapes,
            observation.resting_units,
            share * to_tangent(observation.embedding),
            share * observation.emotion + (1 - share) * CALM if observation.emotion.size else observation.emotion,
            share * observation.affect,
            observation.landmarks.ravel(),
        )
        values = np.concatenate(parts, dtype=np.float64)
        if not np.isfinite(values).all():
            return
        fade = np.exp(-dt / _MEMORY_S)
        self._calm = float(fade * self._calm + observation.calm * dt)
        self._calmer = float(fade * self._calmer + observation.calm**2 * dt)
        if self._mean is None:
            self._mean, self._since_ns = values, stamp_ns
            self._ends = tuple(np.cumsum([len(part) for part in parts[:-1]]).tolist())
        else:
            self._mean = self._mean + observation.calm * dt / self._calm * (values - self._mean)
        # Kish's effective size of a weighted sample: about the seconds that are as calm as the calmest.
        lasted_s = self._calm**2 / self._calmer
        calmest = self._calmer / self._calm
        self.known = lasted_s / (lasted_s + _HALF_KNOWN_S) * calmest**_DOUBT_POWER

    @property
    def baseline(self) -> PersonBaseline | None:
        """The resting face; None before the first calm frame."""
        if self._mean is None:
            return None
        mean, ends = self._mean.astype(np.float32), (0, *self._ends, self._mean.size)
        # Slices: np.split takes three times as long.
        blendshapes, units, away, emotion, affect, landmarks = (mean[a:b] for a, b in pairwise(ends))
        return PersonBaseline(
            about=Baseline(BaselineMethod.LEARNED, self.known, self._since_ns),
            blendshapes=np.minimum(blendshapes, MOST),
            au_intensity=5 * np.minimum(units, MOST),
            embedding=from_tangent(away),
            landmarks=landmarks.reshape(-1, 2),
            emotion=emotion,
            affect=affect,
        )


def calmness(weights: F32 | F64) -> float:
    """How much a face is at rest, [0, 1], of expression weights (W,) in [0, 1]: 1 where all are 0.

    Shut eyes are no rest, so pass the weights of blinks, too. NaN is left out; if all weights are NaN, 0.
    """
    seen = weights[np.isfinite(weights)]
    return float(np.exp(-np.sum(np.square(seen)) / _STIR**2)) if seen.size else 0.0


def relative_to_rest(shares: NDArray[Any], rest: NDArray[Any], known: float | F64) -> F64:
    """Shares (..., K) of a scale relative to those at rest (..., K), weighted by their confidence `known` (..., 1).

    max(s − r, 0) / (1 − r) with r = known · rest: rest becomes 0, and 1 remains 1. NaN remains NaN.
    """
    taken = known * np.asarray(rest, np.float64)
    return np.asarray(np.maximum(shares - taken, 0) / (1 - taken))


def relative_embedding(embedding: F32, rest: PersonBaseline) -> F32:
    """The embedding (D,) of an expression relative to the person's resting face, which would be at the calm pole.

    Embeddings are projected from the centre of the sphere to the plane that touches it at the pole (0, …, 0, 1).
    On that plane `mien_models.nets.space.placed` is linear in the features of the shapes, so that the share of the
    resting face can be subtracted. Unchanged if the resting face has no embedding, or the space has no pole there.
    """
    if embedding.shape != rest.embedding.shape or not embedding.size or not embedding[-1] > 0:
        return embedding
    return from_tangent(to_tangent(embedding) - rest.about.confidence * to_tangent(rest.embedding))


def to_tangent(embedding: F32) -> F64:
    """Project an embedding (D,) of unit norm to the tangent plane at the calm pole (D − 1,); 0 if it has no image."""
    if not embedding.size or not embedding[-1] > 0:
        return np.zeros(max(embedding.size - 1, 0))
    return np.asarray(embedding[:-1] / float(embedding[-1]), np.float64)


def from_tangent(away: NDArray[Any]) -> F32:
    """The embedding (D,) of unit norm at a point (D − 1,) of the tangent plane; empty for an empty point."""
    if not away.size:
        return _NONE
    point = np.append(away, 1.0)
    return np.asarray(point / np.sqrt(point @ point), np.float32)


def without_landmarks(expressions: Expressions) -> Expressions:
    """The expressions without the landmarks of resting faces, which could identify a person."""
    told = tuple(
        e if e.rest is None or e.rest.landmarks is None else replace(e, rest=replace(e.rest, landmarks=None))
        for e in expressions.expressions
    )
    return replace(expressions, expressions=told)


def _share(observation: Observation) -> float:
    """The share of a frame's expression that may belong to the resting face, [0, 1]; gaze does not count."""
    shown = float(np.linalg.norm(observation.blendshapes[_EXPRESSIVE]))
    return min(float(np.linalg.norm(observation.resting_blendshapes[_EXPRESSIVE])) / shown, 1.0) if shown > 0 else 1.0
