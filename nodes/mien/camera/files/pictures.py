"""Image files as a source, including pages and frames of animations."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from mien.camera.calibration import UNCALIBRATED, Calibration
from mien.camera.config import CameraConfig
from mien.camera.files.paths import format_of
from mien.camera.files.reader import MEND, has_pyav
from mien.camera.files.videos import open_reader
from mien.core.errors import CalibrationError, ImageError, SourceError
from mien.core.types import U8, Frame
from mien.images import pictures
from mien.images.formats import Format, Kind
from mien.images.headers import Header, read_header

log = logging.getLogger(__name__)


def read_image(path: Path, megapixels: float = pictures.MOST_MEGAPIXELS) -> U8:
    """The (first) picture of a file, H×W×3 uint8 RGB. Raises SourceError."""
    form = format_of(path)
    if form.kind is Kind.VIDEO:
        raise SourceError(f"{path}: not an image but a video ({form.name})")
    return next(read_images(path, form, megapixels).images)[0]


@dataclass(frozen=True, slots=True)
class Pictures:
    """The images of a picture file, each with the time for which it is shown [s]; 0 where the file gives none."""

    images: Iterator[tuple[U8, float]]
    animated: bool = False  # True: frames of an animation; False: pages


def read_images(path: Path, form: Format, megapixels: float = pictures.MOST_MEGAPIXELS) -> Pictures:
    """Every page or frame of a picture. Raises SourceError, now or while iterating."""
    if form.reader == "PyAV":
        return Pictures(iter([(_through_pyav(path, form, megapixels), 0.0)]))
    with _named(path):
        data = path.read_bytes()
        pictures.check(data, form, megapixels)
        header = read_header(data)
    if header is None or (header.frames == 1 and not header.animated):
        return Pictures(_one(path, data, megapixels))
    return Pictures(_each(path, data, header), header.animated)


def _one(path: Path, data: bytes, megapixels: float) -> Iterator[tuple[U8, float]]:
    with _named(path):
        image = pictures.decode(data, megapixels)
    yield image, 0.0


def _each(path: Path, data: bytes, header: Header) -> Iterator[tuple[U8, float]]:
    images = pictures.frames(data, header)
    while True:
        with _named(path):
            found = next(images, None)
        if found is None:
            return
        yield found


@contextmanager
def _named(path: Path) -> Iterator[None]:
    """Turns errors inside into a SourceError that names this file."""
    try:
        yield
    except OSError as e:
        raise SourceError(f"{path}: {e.strerror}") from e
    except ImageError as e:
        raise SourceError(f"{path}: {e}") from e


def _through_pyav(path: Path, form: Format, megapixels: float) -> U8:
    if not has_pyav():
        raise SourceError(f"{path}: {form.name} cannot be decoded here; {MEND}, or convert it to JPEG or PNG")
    reader = open_reader(path, megapixels, form)
    try:
        picture = reader.read()
    finally:
        reader.close()
    if picture is None:
        raise SourceError(f"{path}: not an image, or a broken one ({form.name})")
    return picture.image


class ImagesSource:
    """Image files at the configured frame rate. Broken files are named, counted and skipped.

    Frames of animations keep their own durations.
    """

    live = False

    def __init__(
        self,
        files: list[tuple[Path, Format]],
        config: CameraConfig,
        calibration: Calibration = UNCALIBRATED,
        *,
        name: str,
    ) -> None:
        self.name = name
        self.broken: list[str] = []
        self._files = files
        self._config = config
        self._calibration = calibration
        self._frames = self._read()

    @property
    def length(self) -> int:
        return len(self._files)

    def read(self) -> Frame | None:
        return next(self._frames, None)

    def _read(self) -> Iterator[Frame]:
        time_s = 0.0
        for path, form in self._files:
            next_s = time_s + 1 / self._config.framerate
            try:
                for image, shown_s in read_images(path, form, self._config.max_megapixels).images:
                    k = self._calibration.of(image)
                    yield Frame(image, round(time_s * 1e9), self._config.frame_id, k)
                    time_s += shown_s or 1 / self._config.framerate
                    next_s = time_s
            except SourceError as e:
                reason = f"{path}: {e}" if isinstance(e, CalibrationError) else str(e)
                self.broken.append(reason)
                log.warning("skipped %s", reason)
            time_s = next_s
        if len(self.broken) == len(self._files):
            several = len(self.broken) > 1
            raise SourceError(f"{self.name}: none of its images can be read; " * several + self.broken[0])

    def close(self) -> None:
        pass
