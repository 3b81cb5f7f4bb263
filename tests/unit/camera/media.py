"""Videos to be read, made by PyAV: every container and codec, fields, shapes of pixels, times."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from mien.core.types import U8

DATA = Path(__file__).resolve().parents[2] / "data" / "media"

_made: dict[Any, bytes] = {}


def pattern(index: int, size: tuple[int, int] = (320, 240)) -> U8:
    """A picture that moves to the right: smooth, so that codecs keep it, and unlike any other of its video."""
    width, height = size
    y, x = np.mgrid[0:height, 0:width]
    red = 128 + 100 * np.sin((x - 6 * index) * 2 * np.pi / 120)
    green = 128 + 90 * np.cos(y * 2 * np.pi / 150 + index / 5)
    return np.stack([red, green, np.full_like(red, 40 + 5 * (index % 40))], axis=2).astype(np.uint8)


def film(
    path: Path,
    codec: str,
    frames: int = 12,
    *,
    size: tuple[int, int] = (320, 240),
    pixels: str = "yuv420p",
    container: str | None = None,
    options: dict[str, str] | None = None,
    rate: int = 25,
    aspect: Fraction | None = None,
    times: Iterable[int] | None = None,
    make: Callable[[int, tuple[int, int]], Any] = pattern,
) -> Path:
    """`times` are those of the frames in milliseconds; else they come at `rate`."""
    stamps = list(times) if times is not None else []
    key = (path.suffix, codec, frames, size, pixels, container, str(options), rate, aspect, tuple(stamps), make)
    if key in _made:  # encoded once for all tests
        path.write_bytes(_made[key])
        return path
    av = pytest.importorskip("av", reason="PyAV makes the videos")
    with av.open(str(path), "w", format=container) as file:
        stream = file.add_stream(codec, rate=rate, options=options or {})
        stream.width, stream.height = size
        stream.pix_fmt = pixels
        if aspect:
            stream.codec_context.sample_aspect_ratio = aspect
        if stamps:
            stream.codec_context.time_base = Fraction(1, 1000)
        for i in range(len(stamps) or frames):
            frame = av.VideoFrame.from_ndarray(make(i, size), format="rgb24")
            if stamps:
                frame.pts, frame.time_base = stamps[i], Fraction(1, 1000)
            file.mux(stream.encode(frame))
        file.mux(stream.encode())
    _made[key] = path.read_bytes()
    return path


def fields(index: int, size: tuple[int, int]) -> U8:
    """Even rows of one moment, odd rows of half a frame later."""
    image = pattern(2 * index, size)
    image[1::2] = pattern(2 * index + 1, size)[1::2]
    return image


def off(image: U8, expected: U8) -> float:
    """Mean difference, away from the rim."""
    return float(np.abs(image.astype(int) - expected)[8:-8, 8:-8].mean())
