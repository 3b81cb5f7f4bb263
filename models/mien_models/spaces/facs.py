"""Facial Action Coding System: the action units that mien reports, and their ARKit blendshapes.

Sided units carry the person's own side (AU12L, AU12R); the others act on the midline.
Correspondences are of meaning, not calibrated intensities.
"""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType

import numpy as np

from mien_models.spaces import arkit


@dataclass(frozen=True, slots=True)
class ActionUnit:
    """`shapes` are ARKit names, without the side where `sided`; empty where ARKit has no target."""

    code: int
    name: str
    shapes: tuple[str, ...]
    sided: bool = True

    @property
    def labels(self) -> tuple[str, ...]:
        return (f"AU{self.code}L", f"AU{self.code}R") if self.sided else (f"AU{self.code}",)


ACTION_UNITS: tuple[ActionUnit, ...] = (
    ActionUnit(1, "inner brow raiser", ("browInnerUp",)),
    ActionUnit(2, "outer brow raiser", ("browOuterUp",)),
    ActionUnit(4, "brow lowerer", ("browDown",)),
    ActionUnit(5, "upper lid raiser", ("eyeWide",)),
    ActionUnit(6, "cheek raiser", ("cheekSquint",)),
    ActionUnit(7, "lid tightener", ("eyeSquint",)),
    ActionUnit(9, "nose wrinkler", ("noseSneer",)),
    ActionUnit(10, "upper lip raiser", ("mouthUpperUp",)),
    ActionUnit(12, "lip corner puller", ("mouthSmile",)),
    ActionUnit(14, "dimpler", ("mouthDimple",)),
    ActionUnit(15, "lip corner depressor", ("mouthFrown",)),
    ActionUnit(16, "lower lip depressor", ("mouthLowerDown",)),
    ActionUnit(17, "chin raiser", ("mouthShrugLower",), sided=False),
    ActionUnit(18, "lip pucker", ("mouthPucker",), sided=False),
    ActionUnit(20, "lip stretcher", ("mouthStretch",)),
    ActionUnit(22, "lip funneler", ("mouthFunnel",), sided=False),
    ActionUnit(23, "lip tightener", (), sided=False),
    ActionUnit(24, "lip pressor", ("mouthPress",), sided=False),
    ActionUnit(25, "lips part", (), sided=False),
    ActionUnit(26, "jaw drop", ("jawOpen",), sided=False),
    ActionUnit(27, "mouth stretch", ("jawOpen",), sided=False),
    ActionUnit(28, "lip suck", ("mouthRollLower", "mouthRollUpper"), sided=False),
    ActionUnit(43, "eyes closed", ("eyeBlink",)),
)

AUS: tuple[str, ...] = tuple(label for unit in ACTION_UNITS for label in unit.labels)
INDEX = MappingProxyType({label: i for i, label in enumerate(AUS)})
# Of AUS, those of mouth and jaw; the others are of brows, eyes, cheeks and nose.
LOWER = np.array([unit.code not in (1, 2, 4, 5, 6, 7, 9, 43) for unit in ACTION_UNITS for _ in unit.labels])


_BY_CODE = MappingProxyType({unit.code: unit for unit in ACTION_UNITS})


def code(label: str) -> int:
    """The number of one of AUS: 12 of AU12L."""
    return int(label[2:].rstrip("LR"))


def labels(code: int) -> tuple[str, ...]:
    """The AUS of a number: AU12L and AU12R of 12."""
    return _BY_CODE[code].labels


def arkit_shapes(label: str) -> tuple[str, ...]:
    """ARKit blendshapes of one of AUS; a shape that ARKit does not split serves both sides."""
    unit = next(u for u in ACTION_UNITS if label in u.labels)
    side = {"L": "Left", "R": "Right"}.get(label[-1], "")
    return tuple(
        name
        for shape in unit.shapes
        for name in (
            (shape,) if shape in arkit.INDEX else (shape + side,) if side else (shape + "Left", shape + "Right")
        )
    )
