"""Align faces for networks that read expressions, in the same way in training and in live use.

The head's pose is a 3D similarity between landmarks and the canonical face, fitted to points that
expressions hardly move. So neither an open jaw nor a smile shifts the face in its crop.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cache
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from mien_models.geometry import load_face_geometry
from mien_models.spaces import mesh478

F32 = NDArray[np.float32]
F64 = NDArray[np.float64]
U8 = NDArray[np.uint8]

CROP_SIZE = 112

# Position of the middle between the eyes in a crop, and distance of the eyes, as shares of its side.
_MIDDLE = (0.5, 0.32)
_EYES = 0.32

_POINT = 1e-6  # a smaller face counts as a single point [px]

# Landmarks of the fit and their weights: corners of the eyes, the nose from its bridge to its tip, and its
# sides. Of the sets tried, this one keeps turned heads most stable; landmarks before the ears are
# unreliable.
_WEIGHTS = dict.fromkeys(mesh478.EYE_CORNERS, 2) | dict.fromkeys((*mesh478.NOSE_BRIDGE, *mesh478.NOSE_SIDES), 1)


def canonical(landmarks: NDArray[Any]) -> F32:
    """(..., 478, 2) landmarks as if the head faced the camera, from landmarks (..., 478, 3) [px].

    x to the person's left, y up, from the middle between the eyes; the unit is the distance between
    the eye centres of the canonical face. If a landmark of the fit is NaN, or all are at one
    place, all results are NaN.
    """
    rotation, scale, middle = _fit(landmarks)
    turned = (landmarks - middle[..., None, :]) @ rotation
    return np.asarray(turned[..., :2] * (1, -1) / scale[..., None, None], np.float32)


def turn(landmarks: NDArray[Any]) -> F64:
    """(..., 3, 3) rotations of heads with landmarks (..., 478, 3) [px], after they faced the camera.

    Axes are those of the image (x right, y down, z away). If a landmark of the fit is NaN, the result is no rotation
    of that head.
    """
    return np.array(_fit(landmarks)[0])


def crop_matrix(landmarks: NDArray[Any], size: int = CROP_SIZE) -> F64:
    """(..., 2, 3) maps from pixels of a crop to pixels of the image, from landmarks (..., 478, 3) [px]."""
    rotation, scale, middle = _fit(landmarks)
    # The rotation in the image plane that is nearest to the rotation in space.
    angle = np.arctan2(rotation[..., 1, 0] - rotation[..., 0, 1], rotation[..., 0, 0] + rotation[..., 1, 1])
    out = np.empty((*angle.shape, 2, 3))
    out[..., 0, 0] = out[..., 1, 1] = np.cos(angle)
    out[..., 1, 0] = np.sin(angle)
    out[..., 0, 1] = -out[..., 1, 0]
    out[..., :2] *= scale[..., None, None] / (_EYES * size)
    out[..., 2] = middle[..., :2] - out[..., :2] @ (_MIDDLE[0] * size, _MIDDLE[1] * size)
    return out


def crop(image: U8, landmarks: NDArray[Any], size: int = CROP_SIZE) -> U8:
    """size×size RGB crop of one face; black outside the image, and all black if landmarks are NaN.

    The middle between the eyes is at (0.5, 0.32) of its side, and the eyes of a frontal face are
    0.32 apart, so that raised brows and the lips of a wide-open jaw are inside.
    """
    return crops(image, landmarks[None], size)[0]


def crops(image: U8, landmarks: NDArray[Any], size: int = CROP_SIZE) -> list[U8]:
    """The crops of N faces with landmarks (N, 478, 3) [px]; see `crop`."""
    return [_cut(image, seen, size) for seen in views(landmarks, image.shape[1], image.shape[0], size)]


def _cut(image: U8, seen: View, size: int) -> U8:
    if not seen.width or not seen.height:
        return np.zeros((size, size, 3), np.uint8)
    rows = slice(seen.top, seen.top + seen.height * seen.step)
    part = image[rows, seen.left : seen.left + seen.width * seen.step]
    # OpenCV has vector code for means of 2×2 pixels: repeated, they take a third of the time of means of
    # 16×16 pixels.
    while part.shape[1] > seen.width:
        half = part.shape[1] // 2, part.shape[0] // 2
        part = np.asarray(cv2.resize(part, half, interpolation=cv2.INTER_AREA), np.uint8)
    return np.asarray(
        cv2.warpAffine(part, seen.matrix, (size, size), flags=cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP), np.uint8
    )


@dataclass(frozen=True, slots=True)
class View:
    """The part of an image that a crop reads: `width` × `height` blocks of step×step pixels from (left, top) on.

    `matrix` is 2×3, from pixels of the crop to blocks. The part is empty if landmarks are NaN.
    """

    matrix: F64
    left: int = 0
    top: int = 0
    width: int = 0
    height: int = 0
    step: int = 1


def views(landmarks: NDArray[Any], width: int, height: int, size: int = CROP_SIZE) -> list[View]:
    """The parts of an image that crops of landmarks (N, 478, 3) [px] read, to make the crops elsewhere; see `crop`."""
    return [_view(matrix, width, height, size) for matrix in crop_matrix(landmarks, size)]


def _view(matrix: F64, width: int, height: int, size: int) -> View:
    """The view of a crop, from its matrix.

    Blocks of pixels are averaged, because a large face would otherwise be sampled at every third or
    fourth pixel, with the noise of each. Between one and two blocks are left per pixel of the crop;
    bilinear sampling is then nearer to the mean over a pixel than for one block per pixel.
    """
    if not np.isfinite(matrix).all():
        return View(matrix)
    step = 1 << max(int(np.hypot(matrix[0, 0], matrix[1, 0])).bit_length() - 1, 0)
    if step == 1:
        return View(matrix, 0, 0, width, height)
    (x0, x1), (y0, y1) = (
        _reach(row, size, step, most) for row, most in zip(matrix.tolist(), (width, height), strict=True)
    )
    middle = (step - 1) / 2
    into = (matrix - [[0, 0, x0 + middle], [0, 0, y0 + middle]]) / step
    return View(into, x0, y0, (x1 - x0) // step, (y1 - y0) // step, step)


def _reach(row: list[float], size: int, margin: int, most: int) -> tuple[int, int]:
    """First and last pixel, within [0, most], that a crop covers along one axis; `row` is that of its matrix."""
    a, b, start = row
    first = start + size * (min(a, 0) + min(b, 0)) - margin
    last = start + size * (max(a, 0) + max(b, 0)) + margin
    return min(max(math.floor(first), 0), most), min(max(math.ceil(last), 0), most)


def _fit(landmarks: NDArray[Any]) -> tuple[F64, F64, F64]:
    """Rotation (..., 3, 3), scale [px per distance of the eyes] and middle between the eyes (..., 3) [px].

    Scale and middle are NaN if landmarks are NaN or at one place. The fit is the
    weighted least-squares similarity from the canonical face, in image axes (x right, y down,
    z away): Umeyama, "Least-squares estimation of transformation parameters", PAMI 1991.
    """
    ids, weights, weighted, middle_of_model, spread = _model()
    points = landmarks[..., ids, :].astype(np.float64)
    global _last
    given, found = _last
    if given.shape == points.shape and (given == points).all():  # NaN equals nothing
        return found
    given = points.copy()
    finite = np.isfinite(points).all(axis=(-2, -1))
    if not finite.all():
        points[~finite] = 0
    # The model is centred, so the points need not be.
    u, s, vt = np.linalg.svd(np.swapaxes(points, -1, -2) @ weighted)
    rotation = u @ vt
    mirrored = np.linalg.det(rotation) < 0
    if mirrored.any():
        sign = np.where(mirrored, -1.0, 1.0)
        u[..., :, 2] *= sign[..., None]
        s[..., 2] *= sign
        rotation = u @ vt
    scale = s.sum(-1) / spread
    scale = np.where(scale > _POINT, scale, np.nan)
    # The model's origin is the middle between the eyes.
    found = rotation, scale, weights @ points - scale[..., None] * (rotation @ middle_of_model)
    _last = given, found
    return found


# Points of the last fit and what it found: in one process, crops and canonical landmarks are of the same faces.
_last: tuple[F64, tuple[F64, F64, F64]] = (np.empty(0), (np.empty(0), np.empty(0), np.empty(0)))


@cache
def _model() -> tuple[NDArray[np.int64], F64, F64, F64, float]:
    """Landmarks of the fit, their weights (sum 1), the weighted model about its centre, that centre, and its variance.

    The unit is the distance of the eyes; image axes, origin in the middle between the eyes.
    """
    vertices = load_face_geometry().vertices * (1, -1, -1)
    left, right = (vertices[list(eye)].mean(0) for eye in zip(mesh478.EYE_OUTER, mesh478.EYE_INNER, strict=True))
    ids = np.array(list(_WEIGHTS))
    weights = np.array(list(_WEIGHTS.values()), np.float64)
    weights /= weights.sum()
    model = (vertices[ids] - (left + right) / 2) / np.linalg.norm(left - right)
    centre = weights @ model
    weighted = (model - centre) * weights[:, None]
    return ids, weights, weighted, centre, float(np.vdot(weighted, model - centre))
