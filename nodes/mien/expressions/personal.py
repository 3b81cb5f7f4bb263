"""What a network reads of one face, and as what departure from the person's resting face."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from mien.core.baseline.learning import CALM, relative_embedding, relative_to_rest
from mien.core.prototypes import PLACES, likelihoods
from mien.core.types import F32, F64, PersonBaseline
from mien_models.spaces import arkit

COUNT = len(arkit.BLENDSHAPES)
TOP = 5.0  # of the scale of intensities
_MOST = 0.5  # share that the difference to the rest can have
_UNINFORMED = 0.5  # the error to expect of a level of which nothing is known: half of the scale
_UNLIKELY = 0.01  # less probability than this is no evidence


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
    """What landmarks say as departures from those at rest: level, sd (52 + A,) and presence (A,), as in Levels."""

    level: F64
    sd: F64
    presence: F64


def relative_reading(image: Levels, rest: PersonBaseline, difference: DifferenceReading | None) -> Levels:
    """A stranger's reading of a face as a departure from its rest. A rest that is not known changes nothing.

    Levels: see `relative_to_rest`. Where the landmarks find more, the two are weighed by how sure each is.

    Presence falls as the intensity of its unit does.

    Emotion: the network's probabilities are evidence of a stranger's face. They are multiplied by how much
    likelier the units make each category with the rest taken off than without it, by published prototypes: a
    posterior whose likelihood is exchanged. What the network still finds in the resting face is divided out
    as far as the units are at rest. In an expression it is not: the evidence of a rest does not add to that
    of an expression, and people with slanting brows would never look sad.

    Valence and arousal move by as much as their expectation under these probabilities, and what is still
    found of them at rest is taken off, likewise.

    Embedding: see `relative_embedding`.
    """
    known = rest.about.confidence
    units = np.asarray(rest.au_intensity / TOP if rest.au_intensity.size else np.zeros(len(image.presence)), np.float64)
    level = relative_to_rest(image.level, np.concatenate([rest.blendshapes, units]), known)
    before, after = image.level[COUNT:], level[COUNT:]
    presence = image.presence * np.where(after < before, after / np.maximum(before, 1e-9), 1)
    sd = image.sd
    if difference is not None:
        # What was taken for a rest may have been an expression: it would hide others, but shows none.
        weight = known / (known + np.square(difference.sd / np.maximum(sd, 1e-6)))
        weight = np.where(difference.level > level, np.minimum(weight, _MOST), 0)
        level = level + weight * (difference.level - level)
        presence = presence + weight[COUNT:] * (difference.presence - presence)
        # The two err alike, so that together they are no surer than their mean.
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
    """Emotion (8,), and valence and arousal (2,), where units are `after` (A,) with the `resting` ones taken off."""
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
