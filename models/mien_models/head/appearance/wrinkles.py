"""Wrinkles (folds) that come and go with the expression.

They are painted once as a relief of the whole face. In each picture the expression sets, per
vertex, how strongly the relief shows: a frown wrinkles the brow and a smile the cheeks, in
proportion to the weights.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import cv2
import numpy as np
from numpy.typing import NDArray

from mien_models.head.appearance.chart import Chart
from mien_models.head.appearance.texture import levels, noise, smooth_step
from mien_models.head.kernels import FOLD_SLOPE
from mien_models.head.model.data import MM
from mien_models.spaces.arkit import BLENDSHAPES, INDEX

F32 = NDArray[np.float32]
F64 = NDArray[np.float64]
U8 = NDArray[np.uint8]

# ARKit weights that make the folds of a region show, and their shares; `*` stands for the side.
DRIVERS: Mapping[str, Mapping[str, float]] = {
    "forehead": {"browInnerUp": 0.55, "browOuterUp*": 0.7},
    "glabella": {"browDown*": 1.0},
    "crow's feet": {"cheekSquint*": 0.7, "eyeSquint*": 0.4, "mouthSmile*": 0.35},
    "nasolabial": {"mouthSmile*": 0.9, "mouthUpperUp*": 0.5, "noseSneer*": 0.4, "cheekSquint*": 0.2},
    "nose": {"noseSneer*": 1.0},
    "chin": {"mouthShrugLower": 1.0},
}

_STEP = 0.25  # [MM]
# Path of the fold from the nose to the corner of the mouth: coordinates to the side and up [MM].
_NASOLABIAL = ((15.5, -34.0), (20.0, -41.0), (26.5, -50.0), (32.0, -60.0), (35.0, -70.0))


def region(name: str, y: NDArray[np.floating], z: NDArray[np.floating]) -> F32:
    """(...) degree [0, 1] to which a place of the mean face [MM] belongs to a region of DRIVERS, on both sides."""
    side = np.abs(y)
    if name == "forehead":
        return smooth_step(22, 28, z) * smooth_step(60, 50, z) * smooth_step(54, 40, side)
    if name == "glabella":
        return smooth_step(0, 5, z) * smooth_step(27, 20, z) * smooth_step(15, 9, side)
    if name == "crow's feet":
        return smooth_step(43, 47, side) * smooth_step(66, 56, side) * smooth_step(20, 10, np.abs(z + 2))
    if name == "nasolabial":
        return (
            smooth_step(12, 16, side) * smooth_step(48, 40, side) * smooth_step(-30, -36, z) * smooth_step(-76, -68, z)
        )
    if name == "nose":
        return smooth_step(18, 13, side) * smooth_step(3, -2, z) * smooth_step(-24, -18, z)
    return smooth_step(24, 16, side) * smooth_step(-79, -84, z) * smooth_step(-106, -100, z)


def valley(name: str, y: F32, z: F32, wander: F32) -> F32:
    """Depth [0, 1] of a region's folds at places of the mean face [MM]; `wander` (standard deviation 1) bends them."""
    side = np.abs(y)
    if name == "forehead":
        return smooth_step(0.35, 1.0, np.sin((z + 1.2 * wander - 0.002 * side**2) * 2 * np.pi / 8.5))
    if name == "glabella":
        inner = _line(side - 6.5 - 0.12 * (z - 12) - 0.4 * wander, 1.3)
        return np.asarray(np.maximum(inner, 0.5 * _line(z - 3.5 + 0.05 * side**2, 1.3)), np.float32)
    if name == "crow's feet":
        angle = np.arctan2(z + 1, side - 40)
        return smooth_step(0.2, 1.0, np.sin(angle * 11 + 0.8 * wander)) * smooth_step(43, 48, side)
    if name == "nasolabial":
        at_y, at_z = np.array(_NASOLABIAL).T
        across = side - np.interp(-z, -at_z, at_y).astype(np.float32) - 0.4 * wander
        # Steep towards the nose, gentle towards the cheek.
        return _line(np.where(across < 0, across / 2.0, across / 3.2), 1.0)
    if name == "nose":
        return (
            0.8
            * smooth_step(0.3, 1.0, np.sin((z - 0.55 * side + 0.6 * wander) * 2 * np.pi / 5.0))
            * smooth_step(3, 7, side)
        )
    # Dimples, about five millimetres apart.
    bent = 1.3 * wander
    waves = (
        np.cos(1.2 * (c * y + s * z) + phase + bent) for c, s, phase in ((1, 0, 0), (0.5, 0.87, 1), (-0.5, 0.87, 2))
    )
    return smooth_step(0.0, 1.0, sum(waves, np.zeros_like(y)) / 1.6)


