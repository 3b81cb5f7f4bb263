"""A face of a picture as a fit reads it: its levelled crop, its landmarks in it, and the camera."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from mien_models import alignment
from mien_models.errors import FitError
from mien_models.spaces import mesh478

F32 = NDArray[np.float32]
F64 = NDArray[np.float64]
U8 = NDArray[np.uint8]

_FINE = 448  # [px]


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Picture:
    """One face.

    crop: 112×112×3 RGB of `alignment.crop`. points (478, 3): landmarks as the landmark network reads them, in
    sides of the crop; z as in `Landmarker`. centre (2,): the principal point; focal: the focal length, None where
    it is not known; both in sides of the crop. level: the crop is turned by this angle in the picture [rad].
    fine: the same crop, 448×448, for a texture; None where none is wanted.
    """

    crop: U8
    points: F64
    centre: F64
    focal: float | None
    level: float
    name: str = ""
    fine: U8 | None = None

    @classmethod
    def of(
        cls,
        image: U8,
        landmarks: F32,
        *,
        intrinsics: tuple[float, float, float] | None = None,
        name: str = "picture",
        fine: bool = False,
    ) -> Picture:
        """The face with landmarks (478, 3) [px] of an H×W×3 RGB image; `fine`: with a crop of 448×448, too.

        intrinsics: focal length and principal point [px]; without them the principal point is the middle of the
        image, and the focal length is fitted. Raises FitError where landmarks are not finite or at one place.
        """
        height, width = image.shape[:2]
        _check(landmarks, name)
        crop = alignment.crop(image, landmarks)
        found = cls.of_crop(crop, landmarks, (width, height), intrinsics=intrinsics, name=name)
        return replace(found, fine=alignment.crop(image, landmarks, _FINE)) if fine else found

    @classmethod
    def of_crop(
        cls,
        crop: U8,
        landmarks: F32,
        size: tuple[int, int],
        *,
        intrinsics: tuple[float, float, float] | None = None,
        name: str = "picture",
    ) -> Picture:
        """The same of a crop that was cut before; size: width and height of its image [px]."""
        _check(landmarks, name)
        points = np.asarray(landmarks, np.float64)
        matrix = alignment.crop_matrix(landmarks)
        if not np.isfinite(matrix).all():
            raise FitError(f"{name}: its landmarks are not those of a face; find the face again")
        side = alignment.CROP_SIZE
        scale = float(np.hypot(matrix[0, 0], matrix[1, 0]))  # px of the image per px of the crop
        turned = matrix[:, :2] / scale
        middle = np.array(size, np.float64) / 2 if intrinsics is None else np.array(intrinsics[1:])
        flat = (points[:, :2] - matrix[:, 2]) @ turned / (scale * side)
        return cls(
            crop=crop,
            points=np.concatenate([flat, points[:, 2:] / (scale * side)], 1),
            centre=(middle - matrix[:, 2]) @ turned / (scale * side),
            focal=None if intrinsics is None else float(intrinsics[0] / (scale * side)),
            level=float(np.arctan2(matrix[1, 0], matrix[0, 0])),
            name=name,
        )

    def to_crop(self, pose: F64) -> F64:
        """A pose (4, 4) in the axes of the picture's camera, in those of the crop's camera."""
        return np.asarray(self._levelling().T @ pose)

    def to_image(self, pose: F64) -> F64:
        """A pose (4, 4) in the axes of the crop's camera, in those of the picture's camera."""
        return np.asarray(self._levelling() @ pose)

    def _levelling(self) -> F64:
        c, s = np.cos(self.level), np.sin(self.level)
        turned = np.eye(4)
        turned[:2, :2] = (c, -s), (s, c)
        return turned


def _check(landmarks: F32, name: str) -> None:
    if landmarks.shape != (mesh478.COUNT, 3):
        raise FitError(f"{name}: {mesh478.COUNT} landmarks with depth are fitted, got {landmarks.shape}")
