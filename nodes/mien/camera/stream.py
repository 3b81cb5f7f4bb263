"""Live cameras on the network, through FFmpeg: RTSP, HTTP (MJPEG and streams), RTMP, UDP, SRT."""

from __future__ import annotations

import time
from collections.abc import Callable

import cv2

from mien.camera import parse
from mien.camera.calibration import UNCALIBRATED, Calibration
from mien.camera.config import CameraConfig
from mien.camera.files.by_opencv import CvReader
from mien.camera.files.by_pyav import AvReader
from mien.camera.files.reader import Reader, has_pyav
from mien.core.errors import SourceError, SourceLost
from mien.core.types import Frame

# A camera that sends nothing for this long is lost.
_TIMEOUT_S = 5.0
# TCP, because UDP loses packets and with them faces. No buffer, so that no old frames arrive after opening.
_OPTIONS = {"rtsp_transport": "tcp", "fflags": "nobuffer"}


class StreamSource:
    """A camera on the network. The constructor and `read` raise SourceLost while it does not answer.

    Frames carry the time of their arrival, because the stamps of such cameras use their own clocks.
    """

    live = True

    def __init__(
        self,
        stream: parse.Stream,
        config: CameraConfig,
        calibration: Calibration = UNCALIBRATED,
        *,
        opener: Callable[[str, str, float], Reader] | None = None,
        wall_ns: Callable[[], int] = time.time_ns,
    ) -> None:
        self.name = str(stream)
        self._config = config
        self._calibration = calibration
        self._wall_ns = wall_ns
        try:
            self._reader = (opener or open_stream)(stream.url, self.name, config.max_megapixels)
        except SourceError as e:
            raise SourceLost(f"camera {e}; trying again until it answers") from e

    @property
    def length(self) -> int:
        return 0

    def read(self) -> Frame | None:
        try:
            picture = self._reader.read()
        except SourceError as e:
            raise SourceLost(f"camera {e}; trying again until it is back") from e
        if picture is None:
            raise SourceLost(f"camera {self.name} stopped; trying again until it is back")
        return Frame(picture.image, self._wall_ns(), self._config.frame_id, self._calibration.of(picture.image))

    def close(self) -> None:
        self._reader.close()


def open_stream(url: str, shown: str, megapixels: float) -> Reader:
    """Raises SourceError."""
    if has_pyav():
        return AvReader(url, shown, megapixels=megapixels, options=dict(_OPTIONS), timeout_s=_TIMEOUT_S)
    wait_ms = round(1000 * _TIMEOUT_S)
    params = (cv2.CAP_PROP_OPEN_TIMEOUT_MSEC, wait_ms, cv2.CAP_PROP_READ_TIMEOUT_MSEC, wait_ms)
    return CvReader(url, shown, megapixels=megapixels, params=params)
