"""Where sound comes from: a microphone, or a file played like one."""

from __future__ import annotations

import queue
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import numpy as np

from mien.audio.clock import SampleClock
from mien.audio.config import AudioConfig
from mien.core.errors import SourceError, SourceLost
from mien.core.sound import Sound
from mien.core.types import Header
from mien.sounds.files import open_sound

TOPIC, COMMON, MICROPHONE = "topic", "audio_common", "microphone"
_PIECE_S = 0.02
_SILENT_S = 2.0  # a microphone that delivers nothing for so long is lost


def played(config: AudioConfig, stopped: threading.Event, now_ns: Callable[[], int] = time.time_ns) -> Iterator[Sound]:
    """A file in pieces of 20 ms, each once it has been heard; stamped as if it was heard now. Raises SourceError."""
    while not stopped.is_set():
        reader = open_sound(Path(config.source))
        told, rate, size = 0, reader.rate_hz, round(reader.rate_hz * _PIECE_S)
        epoch_ns = now_ns()
        held = np.zeros(0, np.float32)
        try:
            for piece in reader:
                held = np.concatenate([held, piece])
                while len(held) >= size:
                    due_ns = epoch_ns + round((told + size) * 1e9 / rate)
                    if config.paced and stopped.wait(max(0.0, (due_ns - now_ns()) * 1e-9)):
                        return
                    yield Sound(Header(epoch_ns + round(told * 1e9 / rate), config.frame_id), rate, held[:size])
                    told, held = told + size, held[size:]
        finally:
            reader.close()
        if not config.loop or not told:
            return


class Microphone:
    """Pieces of 20 ms of an input device. Raises SourceError without sounddevice, SourceLost without the device."""

    def __init__(self, config: AudioConfig, now_ns: Callable[[], int] = time.time_ns, driver: Any = None) -> None:
        self._driver = driver or _sounddevice()
        self._config, self._now_ns = config, now_ns
        name = config.source.partition(":")[2]
        self._queue: queue.Queue[tuple[int, Any]] = queue.Queue(maxsize=100)
        self.overflows = 0
        try:
            self._stream = self._open(name)
        except (self._driver.PortAudioError, ValueError) as e:
            self._look_anew()
            raise SourceLost(f"no microphone {name or 'here'}: {e}; `python -m sounddevice` lists them") from e
        self.clock = SampleClock(self.rate_hz)

    def _open(self, name: str) -> Any:
        """The stream, which has started."""
        device = self._driver.query_devices(name or None, "input")
        self.name = str(device["name"])
        self.rate_hz = self._rate(name, device)
        stream = self._driver.InputStream(
            samplerate=self.rate_hz, blocksize=round(self.rate_hz * _PIECE_S), device=name or None, channels=1,
            dtype="float32", callback=self._hear,
        )  # fmt: skip
        try:
            stream.start()
        except self._driver.PortAudioError:
            stream.close()
            raise
        return stream

    def _look_anew(self) -> None:
        """Let the next attempt find what was plugged in meanwhile: PortAudio lists devices once, when it begins."""
        with suppress(self._driver.PortAudioError):
            self._driver._terminate()  # there is no public function (python-sounddevice, issue 125)
            self._driver._initialize()

    def _rate(self, name: str, device: Any) -> int:
        """The rate asked for where the device has it, else its own."""
        try:
            self._driver.check_input_settings(device=name or None, channels=1, samplerate=self._config.rate_hz)
        except (self._driver.PortAudioError, ValueError):
            return int(device["default_samplerate"])
        return self._config.rate_hz

    def _hear(self, data: Any, count: int, times: Any, status: Any) -> None:
        """On the driver's thread."""
        late_ns = round(max(0.0, times.currentTime - times.inputBufferAdcTime - count / self.rate_hz) * 1e9)
        self.overflows += bool(status.input_overflow)
        try:
            self._queue.put_nowait((self._now_ns() - min(late_ns, 500_000_000), data[:, 0].copy()))
        except queue.Full:
            self.overflows += 1

    def pieces(self, stopped: threading.Event) -> Iterator[Sound]:
        """Until it is stopped. Raises SourceLost."""
        silent_s = 0.0
        while not stopped.is_set():
            try:
                arrived_ns, samples = self._queue.get(timeout=0.2)
            except queue.Empty:
                silent_s += 0.2
                if silent_s >= _SILENT_S:
                    raise SourceLost(f"the microphone {self.name} delivers nothing: is it unplugged?") from None
                continue
            silent_s = 0.0
            stamp_ns = self.clock(arrived_ns, len(samples))
            yield Sound(Header(stamp_ns, self._config.frame_id), self.rate_hz, samples)

    def close(self) -> None:
        self._stream.close()


def _sounddevice() -> Any:
    try:
        import sounddevice
    except ImportError as e:
        raise SourceError("sounddevice is not installed; pip install 'mien[audio]'") from e
    except OSError as e:
        raise SourceError(f"sounddevice finds no PortAudio ({e}); apt install libportaudio2") from e
    return sounddevice
