"""Expression category, valence and arousal from action units, by published prototypes.

They say what a face shows, never what a person feels.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from mien.core.types import F64
from mien_models.spaces import facs
from mien_models.spaces.emotions import CONTEMPT_UNITS, EMOTIONS, PROTOTYPES, VALENCE_AROUSAL

# FACS C, "marked": a unit this strong counts in full.
_MARKED = 3.0
# A prototype with this score is as likely as neutral; the power sets how soon it is likelier.
_BALANCE, _POWER = 0.4, 3.0
# So much more on one side than on the other is an uneven smile [FACS]; beyond it begins contempt.
_UNEVEN = 1.0

_VA = np.array([VALENCE_AROUSAL[e] for e in EMOTIONS])
_CODES = tuple(sorted({c for parts in PROTOTYPES.values() for part in parts for c in part} | set(CONTEMPT_UNITS)))
_PARTS = {
    emotion: tuple(tuple(_CODES.index(c) for c in part) for part in parts) for emotion, parts in PROTOTYPES.items()
}
_CONTEMPT = tuple(_CODES.index(c) for c in CONTEMPT_UNITS)
_LEFT = np.array([facs.INDEX[facs.labels(c)[0]] for c in _CODES])
_RIGHT = np.array([facs.INDEX[facs.labels(c)[-1]] for c in _CODES])


@dataclass(frozen=True, slots=True)
class Reading:
    """emotion: by EMOTIONS, sum 1; all NaN, with confidence 0, where too little of the face is known."""

    emotion: F64
    confidence: float
    valence: float
    arousal: float


UNKNOWN = Reading(np.full(len(EMOTIONS), np.nan), 0.0, math.nan, math.nan)


def read(intensity: F64, confidence: F64) -> Reading:
    """The prototypes that intensity and confidence of facs.AUS come near to.

    A prototype's score is a power mean of its units (exponent ½, so that a missing unit hurts more
    than a strong one helps), weighed by how well each is known. Scores compete with neutral and with
    one another by a Hill function. Valence and arousal are expectations over the categories, each as
    far from neutral as its score.
    """
    sure = np.where(np.isfinite(intensity), confidence, 0)
    shown = np.where(sure > 0, intensity, 0)
    left, right = shown[_LEFT], shown[_RIGHT]
    strength = np.minimum((left + right) / (2 * _MARKED), 1).tolist()
    known = ((sure[_LEFT] + sure[_RIGHT]) / 2).tolist()

    scores, trusts = [0.0], [0.0]
    for emotion in EMOTIONS[1:]:
        if emotion == "contempt":
            uneven = np.abs(left - right)
            uneven = np.clip((uneven - _UNEVEN) / (_MARKED - _UNEVEN), 0, 1) * (1 - np.minimum(left, right) / 5)
            score, trust = max((float(uneven[c]), known[c]) for c in _CONTEMPT)
        else:
            chosen = [max(part, key=lambda c: (strength[c], known[c])) for part in _PARTS[emotion]]
            weight = sum(known[c] for c in chosen)
            if weight <= 0:
                return UNKNOWN
            score = (sum(known[c] * math.sqrt(strength[c]) for c in chosen) / weight) ** 2
            trust = weight / len(chosen)
        scores.append(score)
        trusts.append(trust)
    trusts[0] = sum(trusts) / (len(trusts) - 1)

    all_scores = np.array(scores)
    odds = (all_scores / _BALANCE) ** _POWER
    odds[0] = 1
    likely = odds / odds.sum()
    valence, arousal = (likely * all_scores) @ _VA
    return Reading(likely, min(float(likely @ trusts), 1.0), float(valence), float(arousal))


def circumplex(emotion: F64) -> tuple[float, float]:
    """Valence and arousal expected under probabilities by EMOTIONS."""
    valence, arousal = emotion @ _VA
    return float(valence), float(arousal)
