"""Plays a recording of another program at its own times."""

from __future__ import annotations

import time
from collections.abc import Iterable
from pathlib import Path

from mien.bridges.base import Bridge, Heard, Home
from mien.bridges.file_in.config import FileInConfig
from mien.bridges.file_in.formats import read
from mien.bridges.inputs import Reader
from mien.core.errors import BridgeError
from mien.core.types import Source

_PAUSE_S = 1.0  # before a recording begins anew: the face is neutral by then
_ROUNDING_S = 1e-6
_MOST = 16  # frames at once, after the program was held up


def open_bridge(config: FileInConfig, home: Home) -> Bridge:
    """Raises BridgeError without a path, ExportError where the recording cannot be read."""
    if not config.path:
        raise BridgeError("file_in.path names no recording; for example file_in.path:=face.csv")
    return FileBridge(config, home)


class FileBridge(Bridge):
    """Time goes on by `tick`; every frame that is due is told."""

    schema = ""

    def __init__(self, config: FileInConfig, home: Home) -> None:
        super().__init__(home.counters)
        self.counters.address = config.path
        recorded = read(Path(config.path).expanduser())
        face = config.face or recorded.main
        if face not in recorded.faces:
            raise BridgeError(
                f"file_in.face {face}: not in {config.path}; it has {', '.join(map(str, recorded.faces))}"
            )
        self._config = config
        self._samples = recorded.faces[face]
        self._first_s = self._samples[0].time_s
        self._next = 0
        self._at_s = 0.0  # of the recording
        self._ticked_s: float | None = None
        self._began_ns = 0
        self._played_s = 0.0  # by the clock, from the first tick
        self._reader = Reader(config.track_id, "file_in", smooth=config.smooth, source=Source.REPLAYED)
        self._heard: list[Heard] = []

    def tick(self, now_s: float) -> None:
        if self._ticked_s is None:
            self._ticked_s, self._began_ns = now_s, time.time_ns()
        step_s, self._ticked_s = now_s - self._ticked_s, now_s
        self._played_s += step_s
        self._at_s += step_s * self._config.speed
        due = self._next
        while due < len(self._samples) and self._samples[due].time_s - self._first_s <= self._at_s + _ROUNDING_S:
            due += 1
        for sample in self._samples[max(self._next, due - _MOST) : due]:
            behind_s = (self._at_s - (sample.time_s - self._first_s)) / self._config.speed
            stamp_ns = self._began_ns + int((self._played_s - behind_s) * 1e9)
            self._heard.append(self._reader.step(sample.reading, stamp_ns, now_s - behind_s))
            self.counters.receive()
        if due == self._next and (idle := self._reader.idle(now_s)) is not None:
            self._heard.append(idle)
        self._next = due
        self._end()

    def read(self) -> Iterable[Heard]:
        heard, self._heard = self._heard, []
        return heard

    def reconfigure(self, config: FileInConfig) -> None:
        self._config = config

    def close(self) -> None:
        self._samples = []

    def _end(self) -> None:
        over = self._next == len(self._samples)
        self.counters.waits = "the recording is over" if over and not self._config.loop else ""
        if over and self._config.loop and self._samples:
            last_s = self._samples[-1].time_s - self._first_s
            if self._at_s > last_s + _PAUSE_S * self._config.speed:
                self._next, self._at_s = 0, 0.0
