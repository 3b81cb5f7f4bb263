"""A monotonic time made of time stamps that may repeat, arrive late or jump."""

from __future__ import annotations

# A stamp that does not advance moves the time on by one frame at 60 Hz. At up to that frame rate the time is
# never ahead of the stamps for long: frames whose stamps are rounded to 0.1 s are spread over that interval.
_TICK_NS = 16_666_667
# A stamp that is earlier than the last by up to this came late; one that is still earlier belongs to another
# recording, or to a recording that started again.
LATE_NS = 1_000_000_000
# A longer gap counts as this much: no motion or easing that is under way takes longer.
_LONGEST_NS = 60_000_000_000


class ForwardClock:
    """Maps time stamps [ns] to a time [ns] that advances with every call.

    The time equals the stamps while they advance. A stamp that repeats or is late advances the time
    by a tick, until the stamps are ahead again. After a stamp that jumps back by more than `LATE_NS`
    the time goes on from its present value; a jump ahead of more than a minute counts as a minute.
    """

    def __init__(self) -> None:
        self._stamp_ns: int | None = None
        self._ahead_ns = 0  # by how much the time is ahead of the stamps
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
