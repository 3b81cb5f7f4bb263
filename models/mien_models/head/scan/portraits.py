"""A folder of photographs of single, roughly frontal faces, and the head fitted to them.

Nothing of a photograph is stored: pictures are read again when a skin is made of them.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from mien_models.backends import Session
from mien_models.errors import ModelError
from mien_models.head.scan.fit import Fits, fit
from mien_models.head.scan.head import ScanHead
from mien_models.landmarker import Landmarker, Roi, box_of, roi_of_landmarks

F32 = NDArray[np.float32]
F64 = NDArray[np.float64]
U8 = NDArray[np.uint8]

ENDINGS = (".jpg", ".jpeg", ".png")
_LOOKS = 2  # readings of a face, each in the square of the one before
_SURE = 0.5  # least presence
_FEWEST = 10
_WORST_CM = 0.35  # error of a fit; worse ones are left out


@dataclass(frozen=True, slots=True, eq=False)
class Portraits:
    """N photographs with their landmarks (N, 478, 3) px, and the fitted head."""

    paths: tuple[Path, ...]
    landmarks: F32
    fits: Fits

    def __len__(self) -> int:
        return len(self.paths)

    def expression(self, head: ScanHead, name: str) -> F64:
        """(N,) fitted weight of an expression, the stronger side."""
        rows = [i for i, n in enumerate(head.data.names) if n in (name, f"{name}_L", f"{name}_R")]
        return np.asarray(self.fits.expression[:, rows].max(1))


def read_picture(path: Path) -> U8:
    """(H, W, 3) RGB. Raises ModelError where it is no picture."""
    image = cv2.imread(str(path), cv2.IMREAD_COLOR)
    if image is None:
        raise ModelError(f"{path} cannot be read as a picture; take it out of the folder")
    return np.ascontiguousarray(image[:, :, ::-1], np.uint8)


def pictures(folder: Path) -> list[Path]:
    """The pictures of a folder in the order of their names. Raises ModelError where there are none."""
    found = sorted(p for p in folder.glob("*") if p.suffix.lower() in ENDINGS) if folder.is_dir() else []
    if not found:
        raise ModelError(f"{folder} holds no pictures ({', '.join(ENDINGS)}); give a folder of portraits")
    return found


def look(session: Session, image: U8) -> tuple[F32, float]:
    """478×3 landmarks [px] of the face that fills most of a picture, and presence. No detector is needed."""
    height, width = image.shape[:2]
    roi = Roi(width / 2, height * 0.45, 0.9 * max(height, width), 0.0)
    landmarker = Landmarker(session)
    for _ in range(_LOOKS):
        found, presence = landmarker(image, [roi])
        roi = roi_of_landmarks(found[0], box_of(found[0]))
    return found[0], float(presence[0])


def load(
    head: ScanHead, folder: Path, session: Session, advance: Callable[[int, int], None] = lambda done, total: None
) -> Portraits:
    """Fit the head to the faces of a folder. Raises ModelError where fewer than ten can be used."""
    paths, kept, points = pictures(folder), [], []
    for number, path in enumerate(paths):
        landmarks, presence = look(session, read_picture(path))
        if presence >= _SURE:
            kept.append(path)
            points.append(landmarks)
        advance(number + 1, len(paths))
    if len(kept) < _FEWEST:
        raise ModelError(f"{folder} shows {len(kept)} faces, and {_FEWEST} are the least; give more portraits")
    fits = fit(head, np.stack(points))
    rows = np.flatnonzero(fits.error_cm <= _WORST_CM)
    if len(rows) < _FEWEST:
        raise ModelError(f"the head fits {len(rows)} faces of {folder}; give portraits that face the camera")
    chosen = Fits(**{name: getattr(fits, name)[rows] for name in Fits.__slots__})
    return Portraits(tuple(kept[i] for i in rows), np.stack(points)[rows], chosen)
