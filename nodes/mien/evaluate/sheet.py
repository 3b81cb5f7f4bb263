"""Contact sheet of nearest neighbours across identities in an embedding."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from mien.core.types import U8
from mien_models.evaluate.faces import Faces
from mien_models.evaluate.metrics import nearest
from mien_models.head.motion.distance import distance
from mien_models.head.motion.draw import Kind

_TILE, _LABEL, _GAP = 112, 18, 10
_NEIGHBOURS = 7
_POOL = 64  # nearest neighbours from which one per person is chosen
_WHITE = 255


def neighbours(faces: Faces, embedding: NDArray[np.float32], rows: int = 12) -> U8:
    """RGB picture: in each row a query face, then its nearest neighbours among other people, one per person.

    Under each is its true distance to the query (0 = the same expression) and its true expression.
    Raises ValueError where there is only one person.
    """
    known = np.isfinite(embedding).all(axis=1)
    faces, points = faces.take(known), embedding[known]
    if len(np.unique(faces.identity)) < 2:
        raise ValueError("neighbours of other people need two people")
    found = nearest(points, faces.identity, min(_POOL, len(faces) - 1))
    lines = []
    for query in _queries(faces, rows):
        line = [_tile(faces.crop[query], str(faces.name[query])), np.full((_TILE + _LABEL, _GAP, 3), _WHITE, np.uint8)]
        for at in _one_each(found[query], faces.identity):
            away = float(distance(faces.shapes[query], faces.shapes[at]))
            line.append(_tile(faces.crop[at], f"{away:.2f}  {faces.name[at]}"))
        blank = np.full((_TILE + _LABEL, _TILE, 3), _WHITE, np.uint8)
        lines.append(np.hstack(line + [blank] * (_NEIGHBOURS + 2 - len(line))))
    return np.vstack(lines)


def _queries(faces: Faces, count: int) -> list[int]:
    """Rows of different categories and people in turn: emotions first, then units, speech and rest."""
    order = [*sorted(set(faces.name[faces.kind == Kind.EMOTION])), "units", "speech", "neutral"]
    chosen: list[int] = []
    used: set[int] = set()
    for name in order * count:
        if len(chosen) == min(count, len(faces)):
            break
        for row in np.flatnonzero(faces.category == name):
            if row not in chosen and (int(faces.identity[row]) not in used or len(used) == len(set(faces.identity))):
                chosen.append(int(row))
                used.add(int(faces.identity[row]))
                break
    return chosen


def _one_each(rows: NDArray[np.intp], identity: NDArray[np.int64]) -> list[int]:
    """The first row of each person, at most _NEIGHBOURS rows."""
    rows = rows[rows >= 0]
    _, first = np.unique(identity[rows], return_index=True)
    return [int(row) for row in rows[np.sort(first)][:_NEIGHBOURS]]


def _tile(crop: U8, text: str) -> U8:
    label = np.full((_LABEL, _TILE, 3), _WHITE, np.uint8)
    cv2.putText(label, text, (3, _LABEL - 5), cv2.FONT_HERSHEY_SIMPLEX, 0.38, (30, 30, 30), 1, cv2.LINE_AA)
    return np.vstack([crop, label])
