"""A person's face at rest: how it is learned while they are tracked, and taken off what is read of them.

FACS scores a departure from the person's own rest, and rests differ more between people than faint
expressions do. What a track shows is averaged over time, the calmest frames counting for most: a
track that begins with a smile forgets it as soon as it has seen the face at rest, and who never looks
calm, because their brows sit low, has a rest all the same.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from mien.core.types import F32, F64, Baseline, BaselineMethod, Expressions, PersonBaseline
from mien_models.spaces import arkit

MOST = 0.5  # share of a scale: what more is taken off would more than double the noise and cross-talk of the rest
_FAMILIAR_S = 1.0  # after which a rest counts half
_MEMORY_S = 60.0  # what is older fades: lighting and beards change slowly
_LONGEST_STEP_S = 0.2  # what a frame can count for
_STIR = 0.4  # Euclidean norm of the weights of a face that stirs
_SUSPICION = 0.25  # power: of faces that stir by twice `_STIR`, a third are believed to be at rest
_EXPRESSIVE = np.array([not name.startswith("eyeLook") for name in arkit.BLENDSHAPES])
_NONE: F32 = np.zeros(0, np.float32)
# What the expression network reads of most people's resting faces, by `spaces.emotions.EMOTIONS`.
CALM: F64 = np.array([0.93] + [0.01] * 7)


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Observation:
    """What one image shows of one face, read as a stranger's.

    Shares are of full scales: 1 is a whole weight, or 5 on the FACS scale. What the network does not read is an
    empty array.
    """

    blendshapes: F64  # 52 shares, ARKit order
    units: F64  # shares by `spaces.facs.AUS`
    embedding: F32  # unit norm
    emotion: F64  # probabilities by `spaces.emotions.EMOTIONS`
    affect: F64  # valence, arousal
    landmarks: F32  # 478×2, canonical; NaN = not seen
    pose: F64 | None  # 4×4, face to camera optical frame
    resting_blendshapes: F64  # what of those may be the face's rest, should nobody say more
    resting_units: F64
    calm: float  # how much the face is at rest, [0, 1]
    clear: bool  # upper and lower face are seen well enough to ask for


class Learner:
    """The mean of what may be at rest, weighted by how calm a frame is. Times are those of the frames."""

    def __init__(self) -> None:
        self.known = 0.0  # 0 = nobody's rest, towards 1 = surely this person's
        self._seen_ns: int | None = None
        self._since_ns = 0
        self._calm = self._calmer = 0.0  # sums over time of calm, and of its square
        self._mean: F64 | None = None
        self._ends: tuple[int, ...] = ()

    def learn(self, observation: Observation, stamp_ns: int) -> None:
        """Take in one frame. One with NaN is left out; a step back in time counts nothing."""
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
        # Kish's effective size of a weighted sample: the seconds that are about as calm as the calmest.
        lasted_s = self._calm**2 / self._calmer
        calmest = self._calmer / self._calm
        self.known = lasted_s / (lasted_s + _FAMILIAR_S) * calmest**_SUSPICION

    @property
    def baseline(self) -> PersonBaseline | None:
        """What was learned; None before the first calm frame."""
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

    Shut eyes are no rest, so weights of blinks belong among them. NaN is left out; 0 where all are.
    """
    seen = weights[np.isfinite(weights)]
    return float(np.exp(-np.sum(np.square(seen)) / _STIR**2)) if seen.size else 0.0


def relative_to_rest(shares: NDArray[Any], rest: NDArray[Any], known: float) -> F64:
    """Shares (..., K) of a scale as departures from those at rest (K,), as far as these are known.

    (s − r) / (1 − r), at least 0: rest becomes 0 and full stays 1. NaN stays.
    """
    taken = known * np.asarray(rest, np.float64)
    return np.asarray(np.maximum(shares - taken, 0) / (1 - taken))


def relative_embedding(embedding: F32, rest: PersonBaseline) -> F32:
    """The embedding (D,) of an expression as somebody would have it whose resting face is at the calm pole.

    Points of the sphere are looked at from its middle, on the plane that touches it at the pole (0, …, 0, 1):
    there `mien_models.nets.space.placed` is linear in the features of the shapes, and what the face adds at
    rest can be subtracted. Left as it is where the rest has none, or the space has no pole there.
    """
    if embedding.shape != rest.embedding.shape or not embedding.size or not embedding[-1] > 0:
        return embedding
    return from_tangent(to_tangent(embedding) - rest.about.confidence * to_tangent(rest.embedding))


def to_tangent(embedding: F32) -> F64:
    """Where an embedding (D,) of unit norm lies on the plane at the calm pole (D − 1,); 0 where it does not."""
    if not embedding.size or not embedding[-1] > 0:
        return np.zeros(max(embedding.size - 1, 0))
    return np.asarray(embedding[:-1] / float(embedding[-1]), np.float64)


def from_tangent(away: NDArray[Any]) -> F32:
    """The embedding (D,) of unit norm at a point of that plane (D − 1,); empty where the plane is."""
    if not away.size:
        return _NONE
    point = np.append(away, 1.0)
    return np.asarray(point / np.sqrt(point @ point), np.float32)


def without_landmarks(expressions: Expressions) -> Expressions:
    """The same without the landmarks of resting faces, which show who somebody is."""
    told = tuple(
        e if e.rest is None or e.rest.landmarks is None else replace(e, rest=replace(e.rest, landmarks=None))
        for e in expressions.expressions
    )
    return replace(expressions, expressions=told)


def _share(observation: Observation) -> float:
    """How much of what a frame shows may be at rest, [0, 1]; where somebody looks is no expression."""
    shown = float(np.linalg.norm(observation.blendshapes[_EXPRESSIVE]))
    return min(float(np.linalg.norm(observation.resting_blendshapes[_EXPRESSIVE])) / shown, 1.0) if shown > 0 else 1.0
