"""Paint a person's textures: everything on them is made up here, from numbers.

Skin is light that passed through melanin and blood: reflectance is an exponential of how much of
each lies in its way. Textures are uint8 RGBA, colours with gamma 2. The fourth channel is gloss,
or opacity on HAIR and on the lashes.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from mien_models.head import surface as places
from mien_models.head.appearance import Appearance, HairStyle
from mien_models.head.chart import Chart
from mien_models.head.data import Part
from mien_models.head.surface import DETAIL_SIZE, NECK_ROWS as _NECK_ROWS, SKIN_HEIGHT, SKIN_WIDTH, Surface

F32 = NDArray[np.float32]
F64 = NDArray[np.float64]
U8 = NDArray[np.uint8]

# Extinction of bloodless, pale skin, and what full melanin and haemoglobin add, in R, G and B.
_PALE = (0.16, 0.34, 0.60)
_MELANIN = (1.95, 2.55, 3.10)
_BLOOD = (0.08, 0.62, 0.52)
# The middle of the skull, and the crown that hair grows from [mm].
_SKULL = (-93.0, 0.0, 17.0)
_CROWN = (-129.0, 0.0, 85.0)
_LEVELS = 5
_HEIGHT = {
    HairStyle.BUZZ: 2.0, HairStyle.SHORT: 11.0, HairStyle.MEDIUM: 18.0, HairStyle.LONG: 18.0,
    HairStyle.CURLY: 26.0, HairStyle.TIED: 5.0,
}  # fmt: skip


@dataclass(frozen=True, slots=True, eq=False)
class Shell:
    """Hair as a second skin: triangles (T, 3) into its own points, and their uv (T, 3, 2).

    A point stands on a vertex of the head, `root` (N,), lifted by `height` (N,) [m] along the
    normal there and moved by `offset` (N, 3) in face axes. Then the points `fill` become the means
    `weights` (F, S) of the points `span`: a smooth cover over the ears.
    """

    root: NDArray[np.int32]
    height: F64
    offset: F64
    fill: NDArray[np.int32]
    span: NDArray[np.int32]
    weights: F64
    triangles: NDArray[np.int32]
    uv: F32

    def place(self, vertices: F64, normals: F64, rotation: F64) -> F64:
        """(N, 3) its points in the camera frame, for a head there that is turned by `rotation`."""
        points = vertices[self.root] + self.height[:, None] * normals[self.root] + self.offset @ rotation.T
        points[self.fill] = self.weights @ points[self.span]
        return np.asarray(points)


@dataclass(frozen=True, slots=True, eq=False)
class Look:
    """A painted person: per texture, a list that halves in size from entry to entry; and hair."""

    appearance: Appearance
    textures: tuple[tuple[U8, ...], tuple[U8, ...], tuple[U8, ...]]
    shell: Shell | None


def paint(surface: Surface, chart: Chart, appearance: Appearance) -> Look:
    """All textures of a person; about half a second."""
    rng = np.random.default_rng(appearance.seed)
    skin = _skin(chart, appearance, rng)
    detail = _detail(surface, appearance, rng)
    hair, shell = _hair(surface, chart, appearance, rng)
    return Look(appearance, (_levels(skin), _levels(detail), _levels(hair)), shell)


# --- noise and small helpers -----------------------------------------------------------------------


def _smooth(low: float | F32, high: float | F32, x: NDArray[np.floating]) -> F32:
    t = np.clip((x - low) / (high - low), 0, 1)
    return np.asarray(t * t * (3 - 2 * t), np.float32)


def _blob(dy: F32, dz: F32, ry: float, rz: float) -> F32:
    """A soft round spot."""
    return np.asarray(np.exp(-((dy / ry) ** 2) - (dz / rz) ** 2), np.float32)


def _noise(rng: np.random.Generator, shape: tuple[int, int], cells: int) -> F32:
    """Smooth noise of unit spread, `cells` knots across."""
    rows = max(4, round(cells * shape[0] / shape[1]))
    knots = rng.normal(size=(rows, cells)).astype(np.float32)
    return np.asarray(cv2.resize(knots, shape[::-1], interpolation=cv2.INTER_CUBIC), np.float32)


def _strands(rng: np.random.Generator, along: F32, across: F32) -> F32:
    """Noise in [-1, 1] drawn out along hairs, whose coordinates are `along` and `across` in hairs."""
    knots = rng.normal(size=(256, 256)).astype(np.float32)
    knots = np.concatenate([knots, knots[:1]], axis=0)
    knots = np.concatenate([knots, knots[:, :1]], axis=1)
    found = cv2.remap(knots, np.mod(across, 256), np.mod(along, 256), cv2.INTER_LINEAR)
    return np.asarray(np.tanh(found), np.float32)


def _encode(linear: F32, other: F32 | float) -> U8:
    rgba = np.empty((*linear.shape[:2], 4), np.float32)
    rgba[:, :, :3] = np.sqrt(np.clip(linear, 0, 1))
    rgba[:, :, 3] = np.clip(other, 0, 1)
    return (rgba * 255 + 0.5).astype(np.uint8)


def _levels(texture: U8) -> tuple[U8, ...]:
    levels = [texture]
    while len(levels) < _LEVELS:
        height, width = levels[-1].shape[:2]
        levels.append(np.asarray(cv2.resize(levels[-1], (width // 2, height // 2), interpolation=cv2.INTER_AREA)))
    return tuple(levels)


def _mix(base: F32, colour: Sequence[float] | F32, share: F32) -> F32:
    return np.asarray(base + share[..., None] * (np.asarray(colour, np.float32) - base), np.float32)


def hair_colour(appearance: Appearance) -> F32:
    """Linear RGB of the hair."""
    melanin = np.float32(appearance.hair_melanin)
    red = np.float32(appearance.hair_redness)
    brown = np.exp(-np.array([0.55, 1.0, 1.75 + 0.5 * red]) - melanin * np.array([3.2 - 0.9 * red, 3.2, 2.6]))
    grey = np.array([0.42, 0.41, 0.39]) * (1 - 0.5 * melanin)
    return np.asarray(brown + appearance.grey * (grey - brown), np.float32)


# --- skin ------------------------------------------------------------------------------------------


def _skin(chart: Chart, a: Appearance, rng: np.random.Generator) -> U8:
    x, y, z = chart.x, chart.y, chart.z
    side = np.abs(y)
    shape = (SKIN_HEIGHT, SKIN_WIDTH)
    coarse, middle, fine = (_noise(rng, shape, cells) for cells in (10, 48, 340))
    calm = _smooth(-130, -95, z)  # noise is not continuous between the pieces
    melanin = a.melanin * (1 + calm * (0.10 * a.blotches * coarse + 0.05 * a.blotches * middle))
    blood = a.haemoglobin + 0.12 * a.blotches * calm * middle
    # Where skin is thin or used.
    cheeks = _blob(side - 40, z + 36, 20, 16) * _smooth(-40, -15, x)
    nose = _blob(y, z + 36, 14, 11) * _smooth(0, 10, x)
    ears = _smooth(70, 76, side)
    chin = _blob(y, z + 95, 14, 9)
    blood += 0.40 * cheeks + 0.35 * nose + 0.35 * ears + 0.15 * chin
    eye = _blob(side - 30, z + 1, 17, 12)
    below = _blob(side - 28, z + 15, 13, 5)
    blood += 0.25 * eye
    melanin += (0.02 + 0.06 * a.melanin) * eye
    melanin += 0.16 * a.under_eyes * below
    melanin -= 0.10 * a.melanin * (cheeks + _blob(y, z - 40, 26, 16))
    if a.freckles > 0:
        spots = _smooth(1.1, 1.9, _noise(rng, shape, 260)) * (cheeks + nose + 0.4 * _blob(y, z - 40, 40, 20))
        melanin += 0.30 * a.freckles * spots
    for _ in range(int(rng.integers(0, 5))):
        at_y, at_z, radius = rng.uniform(-60, 60), rng.uniform(-95, 60), rng.uniform(0.6, 1.6)
        melanin += 0.5 * _smooth(radius + 0.7, radius - 0.2, np.hypot(y - at_y, z - at_z)) * _smooth(-80, -60, x)
    depth = [p + m * melanin + b * blood for p, m, b in zip(_PALE, _MELANIN, _BLOOD, strict=True)]
    pores = 1 + calm * 0.035 * fine
    skin = np.exp(-np.stack(depth, axis=-1)) * pores[..., None]
    gloss = 0.35 + 0.45 * a.oil * (nose + 0.6 * _blob(y, z - 42, 30, 20) + 0.5 * cheeks + 0.3 * chin)
    gloss *= 1 + 0.25 * fine
    skin = np.asarray(skin, np.float32)
    skin = _wrinkled(skin, a, side, z, rng)
    skin, gloss = _lips(skin, gloss, chart, a, rng)
    skin, gloss = _lids(skin, gloss, chart, a)
    colour = hair_colour(a)
    skin = _shaven(skin, chart, a, colour, rng)
    skin = _brows(skin, chart, a, colour, rng)
    scalp = _smooth(-2.0, 3.0, above_hairline(x, y, z, a) + 2.0 * middle)
    share = {HairStyle.BALD: 0.12, HairStyle.BUZZ: 0.8}.get(a.hair, 0.9)
    skin = _mix(skin, 0.8 * colour, scalp * share * (0.85 + 0.15 * fine))
    gloss = gloss * (1 - 0.7 * scalp * (share > 0.5))
    # Clothes, from the neckline down.
    hem = -128 - 38 * a.neckline * np.exp(-((y / 60) ** 2)) * _smooth(-90, -30, x)
    cloth = _smooth(0.8, -0.8, z - hem)
    weave = 1 + 0.06 * coarse + 0.02 * fine
    skin = _mix(skin, np.asarray(a.cloth, np.float32) * weave[..., None], cloth)
    return _encode(skin, gloss * (1 - cloth))


def _lips(skin: F32, gloss: F32, chart: Chart, a: Appearance, rng: np.random.Generator) -> tuple[F32, F32]:
    """Vermilion up to edge loop 7, wet and redder inside."""
    ring = chart.lip
    share = _smooth(7.55, 6.7, ring + 0.15 * _noise(rng, ring.shape, 120))
    melanin = a.melanin * 0.85 + 0.03
    blood = 1.0 + 0.9 * a.lip_redness
    lips = np.exp(-np.array([p + m * melanin + b * blood for p, m, b in zip(_PALE, _MELANIN, _BLOOD, strict=True)]))
    lips = lips * (1 - 0.35 * a.melanin)
    if a.lipstick > 0:
        brown, pink = np.array([0.22, 0.07, 0.05]), np.array([0.55, 0.08, 0.16])
        stick = brown + (0.5 + 0.5 * a.lipstick_hue) * (pink - brown)
        lips = lips + 0.85 * a.lipstick * (stick - lips)
    # Fine lines run across the lips.
    lines = _strands(rng, ring * 0.3, (chart.y + 40) * 2.2)
    texture = (1 + 0.07 * lines) * (1 - 0.35 * _smooth(3.0, 0.5, ring))
    skin = _mix(skin, np.asarray(lips, np.float32) * texture[..., None], share)
    wet = 0.55 + 0.35 * _smooth(4.5, 1.5, ring) + 0.3 * a.lipstick
    return skin, np.asarray(gloss + share * (wet - gloss), np.float32)


def _lids(skin: F32, gloss: F32, chart: Chart, a: Appearance) -> tuple[F32, F32]:
    """The wet margin of the lids, the corner by the nose, and liner."""
    ring = chart.lid
    wet = _smooth(3.2, 2.0, ring)
    pink = np.exp(
        -np.array([p + 0.25 * a.melanin * m + 1.5 * b for p, m, b in zip(_PALE, _MELANIN, _BLOOD, strict=True)])
    )
    skin = _mix(skin, np.asarray(pink, np.float32), 0.8 * wet)
    line = _smooth(2.2, 3.0, ring) * _smooth(5.0, 4.0, ring)
    upper = _smooth(-4, 0, chart.z)
    dark = line * (0.30 + 0.55 * a.liner) * (0.45 + 0.55 * upper)
    fold = _smooth(0.8, 0.0, np.abs(ring - 6.3)) * upper * _smooth(20, 26, np.abs(chart.y))
    skin = _mix(skin, (0.03, 0.02, 0.015), dark)
    skin = skin * (1 - 0.18 * fold[..., None])
    return np.asarray(skin, np.float32), np.asarray(np.maximum(gloss, 0.9 * wet), np.float32)


def _wrinkled(skin: F32, a: Appearance, side: F32, z: F32, rng: np.random.Generator) -> F32:
    """Lines of age: across the forehead, beside the eyes, below them. Painted, not folded."""
    if a.wrinkles < 0.05:
        return skin
    jitter = _noise(rng, (skin.shape[0], skin.shape[1]), 24)
    forehead = np.sin((z + 1.2 * jitter - 0.002 * side**2) * 2 * np.pi / 8.5)
    lines = _smooth(0.75, 1.0, forehead) * _smooth(24, 30, z) * _smooth(60, 50, z) * _smooth(52, 30, side)
    angle = np.arctan2(z + 1, side - 42)
    feet = _smooth(0.7, 1.0, np.sin(angle * 11 + jitter)) * _smooth(44, 48, side) * _smooth(62, 52, side)
    feet *= _smooth(16, 10, np.abs(z + 1))
    share = a.wrinkles * (0.28 * lines + 0.25 * feet)
    return np.asarray(skin * (1 - share[..., None] * (0.8, 1.0, 1.0)), np.float32)


def _brows(skin: F32, chart: Chart, a: Appearance, colour: F32, rng: np.random.Generator) -> F32:
    y, z = np.abs(chart.y), chart.z
    s = (y - 8.5) / 46.0
    lift = 15.0 + 2.5 * a.brow_height
    line = lift + (2.5 + 5.5 * a.brow_arch) * np.sin(np.clip(s, 0, 1) * np.pi * 0.82) - 3.5 * np.clip(s, 0, 1) ** 3
    half = (2.4 + 3.6 * a.brow_thickness) * (0.75 + 0.5 * np.clip(s, 0, 0.4)) * _smooth(1.05, 0.45, s)
    offset = (z - line) / np.maximum(half, 0.4)
    # Hair grows up at the nose and outwards along the tail.
    turn = np.interp(np.clip(s, 0, 1), (0, 0.25, 0.6, 1), (1.25, 0.75, 0.25, -0.25)).astype(np.float32)
    along = np.cos(turn) * y + np.sin(turn) * z
    across = -np.sin(turn) * y + np.cos(turn) * z
    hairs = _strands(rng, along * 0.22, across * 2.3) + 0.6 * _strands(rng, along * 0.35, across * 4.1)
    inside = _smooth(1.25, 0.25, np.abs(offset + 0.25 * hairs)) * _smooth(-0.03, 0.10, s) * _smooth(1.03, 0.9, s)
    share = inside * np.clip(0.25 + 0.75 * a.brow_density + 0.35 * hairs, 0, 1) * (0.35 + 0.65 * a.brow_density)
    share *= _smooth(-70, -50, chart.x)
    dark = 0.45 * colour * (1 - 0.4 * a.grey) + 0.003
    return _mix(skin, dark, np.asarray(share, np.float32))


def beard_region(chart: Chart) -> tuple[F32, F32]:
    """Where a beard and where a moustache grows, in [0, 1]."""
    x, z, side = chart.x, chart.z, np.abs(chart.y)
    line = np.interp(side, (0, 24, 40, 62, 72), (-84, -70, -62, -38, -10)).astype(np.float32)
    beard = _smooth(2, -6, z - line) * _smooth(-128, -112, z) * _smooth(-82, -68, x)
    beard = np.maximum(beard, _smooth(60, 66, side) * _smooth(73, 69, side) * _smooth(-55, -35, z) * _smooth(20, 8, z))
    top = -49.5 - 0.22 * side
    moustache = _smooth(1.5, -2.5, z - top) * _smooth(-78, -68, z) * _smooth(28, 17, side) * _smooth(-30, -15, x)
    moustache *= 1 - 0.5 * _blob(chart.y, z + 50, 4, 6)
    outside = _smooth(7.4, 8.4, chart.lip)
    return np.asarray(beard * outside, np.float32), np.asarray(0.9 * moustache * outside, np.float32)


def side_pull(chart: Chart) -> F32:
    """Beard hairs fall outwards from the middle."""
    return np.asarray(chart.y * (chart.z + 60) * 0.6, np.float32)


def _shaven(skin: F32, chart: Chart, a: Appearance, colour: F32, rng: np.random.Generator) -> F32:
    """Stubble, beard and moustache, as hairs painted on the skin."""
    if max(a.stubble, a.beard, a.moustache) < 0.02:
        return skin
    beard, moustache = beard_region(chart)
    coarse = _noise(rng, beard.shape, 60)
    hairs = _strands(rng, chart.z * 0.12 + 0.5 * coarse, chart.y * 2.8 + 0.03 * side_pull(chart) + 0.8 * coarse)
    dots = _noise(rng, beard.shape, 460)
    stubble = a.stubble * np.maximum(beard, moustache) * np.clip(0.30 + 0.25 * dots, 0, 1)
    grown = np.maximum(a.beard * beard, a.moustache * moustache)
    grown = _smooth(0.10, 0.80, grown + 0.12 * hairs * (grown > 0.02)) * np.minimum(1, 0.4 + grown)
    share = np.maximum(stubble, grown * np.clip(0.85 + 0.25 * hairs, 0, 1))
    return _mix(skin, 0.7 * colour, np.asarray(share, np.float32))


# --- small things ----------------------------------------------------------------------------------


def _detail(surface: Surface, a: Appearance, rng: np.random.Generator) -> U8:
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
    veins = _smooth(0.9, 1.8, np.abs(_strands(rng, r * 14, angle * 14 + 2 * _noise(rng, r.shape, 20))) * 2)
    red = a.sclera_redness * (0.10 + 0.5 * veins) * _smooth(0.40, 0.85, r) + 0.25 * _smooth(0.7, 1.0, r)
    colour = _mix(np.broadcast_to(white, (*r.shape, 3)).astype(np.float32), (0.55, 0.22, 0.18), red)
    rim = 0.365 + 0.05 * a.iris_size
    hole = rim * (0.25 + 0.30 * a.pupil)
    m = a.iris_melanin
    pale, hazel, brown = np.array([0.16, 0.25, 0.34]), np.array([0.20, 0.17, 0.08]), np.array([0.060, 0.026, 0.012])
    iris = pale + min(1, 2 * m) * (hazel - pale) if m < 0.5 else hazel + (2 * m - 1) * (brown - hazel)
    turn = angle / (2 * np.pi) * 256
    fibres = _strands(rng, r * 6, turn * 0.5) + 0.7 * _strands(rng, r * 9, turn)
    ring = np.exp(-(((r - hole * 1.35) / 0.05) ** 2))
    shade = (1 + 0.28 * fibres + 0.45 * ring) * (1 - 0.6 * _smooth(rim * 0.8, rim, r))
    inside = _smooth(rim + 0.015, rim - 0.02, r)
    colour = _mix(colour, np.asarray(iris * shade[..., None], np.float32), inside)
    colour = _mix(colour, (0.004, 0.004, 0.004), _smooth(hole + 0.012, hole - 0.012, r))
    return _encode(colour, 1.0)


def _tongue(rng: np.random.Generator) -> U8:
    u, _ = _grid(places.TONGUE)
    groove = np.exp(-(((u - 0.5) / 0.05) ** 2))
    bumps = _noise(rng, u.shape, 64)
    colour = np.array([0.46, 0.17, 0.16]) * (1 + 0.10 * bumps - 0.25 * groove)[..., None]
    return _encode(np.asarray(colour, np.float32), 0.55 + 0.15 * bumps)


def _mucosa() -> U8:
    """Above: from the lips into the throat. Below: the inside of the lids."""
    u, v = _grid(places.MUCOSA)
    depth = _smooth(0.05, 0.75, u)
    mouth = _mix(np.broadcast_to((0.34, 0.11, 0.10), (*u.shape, 3)).astype(np.float32), (0.05, 0.008, 0.008), depth)
    lids = np.broadcast_to((0.50, 0.24, 0.21), (*u.shape, 3)).astype(np.float32)
    below = (v > 0.5).astype(np.float32)
    return _encode(mouth + below[..., None] * (lids - mouth), 0.5 + 0.3 * below)


def _teeth(a: Appearance, length: float, widths: Sequence[float], crown: float, rng: np.random.Generator) -> U8:
    u, v = _grid(places.TEETH_UPPER)
    along, height = np.abs(u - 0.5) * length * 1000, v * places.TEETH_HEIGHT * 1000
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
    gap = _smooth(0.90, 1.0, np.abs(2 * within - 1)) * 0.55
    root = 0.12 * _smooth(2.5, 0, gum_line - height)
    tooth = white * (each * rounded * (1 - gap - root))[..., None]
    # Enamel is clear at the biting edge.
    tooth *= (1 - 0.12 * _smooth(1.5, 0.2, height))[..., None]
    gum = (
        np.array([0.50, 0.20, 0.19])
        * (1 + 0.06 * _noise(rng, u.shape, 24) - 0.2 * _smooth(3, 7, height - gum_line))[..., None]
    )
    share = _smooth(-0.35, 0.35, height - gum_line)
    return _encode(_mix(np.asarray(tooth, np.float32), np.asarray(gum, np.float32), share), 0.75 - 0.2 * share)


def _lashes(a: Appearance, density: float, rng: np.random.Generator) -> U8:
    u, v = _grid(places.LASHES_UPPER)
    hairs = _strands(rng, v * 1.5, u * 90 + 5 * v * (u - 0.4))
    reach = 0.75 * (0.55 + 0.45 * a.lashes) * (0.6 + 0.4 * _smooth(0.0, 0.6, u)) + 0.08 * hairs
    share = density * _smooth(reach, 0.0, v) * np.clip(0.75 + 0.6 * hairs, 0, 1)
    dark = 0.25 * hair_colour(a) * (1 - 0.7 * a.grey)
    return _encode(np.broadcast_to(dark, (*u.shape, 3)).astype(np.float32), share)


# --- hair ------------------------------------------------------------------------------------------


def above_hairline(x: NDArray[np.floating], y: NDArray[np.floating], z: NDArray[np.floating], a: Appearance) -> F32:
    """Degrees above the hairline, seen from the middle of the skull; negative on face, neck and ears."""
    dx, dy, dz = x - _SKULL[0], y - _SKULL[1], z - _SKULL[2]
    around = np.degrees(np.arctan2(np.abs(dy), dx))
    up = np.degrees(np.arctan2(dz, np.hypot(dx, dy)))
    high = 6 - 12 * a.hairline
    temple = 10 * (1 - a.hairline)
    line = np.interp(
        around,
        (0, 14, 30, 48, 58, 74, 86, 96, 112, 140, 180),
        (26 + high, 27 + high, 27 + high + temple, 17 + high / 2 + temple, 0, -16, -23, 7, -21, -29, -33),
    )
    if a.hair in (HairStyle.MEDIUM, HairStyle.LONG):
        # Over the ears and down.
        line = np.where(around > 66, np.minimum(line, np.interp(around, (66, 84, 180), (8, -36, -36))), line)
    if a.fringe > 0 and a.hair not in (HairStyle.BALD, HairStyle.BUZZ, HairStyle.TIED):
        line = np.minimum(line, np.interp(around, (0, 46, 60), (26 + high - 22 * a.fringe, 17 - 14 * a.fringe, 60)))
    above = up - line
    if a.hair not in (HairStyle.MEDIUM, HairStyle.LONG):
        ear = _blob(np.asarray(x + 94, np.float32), np.asarray(z + 27, np.float32), 26, 38) * _smooth(64, 72, np.abs(y))
        above = above - 60 * ear
    return np.asarray(above, np.float32)


def _hair(surface: Surface, chart: Chart, a: Appearance, rng: np.random.Generator) -> tuple[U8, Shell | None]:
    """The texture of the shell, and the shell."""
    if a.hair == HairStyle.BALD:
        return np.zeros((2**_LEVELS, 2**_LEVELS, 4), np.uint8), None
    half = (SKIN_WIDTH // 2, SKIN_HEIGHT // 2)
    x, y, z = (
        np.asarray(cv2.resize(m, half, interpolation=cv2.INTER_AREA), np.float32) for m in (chart.x, chart.y, chart.z)
    )
    above = above_hairline(x, y, z, a)
    dx, dy, dz = x - _CROWN[0], y, z - _CROWN[2]
    away = np.sqrt(dx * dx + dy * dy + dz * dz)
    turn = np.arctan2(dy, dx + 0.4 * dz)
    curl = {HairStyle.CURLY: 3.0, HairStyle.MEDIUM: 0.6, HairStyle.LONG: 0.6}.get(a.hair, 0.3)
    wave = curl * _noise(rng, x.shape, 40)
    across = turn * 140 + 2 * wave
    along = away * 0.03 + (3.0 * _noise(rng, x.shape, 90) if a.hair == HairStyle.CURLY else 0)
    # The rows of the neck are free for what hangs down.
    hanging = np.zeros(x.shape, np.bool_)
    hanging[-(_NECK_ROWS // 2) :] = True
    u, v = np.meshgrid(np.linspace(0, 1, x.shape[1]), np.linspace(0, 1, _NECK_ROWS // 2))
    across[hanging] = (u * 150 + 2 * wave[hanging].reshape(u.shape)).ravel()
    along[hanging] = (v * 5).ravel()
    hairs = 0.6 * _strands(rng, along, across) + 0.5 * _strands(rng, along * 1.7, across * 2.3)
    clumps = _strands(rng, along * 0.3, across * 0.2)
    edge = 5.0 if a.hair != HairStyle.BUZZ else 3.0
    share = _smooth(0.0, edge, above + 2.2 * hairs + 1.5 * clumps)
    ends = _smooth(1.0, 0.8, v + 0.12 * clumps[hanging].reshape(v.shape)) * _smooth(0, 0.04, u) * _smooth(1, 0.96, u)
    share[hanging] = ends.ravel()
    shade = np.clip(1 + 0.45 * hairs + 0.15 * clumps, 0.2, 2)
    texture = _encode(np.asarray(hair_colour(a) * shade[..., None], np.float32), share)
    return texture, _shell(surface, a, rng)


def _shell(surface: Surface, a: Appearance, rng: np.random.Generator) -> Shell:
    points = surface.template * 1000
    degrees = above_hairline(points[:, 0], points[:, 1], points[:, 2], a)
    chosen = (surface.parts == Part.SKIN) & (degrees[surface.triangles] > -6).any(1)
    root, triangles = np.unique(surface.triangles[chosen], return_inverse=True)
    triangles = triangles.reshape(-1, 3)
    height = _HEIGHT[a.hair] * rng.uniform(0.7, 1.3)
    x, y, z = points[root].T
    if a.hair == HairStyle.SHORT:
        height = height * (0.45 + 0.75 * np.clip((z - 5) / 80, 0, 1))
    lift = 1.0 + height * _smooth(1, 26, degrees[root])
    # A fringe lies close to the forehead.
    lift = np.minimum(lift, 4.0 + np.maximum(0, (z - 50) * 0.5) + np.maximum(0, -(x + 45) * 0.6))
    ears = ((x + 96) / 26) ** 2 + ((z + 32) / 40) ** 2 < 1
    fill, span, weights = _cover(triangles, np.flatnonzero(ears & (np.abs(y) > 56)))
    shell = Shell(
        root.astype(np.int32), lift / 1000, np.zeros((len(root), 3)), fill, span, weights,
        triangles.astype(np.int32), surface.uv[chosen],
    )  # fmt: skip
    return _with_curtain(shell, surface, rng) if a.hair == HairStyle.LONG else shell


def _cover(triangles: NDArray[np.intp], inside: NDArray[np.intp]) -> tuple[NDArray[np.int32], NDArray[np.int32], F64]:
    """Points `inside` a mesh as harmonic means of those around them: who, of whom, and weights."""
    ends = np.concatenate([triangles[:, [0, 1]], triangles[:, [1, 2]], triangles[:, [2, 0]]])
    ends = np.unique(np.concatenate([ends, ends[:, ::-1]]), axis=0)
    ends = ends[np.isin(ends[:, 0], inside)]
    inside = np.unique(ends[:, 0])
    around = np.setdiff1d(ends[:, 1], inside)
    if not len(around):
        nobody = np.zeros(0, np.int32)
        return nobody, nobody, np.zeros((0, 0))
    row = np.searchsorted(inside, ends[:, 0])
    own, other = np.zeros((len(inside), len(inside))), np.zeros((len(inside), len(around)))
    near = np.isin(ends[:, 1], inside)
    np.add.at(own, (row, row), 1.0)
    own[row[near], np.searchsorted(inside, ends[near, 1])] -= 1.0
    other[row[~near], np.searchsorted(around, ends[~near, 1])] = 1.0
    return inside.astype(np.int32), around.astype(np.int32), np.asarray(np.linalg.solve(own, other), np.float64)


def _with_curtain(shell: Shell, surface: Surface, rng: np.random.Generator) -> Shell:
    """Long hair: a curtain from ear to ear around the back, that hangs from the head."""
    columns, rows = 33, 9
    points = surface.template * 1000
    around = np.radians(np.linspace(62, 298, columns))
    down = np.linspace(0, 1, rows)[:, None]
    length = rng.uniform(110, 175)
    # Out of the hair above, close to the cheeks in front, a little narrower at the neck.
    wide = (0.86 + 0.14 * _smooth(0, 0.2, down)) * (1 - 0.08 * np.sin(np.pi * down))
    wide = wide * (1 - 0.10 * _smooth(-0.1, 0.45, np.cos(around)))
    x = -92 + (102 + 10 * down) * np.cos(around) * wide
    y = (92 + 4 * down) * np.sin(around) * wide
    z = np.broadcast_to(20 - (length + 20) * down, x.shape)
    grid = np.stack([x, y, z], axis=-1) + rng.normal(0, 2.0, (1, columns, 1)) * down[..., None]
    head = np.flatnonzero((surface.data.follow > 0.999) & (points[:, 0] < -60) & (points[:, 2] > -20))
    anchor = grid[0]
    near = head[np.argmin(np.linalg.norm(points[head, None] - anchor, axis=2), axis=0)]
    offset = (grid - points[near]).reshape(-1, 3) / 1000
    index = np.arange(rows * columns).reshape(rows, columns)
    quads = np.stack([index[:-1, :-1], index[1:, :-1], index[1:, 1:], index[:-1, 1:]], axis=-1).reshape(-1, 4)
    triangles = quads[:, [0, 1, 2, 0, 2, 3]].reshape(-1, 3)
    share = 1 - (_NECK_ROWS - 4) / SKIN_HEIGHT
    u, v = np.meshgrid(np.linspace(0, 1, columns), np.linspace(share, 1, rows))
    uv = np.stack([u, v], axis=-1).reshape(-1, 2)[triangles]
    return Shell(
        np.concatenate([shell.root, np.tile(near, rows).astype(np.int32)]),
        np.concatenate([shell.height, np.zeros(rows * columns)]),
        np.concatenate([shell.offset, offset]),
        shell.fill, shell.span, shell.weights,
        np.concatenate([shell.triangles, triangles.astype(np.int32) + np.int32(len(shell.root))]),
        np.concatenate([shell.uv, uv.astype(np.float32)]),
    )  # fmt: skip
