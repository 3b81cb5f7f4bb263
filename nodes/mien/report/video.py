"""annotated.mp4: pictures at their acquisition times."""

from __future__ import annotations

import importlib
import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from fractions import Fraction
from pathlib import Path
from typing import Protocol

import cv2
import numpy as np

from mien.core.errors import ReportError
from mien.core.types import U8

_GAP_NS = 60_000_000_000  # a longer gap is a pause or a jump of the clock, and is shortened to one picture


class Sink(Protocol):
    """Takes pictures at a constant rate."""

    codec: str

    def write(self, image: U8) -> None: ...

    def close(self) -> None: ...


class H264:
    """H.264 through PyAV, where it is installed: plays everywhere, and encodes fastest."""

    codec = "h264"

    def __init__(self, path: Path, size: tuple[int, int], fps: Fraction) -> None:
        self._av = importlib.import_module("av")
        self._file = self._av.open(str(path), "w", options={"movflags": "+faststart"})
        self._stream = self._file.add_stream("libx264", rate=fps, options={"preset": "veryfast", "crf": "20"})
        self._stream.width, self._stream.height = size
        self._stream.pix_fmt = "yuv420p"

    def write(self, image: U8) -> None:
        frame = self._av.VideoFrame.from_ndarray(np.ascontiguousarray(image), format="rgb24")
        self._file.mux(self._stream.encode(frame))

    def close(self) -> None:
        self._file.mux(self._stream.encode())
        self._file.close()


class OpenCV:
    """MPEG-4 through OpenCV, which players show and browsers do not.

    OpenCV's wheels carry no H.264, and their VP9 takes a hundred times as long.
    """

    codec = "mpeg4"

    def __init__(self, path: Path, size: tuple[int, int], fps: Fraction) -> None:
        with _quiet():
            self._writer = cv2.VideoWriter(str(path), cv2.CAP_FFMPEG, cv2.VideoWriter.fourcc(*"mp4v"), float(fps), size)
        if not self._writer.isOpened():
            raise OSError("no MPEG-4 encoder")

    def write(self, image: U8) -> None:
        self._writer.write(cv2.cvtColor(image, cv2.COLOR_RGB2BGR))

    def close(self) -> None:
        self._writer.release()


def open_sink(path: Path, size: tuple[int, int], fps: Fraction) -> Sink:
    """The best available encoder: H.264 where PyAV is installed, else MPEG-4.

    size: width and height, even. Raises ReportError where nothing can be written.
    """
    makers: dict[str, Callable[[], Sink]] = {
        "h264": lambda: H264(path, size, fps),
        "mpeg4": lambda: OpenCV(path, size, fps),
    }
    errors: list[str] = []
    for name, make in makers.items():
        try:
            return make()
        except (ImportError, OSError, ValueError) as error:  # once per video
            errors.append(f"{name}: {error}")
    raise ReportError(f"cannot write {path}: {'; '.join(errors)}; choose a folder with room")


class Video:
    """Converts pictures with time stamps to a constant rate: repeats pictures in gaps, drops surplus ones."""

    def __init__(self, sink: Sink, fps: Fraction) -> None:
        self._sink = sink
        self._fps = fps
        self._first_ns: int | None = None
        self._last_ns = 0
        self._cut_ns = 0
        self._held: U8 | None = None
        self.written = 0

    @property
    def codec(self) -> str:
        return self._sink.codec

    def add(self, image: U8, stamp_ns: int) -> None:
        if self._first_ns is None:
            self._first_ns = self._last_ns = stamp_ns
        gap = stamp_ns - self._last_ns
        if not 0 <= gap <= _GAP_NS:
            self._cut_ns += gap - round(1e9 / self._fps)
        self._last_ns = stamp_ns
        due = round((stamp_ns - self._first_ns - self._cut_ns) * 1e-9 * self._fps)
        self._hold_until(due)
        self._held = image

    def close(self) -> None:
        self._hold_until(self.written + 1)
        self._sink.close()

    def _hold_until(self, count: int) -> None:
        while self._held is not None and self.written < count:
            self._sink.write(self._held)
            self.written += 1


def rate(stamps_ns: Iterable[int]) -> Fraction:
    """Frame rate from the median interval of these times, limited to 1 to 60 Hz."""
    gaps = np.diff(np.array(list(stamps_ns), np.float64))
    gaps = gaps[gaps > 0]
    if not len(gaps):
        return Fraction(25)
    hz = float(np.clip(1e9 / np.median(gaps), 1, 60))
    near = round(hz)
    # Snap to a common rate, such as 30 or 24000/1001, because a camera's clock jitters.
    return Fraction(near) if abs(hz - near) < 0.005 * hz else Fraction(hz).limit_denominator(1001)


@contextmanager
def _quiet() -> Iterator[None]:
    """Silences FFmpeg, which prints to standard error directly."""
    saved, null = os.dup(2), os.open(os.devnull, os.O_WRONLY)
    os.dup2(null, 2)
    try:
        yield
    finally:
        os.dup2(saved, 2)
        os.close(saved)
        os.close(null)
