"""The parser of source strings, as given to `camera.source`, `mien run --source` and `mien annotate`.

It does not look for files or cameras: whether they exist is checked when they are opened.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar
from urllib.parse import unquote, urlsplit, urlunsplit

from mien.core.errors import SourceError
from mien.core.names import is_name

# Schemes of streams that a camera or a server sends; FFmpeg reads them.
STREAMS = ("rtsp", "rtsps", "http", "https", "rtmp", "rtmps", "udp", "tcp", "srt")
_SCHEME = re.compile(r"^([A-Za-z][A-Za-z0-9+.-]*)://")
_WORD = re.compile(r"^([A-Za-z][A-Za-z0-9+.-]*):")
# Paths under /dev that are files.
_NO_CAMERAS = ("/dev/shm/", "/dev/fd/", "/dev/std")
_SECRETS = re.compile(r"(?i)((?:^|&)(?:password|passwd|pwd|pass|token|key|auth|secret)=)[^&]*")


@dataclass(frozen=True, slots=True)
class Device:
    """A camera by Video4Linux."""

    form: ClassVar = ("`/dev/video0`, `0`", "a camera by Video4Linux; opened again when it was unplugged")
    path: str

    def __str__(self) -> str:
        return self.path


@dataclass(frozen=True, slots=True)
class Pipeline:
    """A GStreamer pipeline, or a Jetson's CSI camera."""

    form: ClassVar = ("`argus`, `argus:1`, `gstreamer:PIPELINE`", "a CSI camera of a Jetson; anything GStreamer reads")
    text: str

    def __str__(self) -> str:
        return self.text


@dataclass(frozen=True, slots=True)
class Stream:
    """A live camera on the network."""

    form: ClassVar = (
        ", ".join(f"`{scheme}://…`" for scheme in STREAMS),
        "a live camera on the network; opened again when it was lost",
    )
    url: str

    def __str__(self) -> str:
        """The URL without its user, password and tokens: it goes to logs, diagnostics and reports."""
        parts = urlsplit(self.url)
        host = parts.netloc.rpartition("@")[2]
        return urlunsplit((parts.scheme, host, parts.path, _SECRETS.sub(r"\1…", parts.query), ""))


@dataclass(frozen=True, slots=True)
class Topic:
    """Images from another ROS node. `name` "" is image_raw, or what it is remapped to."""

    form: ClassVar = ("`topic`, `topic:/camera/image_raw`", "images that a ROS driver publishes")
    name: str = ""

    def __str__(self) -> str:
        return f"topic:{self.name}" if self.name else "topic"


@dataclass(frozen=True, slots=True)
class Actor:
    """A synthetic person."""

    form: ClassVar = ("`actor`", "a synthetic person, whose truth is published beside the images")

    def __str__(self) -> str:
        return "actor"


@dataclass(frozen=True, slots=True)
class Clip:
    """The sample video of the model registry."""

    form: ClassVar = ("`clip`", "a film of a very expressive face, fetched by hash")

    def __str__(self) -> str:
        return "clip"


@dataclass(frozen=True, slots=True)
class Files:
    """A picture, a film, or a folder of pictures."""

    form: ClassVar = ("a path, `file:///…`", "a film, a picture, or a folder of pictures; `./actor` is a file `actor`")
    path: Path

    def __str__(self) -> str:
        return str(self.path)


Source = Device | Pipeline | Stream | Topic | Actor | Clip | Files
KINDS: tuple[type[Source], ...] = (Files, Device, Stream, Pipeline, Topic, Actor, Clip)


def parse(text: str) -> Source:
    """The source that a string names. Raises SourceError on an invalid string."""
    text = text.strip()
    if not text:
        raise SourceError(f"the source is empty; it must be {known()}")
    words: dict[str, Source] = {"actor": Actor(), "clip": Clip(), "topic": Topic(), "argus": Pipeline(text)}
    if text in words:
        return words[text]
    if text.isdecimal() and text.isascii():
        return Device(f"/dev/video{int(text)}")
    if text.startswith("/dev/") and not text.startswith(_NO_CAMERAS):
        return Device(text)
    if scheme := _SCHEME.match(text):
        return _of_url(scheme[1].lower(), text)
    kind, colon, rest = text.partition(":")
    if colon and kind in ("topic", "gstreamer", "argus"):
        return _of_word(kind, rest.strip(), text)
    return Files(Path(text).expanduser())


def text(source: Source) -> str:
    """The string that `parse` reads as this source, including passwords."""
    if isinstance(source, Stream):
        return source.url
    if isinstance(source, Files) and not source.path.is_absolute():
        return f"./{source.path}"  # so that a file is not read as a keyword
    return str(source)


def looks_like_scheme(text: str) -> bool:
    """Whether a path that does not exist looks like an unknown kind of source, for example `foo:bar`."""
    return bool(_WORD.match(text))


def known() -> str:
    """The forms of sources, for an error message."""
    return "; ".join(kind.form[0].replace("`", "") for kind in KINDS)


def _of_url(scheme: str, text: str) -> Source:
    parts = urlsplit(text)
    if scheme == "file":
        if parts.netloc not in ("", "localhost"):
            raise SourceError(f"{text}: a file URL has three slashes: file:///{parts.netloc}…")
        return Files(Path(unquote(parts.path)))
    if scheme not in STREAMS:
        raise SourceError(f"{scheme}:// is not a source that can be read; a source is {known()}")
    try:
        host = parts.hostname if parts.port != 0 else ""
    except ValueError as e:  # a port that is no number
        raise SourceError(f"{Stream(text)}: {e}") from e
    if not host:
        raise SourceError(f"{text}: names no host")
    return Stream(text)


def _of_word(kind: str, rest: str, text: str) -> Source:
    if kind == "argus" and not (rest.isdecimal() and rest.isascii()):
        raise SourceError(f"{text}: argus takes the number of a sensor, for example argus:0")
    if kind == "gstreamer" and not rest:
        raise SourceError(f"{text} needs a pipeline, for example gstreamer:videotestsrc")
    if kind == "topic" and not is_name(rest):
        what = "is not a ROS name" if rest else "needs a name"
        raise SourceError(f"{text} {what}, for example topic:/camera/image_raw")
    return Topic(rest) if kind == "topic" else Pipeline(text)
