"""Videos through PyAV, which deinterlaces, reports damaged frames and applies rotation and pixel aspect ratio."""

from __future__ import annotations

import importlib
import struct
from collections import deque
from collections.abc import Generator, Iterator
from contextlib import closing
from functools import partial
from typing import Any

from mien.camera.files.containers import orientation_of
from mien.camera.files.reader import Picture, square
from mien.camera.files.seek import find
from mien.core.errors import ImageError, SourceError
from mien.images.pictures import check_size


class AvReader:
    """A video file or stream; messages call it `shown`. Raises SourceError, which says what is wrong with it."""

    def __init__(
        self,
        url: str,
        shown: str,
        *,
        megapixels: float,
        options: dict[str, str] | None = None,
        timeout_s: float | None = None,
        demuxer: str = "",
    ) -> None:
        self._av = importlib.import_module("av")
        self._shown = shown
        self._megapixels = megapixels
        self.damaged: list[int] = []
        self._open = partial(self._av.open, url, format=demuxer or None, options=options or {}, timeout=timeout_s)
        try:
            self._file = self._open()
        except (self._av.error.FFmpegError, OSError, ValueError) as e:
            raise SourceError(f"{shown}: not a video that can be decoded, or a broken one: {_words(e)}") from e
        try:
            self._stream = self._choose()
        except SourceError:
            self._file.close()
            raise
        self._deinterlace: _Deinterlacer | None = None
        self._converter = self._av.video.reformatter.VideoReformatter()  # one for all frames
        self._oriented: tuple[int, int] | None = None
        self._orientation = 1
        self._lost: deque[int] = deque()  # times of packets that cannot be decoded
        self._next = 0
        self._skip_to: int | None = None  # time before which frames are decoded but not shown
        self._ahead: Picture | None = None
        self._pictures: Generator[Picture, None, None] = self._read()

    def _choose(self) -> Any:
        """The main video stream; the cover image of an audio file does not count."""
        cover = self._av.stream.Disposition.attached_pic
        streams = [s for s in self._file.streams.video if not s.disposition & cover]
        if not streams:
            raise SourceError(f"{self._shown}: there is no video in it, only sound or data")
        stream = max(streams, key=lambda s: (s.codec_context is not None, bool(s.disposition & 1), -s.index))
        if stream.codec_context is None:
            raise SourceError(f"{self._shown}: there is no decoder here for its codec")
        self._check_size(stream.codec_context.width, stream.codec_context.height)
        # Slice threads, not frame threads: with these an error belongs to the packet in which it occurs.
        stream.thread_type = "SLICE"
        return stream

    def _check_size(self, width: int, height: int) -> None:
        try:
            check_size(width, height, self._megapixels)
        except ImageError as e:
            raise SourceError(f"{self._shown}: {e}") from e

    @property
    def length(self) -> int:
        if self._stream.frames:
            return int(self._stream.frames)
        return round(float(self._file.duration or 0) / int(self._av.time_base) * self.rate)

    @property
    def rate(self) -> float:
        return float(self._stream.average_rate or self._stream.guessed_rate or 0)

    def read(self) -> Picture | None:
        picture, self._ahead = self._ahead, None
        return picture or next(self._pictures, None)

    def start_at(self, index: int) -> float | None:
        place = find(self._open, self._stream.index, index, self.length)
        if place is None:
            return None
        base = self._stream.time_base
        try:
            self._file.seek(place.key, stream=self._stream)
            self._next, self._skip_to = index, place.target
            self._ahead = next(self._pictures, None)
        except (self._av.error.FFmpegError, SourceError):
            self._ahead = None
        if self._ahead is not None and self._ahead.time_s == float(place.target * base):
            return float(place.first * base)
        self._restart()
        return None

    def _restart(self) -> None:
        """From the beginning, as if nothing had been read."""
        self.close()
        self._file = self._open()
        self._stream = self._choose()
        self._deinterlace, self._skip_to, self._ahead, self._next = None, None, None, 0
        self._lost.clear()
        self.damaged.clear()
        self._pictures = self._read()

    def close(self) -> None:
        self._pictures.close()
        self._file.close()

    def _read(self) -> Generator[Picture, None, None]:
        # One that is left suspended keeps the decoder and its threads until Python looks for circles.
        with closing(self._file.demux(self._stream)) as packets:
            yield from self._pictures_of(packets)

    def _pictures_of(self, packets: Iterator[Any]) -> Iterator[Picture]:
        for frame in self._frames(packets):
            if self._skip_to is not None:
                if frame.pts is None or frame.pts < self._skip_to:
                    continue
                self._skip_to = None
                self._lost.clear()
            while self._lost and frame.pts is not None and self._lost[0] < frame.pts:
                self._lost.popleft()
                self._count_damaged()
            if frame.is_corrupt:
                self._count_damaged()
                continue
            if frame.interlaced_frame or self._deinterlace:
                yield from self._progressive(frame)
            else:
                yield self._picture(frame)
        if self._deinterlace:
            for frame in self._deinterlace.rest():
                yield self._picture(frame)
        for _ in range(len(self._lost)):
            self._count_damaged()

    def _frames(self, packets: Iterator[Any]) -> Iterator[Any]:
        while True:
            try:
                packet = next(packets)
            except StopIteration:
                return
            except (self._av.error.FFmpegError, OSError) as e:
                if isinstance(e, self._av.error.InvalidDataError):
                    return  # the file ends with data that is no packet
                raise SourceError(f"{self._shown}: {_words(e)}") from e
            try:
                frames = packet.decode()
            except self._av.error.InvalidDataError:
                self._lost.append(packet.pts if packet.pts is not None else packet.dts or 0)
                continue
            except self._av.error.FFmpegError as e:
                raise SourceError(f"{self._shown}: {_words(e)}") from e
            yield from frames

    def _count_damaged(self) -> None:
        self.damaged.append(self._next)
        self._next += 1

    def _progressive(self, frame: Any) -> Iterator[Picture]:
        if self._deinterlace is None or not self._deinterlace.fits(frame):
            if self._deinterlace:
                for last in self._deinterlace.rest():
                    yield self._picture(last)
            self._deinterlace = _Deinterlacer(self._av, frame, self._stream.time_base)
        for done in self._deinterlace(frame):
            yield self._picture(done)

    def _picture(self, frame: Any) -> Picture:
        self._check_size(frame.width, frame.height)
        ratio = self._stream.sample_aspect_ratio
        # Asked of one frame of each size, and of a small copy: PyAV ties a frame whose side data were looked at into
        # a circle, which holds its picture, and the threads of a converter, until Python looks for circles.
        if self._oriented != (size := (frame.width, frame.height)):
            self._oriented, self._orientation = size, _orientation(frame.reformat(width=16, height=16))
        rgb = self._converter.reformat(frame, format="rgb24").to_ndarray()
        image = square(rgb, float(ratio or 1), self._orientation)
        index, self._next = self._next, self._next + 1
        return Picture(image, None if frame.pts is None else float(frame.pts * frame.time_base), index)


