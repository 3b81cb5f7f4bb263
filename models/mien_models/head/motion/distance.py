"""Perceived distance between two expressions, and triplets to learn it from.

Weights enter by their square root, because people see the difference between no smile and a faint
one more readily than that between a broad smile and a broader one. Gaze is left out (it is no
expression). Blinks count half. Shapes with a left and a right copy count 0.7 each, so that a smile
on both sides weighs as much as one jaw movement.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from mien_models.spaces.arkit import BLENDSHAPES

F64 = NDArray[np.float64]
Index = NDArray[np.intp]

_COPY, _BLINK = 0.7, 0.5
# Two sides of one movement; jawLeft and mouthLeft are directions, not sides.
_DIRECTIONS = ("jawLeft", "jawRight", "mouthLeft", "mouthRight")


def _weight(name: str) -> float:
    if name.startswith("eyeLook"):
        return 0.0
    copy = _COPY if name.endswith(("Left", "Right")) and name not in _DIRECTIONS else 1.0
    return copy * (_BLINK if name.startswith("eyeBlink") else 1.0)


WEIGHTS: F64 = np.array([_weight(name) for name in BLENDSHAPES])


def embed(shapes: ArrayLike) -> F64:
    """(..., 52) points whose Euclidean distance is `distance`, of ARKit weights (..., 52)."""
    return np.asarray(WEIGHTS * np.sqrt(np.clip(shapes, 0, 1)))


def distance(a: ArrayLike, b: ArrayLike) -> F64:
    """(...) distance between ARKit weights (..., 52), which broadcast; 0 for equal expressions.

    It is symmetric and satisfies the triangle inequality. Two faces that differ in gaze only have
    distance 0.
    """
    return np.asarray(np.linalg.norm(embed(a) - embed(b), axis=-1))


@dataclass(frozen=True, slots=True, eq=False)
class Triplets:
    """T triplets: sample rows (T,) of each role, and the margin (T,) by which the negative should be farther."""

    anchor: Index
    positive: Index
    negative: Index
    margin: F64

    def __len__(self) -> int:
        return len(self.margin)


def triplets(
    rng: np.random.Generator,
    shapes: ArrayLike,
    identities: ArrayLike,
    count: int,
    *,
    margin: float = 0.5,
    min_gap: float = 0.1,
    candidates: int = 16,
) -> Triplets:
    """Up to `count` triplets over samples with ARKit weights (N, 52) of identities (N,).

    The positive shows another person than the anchor. The negative is farther than the positive by a
    gap of at least `min_gap`. Where one of the suitable `candidates` shows the anchor's own person, it
    is the negative, so that a network cannot solve triplets by recognising people. The margin is
    the gap times `margin`, so near ties require little. The positive is the nearest of the
    candidates and the negative a random suitable one, so easy and hard triplets mix. Raises
    ValueError unless there are two identities.
    """
    points, who = embed(shapes), np.asarray(identities)
    if len(np.unique(who)) < 2:
        raise ValueError("triplets need samples of at least two identities")
    anchor = rng.integers(len(who), size=count)
    # Half of the candidates show the anchor's person.
    others = np.hstack(
        [rng.integers(len(who), size=(count, candidates // 2)), _same_person(rng, who, anchor, candidates // 2)]
    )
    away = np.linalg.norm(points[others] - points[anchor, None], axis=-1)
    same = who[others] == who[anchor, None]
    nearest = np.argmin(np.where(same, np.inf, away), axis=1)
    row = np.arange(count)
    gap = away - away[row, nearest, None]
    fits = (gap >= min_gap) & (others != anchor[:, None])
    # A random suitable candidate; those that show the same person come first.
    chosen = np.argmax(fits * (1 + same + rng.random(others.shape)), axis=1)
    keep = fits[row, chosen] & ~same[row, nearest]
    return Triplets(
        anchor[keep],
        others[row, nearest][keep],
        others[row, chosen][keep],
        margin * gap[row, chosen][keep],
    )


def _same_person(rng: np.random.Generator, who: NDArray[np.generic], anchor: Index, count: int) -> Index:
    """(T, count) random rows of the identity that each anchor shows."""
    order = np.argsort(who, kind="stable")
    first = np.searchsorted(who[order], who[anchor], side="left")
    last = np.searchsorted(who[order], who[anchor], side="right")
    return np.asarray(order[rng.integers(first[:, None], last[:, None], size=(len(anchor), count))])
