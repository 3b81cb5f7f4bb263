"""A network's readings of faces, and the readings relative to the people's resting faces."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from mien.core.baseline.learning import CALM, relative_embedding, relative_to_rest
from mien.core.prototypes import PLACES, likelihoods
from mien.core.types import F32, F64, PersonBaseline
from mien_models.spaces import arkit

COUNT = len(arkit.BLENDSHAPES)
TOP = 5.0  # of the scale of intensities
_MOST = 0.5  # largest weight of the difference to the resting face
_UNINFORMED = 0.5  # the error to expect of a level of which nothing is known: half of the scale
_NO_AFFECT = (0.0, 0.0)
_UNLIKELY = 0.01  # smaller probabilities are raised to this one


@dataclass(frozen=True, slots=True, eq=False)
class Levels:
    """What a network reads of N faces.

    level, sd (N, 52 + A): shapes in ARKit order, then units, as shares of their scales. presence (N, A), emotion
    (N, 8), affect (N, 2) and embedding (N, D) as the network gives them.
    """

    level: F64
    sd: F64
    presence: F64
    emotion: F64
    affect: F64
    embedding: F32


@dataclass(frozen=True, slots=True, eq=False)
class DifferenceReading:
    """What the second network reads of landmarks relative to those at rest: level, sd (N, 52 + A), presence (N, A).

    Level 0 where it was not asked.
    """

    level: F64
    sd: F64
    presence: F64


def relative_readings(image: Levels, rests: Sequence[PersonBaseline | None], difference: DifferenceReading) -> Levels:
    """The readings of N faces relative to their resting faces; unchanged as far as these are not known.

    Levels: see `relative_to_rest`. Where `difference` has a higher level, the two are averaged by their variances.

    Presence falls in proportion to the intensity of its unit.

    Emotion: the network's probabilities do not know the person. They are multiplied by the ratio of two likelihoods
    from published prototypes, of the units relative to rest and of the units as read; that is, the likelihood in the
    posterior is exchanged. What the network reads of the resting face itself is then divided out, as far as the units
    are at rest. During an expression it is not: evidence at rest does not add to that of an expression, and people
    with slanting brows would never be read as sad.

    Valence and arousal change by as much as their expectation under these probabilities. What the network reads of
    them at rest is subtracted in the same way.

    Embedding: see `relative_embedding`.
    """
    if not any(rests):
        return image
    known, resting = _resting(rests, image.presence.shape[1])
    level = relative_to_rest(image.level, resting, known)
    before, after = image.level[:, COUNT:], level[:, COUNT:]
    presence = image.presence * np.where(after < before, after / np.maximum(before, 1e-9), 1)
    # A learned resting face may contain an expression. It then hides expressions but creates none, so only higher
    # levels of the difference are used.
    weight = known / np.maximum(known + np.square(difference.sd / np.maximum(image.sd, 1e-6)), 1e-12)
    weight = np.where(difference.level > level, np.minimum(weight, _MOST), 0)
    level = level + weight * (difference.level - level)
    presence = presence + weight[:, COUNT:] * (difference.presence - presence)
    # The errors of the two are correlated: the variance of the mean is not smaller than the mean variance.
    sd = np.sqrt((1 - weight) * image.sd**2 + weight * difference.sd**2)
    emotion, affect = _shown(image, level[:, COUNT:], resting[:, COUNT:], rests)
    pairs = zip(image.embedding, rests, strict=True)
    embedding = np.array([one if rest is None else relative_embedding(one, rest) for one, rest in pairs], np.float32)
    return Levels(level, sd, presence, emotion, affect, embedding)


def _resting(rests: Sequence[PersonBaseline | None], units: int) -> tuple[F64, F64]:
    """How well N resting faces are known (N, 1), and their levels (N, 52 + A); 0 for those that are not."""
    known, levels = np.zeros((len(rests), 1)), np.zeros((len(rests), COUNT + units))
    for i, rest in enumerate(rests):
        if rest is not None:
            known[i] = rest.about.confidence
            levels[i, :COUNT] = rest.blendshapes
            if rest.au_intensity.size:
                levels[i, COUNT:] = rest.au_intensity / TOP
    return known, levels


def _shown(image: Levels, after: F64, resting: F64, rests: Sequence[PersonBaseline | None]) -> tuple[F64, F64]:
    """Emotion (N, 8), and valence and arousal (N, 2). after: units (N, A) relative to the `resting` ones."""
    told = [(CALM, _NO_AFFECT) if r is None or not r.emotion.size else (r.emotion, r.affect) for r in rests]
    resting_emotion, resting_affect = (np.array(part, np.float64) for part in zip(*told, strict=True))
    known = np.array([0.0 if r is None else r.about.confidence for r in rests])
    # By image and rest, before and after.
    read_units = image.level[:, COUNT:]
    units = TOP * np.minimum([read_units, resting, after, relative_to_rest(resting, resting, known[:, None])], 1)
    sure = np.maximum(1 - image.sd[:, COUNT:] / _UNINFORMED, 0)
    likely = likelihoods(np.concatenate(units), np.concatenate([sure] * len(units))).reshape(*units.shape[:2], -1)
    likely = np.maximum(likely, _UNLIKELY)
    read = np.array([image.emotion, resting_emotion])
    odds = read * likely[2:] / likely[:2]
    now = odds / odds.sum(axis=2, keepdims=True)
    affect = image.affect + (now[0] - read[0]) @ PLACES
    # What is read of the resting face itself.
    has = np.array([r is not None and bool(r.emotion.size) for r in rests])
    share = np.where(has, known * likely[2, :, 0] ** 2, 0)[:, None]
    odds = now[0] * (CALM / np.maximum(now[1], _UNLIKELY)) ** share
    affect = affect - share * (resting_affect + (now[1] - read[1]) @ PLACES)
    affect = np.minimum(np.maximum(affect, -1), 1)
    # Unchanged where no resting face is known, and where too little of the face is (NaN).
    same = np.array([r is None for r in rests]) | np.isnan(likely[0, :, 0])
    emotion = np.where(same[:, None], image.emotion, odds / odds.sum(axis=1, keepdims=True))
    return emotion, np.where(same[:, None], image.affect, affect)
