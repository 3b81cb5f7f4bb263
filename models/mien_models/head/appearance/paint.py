"""Paint a person's textures procedurally, without any photographs.

Light passes through melanin and blood in the skin: reflectance is an exponential of the amount of
each. Textures are uint8 RGBA, colours with gamma 2. The fourth channel is gloss,
or opacity on HAIR and on the lashes.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from mien_models.head.appearance.accessory import Accessory
from mien_models.head.appearance.chart import Chart
from mien_models.head.appearance.detail import paint_detail
from mien_models.head.appearance.glasses import spectacles
from mien_models.head.appearance.hair import above_hairline, hair_colour, paint_hair, sharp
from mien_models.head.appearance.parameters import Appearance, HairStyle
from mien_models.head.appearance.surface import Surface
from mien_models.head.appearance.texture import (
    BLOOD,
    MELANIN,
    PALE,
    blob,
    encode,
    levels,
    mix,
    noise,
    smooth_step,
    strands,
)
from mien_models.head.appearance.wrinkles import lines, relief

F32 = NDArray[np.float32]
F64 = NDArray[np.float64]
U8 = NDArray[np.uint8]


@dataclass(frozen=True, slots=True, eq=False)
class PaintedHead:
    """A painted person: a list of halving sizes (mip levels) per texture, and the accessories.

    folds: the relief of `wrinkles`, also as mip levels.
    """

    appearance: Appearance
    textures: tuple[tuple[U8, ...], tuple[U8, ...], tuple[U8, ...]]
    accessories: tuple[Accessory, ...]
    folds: tuple[U8, ...]


def paint(surface: Surface, chart: Chart, appearance: Appearance) -> PaintedHead:
    """All textures of a person at the chart's resolution; takes about a third of a second at full resolution."""
    rng = np.random.default_rng(appearance.seed)
    skin = _skin(chart, appearance, rng)
    detail = paint_detail(surface, appearance, rng)
    hair, shell = paint_hair(surface, chart, appearance, rng)
    accessories = (*((shell,) if shell else ()), *spectacles(surface, appearance, rng))
    folds = relief(chart, np.random.default_rng([appearance.seed, 2]))
    return PaintedHead(
        appearance,
        (levels(skin), levels(detail)[chart.halvings :], tuple(map(sharp, levels(hair)))),
        accessories,
        folds,
    )


def _skin(chart: Chart, a: Appearance, rng: np.random.Generator) -> U8:
    x, y, z = chart.x, chart.y, chart.z
    side = np.abs(y)
    shape = (x.shape[0], x.shape[1])
    coarse, middle, fine = (noise(rng, shape, cells) for cells in (10, 48, 340))
    calm = smooth_step(-130, -95, z)  # no noise at the seams: it is not continuous between the pieces
    melanin = a.melanin * (1 + calm * (0.10 * a.blotches * coarse + 0.05 * a.blotches * middle))
    blood = a.haemoglobin + 0.12 * a.blotches * calm * middle
    # Redder where skin is thin or often rubbed.
    cheeks = blob(side - 40, z + 36, 20, 16) * smooth_step(-40, -15, x)
    nose = blob(y, z + 36, 14, 11) * smooth_step(0, 10, x)
    ears = smooth_step(70, 76, side)
    chin = blob(y, z + 95, 14, 9)
    blood += 0.40 * cheeks + 0.35 * nose + 0.35 * ears + 0.15 * chin
    eye = blob(side - 30, z + 1, 17, 12)
    below = blob(side - 28, z + 15, 13, 5)
    blood += 0.25 * eye
    melanin += (0.02 + 0.06 * a.melanin) * eye
    melanin += 0.16 * a.under_eyes * below
    melanin -= 0.10 * a.melanin * (cheeks + blob(y, z - 40, 26, 16))
    if a.freckles > 0:
        spots = smooth_step(1.1, 1.9, noise(rng, shape, 260)) * (cheeks + nose + 0.4 * blob(y, z - 40, 40, 20))
        melanin += 0.30 * a.freckles * spots
    for _ in range(int(rng.integers(0, 5))):
        at_y, at_z, radius = rng.uniform(-60, 60), rng.uniform(-95, 60), rng.uniform(0.6, 1.6)
        melanin += (
            0.5 * smooth_step(radius + 0.7, radius - 0.2, np.hypot(y - at_y, z - at_z)) * smooth_step(-80, -60, x)
        )
    depth = [p + m * melanin + b * blood for p, m, b in zip(PALE, MELANIN, BLOOD, strict=True)]
    pores = 1 + calm * 0.035 * fine
    skin = np.exp(-np.stack(depth, axis=-1)) * pores[..., None]
    gloss = 0.35 + 0.45 * a.oil * (nose + 0.6 * blob(y, z - 42, 30, 20) + 0.5 * cheeks + 0.3 * chin)
    gloss *= 1 + 0.25 * fine
    skin = np.asarray(skin, np.float32)
    skin = _wrinkled(skin, chart, a)
    skin, gloss = _lips(skin, gloss, chart, a, rng)
    skin, gloss = _lids(skin, gloss, chart, a)
    colour = hair_colour(a)
    skin = _shaven(skin, chart, a, colour, rng)
    skin = _brows(skin, chart, a, colour, rng)
    scalp = smooth_step(-2.0, 3.0, above_hairline(x, y, z, a) + 2.0 * middle)
    # Hair covers the ears but does not grow on them.
    scalp *= 1 - blob(x + 94, z + 27, 26, 38) * smooth_step(64, 72, side)
    share = {HairStyle.BALD: 0.12, HairStyle.BUZZ: 0.8}.get(a.hair, 0.9)
    skin = mix(skin, 0.8 * colour, scalp * share * (0.85 + 0.15 * fine))
    gloss = gloss * (1 - 0.7 * scalp * (share > 0.5))
    # Clothes, from the neckline down.
    hem = -128 - 38 * a.neckline * np.exp(-((y / 60) ** 2)) * smooth_step(-90, -30, x)
    cloth = smooth_step(0.8, -0.8, z - hem)
    weave = 1 + 0.06 * coarse + 0.02 * fine
    skin = mix(skin, np.asarray(a.cloth, np.float32) * weave[..., None], cloth)
    return encode(skin, gloss * (1 - cloth))


