"""Which names change places in a mirror."""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

# Left and right as words, as the last letter of a unit, and as a letter of its own, also before T(op) and B(ottom).
_SIDE = re.compile(r"Left|Right|LEFT|RIGHT|(?<=^AU\d)[LR]$|(?<=^AU\d\d)[LR]$|(?<=_)[LR](?=[TB]?$)")
_OTHER = {"Left": "Right", "LEFT": "RIGHT", "L": "R"}
_OTHER |= {right: left for left, right in _OTHER.items()}


def other_side(name: str) -> str:
    """What a shape is called on a mirrored face: mouthSmileRight of mouthSmileLeft, jawOpen of jawOpen."""
    return _SIDE.sub(lambda found: _OTHER[found[0]], name)


def mirror_order(names: Sequence[str]) -> NDArray[np.intp]:
    """Where each of names is found on a mirrored face; `values[..., mirror_order(names)]` are those of the mirror."""
    return np.array([names.index(other_side(name)) for name in names])
