"""Paint everything but skin and hair: eyes, mouth, teeth, lashes, glasses, and things held before the face."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from mien_models.head.appearance import surface as places
from mien_models.head.appearance.hair import hair_colour
from mien_models.head.appearance.parameters import Appearance
from mien_models.head.appearance.surface import DETAIL_SIZE, Surface
from mien_models.head.appearance.texture import BLOOD, MELANIN, PALE, encode, mix, noise, smooth_step, strands
from mien_models.head.model.data import MM

F32 = NDArray[np.float32]
U8 = NDArray[np.uint8]


def paint_detail(surface: Surface, a: Appearance, rng: np.random.Generator) -> U8:
    """The texture DETAIL: eyes, mouth, teeth, lashes and accessories, each in its place as defined in `surface`."""
    atlas = np.zeros((DETAIL_SIZE, DETAIL_SIZE, 4), np.uint8)

    def put(place: tuple[int, int, int, int], image: U8) -> None:
        column, row, width, height = place
        atlas[row : row + height, column : column + width] = image

    put(places.EYE, _eye(a, rng))
    put(places.TONGUE, _tongue(rng))
    put(places.MUCOSA, _mucosa())
    upper, lower = surface.teeth_length
    put(places.TEETH_UPPER, _teeth(a, upper, (8.5, 6.6, 7.6, 7.0, 6.8, 10.0, 9.5), 9.5, rng))
    put(places.TEETH_LOWER, _teeth(a, lower, (5.3, 5.9, 6.9, 7.0, 7.1, 11.0, 10.5), 8.0, rng))
    put(places.SPECTACLE_FRAME, _plain(places.SPECTACLE_FRAME, a.frame_colour, 0.6))
    put(places.SPECTACLE_LENS, _plain(places.SPECTACLE_LENS, (0.02, 0.02, 0.025), 0.04 + 0.85 * a.lens_tint))
    other = np.random.default_rng([a.seed, 1])
    put(places.SLEEVE, _plain(places.SLEEVE, a.cloth, 0.0))
    put(places.FINGER, _finger(a, other))
    put(places.PALM, _palm(a, other))
    put(places.CLOTH_MASK, _cloth_mask(other))
    put(places.BEAKER, _beaker(other))
    put(places.LASHES_UPPER, _lashes(a, 0.55 + 0.45 * a.lashes, rng))
    put(places.LASHES_LOWER, _lashes(a, 0.25 + 0.35 * a.lashes, rng))
    return atlas


def _grid(place: tuple[int, int, int, int]) -> tuple[F32, F32]:
    """Unit coordinates (column, row) of a place's texels."""
    _, _, width, height = place
    u, v = np.meshgrid(np.linspace(0, 1, width, dtype=np.float32), np.linspace(0, 1, height, dtype=np.float32))
    return u, v


def _eye(a: Appearance, rng: np.random.Generator) -> U8:
    u, v = _grid(places.EYE)
    dy, dz = (2 * u - 1) * places.EYE_RADIUS, (1 - 2 * v) * places.EYE_RADIUS
    r, angle = np.hypot(dy, dz), np.arctan2(dz, dy)
    white = np.array([0.52, 0.49, 0.47]) * (1 - 0.06 * a.sclera_redness)
    veins = smooth_step(0.9, 1.8, np.abs(strands(rng, r * 14, angle * 14 + 2 * noise(rng, r.shape, 20))) * 2)
    red = a.sclera_redness * (0.10 + 0.5 * veins) * smooth_step(0.40, 0.85, r) + 0.25 * smooth_step(0.7, 1.0, r)
    colour = mix(np.broadcast_to(white, (*r.shape, 3)).astype(np.float32), (0.55, 0.22, 0.18), red)
    rim = 0.365 + 0.05 * a.iris_size
    hole = rim * (0.25 + 0.30 * a.pupil)
    m = a.iris_melanin
    pale, hazel, brown = np.array([0.16, 0.25, 0.34]), np.array([0.20, 0.17, 0.08]), np.array([0.060, 0.026, 0.012])
    iris = pale + min(1, 2 * m) * (hazel - pale) if m < 0.5 else hazel + (2 * m - 1) * (brown - hazel)
    turn = angle / (2 * np.pi) * 256
    fibres = strands(rng, r * 6, turn * 0.5) + 0.7 * strands(rng, r * 9, turn)
    ring = np.exp(-(((r - hole * 1.35) / 0.05) ** 2))
    shade = (1 + 0.28 * fibres + 0.45 * ring) * (1 - 0.6 * smooth_step(rim * 0.8, rim, r))
    inside = smooth_step(rim + 0.015, rim - 0.02, r)
    colour = mix(colour, np.asarray(iris * shade[..., None], np.float32), inside)
    colour = mix(colour, (0.004, 0.004, 0.004), smooth_step(hole + 0.012, hole - 0.012, r))
    return encode(colour, 1.0)


