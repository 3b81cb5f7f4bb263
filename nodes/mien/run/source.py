"""What `--source` names, and that it can be read, before a run begins."""

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
    """The parameter camera.source, and the name of the topic where it is one.

    Raises UsageError where nothing has this name, ModelError where the clip cannot be fetched.
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
    """That a file or folder can be opened and its first image read. Raises SourceError or CalibrationError.

    A camera is not opened: it may take seconds, and not let itself be opened again at once.
    """
    if not isinstance(parse.parse(config.source), parse.Files | parse.Clip):
        return
    with _quiet(), closing(open_source(replace(config, loop=False))) as source:
        if source.read() is None:
            raise SourceError(f"{config.source}: has no images")


@contextmanager
def _quiet() -> Iterator[None]:
    """What a source warns of is told by the node that plays it."""
    logger = logging.getLogger("mien.camera")
    before = logger.level
    logger.setLevel(logging.CRITICAL)
    try:
        yield
    finally:
        logger.setLevel(before)


def is_live(source: str) -> bool:
    """Whether it goes on by itself, so that a camera node that died can take it up again."""
    return isinstance(parse.parse(source), parse.Topic | parse.Device | parse.Stream | parse.Pipeline)
