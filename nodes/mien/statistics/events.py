"""Events of action units: onset, apex and offset.

Onset, apex and offset are the temporal phases of the Facial Action Coding System (Ekman, Friesen & Hager, 2002;
automatically: Valstar & Pantic, IEEE SMC-B 42, 2012). An event is found by two thresholds (hysteresis): a unit
that reaches `start` has an event, which lasts for as long as the unit stays at or above `end`. A single threshold
would cut an expression that trembles around it into many.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import ArrayLike, NDArray

from mien.core.errors import StatisticsError

F64 = NDArray[np.float64]
Index = NDArray[np.intp]

_SLOW = 2.5  # an interval of so many times the median is a gap, however slow the images come


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """What counts as an event. The defaults are levels of FACS: B ("slight") starts it, A ("trace") ends it."""

    start: float = 2.0  # on the scale of the intensity
    end: float = 1.0  # below `start`
    shortest_s: float = 0.1
    gap_s: float = 0.25  # missing values for longer end an event

    def __post_init__(self) -> None:
        if not self.end < self.start:
            raise StatisticsError(
                f"events end below {self.end:g}, which must be less than where they start, {self.start:g}"
            )
        if self.shortest_s < 0 or self.gap_s <= 0:
            raise StatisticsError("the shortest event lasts 0 s or more, and a gap more than 0 s")


@dataclass(frozen=True, slots=True)
class Event:
    """One appearance of a unit. Times are seconds on the clock of the series, between samples where they cross."""

    unit: str
    onset_s: float
    apex_s: float
    offset_s: float
    peak: float
    began: bool = True  # False: it was under way when the series, or a gap in it, let it be seen first
    ended: bool = True  # False: it was still under way when the series, or a gap in it, hid it

    @property
    def duration_s(self) -> float:
        return self.offset_s - self.onset_s

    @property
    def whole(self) -> bool:
        """Whether onset and offset were both seen. Durations and speeds are told of such events alone."""
        return self.began and self.ended


@dataclass(frozen=True, slots=True)
class Stretch:
    """Samples from `first` up to `last`, inclusive, without a gap among them."""

    first: int
    last: int


def events(times_s: ArrayLike, intensity: ArrayLike, units: str | Sequence[str], rule: Rule = Rule()) -> list[Event]:
    """Events of one unit (N,) or of several (N, A), in order of their onsets.

    times_s: (N,) increasing. intensity: NaN = not observed. units: the name, or the A names. Missing values for up
    to `rule.gap_s` are bridged by a straight line; longer ones end an event, which then says that it was cut.
    Raises StatisticsError where shapes or times do not fit.
    """
    times, values = _checked(times_s, intensity)
    names = (units,) if isinstance(units, str) else tuple(units)
    if values.shape[1] != len(names):
        raise StatisticsError(f"{len(names)} names for {values.shape[1]} columns of intensity")
    found = [
        event for name, column in zip(names, values.T, strict=True) for event in _of_unit(times, column, name, rule)
    ]
    return sorted(found, key=lambda e: (e.onset_s, e.unit))


def stretches(times_s: F64, values: F64, gap_s: float) -> tuple[Index, list[Stretch]]:
    """Indices of the observed samples of a series (N,), and the stretches among them, which count those indices."""
    known = np.flatnonzero(np.isfinite(values))
    if not len(known):
        return known, []
    longest = max(gap_s, _SLOW * typical_step_s(times_s))
    breaks = np.flatnonzero(np.diff(times_s[known]) > longest) + 1
    bounds = [0, *breaks.tolist(), len(known)]
    return known, [Stretch(a, b - 1) for a, b in pairwise(bounds)]


def observed_s(times_s: F64, values: F64, gap_s: float = Rule().gap_s) -> float:
    """How long a series (N,) was observed: each sample stands for one step, gaps up to `gap_s` are bridged."""
    known, parts = stretches(times_s, values, gap_s)
    step = typical_step_s(times_s)
    return float(sum(times_s[known[p.last]] - times_s[known[p.first]] + step for p in parts))


def typical_step_s(times_s: F64) -> float:
    """The median interval of samples; 0 of a single one."""
    return float(np.median(np.diff(times_s))) if len(times_s) > 1 else 0.0


def _checked(times_s: ArrayLike, intensity: ArrayLike) -> tuple[F64, F64]:
    times, values = np.asarray(times_s, np.float64), np.asarray(intensity, np.float64)
    if values.ndim == 1:
        values = values[:, None]
    if times.ndim != 1 or values.ndim != 2 or len(times) != len(values):
        raise StatisticsError(f"times {times.shape} and intensity {values.shape} are not (N,) and (N,) or (N, A)")
    if not np.isfinite(times).all() or (np.diff(times) <= 0).any():
        raise StatisticsError("times must be finite and increase from sample to sample; sort them and drop repeats")
    return times, values


def _of_unit(times: F64, values: F64, unit: str, rule: Rule) -> list[Event]:
    known, parts = stretches(times, values, rule.gap_s)
    t, x = times[known], values[known]
    return [e for part in parts for e in _of_stretch(t, x, part, unit, rule) if e.duration_s >= rule.shortest_s]


def _of_stretch(t: F64, x: F64, part: Stretch, unit: str, rule: Rule) -> list[Event]:
    found = []
    for first, last in _runs(x[part.first : part.last + 1] >= rule.end):
        first, last = first + part.first, last + part.first
        apex = first + int(np.argmax(x[first : last + 1]))
        if x[apex] < rule.start:
            continue
        began, ended = first > part.first, last < part.last
        onset = _crossing(t, x, first - 1, rule.end) if began else t[first]
        offset = _crossing(t, x, last, rule.end) if ended else t[last]
        found.append(Event(unit, float(onset), float(t[apex]), float(offset), float(x[apex]), began, ended))
    return found


def _runs(mask: NDArray[np.bool_]) -> list[tuple[int, int]]:
    """First and last index of every run of True."""
    edges = np.diff(np.concatenate([[0], mask.astype(np.int8), [0]]))
    return list(zip(np.flatnonzero(edges == 1).tolist(), (np.flatnonzero(edges == -1) - 1).tolist(), strict=True))


def _crossing(t: F64, x: F64, i: int, level: float) -> float:
    """When the line from sample i to the next crosses a level that lies between them."""
    return float(t[i] + (level - x[i]) / (x[i + 1] - x[i]) * (t[i + 1] - t[i]))
