"""Sources of images: cameras, videos, image files, a synthetic person.

A source is read frame by frame, as fast as possible; `player.Player` adds real time. Frames of files carry
media time (from 0); frames of cameras carry the wall-clock time of their acquisition.
"""

from __future__ import annotations

import importlib.util
import logging
import os
from functools import lru_cache
from pathlib import Path
from typing import Protocol

from mien.camera import gstreamer, parse
from mien.camera.calibration import Calibration, open_calibration
from mien.camera.config import CameraConfig
from mien.camera.device import DeviceSource, present
from mien.camera.files.paths import format_of, search
from mien.camera.files.pictures import ImagesSource
from mien.camera.files.videos import VideoSource
from mien.camera.stream import StreamSource
from mien.core.errors import SourceError
from mien.core.types import Frame
from mien.images.formats import Kind

log = logging.getLogger(__name__)


class Source(Protocol):
    name: str
    live: bool  # a camera, which cannot be paused and whose stamps are wall-clock times

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
    source = parse.parse(config.source)
    calibration = open_calibration(config.camera_info_url)
    match source:
        case parse.Device():
            return DeviceSource(source.path, config, calibration)
        case parse.Stream():
            return StreamSource(source, config, calibration)
        case parse.Pipeline():
            if why := obstacle(source):
                raise SourceError(f"{source}: {why}")
            return DeviceSource(source.text, config, calibration, opener=gstreamer.open_pipeline)
        case parse.Actor():
            from mien.camera.actor import ActorSource  # needs numba

            return ActorSource(config)
        case parse.Clip():
            from mien_models import Registry

            return VideoSource(Registry.load().path("clip"), config, calibration)
        case parse.Files():
            return _open_path(source.path, config, calibration)
        case _:
            raise SourceError(f"{source}: images of a topic are not opened but subscribed to")


def obstacle(source: parse.Source) -> str:
    """Why a source cannot be opened here, with the mend, or "". Checks only what needs no opening."""
    match source:
        case parse.Device() if not Path(source.path).exists():
            return f"no such camera (cameras here: {present()})"
        case parse.Pipeline():
            return gstreamer.obstacle()
        case parse.Actor() if importlib.util.find_spec("numba") is None:
            return "numba is not installed; pip install 'mien[actor]'"
        case parse.Files() if not os.path.lexists(source.path):
            if parse.looks_like_scheme(str(source.path)):
                return f"no such file, folder or camera; a source is {parse.known()}"
            return "no such file, folder or camera; an image topic is topic:NAME"
    return ""


def _open_path(path: Path, config: CameraConfig, calibration: Calibration) -> Source:
    if path.is_dir():
        return _open_folder(path, config, calibration)
    if why := obstacle(parse.Files(path)):
        raise SourceError(f"{path}: {why}")
    form = format_of(path)
    if form.kind is Kind.VIDEO:
        return VideoSource(path, config, calibration, form)
    return ImagesSource([(path, form)], config, calibration, name=str(path))


@lru_cache(maxsize=16)
def _tell(path: Path, left_out: tuple[str, ...]) -> None:
    """Log the files that are left out; once, even when a folder is played in a loop."""
    for sentence in left_out:
        log.warning("left out of %s: %s", path, sentence.removeprefix(f"{path}/"))


def _open_folder(path: Path, config: CameraConfig, calibration: Calibration) -> Source:
    """The images of a folder; other files are logged."""
    found = search(path, nested=False)
    images = [(file, form) for file, form in found.media if form.kind is not Kind.VIDEO]
    left_out = [f"{file}: a video; name it by itself" for file, form in found.media if form.kind is Kind.VIDEO]
    _tell(path, (*left_out, *found.sentences()))
    if not images:
        raise SourceError("; ".join([f"{path}: there are no images in it", *left_out[:1], *found.left_out[:1]]))
    return ImagesSource(images, config, calibration, name=str(path))
