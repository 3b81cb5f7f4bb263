"""When the messages of a bag are due: at a speed that may change, with pauses and jumps."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable

_SLICE_S = 0.05  # a change of speed is noticed within this time


class Pace:
    """Waits for times of the bag. `rate` 0 does not wait; `paused` waits until it is over."""

    def __init__(self, rate: float, *, now_s: Callable[[], float] = time.monotonic) -> None:
        self.rate = rate
        self.paused = False
        self._now_s = now_s
        self._changed = threading.Event()  # a jump, or the end
        self._asked_s: float | None = None
        self._stopped = False
        self._start_ns = 0
        self._at_ns = 0  # of the bag
        self._since_s = 0.0  # when the bag was there

    @property
    def position_s(self) -> float:
        """Since the first message."""
        return (self._at_ns - self._start_ns) * 1e-9

    def start(self, start_ns: int, begin_s: float) -> None:
        """The bag begins at `start_ns`; it is played from `begin_s` after that on."""
        self._start_ns = start_ns
        self._at_ns = start_ns + round(begin_s * 1e9)
        self._since_s = self._now_s()

    def seek(self, second: float) -> None:
        """Jump to a time after the first message."""
        self._asked_s = second
        self._changed.set()

    def stop(self) -> None:
        self._stopped = True
        self._changed.set()

    def wait(self, due_ns: int) -> float | None:
        """Wait until a time of the bag has come; None, or where to jump to instead [s]."""
        while not self._stopped:
            if self._asked_s is not None:
                asked, self._asked_s = self._asked_s, None
                self._changed.clear()
                return asked
            now_s = self._now_s()
            passed_s, self._since_s = now_s - self._since_s, now_s
            if self.paused:
                self._changed.wait(_SLICE_S)
                continue
            rate = self.rate
            if not rate:
                self._at_ns = max(due_ns, self._at_ns)
                return None
            self._at_ns += round(passed_s * rate * 1e9)
            left_s = (due_ns - self._at_ns) * 1e-9 / rate
            if left_s <= 0:
                if left_s < -_SLICE_S:  # the graph was slower: what was lost is not made up for by a burst
                    self._at_ns = due_ns
                return None
            self._changed.wait(min(left_s, _SLICE_S))
        return None


class Times:
    """What /clock is to say, so that rigs which ease without an image say the recorded times.

    Rigs count the time without an image from when they had handled the last one, by /clock, or from its stamp where
    that is later. On a busy machine they had eased to beyond the stamp of the next image before that came: then the
    clock is ahead of it, and stays so until an image has caught up, since it never goes back.
    """

    def __init__(self) -> None:
        self._now_ns = 0
        self._ahead_ns = 0

    def image(self, stamp_ns: int) -> int:
        """An image is handled; the time after that."""
        self._ahead_ns = max(0, self._now_ns - stamp_ns)
        self._now_ns = max(self._now_ns, stamp_ns)
        return self._now_ns

    def idle(self, stamp_ns: int) -> int:
        """Rigs are to say this time without an image; the time at which they do."""
        self._now_ns = stamp_ns + self._ahead_ns
        return self._now_ns