def _lips(skin: F32, gloss: F32, chart: Chart, a: Appearance, rng: np.random.Generator) -> tuple[F32, F32]:
    """Lips: vermilion up to edge loop 7, wet and redder inside."""
    ring = chart.lip
    share = smooth_step(7.55, 6.7, ring + 0.15 * noise(rng, ring.shape, 120))
    melanin = a.melanin * 0.85 + 0.03
    blood = 1.0 + 0.9 * a.lip_redness
    lips = np.exp(-np.array([p + m * melanin + b * blood for p, m, b in zip(PALE, MELANIN, BLOOD, strict=True)]))
    lips = lips * (1 - 0.35 * a.melanin)
    if a.lipstick > 0:
        brown, pink = np.array([0.22, 0.07, 0.05]), np.array([0.55, 0.08, 0.16])
        stick = brown + (0.5 + 0.5 * a.lipstick_hue) * (pink - brown)
        lips = lips + 0.85 * a.lipstick * (stick - lips)
    # Fine lines run across the lips.
    lines = strands(rng, ring * 0.3, (chart.y + 40) * 2.2)
    texture = (1 + 0.07 * lines) * (1 - 0.35 * smooth_step(3.0, 0.5, ring))
    skin = mix(skin, np.asarray(lips, np.float32) * texture[..., None], share)
    wet = 0.55 + 0.35 * smooth_step(4.5, 1.5, ring) + 0.3 * a.lipstick
    return skin, np.asarray(gloss + share * (wet - gloss), np.float32)


def _lids(skin: F32, gloss: F32, chart: Chart, a: Appearance) -> tuple[F32, F32]:
    """The wet margin of the lids, the inner corner, and eyeliner."""
    ring = chart.lid
    wet = smooth_step(3.2, 2.0, ring)
    pink = np.exp(-np.array([p + 0.25 * a.melanin * m + 1.5 * b for p, m, b in zip(PALE, MELANIN, BLOOD, strict=True)]))
    skin = mix(skin, np.asarray(pink, np.float32), 0.8 * wet)
    line = smooth_step(2.2, 3.0, ring) * smooth_step(5.0, 4.0, ring)
    upper = smooth_step(-4, 0, chart.z)
    dark = line * (0.30 + 0.55 * a.liner) * (0.45 + 0.55 * upper)
    fold = smooth_step(0.8, 0.0, np.abs(ring - 6.3)) * upper * smooth_step(20, 26, np.abs(chart.y))
    skin = mix(skin, (0.03, 0.02, 0.015), dark)
    skin = skin * (1 - 0.18 * fold[..., None])
    return np.asarray(skin, np.float32), np.asarray(np.maximum(gloss, 0.9 * wet), np.float32)