def _line(across: NDArray[np.floating], width: float) -> F32:
    return np.asarray(np.exp(-((across / width) ** 2)), np.float32)


def lines(chart: Chart, names: Sequence[str], wander: F32) -> F32:
    """(H, W) depth [0, 1] of some regions' folds on a chart's maps, or on maps of its shape."""
    found = np.zeros(chart.y.shape, np.float32)
    for name in names:
        found = np.maximum(found, region(name, chart.y, chart.z) * valley(name, chart.y, chart.z, wander))
    return np.asarray(found * smooth_step(-62, -50, chart.x), np.float32)


def relief(chart: Chart, rng: np.random.Generator) -> tuple[U8, ...]:
    """A person's folds at half the size of the chart, and the mip levels of it.

    RGBA: slope to the person's left, slope upwards, unused, depth. A slope of 128 is level; 0 and
    255 are ±FOLD_SLOPE.
    """
    half = (chart.x.shape[1] // 2, chart.x.shape[0] // 2)
    x, y, z = (
        np.asarray(cv2.resize(m, half, interpolation=cv2.INTER_AREA), np.float32) for m in (chart.x, chart.y, chart.z)
    )
    wander = noise(rng, x.shape, 24)
    depth, slopes = np.zeros(x.shape, np.float32), np.zeros((2, *x.shape), np.float32)
    front = smooth_step(-62, -50, x)
    for name in DRIVERS:
        share = front * region(name, y, z)
        depth = np.maximum(depth, share * valley(name, y, z, wander))
        for k, (dy, dz) in enumerate(((_STEP, 0.0), (0.0, _STEP))):
            rise = valley(name, y + dy, z + dz, wander) - valley(name, y - dy, z - dz, wander)
            # Half a millimetre deep.
            slopes[k] -= share * 0.5 * rise / (2 * _STEP)
    rgba = np.full((*x.shape, 4), 127.5, np.float32)
    rgba[..., :2] += 127.5 * np.clip(np.moveaxis(slopes, 0, -1) / FOLD_SLOPE, -1, 1)
    rgba[..., 3] = 255 * depth
    return levels((rgba + 0.5).astype(np.uint8))


class Folds:
    """Computes how strongly each vertex of a head shows its folds."""

    def __init__(self, template: F64) -> None:
        """template (V, 3): the mean face [m]."""
        x, y, z = (template / MM).T
        front = smooth_step(-70, -50, x)
        self._shares = np.zeros((len(BLENDSHAPES), len(template)), np.float32)
        for name, drivers in DRIVERS.items():
            there = front * region(name, y, z)
            for driver, share in drivers.items():
                # Left and right blend in the middle.
                for word, sided in (("Left", smooth_step(-5, 5, y)), ("Right", smooth_step(5, -5, y))):
                    if "*" in driver:
                        self._shares[INDEX[driver.replace("*", word)]] += share * there * sided
                    else:
                        self._shares[INDEX[driver]] += share * there * sided

    def __call__(self, weights: F64) -> F32:
        """(V,) in [0, 1] for weights (52,)."""
        return np.asarray(np.clip(weights.astype(np.float32) @ self._shares, 0, 1), np.float32)
