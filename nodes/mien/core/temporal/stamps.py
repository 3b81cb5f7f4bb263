"""Checks the time stamps of images from external camera drivers, and replaces those that cannot be used."""

from __future__ import annotations

from collections import deque
from statistics import median

_BACK_NS = 1_000_000_000  # a jump further back means another recording, or that the clock was set
_STILL = 3  # repeats of one stamp after which the driver's clock counts as stopped
_PAST = 31  # number of intervals whose median is the usual interval
_GAP_NS = 5_000_000_000  # after a longer gap the camera was paused, not slow
_SKIP = 1.7  # an interval of more than this many usual ones means that an image was lost


class StampGate:
    """Maps the stamp of every image to the time to use for it; None = the image is late and should be dropped.

    Stamps that are 0 or do not advance are replaced by the time of arrival, and `problem` says so. A stamp
    older than an earlier one is late; one that is older by more than a second begins another recording.
    """

    def __init__(self) -> None:
        self.late = 0  # images dropped because a newer one had come before
        self.lost = 0  # images that are missing between others, judged by the usual interval
        self.restarts = 0  # jumps back by more than a second
        self.arrived = 0  # images whose time of arrival was used instead of the stamp
        self._raw_ns: int | None = None
        self._repeats = 0
        self._newest_ns: int | None = None
        self._intervals: deque[int] = deque(maxlen=_PAST)

    @property
    def problem(self) -> str:
        """What is wrong with the present stamps, and the mend; empty where nothing is wrong."""
        if self._repeats < _STILL:
            return ""
        return (
            f"the stamps of images stand still at {(self._raw_ns or 0) * 1e-9:.3f} s: the time of arrival is taken "
            "instead; let the driver stamp its images with the time of acquisition"
        )

    def __call__(self, stamp_ns: int, arrived_ns: int) -> int | None:
        """stamp_ns: of the image. arrived_ns: arrival by the clock of this host, never before that of the last call."""
        self._repeats = self._repeats + 1 if stamp_ns == self._raw_ns else 0
        if stamp_ns == 0:
            self._repeats = max(self._repeats, _STILL)
        self._raw_ns = stamp_ns
        newest = self._newest_ns
        if self._repeats >= _STILL:
            self.arrived += 1
            stamp_ns = (
                max(arrived_ns, newest + 1) if newest is not None and arrived_ns > newest - _BACK_NS else arrived_ns
            )
        elif newest is not None and stamp_ns <= newest:
            if newest - stamp_ns <= _BACK_NS:
                self.late += 1
                return None
            self.restarts += 1
            self._intervals.clear()
            newest = None
        if newest is not None:
            self._count(stamp_ns - newest)
        self._newest_ns = stamp_ns
        return stamp_ns

    def _count(self, interval_ns: int) -> None:
        if interval_ns > _GAP_NS:
            return
        if len(self._intervals) == _PAST and interval_ns > _SKIP * (usual := median(self._intervals)):
            self.lost += round(interval_ns / usual) - 1
        self._intervals.append(interval_ns)
