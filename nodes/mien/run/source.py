"""Resolves `--source`, and checks before a run that it can be read."""

from __future__ import annotations

import logging
import os
import stat
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import replace

from mien.camera import parse
from mien.camera.config import CameraConfig
from mien.camera.sources import obstacle, open_source
from mien.core.errors import SourceError, UsageError
from mien_models import Registry

_VIDEO4LINUX = 81  # major number of its devices: Documentation/admin-guide/devices.txt of Linux


def resolve(text: str) -> tuple[str, str]:
    """The value of camera.source, and the name of the topic if the source is one.

    Raises UsageError if the source does not exist, ModelError if the clip cannot be fetched.
    """
    try:
        source = parse.parse(text)
    except SourceError as e:
        raise UsageError(f"--source {e}") from e
    if isinstance(source, parse.Topic):
        if not source.name:
            raise UsageError(f"--source {text} needs a name, for example topic:/camera/image_raw")
        return "topic", source.name
    if why := obstacle(source):
        raise UsageError(f"--source {source}: {why}")
    if isinstance(source, parse.Device):
        about = os.stat(source.path)
        if not stat.S_ISCHR(about.st_mode) or os.major(about.st_rdev) != _VIDEO4LINUX:
            raise UsageError(f"--source {source}: is no camera; one is /dev/video0")
        if not os.access(source.path, os.R_OK | os.W_OK):
            raise UsageError(f"--source {source}: you may not open it; join the group `video`")
    if isinstance(source, parse.Clip):
        source = parse.Files(Registry.load().path("clip"))
    if isinstance(source, parse.Files):
        source = parse.Files(source.path.resolve())
    return parse.text(source), ""


def check(config: CameraConfig) -> None:
    """Open a file or folder and read its first image. Raises SourceError or CalibrationError.

    Cameras are not opened: that may take seconds, and some cannot be opened again at once.
    """
    if not isinstance(parse.parse(config.source), parse.Files | parse.Clip):
        return
    with _quiet(), closing(open_source(replace(config, loop=False))) as source:
        if source.read() is None:
            raise SourceError(f"{config.source}: has no images")


@contextmanager
def _quiet() -> Iterator[None]:
    """No log messages of sources: the node that plays the source logs them."""
    logger = logging.getLogger("mien.camera")
    before = logger.level
    logger.setLevel(logging.CRITICAL)
    try:
        yield
    finally:
        logger.setLevel(before)


def is_live(source: str) -> bool:
    """Whether the source goes on by itself, so that a restarted node can continue with it."""
    return isinstance(parse.parse(source), parse.Topic | parse.Device | parse.Stream | parse.Pipeline)
