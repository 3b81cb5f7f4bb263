"""Visibility of a face in a picture: of named regions and of each landmark, from the renderer's buffers.

A region is a set of points on the face. A point is visible if it is inside the picture, its surface
faces the camera, nothing is drawn clearly in front of it, and its cover (hair, tinted lenses) is
transparent. So head turns, glasses, hair, hands and the border of the picture all reduce visibility.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from mien_models.head.model.data import MM, Part
from mien_models.head.model.landmarks import Landmarks
from mien_models.head.render.cpu import CpuRenderer, Picture
from mien_models.head.render.setting import Camera
from mien_models.spaces import mesh478

F32 = NDArray[np.float32]
F64 = NDArray[np.float64]
Bools = NDArray[np.bool_]

# Left and right are the person's own.
REGIONS: tuple[str, ...] = (
    "eye_left", "eye_right", "brow_left", "brow_right", "nose", "mouth", "cheek_left", "cheek_right", "jaw", "forehead",
)  # fmt: skip

# On the mean face [MM]: out, to the side (the person's left; * both), up.
_BOXES: dict[str, tuple[tuple[float, float], tuple[float, float], tuple[float, float]]] = {
    "brow_left": ((-32, 30), (10, 56), (11, 25)),
    "brow_right": ((-32, 30), (-56, -10), (11, 25)),
    "nose": ((-2, 40), (-17, 17), (-46, 0)),
    "cheek_left": ((-40, 30), (26, 60), (-55, -14)),
    "cheek_right": ((-40, 30), (-60, -26), (-55, -14)),
    "jaw": ((-35, 30), (-46, 46), (-107, -80)),
    "forehead": ((-30, 30), (-42, 42), (26, 46)),
}
# Landmarks along the upper and lower edges of eyes and mouth; the points of the region lie between.
_EDGES: dict[str, tuple[tuple[int, ...], tuple[int, ...]]] = {
    "eye_left": (mesh478.UPPER_LID[0], mesh478.LOWER_LID[0]),
    "eye_right": (mesh478.UPPER_LID[1], mesh478.LOWER_LID[1]),
    "mouth": (mesh478.UPPER_LIP_OUTER, mesh478.LOWER_LIP_OUTER),
}
_BETWEEN = (0.1, 0.3, 0.5, 0.7, 0.9)
# A surface that is nearer by less than this, plus some pixels, counts as the same surface.
_MARGIN_M, _MARGIN_PX = 0.005, 2.0
_HIDDEN = 0.5  # opacity of a cover from which a landmark counts as hidden
_IRISES = tuple(zip((Part.EYE_LEFT, Part.EYE_RIGHT), map(list, mesh478.IRISES), strict=True))


class Regions:
    """Measures the visibility of regions and landmarks for one renderer."""

    def __init__(self, renderer: CpuRenderer) -> None:
        self._parts = renderer.parts
        self._landmarks = Landmarks()
        skin = renderer.triangles[renderer.parts == Part.SKIN]
        template = renderer.surface.template
        corners = template[skin]
        middle = corners.mean(1) / MM
        area = np.linalg.norm(np.cross(corners[:, 1] - corners[:, 0], corners[:, 2] - corners[:, 0]), axis=1)
        self._patches = {
            name: (skin[chosen], area[chosen] / area[chosen].sum())
            for name, box in _BOXES.items()
            for chosen in [
                np.all([(low < middle[:, k]) & (middle[:, k] < high) for k, (low, high) in enumerate(box)], 0)
            ]
        }

    def __call__(self, picture: Picture, vertices: F64, camera: Camera) -> tuple[F32, Bools]:
        """Visible share [0, 1] of each of REGIONS (R,), and whether each landmark is seen (478,).

        vertices: (V, 3) of the head in the camera frame, as in the picture.
        """
        landmarks = self._landmarks(vertices)
        shares = []
        for name in REGIONS:
            if name in self._patches:
                triangles, area = self._patches[name]
                corners = vertices[triangles]
                points = corners.mean(1)
                normals = np.cross(corners[:, 1] - corners[:, 0], corners[:, 2] - corners[:, 0])
                facing = np.einsum("nk,nk->n", normals, points) < 0
                shares.append(float(area @ (facing * self._through(picture, points, camera))))
            else:
                upper, lower = (landmarks[list(edge)] for edge in _EDGES[name])
                points = np.concatenate([upper + t * (lower - upper) for t in _BETWEEN])
                shares.append(float(self._through(picture, points, camera).mean()))
        return np.clip(np.array(shares, np.float32), 0, 1), self._seen(picture, landmarks, camera)

    def _seen(self, picture: Picture, landmarks: F64, camera: Camera) -> Bools:
        seen = self._through(picture, landmarks, camera) > _HIDDEN
        rows, columns, _ = _pixels(landmarks, camera)
        shown = picture.triangle[rows, columns]
        # Lids are thinner than the tolerance: an iris is visible only where the eyeball was drawn.
        part = self._parts[np.clip(shown, 0, len(self._parts) - 1)]
        part = np.where((shown >= 0) & (shown < len(self._parts)), part, len(Part))
        for eye, which in _IRISES:
            seen[which] &= part[which] == eye
        return np.asarray(seen)

    def _through(self, picture: Picture, points: F64, camera: Camera) -> F64:
        """Visibility [0, 1] of each point (N, 3)."""
        rows, columns, inside = _pixels(points, camera)
        depth = picture.depth[rows, columns]
        margin = _MARGIN_M + _MARGIN_PX * points[:, 2] / camera.fy
        # A mask is closer to the skin than the tolerance.
        accessory = picture.triangle[rows, columns] >= len(self._parts)
        bare = (depth == 0) | (depth > points[:, 2] + np.where(accessory, margin, -margin))
        return np.asarray(inside * bare * (1 - picture.cover[rows, columns]), np.float64)


def project(points: F64, camera: Camera) -> F32:
    """Pixels (N, 3) of points in the camera frame (N, 3) [m]; z in the scale of x, 0 at the mean of the surface."""
    middle = points[: mesh478.SURFACE, 2].mean()
    x = points[:, 0] / points[:, 2] * camera.fx + camera.cx
    y = points[:, 1] / points[:, 2] * camera.fy + camera.cy
    return np.stack([x, y, (points[:, 2] - middle) / middle * camera.fx], axis=1).astype(np.float32)


def _pixels(points: F64, camera: Camera) -> tuple[NDArray[np.intp], NDArray[np.intp], Bools]:
    """Row and column of each point, clipped, and whether it lies in the picture."""
    z = np.maximum(points[:, 2], 1e-6)
    x = np.floor(points[:, 0] / z * camera.fx + camera.cx)
    y = np.floor(points[:, 1] / z * camera.fy + camera.cy)
    inside = (x >= 0) & (x < camera.width) & (y >= 0) & (y < camera.height) & (points[:, 2] > 0)
    rows = np.clip(y, 0, camera.height - 1).astype(np.intp)
    return rows, np.clip(x, 0, camera.width - 1).astype(np.intp), inside
