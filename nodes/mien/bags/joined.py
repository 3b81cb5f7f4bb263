"""Joins the messages of one image, which arrive apart, and unrolls recordings that were played in a loop."""

from __future__ import annotations

import heapq
from collections.abc import Iterator
from typing import Any

from mien.core.moment import Moment
from mien.core.types import Intrinsics

# What belongs to one image arrives within this time; more only costs memory.
_WINDOW_NS = 5_000_000_000
# A topic that has gone on by this much has nothing more to say of an image. Not at once: a rig that
# eases carries the time of its step, which may be later than the stamp of the next image.
_PAST_NS = 250_000_000
_BACK_NS = 1_000_000_000  # further back than this is another recording, or a loop
_PAUSE_NS = 40_000_000  # between two recordings


class Waiting:
    """Moments that are not whole yet. They come out in order of their stamps."""

    def __init__(self, parts: set[str]) -> None:
        self._newest = dict.fromkeys(parts, 0)  # stamp of each part
        self._moments: dict[int, Moment] = {}
        self._queue: list[tuple[int, int]] = []  # stamp, when it was first heard of

    def moment(self, stamp_ns: int, received_ns: int, intrinsics: Intrinsics | None) -> Moment:
        """That of this stamp, or a new one."""
        if stamp_ns not in self._moments:
            self._moments[stamp_ns] = Moment(stamp_ns, intrinsics=intrinsics)
            heapq.heappush(self._queue, (stamp_ns, received_ns))
        return self._moments[stamp_ns]

    def ready(self, part: str, stamp_ns: int, received_ns: int) -> Iterator[Moment]:
        """Those to which nothing is added any more, after this part of this stamp was."""
        self._newest[part] = max(self._newest[part], stamp_ns)
        while self._queue and self._is_final(*self._queue[0], received_ns):
            yield self._pop()

    def rest(self) -> Iterator[Moment]:
        while self._queue:
            yield self._pop()

    def _is_final(self, stamp_ns: int, heard_ns: int, now_ns: int) -> bool:
        has = self._moments[stamp_ns].received_ns
        return now_ns - heard_ns > _WINDOW_NS or all(
            part in has or newest > stamp_ns + _PAST_NS for part, newest in self._newest.items()
        )

    def _pop(self) -> Moment:
        return self._moments.pop(heapq.heappop(self._queue)[0])


class Unrolled:
    """Messages with stamps that go on where those of a part jump back, as in a bag that was played in a loop.

    One message with an old stamp is only late: it takes two in a row to begin anew.
    """

    def __init__(self) -> None:
        self._newest: dict[str, int] = {}  # stamp of each part, as it is in the bag
        self._epoch: dict[str, int] = {}
        self._shifts_ns = [0]
        self._latest_ns = 0  # of all that was told
        self._doubtful: dict[str, tuple[int, Any]] = {}  # by part: a stamp far back, and its message

    @property
    def restarts(self) -> int:
        return len(self._shifts_ns) - 1

    def __call__(self, part: str, stamp_ns: int, message: Any) -> Iterator[tuple[int, Any]]:
        """The stamp by which a message counts, and the message; one that is in doubt comes with the next."""
        is_back = stamp_ns < self._newest.get(part, stamp_ns) - _BACK_NS
        doubtful = self._doubtful.pop(part, None)
        if is_back and doubtful is None:
            self._doubtful[part] = stamp_ns, message
            return
        if doubtful is not None:
            if is_back:
                self._restart(part, doubtful[0])
            yield self._told(part, doubtful[0]), doubtful[1]
        self._newest[part] = stamp_ns
        yield self._told(part, stamp_ns), message

    def rest(self) -> Iterator[tuple[str, int, Any]]:
        """What was in doubt at the end: part, stamp, message."""
        for part, (stamp_ns, message) in self._doubtful.items():
            yield part, self._told(part, stamp_ns), message

    def _restart(self, part: str, stamp_ns: int) -> None:
        self._epoch[part] = self._epoch.get(part, 0) + 1
        if self._epoch[part] == len(self._shifts_ns):  # the first part that jumps
            self._shifts_ns.append(self._latest_ns + _PAUSE_NS - stamp_ns)

    def _told(self, part: str, stamp_ns: int) -> int:
        told = stamp_ns + self._shifts_ns[self._epoch.get(part, 0)]
        self._latest_ns = max(self._latest_ns, told)
        return told
