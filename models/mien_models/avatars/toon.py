"""Turn a person into a cartoon of the same topology: larger eyes, a rounder head, the same expressions."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from mien_models.head import HeadData, Identity
from mien_models.head.model.table import code_names

F64 = NDArray[np.float64]

# Identity entries of every cartoon: a child's proportions and a small nose.
_TRAITS = {
    "age": -1.0, "eye_size": 1.0, "head_round": 0.6, "cheek_volume": 0.8, "cheek_bones": -0.8,
    "nose_volume": -0.6, "nose_hump": -0.6, "nose_tip": 0.6, "nostril_flare": -0.6, "chin_width": -0.5,
    "jaw_bones": -0.6, "brow_ridge": -0.6, "eye_open_inner": 0.4, "eye_open_middle": 0.8, "eye_open_outer": 0.4,
    "lip_upper_volume": -0.8, "lip_lower_volume": -0.8, "lip_upper_height": -0.8, "lip_lower_height": -0.6,
    "mouth_width": -0.3,
}  # fmt: skip
_NECK = np.array([-0.09, 0.0, -0.16])
_BIGGER = 1.15  # scale of the head relative to the shoulders


@dataclass(frozen=True, slots=True, eq=False)
class Lens:
    """A scaling about `centre`, in full within `inner_m` of `middle` and none from `outer_m` on; face axes."""

    centre: F64
    scale: F64
    middle: F64
    inner_m: float
    outer_m: float

    def __call__(self, points: F64) -> F64:
        """Points (..., 3) after the scaling."""
        away = np.linalg.norm(points - self.middle, axis=-1, keepdims=True)
        s = np.clip((self.outer_m - away) / (self.outer_m - self.inner_m), 0, 1)
        return np.asarray(points + s * s * (3 - 2 * s) * (self.scale - 1) * (points - self.centre))


def identity(person: Identity) -> Identity:
    """The identity of a person's cartoon; skin, gender and other entries are kept."""
    code = person.code.copy()
    for name, value in _TRAITS.items():
        code[code_names().index(name)] = value
    return Identity(code)


def warp(data: HeadData, face: F64) -> Callable[[F64], F64]:
    """A function that warps points (..., V, 3) of a head, `face` (V, 3) at rest, to those of a cartoon."""
    bigger = 1 + data.follow[:, None] * (_BIGGER - 1)
    lenses = _lenses(data, face)

    def warped(points: F64) -> F64:
        for lens in lenses:
            points = lens(points)
        return np.asarray(_NECK + (points - _NECK) * bigger)

    return warped


def _lenses(data: HeadData, face: F64) -> list[Lens]:
    left, right = data.eyes
    eyes = [face[left:right].mean(0), face[right:].mean(0)]
    radius = float(np.linalg.norm(face[left:right] - eyes[0], axis=1).mean())
    skull = np.array([-0.08, 0.0, 0.0])
    nose = face[np.argmax(face[:, 0])]
    return [
        Lens(nose - [0.02, 0, 0], np.array([0.75, 0.7, 0.7]), nose, 0.010, 0.030),
        Lens(skull, np.array([1.0, 1.08, 0.96]), skull, 0.12, 0.22),
        # Eyes grow about a point at their front, so that they do not bulge, and outwards from the nose.
        *(Lens(eye + np.array([radius, -0.3 * eye[1], 0]), np.full(3, 1.32), eye, 0.022, 0.045) for eye in eyes),
    ]
