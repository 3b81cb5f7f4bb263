"""Targets of emotion, valence and arousal, computed from action units by published prototypes.

Prototypes say what a face shows, never what a person feels. The tables are those of `spaces.emotions`,
which `affects` reads at run time.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike, NDArray

from mien_models.head.model.action_units import TOP
from mien_models.spaces import facs
from mien_models.spaces.emotions import CONTEMPT_UNITS, EMOTIONS, INDEX, PROTOTYPES, SMILES, VALENCE_AROUSAL, distress

F64 = NDArray[np.float64]

_MARKED = 3.0  # FACS C: from here on a unit has full strength
_BALANCE, _POWER = 0.4, 3.0  # a score of 0.4 is as likely as neutral; odds grow with this power of the score
_UNEVEN = 1.0  # difference between the sides from which a unit counts as one-sided, for contempt

_VA = np.array([VALENCE_AROUSAL[name] for name in EMOTIONS])


def targets(units: ArrayLike, names: Sequence[str] | None = None) -> tuple[F64, F64]:
    """Emotion (N, 8), sum 1 in the order of EMOTIONS, and valence and arousal (N, 2) of units (N, A) of [0, 5].

    A sample that was drawn as a prototype (`names`) has that emotion, by the strength of its strongest unit, even
    if a unit of the prototype is missing. All others are scored by their units. NaN units give NaN targets.
    """
    levels = np.asarray(units, np.float64)
    scores = _scores(levels)
    if names is not None:
        drawn = np.array([EMOTIONS.index(name) if name in EMOTIONS[1:] else 0 for name in names])
        rows = np.flatnonzero(drawn)
        scores[rows] = 0
        scores[rows, drawn[rows]] = np.minimum(levels[rows].max(axis=1) / _MARKED, 1)
    odds = (scores / _BALANCE) ** _POWER
    odds[:, 0] = 1
    likely = odds / odds.sum(axis=1, keepdims=True)
    return likely, (likely * scores) @ _VA


def _scores(levels: F64) -> F64:
    """(N, 8) scores of the prototypes, [0, 1]; that of neutral is 0.

    A score is the power mean of the units of the prototype with exponent ½: a missing unit lowers it more than a
    strong unit raises it.
    """

    def strength(code: int) -> F64:
        left, right = _sides(levels, code)
        return np.asarray(np.minimum((left + right) / (2 * _MARKED), 1))

    scores = np.zeros((len(levels), len(EMOTIONS)))
    for emotion, parts in PROTOTYPES.items():
        chosen = [np.max([strength(code) for code in part], axis=0) for part in parts]
        scores[:, EMOTIONS.index(emotion)] = np.mean(np.sqrt(chosen), axis=0) ** 2
    uneven = []
    for code in CONTEMPT_UNITS:
        left, right = _sides(levels, code)
        apart = np.clip((np.abs(left - right) - _UNEVEN) / (_MARKED - _UNEVEN), 0, 1)
        uneven.append(apart * (1 - np.minimum(left, right) / TOP))
    scores[:, EMOTIONS.index("contempt")] = np.max(uneven, axis=0)
    crying, smiles, sad = distress(levels)[:, None], [INDEX[name] for name in SMILES], INDEX["sadness"]
    scores[:, sad] = np.maximum(scores[:, sad], np.nan_to_num(crying * scores[:, smiles]).max(1))
    scores[:, smiles] *= 1 - crying
    return scores


def _sides(levels: F64, code: int) -> tuple[F64, F64]:
    labels = facs.labels(code)
    return levels[:, facs.INDEX[labels[0]]], levels[:, facs.INDEX[labels[-1]]]
