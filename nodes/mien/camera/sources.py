"""Sources of images: videos, image files, cameras by V4L2 or GStreamer.

A source is read frame by frame and knows no pace; `player.Player` adds that. Frames of files carry
media time (from 0); frames of cameras carry the wall-clock time of their acquisition.
"""

from __future__ import annotations

import logging
import os
import re
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, Protocol

import cv2
import numpy as np

from mien.camera import gstreamer
from mien.camera.calibration import UNCALIBRATED, Calibration, open_calibration
from mien.camera.config import CameraConfig
from mien.core.errors import SourceError, SourceLost
from mien.core.types import U8, Frame

log = logging.getLogger(__name__)

IMAGE_SUFFIXES = frozenset(".bmp .jpeg .jpg .png .ppm .pgm .tif .tiff .webp".split())
TOPIC = "topic"
ACTOR = "actor"


class Source(Protocol):
    name: str
    live: bool  # a camera: it does not wait, and its stamps are wall-clock times

    def read(self) -> Frame | None:
        """The next frame; None at the end. Raises SourceLost when a camera goes away."""
        ...

    def close(self) -> None: ...

    @property
    def length(self) -> int:
        """Frames in all; 0 where that is not known."""
        ...


def open_source(config: CameraConfig) -> Source:
    """The source that `config.source` names. Raises SourceError."""
    calibration = open_calibration(config.camera_info_url)
    if is_device(config.source):
        return DeviceSource(config, calibration)
    if gstreamer.is_pipeline(config.source):
        if why := gstreamer.obstacle():
            raise SourceError(f"{config.source}: {why}")
        return DeviceSource(config, calibration, opener=gstreamer.open_pipeline)
    if config.source == ACTOR:
        from mien.camera.actor import ActorSource  # needs numba

        return ActorSource(config)
    path = Path(config.source).expanduser()
    if not path.exists():
        raise SourceError(f"{path}: no such file or folder")
    if path.is_dir():
        return ImagesSource(list_images(path), config, calibration, name=str(path))
    if path.suffix.lower() in IMAGE_SUFFIXES:
        return ImagesSource([path], config, calibration, name=str(path))
    return VideoSource(path, config, calibration)


def is_device(source: str) -> bool:
    """Whether `source` is a camera: /dev/video0, or its number."""
    return source.isdecimal() or source.startswith("/dev/")


def list_images(folder: Path) -> list[Path]:
    """Image files of a folder, 2 before 10. Raises SourceError when it has none."""
    images = [p for p in folder.iterdir() if p.suffix.lower() in IMAGE_SUFFIXES and p.is_file()]
    if not images:
        raise SourceError(f"{folder}: no images in it ({' '.join(sorted(IMAGE_SUFFIXES))})")
    return sorted(images, key=lambda p: [int(t) if t.isdecimal() else t for t in re.split(r"(\d+)", p.name)])


def read_image(path: Path) -> U8:
    """H×W×3 uint8 RGB; grey, 16-bit and transparent images are converted. Raises SourceError."""
    try:
        data = np.frombuffer(path.read_bytes(), np.uint8)
    except OSError as e:
        raise SourceError(f"{path}: {e.strerror}") from e
    if not data.size:
        raise SourceError(f"{path}: the file is empty")
    try:
        image = cv2.imdecode(data, cv2.IMREAD_COLOR_RGB)
    except cv2.error as e:
        raise SourceError(f"{path}: {e.err or 'cannot be decoded'}") from e
    if image is None:
        raise SourceError(f"{path}: not an image, or a broken one")
    return np.asarray(image, np.uint8)


class ImagesSource:
    """Image files at the configured frame rate. One that is broken is named, counted and skipped."""

    live = False

    def __init__(
        self, paths: list[Path], config: CameraConfig, calibration: Calibration = UNCALIBRATED, *, name: str
    ) -> None:
        self.name = name
        self.broken: list[str] = []
        self._paths = paths
        self._config = config
        self._calibration = calibration
        self._next = 0

    @property
    def length(self) -> int:
        return len(self._paths)

    def read(self) -> Frame | None:
        while self._next < len(self._paths):
            index, self._next = self._next, self._next + 1
            try:
                image = read_image(self._paths[index])
            except SourceError as e:
                self.broken.append(str(e))
                log.warning("skipped %s", e)
                continue
            stamp_ns = round(index * 1e9 / self._config.framerate)
            return Frame(image, stamp_ns, self._config.frame_id, self._calibration.of(image))
        if len(self.broken) == len(self._paths):
            raise SourceError(f"{self.name}: none of its images can be read; {self.broken[0]}")
        return None

    def close(self) -> None:
        pass


