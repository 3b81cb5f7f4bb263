"""Where eyes look, from their irises and from the eyeLook weights of an expression.

Convention: angles are yaw to the person's left and pitch up, in the head [rad], as in Rig.msg.

Irises are small and half covered by lids, so that their height says little; a network that sees the whole eye
reads up and down better. The table weights both, beside the direction of the camera, in which people mostly look,
and squinting, which the network takes in part for a gaze.
"""

from __future__ import annotations

import math
from pathlib import Path

import numpy as np

from mien.core.geometry import known
from mien.core.types import F32, F64, Expression, Face
from mien_models.spaces.arkit import GAZE_RANGE, INDEX

# Weights of the SOURCES in yaw and in pitch; those without a unit of their own in degrees. Written by
# `mien.evaluate.make_gaze`.
TABLE = Path(__file__).with_name("gaze.csv")
SOURCES = ("one", "sideways", "up", "down", "squint", "irises", "camera")
IN_DEGREES = [SOURCES.index("one"), SOURCES.index("squint")]

# What blendshapes add to the sources sideways, up, down [rad] and squint, as means of both eyes.
_READ: dict[str, tuple[float, float, float, float]] = {}
for _side, _left in (("Left", 1), ("Right", -1)):
    _READ |= {
        f"eyeLookIn{_side}": (-_left * GAZE_RANGE["In"] / 2, 0, 0, 0),
        f"eyeLookOut{_side}": (_left * GAZE_RANGE["Out"] / 2, 0, 0, 0),
        f"eyeLookUp{_side}": (0, GAZE_RANGE["Up"] / 2, 0, 0),
        f"eyeLookDown{_side}": (0, 0, -GAZE_RANGE["Down"] / 2, 0),
        f"eyeSquint{_side}": (0, 0, 0, 0.5),
    }
_SHAPES = np.array([INDEX[name] for name in _READ], np.intp)
_PARTS: F64 = np.array(list(_READ.values()))
# Mean confidence of these blendshapes from which on they count at all, and fully.
_UNSURE, _SURE = 0.2, 0.5
_UNIT = 0.01  # a squared length that differs from 1 by less is that of a unit vector


def _load() -> F64:
    table = np.loadtxt(TABLE, delimiter=",", skiprows=1, usecols=(1, 2))
    table[IN_DEGREES] = np.radians(table[IN_DEGREES])
    return np.ascontiguousarray(table.T)


_WEIGHTS = _load()


def gaze_of(face: Face, expression: Expression | None) -> F64:
    """(2, 2) yaw and pitch [rad] of the left and the right eye in the head; NaN where they are not seen.

    Weights count where the network reads action units too: those of others, as MediaPipe's, are not in degrees.
    """
    left_yaw, left_pitch, right_yaw, right_pitch = by_irises(face)
    both = np.array([[left_yaw, left_pitch], [right_yaw, right_pitch]])
    share = _share(expression)
    if share <= 0 or expression is None:
        return both
    if math.isnan(left_yaw) or math.isnan(right_yaw):
        if math.isnan(left_yaw) and math.isnan(right_yaw):
            return both
        yaw, pitch = (right_yaw, right_pitch) if math.isnan(left_yaw) else (left_yaw, left_pitch)
    else:
        yaw, pitch = (left_yaw + right_yaw) / 2, (left_pitch + right_pitch) / 2
    better = (sources(face, expression.blendshapes, yaw, pitch) * _WEIGHTS).sum(axis=1)
    return np.asarray(both + share * (better - (yaw, pitch)))


def lines_of(face: Face, expression: Expression | None) -> F64:
    """(2, 3) unit vectors of the left and the right eye's gaze in the camera optical frame, as in `Face.gaze`."""
    pose = known(face.pose)
    if pose is None:
        return face.gaze
    yaw, pitch = gaze_of(face, expression).T
    flat = np.cos(pitch)
    return np.asarray(np.stack([flat * np.cos(yaw), flat * np.sin(yaw), np.sin(pitch)], axis=1) @ pose[:3, :3].T)


def by_irises(face: Face) -> list[float]:
    """Yaw and pitch [rad] of the left eye, then of the right, from `Face.gaze`; NaN where a row is no unit vector.

    Plain floats: of so few, they are several times as quick as arrays.
    """
    pose = known(face.pose)
    if pose is None:
        return [math.nan] * 4
    angles = []
    (a, b, c), (d, e, f), (g, h, i) = pose[:3, :3].tolist()
    for u, v, w in face.gaze.tolist():
        if abs(u * u + v * v + w * w - 1) < _UNIT:
            x, y, z = u * a + v * d + w * g, u * b + v * e + w * h, u * c + v * f + w * i
            angles += [math.atan2(y, x), math.atan2(z, math.hypot(x, y))]
        else:
            angles += [math.nan, math.nan]
    return angles


def sources(face: Face, blendshapes: F32, yaw: float, pitch: float) -> F64:
    """(2, 7) what the table weights, for yaw and for pitch: by SOURCES, angles [rad].

    face: with a pose. blendshapes: (52,). yaw, pitch: mean of both eyes by their irises.
    """
    assert face.pose is not None
    sideways, up, down, squint = (blendshapes[_SHAPES].astype(np.float64) @ _PARTS).tolist()
    x, y, z = (-face.pose[:3, 3] @ face.pose[:3, :3]).tolist()
    return np.array(
        [
            [0, sideways, 0, 0, 0, yaw, math.atan2(y, x)],
            [1, 0, up, down, squint, pitch, math.atan2(z, math.hypot(x, y))],
        ]
    )


def _share(expression: Expression | None) -> float:
    """How far the weights of an expression count, [0, 1]."""
    if expression is None or expression.reading is None:
        return 0.0
    sure = float(expression.confidence[_SHAPES].mean())
    if not math.isfinite(sure + float(expression.blendshapes[_SHAPES].sum())):
        return 0.0
    return min(max((sure - _UNSURE) / (_SURE - _UNSURE), 0.0), 1.0)