def _tongue(rng: np.random.Generator) -> U8:
    u, _ = _grid(places.TONGUE)
    groove = np.exp(-(((u - 0.5) / 0.05) ** 2))
    bumps = noise(rng, u.shape, 64)
    colour = np.array([0.46, 0.17, 0.16]) * (1 + 0.10 * bumps - 0.25 * groove)[..., None]
    return encode(np.asarray(colour, np.float32), 0.55 + 0.15 * bumps)


def _mucosa() -> U8:
    """Upper half: from the lips into the throat. Lower half: the inside of the lids."""
    u, v = _grid(places.MUCOSA)
    depth = smooth_step(0.05, 0.75, u)
    mouth = mix(np.broadcast_to((0.34, 0.11, 0.10), (*u.shape, 3)).astype(np.float32), (0.05, 0.008, 0.008), depth)
    lids = np.broadcast_to((0.50, 0.24, 0.21), (*u.shape, 3)).astype(np.float32)
    below = (v > 0.5).astype(np.float32)
    return encode(mouth + below[..., None] * (lids - mouth), 0.5 + 0.3 * below)


def _teeth(a: Appearance, length: float, widths: Sequence[float], crown: float, rng: np.random.Generator) -> U8:
    u, v = _grid(places.TEETH_UPPER)
    along, height = np.abs(u - 0.5) * length / MM, v * places.TEETH_HEIGHT / MM
    ends = np.cumsum(widths)
    which = np.clip(np.searchsorted(ends, along), 0, len(widths) - 1)
    start = np.concatenate([[0], ends])[which]
    within = np.clip((along - start) / np.asarray(widths)[which], 0, 1)
    arch = (2 * within - 1) ** 2
    gum_line = crown - np.array([0, 1.0, 0.3, 1.4, 1.8, 2.5, 3.0])[which] - 1.6 * arch
    w = a.teeth_whiteness
    white = np.array([0.62 + 0.14 * w, 0.55 + 0.19 * w, 0.40 + 0.26 * w])
    each = 1 + 0.04 * rng.normal(size=len(widths))[which] - 0.03 * which
    rounded = 1 - 0.22 * arch**2
    gap = smooth_step(0.90, 1.0, np.abs(2 * within - 1)) * 0.55
    root = 0.12 * smooth_step(2.5, 0, gum_line - height)
    tooth = white * (each * rounded * (1 - gap - root))[..., None]
    # Enamel is transparent at the biting edge.
    tooth *= (1 - 0.12 * smooth_step(1.5, 0.2, height))[..., None]
    gum = (
        np.array([0.50, 0.20, 0.19])
        * (1 + 0.06 * noise(rng, u.shape, 24) - 0.2 * smooth_step(3, 7, height - gum_line))[..., None]
    )
    share = smooth_step(-0.35, 0.35, height - gum_line)
    return encode(mix(np.asarray(tooth, np.float32), np.asarray(gum, np.float32), share), 0.75 - 0.2 * share)


def _plain(place: tuple[int, int, int, int], colour: Sequence[float], other: float) -> U8:
    u, _ = _grid(place)
    return encode(np.broadcast_to(np.asarray(colour, np.float32), (*u.shape, 3)), other)


def _lashes(a: Appearance, density: float, rng: np.random.Generator) -> U8:
    u, v = _grid(places.LASHES_UPPER)
    hairs = strands(rng, v * 1.5, u * 90 + 5 * v * (u - 0.4))
    reach = 0.75 * (0.55 + 0.45 * a.lashes) * (0.6 + 0.4 * smooth_step(0.0, 0.6, u)) + 0.08 * hairs
    share = density * smooth_step(reach, 0.0, v) * np.clip(0.75 + 0.6 * hairs, 0, 1)
    dark = 0.25 * hair_colour(a) * (1 - 0.7 * a.grey)
    return encode(np.broadcast_to(dark, (*u.shape, 3)).astype(np.float32), share)


# --- things held before the face -------------------------------------------------------------------


def _hand_skin(a: Appearance, u: F32, fine: F32) -> F32:
    """Skin of a hand: the back is darker than the palm, more so for dark skin."""
    back = smooth_step(0.0, 0.2, 0.25 - np.abs(u - 0.5) + 0.1)
    melanin = a.melanin * (0.45 + 0.62 * back) + 0.02
    blood = a.haemoglobin + 0.25 - 0.1 * back
    depth = [p + m * melanin + b * blood for p, m, b in zip(PALE, MELANIN, BLOOD, strict=True)]
    return np.asarray(np.exp(-np.stack(depth, axis=-1)) * (1 + 0.04 * fine)[..., None], np.float32)


