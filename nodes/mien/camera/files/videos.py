"""Video files as a source."""

from __future__ import annotations

import logging
from functools import lru_cache
from pathlib import Path

from mien.camera.calibration import UNCALIBRATED, Calibration
from mien.camera.config import CameraConfig
from mien.camera.files import containers
from mien.camera.files.by_opencv import CvFileReader
from mien.camera.files.by_pyav import AvReader
from mien.camera.files.reader import MEND, Reader, has_pyav, say_damage
from mien.core.errors import SourceError
from mien.core.types import Frame
from mien.images.formats import Format

log = logging.getLogger(__name__)

# A playlist can pose as a video and name other files and hosts: allow only the file itself.
_FILES_ONLY = {"protocol_whitelist": "file"}

# A larger step back in time is the start of another recording in the same file.
_JUMP_NS = 500_000_000


def open_reader(path: Path, megapixels: float, form: Format | None = None) -> Reader:
    """PyAV where it is installed, OpenCV otherwise. `form` is the format, where it is known.

    Raises SourceError, which names the file.
    """
    try:
        if has_pyav():
            url, demuxer = f"file:{path.absolute()}", form.demuxer if form else ""
            return AvReader(url, str(path), megapixels=megapixels, options=_FILES_ONLY, demuxer=demuxer)
        _say_what_opencv_hides()
        return CvFileReader(path, str(path), megapixels=megapixels)
    except SourceError as e:
        if containers.lacks_index(path):
            raise SourceError(f"{path}: its index (moov) is missing: the recording was not finished") from e
        raise


@lru_cache(maxsize=1)
def _say_what_opencv_hides() -> None:
    """Once."""
    log.warning(
        "videos are read by OpenCV, which shows damaged frames as if they were intact and cannot read interlaced "
        "videos; %s handles both",
        MEND,
    )


class VideoSource:
    """A video file. Stamps are its presentation times, from 0."""

    live = False

    def __init__(
        self,
        path: Path,
        config: CameraConfig,
        calibration: Calibration = UNCALIBRATED,
        form: Format | None = None,
    ) -> None:
        """`form` is the format, where it is known. Raises SourceError."""
        self.name = str(path)
        self._path = path
        self._config = config
        self._calibration = calibration
        self._last_ns = -1
        self._offset_s: float | None = None
        self.position = -1  # index of the last frame among all frames of the video, including damaged ones
        try:
            if not path.stat().st_size:
                raise SourceError(f"{path}: the file is empty")
        except OSError as e:
            raise SourceError(f"{path}: {e.strerror}") from e
        self._reader = open_reader(path, config.max_megapixels, form)
        self._rate = self._reader.rate or config.framerate

    @property
    def length(self) -> int:
        return self._reader.length

    @property
    def rate(self) -> float:
        """Frames per second; where the file does not say, that of the configuration."""
        return self._rate

    @property
    def damaged(self) -> list[int]:
        """Indices of frames that could not be decoded."""
        return self._reader.damaged

    def start_at(self, index: int) -> None:
        """Go to the frame `index` before anything was read. Stamps are those of a reading from the beginning."""
        first_s = self._reader.start_at(index)
        if first_s is not None:
            self._offset_s = -first_s
            return
        while self.position < index - 1 and self.read() is not None:
            pass

    def read(self) -> Frame | None:
        picture = self._reader.read()
        if picture is None:
            self._end()
            return None
        self.position = picture.index
        stamp_ns = self._stamp_ns(picture.time_s)
        return Frame(picture.image, stamp_ns, self._config.frame_id, self._calibration.of(picture.image))

    def _stamp_ns(self, time_s: float | None) -> int:
        """The time in the container; computed from the frame rate where there is none, or where times run backwards."""
        if time_s is not None and self._offset_s is None:
            self._offset_s = -time_s
        stamp_ns = -1 if time_s is None else round((time_s + (self._offset_s or 0)) * 1e9)
        back_ns = self._last_ns - stamp_ns
        if back_ns >= 0:
            stamp_ns = self._last_ns + round(1e9 / self._rate) if self._last_ns >= 0 else 0
            if time_s is not None and back_ns > _JUMP_NS:
                self._offset_s = stamp_ns * 1e-9 - time_s  # another recording in the same file
        self._last_ns = stamp_ns
        return stamp_ns

    def _end(self) -> None:
        damaged = self._reader.damaged
        if self.position < 0:
            raise SourceError(f"{self.name}: no frame of it can be decoded; the file is broken")
        if damaged:
            log.warning("%s", say_damage(self.name, damaged, self._rate))
        if containers.is_cut(self._path):
            log.warning("%s: ends after %d frames; the file is cut short", self.name, self.position + 1)

    def close(self) -> None:
        self._reader.close()
