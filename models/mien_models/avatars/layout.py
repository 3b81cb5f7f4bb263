"""Layout of a head: the map from skin to texture, the hairline, the brows.

Everything is defined on MakeHuman's upright base mesh (x forwards, y to its left, z up; metres
before LIFE_SIZE; origin at the sellion). It holds for every person, because all have the same
vertices.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from mien_models.head import HeadData

F64 = NDArray[np.float64]

# How far the line from the lips to the eyes leans back when the body stands upright.
_LEAN = np.radians(16.8)
# Centre of the projection of the skin: each direction from it, as angle from forwards and angle around, is a texel.
CENTRE = np.array([-0.09, 0.0, -0.02])
RADIUS = 0.095  # of the skull [m]
# With a larger value the face gets more of the texture and the back of the head less.
_FOCUS = 0.75

# The hairline: angle from forwards [deg] at angles around [deg] (0 to the side, 90 up).
_HAIRLINES = {
    "human": ((-90, 148), (-45, 132), (-12, 124), (4, 118), (14, 96), (24, 80), (38, 66), (60, 51), (90, 46)),
    "toon": ((-90, 140), (-45, 126), (-12, 118), (4, 108), (14, 84), (24, 70), (38, 56), (60, 42), (90, 38)),
}


def turn_upright(data: HeadData) -> F64:
    """(3, 3) rotation from face axes to those of an upright body."""
    eyes, lips = data.base[data.eyes[0] :].mean(0), data.base[data.lip_ring == 0].mean(0)
    forwards, _, up = eyes - lips
    turn = _LEAN + np.arctan2(forwards, up)
    c, s = np.cos(turn), np.sin(turn)
    return np.array([[c, 0, -s], [0, 1, 0], [s, 0, c]])


def directions(points: F64) -> tuple[F64, F64]:
    """Angles [rad] of points (..., 3) from forwards, 0 to π, and around, 0 to the left and π/2 up."""
    x, y, z = np.moveaxis(points - CENTRE, -1, 0)
    across = np.hypot(y, z)
    return np.arctan2(across, x), np.arctan2(z, y)


def skin_uv(points: F64) -> F64:
    """(..., 2) texture coordinates in [0, 1], v down, as glTF has it; the face is in the middle."""
    away, around = directions(points)
    radius = 0.5 * np.expm1(-_FOCUS * away) / np.expm1(-_FOCUS * np.pi)
    return np.stack([0.5 + radius * np.cos(around), 0.5 - radius * np.sin(around)], axis=-1)


def texel_directions(uv: F64) -> tuple[F64, F64]:
    """The angles of `directions` at texture coordinates (..., 2)."""
    x, y = uv[..., 0] - 0.5, 0.5 - uv[..., 1]
    share = np.minimum(2 * np.hypot(x, y), 1)
    return np.asarray(-np.log1p(share * np.expm1(-_FOCUS * np.pi)) / _FOCUS), np.arctan2(y, x)


def hair_depth(style: str, away: F64, around: F64) -> F64:
    """Distance [m] of directions to the hairline, positive inside the hair."""
    degrees, line = np.array(_HAIRLINES[style], np.float64).T
    folded = np.degrees(_fold(around))
    edge = np.radians(np.interp(folded, degrees, line))
    if style == "toon":
        edge = edge + _fringe(folded)
    return np.asarray(np.minimum(away - edge, _beside_ears(away, around)) * RADIUS)


def _beside_ears(away: F64, around: F64) -> F64:
    """Angle [rad] from the edge of the nearer ear, negative on it."""
    ear_away, ear_around = directions(EAR)
    cosine = np.cos(away) * np.cos(ear_away) + np.sin(away) * np.sin(ear_away) * np.cos(_fold(around) - ear_around)
    return np.asarray(np.arccos(np.clip(cosine, -1, 1)) - _EAR_SIZE)


def _fold(around: F64) -> F64:
    """Mirror directions on the right to the left, because both sides are alike."""
    return np.asarray(np.arcsin(np.clip(np.sin(around), -1, 1)))


def _fringe(degrees: F64) -> F64:
    """Pointed strands over the forehead that fade out towards the ears [rad]."""
    wave = np.abs(np.sin(np.pi * (degrees - 90) / 26))
    return np.asarray(0.17 * (wave - 0.5) * np.clip((degrees - 20) / 25, 0, 1))


# The neckline: its height at the throat and at the nape, and their positions forwards [m].
_NECKLINE = ((-0.145, -0.138), (-0.035, -0.192))


def body_uv(points: F64) -> F64:
    """(..., 2) texture coordinates of neck and shoulders, projected from the side with lowered shoulders, v down."""
    x, y, z = np.moveaxis(points, -1, 0)
    height = z - np.maximum(np.abs(y) - 0.07, 0)
    return np.stack([(x + 0.25) / 0.3, (-0.05 - height) / 0.3], axis=-1)


def below_neckline(uv: F64) -> F64:
    """Distance [m] of texture coordinates of `body_uv` below the neckline."""
    forwards, heights = np.array(_NECKLINE).T
    return np.asarray(np.interp(uv[..., 0] * 0.3 - 0.25, forwards, heights) - (-0.05 - 0.3 * uv[..., 1]))


EAR = np.array([-0.105, 0.08, -0.02])
_EAR_SIZE = 0.34  # [rad]

# The left brow from its inner to its outer end, and the centres of coloured spots.
BROW = np.array([[0.0, 0.0115, 0.010], [-0.005, 0.0256, 0.0155], [-0.0105, 0.039, 0.0175], [-0.0225, 0.0535, 0.0095]])
# A cartoon's brow is higher, most at its inner end.
TOON_BROW = BROW + np.array([[0, 0.001, 0.008], [0, 0, 0.007], [0, 0, 0.006], [0, -0.002, 0.005]])
CHEEK = np.array([-0.02, 0.045, -0.042])
NOSE_TIP = np.array([0.0175, 0.0, -0.041])
NOSTRIL = np.array([0.006, 0.0085, -0.0495])
EYE = np.array([-0.013, 0.0308, -0.004])
CHIN = np.array([0.0, 0.0, -0.1])
