"""Waits until the results of an image have come."""

from __future__ import annotations

import threading
import time
from collections import Counter
from collections.abc import Callable, Collection
from typing import Any

from mien.messages import from_time


class Answers:
    """What the stages said lately. `hear` gives the callbacks, `wait` is called by another thread."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._stamps: dict[str, set[int]] = {}
        self._counts: Counter[str] = Counter()
        self._stopped = False

    def hear(self, name: str) -> Callable[[Any], None]:
        """A callback for the messages of a stage."""

        def callback(msg: Any) -> None:
            with self._changed:
                self._stamps.setdefault(name, set()).add(from_time(msg.header.stamp))
                self._counts[name] += 1
                self._changed.notify_all()

        return callback

    def begin(self) -> None:
        """Forget what was said so far."""
        with self._changed:
            self._stamps.clear()
            self._counts.clear()

    def wait(self, names: Collection[str], stamp_ns: int | None, timeout_s: float) -> set[str]:
        """Wait until each stage has said something since `begin`, of that stamp where one is given. Who did not."""
        end = time.monotonic() + timeout_s

        def late() -> set[str]:
            if stamp_ns is None:
                return {n for n in names if not self._counts[n]}
            return {n for n in names if stamp_ns not in self._stamps.get(n, ())}

        with self._changed:
            self._changed.wait_for(lambda: self._stopped or not late(), max(0.0, end - time.monotonic()))
            return set() if self._stopped else late()

    def stop(self) -> None:
        """Let whoever waits go on."""
        with self._changed:
            self._stopped = True
            self._changed.notify_all()
