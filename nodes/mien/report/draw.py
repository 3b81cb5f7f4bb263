"""Draws one face into a picture: box, mesh, head axes, gaze."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np

from mien.core import lens
from mien.core.gaze import lines_of
from mien.core.types import F32, F64, U8, Expression, Face, Intrinsics
from mien.report import mesh, text
from mien.report.style import AXES, SKY, YELLOW, Color
from mien_models.spaces import mesh478

_SHIFT = 4  # bits of sub-pixel precision of OpenCV's lines
_MESH_ALPHA, _CONTOUR_ALPHA = 0.26, 0.8
_MESH_FROM = 12  # size of a face, in text sizes, below which the mesh would hide it and is not drawn
_CONTOUR: Color = (244, 246, 248)
_INK: Color = (16, 18, 22)
_AXIS_M = 0.05
_GAZE_M = 0.12
_GAZE_DEPTH = 0.35  # and at most this share of the distance to the camera, because perspective would enlarge it


@dataclass(frozen=True, slots=True)
class Pen:
    """Draws into a picture. `scale` converts source pixels to pixels of the picture."""

    image: U8
    scale: float
    line: int
    body: int

    def lines(self, chains: Sequence[F32] | Sequence[F64], color: Color, thickness: int = 0) -> None:
        """Open chains of points, in pixels of the picture."""
        points = [np.round(c[:, :2] * (1 << _SHIFT)).astype(np.int32) for c in chains]
        cv2.polylines(self.image, points, False, color, thickness or self.line, cv2.LINE_AA, _SHIFT)

    def edges(self, segments: F32, color: Color) -> None:
        """N×2×2 ends of thin lines."""
        points = list(np.round(segments * (1 << _SHIFT)).astype(np.int32))
        if points:
            cv2.polylines(self.image, points, False, color, 1, cv2.LINE_AA, _SHIFT)

    def dot(self, point: F64 | F32, radius: float, color: Color) -> None:
        x, y = (round(float(c) * (1 << _SHIFT)) for c in point[:2])
        cv2.circle(self.image, (x, y), round(radius * (1 << _SHIFT)), color, -1, cv2.LINE_AA, _SHIFT)

    def ring(self, point: F64 | F32, radius: float, color: Color) -> None:
        x, y = (round(float(c) * (1 << _SHIFT)) for c in point[:2])
        cv2.circle(self.image, (x, y), round(radius * (1 << _SHIFT)), color, self.line, cv2.LINE_AA, _SHIFT)


def draw_face(
    pen: Pen, face: Face, k: Intrinsics, color: Color, label: str, expression: Expression | None = None
) -> None:
    """Draw mesh, box, head axes, gaze and label of one face. k: in pixels of the source. expression: of that face."""
    points = face.landmarks * np.float32(pen.scale)
    if np.isfinite(points).all() and points.any():
        _mesh(pen, points)
    _box(pen, face.box * np.float32(pen.scale), color)
    if face.pose is not None:
        _axes(pen, face.pose, k)
    _gaze(pen, face, lines_of(face, expression), k)
    _tag(pen, face.box * np.float32(pen.scale), color, label)


def _mesh(pen: Pen, points: F32) -> None:
    """The mesh, half transparent, so that the face stays visible."""
    height, width = pen.image.shape[:2]
    low = np.clip(points[:, :2].min(0) - 4, 0, None).astype(int)
    high = np.minimum(points[:, :2].max(0) + 5, (width, height)).astype(int)
    if (low >= high).any():
        return
    part = pen.image[low[1] : high[1], low[0] : high[0]]
    local = points - np.array([*low, 0], np.float32)
    if (high - low).max() >= _MESH_FROM * pen.body:
        with _Veil(part, pen, _MESH_ALPHA) as over:
            over.edges(local[mesh.tesselation()][:, :, :2], _CONTOUR)
    with _Veil(part, pen, _CONTOUR_ALPHA) as over:
        over.lines([_ring(local, mesh478.OVAL)], _CONTOUR, 1)
        contours = [_ring(local, c) for c in (*mesh478.LIPS, *mesh478.EYES, *mesh478.BROWS)]
        over.lines(contours, _CONTOUR, max(1, round(0.67 * pen.line)))
        for pupil, *ends in mesh478.IRISES:
            radius = float(np.linalg.norm(local[ends, :2] - local[pupil, :2], axis=1).mean())
            over.ring(local[pupil], radius, SKY)


def _ring(points: F32, outline: tuple[int, ...]) -> F32:
    return points[[*outline, outline[0]]]


class _Veil:
    """A context whose pen draws on a copy, which is blended over the picture at the end."""

    def __init__(self, under: U8, pen: Pen, alpha: float) -> None:
        self._under = under
        self._alpha = alpha
        self._over = Pen(under.copy(), pen.scale, pen.line, pen.body)

    def __enter__(self) -> Pen:
        return self._over

    def __exit__(self, *_: object) -> None:
        cv2.addWeighted(self._over.image, self._alpha, self._under, 1 - self._alpha, 0, dst=self._under)


def _box(pen: Pen, box: F32, color: Color) -> None:
    """The corners of the box; a full frame would distract from the face."""
    x, y, w, h = (float(v) for v in box)
    arm = 0.18 * min(w, h)
    corners = [
        np.array([(cx, cy + dy * arm), (cx, cy), (cx + dx * arm, cy)])
        for cx, dx in ((x, 1), (x + w, -1))
        for cy, dy in ((y, 1), (y + h, -1))
    ]
    pen.lines(corners, color, pen.line + 1)


def _axes(pen: Pen, pose: F64, k: Intrinsics) -> None:
    """Head axes from the sellion: x out of the face, y to its left, z up."""
    tips = np.concatenate([pose[:3, 3:4], pose[:3, 3:4] + _AXIS_M * pose[:3, :3]], axis=1).T
    pixels = _project(tips, k) * pen.scale
    if not np.isfinite(pixels).all():
        return
    order = sorted(range(3), key=lambda i: -tips[i + 1, 2])  # the farthest first
    for i in order:
        pen.lines([pixels[[0, i + 1]]], AXES[i], pen.line + 1)
        pen.dot(pixels[i + 1], 1.4 * (pen.line + 1), AXES[i])


def _gaze(pen: Pen, face: Face, lines: F64, k: Intrinsics) -> None:
    """A ray from each pupil, fainter where its confidence is lower."""
    for pupil, direction, sure in zip(mesh478.PUPILS, lines, face.gaze_confidence, strict=True):
        if not np.isfinite(direction).all() or sure <= 0.05 or face.pose is None:
            continue
        x, y = lens.undistort(face.landmarks[pupil : pupil + 1, :2].astype(np.float64), k)[0]
        depth = float(face.pose[2, 3])
        eye = np.array([(x - k.cx) / k.fx, (y - k.cy) / k.fy, 1.0]) * depth
        reach = min(_GAZE_M, _GAZE_DEPTH * depth)
        pixels = _project(np.stack([eye, eye + reach * direction]), k) * pen.scale
        if np.isfinite(pixels).all():
            faded = _mix(YELLOW, (120, 118, 90), float(sure))
            pen.lines([pixels], faded, pen.line)
            pen.dot(pixels[1], 2.2 * pen.line, faded)


def _project(points: F64, k: Intrinsics) -> F64:
    """N×3 points in the optical frame to N×2 pixels; NaN behind the camera."""
    z = np.where(points[:, 2:] > 1e-3, points[:, 2:], np.nan)
    return lens.distort(points[:, :2] / z * (k.fx, k.fy) + (k.cx, k.cy), k)


def _tag(pen: Pen, box: F32, color: Color, label: str) -> None:
    """A label above the box, inside the picture."""
    height, width = pen.image.shape[:2]
    pad = round(0.45 * pen.body)
    w, h = text.width(label, pen.body, True) + 2 * pad, round(1.55 * pen.body)
    x = int(np.clip(round(float(box[0])), 0, max(0, width - w)))
    y = int(np.clip(round(float(box[1])) - h - pad, 0, max(0, height - h)))
    pill(pen.image, x, y, w, h, color)
    text.put(pen.image, label, x + pad, y + 1.12 * pen.body, pen.body, _INK, bold=True)


def pill(image: U8, x: int, y: int, w: int, h: int, color: Color) -> None:
    """A filled rectangle with round corners."""
    mask = np.zeros((h, w), np.uint8)
    r = max(1, h // 4)
    cv2.rectangle(mask, (r, 0), (w - 1 - r, h - 1), 255, -1)
    cv2.rectangle(mask, (0, r), (w - 1, h - 1 - r), 255, -1)
    for cx in (r, w - 1 - r):
        for cy in (r, h - 1 - r):
            cv2.circle(mask, (cx, cy), r, 255, -1, cv2.LINE_AA)
    text.blend(image, mask, x, y, color)


def _mix(a: Color, b: Color, t: float) -> Color:
    r, g, c = (round(t * p + (1 - t) * q) for p, q in zip(a, b, strict=True))
    return r, g, c