def _wrinkled(skin: F32, chart: Chart, a: Appearance) -> F32:
    """Lines of age that show at rest, on the forehead and beside the eyes, in the places of the folds."""
    if a.wrinkles < 0.05:
        return skin
    wander = noise(np.random.default_rng([a.seed, 2]), (chart.y.shape[0], chart.y.shape[1]), 24)
    share = a.wrinkles * (0.20 * lines(chart, ("forehead",), wander) + 0.22 * lines(chart, ("crow's feet",), wander))
    return np.asarray(skin * (1 - share[..., None] * (0.8, 1.0, 1.0)), np.float32)


def _brows(skin: F32, chart: Chart, a: Appearance, colour: F32, rng: np.random.Generator) -> F32:
    y, z = np.abs(chart.y), chart.z
    s = (y - 8.5) / 46.0
    lift = 15.0 + 2.5 * a.brow_height
    line = lift + (2.5 + 5.5 * a.brow_arch) * np.sin(np.clip(s, 0, 1) * np.pi * 0.82) - 3.5 * np.clip(s, 0, 1) ** 3
    half = (2.4 + 3.6 * a.brow_thickness) * (0.75 + 0.5 * np.clip(s, 0, 0.4)) * smooth_step(1.05, 0.45, s)
    offset = (z - line) / np.maximum(half, 0.4)
    # Brow hairs point up near the nose and outwards along the tail.
    turn = np.interp(np.clip(s, 0, 1), (0, 0.25, 0.6, 1), (1.25, 0.75, 0.25, -0.25)).astype(np.float32)
    along = np.cos(turn) * y + np.sin(turn) * z
    across = -np.sin(turn) * y + np.cos(turn) * z
    hairs = strands(rng, along * 0.22, across * 2.3) + 0.6 * strands(rng, along * 0.35, across * 4.1)
    inside = (
        smooth_step(1.25, 0.25, np.abs(offset + 0.25 * hairs)) * smooth_step(-0.03, 0.10, s) * smooth_step(1.03, 0.9, s)
    )
    share = inside * np.clip(0.25 + 0.75 * a.brow_density + 0.35 * hairs, 0, 1) * (0.35 + 0.65 * a.brow_density)
    share *= smooth_step(-70, -50, chart.x)
    dark = 0.45 * colour * (1 - 0.4 * a.grey) + 0.003
    return mix(skin, dark, np.asarray(share, np.float32))


def beard_region(chart: Chart) -> tuple[F32, F32]:
    """Maps in [0, 1] of where a beard and a moustache grow."""
    x, z, side = chart.x, chart.z, np.abs(chart.y)
    line = np.interp(side, (0, 24, 40, 62, 72), (-84, -70, -62, -38, -10)).astype(np.float32)
    beard = smooth_step(2, -6, z - line) * smooth_step(-128, -112, z) * smooth_step(-82, -68, x)
    beard = np.maximum(
        beard, smooth_step(60, 66, side) * smooth_step(73, 69, side) * smooth_step(-55, -35, z) * smooth_step(20, 8, z)
    )
    top = -49.5 - 0.22 * side
    moustache = (
        smooth_step(1.5, -2.5, z - top)
        * smooth_step(-78, -68, z)
        * smooth_step(28, 17, side)
        * smooth_step(-30, -15, x)
    )
    moustache *= 1 - 0.5 * blob(chart.y, z + 50, 4, 6)
    outside = smooth_step(7.4, 8.4, chart.lip)
    return np.asarray(beard * outside, np.float32), np.asarray(0.9 * moustache * outside, np.float32)


def side_pull(chart: Chart) -> F32:
    """Sideways direction of beard hairs, which point outwards from the middle."""
    return np.asarray(chart.y * (chart.z + 60) * 0.6, np.float32)


def _shaven(skin: F32, chart: Chart, a: Appearance, colour: F32, rng: np.random.Generator) -> F32:
    """Stubble, beard and moustache, painted as hairs on the skin."""
    if max(a.stubble, a.beard, a.moustache) < 0.02:
        return skin
    beard, moustache = beard_region(chart)
    coarse = noise(rng, beard.shape, 60)
    hairs = strands(rng, chart.z * 0.12 + 0.5 * coarse, chart.y * 2.8 + 0.03 * side_pull(chart) + 0.8 * coarse)
    dots = noise(rng, beard.shape, 460)
    stubble = a.stubble * np.maximum(beard, moustache) * np.clip(0.30 + 0.25 * dots, 0, 1)
    grown = np.maximum(a.beard * beard, a.moustache * moustache)
    grown = smooth_step(0.10, 0.80, grown + 0.12 * hairs * (grown > 0.02)) * np.minimum(1, 0.4 + grown)
    share = np.maximum(stubble, grown * np.clip(0.85 + 0.25 * hairs, 0, 1))
    return mix(skin, 0.7 * colour, np.asarray(share, np.float32))
