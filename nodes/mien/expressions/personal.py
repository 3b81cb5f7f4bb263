"""A network's reading of one face, and the reading relative to the person's resting face."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from mien.core.baseline.learning import CALM, relative_embedding, relative_to_rest
from mien.core.prototypes import PLACES, likelihoods
from mien.core.types import F32, F64, PersonBaseline
from mien_models.spaces import arkit

COUNT = len(arkit.BLENDSHAPES)
TOP = 5.0  # of the scale of intensities
_MOST = 0.5  # largest weight of the difference to the resting face
_UNINFORMED = 0.5  # the error to expect of a level of which nothing is known: half of the scale
_UNLIKELY = 0.01  # smaller probabilities are raised to this one


@dataclass(frozen=True, slots=True, eq=False)
class Levels:
    """What a network reads of one face.

    level, sd (52 + A,): shapes in ARKit order, then units, as shares of their scales. presence (A,), emotion (8,),
    affect (2,) and embedding (D,) as the network gives them.
    """

    level: F64
    sd: F64
    presence: F64
    emotion: F64
    affect: F64
    embedding: F32


@dataclass(frozen=True, slots=True, eq=False)
class DifferenceReading:
    """What the second network reads of landmarks relative to those at rest: level, sd (52 + A,), presence (A,)."""

    level: F64
    sd: F64
    presence: F64


def relative_reading(image: Levels, rest: PersonBaseline, difference: DifferenceReading | None) -> Levels:
    """The reading of an image relative to a resting face; unchanged as far as that is not known.

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
    known = rest.about.confidence
    units = np.asarray(rest.au_intensity / TOP if rest.au_intensity.size else np.zeros(len(image.presence)), np.float64)
    level = relative_to_rest(image.level, np.concatenate([rest.blendshapes, units]), known)
    before, after = image.level[COUNT:], level[COUNT:]
    presence = image.presence * np.where(after < before, after / np.maximum(before, 1e-9), 1)
    sd = image.sd
    if difference is not None:
        # A learned resting face may contain an expression. It then hides expressions but creates none, so only higher
        # levels of the difference are used.
        weight = known / (known + np.square(difference.sd / np.maximum(sd, 1e-6)))
        weight = np.where(difference.level > level, np.minimum(weight, _MOST), 0)
        level = level + weight * (difference.level - level)
        presence = presence + weight[COUNT:] * (difference.presence - presence)
        # The errors of the two are correlated: the variance of the mean is not smaller than the mean variance.
        sd = np.sqrt((1 - weight) * sd**2 + weight * difference.sd**2)
    emotion, affect = _shown(image, level[COUNT:], units, rest)
    return replace(
        image,
        level=level,
        sd=sd,
        presence=presence,
        emotion=emotion,
        affect=affect,
        embedding=relative_embedding(image.embedding, rest),
    )


def _shown(image: Levels, after: F64, resting: F64, rest: PersonBaseline) -> tuple[F64, F64]:
    """Emotion (8,), and valence and arousal (2,). after: units (A,) relative to the `resting` ones."""
    known = rest.about.confidence
    # By image and rest, before and after.
    units = TOP * np.minimum([image.level[COUNT:], resting, after, relative_to_rest(resting, resting, known)], 1)
    sure = np.maximum(1 - image.sd[COUNT:] / _UNINFORMED, 0)
    likely = np.maximum(likelihoods(units, np.broadcast_to(sure, units.shape)), _UNLIKELY)
    if likely[0, 0] != likely[0, 0]:  # NaN: too little of the face is known
        return image.emotion, image.affect
    read = np.array([image.emotion, rest.emotion if rest.emotion.size else CALM])
    odds = read * likely[2:] / likely[:2]
    now = odds / odds.sum(axis=1, keepdims=True)
    affect = image.affect + (now[0] - read[0]) @ PLACES
    if not rest.emotion.size:
        return now[0], np.minimum(np.maximum(affect, -1), 1)
    share = known * likely[2, 0] ** 2
    odds = now[0] * (CALM / np.maximum(now[1], _UNLIKELY)) ** share
    affect = affect - share * (rest.affect + (now[1] - read[1]) @ PLACES)
    return odds / odds.sum(), np.minimum(np.maximum(affect, -1), 1)