def _finger(a: Appearance, rng: np.random.Generator) -> U8:
    """A finger, u around it (the back in the middle), v along it to the tip: folds at the joints, and the nail."""
    u, v = _grid(places.FINGER)
    skin = _hand_skin(a, u, noise(rng, u.shape, 40))
    side = np.abs(u - 0.5)
    folds = sum(
        (np.cos((v - joint) * 2 * np.pi / 0.022) * np.exp(-(((v - joint) / 0.022) ** 2)) for joint in (0.53, 0.78)),
        np.zeros_like(v),
    )
    skin = skin * (1 - 0.22 * np.clip(folds, 0, 1) * (0.4 + smooth_step(0.3, 0.1, side)))[..., None]
    red = smooth_step(0.86, 1.0, v) * 0.25
    skin = mix(np.asarray(skin, np.float32), skin * np.array([1.0, 0.86, 0.86], np.float32), red)
    nail = smooth_step(0.135, 0.105, side) * smooth_step(0.875, 0.89, v) * smooth_step(0.985, 0.97, v)
    rim = smooth_step(0.15, 0.11, side) * smooth_step(0.865, 0.885, v) * smooth_step(0.992, 0.975, v) - nail
    pink = np.array([0.62, 0.38, 0.33]) * (1 - 0.45 * a.melanin)
    skin = mix(np.asarray(skin * (1 - 0.35 * np.clip(rim, 0, 1))[..., None], np.float32), pink, 0.8 * nail)
    return encode(skin, 0.3 + 0.5 * nail)


def _palm(a: Appearance, rng: np.random.Generator) -> U8:
    """A palm, u around the hand (its back in the middle), v from the knuckles to the arm."""
    u, v = _grid(places.PALM)
    skin = _hand_skin(a, u, 0.7 * noise(rng, u.shape, 40) + 0.7 * noise(rng, u.shape, 8))
    ridges = np.cos((u - 0.5) * 2 * np.pi * 9) * smooth_step(0.12, 0.05, np.abs(u - 0.5)) * smooth_step(0.6, 0.2, v)
    return encode(skin * (1 + 0.05 * ridges)[..., None], 0.3)


def _cloth_mask(rng: np.random.Generator) -> U8:
    """Fleece of a mask with horizontal folds; blue, white, black or any colour."""
    u, v = _grid(places.CLOTH_MASK)
    kind = rng.random()
    if kind < 0.5:
        colour = np.array([0.28, 0.52, 0.68]) * rng.uniform(0.85, 1.15)
    elif kind < 0.75:
        colour = np.full(3, rng.uniform(0.65, 0.8))
    elif kind < 0.88:
        colour = np.full(3, rng.uniform(0.015, 0.05))
    else:
        colour = rng.uniform(0.05, 0.6, 3)
    folds = (
        np.clip(np.sin(2 * np.pi * 3.5 * v + 2.2), 0, 1) ** 6 * smooth_step(0.04, 0.15, v) * smooth_step(0.96, 0.85, v)
    )
    hem = np.maximum(smooth_step(0.06, 0.05, v), smooth_step(0.94, 0.95, v))
    hem = np.maximum(hem, np.maximum(smooth_step(0.04, 0.03, u), smooth_step(0.96, 0.97, u)))
    shade = 1 - 0.22 * folds - 0.08 * hem + 0.03 * noise(rng, u.shape, 100)
    return encode(np.asarray(colour * shade[..., None], np.float32), 0.15)


def _beaker(rng: np.random.Generator) -> U8:
    """A cup, v from its foot up the outside, over the rim (v .7) and down to the drink."""
    u, v = _grid(places.BEAKER)
    white = np.array([0.72, 0.71, 0.68])
    colour = white if rng.random() < 0.4 else rng.uniform(0.02, 0.7, 3)
    image = np.broadcast_to(colour, (*u.shape, 3)).astype(np.float32)
    if rng.random() < 0.5:
        low = rng.uniform(0.08, 0.3)
        band = smooth_step(low, low + 0.01, v) * smooth_step(low + 0.25, low + 0.24, v)
        image = mix(image, rng.uniform(0.02, 0.7, 3), band)
    image = mix(image, 0.9 * white, smooth_step(0.69, 0.70, v))
    image = mix(image, (0.05, 0.025, 0.012), smooth_step(0.84, 0.86, v))
    return encode(image, 0.5)
