"""Tools for painting: noise, hairs, soft edges, and the encoding of colours."""

from __future__ import annotations

from collections.abc import Sequence

import cv2
import numpy as np
from numpy.typing import NDArray

F32 = NDArray[np.float32]
U8 = NDArray[np.uint8]

LEVELS = 5  # mip levels of each texture, each half as wide as the one before

# Extinction of pale skin without blood, and the additions of full melanin and haemoglobin, in R, G and B.
PALE = (0.16, 0.34, 0.60)
MELANIN = (1.95, 2.55, 3.10)
BLOOD = (0.08, 0.62, 0.52)


def smooth_step(low: float | F32, high: float | F32, x: NDArray[np.floating]) -> F32:
    """Smooth step from 0 at `low` to 1 at `high`; `low` may be the larger one."""
    t = np.clip((x - low) / (high - low), 0, 1)
    return np.asarray(t * t * (3 - 2 * t), np.float32)


def blob(dy: F32, dz: F32, ry: float, rz: float) -> F32:
    """A soft round spot."""
    return np.asarray(np.exp(-((dy / ry) ** 2) - (dz / rz) ** 2), np.float32)


def noise(rng: np.random.Generator, shape: tuple[int, int], cells: int) -> F32:
    """Smooth noise of unit spread, `cells` knots across."""
    rows = max(4, round(cells * shape[0] / shape[1]))
    knots = rng.normal(size=(rows, cells)).astype(np.float32)
    return np.asarray(cv2.resize(knots, shape[::-1], interpolation=cv2.INTER_CUBIC), np.float32)


def strands(rng: np.random.Generator, along: F32, across: F32) -> F32:
    """Noise in [-1, 1] stretched along hairs; `along` and `across` are coordinates in units of hairs."""
    knots = rng.normal(size=(256, 256)).astype(np.float32)
    knots = np.concatenate([knots, knots[:1]], axis=0)
    knots = np.concatenate([knots, knots[:, :1]], axis=1)
    found = cv2.remap(knots, np.mod(across, 256), np.mod(along, 256), cv2.INTER_LINEAR)
    return np.asarray(np.tanh(found), np.float32)


def encode(linear: F32, other: F32 | float) -> U8:
    """RGBA bytes of linear colours and a fourth channel."""
    rgba = np.empty((*linear.shape[:2], 4), np.float32)
    rgba[:, :, :3] = np.sqrt(np.clip(linear, 0, 1))
    rgba[:, :, 3] = np.clip(other, 0, 1)
    return (rgba * 255 + 0.5).astype(np.uint8)


def levels(texture: U8) -> tuple[U8, ...]:
    """The texture and its mip levels."""
    found = [texture]
    while len(found) < LEVELS:
        height, width = found[-1].shape[:2]
        found.append(np.asarray(cv2.resize(found[-1], (width // 2, height // 2), interpolation=cv2.INTER_AREA)))
    return tuple(found)


def mix(base: F32, colour: Sequence[float] | NDArray[np.floating], share: F32) -> F32:
    """Interpolate colours from `base` to `colour` by `share`."""
    return np.asarray(base + share[..., None] * (np.asarray(colour, np.float32) - base), np.float32)
