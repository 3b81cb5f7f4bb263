"""Videos through OpenCV, where PyAV is not installed. Videos that OpenCV would read wrongly are refused."""

from __future__ import annotations

import os
from collections import deque
from pathlib import Path
from typing import Any

import cv2
import numpy as np

from mien.camera.files import containers
from mien.camera.files.bitstream import is_interlaced, tells
from mien.camera.files.reader import MEND, Picture, square
from mien.core.errors import ImageError, SourceError
from mien.images.pictures import check_size
from mien.images.quiet import opencv_log_off

# Silences FFmpeg's own messages about broken files. FFmpeg reads the variable when it opens its first file.
os.environ.setdefault("OPENCV_FFMPEG_LOGLEVEL", "-8")

_NAMES = {"AV01": "AV1", "av01": "AV1"}
# Number of frames that are compared before the first one is returned.
_AHEAD = 4


class CvReader:
    """A video file or stream; messages call it `shown`. Raises SourceError, which says what is wrong with it."""

    def __init__(self, url: str, shown: str, *, megapixels: float, params: tuple[int, ...] = ()) -> None:
        self._shown = shown
        self.damaged: list[int] = []
        with opencv_log_off():
            self._capture = cv2.VideoCapture(url, cv2.CAP_FFMPEG, list(params))
        if not self._capture.isOpened():
            raise SourceError(f"{shown}: not a video that can be decoded here, or a broken one; {MEND} may read it")
        try:
            check_size(
                round(self._get(cv2.CAP_PROP_FRAME_WIDTH)), round(self._get(cv2.CAP_PROP_FRAME_HEIGHT)), megapixels
            )
        except ImageError as e:
            raise SourceError(f"{shown}: {e}") from e
        self._codec = int(self._get(cv2.CAP_PROP_FOURCC)).to_bytes(4, "little").decode("latin-1").strip("\0")
        self._ratio = self._get(cv2.CAP_PROP_SAR_NUM) / max(1.0, self._get(cv2.CAP_PROP_SAR_DEN))
        self._orientation = 1
        self._packets: Any = None
        self._next = 0
        self._ahead: deque[Picture] = deque()

    def _get(self, prop: int) -> float:
        return float(self._capture.get(prop))

    @property
    def length(self) -> int:
        return max(0, int(self._get(cv2.CAP_PROP_FRAME_COUNT)))

    @property
    def rate(self) -> float:
        rate = self._get(cv2.CAP_PROP_FPS)
        return rate if 0 < rate < 1000 else 0.0

    def read(self) -> Picture | None:
        return self._ahead.popleft() if self._ahead else self._read()

    def start_at(self, index: int) -> float | None:
        return None  # OpenCV does not seek to a frame reliably

    def close(self) -> None:
        self._capture.release()
        if self._packets is not None:
            self._packets.release()

    def _read(self) -> Picture | None:
        ok, bgr = self._capture.read()
        if not ok:
            return None
        rgb = cv2.cvtColor(bgr, cv2.COLOR_BGR2RGB)
        image = square(rgb, self._ratio, self._orientation)
        index, self._next = self._next, self._next + 1
        return Picture(image, self._get(cv2.CAP_PROP_POS_MSEC) / 1000, index)


class CvFileReader(CvReader):
    """A file. Its packets are read in parallel with the frames, to notice interlacing, damage and the end."""

    def __init__(self, path: Path, shown: str, *, megapixels: float) -> None:
        url = f"file:{path.absolute()}"
        super().__init__(url, shown, megapixels=megapixels)
        if (turn := containers.turn(path)) is not None:
            # OpenCV applies rotations, but not mirroring.
            self._capture.set(cv2.CAP_PROP_ORIENTATION_AUTO, 0)
            self._orientation = turn
        with opencv_log_off():
            self._packets = cv2.VideoCapture(url, cv2.CAP_FFMPEG, [cv2.CAP_PROP_FORMAT, -1])
        ok, data = self._packets.retrieve(flag=int(self._get(cv2.CAP_PROP_CODEC_EXTRADATA_INDEX)))
        self._extradata = data.tobytes() if ok and data is not None else b""
        self._last: tuple[Any, bytes] | None = None  # image and packet
        self._same = 0  # consecutive frames that equal the one before, although their packets differ
        self._refuse_fields(b"")
        for _ in range(_AHEAD):
            if (picture := self._read()) is not None:
                self._ahead.append(picture)
        if not self._ahead and self.damaged:
            codec = _NAMES.get(self._codec, self._codec) or "its codec"
            raise SourceError(f"{shown}: no decoder for {codec} here, or the file is broken; {MEND} may read it")

    def _read(self) -> Picture | None:
        missed = 0
        while True:
            ok, data = self._packets.read()
            packet = data.tobytes() if ok and data is not None else b""
            self._refuse_fields(packet)
            picture = super()._read()
            if picture is not None:
                # A failure between two decoded frames is damage; a failure at the end is the end of the file.
                self.damaged += range(self._next - 1, self._next - 1 + missed)
                self._next += missed
                self._refuse_repeats(picture.image, packet)
                return Picture(picture.image, picture.time_s, picture.index + missed)
            if not ok:
                if self._next == 0:
                    self.damaged += range(missed)
                return None
            missed += 1

    def _refuse_fields(self, packet: bytes) -> None:
        if is_interlaced(self._codec, self._extradata, packet):
            self._refuse()

    def _refuse_repeats(self, image: Any, packet: bytes) -> None:
        """Raise SourceError where OpenCV repeats a frame, as it silently does for interlaced ones.

        In intra-only codecs, different packets must give different frames.
        """
        if tells(self._codec):
            return
        last, self._last = self._last, (image, packet)
        if last and packet != last[1] and np.array_equal(image[::37], last[0][::37]) and np.array_equal(image, last[0]):
            self._same += 1
        else:
            self._same = 0
        if self._same >= _AHEAD - 1:
            self._refuse()

    def _refuse(self) -> None:
        raise SourceError(
            f"{self._shown}: interlaced, which OpenCV cannot read; {MEND} reads it, or deinterlace it first"
        )
