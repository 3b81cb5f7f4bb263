"""Notifies as soon as data arrives on a socket."""

from __future__ import annotations

import select
import threading
import time
from collections.abc import Callable, Iterable

_LOOK_S = 0.25  # sockets may be closed and opened meanwhile


class Watch:
    """A thread that waits for the sockets of `filenos` and calls `ready`, then waits for `handled`."""

    def __init__(self, filenos: Callable[[], Iterable[int]], ready: Callable[[], None]) -> None:
        self._filenos = filenos
        self._ready = ready
        self._go = threading.Event()
        self._go.set()
        self._closed = False
        self._thread = threading.Thread(target=self._run, name="watch", daemon=True)
        self._thread.start()

    def handled(self) -> None:
        """The data was read; wait for more."""
        self._go.set()

    def close(self) -> None:
        self._closed = True
        self._go.set()
        self._thread.join()

    def _run(self) -> None:
        while not self._closed:
            if not self._go.wait(_LOOK_S):
                continue
            poll = select.poll()
            for number in self._filenos():
                if number >= 0:
                    poll.register(number, select.POLLIN)
            # What was closed meanwhile is told as such, at once: not to be taken for something that came.
            events = poll.poll(_LOOK_S * 1000)
            came = [n for n, event in events if event & select.POLLIN]
            if events and not came:
                time.sleep(_LOOK_S)
            if came and not self._closed:
                self._go.clear()
                self._ready()
