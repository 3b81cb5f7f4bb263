"""ARKit and sided FACS: the correspondences of `facs.ACTION_UNITS`, and what a jaw says of parted lips."""

from __future__ import annotations

from mien_models.spaces import arkit
from mien_models.spaces.facs import ACTION_UNITS
from mien_models.spaces.tables import Table

_JAW = (26, 27)


def _own(code: int) -> list[str]:
    """The shapes of a unit, with `*` for the side."""
    shapes = next(unit.shapes for unit in ACTION_UNITS if unit.code == code)
    return [shape if shape in arkit.INDEX else f"{shape}*" for shape in shapes]


def _label(code: int, sided: bool) -> str:
    return f"AU{code}*" if sided else f"AU{code}"


_UNITS = [unit for unit in ACTION_UNITS if unit.shapes and unit.code not in _JAW]

TO_ARKIT: Table = {
    # A shape that ARKit does not split gets half of each side.
    **{
        shape: {_label(unit.code, unit.sided): 0.5 if unit.sided and "*" not in shape else 1}
        for unit in _UNITS
        for shape in _own(unit.code)
    },
    "mouthUpperUp*": {"AU10*": 1, "AU25": 0.15},
    "mouthLowerDown*": {"AU16*": 1, "AU25": 0.3},
    "jawOpen": {"AU26": 0.5, "AU27": 1},
    # A jaw that drops behind lips that are not parted.
    "mouthClose": {"AU26": 0.5, "AU25": -2},
}

TO_FACS: Table = {
    # The mean of several shapes; a unit that has no sides, of shapes that have them, is the mean of the sides.
    **{
        _label(unit.code, unit.sided): {
            shape: (0.5 if "*" in shape and not unit.sided else 1) / len(unit.shapes) for shape in _own(unit.code)
        }
        for unit in _UNITS
    },
    "AU25": {"jawOpen": 2, "mouthClose": -2, "mouthLowerDown*": 0.5, "mouthUpperUp*": 0.5},
    # A jaw that is half open has dropped, one that is wide open is stretched; the two exclude each other.
    "AU26": {"jawOpen": 2, ("jawOpen", 0.5): -4},
    "AU27": {("jawOpen", 0.5): 2},
}
