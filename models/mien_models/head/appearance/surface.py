"""Texture coordinates of the head's triangles, on three textures.

SKIN is the unwrapped face and neck, the middle enlarged. HAIR is unwrapped like it and lies on a
shell above it. DETAIL is an atlas of small things: eyes, teeth, tongue, lashes,
glasses, and things held before the face.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

import numpy as np
from numpy.typing import NDArray

from mien_models.head.model.data import MM, HeadData, Part
from mien_models.head.model.head import Head
from mien_models.head.model.identity import Identity

F32 = NDArray[np.float32]
F64 = NDArray[np.float64]


class Texture(IntEnum):
    """The textures of a painted head."""

    SKIN = 0
    DETAIL = 1
    HAIR = 2


# Parts that a triangle may belong to besides those of the data.
HAIR, FRAME, LENS, HAND, MASK, CUP = range(len(Part), len(Part) + 6)
# The side of SKIN in texels, and the rows below the head's piece that hold the neck and shoulders.
SKIN_WIDTH, SKIN_HEIGHT, NECK_ROWS = 1024, 1152, 128
DETAIL_SIZE = 512

# Places in DETAIL: column, row, width, height in texels.
EYE = (0, 0, 256, 256)
TONGUE = (256, 0, 128, 128)
MUCOSA = (384, 0, 128, 128)
TEETH_UPPER = (256, 128, 256, 64)
TEETH_LOWER = (256, 192, 256, 64)
LASHES_UPPER = (0, 256, 256, 64)
LASHES_LOWER = (0, 320, 256, 64)
SPECTACLE_FRAME = (256, 256, 64, 64)
SPECTACLE_LENS = (320, 256, 64, 64)
SLEEVE = (384, 256, 64, 64)
FINGER = (0, 384, 128, 128)
PALM = (128, 384, 128, 128)
CLOTH_MASK = (256, 384, 128, 128)
BEAKER = (384, 384, 128, 128)

# Lengths that the edges of the places stand for.
EYE_RADIUS = 1.0  # of the eyeball, from the middle to the edge
TEETH_HEIGHT = 16 * MM  # [m], from the biting edge up
LASH_LENGTH = 6 * MM  # [m]
MOUTH_DEPTH = 60 * MM  # [m], from the lips to the throat


@dataclass(frozen=True, slots=True, eq=False)
class Surface:
    """The head as the renderer sees it, the same for everybody.

    triangles (T, 3), parts (T,), and per corner uv (T, 3, 2) in units of the part's texture, v
    down. template (V, 3): the mean face at rest. teeth_length (2,): of the upper and the lower
    row along the arch [m].
    """

    data: HeadData
    template: F64
    triangles: NDArray[np.int32]
    parts: NDArray[np.uint8]
    uv: F32
    teeth_length: tuple[float, float]

    @classmethod
    def of(cls, head: Head) -> Surface:
        """The surface of a head."""
        data = head.data
        template = head.neutral(Identity.mean())
        uv = _skin_uv(data)[data.triangles_uv]
        lengths = []
        for part, place in ((Part.TEETH_UPPER, TEETH_UPPER), (Part.TEETH_LOWER, TEETH_LOWER)):
            chosen = data.parts == part
            along, length = _teeth_uv(data.base, data.triangles[chosen], up=part == Part.TEETH_UPPER)
            uv[chosen] = _in(place, along)
            lengths.append(length)
        for part, place in ((Part.LASHES_UPPER, LASHES_UPPER), (Part.LASHES_LOWER, LASHES_LOWER)):
            chosen = data.parts == part
            uv[chosen] = _in(place, _lash_uv(data, data.triangles[chosen]))
        for part, ball in ((Part.EYE_LEFT, slice(*data.eyes)), (Part.EYE_RIGHT, slice(data.eyes[1], None))):
            chosen = data.parts == part
            points = data.base - data.base[ball].mean(0)
            points = points / np.linalg.norm(points[ball], axis=1).mean()
            front = points[data.triangles[chosen]][:, :, 1:] / EYE_RADIUS
            uv[chosen] = _in(EYE, 0.5 + 0.5 * front * (1, -1))
        # The skirt below the shoulders has no texture of its own: it uses one spot of cloth.
        uv[np.all(data.triangles_uv == data.triangles_uv[:, :1], axis=1)] = (0.5, 1 - 2 / SKIN_HEIGHT)
        chosen = data.parts == Part.TONGUE
        uv[chosen] = _in(TONGUE, _stretch(data.uv[data.triangles_uv[chosen]]))
        for part, row in ((Part.MOUTH, 0.25), (Part.SOCKET, 0.75)):
            chosen = data.parts == part
            depth = -data.base[data.triangles[chosen]][:, :, 0] / MOUTH_DEPTH
            uv[chosen] = _in(MUCOSA, np.stack([np.clip(depth, 0, 1), np.full_like(depth, row)], axis=-1))
        return cls(data, template, data.triangles, data.parts, uv.astype(np.float32), (lengths[0], lengths[1]))


def texture_of(part: int) -> Texture:
    """The texture of a part."""
    if part in (Part.SKIN, Part.TORSO):
        return Texture.SKIN
    return Texture.HAIR if part == HAIR else Texture.DETAIL


def _skin_uv(data: HeadData) -> F64:
    """(U, 2) from the original unwrapping: the head's piece fills the square, the neck's piece the rows below."""
    uv = np.asarray(data.uv, np.float64)
    out = np.zeros_like(uv)
    head = np.unique(data.triangles_uv[data.parts == Part.SKIN])
    # In the original the head lies on its side, the chin at large u.
    low, high = uv[head].min(0), uv[head].max(0)
    across = 2 * (uv[head, 1] - low[1]) / (high[1] - low[1]) - 1
    down = (uv[head, 0] - low[0]) / (high[0] - low[0])
    share = 1 - NECK_ROWS / SKIN_HEIGHT
    out[head] = np.stack(
        [0.5 + 0.5 * _enlarge(across, 0.0, 6.0, -1, 1), share * (0.5 + 0.5 * _enlarge(down, 0.65, 3.0, 0, 1))], axis=1
    )
    neck = np.setdiff1d(np.unique(data.triangles_uv[data.parts == Part.TORSO]), head)
    inset = 2 / SKIN_WIDTH
    out[neck] = inset + (1 - 2 * inset) * _stretch(uv[neck])
    out[neck, 1] = share + (1 - share) * (0.05 + 0.9 * out[neck, 1])
    inside = (1 - 2 * inset) * out[head] + inset
    out[head] = inside
    return out


def _enlarge(x: F64, centre: float, strength: float, low: float, high: float) -> F64:
    """Map [low, high] to [-1, 1], enlarged around `centre`."""

    def bent(v: F64 | float) -> F64:
        return np.asarray(np.arcsinh(strength * (np.asarray(v) - centre)))

    return 2 * (bent(x) - bent(low)) / (bent(high) - bent(low)) - 1


def _stretch(uv: NDArray[np.floating]) -> F64:
    """Map to [0, 1], v down."""
    flat = uv.reshape(-1, 2)
    low, high = flat.min(0), flat.max(0)
    unit = (np.asarray(uv, np.float64) - low) / (high - low)
    return np.stack([unit[..., 0], 1 - unit[..., 1]], axis=-1)


def _in(place: tuple[int, int, int, int], unit: F64) -> F64:
    """Convert unit coordinates in a place to those of DETAIL, half a texel inside its border."""
    column, row, width, height = place
    size = np.array([width, height])
    return np.asarray((np.array([column, row]) + 0.5 + np.clip(unit, 0, 1) * (size - 1)) / DETAIL_SIZE)


def _teeth_uv(base: F64, triangles: NDArray[np.int32], *, up: bool) -> tuple[F64, float]:
    """Unit coordinates along the arch (person's right to left) and from biting edge to root; its length [m]."""
    used = np.unique(triangles)
    points = base[used]
    centre = np.array([points[:, 0].min(), 0.0])
    angle = np.arctan2(points[:, 1], points[:, 0] - centre[0])
    radius = np.linalg.norm(points[:, :2] - centre, axis=1)
    grid = np.linspace(angle.min(), angle.max(), 41)
    near = np.abs(angle[:, None] - grid) < np.ptp(angle) / 24
    outer = np.array([radius[mask].max() if mask.any() else np.nan for mask in near.T])
    known = np.isfinite(outer)
    outer = np.interp(grid, grid[known], outer[known])
    front = centre + outer[:, None] * np.stack([np.cos(grid), np.sin(grid)], axis=1)
    length = np.concatenate([[0], np.cumsum(np.linalg.norm(np.diff(front, axis=0), axis=1))])
    along = np.interp(angle, grid, length / length[-1])
    # The biting edge rises towards the back.
    edge = np.array(
        [(points[mask, 2].min() if up else points[mask, 2].max()) if mask.any() else np.nan for mask in near.T]
    )
    edge = np.interp(angle, grid[known], edge[known])
    height = np.abs(points[:, 2] - edge) / TEETH_HEIGHT
    unit = np.zeros((len(base), 2))
    unit[used] = np.stack([along, height], axis=1)
    return unit[triangles], float(length[-1])


def _lash_uv(data: HeadData, triangles: NDArray[np.int32]) -> F64:
    """Unit coordinates along the lid (inner to outer corner) and from root to tip."""
    used = np.unique(triangles)
    margin = np.flatnonzero(np.isin(data.lid_ring, (3, 4)))
    apart = np.linalg.norm(data.base[used, None] - data.base[margin], axis=2).min(1)
    across = np.abs(data.base[used, 1])
    unit = np.zeros((len(data.base), 2))
    unit[used, 0] = (across - across.min()) / np.ptp(across)
    unit[used, 1] = apart / LASH_LENGTH
    return unit[triangles]
