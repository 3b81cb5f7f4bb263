"""Sound in messages of audio_common_msgs. Two packages have this name, and each says sound in its own way.

That of ros-drivers has `AudioData`, bytes whose rate and format a topic `audio_info` tells, and `AudioDataStamped`;
that of mgonzs13 has `AudioStamped`, with the format beside the samples. Either is read by the names of its fields.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from mien.audio.clock import SampleClock
from mien.core.errors import ConfigError, MessageError
from mien.core.sound import Sound
from mien.core.types import F32, Header

PACKAGE = "audio_common_msgs"
# Message, topic, and how it is told: with its format, with a stamp, or as bytes alone. The first that the package has
# is read.
KINDS = (("AudioStamped", "audio"), ("AudioDataStamped", "audio_stamped"), ("AudioData", "audio"))
INFO = "AudioInfo", "audio_info"
_FORMATS = {
    "S8": ("i1", 128.0), "U8": ("u1", 128.0), "S16LE": ("<i2", 32768.0), "S16BE": (">i2", 32768.0),
    "S32LE": ("<i4", 2.0**31), "S32BE": (">i4", 2.0**31), "F32LE": ("<f4", 1.0), "F32BE": (">f4", 1.0),
}  # fmt: skip
_SAMPLES = {"float32_data": 1.0, "int32_data": 2.0**31, "int16_data": 32768.0, "int8_data": 128.0, "uint8_data": 128.0}
_WAVE = ("", "wave", "wav", "raw", "pcm")


def kind_of(load: Callable[[str], Any] = importlib.import_module) -> tuple[Any, str]:
    """The class of the message that the installed package has, and its topic. Raises ConfigError."""
    package = _package(load)
    for name, topic in KINDS:
        if hasattr(package, name):
            return getattr(package, name), topic
    raise ConfigError(f"audio.source: {PACKAGE} has none of {', '.join(name for name, _ in KINDS)}")


def info_kind(load: Callable[[str], Any] = importlib.import_module) -> Any:
    """The class of the message that tells rate and format on a topic of its own; None where the samples say it."""
    package = _package(load)
    return None if hasattr(package, KINDS[0][0]) else getattr(package, INFO[0], None)


def _package(load: Callable[[str], Any]) -> Any:
    try:
        return load(f"{PACKAGE}.msg")
    except ImportError as error:
        raise ConfigError(
            f"audio.source: {PACKAGE} is not installed ({error}); apt install ros-$ROS_DISTRO-audio-common-msgs, or"
            " send mien_msgs/Audio and say audio.source: topic"
        ) from error


def mono(samples: F32, channels: int) -> F32:
    """The mean of channels that alternate. Raises MessageError."""
    if channels < 1 or len(samples) % channels:
        raise MessageError(f"Audio.channels is {channels}, which does not divide {len(samples)} samples")
    return np.asarray(samples.reshape(-1, channels).mean(axis=1), np.float32)


@dataclass(slots=True)
class Common:
    """Messages of either package to Sound. rate_hz: where no message tells it."""

    rate_hz: int
    frame_id: str
    format: str = "S16LE"
    channels: int = 1
    told: bool = False  # whether the sender told its format
    _clock: SampleClock | None = None

    def learn(self, info: Any) -> None:
        """An AudioInfo of ros-drivers. Raises MessageError for what is compressed or unknown."""
        coding, form = str(info.coding_format), str(info.sample_format) or "S16LE"
        if coding.lower() not in _WAVE:
            raise MessageError(f"AudioInfo.coding_format is {coding}; start audio_capture with format:=wave")
        if form.upper() not in _FORMATS:
            raise MessageError(f"AudioInfo.sample_format is {form}; it must be one of {', '.join(_FORMATS)}")
        if not 4000 <= int(info.sample_rate) <= 192_000:
            raise MessageError(f"AudioInfo.sample_rate is {info.sample_rate}; it must be within [4000, 192000]")
        if int(info.sample_rate) != self.rate_hz:
            self._clock = None
        self.format, self.told = form.upper(), True
        self.channels, self.rate_hz = int(info.channels), int(info.sample_rate)

    def sound(self, msg: Any, arrived_ns: int) -> Sound:
        """Of a message of KINDS, that arrived now. Raises MessageError."""
        if hasattr(msg, "header") and hasattr(msg.audio, "audio_data"):
            return self._with_format(msg, arrived_ns)
        if hasattr(msg, "header"):
            return Sound(self._header(msg.header, arrived_ns), self.rate_hz, self._samples(msg.audio.data))
        samples = self._samples(msg.data)
        self._clock = self._clock or SampleClock(self.rate_hz)
        return Sound(Header(self._clock(arrived_ns, len(samples)), self.frame_id), self.rate_hz, samples)

    def _with_format(self, msg: Any, arrived_ns: int) -> Sound:
        info, data = msg.audio.info, msg.audio.audio_data
        self.told = True
        if not 4000 <= int(info.rate) <= 192_000:
            raise MessageError(f"Audio.info.rate is {info.rate}; it must be within [4000, 192000]")
        for name, scale in _SAMPLES.items():
            values = np.asarray(getattr(data, name, ()), np.float32)
            if len(values):
                values = (values - (128 if name == "uint8_data" else 0)) / np.float32(scale)
                self.rate_hz = int(info.rate)
                return Sound(self._header(msg.header, arrived_ns), self.rate_hz, mono(values, int(info.channels)))
        return Sound(self._header(msg.header, arrived_ns), int(info.rate), np.zeros(0, np.float32))

    def _samples(self, data: Any) -> F32:
        dtype, scale = _FORMATS[self.format]
        raw = bytes(data)
        if len(raw) % np.dtype(dtype).itemsize:
            raise MessageError(f"AudioData.data has {len(raw)} bytes, which is no whole number of {self.format}")
        values = np.frombuffer(raw, dtype).astype(np.float32)
        return mono((values - (128 if self.format == "U8" else 0)) / np.float32(scale), self.channels)

    def _header(self, header: Any, arrived_ns: int) -> Header:
        stamp_ns = int(header.stamp.sec) * 1_000_000_000 + int(header.stamp.nanosec)
        return Header(stamp_ns or arrived_ns, str(header.frame_id) or self.frame_id)
