"""Folds of the skin that come with an expression: forehead (AU1, AU2), between the brows (AU4), root of the nose (AU9).

The scans' expressions move brows without wrinkling the forehead. Folds are painted as light and shade: a dark valley
with a bright edge below it. Old skin folds earlier and deeper.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from mien_models.head.scan.head import ScanHead
from mien_models.spaces import mesh478

F32 = NDArray[np.float32]
F64 = NDArray[np.float64]
Rng = np.random.Generator

_HAIRLINE, _, _BROW_MIDDLE = mesh478.FOREHEAD
_ROOT, _BRIDGE = mesh478.NOSE_BRIDGE[:2]
_WIDTH = 0.0035  # of a fold, [chart]
_DEPTH = (0.10, 0.45)  # of a fully shown fold, share of the light it takes
_FROM = 0.15  # strength of the movement from which folds show
_EDGE = 0.4  # brightness of the edge


@dataclass(frozen=True, slots=True, eq=False)
class Folds:
    """Light (5, S, S) taken by the folds of a person at full movement: forehead of each side, brows of each, nose."""

    taken: F32
    moves: tuple[tuple[int, ...], ...]  # expressions of the model that show each of them

    @classmethod
    def of(cls, head: ScanHead, marks: F64, size: int, rng: Rng) -> Folds:
        """Random folds. marks (468, 2): landmarks in the chart."""
        marks = np.asarray(marks, np.float64)
        middle = float(marks[_BROW_MIDDLE, 0]), float(marks[_BROW_MIDDLE, 1])
        eyes = float(marks[mesh478.EYE_CORNERS[3], 0] - marks[mesh478.EYE_CORNERS[0], 0])
        unit = abs(eyes)  # distance of the outer corners of the eyes
        top, low = float(marks[_HAIRLINE, 1]), float(marks[list(mesh478.BROW_UPPER[0][:3]), 1].mean())
        root, bridge = float(marks[_ROOT, 1]), float(marks[_BRIDGE, 1])
        # Only this part of the chart has folds.
        first, last = int((1 - top - 0.02) * size), int((1 - bridge + 0.05) * size)
        y, x = np.mgrid[first:last, 0:size].astype(np.float32) / (size - 1)
        u, v = x - middle[0], 1 - y
        age = rng.random() ** 1.5
        depth = float(np.interp(age, (0, 1), _DEPTH)) * rng.uniform(0.6, 1.3)
        wave = 0.02 * unit * np.sin(2 * np.pi * (u / (unit * rng.uniform(0.6, 1.4)) + rng.random()))
        forehead, knit, nose = (np.zeros_like(u) for _ in range(3))
        count = int(rng.integers(2, 6))
        for i in range(count):
            at = low + (top - low) * (i + 0.6 + float(rng.normal(0, 0.12))) / (count + 0.6)
            away = (u - float(rng.normal(0, 0.05)) * unit) / (rng.uniform(0.3, 0.5) * unit)
            forehead += rng.uniform(0.5, 1) * _fading(away) * _line(v - at - wave)
        for side in (-1, 1):
            tilted = u - side * rng.uniform(0.05, 0.09) * unit - side * rng.uniform(-0.15, 0.25) * (v - middle[1])
            away = (v - middle[1]) / (rng.uniform(0.08, 0.14) * unit)
            knit += rng.uniform(0.4, 1.2) * _fading(away) * _line(tilted)
        for i in range(int(rng.integers(2, 4))):
            at = root + (bridge - root) * (0.4 * i + rng.uniform(-0.1, 0.2))
            nose += rng.uniform(0.4, 1) * _fading(u / (rng.uniform(0.06, 0.11) * unit)) * _line(v - at)
        left = 1 / (1 + np.exp(-u / (0.04 * eyes)))  # of the person's left half
        taken = np.zeros((5, size, size), np.float32)
        taken[:, first:last] = (forehead * left, forehead * (1 - left), knit * left, knit * (1 - left), nose)
        rows = {name: i for i, name in enumerate(head.data.names)}
        return cls(
            depth * taken,
            tuple(
                tuple(rows[name] for name in names)
                for names in (
                    ("browInnerUp_L", "browOuterUp_L"), ("browInnerUp_R", "browOuterUp_R"), ("browDown_L",),
                    ("browDown_R",), ("noseSneer_L", "noseSneer_R"),
                )
            ),
        )  # fmt: skip

    def on(self, skin: F32, coefficients: F32) -> F32:
        """The skin (S, S, 3) with the folds of an expression."""
        shown = [max(float(coefficients[list(rows)].max()) - _FROM, 0) / (1 - _FROM) for rows in self.moves]
        if not any(shown):
            return skin
        taken = np.tensordot(np.array(shown, np.float32), self.taken, 1)
        return np.asarray(np.clip(skin * (1 - taken)[..., None], 0, 255), np.float32)


def _fading(away: F32) -> F32:
    """1 in the middle, 0 from 1.3 on."""
    square = away * away
    return np.asarray(np.exp(-square * square), np.float32)


def _line(away: F32) -> F32:
    """Light taken at a distance from a fold [chart]; negative below it, where its edge is bright."""
    scaled = away / _WIDTH
    below = scaled + np.float32(2.4)
    return np.asarray(np.exp(-scaled * scaled / 2) - _EDGE * np.exp(-below * below / 2), np.float32)
