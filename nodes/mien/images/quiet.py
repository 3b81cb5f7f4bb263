"""Captures what image libraries print directly to standard error, to use it as the reason in error messages."""

from __future__ import annotations

import os
import re
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import cv2

# OpenCV's log, FFmpeg's, libpng's and libjpeg's. They are recognised, so that all other output is passed on.
_LIBRARY = re.compile(
    r"(?m)^(?:\[ *(?:WARN|ERROR|INFO|FATAL|DEBUG)[:@][^\n]*(?:\n>[^\n]*|\n where[^\n]*|\n {4}'[^\n]*)*"
    r"|\[[\w,.]+ @ 0x[^\n]*|libpng (?:warning|error)[^\n]*|Corrupt JPEG data[^\n]*|Premature end of[^\n]*"
    r"|Invalid SOS parameters[^\n]*|Unsupported marker[^\n]*|Warning: unknown JFIF[^\n]*"
    r"|(?:JPEG|TIFF)\w*: [^\n]*)\n*"
)
_REASON = re.compile(
    r"libpng (?:warning|error): (?P<png>[^\n]*)|(?P<jpeg>(?:Corrupt JPEG|Premature end of)[^\n]*)"
    r"|TIFF_(?:Error|Warning) \w*: *:? *(?P<tiff>[^\n]*)|OpenJPEG2000: (?P<jp2>[^\n]*)|error: \([^)]*\) (?P<cv>[^\n]*)"
)
_LOG = re.compile(r"\] global \S+ \w+ (?P<log>(?!imdecode)[^\n]*)")
_lock = threading.RLock()


class Said:
    """The captured messages of the libraries."""

    def __init__(self) -> None:
        self.text = ""

    @property
    def reason(self) -> str:
        """The first message, without prefix and source location; "" where there was none."""
        found = _REASON.search(self.text) or _LOG.search(self.text)
        words = next((w for w in found.groups() if w), "") if found else ""
        return re.sub(r" in function '.*", "", words).strip(" .:")


@contextmanager
def opencv_log_off() -> Iterator[None]:
    """For what may take long, where others must be heard meanwhile."""
    level = cv2.utils.logging.setLogLevel(cv2.utils.logging.LOG_LEVEL_SILENT)
    try:
        yield
    finally:
        cv2.utils.logging.setLogLevel(level)


@contextmanager
def quiet() -> Iterator[Said]:
    """Captures standard error inside the context. Output of other code is printed when it ends."""
    said = Said()
    with _lock, tempfile.TemporaryFile() as kept:
        try:
            sys.stderr.flush()
            saved = os.dup(2)
        except (OSError, ValueError, AttributeError):  # there is no standard error
            yield said
            return
        try:
            os.dup2(kept.fileno(), 2)
            yield said
        finally:
            os.dup2(saved, 2)
            kept.seek(0)
            text = kept.read().decode(errors="replace")
            said.text = text
            if rest := _LIBRARY.sub("", text):
                os.write(2, rest.encode(errors="replace"))
            os.close(saved)