class _Deinterlacer:
    """FFmpeg's bwdif: one output frame per input frame; progressive frames pass unchanged."""

    def __init__(self, av: Any, frame: Any, time_base: Any) -> None:
        self._av = av
        self._kind = (frame.width, frame.height, frame.format.name)
        graph = self._graph = av.filter.Graph()
        source = graph.add_buffer(
            width=frame.width, height=frame.height, format=frame.format, time_base=frame.time_base or time_base
        )
        filter_ = graph.add("bwdif", "mode=send_frame:parity=auto:deint=interlaced")
        sink = graph.add("buffersink")
        source.link_to(filter_)
        filter_.link_to(sink)
        graph.configure()

    def fits(self, frame: Any) -> bool:
        return bool(self._kind == (frame.width, frame.height, frame.format.name))

    def __call__(self, frame: Any) -> Iterator[Any]:
        self._graph.push(frame)
        yield from self._ready()

    def rest(self) -> Iterator[Any]:
        self._graph.push(None)
        yield from self._ready()

    def _ready(self) -> Iterator[Any]:
        while True:
            try:
                yield self._graph.pull()
            except (self._av.error.BlockingIOError, self._av.error.EOFError):
                return


def _orientation(frame: Any) -> int:
    for data in frame.side_data:
        if data.type.name == "DISPLAYMATRIX":
            a, b, _, c, d = struct.unpack_from("=5i", bytes(data))
            return orientation_of([v / 65536 for v in (a, b, c, d)])
    return 1


def _words(error: BaseException) -> str:
    return str(getattr(error, "strerror", None) or error).strip()
