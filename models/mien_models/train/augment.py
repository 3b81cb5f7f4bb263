"""Random degradations of pictures and landmarks, as cameras and trackers cause them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

F32 = NDArray[np.float32]
U8 = NDArray[np.uint8]
Rng = np.random.Generator

_GRAIN = 512  # [px]
_FILTERS = (1, 3, 5, 7)  # sides of random filters [px]; that of 1 px scales or inverts
# Shares of the kinds of cover: black beyond the border of the image; a bar, as over both eyes; else a box.
_BEYOND, _BAR = 0.35, 0.3
# Shares of the kinds of equalisation: of the histogram of a part, or of tiles (CLAHE: Zuiderveld, Graphics Gems IV,
# 1994); else the darkest and the brightest levels are clipped.
_FLATTENED, _TILED = 0.5, 0.25
_SHARPENED = 0.3


@dataclass(frozen=True, slots=True, kw_only=True)
class AugmentConfig:
    """Strengths and frequencies. Lengths are shares of the crop; of landmarks, of the distance between the eyes."""

    mirrored: float = 0.5
    turn_deg: float = 4.0  # standard deviations of the crop's place
    shift: float = 0.025
    zoom: float = 0.05
    light: float = 0.3  # standard deviation of log contrast and log gamma
    shaded: float = 0.4  # share with smoothly varying light
    shade: float = 0.35  # standard deviation of its log brightness
    strange: float = 0.35  # share mixed with a random filter of itself, which changes texture
    blurred: float = 0.2
    coarse: float = 0.4  # share with less resolution
    coarsest_px: int = 24
    equalised: float = 0.3  # share with an equalised or clipped histogram
    noisy: float = 0.5
    noise: float = 7.0  # at most, standard deviation [grey levels]
    covered: float = 0.15  # share with a grey box, a bar or a missing border
    cover: float = 0.45  # at most, of the side; a bar may be as wide as the crop
    landmark_noise: float = 0.004
    landmark_turn_deg: float = 1.5
    landmark_zoom: float = 0.02
    landmark_shift: float = 0.01
    hidden: float = 0.1  # share where a patch of landmarks is lost


def picture(rng: Rng, config: AugmentConfig, crop: U8, *, mirrored: bool = False) -> U8:
    """The grey crop (S, S) as another camera and an inexact tracker would give it."""
    size = len(crop)
    angle, zoom = np.radians(rng.normal(0, config.turn_deg)), np.exp(rng.normal(0, config.zoom))
    middle = (size - 1) / 2
    c, s = np.cos(angle) * zoom, np.sin(angle) * zoom
    linear = np.array([[c, -s], [s, c]]) @ np.diag((-1.0 if mirrored else 1.0, 1.0))
    moved = middle + rng.normal(0, config.shift * size, 2)
    matrix = np.column_stack([linear, moved - linear @ (middle, middle)])
    out = cv2.warpAffine(crop, matrix, (size, size), flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
    if rng.random() < config.covered:
        out = _cover(rng, np.asarray(out, np.uint8), config.cover)
    if rng.random() < config.coarse:
        small = int(rng.uniform(config.coarsest_px, size))
        out = cv2.resize(out, (small, small), interpolation=cv2.INTER_AREA)
        out = cv2.resize(out, (size, size), interpolation=cv2.INTER_LINEAR)
    if rng.random() < config.blurred:
        out = cv2.GaussianBlur(out, (0, 0), rng.uniform(0.4, 1.6))
    if rng.random() < config.strange:
        out = _filtered(rng, np.asarray(out, np.uint8))
    if rng.random() < config.shaded:
        out = _shaded(rng, np.asarray(out, np.uint8), config.shade)
    out = cv2.LUT(out, _tone(rng, config.light))
    if rng.random() < config.equalised:
        out = _equalised(rng, np.asarray(out, np.uint8))
    if rng.random() < config.noisy:
        y, x = rng.integers(_GRAIN - size, size=2)
        grain = _grain()[y : y + size, x : x + size] * np.float32(rng.uniform(1, config.noise))
        out = _levels(out + grain)
    return np.asarray(out, np.uint8)


def landmarks(rng: Rng, config: AugmentConfig, points: F32, typical: F32) -> F32:
    """Canonical landmarks (N, 478, 2) with errors of the fit and of the landmark network.

    Hidden patches are replaced by those of `typical` (478, 2).
    """
    n, count = points.shape[:2]
    angle = np.radians(rng.normal(0, config.landmark_turn_deg, n))
    zoom = np.exp(rng.normal(0, config.landmark_zoom, n))
    c, s = np.cos(angle) * zoom, np.sin(angle) * zoom
    turn = np.stack([c, -s, s, c], 1).reshape(n, 2, 2).astype(np.float32)
    out = points @ turn.transpose(0, 2, 1) + rng.normal(0, config.landmark_shift, (n, 1, 2)).astype(np.float32)
    level = config.landmark_noise * rng.gamma(2, 0.5, (n, 1, 1)).astype(np.float32)
    out += level * rng.standard_normal(points.shape, np.float32)
    for i in np.flatnonzero(rng.random(n) < config.hidden):
        around = np.linalg.norm(typical - typical[rng.integers(count)], axis=1)
        lost = around < rng.uniform(0.1, 0.5)
        out[i, lost] = typical[lost]
    return np.asarray(out, np.float32)


@cache
def _grain() -> F32:
    """Noise of standard deviation 1, drawn once: cutting pieces of it is twenty times faster than drawing new noise."""
    return np.random.default_rng(0).standard_normal((_GRAIN, _GRAIN), np.float32)


def _tone(rng: Rng, spread: float) -> U8:
    """A curve over the 256 grey levels: gamma, contrast, brightness."""
    x = (np.arange(256) / 255) ** np.exp(rng.normal(0, spread))
    x = (x - 0.5) * np.exp(rng.normal(0, spread)) + 0.5 + rng.normal(0, spread / 4)
    return _levels(np.round(x * 255))


def _filtered(rng: Rng, image: U8) -> U8:
    """Mixed with a random filter of itself, which changes textures and keeps shapes (Xu et al., ICLR 2021).

    A network that is trained on painted skin would otherwise rely on its texture.
    """
    side = int(rng.choice(_FILTERS))
    seen = cv2.filter2D(image, cv2.CV_32F, rng.standard_normal((side, side)), borderType=cv2.BORDER_REPLICATE)
    seen = (seen - seen.mean()) * (image.std() / max(float(seen.std()), 1e-3)) + image.mean()
    share = np.float32(rng.random())
    return _levels(share * seen + (1 - share) * image)


def _equalised(rng: Rng, image: U8) -> U8:
    """With contrast enhanced as cameras and authors of data sets do, some sharpened."""
    kind = rng.random()
    if kind < _FLATTENED:
        # By the histogram of a part of the crop: data sets are equalised in frames of their own.
        top, bottom, left, right = (int(rng.uniform(0, 0.25) * len(image)) for _ in range(4))
        part = image[top : len(image) - bottom, left : len(image) - right]
        ranks = np.cumsum(np.bincount(part.ravel(), minlength=256))
        out = (255 * ranks / ranks[-1]).astype(np.uint8)[image]
    elif kind < _FLATTENED + _TILED:
        out = cv2.createCLAHE(float(rng.uniform(1, 6)), (int(rng.integers(2, 6)),) * 2).apply(image)
    else:
        low, high = np.percentile(image, (rng.uniform(0, 20), rng.uniform(75, 100)))
        out = _levels((image.astype(np.float32) - low) * (255 / max(float(high - low), 1.0)))
    if rng.random() < _SHARPENED:
        soft = cv2.GaussianBlur(out, (0, 0), rng.uniform(0.8, 2.0)).astype(np.float32)
        out = _levels(out + rng.uniform(0.3, 1.5) * (out - soft))
    return np.asarray(out, np.uint8)


def _levels(image: NDArray[Any]) -> U8:
    return np.asarray(np.clip(image, 0, 255), np.uint8)


def _shaded(rng: Rng, image: U8, spread: float) -> U8:
    """Multiplied by a smooth random field of light."""
    field = np.exp(rng.normal(0, spread, (3, 3))).astype(np.float32)
    light = cv2.resize(field, image.shape[::-1], interpolation=cv2.INTER_CUBIC)
    return _levels(image * light)


def _cover(rng: Rng, image: U8, most: float) -> U8:
    size, kind = len(image), rng.random()
    if kind < _BEYOND:
        turns = int(rng.integers(4))
        out = np.rot90(image, turns).copy()
        out[: int(rng.uniform(0.05, most) * size)] = 0
        return np.asarray(np.rot90(out, -turns).copy(), np.uint8)
    widest = 1.0 if kind < _BEYOND + _BAR else most
    height, width = (int(v * size) for v in rng.uniform(0.1, (most, widest)))
    y, x = int(rng.integers(size - height + 1)), int(rng.integers(size - width + 1))
    out = image.copy()
    out[y : y + height, x : x + width] = rng.integers(256)
    return np.asarray(out, np.uint8)
