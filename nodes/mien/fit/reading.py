"""Finds the face of a picture that a fit is to read."""

from __future__ import annotations

from pathlib import Path

from mien.camera.calibration import Calibration
from mien.camera.files.paths import format_of
from mien.camera.files.pictures import read_image
from mien.core.errors import SourceError
from mien.core.types import F32, U8, Frame, Intrinsics
from mien.faces.config import FacesConfig
from mien.faces.stage import Stage
from mien.images.formats import Kind
from mien_models.errors import FitError
from mien_models.fit.picture import Picture


class FaceReader:
    """Finds the largest face of each picture. Loading takes the networks of the stage `faces`."""

    def __init__(self, *, fine: bool = False) -> None:
        """fine: with the large crops that a texture needs. Raises ModelError where a network is not available."""
        self._stage = Stage(FacesConfig(smooth=False))
        self._fine, self._count = fine, 0

    def __call__(self, image: U8, name: str, intrinsics: Intrinsics | None = None) -> tuple[Picture, F32]:
        """The face of an H×W×3 RGB image, and its landmarks (478, 3) [px]. Raises FitError where there is none."""
        self._stage.reset()
        self._count += 1
        faces = self._stage.step(Frame(image, self._count * 10**9, intrinsics=intrinsics)).faces
        if not faces:
            raise FitError(f"{name}: no face is found in it")
        face = max(faces, key=lambda f: float(f.box[2] * f.box[3]))
        k = intrinsics
        known = None if k is None else ((k.fx + k.fy) / 2, k.cx, k.cy)
        return Picture.of(image, face.landmarks, intrinsics=known, name=name, fine=self._fine), face.landmarks


def read_file(path: Path, calibration: Calibration) -> tuple[U8, Intrinsics | None]:
    """The RGB image of a picture file, and its camera. Raises SourceError where it cannot be read, or is a video."""
    if not path.is_file():
        raise SourceError(f"{path}: no such file")
    if format_of(path).kind is Kind.VIDEO:
        raise SourceError(f"{path}: a video; give images of it")
    image = read_image(path)
    return image, calibration.of(image)
