"""Plays a source: paces files, reopens lost cameras, loops."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import replace

from mien.camera.config import CameraConfig
from mien.camera.sources import Source, open_source
from mien.core.errors import SourceLost
from mien.core.types import Frame

log = logging.getLogger(__name__)


class Player:
    """Frames with wall-clock stamps, in real time.

    A frame of a paced file is stamped with the time at which it is due, so that intervals are those
    of the recording even on a busy machine. `stop` ends a wait at once.
    """

    def __init__(
        self,
        config: CameraConfig,
        *,
        opener: Callable[[CameraConfig], Source] = open_source,
        now_ns: Callable[[], int] = time.time_ns,
    ) -> None:
        self._config = config
        self._open = opener
        self._now_ns = now_ns
        self._stopped = threading.Event()
        self.lost: str | None = None  # why there is no camera now
        self.reconnects = 0
        self._source: Source | None = None
        self.epoch_ns = 0  # when the file that is played began

    def open(self) -> None:
        """Open the source. Waits for a lost camera; raises SourceError on any other error."""
        try:
            self._source = self._open(self._config)
        except SourceLost as e:
            self._on_lost(e)

    def stop(self) -> None:
        self._stopped.set()

    @property
    def stopped(self) -> bool:
        return self._stopped.is_set()

    @property
    def length(self) -> int:
        """Frames in all; 0 where that is not known."""
        return self._source.length if self._source else 0

    def __iter__(self) -> Iterator[Frame]:
        """Frames until the end or `stop`. Raises SourceError."""
        epoch_ns: int | None = None
        try:
            while not self._stopped.is_set():
                source = self._source or self._reopen()
                if source is None:
                    return
                try:
                    frame = source.read()
                except SourceLost as e:
                    source.close()
                    self._source = None
                    self._on_lost(e)
                    continue
                if frame is None:
                    if not self._config.loop or epoch_ns is None:  # one without a frame would loop for ever
                        return
                    source.close()
                    self._source, epoch_ns = self._open(self._config), None
                    continue
                if source.live:
                    yield frame
                    continue
                if epoch_ns is None:
                    epoch_ns = self.epoch_ns = self._now_ns() - frame.stamp_ns
                due_ns = epoch_ns + frame.stamp_ns
                if self._config.paced and self._stopped.wait(max(0.0, (due_ns - self._now_ns()) * 1e-9)):
                    return
                yield replace(frame, stamp_ns=due_ns)
        finally:
            if self._source:
                self._source.close()

    def _on_lost(self, error: SourceLost) -> None:
        if self.lost is None:
            log.error("%s", error)
        self.lost = str(error)

    def _reopen(self) -> Source | None:
        while not self._stopped.wait(self._config.reconnect_s if self.lost else 0):
            self.open()
            if self._source:
                if self.lost:
                    log.info("camera %s is back", self._source.name)
                    self.reconnects += 1
                self.lost = None
                return self._source
        return None
