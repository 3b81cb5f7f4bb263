"""Sound of files: WAV by the standard library, all else, videos too, by PyAV (`mien[media]`)."""

from __future__ import annotations

import importlib.util
import wave
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Protocol

import numpy as np

from mien.core.errors import SourceError
from mien.core.types import F32

LOWEST_HZ, HIGHEST_HZ = 4_000, 192_000
_PIECE = 4096
_MEND = "pip install 'mien[media]'"
# What a full-scale sample of each width is; 8-bit WAV is unsigned.
_FULL = {1: 128.0, 2: 32768.0, 3: 8388608.0, 4: 2147483648.0}


class SoundReader(Protocol):
    rate_hz: int
    start_s: float  # time of the first sample, on the file's clock

    def __iter__(self) -> Iterator[F32]:
        """Mono pieces in [-1, 1], to the end. Raises SourceError."""
        ...

    def close(self) -> None: ...


def open_sound(path: Path) -> SoundReader:
    """The sound of a file. Raises SourceError, which names the file and the mend."""
    if not path.is_file():
        raise SourceError(f"{path}: no such file of sound")
    with path.open("rb") as file:
        head = file.read(12)
    if head[:4] == b"RIFF" and head[8:] == b"WAVE":
        try:
            return _Wave(path)
        except (wave.Error, EOFError):  # WAV of floats or compressed
            pass
    if importlib.util.find_spec("av") is None:
        raise SourceError(f"{path}: only WAV of whole numbers is read without PyAV; {_MEND}")
    return _Av(path)


def _check_rate(path: Path, rate_hz: int) -> int:
    if not LOWEST_HZ <= rate_hz <= HIGHEST_HZ:
        raise SourceError(f"{path}: {rate_hz} samples per second; {LOWEST_HZ} to {HIGHEST_HZ} are read")
    return rate_hz


class _Wave:
    def __init__(self, path: Path) -> None:
        self._file = wave.open(str(path), "rb")  # noqa: SIM115
        try:
            if self._file.getsampwidth() not in _FULL:
                raise wave.Error("samples of an unusual width")
            self.rate_hz = _check_rate(path, self._file.getframerate())
        except (wave.Error, SourceError):
            self.close()
            raise
        self.start_s = 0.0

    def __iter__(self) -> Iterator[F32]:
        width, channels = self._file.getsampwidth(), self._file.getnchannels()
        while data := self._file.readframes(_PIECE):
            yield to_mono(data[: len(data) // (width * channels) * (width * channels)], width, channels)

    def close(self) -> None:
        self._file.close()


class _Av:
    def __init__(self, path: Path) -> None:
        import av

        self._path = path
        try:
            self._container: Any = av.open(f"file:{path.absolute()}", options={"protocol_whitelist": "file"})
            streams = self._container.streams
            if not streams.audio:
                self._container.close()
                raise SourceError(f"{path}: it has no sound")
            self._stream = streams.audio[0]
            if self._stream.codec_context is None:
                self._container.close()
                raise SourceError(f"{path}: its sound is of a kind that PyAV does not decode; convert it, as to WAV")
            self.rate_hz = _check_rate(path, int(self._stream.rate or 0))
            # Images begin at 0: sound that begins with them may still have a time of its own.
            first = next((s.start_time * s.time_base for s in streams.video if s.start_time is not None), None)
            own = self._stream.start_time
            self.start_s = float(own * self._stream.time_base - first) if own is not None and first is not None else 0.0
        except (av.error.FFmpegError, OSError) as e:
            raise SourceError(f"{path}: its sound cannot be read: {e}") from e

    def __iter__(self) -> Iterator[F32]:
        import av

        mono = av.AudioResampler(format="flt", layout="mono", rate=self.rate_hz)
        try:
            for frame in self._container.decode(self._stream):
                for piece in mono.resample(frame):
                    yield np.asarray(piece.to_ndarray().reshape(-1), np.float32)
        except av.error.FFmpegError as e:
            raise SourceError(f"{self._path}: its sound is damaged: {e}") from e

    def close(self) -> None:
        self._container.close()


def to_mono(data: bytes, width: int, channels: int) -> F32:
    """Interleaved whole numbers, little-endian, of 1 to 4 bytes, as the mean of the channels in [-1, 1]."""
    if width == 3:
        raw = np.frombuffer(data, np.uint8).reshape(-1, 3)
        padded = np.zeros((len(raw), 4), np.uint8)
        padded[:, 1:] = raw
        values = padded.reshape(-1).view("<i4").astype(np.float64) / 2**31
    else:
        kind: Any = {1: np.uint8, 2: np.dtype("<i2"), 4: np.dtype("<i4")}[width]
        values = np.frombuffer(data, kind).astype(np.float64)
        values = (values - (128 if width == 1 else 0)) / _FULL[width]
    return np.asarray(values.reshape(-1, channels).mean(axis=1), np.float32)


class Track:
    """The sound of a file up to a time, as its images are played."""

    def __init__(self, path: Path) -> None:
        """Raises SourceError."""
        self._reader = open_sound(path)
        self._pieces = iter(self._reader)
        self._held: F32 = np.zeros(0, np.float32)
        self._told = 0  # samples
        self.rate_hz = self._reader.rate_hz

    def until(self, seconds: float) -> tuple[float, F32]:
        """Time of the first sample [s] and the samples that were not told yet, up to a time. Raises SourceError."""
        start = self._reader.start_s
        wanted = max(0, int((seconds - start) * self.rate_hz) - self._told)
        held = [self._held]
        count = len(self._held)
        while count < wanted and (piece := next(self._pieces, None)) is not None:
            held.append(piece)
            count += len(piece)
        whole = np.concatenate(held)
        out, self._held = whole[:wanted], whole[wanted:]
        begin = start + self._told / self.rate_hz
        self._told += len(out)
        return begin, out

    def close(self) -> None:
        self._reader.close()
