"""Cameras that OpenCV opens: through Video4Linux or a GStreamer pipeline."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import cv2
import numpy as np

from mien.camera.calibration import UNCALIBRATED, Calibration
from mien.camera.config import CameraConfig
from mien.core.errors import SourceLost
from mien.core.types import Frame
from mien.images.quiet import opencv_log_off


def open_v4l2(path: str, config: CameraConfig) -> Any:
    """A cv2.VideoCapture, which is not opened where the camera is missing."""
    capture = cv2.VideoCapture(path, cv2.CAP_V4L2)
    capture.set(cv2.CAP_PROP_FOURCC, cv2.VideoWriter.fourcc(*config.pixel_format[:4].ljust(4)))
    capture.set(cv2.CAP_PROP_FRAME_WIDTH, config.image_width)
    capture.set(cv2.CAP_PROP_FRAME_HEIGHT, config.image_height)
    capture.set(cv2.CAP_PROP_FPS, config.framerate)
    capture.set(cv2.CAP_PROP_BUFFERSIZE, 1)
    return capture


def present() -> str:
    """The cameras of this machine, for an error message."""
    return ", ".join(sorted(str(p) for p in Path("/dev").glob("video*"))) or "none"


class DeviceSource:
    """A camera. The constructor and `read` raise SourceLost while it is unplugged or busy."""

    live = True

    def __init__(
        self,
        name: str,
        config: CameraConfig,
        calibration: Calibration = UNCALIBRATED,
        *,
        opener: Callable[[str, CameraConfig], Any] = open_v4l2,
        wall_ns: Callable[[], int] = time.time_ns,
        monotonic_ns: Callable[[], int] = time.monotonic_ns,
    ) -> None:
        self.name = name
        self._config = config
        self._calibration = calibration
        self._wall_ns = wall_ns
        self._monotonic_ns = monotonic_ns
        with opencv_log_off():
            self._capture = opener(name, config)
        if not self._capture.isOpened():
            raise SourceLost(
                f"camera {name} cannot be opened (cameras here: {present()}); "
                "plug it in, close the program that holds it, or join the group `video`"
            )

    @property
    def length(self) -> int:
        return 0

    def read(self) -> Frame | None:
        ok, bgr = self._capture.read()
        if not ok or bgr is None:
            raise SourceLost(f"camera {self.name} stopped; trying again until it is back")
        rgb = np.asarray(cv2.cvtColor(bgr, cv2.COLOR_BGR2RGB), np.uint8)
        return Frame(rgb, self._acquired_ns(), self._config.frame_id, self._calibration.of(rgb))

    def _acquired_ns(self) -> int:
        """The driver's time stamp, converted from monotonic to wall-clock time."""
        wall, now = self._wall_ns(), self._monotonic_ns()
        age = now - round(self._capture.get(cv2.CAP_PROP_POS_MSEC) * 1e6)
        # Drivers without stamps, or with another clock, give an impossible age.
        return wall - age if 0 <= age < 1_000_000_000 else wall

    def close(self) -> None:
        self._capture.release()
