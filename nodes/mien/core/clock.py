"""A time that only goes forward, made of time stamps that may do anything."""

from __future__ import annotations

# What a stamp that does not advance counts: a frame of 60 Hz. At up to that rate, time that was advanced so is
# never ahead for long: stamps rounded to a tenth of a second give frames that are spread over it.
_TICK_NS = 16_666_667
# A stamp that is earlier by up to this came late; one that is earlier still is of another recording, or of a loop.
LATE_NS = 1_000_000_000
# A longer gap counts as this much: nothing that is under way takes longer.
_LONGEST_NS = 60_000_000_000


class ForwardClock:
    """Time stamps [ns] to a time [ns] that advances with every call.

    It equals the stamps while they advance. Stamps that repeat or are late advance it by a tick,
    until the stamps are ahead again. A stamp that jumps back by more than `LATE_NS` goes on from where
    the time stands; one that jumps ahead by more than a minute counts as a minute.
    """

    def __init__(self) -> None:
        self._stamp_ns: int | None = None
        self._ahead_ns = 0  # of the time before the stamps
        self._now_ns = 0

    def __call__(self, stamp_ns: int) -> int:
        if self._stamp_ns is None:
            self._now_ns = stamp_ns
        else:
            step_ns = stamp_ns - self._stamp_ns
            tick_ns = min(step_ns, _TICK_NS) if step_ns > 0 else _TICK_NS
            now_ns = max(stamp_ns + self._ahead_ns, self._now_ns + tick_ns)
            if step_ns < -LATE_NS:
                now_ns = self._now_ns + _TICK_NS
                self._ahead_ns = now_ns - stamp_ns
            elif now_ns - self._now_ns > _LONGEST_NS:
                now_ns = self._now_ns + _LONGEST_NS
                self._ahead_ns = now_ns - stamp_ns
            self._now_ns = now_ns
        self._stamp_ns = stamp_ns
        return self._now_ns
