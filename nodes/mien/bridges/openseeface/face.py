"""A schematic face of 70 points that follows a rig, in OpenSeeFace's order and axes.

Axes: x to the person's right, y up, z out of the face; millimetres from the tip of the nose. Points:
0-16 edge of the face from right to left, 17-21 right brow from outside, 22-26 left brow from inside,
27-30 bridge of the nose, 31-35 nostrils, 36-41 right eye, 42-47 left eye, 48-52 upper lip from right,
53-57 lower lip from left, 58 right corner, 59-61 upper inner lip from right, 62 left corner, 63-65
lower inner lip from left, 66 and 67 what the right and left eye look through, 68 and 69 their centres.
"""

from __future__ import annotations

import math
from collections.abc import Iterable

import numpy as np

from mien.core.types import F32, F64
from mien_models.spaces import arkit

POINTS = 70
EYE_RADIUS = 12.0
RIGHT_EYE, LEFT_EYE = 68, 69
_Vector = tuple[float, float, float]


def _side(x: float, points: Iterable[_Vector]) -> list[_Vector]:
    return [(x * px, py, pz) for px, py, pz in points]


def _base() -> F64:
    edge = []
    for i in range(17):
        c, s = math.cos(math.pi * i / 16), math.sin(math.pi * i / 16)
        edge.append((66 * c, 38 - 124 * s**1.1, -42 - 66 * abs(c) ** 1.3))
    brow = [(56 - 9.5 * i, 56 + 9 * math.sin(math.pi * i / 5), -45 + 7 * i) for i in range(5)]
    bridge = [(0.0, 41 - 13.7 * i, -20 + 6.7 * i) for i in range(4)]
    nostrils = [(6.0 * (2 - i), -7 - 1.5 * (2 - abs(i - 2)), -13 - 3 * abs(i - 2)) for i in range(5)]
    # Outer corner, upper lid, inner corner, lower lid.
    eye = [(46, 40, -40), (38, 45, -35), (26, 45, -32), (18, 40, -33), (26, 36, -33), (38, 36, -36)]
    inner_first = [eye[i] for i in (3, 2, 1, 0, 5, 4)]
    upper = [(17, -31, -23), (7, -28, -15), (0, -29.5, -13), (-7, -28, -15), (-17, -31, -23)]
    lower = [(-18, -42, -27), (-9, -46, -22), (0, -47, -19), (9, -46, -22), (18, -42, -27)]
    inner_upper = [(12, -34.5, -22), (0, -35, -17), (-12, -34.5, -22)]
    inner_lower = [(-11, -35.5, -23), (0, -36, -19), (11, -35.5, -23)]
    right, left = (27.0, -35.0, -33.0), (-27.0, -35.0, -33.0)
    centre = (32.0, 40.0, -46.0)
    return np.array(
        [
            *edge, *brow, *_side(-1, reversed(brow)), *bridge, *nostrils, *eye, *_side(-1, inner_first),
            *upper, *lower, right, *inner_upper, left, *inner_lower,
            centre, *_side(-1, [centre]), centre, *_side(-1, [centre]),
        ]
    )  # fmt: skip


