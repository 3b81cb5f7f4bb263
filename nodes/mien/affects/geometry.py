"""Distances on a face, as if it looked straight into the camera.

The unit of length is the width between the outer corners of the eyes, about 90 mm on an adult.
"""

from __future__ import annotations

import numpy as np

from mien.core.geometry import to_view
from mien.core.types import F32, F64
from mien_models.spaces import mesh478 as mesh

_Points = mesh.Points

_MENTON = (mesh.MENTON,)
_MOUTH_CORNERS: tuple[_Points, _Points] = ((mesh.MOUTH_CORNERS[0],), (mesh.MOUTH_CORNERS[1],))
_NOSTRILS: tuple[_Points, _Points] = ((mesh.NOSTRIL_BASES[0],), (mesh.NOSTRIL_BASES[1],))
# Two parts upper lip, one part lower: the level of the corners while the jaw drops.
_PARTING = (mesh.UPPER_LIP_BOTTOM, mesh.UPPER_LIP_BOTTOM, mesh.LOWER_LIP_TOP)

# Features that a face has twice. Axis ("z" is up, "y" is away from the midline), the points of the
# left side and of the right, and the points to measure from, none being the line through the corners
# of the eyes. A feature is the mean of its points.
_SIDED: dict[str, tuple[str, _Points, _Points, _Points, _Points]] = {
    "brow_inner": ("z", *mesh.BROW_INNER, (), ()),
    "brow_outer": ("z", *mesh.BROW_OUTER, (), ()),
    "lid_gap": ("z", *mesh.UPPER_LID_MIDDLE, *mesh.LOWER_LID_MIDDLE),
    "lid_upper": ("z", *mesh.UPPER_LID_MIDDLE, (), ()),
    "lid_lower": ("z", *mesh.LOWER_LID_MIDDLE, (), ()),
    "lid_to_cheek": ("z", *mesh.LOWER_LID_MIDDLE, *mesh.UNDER_EYE),
    "nose_wing": ("z", *mesh.NOSE_WINGS, (), ()),
    "lip_upper": ("z", *mesh.UPPER_LIP_PEAKS, *_NOSTRILS),
    "lip_lower": ("z", *mesh.LOWER_LIP_PEAKS, _MENTON, _MENTON),
    "lip_corner": ("z", *_MOUTH_CORNERS, _PARTING, _PARTING),
}
# Features on the midline: axis, from, to.
_MIDLINE: dict[str, tuple[str, _Points, _Points]] = {
    # Of both eyes together: the pupil is small, and what misplaces one rarely misplaces both alike.
    "lids_over_pupils": ("z", (*mesh.UPPER_LID_MIDDLE[0], *mesh.UPPER_LID_MIDDLE[1]), mesh.PUPILS),
    "brow_distance": ("y", *mesh.BROW_INNER),
    "mouth_width": ("y", *_MOUTH_CORNERS),
    "lips_apart": ("z", mesh.UPPER_LIP_INNER[3:6], mesh.LOWER_LIP_INNER[3:6]),
    "lips_height": ("z", mesh.UPPER_LIP_OUTER[3:6], mesh.LOWER_LIP_OUTER[3:6]),
    "chin_boss": ("z", (mesh.LOWER_LIP_BOTTOM,), mesh.CHIN_BOSS),
    "chin_drop": ("z", (mesh.SUBNASALE,), _MENTON),
}
# How features drift with the pitch of the head [per rad, up], for FaceMesh's depth is not true to
# scale. Fitted to 40 rendered heads at rest, within 0.3 rad.
_DRIFT = {
    "brow_inner": -0.06, "brow_outer": -0.12, "brow_distance": -0.06, "lid_gap": -0.02, "lid_upper": -0.02,
    "lip_upper": 0.03, "lip_corner": 0.03, "lip_lower": 0.04, "chin_boss": 0.035, "chin_drop": 0.04,
}  # fmt: skip

FEATURES: tuple[str, ...] = (*(f"{name}_{side}" for name in _SIDED for side in ("left", "right")), *_MIDLINE)

_CORNERS = (*mesh.EYE_OUTER, *mesh.EYE_INNER)
_USED = {i for row in (*_SIDED.values(), *_MIDLINE.values()) for points in row[1:] for i in points}
_POINTS = np.array([*_CORNERS, *sorted(_USED)])


def _matrix() -> F64:
    """(2P × features): what each y and z of _POINTS adds to each feature."""
    where = {int(point): i for i, point in enumerate(_POINTS)}
    m = np.zeros((len(_POINTS), 2, len(FEATURES)))

    def add(feature: str, axis: str, points: _Points, base: _Points, sign: float) -> None:
        for group, part in ((points, sign), (base, -sign)):
            for point in group:
                m[where[point], "yz".index(axis), FEATURES.index(feature)] += part / len(group)

    for name, (axis, left, right, from_left, from_right) in _SIDED.items():
        add(f"{name}_left", axis, left, from_left, 1)
        add(f"{name}_right", axis, right, from_right, -1 if axis == "y" else 1)
    for name, (axis, points, base) in _MIDLINE.items():
        add(name, axis, points, base, 1)
    return m.reshape(2 * len(_POINTS), -1)


_MATRIX = _matrix()
_PITCH = np.array([_DRIFT.get(f.removesuffix("_left").removesuffix("_right"), 0.0) for f in FEATURES])
_UNKNOWN: F64 = np.full(len(FEATURES), np.nan)


def measure(landmarks: F32, pose: F64 | None) -> F64:
    """FEATURES of 478×3 landmarks [px] of a face in its 4×4 pose; NaN where either is not known."""
    if pose is None:
        return _UNKNOWN
    points = landmarks[_POINTS]
    if not np.isfinite(points).all():
        return _UNKNOWN
    rotation = to_view(pose)
    points = points @ rotation[:, 1:]  # y to the left, z up, as the face itself has it
    return np.asarray(_measured(points) + rotation[1, 0] * _PITCH)


def measure_canonical(landmarks: F32 | None) -> F64:
    """FEATURES of 478×2 canonical landmarks (`mien_models.alignment`); NaN where they are not known."""
    return _UNKNOWN if landmarks is None else _measured(landmarks[_POINTS].astype(np.float64))


def _measured(points: F64) -> F64:
    """FEATURES of the (P, 2) points of _POINTS, y to the person's left and z up."""
    y, z = (points[0] - points[1]).tolist()
    square = y * y + z * z
    if not square > 0:
        return _UNKNOWN
    # Level and scale by the line between the outer corners.
    level = np.array([[y, -z], [z, y]]) / square
    points = (points - points[:4].mean(axis=0)) @ level
    return np.asarray(points.reshape(-1) @ _MATRIX)
