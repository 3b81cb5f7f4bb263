"""Nods and shakes of the head: swings to and fro about one axis.

Hadar, Steiner & Clifford Rose, "Head movement during listening turns in conversation", J. Nonverbal Behavior 9,
1985: symmetric, cyclic movements; most have 1.8 to 3.7 cycles a second, rapid ones up to 7.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from mien.statistics.events import stretches

F64 = NDArray[np.float64]

_SWING_DEG = 2.0  # smaller ones drown in the error of the pose
# A swing is timed between the first and the last tenth of its way, where it can be told from rest.
_TENTH = 0.1
_SWING_S = 0.03, 0.6
_PAUSE_S = 0.25  # longer at an extreme, and the movement is over
# Swings in a row. A nod goes down and up again; a shake needs one more, as a look aside also goes and comes back.
_NOD, _SHAKE = 2, 3
_GAP_S = 0.2


@dataclass(frozen=True, slots=True)
class HeadMovement:
    kind: str  # nod or shake
    start_s: float
    end_s: float
    swings: int
    range_deg: float  # between the extremes

    @property
    def duration_s(self) -> float:
        return self.end_s - self.start_s

    @property
    def cycles_hz(self) -> float:
        return self.swings / 2 / self.duration_s


def head_movements(times_s: F64, yaw_deg: F64, pitch_deg: F64) -> list[HeadMovement]:
    """Nods (pitch) and shakes (yaw) of angles (N,), in order of their beginnings.

    A movement counts only where its own axis turns further than the other one: both angles move while a head rolls.
    """
    nods = _cyclic(times_s, pitch_deg, yaw_deg, "nod", _NOD)
    return sorted(nods + _cyclic(times_s, yaw_deg, pitch_deg, "shake", _SHAKE), key=lambda m: m.start_s)


def _cyclic(times: F64, angle: F64, other: F64, kind: str, least: int) -> list[HeadMovement]:
    known, parts = stretches(times, angle, _GAP_S)
    t, a, b = times[known], angle[known], other[known]
    found: list[HeadMovement] = []
    for part in parts:
        for turns in _turns(t, a, part.first, part.last):
            row: list[tuple[int, int]] = []
            for first, last in [_core(a, i, j) for i, j in pairwise(turns)]:
                if _SWING_S[0] <= t[last] - t[first] <= _SWING_S[1]:
                    row.append((first, last))
                else:
                    found += _movement(t, a, b, row, kind, least)
                    row = []
            found += _movement(t, a, b, row, kind, least)
    return found


def _core(a: F64, i: int, j: int) -> tuple[int, int]:
    """The samples of a swing from its first to its last tenth."""
    done = (a[i : j + 1] - a[i]) / (a[j] - a[i])
    return i + int(np.flatnonzero(done <= _TENTH)[-1]), i + int(np.flatnonzero(done >= 1 - _TENTH)[0])


def _movement(t: F64, a: F64, b: F64, row: list[tuple[int, int]], kind: str, least: int) -> list[HeadMovement]:
    if len(row) < least:
        return []
    first, last = row[0][0], row[-1][1]
    own = float(np.ptp(a[first : last + 1]))
    beside = b[first : last + 1]
    known = beside[np.isfinite(beside)]
    if len(known) and np.ptp(known) >= own:
        return []
    return [HeadMovement(kind, float(t[first]), float(t[last]), len(row), own)]


def _turns(t: F64, a: F64, first: int, last: int) -> list[list[int]]:
    """Indices between which the angle swings by at least `_SWING_DEG`, to and fro; a list for each movement.

    A movement ends where the angle passes no extreme for `_PAUSE_S`.
    """
    found: list[list[int]] = []
    turns: list[int] = []
    low = high = first
    rising: bool | None = None
    for i in range(first + 1, last + 1):
        if t[i] - t[max(low, high) if rising is None else high if rising else low] > _PAUSE_S:
            if rising is not None:
                found.append([*turns, high if rising else low])
            turns, low, high, rising = [], i, i, None
        if a[i] >= a[high]:
            high = i
        if a[i] <= a[low]:
            low = i
        if rising is not True and a[i] - a[low] >= _SWING_DEG:
            turns.append(low)
            rising, high = True, i
        elif rising is not False and a[high] - a[i] >= _SWING_DEG:
            turns.append(high)
            rising, low = False, i
    if rising is not None:
        found.append([*turns, high if rising else low])
    return found
