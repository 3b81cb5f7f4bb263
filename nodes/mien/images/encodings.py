"""Pixels of image messages, by the names of `sensor_msgs/image_encodings.hpp`, to H×W×3 uint8 RGB."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from mien.core.errors import ImageError
from mien.core.types import U8
from mien.images.depth import Depth


@dataclass(frozen=True, slots=True)
class Packed:
    """Rows of pixels. `code` is OpenCV's conversion to RGB; None: they are RGB."""

    dtype: type[np.generic]
    channels: int
    code: int | None
    what: str = ""


@dataclass(frozen=True, slots=True)
class Planar:
    """A luma plane, then an interleaved chroma plane that is subsampled by `rows` and `columns`."""

    rows: int
    columns: int
    to_rgb: Callable[[U8, U8], U8]
    what: str = ""


def _nv(code: int) -> Callable[[U8, U8], U8]:
    """A converter of 4:2:0 through OpenCV, which takes even sizes only."""

    def convert(y: U8, colour: U8) -> U8:
        height, width = y.shape
        even = np.pad(y, ((0, height % 2), (0, width % 2)), mode="edge")
        rgb = cv2.cvtColorTwoPlane(even, colour, code)
        return np.asarray(rgb[:height, :width], np.uint8)

    return convert


def _nv24(y: U8, colour: U8) -> U8:
    """4:4:4, converted as 4:2:0 for the same range of values: full resolution of luma, half of chroma."""
    height, width = y.shape
    even = np.pad(colour, ((0, height % 2), (0, width % 2), (0, 0)), mode="edge")
    half = cv2.resize(even, (even.shape[1] // 2, even.shape[0] // 2), interpolation=cv2.INTER_AREA)
    return _nv(cv2.COLOR_YUV2RGB_NV12)(y, np.asarray(half, np.uint8))


_U8, _U16 = np.uint8, np.uint16
ENCODINGS: dict[str, Packed | Planar] = {
    "rgb8": Packed(_U8, 3, None),
    "bgr8": Packed(_U8, 3, cv2.COLOR_BGR2RGB),
    "8UC3": Packed(_U8, 3, cv2.COLOR_BGR2RGB, "taken for bgr8"),
    "rgba8": Packed(_U8, 4, cv2.COLOR_RGBA2RGB, "opacity is not used"),
    "bgra8": Packed(_U8, 4, cv2.COLOR_BGRA2RGB, "opacity is not used"),
    "8UC4": Packed(_U8, 4, cv2.COLOR_BGRA2RGB, "taken for bgra8"),
    "mono8": Packed(_U8, 1, cv2.COLOR_GRAY2RGB),
    "8UC1": Packed(_U8, 1, cv2.COLOR_GRAY2RGB, "taken for mono8"),
    "rgb16": Packed(_U16, 3, None),
    "bgr16": Packed(_U16, 3, cv2.COLOR_BGR2RGB),
    "16UC3": Packed(_U16, 3, cv2.COLOR_BGR2RGB, "taken for bgr16"),
    "rgba16": Packed(_U16, 4, cv2.COLOR_RGBA2RGB, "opacity is not used"),
    "bgra16": Packed(_U16, 4, cv2.COLOR_BGRA2RGB, "opacity is not used"),
    "mono16": Packed(_U16, 1, cv2.COLOR_GRAY2RGB),
    "16UC1": Packed(_U16, 1, cv2.COLOR_GRAY2RGB, "taken for mono16; depth is no image of a face"),
    "bayer_rggb8": Packed(_U8, 1, cv2.COLOR_BayerRGGB2RGB),
    "bayer_bggr8": Packed(_U8, 1, cv2.COLOR_BayerBGGR2RGB),
    "bayer_gbrg8": Packed(_U8, 1, cv2.COLOR_BayerGBRG2RGB),
    "bayer_grbg8": Packed(_U8, 1, cv2.COLOR_BayerGRBG2RGB),
    "bayer_rggb16": Packed(_U16, 1, cv2.COLOR_BayerRGGB2RGB),
    "bayer_bggr16": Packed(_U16, 1, cv2.COLOR_BayerBGGR2RGB),
    "bayer_gbrg16": Packed(_U16, 1, cv2.COLOR_BayerGBRG2RGB),
    "bayer_grbg16": Packed(_U16, 1, cv2.COLOR_BayerGRBG2RGB),
    "uyvy": Packed(_U8, 2, cv2.COLOR_YUV2RGB_UYVY),
    "yuv422": Packed(_U8, 2, cv2.COLOR_YUV2RGB_UYVY),
    "yuyv": Packed(_U8, 2, cv2.COLOR_YUV2RGB_YUYV),
    "yuv422_yuy2": Packed(_U8, 2, cv2.COLOR_YUV2RGB_YUYV),
    "nv12": Planar(2, 2, _nv(cv2.COLOR_YUV2RGB_NV12)),
    "nv21": Planar(2, 2, _nv(cv2.COLOR_YUV2RGB_NV21)),
    "nv24": Planar(1, 1, _nv24),
}
# Some drivers write them in capitals, like V4L2 and GStreamer.
_LOWER = {name.lower(): name for name in ENCODINGS}


def to_rgb(msg: Any, depth: Depth | None = None) -> U8:
    """H×W×3 uint8 RGB of an image message, without a copy where it is rgb8 already.

    depth: of the stream that the image belongs to, where it has more than eight bits. Raises ImageError on
    an unknown encoding, an empty image, or a step or size that does not fit.
    """
    encoding = ENCODINGS.get(_LOWER.get(str(msg.encoding).lower(), ""))
    if encoding is None:
        raise ImageError(f"image encoding {msg.encoding!r} is not known; use one of {', '.join(ENCODINGS)}")
    if not msg.height or not msg.width:
        raise ImageError(f"image is empty: {msg.width}×{msg.height}")
    if isinstance(encoding, Planar):
        return _planar(msg, encoding)
    return _packed(msg, encoding, depth)


def _packed(msg: Any, encoding: Packed, depth: Depth | None) -> U8:
    height, width, step = int(msg.height), int(msg.width), int(msg.step)
    row = width * encoding.channels * np.dtype(encoding.dtype).itemsize
    if step < row:
        raise ImageError(f"image step is {step} bytes; {width} {msg.encoding} pixels need {row}")
    # The last row may come without padding.
    needed = step * (height - 1) + row
    if len(msg.data) < needed:
        raise ImageError(f"image holds {len(msg.data)} bytes; {height} rows of {step} need {needed}")
    data = np.frombuffer(msg.data, np.uint8, needed)
    rows = np.lib.stride_tricks.as_strided(data, (height, row), (step, 1), writeable=False)
    pixels: NDArray[Any] = rows
    if encoding.dtype is _U16:
        pixels = np.ascontiguousarray(rows).view(">u2" if msg.is_bigendian else "<u2").astype(np.uint16)
    if encoding.channels > 1:
        pixels = pixels.reshape(height, width, encoding.channels)
    if encoding.code is not None:
        try:
            pixels = cv2.cvtColor(np.ascontiguousarray(pixels), encoding.code)
        except cv2.error as e:  # an odd number of YUV pixels
            raise ImageError(f"image of {width}×{height} cannot be {msg.encoding}: {e.err}") from e
    if encoding.dtype is _U16:
        return (depth or Depth())(pixels)
    return np.asarray(pixels, np.uint8)


def _planar(msg: Any, encoding: Planar) -> U8:
    """Planes are stored one after the other; drivers differ in their use of step and height."""
    height, width, step = int(msg.height), int(msg.width), int(msg.step)
    data = np.frombuffer(msg.data, np.uint8)
    whole = encoding.rows == encoding.columns == 1
    if not whole and height % 3 == 0 and len(data) == step * height and step >= width:
        height = height * 2 // 3  # the height counts the rows of both planes
    rows, columns = -(-height // encoding.rows), -(-width // encoding.columns)
    for stride in (step, width):
        colour_stride = max(stride * 2 // encoding.columns, 2 * columns)
        needed = stride * height + colour_stride * (rows - 1) + 2 * columns
        if stride >= width and len(data) >= needed:
            break
    else:
        raise ImageError(f"image holds {len(data)} bytes; {width}×{height} of {msg.encoding} need {needed}")
    start = stride * height
    luma = data[:start].reshape(height, stride)[:, :width]
    colour = np.lib.stride_tricks.as_strided(data[start:], (rows, 2 * columns), (colour_stride, 1), writeable=False)
    planes = np.ascontiguousarray(luma), np.ascontiguousarray(colour).reshape(rows, columns, 2)
    return np.asarray(encoding.to_rgb(*planes), np.uint8)
