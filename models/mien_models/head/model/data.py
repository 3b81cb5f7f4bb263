"""The arrays of the parametric head, and what its triangles belong to."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

import numpy as np
from numpy.typing import NDArray

F32 = NDArray[np.float32]
F64 = NDArray[np.float64]
I32 = NDArray[np.int32]
U8 = NDArray[np.uint8]

# The people in the files have realistic heights (1.59 and 1.73 m), but their heads are too small.
# Enlarged by this factor, an adult's pupils are 63 mm apart, sellion and chin 118 mm, and the head is
# 153 mm broad; NIOSH measured 63, 118 and 150 (Zhuang and Bradtmiller, "Head-and-face anthropometric
# survey of U.S. respirator users", 2005).
LIFE_SIZE = 1.1
# A millimetre of the head as the files have it [m]: the unit of positions for paint, hair and accessories.
MM = 1e-3 * LIFE_SIZE


class Part(IntEnum):
    """What a triangle belongs to."""

    SKIN = 0
    TORSO = 1
    MOUTH = 2  # the inside of lips and cheeks, palate, throat
    SOCKET = 3  # the inside of the lids
    TEETH_UPPER = 4
    TEETH_LOWER = 5
    TONGUE = 6
    LASHES_UPPER = 7
    LASHES_LOWER = 8
    EYE_LEFT = 9
    EYE_RIGHT = 10


@dataclass(frozen=True, slots=True, eq=False)
class HeadData:
    """The head in face axes (x out of the face, y to its left, z up), metres, origin at the sellion.

    Lengths are LIFE_SIZE times those of the files. base (V, 3): MakeHuman's base mesh. ethnic (18,
    V, 3), universal (18, V, 3), local (L, V, 3): displacements of identity, in the orders of
    `table`; their sellion stays at the origin. local has the displacements at the limit of each
    row. expression (52, V, 3): displacements of BLENDSHAPES. Those of gaze move the lids only;
    eyeballs are rotated instead. The last two runs of vertices are the left and the right eyeball
    (`eyes`, their first vertices), whose mean is their centre.

    triangles, triangles_uv (T, 3): indices into vertices and uv, counter-clockwise seen from
    outside. parts (T,): Part. uv (U, 2): of the original, v up. follow (V,): 1 where a vertex
    moves with the head, 0 where it stays with the shoulders. lip_ring, lid_ring (V,): edge loops
    counted from where the skin turns into the mouth and into the eye sockets. lids (2, 2, 2):
    vertices of the margins at the middle, left and right × upper and lower; lips (2,): where upper
    and lower lip touch in the middle. ambient (V,), shadow
    (V, 16): how much light reaches a vertex from all sides, and by direction; see `visibility`.
    """

    base: F64
    ethnic: F64
    universal: F64
    local: F64
    expression: F64
    eyes: tuple[int, int]
    lids: I32
    lips: I32
    triangles: I32
    triangles_uv: I32
    parts: U8
    uv: F32
    follow: F64
    lip_ring: F32
    lid_ring: F32
    ambient: F32
    shadow: F32
