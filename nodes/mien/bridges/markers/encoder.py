"""Lines that show faces, in the image and in space."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from mien.core.gaze import lines_of
from mien.core.types import F64, Expression, Face
from mien_models.spaces import mesh478

RED, GREEN, BLUE, YELLOW, WHITE = (1.0, 0.2, 0.2), (0.2, 1.0, 0.2), (0.3, 0.5, 1.0), (1.0, 0.9, 0.2), (1.0, 1.0, 1.0)
_AXES = (RED, GREEN, BLUE)  # x out of the face, y to its left, z up
_SURE = 0.1  # a gaze with less confidence is not drawn

_CLOSED = (mesh478.OVAL, *mesh478.EYES, *mesh478.LIPS)
_OPEN = (*mesh478.BROW_UPPER, mesh478.NOSE_BRIDGE)


def _edges() -> tuple[tuple[int, int], ...]:
    closed = [pair for line in _CLOSED for pair in zip(line, (*line[1:], line[0]), strict=True)]
    return (*closed, *(pair for line in _OPEN for pair in pairwise(line)))


_EDGES = np.array(_edges())
_CORNERS = np.array([[0, 0], [1, 0], [1, 1], [0, 1]])


@dataclass(frozen=True, slots=True)
class Lines:
    """points: (N, 2, D) ends of N lines. colors: (N, 3) RGB in [0, 1]."""

    points: F64
    colors: F64


def in_image(face: Face) -> Lines:
    """Box and outlines of a face [px]; what is not finite is left out."""
    corners = face.box[:2] + _CORNERS * face.box[2:]
    box = np.stack([corners, np.roll(corners, -1, axis=0)], axis=1)
    outlines = face.landmarks[_EDGES, :2]
    points = np.concatenate([box, outlines]).astype(np.float64)
    colors = np.array([YELLOW] * len(box) + [GREEN] * len(outlines))
    return _finite(points, colors)


def in_space(face: Face, axis_m: float, gaze_m: float, expression: Expression | None = None) -> Lines:
    """Axes of the head and the gaze of its eyes, in the frame of the camera [m]; none where the pose is not known."""
    if face.pose is None:
        return Lines(np.zeros((0, 2, 3)), np.zeros((0, 3)))
    origin, rotation = face.pose[:3, 3], face.pose[:3, :3]
    ends = [origin + axis_m * axis for axis in rotation.T]
    colors = [*_AXES]
    for gaze, sure in zip(lines_of(face, expression), face.gaze_confidence, strict=True):
        if sure > _SURE:
            ends.append(origin + gaze_m * gaze)
            colors.append(WHITE)
    points = np.array([[origin, end] for end in ends])
    return _finite(points, np.array(colors))


def _finite(points: F64, colors: F64) -> Lines:
    kept = np.isfinite(points).all(axis=(1, 2))
    return Lines(points[kept], colors[kept])
