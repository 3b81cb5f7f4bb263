"""Write landmarks.npz: the places of MediaPipe's 478 landmarks on the head.

FaceMesh V2 reads many renders of people at rest, with the mouth closed and slightly open. Each
landmark is assigned to the triangle that the renderer drew at its pixel. These places are
transferred to the template face and combined by their geometric median. Run as
`python -m mien_models.head.pictures.make_landmarks`; two runs give the same file.

The tracked file is older than today's skin and brows, and a run today moves its landmarks by 1 mm
(mean; median 0.6 mm). It is kept, because the shipped networks were trained on it.

corners (478, 3): vertices of the triangle; shares (478, 3): barycentric, sum 1.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray
from rich.console import Console
from rich.progress import track

from mien_models.backends import open_session
from mien_models.head.appearance.parameters import Appearance
from mien_models.head.model.data import Part
from mien_models.head.model.head import Head
from mien_models.head.model.identity import Identity
from mien_models.head.model.landmarks import NUM_LANDMARKS, PATH
from mien_models.head.model.pose import head_pose, torso_pose
from mien_models.head.render.cpu import CpuRenderer, Picture
from mien_models.head.render.setting import Camera, Lighting, Setting
from mien_models.landmarker import Landmarker, Roi, box_of, roi_of_landmarks
from mien_models.spaces import mesh478

F32 = NDArray[np.float32]
F64 = NDArray[np.float64]

_PEOPLE = 80
_SEED = 20_000  # different from the seeds of all splits
_SIZE = 512
_IRIS_PARTS = (Part.EYE_LEFT, Part.EYE_RIGHT)
_YAWS_DEG = (-25.0, 0.0, 25.0)
_MOUTHS: tuple[dict[str, float], ...] = ({}, {"jawOpen": 0.25})
# Upper and lower ends of the irises, each with the centre and the opposite end.
_OPPOSITE = {
    end: (centre, other)
    for centre, _, top, _, bottom in mesh478.IRISES
    for end, other in ((top, bottom), (bottom, top))
}
_FEWEST = 20  # minimum number of renders that show a landmark


def main() -> int:
    head = Head.load()
    renderer = CpuRenderer(head)
    found: list[list[F64]] = [[] for _ in range(NUM_LANDMARKS)]
    landmarker = Landmarker(open_session("facemesh_v2"))
    total = _PEOPLE * len(_YAWS_DEG) * len(_MOUTHS)
    for picture in track(_pictures(head, renderer), "looking", total, console=Console(stderr=True)):
        landmarks = _read(landmarker, picture)
        if landmarks is not None:
            _look_up(head, renderer, picture, landmarks, found)
    places = _places(found)
    if places is None:
        return 1
    corners, shares = _on_surface(head, renderer, places)
    np.savez_compressed(PATH, corners=corners.astype(np.int32), shares=shares.astype(np.float32))
    print(PATH)
    return 0


def _pictures(head: Head, renderer: CpuRenderer) -> Iterator[Picture]:
    setting = Setting(camera=Camera.from_fov(_SIZE, _SIZE, 25.0), lighting=Lighting.studio())
    for person in range(_PEOPLE):
        rng = np.random.default_rng([_SEED, person])
        who = Identity.sample(rng)
        painted = renderer.paint(Appearance.sample(rng, who))
        face = head.neutral(who)
        for yaw in np.radians(_YAWS_DEG):
            pose = head_pose(float(yaw), float(rng.normal(0, 0.08)), float(rng.normal(0, 0.05)), (0, 0.02, 0.75))
            for mouth in _MOUTHS:
                vertices = head.animate(face, mouth, None, pose, torso_pose(pose))
                yield renderer.render(painted, vertices, pose, setting)


def _read(landmarker: Landmarker, picture: Picture) -> F32 | None:
    """478×2 pixels, read in an upright square around the face; None if the network sees no face."""
    rows, columns = np.nonzero(picture.triangle >= 0)
    roi = Roi(float(columns.mean()), float(np.percentile(rows, 35)), 0.55 * _SIZE, 0.0)
    for _ in range(3):
        (landmarks,), (presence,) = landmarker(picture.image, [roi])
        roi = roi_of_landmarks(landmarks, box_of(landmarks))
    return landmarks[:, :2] if presence > 0.9 else None


def _look_up(head: Head, renderer: CpuRenderer, picture: Picture, landmarks: F32, found: list[list[F64]]) -> None:
    """Add the place on the template of every landmark that was found on its own part."""
    pixels = np.floor(landmarks).astype(int)
    inside = ((pixels >= 0) & (pixels < _SIZE)).all(1)
    for i in np.flatnonzero(inside):
        x, y = pixels[i]
        triangle = int(picture.triangle[y, x])
        if not 0 <= triangle < len(renderer.triangles):
            continue
        if renderer.parts[triangle] != _part_of(int(i)):
            continue
        a, b = picture.shares[y, x].astype(float)
        found[i].append(np.array([a, b, 1 - a - b]) @ head.data.base[renderer.triangles[triangle]])


def _places(found: list[list[F64]]) -> F64 | None:
    """478×3 places on the template; None, with a message, if a landmark was seen too seldom."""
    few = {i for i, points in enumerate(found) if len(points) < _FEWEST}
    if few - set(_OPPOSITE):
        print(f"landmarks {sorted(few - set(_OPPOSITE))} were seen too rarely", file=sys.stderr)
        return None
    places = np.array([_median(np.array(points)) if i not in few else np.zeros(3) for i, points in enumerate(found)])
    for i in few:  # a lid covers this end of an iris: place it opposite to the other end
        centre, opposite = _OPPOSITE[i]
        places[i] = 2 * places[centre] - places[opposite]
    return places


def _part_of(landmark: int) -> Part:
    for iris, part in zip(mesh478.IRISES, _IRIS_PARTS, strict=True):
        if landmark in iris:
            return part
    return Part.SKIN


def _median(points: F64) -> F64:
    """Geometric median (Weiszfeld): outliers, such as hits behind a contour, have little influence."""
    centre = np.median(points, axis=0)
    for _ in range(50):
        weight = 1 / np.maximum(np.linalg.norm(points - centre, axis=1), 1e-5)
        centre = (points * weight[:, None]).sum(0) / weight.sum()
    return np.asarray(centre)


def _on_surface(head: Head, renderer: CpuRenderer, points: F64) -> tuple[NDArray[np.int64], F64]:
    """The nearest place on the landmark's own part: vertices of the triangle, barycentric shares."""
    corners, shares = np.empty((len(points), 3), np.int64), np.empty((len(points), 3))
    for i, point in enumerate(points):
        triangles = renderer.triangles[renderer.parts == _part_of(i)]
        nearest, bary = _nearest(point, head.data.base[triangles])
        corners[i], shares[i] = triangles[nearest], bary
    return corners, shares


def _nearest(point: F64, triangles: F64) -> tuple[int, F64]:
    """Index of the nearest of N×3×3 triangles, and the shares of the nearest place on it."""
    a, b, c = triangles[:, 0], triangles[:, 1], triangles[:, 2]
    ab, ac, ap = b - a, c - a, point - a
    d00, d01, d11 = (ab * ab).sum(1), (ab * ac).sum(1), (ac * ac).sum(1)
    d20, d21 = (ap * ab).sum(1), (ap * ac).sum(1)
    area = np.maximum(d00 * d11 - d01 * d01, 1e-18)
    v = (d11 * d20 - d01 * d21) / area
    w = (d00 * d21 - d01 * d20) / area
    shares = np.clip(np.stack([1 - v - w, v, w], axis=1), 0, None)
    shares /= shares.sum(1, keepdims=True)
    away = np.linalg.norm((shares[:, :, None] * triangles).sum(1) - point, axis=1)
    best = int(np.argmin(away))
    return best, shares[best]


if __name__ == "__main__":
    sys.exit(main())
