"""One thread that always works on the newest input."""

from __future__ import annotations

import threading
import time
from collections import deque
from collections.abc import Callable
from typing import Generic, TypeVar

T = TypeVar("T")


class LatestWins(Generic[T]):
    """Passes the newest item to `handle` on its own thread; items that arrive meanwhile replace each other.

    `idle` is called every `idle_s` while no item arrives, also if functions are called all the time. Exceptions are
    passed to `fail`; the thread goes on.
    """

    def __init__(
        self,
        handle: Callable[[T], None],
        *,
        fail: Callable[[Exception], None],
        dropped: Callable[[], None] = lambda: None,
        idle: Callable[[], None] = lambda: None,
        idle_s: float = 1 / 30,
    ) -> None:
        self._handle = handle
        self._fail = fail
        self._dropped = dropped
        self._idle = idle
        self._idle_s = idle_s
        self._idle_at_s = time.monotonic() + idle_s
        self._changed = threading.Condition()
        self._item: T | None = None
        self._busy = False
        self._calls: deque[Callable[[], None]] = deque()
        self._stopped = False
        self._thread = threading.Thread(target=self._run, name="worker", daemon=True)
        self._thread.start()

    def put(self, item: T) -> None:
        """Offer an item; it replaces one that is still waiting."""
        with self._changed:
            if self._item is not None:
                self._dropped()
            self._item = item
            self._changed.notify_all()

    def put_wait(self, item: T) -> None:
        """Offer an item and wait until it was handled: nothing is dropped."""
        with self._changed:
            self._changed.wait_for(lambda: self._stopped or (self._item is None and not self._busy))
            self._item = item
            self._changed.notify_all()
        self.join()

    def call(self, function: Callable[[], None]) -> None:
        """Run a function on the worker's thread, between two items."""
        with self._changed:
            self._calls.append(function)
            self._changed.notify_all()

    def join(self) -> None:
        """Wait until every item and call is handled."""
        with self._changed:
            self._changed.wait_for(lambda: self._stopped or (self._item is None and not self._busy and not self._calls))

    def stop(self) -> None:
        """End the thread after its present item."""
        with self._changed:
            self._stopped = True
            self._changed.notify_all()
        if threading.current_thread() is not self._thread:
            self._thread.join()

    def _run(self) -> None:
        while (work := self._next()) is not None:
            try:
                work()
            except Exception as e:
                self._fail(e)
            with self._changed:
                self._busy = False
                self._changed.notify_all()

    def _next(self) -> Callable[[], None] | None:
        with self._changed:
            if not (self._item is not None or self._calls or self._stopped):
                self._changed.wait(max(0.0, self._idle_at_s - time.monotonic()))
            if self._stopped:
                return None
            self._busy = True
            if self._calls:  # they do not postpone `idle`, which a topic at 50 Hz would keep from ever being called
                return self._calls.popleft()
            self._idle_at_s = time.monotonic() + self._idle_s
            if self._item is None:
                return self._idle
            item, self._item = self._item, None
            return lambda: self._handle(item)


class Join(Generic[T]):
    """Joins messages of several topics that have the same time stamp.

    `put(i, stamp_ns, item)` returns all items of that stamp once the last one arrives. Stamps that
    remain incomplete when a later one completes are dropped and counted.
    """

    _DEPTH = 16

    def __init__(self, parts: int, dropped: Callable[[], None] = lambda: None) -> None:
        self._parts = parts
        self._dropped = dropped
        self._waiting: dict[int, dict[int, T]] = {}

    def put(self, part: int, stamp_ns: int, item: T) -> list[T] | None:
        items = self._waiting.setdefault(stamp_ns, {})
        items[part] = item
        if len(items) < self._parts:
            if len(self._waiting) > self._DEPTH:
                self._drop(min(self._waiting))
            return None
        del self._waiting[stamp_ns]
        for older in [s for s in self._waiting if s < stamp_ns]:
            self._drop(older)
        return [items[i] for i in range(self._parts)]

    def _drop(self, stamp_ns: int) -> None:
        del self._waiting[stamp_ns]
        self._dropped()