_UPPER, _LOWER = (48, 49, 50, 51, 52, 59, 60, 61), (53, 54, 55, 56, 57, 63, 64, 65)
_MOUTH = (*_UPPER, *_LOWER, 58, 62)
_CHIN = (5, 6, 7, 8, 9, 10, 11)
# Of shapes without sides.
_MIDDLE: dict[str, tuple[tuple[tuple[int, ...], _Vector], ...]] = {
    "jawOpen": ((_LOWER, (0, -24, -4)), (_CHIN, (0, -24, -6)), ((58, 62), (0, -9, -2)), ((48, 52), (0, -3, 0))),
    "jawForward": ((_CHIN, (0, 0, 6)), (_LOWER, (0, 0, 5))),
    "jawLeft": (((*_CHIN, *_LOWER), (-7, 0, 0)),),
    "jawRight": (((*_CHIN, *_LOWER), (7, 0, 0)),),
    "mouthLeft": ((_MOUTH, (-8, 0, 0)),),
    "mouthRight": ((_MOUTH, (8, 0, 0)),),
    "mouthClose": ((_LOWER, (0, 20, 3)), ((58, 62), (0, 7, 2))),
    "mouthRollUpper": (((59, 60, 61), (0, 1, -3)), ((48, 49, 50, 51, 52), (0, -3, -3))),
    "mouthRollLower": (((63, 64, 65), (0, -1, -3)), ((53, 54, 55, 56, 57), (0, 4, -3))),
    "mouthShrugUpper": ((_UPPER, (0, 4, 1)),),
    "mouthShrugLower": ((_LOWER, (0, 5, 2)), ((7, 8, 9), (0, 4, 2))),
    "browInnerUp": (((20, 21, 22, 23), (0, 9, 0)), ((19, 24), (0, 4, 0))),
}
# Of the right one of a pair; the left one mirrors it.
_RIGHT: dict[str, tuple[tuple[tuple[int, ...], _Vector], ...]] = {
    "eyeBlink": (((37, 38), (0, -8, 0)), ((40, 41), (0, 1, 0))),
    "eyeWide": (((37, 38), (0, 3, 0)),),
    "eyeSquint": (((40, 41), (0, 2.5, 0)), ((37, 38), (0, -1, 0))),
    "browDown": (((17, 18, 19, 20, 21), (-1, -6, 0)), ((20, 21), (-1, -2, 1))),
    "browOuterUp": (((17, 18, 19), (0, 9, 0)), ((20,), (0, 5, 0))),
    "noseSneer": (((31, 32), (0, 3, 0)), ((48, 49), (0, 2, 0))),
    "mouthSmile": (((58,), (6, 8, -3)), ((48, 57), (3, 3, -1)), ((59, 65), (3, 3, -1))),
    "mouthFrown": (((58,), (1, -7, 0)), ((48, 57), (0, -2, 0))),
    "mouthDimple": (((58,), (4, 1, -3)),),
    "mouthStretch": (((58,), (7, -3, -3)), ((48, 57), (3, -1, -1))),
    "mouthPress": (((48, 49, 59), (0, -1, 0)), ((57, 56, 65), (0, 1, 0))),
    "mouthUpperUp": (((48, 49, 59), (0, 5, 0)), ((50, 60), (0, 2.5, 0))),
    "mouthLowerDown": (((57, 56, 65), (0, -6, 0)), ((55, 64), (0, -3, 0))),
}


def _mirror_point(i: int) -> int:
    """The same place on the other side of the face."""
    for begin, end in ((0, 16), (17, 26), (31, 35), (48, 52), (53, 57), (59, 61), (63, 65), (66, 67), (68, 69)):
        if begin <= i <= end:
            return begin + end - i
    # Eyes begin outside on the right, inside on the left.
    others = {36: 45, 37: 44, 38: 43, 39: 42, 40: 47, 41: 46, 58: 62}
    others |= {v: k for k, v in others.items()}
    return others.get(i, i)


def _moves() -> F64:
    """(52, 210): how much each shape moves each coordinate."""
    moves = np.zeros((len(arkit.BLENDSHAPES), POINTS, 3))
    for name, parts in _MIDDLE.items():
        for points, move in parts:
            moves[arkit.INDEX[name], list(points)] += move
    for name, parts in _RIGHT.items():
        for points, (x, y, z) in parts:
            moves[arkit.INDEX[name + "Right"], list(points)] += (x, y, z)
            moves[arkit.INDEX[name + "Left"], [_mirror_point(i) for i in points]] += (-x, y, z)
    # Lips that come together and forward.
    base = _base()
    mouth = list(_MOUTH)
    for name, closer, forward in (("mouthPucker", 0.42, 8.0), ("mouthFunnel", 0.25, 7.0)):
        moves[arkit.INDEX[name], mouth, 0] -= closer * base[mouth, 0]
        moves[arkit.INDEX[name], mouth, 2] += forward
    moves[arkit.INDEX["mouthFunnel"], list(_LOWER), 1] -= 5
    moves[arkit.INDEX["mouthFunnel"], list(_UPPER), 1] += 3
    return moves.reshape(len(arkit.BLENDSHAPES), -1)


_BASE, _MOVES = _base().astype(np.float32), _moves().astype(np.float32)


def points(weights: F32, gaze: F32) -> F32:
    """(70, 3) [mm] of 52 weights and of the gaze, (left, right) × (yaw, pitch) [rad]."""
    face = _BASE + (weights @ _MOVES).reshape(POINTS, 3)
    for i, centre, (yaw, pitch) in ((66, RIGHT_EYE, gaze[1].tolist()), (67, LEFT_EYE, gaze[0].tolist())):
        flat = math.cos(pitch)
        x, y, z = face[centre].tolist()
        r = EYE_RADIUS
        face[i] = x - r * math.sin(yaw) * flat, y + r * math.sin(pitch), z + r * math.cos(yaw) * flat
    return np.asarray(face)
