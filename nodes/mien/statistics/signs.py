"""Blinks, smiles and averted gaze: what events of units say together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from mien.core.errors import StatisticsError
from mien.statistics.events import Event, Rule, events, observed_s, stretches, typical_step_s

F64 = NDArray[np.float64]

# Lids are half closed at the middle of the scale. Stern, Walrath & Goldstein, "The endogenous eyeblink",
# Psychophysiology 21, 1984: blinks last 0.1 to 0.4 s; a longer closure is none.
_BLINK = Rule(start=2.5, end=1.25, shortest_s=0.03, gap_s=0.1)
_BLINK_LONGEST_S = 0.5
_BLINK_SLOWEST_S = 0.05  # interval of images from which on blinks are missed
_SMILE = Rule(start=2.0, end=1.0, shortest_s=0.2)
_RAISED = 1.0  # of AU6, level A


@dataclass(frozen=True, slots=True)
class Blinks:
    """Blinks of both eyes (AU45), and closures that last longer."""

    blinks: tuple[Event, ...]
    closures: tuple[Event, ...]
    observed_s: float
    reliable: bool  # False: images come too seldom to see every blink

    @property
    def per_minute(self) -> float:
        """Of the time in which the eyes were observed; NaN where they never were."""
        return 60 * len(self.blinks) / self.observed_s if self.observed_s > 0 else float("nan")


@dataclass(frozen=True, slots=True)
class Smile:
    """An event of AU12, and how it came about.

    With AU6 it is the smile that Ekman, Davidson & Friesen (J. Personality and Social Psychology 58, 1990) name
    after Duchenne. It is no proof that a smile is felt: AU6 rises with the strength of a posed smile, too
    (Girard, Cohn, Yin & Morency, Affective Science 2, 2021).
    """

    event: Event  # of the mean of both sides
    with_au6: bool | None  # AU6 at the apex at least at level A; None = not observed
    asymmetry: float  # (left - right) / (left + right) at the apex, [-1, 1]; the person's own left. NaN = one side seen
    onset_speed: float  # mean rise from onset to apex [1/s], FACS intensity; NaN = the onset was not seen
    # Schmidt, Ambadar, Cohn & Reed, J. Nonverbal Behavior 30, 2006: deliberate smiles rise faster and higher.


def blinks(times_s: F64, left: F64, right: F64) -> Blinks:
    """left, right: (N,) AU43 of each eye. A wink is no blink: the eye that is more open counts where both are seen."""
    closed = np.fmin(left, right)
    found = [Event("AU45", e.onset_s, e.apex_s, e.offset_s, e.peak, e.began, e.ended) for e in
             events(times_s, closed, "AU45", _BLINK)]  # fmt: skip
    short = tuple(e for e in found if e.whole and e.duration_s <= _BLINK_LONGEST_S)
    long = tuple(e for e in found if e.duration_s > _BLINK_LONGEST_S)
    reliable = 0 < typical_step_s(times_s) <= _BLINK_SLOWEST_S
    return Blinks(short, long, observed_s(times_s, closed, _BLINK.gap_s), reliable)


def smiles(times_s: F64, left: F64, right: F64, cheeks: F64) -> list[Smile]:
    """left, right: (N,) AU12 of each side; cheeks: (N,) AU6."""
    both = mean_of([left, right])
    found = []
    for event in events(times_s, both, "AU12", _SMILE):
        at = int(np.argmin(np.abs(times_s - event.apex_s)))
        total = left[at] + right[at]
        rise_s = event.apex_s - event.onset_s
        speed = (event.peak - _SMILE.end) / rise_s if event.began and rise_s > 0 else float("nan")
        raised = None if np.isnan(cheeks[at]) else bool(cheeks[at] >= _RAISED)
        found.append(Smile(event, raised, float((left[at] - right[at]) / total), float(speed)))
    return found


def gaze_aversions(times_s: F64, away_deg: F64, *, from_deg: float = 20.0) -> list[Event]:
    """Looks away by more than `from_deg` and back to within three quarters of it, for 0.3 s or longer.

    away_deg: (N,) angle between the line of gaze and the direction that counts as straight. The error of mien's
    gaze is about seven degrees, so that smaller angles say little.
    """
    if from_deg <= 0:
        raise StatisticsError(f"gaze counts as averted from more than 0°, not from {from_deg:g}°")
    return events(times_s, away_deg, "gaze", Rule(start=from_deg, end=0.75 * from_deg, shortest_s=0.3))


def share_of_time(found: Sequence[Event], observed: float) -> float:
    """What share of the observed seconds events last; NaN where nothing was observed."""
    return min(1.0, sum(e.duration_s for e in found) / observed) if observed > 0 else float("nan")


def mean_of(columns: Sequence[F64]) -> F64:
    """(N,) mean of columns (N,), without what is NaN; NaN where all are."""
    table = np.stack(columns)
    known = np.isfinite(table)
    total = np.where(known, table, 0).sum(0)
    return np.where(known.any(0), total / np.maximum(known.sum(0), 1), np.nan)


def on_grid(times_s: F64, values: F64, step_s: float, gap_s: float = Rule().gap_s) -> tuple[F64, F64]:
    """Times and values (M,) at equal steps, by straight lines between samples; NaN in gaps longer than `gap_s`."""
    grid = np.arange(times_s[0], times_s[-1] + step_s / 2, step_s)
    out = np.full(len(grid), np.nan)
    known, parts = stretches(times_s, values, gap_s)
    for part in parts:
        t = times_s[known[part.first : part.last + 1]]
        inside = (grid >= t[0] - 1e-9) & (grid <= t[-1] + 1e-9)
        out[inside] = np.interp(grid[inside], t, values[known[part.first : part.last + 1]])
    return grid, out
