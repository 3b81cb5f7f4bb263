"""Procedural textures: skin, eyes and the small parts. Colours are sRGB, 0–255."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from mien_models.avatars import layout
from mien_models.head import Identity

F64 = NDArray[np.float64]
U8 = NDArray[np.uint8]


@dataclass(frozen=True, slots=True)
class Colours:
    """sRGB triples."""

    skin: F64
    lips: F64
    hair: F64
    iris: F64
    clothes: F64

    @classmethod
    def of(cls, person: Identity, style: str) -> Colours:
        """Plausible colours of a person: mixed by the shares of ethnicity, with grey hair for old age."""
        shares = person.code[2:5]
        skin, lips, hair, iris = (shares @ np.array(tones, np.float64) for tones in _TONES)
        grey = float(np.clip(person.code[0] - 0.3, 0, 0.7)) if style == "human" else 0.0
        clothes = _CLOTHES[style]
        return cls(skin, lips, hair + grey * (185 - hair), iris, np.array(clothes, np.float64))


# African, Asian, Caucasian.
_TONES = (
    ((122, 82, 60), (222, 178, 146), (232, 190, 168)),
    ((116, 62, 56), (190, 104, 94), (198, 112, 106)),
    ((24, 20, 20), (28, 24, 24), (98, 66, 42)),
    ((62, 38, 24), (66, 42, 26), (112, 112, 88)),
)
_CLOTHES = {"human": (70, 84, 104), "toon": (92, 116, 178)}


def skin(style: str, colours: Colours, lips: F64, lids: F64, size: int = 1024) -> U8:
    """(size, size, 3) in the map of `layout.skin_uv`.

    lips: (N, 3) points of the border of the lips; lids: (M, 3) those of the left lids' margin.
    """
    texture = _Texture(size, colours.skin)
    if style == "human":
        _complexion(texture, colours)
    else:
        texture.spot(layout.CHEEK, 0.016, (240, 130, 120), 0.35)
    texture.spot(layout.NOSTRIL, 0.0042, 0.3 * colours.skin, 0.75 if style == "human" else 0.3)
    _lips(texture, style, colours, lips)
    _lids(texture, style, colours, lids)
    _brows(texture, style, colours)
    away, around = layout.texel_directions(texture.uv)
    depth = layout.hair_depth(style, away, around)
    texture.blend(colours.hair * 0.8, np.clip(0.5 + depth / 0.010, 0, 1))
    return texture.pixels()


class _Texture:
    """A texture that is painted by blending colours; v points down."""

    def __init__(self, size: int, colour: F64) -> None:
        centres = (np.arange(size) + 0.5) / size
        self.uv: F64 = np.stack(np.meshgrid(centres, centres), axis=-1)
        self.colour: F64 = np.tile(colour, (size, size, 1))

    def blend(self, colour: ArrayLike, share: F64) -> None:
        self.colour += share[..., None] * (np.asarray(colour) - self.colour)

    def spot(self, point: F64, radius_m: float, colour: ArrayLike, strength: float) -> None:
        """A soft round spot at a point of the left half of the head, and at its mirror image."""
        for side in (1, -1) if point[1] else (1,):
            middle = point * [1, side, 1]
            uv = layout.skin_uv(middle)
            beside = layout.skin_uv(middle + np.array([0, radius_m, 0]))
            away = np.linalg.norm(self.uv - uv, axis=-1) / np.linalg.norm(beside - uv)
            self.blend(colour, strength * np.exp(-0.5 * (1.4 * away) ** 2))

    def pixels(self) -> U8:
        return np.clip(np.rint(self.colour), 0, 255).astype(np.uint8)


def _complexion(texture: _Texture, colours: Colours) -> None:
    blotches = _noise(texture.uv, 40, 1) * 0.6 + _noise(texture.uv, 110, 2) * 0.4
    away, _ = layout.texel_directions(texture.uv)
    # No noise at the border to the neck, which has another texture.
    strength = 0.05 * np.clip(2.2 - away * 1.4, 0, 1)
    texture.colour *= 1 + (strength * (blotches - 0.5))[..., None] * [0.6, 1.0, 1.0]
    flush = colours.skin * [1.0, 0.72, 0.70]
    texture.spot(layout.CHEEK, 0.022, flush, 0.22)
    texture.spot(layout.NOSE_TIP, 0.012, flush, 0.3)
    texture.spot(layout.CHIN, 0.012, flush, 0.25)
    texture.spot(layout.EYE, 0.020, colours.skin * [0.80, 0.68, 0.66], 0.45)


def _lips(texture: _Texture, style: str, colours: Colours, border: F64) -> None:
    share, middle = _inside(texture.uv, layout.skin_uv(border), 0.004 if style == "human" else 0.0015)
    strength = 0.75 if style == "human" else 0.55
    tone = colours.skin + strength * (colours.lips - colours.skin)
    colour = np.tile(tone, (*share.shape, 1))
    if style == "human":
        furrows = _noise(texture.uv * [1, 0.15], 330, 3)
        colour *= 1 - 0.12 * furrows[..., None]
    texture.colour += share[..., None] * (colour - texture.colour)
    contact = np.exp(-(((texture.uv[..., 1] - middle[1]) / 0.0035) ** 2)) * share
    texture.blend(colours.lips * 0.5, 0.3 * contact)


def _lids(texture: _Texture, style: str, colours: Colours, margin: F64) -> None:
    """Darken the margin of the lids at the roots of the lashes."""
    dark = colours.skin * [0.45, 0.33, 0.32] if style == "human" else np.array([40.0, 28, 30])
    for side in (1, -1):
        ring = layout.skin_uv(margin * [1, side, 1])
        wide, _ = _inside(texture.uv, ring, 0.006, grow=0.003)
        texture.blend(dark, (0.55 if style == "human" else 0.8) * wide)


def _brows(texture: _Texture, style: str, colours: Colours) -> None:
    for side in (1, -1):
        corners = layout.BROW if style == "human" else layout.TOON_BROW
        along, across = _along(texture.uv, layout.skin_uv(_curve(corners) * [1, side, 1]))
        width = np.interp(along, (0, 0.15, 0.6, 1), (0.9, 1.15, 1.0, 0.25))
        if style == "toon":
            share = _step(1 - np.abs(across) / (0.0075 * width), 0.12)
            texture.blend(colours.hair * 0.7, share * ((along > 0) & (along < 1)))
            continue
        body = np.exp(-((across / (0.0085 * width)) ** 4))
        ends = np.clip(along / 0.08 + 0.3, 0, 1) * np.clip((1.02 - along) / 0.15, 0, 1)
        hairs = _noise(np.stack([along + across * 8, across * 2], axis=-1), 70, 4)
        texture.blend(colours.hair * 0.8, body * ends * np.clip(0.45 + 1.0 * (hairs - 0.35), 0, 0.9))


def _inside(uv: F64, ring: F64, softness: float, grow: float = 0.0) -> tuple[F64, F64]:
    """Radial position (0–1) of texels in a star-shaped ring, and the centre of the ring."""
    middle = (ring.min(0) + ring.max(0)) / 2
    arm = ring - middle
    angle = np.arctan2(arm[:, 1], arm[:, 0])
    order = np.argsort(angle)
    offset = uv - middle
    border = np.interp(
        np.arctan2(offset[..., 1], offset[..., 0]), angle[order], np.linalg.norm(arm, axis=1)[order], period=2 * np.pi
    )
    return _step(border + grow - np.linalg.norm(offset, axis=-1), softness), middle


def _along(uv: F64, line: F64) -> tuple[F64, F64]:
    """Position along a line of (K, 2) points (0–1, outside beyond its ends) and signed distance to it."""
    steps = np.diff(line, axis=0)
    lengths = np.linalg.norm(steps, axis=1)
    starts = np.concatenate([[0], np.cumsum(lengths)])
    best = np.full(uv.shape[:-1], np.inf)
    along, across = np.zeros_like(best), np.zeros_like(best)
    for i, (start, step, length) in enumerate(zip(line[:-1], steps / lengths[:, None], lengths, strict=True)):
        offset = uv - start
        t = offset @ step
        held = np.clip(t, 0 if i else None, length if i < len(steps) - 1 else None)
        side = offset @ np.array([-step[1], step[0]])
        away = np.hypot(side, t - held)
        nearer = away < best
        best = np.where(nearer, away, best)
        along = np.where(nearer, (starts[i] + held) / starts[-1], along)
        across = np.where(nearer, side, across)
    return along, across


def _curve(corners: F64) -> F64:
    """(24, 3) points of the Bézier curve through four points."""
    t = np.linspace(0, 1, 24)[:, None]
    a, b, c, d = corners
    # Control points with which the curve passes through b and c at one third and two thirds.
    first, second = (-5 * a + 18 * b - 9 * c + 2 * d) / 6, (2 * a - 9 * b + 18 * c - 5 * d) / 6
    return np.asarray((1 - t) ** 3 * a + 3 * t * (1 - t) ** 2 * first + 3 * t**2 * (1 - t) * second + t**3 * d)


def _step(distance: F64, softness: float) -> F64:
    s = np.clip(0.5 + distance / (2 * softness), 0, 1)
    return np.asarray(s * s * (3 - 2 * s))


def _noise(uv: F64, frequency: float, seed: int) -> F64:
    """Smooth noise in [0, 1], the same on every machine."""
    table = np.random.default_rng(seed).random((64, 64))
    place = uv * frequency
    cell = np.floor(place).astype(np.int64)
    s = place - cell
    sx, sy = np.moveaxis(s * s * (3 - 2 * s), -1, 0)
    x, y = np.moveaxis(cell, -1, 0)
    corner = [[table[(y + j) % 64, (x + i) % 64] for i in (0, 1)] for j in (0, 1)]
    rows = [left + sx * (right - left) for left, right in corner]
    return np.asarray(rows[0] + sy * (rows[1] - rows[0]))


# Borders of pupil and iris as angles [rad] from forwards; the last one is the border of the map.
_PUPIL, _IRIS, EYE_RIM = 0.16, 0.395, 1.6


def eye_uv(away: F64, around: F64) -> F64:
    """(..., 2) texture coordinates in `eye` of directions [rad] from the centre of an eye."""
    radius = 0.5 * np.minimum(away / EYE_RIM, 1)
    return np.stack([0.5 + radius * np.cos(around), 0.5 - radius * np.sin(around)], axis=-1)


def eye(style: str, colours: Colours, size: int = 512) -> U8:
    """(size, size, 3) texture of an eyeball; the pupil is in the middle."""
    texture = _Texture(size, np.array([228.0, 221, 216] if style == "human" else [250.0, 250, 252]))
    offset = (texture.uv - 0.5) * [1, -1]
    away = np.linalg.norm(offset, axis=-1) * 2 * EYE_RIM
    around = np.arctan2(offset[..., 1], offset[..., 0])
    pupil, iris = (_PUPIL, _IRIS) if style == "human" else (0.22, 0.56)
    texture.blend([214.0, 160, 150], 0.5 * np.clip((away - 0.7) / 0.6, 0, 1) * (style == "human"))
    within = _step(iris - away, 0.012)
    share = np.clip((away - pupil) / (iris - pupil), 0, 1)
    if style == "human":
        fibres = _noise(np.stack([around / (2 * np.pi) * 64, share], axis=-1), 1.0, 5)
        shade = (0.72 + 0.55 * fibres) * (1.25 - 0.45 * share)
    else:
        shade = np.where(offset[..., 1] > 0.01, 0.7, 1.25)
    texture.colour += within[..., None] * (colours.iris * shade[..., None] - texture.colour)
    texture.blend(colours.iris * 0.28, within * _step(share - 0.9, 0.08))
    texture.blend([12.0, 10, 12], _step(pupil - away, 0.012))
    if style == "toon":
        for at, radius in (((-0.06, 0.075), 0.040), ((0.06, -0.07), 0.02)):
            texture.blend([255.0, 255, 255], _step(radius - np.linalg.norm(offset - at, axis=-1), 0.004))
    return texture.pixels()


def body(colours: Colours, size: int = 256) -> U8:
    """(size, size, 3) in the map of `layout.body_uv`: neck and clothes."""
    texture = _Texture(size, colours.skin)
    below = layout.below_neckline(texture.uv)
    texture.blend(colours.clothes, _step(below, 0.0012))
    texture.blend(colours.clothes * 0.8, np.exp(-(((below - 0.007) / 0.002) ** 2)))
    return texture.pixels()


def hair(colours: Colours, size: int = 256) -> U8:
    """(size, size, 3): strands of hair from the crown outwards, along v."""
    texture = _Texture(size, colours.hair)
    strands = 0.6 * _noise(texture.uv * [1, 0.03], 64, 6) + 0.4 * _noise(texture.uv * [1, 0.05], 192, 7)
    texture.colour *= (0.75 + 0.6 * strands)[..., None]
    return texture.pixels()


def teeth(size: int = 128) -> U8:
    """(size, size, 3): u along the arch, v from the gums to the biting edge."""
    texture = _Texture(size, np.array([222.0, 214, 198]))
    u, v = texture.uv[..., 0], texture.uv[..., 1]
    tooth = np.abs((u * 28) % 1 - 0.5) * 2
    texture.blend([120.0, 96, 84], 0.6 * np.clip((tooth - 0.8) / 0.2, 0, 1))
    texture.colour *= (1 - 0.7 * np.abs(2 * u - 1) ** 2)[..., None]  # little light gets to the back
    texture.blend([188.0, 98, 94], _step(0.45 + 0.10 * tooth**2 - v, 0.05))
    return texture.pixels()


def depth(near: ArrayLike, far: ArrayLike, size: int = 32) -> U8:
    """(size, size, 3): a gradient from one colour to another along u."""
    texture = _Texture(size, np.asarray(near, np.float64))
    texture.blend(far, texture.uv[..., 0])
    return texture.pixels()


def lashes(style: str, colours: Colours, size: int = 256) -> U8:
    """(size, size, 4): strands around the eye along u that thin out from v = 0 to 1."""
    texture = _Texture(size, colours.hair * 0.5)
    u, v = texture.uv[..., 0], texture.uv[..., 1]
    strands, solid = (110, 0.0) if style == "human" else (34, 0.45)
    strand = np.abs((u * strands) % 1 - 0.5) * 2
    alpha = np.clip((strand - (v - solid) / (1 - solid)) * 5, 0, 1) * (v < 0.95)
    return np.concatenate([texture.pixels(), np.rint(alpha * 255).astype(np.uint8)[..., None]], axis=-1)
