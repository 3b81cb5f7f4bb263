"""What `--source` names, and that it can be read, before a run begins."""

from __future__ import annotations

import os
import stat
from contextlib import closing
from dataclasses import replace
from pathlib import Path

from mien.camera import gstreamer
from mien.camera.config import CameraConfig
from mien.camera.sources import ACTOR, TOPIC, is_device, open_source
from mien.core.errors import SourceError, UsageError
from mien.core.names import is_name
from mien_models import Registry

CLIP = "clip"


def resolve(text: str) -> tuple[str, str]:
    """The parameter camera.source, and the name of the topic where it is one.

    Raises UsageError where nothing has this name, ModelError where the clip cannot be fetched.
    """
    kind, _, name = text.partition(":")
    if kind == TOPIC:
        if not is_name(name):
            what = "needs a name" if not name else "is not a ROS name"
            raise UsageError(f"--source {text}: {what}, for example topic:/camera/image_raw")
        return TOPIC, name
    if text == ACTOR:
        return ACTOR, ""
    if text == CLIP:
        return str(Registry.load().path(CLIP)), ""
    if gstreamer.is_pipeline(text):
        if why := gstreamer.obstacle():
            raise UsageError(f"--source {text}: {why}")
        return text, ""
    if is_device(text):
        return str(_device(text)), ""
    path = Path(text).expanduser()
    if not path.exists():
        raise UsageError(f"--source {text}: no such file, folder or camera; an image topic is topic:NAME")
    if not (path.is_dir() or path.is_file()):
        raise UsageError(f"--source {text}: {_kind(path)}; name a file or a folder")
    return str(path.resolve()), ""


def check(config: CameraConfig) -> None:
    """That a file or folder can be opened and its first image read. Raises SourceError or CalibrationError.

    A camera is not opened: it may take seconds, and not let itself be opened again at once.
    """
    if config.source in (TOPIC, ACTOR) or is_device(config.source) or gstreamer.is_pipeline(config.source):
        return
    with closing(open_source(replace(config, loop=False))) as source:
        if source.read() is None:
            raise SourceError(f"{config.source}: has no images")


def is_live(source: str) -> bool:
    """Whether it goes on by itself, so that a camera node that died can take it up again."""
    return source == TOPIC or is_device(source) or gstreamer.is_pipeline(source)


def _device(text: str) -> Path:
    device = Path(f"/dev/video{text}" if text.isdecimal() else text)
    if not device.exists():
        present = ", ".join(sorted(str(p) for p in Path("/dev").glob("video*"))) or "none"
        raise UsageError(f"--source {text}: no such camera (cameras here: {present})")
    if not os.access(device, os.R_OK | os.W_OK):
        raise UsageError(f"--source {text}: you may not open it; join the group `video`")
    return device


def _kind(path: Path) -> str:
    mode = path.stat().st_mode
    kinds = ((stat.S_ISFIFO, "a pipe"), (stat.S_ISSOCK, "a socket"), (stat.S_ISBLK, "a disk"))
    return next((f"is {name}" for test, name in kinds if test(mode)), "is a device")
