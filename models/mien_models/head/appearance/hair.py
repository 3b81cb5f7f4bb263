"""Hair: colour, hairline, texture, and the shell of triangles that carries it."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from mien_models.head.appearance.accessory import Accessory
from mien_models.head.appearance.chart import Chart
from mien_models.head.appearance.parameters import Appearance, HairStyle
from mien_models.head.appearance.surface import HAIR, NECK_ROWS, SKIN_HEIGHT, Surface
from mien_models.head.appearance.texture import LEVELS, blob, encode, noise, smooth_step, strands
from mien_models.head.model.data import MM, Part

F32 = NDArray[np.float32]
F64 = NDArray[np.float64]
U8 = NDArray[np.uint8]

# The middle of the skull, and the crown from which the hair falls [MM].
_SKULL = (-93.0, 0.0, 17.0)
_CROWN = (-129.0, 0.0, 85.0)
# Distance of the hair from the skin [MM].
_HEIGHT = {
    HairStyle.BUZZ: 2.0, HairStyle.SHORT: 11.0, HairStyle.MEDIUM: 18.0, HairStyle.LONG: 18.0,
    HairStyle.CURLY: 26.0, HairStyle.TIED: 5.0,
}  # fmt: skip


def hair_colour(appearance: Appearance) -> F32:
    """Linear RGB of the hair."""
    melanin = np.float32(appearance.hair_melanin)
    red = np.float32(appearance.hair_redness)
    brown = np.exp(-np.array([0.55, 1.0, 1.75 + 0.5 * red]) - melanin * np.array([4.0 - 1.2 * red, 4.1, 3.6]))
    grey = np.array([0.42, 0.41, 0.39]) * (1 - 0.5 * melanin)
    return np.asarray(brown + appearance.grey * (grey - brown), np.float32)


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
        # Over the ears and downwards.
        line = np.where(around > 66, np.minimum(line, np.interp(around, (66, 84, 180), (8, -36, -36))), line)
    if a.fringe > 0 and a.hair not in (HairStyle.BALD, HairStyle.BUZZ, HairStyle.TIED):
        line = np.minimum(line, np.interp(around, (0, 46, 60), (26 + high - 22 * a.fringe, 17 - 14 * a.fringe, 60)))
    above = up - line
    if a.hair not in (HairStyle.MEDIUM, HairStyle.LONG):
        ear = blob(np.asarray(x + 94, np.float32), np.asarray(z + 27, np.float32), 26, 38) * smooth_step(
            64, 72, np.abs(y)
        )
        above = above - 60 * ear
    return np.asarray(above, np.float32)


def sharp(texture: U8) -> U8:
    """Make a hair texture mostly opaque or clear: only one layer is drawn, and the background would show through it."""
    opacity = texture[:, :, 3] / 255
    return np.dstack([texture[:, :, :3], (255 * smooth_step(0.30, 0.62, opacity) + 0.5).astype(np.uint8)])


def paint_hair(surface: Surface, chart: Chart, a: Appearance, rng: np.random.Generator) -> tuple[U8, Accessory | None]:
    """The texture of the hair, and the shell that carries it."""
    if a.hair == HairStyle.BALD:
        return np.zeros((2**LEVELS, 2**LEVELS, 4), np.uint8), None
    half = (chart.x.shape[1] // 2, chart.x.shape[0] // 2)
    neck_rows = NECK_ROWS * half[1] // SKIN_HEIGHT
    x, y, z = (
        np.asarray(cv2.resize(m, half, interpolation=cv2.INTER_AREA), np.float32) for m in (chart.x, chart.y, chart.z)
    )
    above = above_hairline(x, y, z, a)
    dx, dy, dz = x - _CROWN[0], y, z - _CROWN[2]
    away = np.sqrt(dx * dx + dy * dy + dz * dz)
    turn = np.arctan2(dy, dx + 0.4 * dz)
    curl = {HairStyle.CURLY: 3.0, HairStyle.MEDIUM: 0.6, HairStyle.LONG: 0.6}.get(a.hair, 0.3)
    wave = curl * noise(rng, x.shape, 40)
    across = turn * 140 + 2 * wave
    along = away * 0.03 + (3.0 * noise(rng, x.shape, 90) if a.hair == HairStyle.CURLY else 0)
    # The rows of the neck are free for hair that hangs down.
    hanging = np.zeros(x.shape, np.bool_)
    hanging[-neck_rows:] = True
    u, v = np.meshgrid(np.linspace(0, 1, x.shape[1]), np.linspace(0, 1, neck_rows))
    across[hanging] = (u * 150 + 2 * wave[hanging].reshape(u.shape)).ravel()
    along[hanging] = (v * 5).ravel()
    hairs = 0.6 * strands(rng, along, across) + 0.5 * strands(rng, along * 1.7, across * 2.3)
    clumps = strands(rng, along * 0.3, across * 0.2)
    edge = 5.0 if a.hair != HairStyle.BUZZ else 3.0
    share = smooth_step(0.0, edge, above + 2.2 * hairs + 1.5 * clumps)
    ends = (
        smooth_step(1.0, 0.8, v + 0.12 * clumps[hanging].reshape(v.shape))
        * smooth_step(0, 0.04, u)
        * smooth_step(1, 0.96, u)
    )
    share[hanging] = ends.ravel()
    shade = np.clip(1 + 0.45 * hairs + 0.15 * clumps, 0.2, 2)
    texture = encode(np.asarray(hair_colour(a) * shade[..., None], np.float32), share)
    return texture, _shell(surface, a, rng)


def _shell(surface: Surface, a: Appearance, rng: np.random.Generator) -> Accessory:
    points = surface.template / MM
    degrees = above_hairline(points[:, 0], points[:, 1], points[:, 2], a)
    chosen = (surface.parts == Part.SKIN) & (degrees[surface.triangles] > -6).any(1)
    root, triangles = np.unique(surface.triangles[chosen], return_inverse=True)
    triangles = triangles.reshape(-1, 3)
    height = _HEIGHT[a.hair] * rng.uniform(0.7, 1.3)
    x, y, z = points[root].T
    if a.hair == HairStyle.SHORT:
        height = height * (0.45 + 0.75 * np.clip((z - 5) / 80, 0, 1))
    lift = 1.0 + height * smooth_step(1, 26, degrees[root])
    # A fringe lies close to the forehead.
    lift = np.minimum(lift, 4.0 + np.maximum(0, (z - 50) * 0.5) + np.maximum(0, -(x + 45) * 0.6))
    ears = ((x + 96) / 26) ** 2 + ((z + 32) / 40) ** 2 < 1
    fill, span, weights = _cover(triangles, np.flatnonzero(ears & (np.abs(y) > 56)))
    shell = Accessory(
        HAIR, root.astype(np.int32), lift * MM, np.zeros((len(root), 3)),
        triangles.astype(np.int32), surface.uv[chosen], fill, span, weights,
    )  # fmt: skip
    return _with_curtain(shell, surface, rng) if a.hair == HairStyle.LONG else shell


def _cover(triangles: NDArray[np.intp], inside: NDArray[np.intp]) -> tuple[NDArray[np.int32], NDArray[np.int32], F64]:
    """Points `inside` a mesh as harmonic means of the points around them: the points, those around, and weights."""
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


def _with_curtain(shell: Accessory, surface: Surface, rng: np.random.Generator) -> Accessory:
    """Long hair: a curtain that hangs from the head, around the back from ear to ear."""
    columns, rows = 33, 9
    points = surface.template / MM
    around = np.radians(np.linspace(62, 298, columns))
    down = np.linspace(0, 1, rows)[:, None]
    length = rng.uniform(110, 175)
    # It starts in the hair above, is close to the cheeks in front and a little narrower at the neck.
    wide = (0.86 + 0.14 * smooth_step(0, 0.2, down)) * (1 - 0.08 * np.sin(np.pi * down))
    wide = wide * (1 - 0.10 * smooth_step(-0.1, 0.45, np.cos(around)))
    x = -92 + (102 + 10 * down) * np.cos(around) * wide
    y = (92 + 4 * down) * np.sin(around) * wide
    z = np.broadcast_to(20 - (length + 20) * down, x.shape)
    grid = np.stack([x, y, z], axis=-1) + rng.normal(0, 2.0, (1, columns, 1)) * down[..., None]
    head = np.flatnonzero((surface.data.follow > 0.999) & (points[:, 0] < -60) & (points[:, 2] > -20))
    anchor = grid[0]
    near = head[np.argmin(np.linalg.norm(points[head, None] - anchor, axis=2), axis=0)]
    offset = (grid - points[near]).reshape(-1, 3) * MM
    index = np.arange(rows * columns).reshape(rows, columns)
    quads = np.stack([index[:-1, :-1], index[1:, :-1], index[1:, 1:], index[:-1, 1:]], axis=-1).reshape(-1, 4)
    triangles = quads[:, [0, 1, 2, 0, 2, 3]].reshape(-1, 3)
    share = 1 - (NECK_ROWS - 4) / SKIN_HEIGHT
    u, v = np.meshgrid(np.linspace(0, 1, columns), np.linspace(share, 1, rows))
    uv = np.stack([u, v], axis=-1).reshape(-1, 2)[triangles]
    return Accessory(
        HAIR, np.concatenate([shell.root, np.tile(near, rows).astype(np.int32)]),
        np.concatenate([shell.height, np.zeros(rows * columns)]),
        np.concatenate([shell.offset, offset]),
        np.concatenate([shell.triangles, triangles.astype(np.int32) + np.int32(len(shell.root))]),
        np.concatenate([shell.uv, uv.astype(np.float32)]),
        shell.fill, shell.span, shell.weights,
    )  # fmt: skip
