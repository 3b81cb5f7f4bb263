"""Expression category, valence and arousal from action units, by published prototypes.

They say what a face shows, never what a person feels.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from mien.core.types import F64
from mien_models.spaces import facs
from mien_models.spaces.emotions import CONTEMPT_UNITS, EMOTIONS, INDEX, PROTOTYPES, SMILES, VALENCE_AROUSAL, distress

# FACS C, "marked": a unit this strong counts in full.
_MARKED = 3.0
# A prototype with this score is as likely as neutral; the power sets how soon it is likelier.
_BALANCE, _POWER = 0.4, 3.0
# So much more on one side than on the other is an uneven smile [FACS]; beyond it begins contempt.
_UNEVEN = 1.0
_TIE = 1e-9  # of two units that are as strong the better known one speaks

PLACES: F64 = np.array([VALENCE_AROUSAL[e] for e in EMOTIONS])  # valence and arousal of each category
_CODES = tuple(sorted({c for parts in PROTOTYPES.values() for part in parts for c in part} | set(CONTEMPT_UNITS)))
_ALL_PARTS = [(emotion, part) for emotion, parts in PROTOTYPES.items() for part in parts]
# Of each part of each prototype its first alternative, and its last, which may be the same.
_FIRST, _LAST = (np.array([_CODES.index(part[i]) for _, part in _ALL_PARTS]) for i in (0, -1))
_SUM = np.array([[emotion == e for e in EMOTIONS] for emotion, _ in _ALL_PARTS], np.float64)  # parts to categories
_COUNT = np.maximum(_SUM.sum(axis=0), 1)
_CONTEMPT, _SAD, _SMILES = INDEX["contempt"], INDEX["sadness"], np.array([INDEX[name] for name in SMILES])


def _matrix(codes: tuple[int, ...], right: float) -> F64:
    """(A, codes) the left side of units plus `right` times the right one, over two."""
    matrix = np.zeros((len(facs.AUS), len(codes)))
    for column, code in enumerate(codes):
        labels = facs.labels(code)
        matrix[facs.INDEX[labels[0]], column] += 0.5
        matrix[facs.INDEX[labels[-1]], column] += 0.5 * right
    return matrix


_MEAN, _CONTEMPT_MEAN, _CONTEMPT_HALF = _matrix(_CODES, 1), _matrix(CONTEMPT_UNITS, 1), _matrix(CONTEMPT_UNITS, -1)


@dataclass(frozen=True, slots=True)
class Reading:
    """emotion: by EMOTIONS, sum 1; all NaN, with confidence 0, where too little of the face is known."""

    emotion: F64
    confidence: float
    valence: float
    arousal: float


def read(intensity: F64, confidence: F64) -> Reading:
    """The prototypes that intensity and confidence of facs.AUS come near to.

    A prototype's score is a power mean of its units (exponent ½, so that a missing unit hurts more
    than a strong one helps), weighed by how well each is known. Scores compete with neutral and with
    one another by a Hill function. Valence and arousal are expectations over the categories, each as
    far from neutral as its score.
    """
    (scores,), (trusts,) = _scores(intensity[None], confidence[None])
    trusts[0] = trusts[1:].mean()  # neutral is known as well as what it is not
    likely = _likely(scores)
    if not math.isfinite(float(likely[0])):
        return Reading(likely, 0.0, math.nan, math.nan)
    valence, arousal = (likely * scores) @ PLACES
    return Reading(likely, min(float(likely @ trusts), 1.0), float(valence), float(arousal))


def likelihoods(intensity: F64, confidence: F64) -> F64:
    """Probabilities by EMOTIONS (N, 8), as `read` gives them, of N readings of facs.AUS (N, A)."""
    return _likely(_scores(intensity, confidence)[0])


def circumplex(emotion: F64) -> tuple[float, float]:
    """Valence and arousal expected under probabilities by EMOTIONS."""
    valence, arousal = emotion @ PLACES
    return float(valence), float(arousal)


def _likely(scores: F64) -> F64:
    odds = (scores / _BALANCE) ** _POWER
    odds[..., 0] = 1
    return np.asarray(odds / odds.sum(axis=-1, keepdims=True))


def _scores(intensity: F64, confidence: F64) -> tuple[F64, F64]:
    """How near readings (N, A) come to EMOTIONS (N, 8), NaN if unknown, and how far all but neutral can be trusted."""
    sure = np.where(np.isfinite(intensity), confidence, 0)
    shown = np.where(sure > 0, intensity, 0)
    strength, known = np.minimum(shown @ _MEAN / _MARKED, 1), sure @ _MEAN
    first, last = (known.take(_FIRST, 1), strength.take(_FIRST, 1)), (known.take(_LAST, 1), strength.take(_LAST, 1))
    weight, best = _stronger(first, last)
    total = weight @ _SUM
    scores = ((weight * np.sqrt(best)) @ _SUM / np.where(total > 0, total, np.nan)) ** 2
    trusts = total / _COUNT

    half, mean = np.abs(shown @ _CONTEMPT_HALF), shown @ _CONTEMPT_MEAN
    uneven = np.minimum(np.maximum((2 * half - _UNEVEN) / (_MARKED - _UNEVEN), 0), 1) * (1 - (mean - half) / 5)
    sure = sure @ _CONTEMPT_MEAN
    trusts[:, _CONTEMPT], scores[:, _CONTEMPT] = _stronger((sure[:, 0], uneven[:, 0]), (sure[:, 1], uneven[:, 1]))
    crying = distress(shown)[:, None]
    smiles = scores[:, _SMILES]
    moved = crying * smiles
    scores[:, _SAD] = np.maximum(scores[:, _SAD], np.where(np.isnan(moved), 0, moved).max(1))
    scores[:, _SMILES] = smiles * (1 - crying)
    scores[:, 0] = 0
    return scores, trusts


def _stronger(one: tuple[F64, F64], other: tuple[F64, F64]) -> tuple[F64, F64]:
    """Of two units, each by how well it is known and how strong it is, the stronger; of equals the better known."""
    second = other[1] + _TIE * other[0] > one[1] + _TIE * one[0]
    return np.where(second, other[0], one[0]), np.where(second, other[1], one[1])


def decided(emotion: F64) -> float:
    """How much probabilities say, [0, 1]: 0 where all are alike, 1 where one is certain."""
    entropy = -float(np.sum(emotion * np.log(np.maximum(emotion, 1e-9))))
    return min(max(1 - entropy / math.log(len(emotion)), 0.0), 1.0)
