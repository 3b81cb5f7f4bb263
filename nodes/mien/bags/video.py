"""H.264 in a bag: one message per image, in order (Annex B), by PyAV."""

from __future__ import annotations

import importlib.util
from fractions import Fraction
from typing import Any

import numpy as np

from mien.core.errors import BagError, ImageError
from mien.core.types import U8

MEND = "pip install 'mien[media]'"
_KEY_FRAMES = 30  # a reader can begin at every one of these, about once a second


def require_pyav(what: str) -> None:
    """Raises BagError with the mend where PyAV is not installed."""
    if importlib.util.find_spec("av") is None:
        raise BagError(f"{what}: H.264 needs PyAV; {MEND}, or choose jpeg")


class Encoder:
    """Images of one camera to access units: no image waits for a later one. crf: 0 (best) to 51."""

    def __init__(self, crf: int) -> None:
        require_pyav("bags.images: h264")
        self._crf = crf
        self._codec: Any = None
        self._shape: tuple[int, ...] = ()
        self._index = 0

    def __call__(self, image: U8) -> bytes:
        """The access unit of an image, H×W×3 RGB. Raises ImageError."""
        import av

        try:
            if image.shape != self._shape:
                self._open(image.shape)
            frame = av.VideoFrame.from_ndarray(np.ascontiguousarray(image), format="rgb24")
            frame.pts = self._index
            self._index += 1
            packets = self._codec.encode(frame.reformat(format=self._codec.pix_fmt))
        except av.FFmpegError as error:
            raise ImageError(f"H.264: {error}") from error
        return b"".join(bytes(p) for p in packets)

    def _open(self, shape: tuple[int, ...]) -> None:
        """A size that changes begins a new stream, by a key frame."""
        import av

        height, width = shape[:2]
        codec: Any = av.CodecContext.create("libx264", "w")
        codec.width, codec.height = width, height
        codec.pix_fmt = "yuv444p" if width % 2 or height % 2 else "yuv420p"
        codec.time_base, codec.framerate = Fraction(1, 30), 30
        codec.gop_size = _KEY_FRAMES
        codec.options = {"preset": "ultrafast", "tune": "zerolatency", "crf": str(self._crf)}
        codec.open()
        self._codec, self._shape = codec, shape


class Decoder:
    """Access units of one camera to images, in order."""

    def __init__(self) -> None:
        self._codec: Any = None

    def __call__(self, data: bytes, form: str) -> U8:
        """The image of an access unit, H×W×3 RGB. Raises ImageError, as where a key frame is missing."""
        require_pyav("images of the bag")
        import av

        if form.lower() != "h264":
            raise ImageError(f"video format {form!r} is not read; h264 is")
        try:
            if self._codec is None:
                self._codec = av.CodecContext.create("h264", "r")
                self._codec.options = {"flags": "low_delay"}
                self._codec.thread_count = 1
            frames = self._codec.decode(av.Packet(data))
        except av.FFmpegError as error:
            raise ImageError(f"H.264: {error}") from error
        if not frames:
            raise ImageError("H.264: gives no image; its key frame is missing")
        return np.asarray(frames[-1].to_ndarray(format="rgb24"))
