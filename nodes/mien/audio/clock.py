"""Stamps of a microphone's samples: even, and on the computer's clock however far the two clocks drift apart."""

from __future__ import annotations

_GAIN = 0.02  # of each piece: about a second at 20 ms, so that 100 ppm leave an error of 0.1 ms
_LOST_S = 0.25  # samples that are so late, or so early, were lost meanwhile
_SETTLED_S = 20.0


class SampleClock:
    """Counts samples, and follows slowly the times at which they arrived."""

    def __init__(self, rate_hz: int) -> None:
        self._rate = rate_hz
        self._epoch_ns: int | None = None  # so that what follows keeps its digits
        self._next_ns = 0.0  # since the epoch
        self._heard_s = 0.0
        self._corrected_s = 0.0
        self._settled: tuple[float, float] | None = None
        self.gaps = 0  # how often samples were lost

    def __call__(self, arrived_ns: int, count: int) -> int:
        """The time [ns] of the first of `count` samples whose last one arrived just now."""
        length_ns = count / self._rate * 1e9
        if self._epoch_ns is None:
            self._epoch_ns = arrived_ns - round(length_ns)
        measured = arrived_ns - self._epoch_ns - length_ns
        error = measured - self._next_ns
        if abs(error) > _LOST_S * 1e9:
            self.gaps += 1
            self._heard_s = self._corrected_s = 0.0
            self._settled = None
            self._next_ns, error = measured, 0.0
        step = _GAIN * error
        self._heard_s += count / self._rate
        self._corrected_s += step * 1e-9
        if self._settled is None and self._heard_s > _SETTLED_S:
            self._settled = self._heard_s, self._corrected_s
        first = self._next_ns + step
        self._next_ns = first + length_ns
        return self._epoch_ns + round(first)

    @property
    def drift_ppm(self) -> float:
        """How much slower the microphone's clock runs, in parts per million; 0 until a minute was heard."""
        if self._settled is None or (span := self._heard_s - self._settled[0]) < 2 * _SETTLED_S:
            return 0.0
        return (self._corrected_s - self._settled[1]) / span * 1e6
