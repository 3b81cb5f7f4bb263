"""Random light and backgrounds around a face, and the faults of a camera."""

from __future__ import annotations

from dataclasses import dataclass, replace

import cv2
import numpy as np
from numpy.typing import NDArray

from mien_models.head.render.setting import Camera, Lighting

F32 = NDArray[np.float32]
F64 = NDArray[np.float64]
U8 = NDArray[np.uint8]


def sample_lighting(rng: np.random.Generator) -> Lighting:
    """Random light of a window, lamps, or sky: one key light, often a fill and a rim, tinted surroundings.

    It is exposed like a photograph: a white wall that faces the camera gets a value of 1.1 to 2.2.
    """
    key = _towards(rng.normal(0, 0.8), rng.uniform(-0.15, 1.1))
    lights = [(key, rng.uniform(0.4, 2.0) * _tint(rng))]
    if rng.random() < 0.7:
        lights.append(
            (
                _towards(-np.sign(key[0]) * rng.uniform(0.3, 1.3), rng.uniform(-0.3, 0.6)),
                rng.uniform(0.1, 0.6) * _tint(rng),
            )
        )
    if rng.random() < 0.25:
        lights.append(
            (
                _towards(rng.choice([-1, 1]) * rng.uniform(1.9, 2.7), rng.uniform(0.1, 0.9)),
                rng.uniform(0.3, 1.5) * _tint(rng),
            )
        )
    sky = rng.uniform(0.35, 1.0) * _tint(rng)
    lighting = Lighting.of(
        [((d[0], d[1], d[2]), (c[0], c[1], c[2])) for d, c in lights], sky, sky * rng.uniform(0.2, 0.8) * _tint(rng)
    )
    around = lighting.around.copy()
    around[:, 1] += rng.normal(0, 0.12) * around[:, 0]  # brighter on one side
    directions, colours = lighting.directions, lighting.colours
    wall = around[:, 0] - around[:, 3] + (np.clip(-directions[:, 2:], 0, 1) * colours).sum(0)
    # Cameras correct the white balance, but not completely.
    scale = rng.uniform(1.1, 2.2) / np.maximum(wall.mean() ** 0.3 * wall**0.7, 1e-3)
    hard = rng.uniform(0.4, 1.0) if rng.random() < 0.4 else 0.0
    return replace(lighting, colours=colours * scale, around=around * scale[:, None], hard=hard)


def _towards(azimuth: float, elevation: float) -> F64:
    """Unit vector in the camera frame; azimuth 0 is behind the camera, elevation up."""
    across = np.cos(elevation)
    return np.array([across * np.sin(azimuth), -np.sin(elevation), -across * np.cos(azimuth)])


def _tint(rng: np.random.Generator) -> F64:
    """A random white, from candle light to blue sky."""
    warm = rng.normal(0, 0.10)
    return np.array([1 + warm, 1 + rng.normal(0, 0.02), 1 - warm])


def sample_background(rng: np.random.Generator, camera: Camera) -> F32:
    """(H, W, 3) in [0, 1]: a blurred room, foliage, or a wall."""
    height, width = camera.height, camera.width
    small = (48, round(48 * width / height))
    base = rng.uniform(0.08, 0.92) * _paint(rng, 0.15)
    image = np.broadcast_to(base, (*small, 3)).astype(np.float32).copy()
    image *= 1 + rng.normal(0, 0.12) * np.linspace(-1, 1, small[1], dtype=np.float32)[None, :, None]
    image *= 1 + rng.normal(0, 0.15) * np.linspace(-1, 1, small[0], dtype=np.float32)[:, None, None]
    kind = rng.random()
    if kind < 0.6:
        for _ in range(int(rng.integers(2, 12))):
            x0, y0 = rng.integers(-8, small[1]), rng.integers(-8, small[0])
            x1, y1 = x0 + rng.integers(3, 30), y0 + rng.integers(3, 30)
            colour = np.clip(rng.uniform(0.05, 0.95) * _paint(rng, 0.45), 0, 1)
            if rng.random() < 0.7:  # things in the same light have similar colours
                colour = np.clip(base + 0.5 * (colour - base), 0, 1)
            cv2.rectangle(image, (int(x0), int(y0)), (int(x1), int(y1)), tuple(map(float, colour)), -1)
    elif kind < 0.75:
        # Foliage: dark and light leaves of several sizes, warm where the sun comes through.
        leaves = sum((_leaves(rng, small, cells) / (1 + i) for i, cells in enumerate((7, 16, 40))), np.zeros(small))
        green = np.stack([0.24 + 0.16 * leaves, 0.30 + 0.17 * leaves, 0.14 + 0.11 * leaves], axis=-1)
        image = np.asarray(green * rng.uniform(0.6, 1.6), np.float32)
    large = cv2.resize(image, (width, height), interpolation=cv2.INTER_CUBIC)
    blur = rng.uniform(0, 0.03) * height
    if blur > 0.5:
        large = cv2.GaussianBlur(large, (0, 0), blur)
    return np.asarray(np.clip(large, 0, 1), np.float32)


