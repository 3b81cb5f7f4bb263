"""Decodes pictures by their content: upright, with transparency blended, within a limit of size."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module
from typing import Any

import cv2
import numpy as np

from mien.core.errors import ImageError
from mien.core.types import U8
from mien.images.depth import Depth, oriented, to_rgb
from mien.images.formats import HEAD, Format, Kind, identify
from mien.images.headers import Header, read_header
from mien.images.quiet import quiet

# Three bytes a pixel must stay below 2 GiB: OpenCV counts bytes with 31 bits.
MOST_MEGAPIXELS = 700
DEFAULT_MEGAPIXELS = 200.0
# At most this many pixels of an animation are decoded at once.
_BATCH_PIXELS = 32_000_000

HEIF_MEND = "pip install 'mien[media]'"


def decode(data: bytes, megapixels: float = MOST_MEGAPIXELS, depth: Depth | None = None) -> U8:
    """The first picture in `data` as H×W×3 uint8 RGB. Raises ImageError, which says what is wrong with it."""
    form = identify(data[:HEAD])
    check(data, form, megapixels)
    if form and form.name == "HEIF":
        return _heif(data, megapixels)
    return _decode_first(data, read_header(data), depth)


def check(data: bytes, form: Format | None, megapixels: float) -> None:
    """Raises ImageError where `data` is no picture, no decoder is installed, or the picture is too large."""
    if not data:
        raise ImageError("the file is empty")
    if form and form.kind is Kind.RAW:
        raise ImageError(f"a {form.name} file; develop it first, to JPEG or TIFF")
    if form is None or form.kind is not Kind.PICTURE:
        raise ImageError("not an image, or a broken one" if form is None else f"not an image but {form.name}")
    if not form.reader:
        raise ImageError(f"{form.name} cannot be decoded here; convert it to JPEG or PNG")
    header = read_header(data)
    if header is None:
        if form.reader == "OpenCV":
            raise ImageError(f"broken {form.name}: its header says no size")
        return
    if header.camera_raw:
        raise ImageError("a camera raw file; develop it first, to JPEG or TIFF")
    check_size(header.width, header.height, megapixels)


def check_size(width: int, height: int, megapixels: float) -> None:
    """Raises ImageError where a picture has more pixels than are allowed."""
    if width * height > megapixels * 1e6:
        raise ImageError(
            f"{width}×{height} are {width * height / 1e6:.0f} megapixels, more than the limit of {megapixels:g}; "
            "scale it down, or raise camera.max_megapixels (mien annotate --max-megapixels)"
        )


def frames(data: bytes, header: Header) -> Iterator[tuple[U8, float]]:
    """Pages of a TIFF, or frames of an animation, as RGB, and how long each is shown [s] (pages: 0).

    Raises ImageError where any of them cannot be decoded.
    """
    batch = max(1, _BATCH_PIXELS // (header.width * header.height))
    buffer = np.frombuffer(data, np.uint8)
    start = 0
    while True:
        images, durations = _batch(buffer, start, batch, header.animated)
        for image, duration in zip(images, durations, strict=True):
            turn = 1 if data[:2] in (b"II", b"MM") else header.orientation
            yield to_rgb(oriented(image, turn)), duration
        start += len(images)
        # An AVIF does not say in its header how many it holds.
        if len(images) < batch or (header.frames > 1 and start >= header.frames):
            return


def _batch(buffer: U8, start: int, count: int, animated: bool) -> tuple[list[Any], list[float]]:
    with quiet() as said:
        try:
            if animated:
                ok, animation = cv2.imdecodeanimation(buffer, start, count)
                images, durations = list(animation.frames), [d / 1000 for d in animation.durations]
            else:
                ok, pages = cv2.imdecodemulti(buffer, cv2.IMREAD_UNCHANGED, range=(start, start + count))
                images, durations = list(pages), [0.0] * len(pages)
        except cv2.error as e:
            raise ImageError(f"cannot be decoded: {e.err}") from e
    if not ok and not images and not start:
        raise ImageError(f"broken{_because(said.reason)}")
    return images, durations


def _decode_first(data: bytes, header: Header | None, depth: Depth | None) -> U8:
    with quiet() as said:
        try:
            pixels = cv2.imdecode(np.frombuffer(data, np.uint8), cv2.IMREAD_UNCHANGED)
        except cv2.error as e:
            raise ImageError(f"cannot be decoded: {e.err or e}") from e
        except MemoryError:
            raise ImageError("there is not enough memory to decode it") from None
    if pixels is None:
        raise ImageError(f"not an image, or a broken one{_because(said.reason)}")
    # libtiff applies the orientation itself.
    turn = 1 if header is None or data[:2] in (b"II", b"MM") else header.orientation
    return to_rgb(oriented(pixels, turn), depth)


def _heif(data: bytes, megapixels: float) -> U8:
    """Decode by libheif, which joins the tiles of a photograph and turns it upright."""
    try:
        heif = import_module("pi_heif")
    except ImportError:
        raise ImageError(f"HEIF cannot be decoded here; {HEIF_MEND}, or convert it to JPEG") from None
    try:
        file = heif.open_heif(data, convert_hdr_to_8bit=True)
        check_size(file.size[0], file.size[1], megapixels)
        pixels = np.asarray(file)
    except ImageError:
        raise
    except Exception as e:  # libheif's errors come in several classes
        raise ImageError(f"broken HEIF: {e}") from e
    order = {1: None, 3: cv2.COLOR_RGB2BGR, 4: cv2.COLOR_RGBA2BGRA}[1 if pixels.ndim == 2 else pixels.shape[2]]
    return to_rgb(pixels if order is None else cv2.cvtColor(pixels, order))


def _because(reason: str) -> str:
    return f": {reason}" if reason else ""
