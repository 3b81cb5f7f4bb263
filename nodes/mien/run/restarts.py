"""Limits how often a node is restarted."""

from __future__ import annotations

import time
from collections import defaultdict, deque
from collections.abc import Callable


class Restarts:
    """Allows at most `limit` restarts of a node within `window_s`, so that a node that keeps failing is given up."""

    def __init__(self, limit: int = 3, window_s: float = 60.0, now_s: Callable[[], float] = time.monotonic) -> None:
        self.limit = limit
        self.window_s = window_s
        self._now_s = now_s
        self._times: dict[str, deque[float]] = defaultdict(deque)

    def allow(self, name: str) -> bool:
        """Whether the node may be restarted now; if so, the restart is counted."""
        times, now = self._times[name], self._now_s()
        while times and now - times[0] > self.window_s:
            times.popleft()
        if len(times) >= self.limit:
            return False
        times.append(now)
        return True