class VideoSource:
    """A video file. Stamps are its presentation times."""

    live = False

    def __init__(self, path: Path, config: CameraConfig, calibration: Calibration = UNCALIBRATED) -> None:
        self.name = str(path)
        self._config = config
        self._calibration = calibration
        self._last_ns = -1
        self._read = 0
        if not path.stat().st_size:
            raise SourceError(f"{path}: the file is empty")
        self._capture = _open_quietly(str(path), cv2.CAP_FFMPEG)
        if not self._capture.isOpened():
            raise SourceError(f"{path}: not a video that can be decoded, or a broken one")
        self._frames = max(0, int(self._capture.get(cv2.CAP_PROP_FRAME_COUNT)))
        self._fps = self._capture.get(cv2.CAP_PROP_FPS) or config.framerate

    @property
    def length(self) -> int:
        return self._frames

    def read(self) -> Frame | None:
        ok, bgr = self._capture.read()
        if not ok:
            if not self._read:
                raise SourceError(f"{self.name}: no frame of it can be decoded; the file is broken")
            # Containers overstate by a frame or two; more means that the rest is missing.
            if self._frames - self._read > max(2, 0.02 * self._frames):
                log.warning(
                    "%s: ends after %d of %d frames; the file is cut short", self.name, self._read, self._frames
                )
            return None
        stamp_ns = round(self._capture.get(cv2.CAP_PROP_POS_MSEC) * 1e6)
        if stamp_ns <= self._last_ns:  # containers without usable times
            stamp_ns = self._last_ns + round(1e9 / self._fps) if self._read else 0
        self._last_ns = stamp_ns
        self._read += 1
        rgb = np.asarray(cv2.cvtColor(bgr, cv2.COLOR_BGR2RGB), np.uint8)
        return Frame(rgb, stamp_ns, self._config.frame_id, self._calibration.of(rgb))

    def close(self) -> None:
        self._capture.release()


def _open_v4l2(config: CameraConfig) -> Any:
    device = f"/dev/video{config.source}" if config.source.isdecimal() else config.source
    capture = cv2.VideoCapture(device, cv2.CAP_V4L2)
    capture.set(cv2.CAP_PROP_FOURCC, cv2.VideoWriter.fourcc(*config.pixel_format[:4].ljust(4)))
    capture.set(cv2.CAP_PROP_FRAME_WIDTH, config.image_width)
    capture.set(cv2.CAP_PROP_FRAME_HEIGHT, config.image_height)
    capture.set(cv2.CAP_PROP_FPS, config.framerate)
    capture.set(cv2.CAP_PROP_BUFFERSIZE, 1)
    return capture


class DeviceSource:
    """A camera. Raises SourceLost from the constructor and from `read` while it is away."""

    live = True

    def __init__(
        self,
        config: CameraConfig,
        calibration: Calibration = UNCALIBRATED,
        *,
        opener: Callable[[CameraConfig], Any] = _open_v4l2,
        wall_ns: Callable[[], int] = time.time_ns,
        monotonic_ns: Callable[[], int] = time.monotonic_ns,
    ) -> None:
        self.name = config.source
        self._config = config
        self._calibration = calibration
        self._wall_ns = wall_ns
        self._monotonic_ns = monotonic_ns
        self._capture = opener(config)
        if not self._capture.isOpened():
            present = ", ".join(sorted(str(p) for p in Path("/dev").glob("video*"))) or "none"
            raise SourceLost(
                f"camera {config.source} cannot be opened (cameras here: {present}); "
                "plug it in, close the program that holds it, or join the group `video`"
            )

    @property
    def length(self) -> int:
        return 0

    def read(self) -> Frame | None:
        ok, bgr = self._capture.read()
        if not ok or bgr is None:
            raise SourceLost(f"camera {self.name} stopped; it is tried again until it is back")
        rgb = np.asarray(cv2.cvtColor(bgr, cv2.COLOR_BGR2RGB), np.uint8)
        return Frame(rgb, self._acquired_ns(), self._config.frame_id, self._calibration.of(rgb))

    def _acquired_ns(self) -> int:
        """The driver's own time stamp, which is monotonic time, on the wall clock."""
        wall, now = self._wall_ns(), self._monotonic_ns()
        age = now - round(self._capture.get(cv2.CAP_PROP_POS_MSEC) * 1e6)
        # Drivers that stamp nothing, or by another clock, give an age that cannot be.
        return wall - age if 0 <= age < 1_000_000_000 else wall

    def close(self) -> None:
        self._capture.release()


def _open_quietly(path: str, backend: int) -> Any:
    # FFmpeg prints its own opinion of a broken file; ours is enough.
    os.environ.setdefault("OPENCV_FFMPEG_LOGLEVEL", "-8")
    return cv2.VideoCapture(path, backend)