def _paint(rng: np.random.Generator, strong: float) -> F64:
    """Random colours of a room: mostly white, grey, wood and earth, seldom a saturated one, as far as `strong`."""
    warm, green = rng.normal(0.04, 0.10), rng.normal(0, 0.025)
    colour = np.array([1 + warm, 1 + green, 1 - warm - green])
    if rng.random() < 0.12:
        colour *= np.exp(rng.normal(0, strong, 3))
    return np.asarray(colour / colour.max())


def _leaves(rng: np.random.Generator, shape: tuple[int, int], cells: int) -> F32:
    knots = rng.normal(0, 1, (cells, round(cells * shape[1] / shape[0]))).astype(np.float32)
    return np.asarray(cv2.resize(knots, shape[::-1], interpolation=cv2.INTER_CUBIC), np.float32)


@dataclass(frozen=True, slots=True, kw_only=True)
class Photograph:
    """Faults of a camera, applied to a clean picture in this order. The defaults change nothing."""

    blur_px: float = 0.0
    motion_px: float = 0.0
    motion_angle: float = 0.0  # [rad]
    exposure: float = 1.0
    contrast: float = 1.0
    white_balance: tuple[float, float, float] = (1.0, 1.0, 1.0)
    noise: float = 0.0  # standard deviation at mid grey, of 255
    jpeg_quality: int | None = None
    seed: int = 0

    @classmethod
    def sample(cls, rng: np.random.Generator) -> Photograph:
        """Random faults, from a good camera to a bad webcam."""
        bad = rng.random()
        warm = rng.normal(0, 0.04)
        return cls(
            blur_px=bad * rng.uniform(0, 1.2),
            motion_px=rng.uniform(1, 6) if rng.random() < 0.1 else 0.0,
            motion_angle=rng.uniform(0, np.pi),
            exposure=float(np.exp(rng.normal(0, 0.15))),
            contrast=float(np.exp(rng.normal(0, 0.10))),
            white_balance=(1 + warm, 1.0, 1 - warm),
            noise=bad * rng.uniform(0, 9),
            jpeg_quality=int(rng.integers(35, 95)) if rng.random() < 0.7 else None,
            seed=int(rng.integers(2**31)),
        )

    def __call__(self, image: U8) -> U8:
        """The photograph of an H×W×3 uint8 RGB picture."""
        if self == Photograph():
            return image
        out = image
        if self.blur_px > 0.05:
            out = np.asarray(cv2.GaussianBlur(out, (0, 0), self.blur_px), np.uint8)
        if self.motion_px >= 1:
            out = np.asarray(cv2.filter2D(out, -1, _streak(self.motion_px, self.motion_angle)), np.uint8)
        levels = np.arange(256, dtype=np.float32)
        curve = 127.5 + self.contrast * (levels * self.exposure - 127.5)
        table = np.stack([np.clip(curve * w, 0, 255) for w in self.white_balance], axis=-1)
        out = np.asarray(cv2.LUT(out, (table + 0.5).astype(np.uint8)[:, None, :].reshape(1, 256, 3)), np.uint8)
        if self.noise > 0:
            grain = np.random.default_rng(self.seed).standard_normal(out.shape, np.float32)
            # The blue channel has the most noise.
            out = np.clip(out + self.noise * grain * np.array([1.0, 1.0, 1.3], np.float32) + 0.5, 0, 255).astype(
                np.uint8
            )
        if self.jpeg_quality is not None:
            _, data = cv2.imencode(".jpg", out, [cv2.IMWRITE_JPEG_QUALITY, self.jpeg_quality])
            out = np.asarray(cv2.imdecode(data, cv2.IMREAD_COLOR), np.uint8)
        return out


def _streak(length: float, angle: float) -> F32:
    """The kernel of a motion blur: a line."""
    size = 2 * int(np.ceil(length / 2)) + 1
    kernel = np.zeros((size, size), np.float32)
    middle = size // 2
    for t in np.linspace(-length / 2, length / 2, 4 * size):
        kernel[round(middle + t * np.sin(angle)), round(middle + t * np.cos(angle))] += 1
    return np.asarray(kernel / kernel.sum(), np.float32)
