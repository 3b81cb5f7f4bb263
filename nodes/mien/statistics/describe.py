"""Everything that is told of a recording, as JSON values."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any

import numpy as np
from numpy.typing import NDArray

from mien.core.errors import StatisticsError
from mien.statistics.complexity import complexity
from mien.statistics.events import Event, Rule, events, observed_s, typical_step_s
from mien.statistics.head import HeadMovement, head_movements
from mien.statistics.recording import Person, Recording
from mien.statistics.signs import Blinks, Smile, blinks, gaze_aversions, on_grid, share_of_time, smiles
from mien.statistics.synchrony import Synchrony, Windows, family_wise, synchrony
from mien_models.spaces import facs

F64 = NDArray[np.float64]
Json = dict[str, Any]

SYNCHRONY_UNITS = (1, 4, 6, 12, 25)
CAUTION = (
    "Estimates of visible expression, made by networks. They say nothing certain of what a person feels, thinks or "
    "intends."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Choices:
    """What the user may choose."""

    rule: Rule = Rule()  # noqa: RUF009
    windows: Windows = Windows()  # noqa: RUF009
    units: tuple[int, ...] = SYNCHRONY_UNITS  # whose synchrony is measured
    gaze_from: str = "habitual"  # what averted gaze is measured from: the direction most looked in, or the camera
    gaze_deg: float = 20.0
    shortest_s: float = 2.0  # people who were seen for less are listed, not described

    def __post_init__(self) -> None:
        if self.gaze_from not in ("habitual", "camera"):
            raise StatisticsError(f"gaze is measured from habitual or camera, not from {self.gaze_from!r}")


@dataclass(frozen=True, slots=True)
class Findings:
    """What was found of one person."""

    person: Person
    observed_s: float
    events: tuple[Event, ...]
    blinks: Blinks
    smiles: tuple[Smile, ...]
    head: tuple[HeadMovement, ...]
    aversions: tuple[Event, ...]
    gaze_observed_s: float
    values: Json  # JSON values of it


@dataclass(frozen=True, slots=True)
class Pair:
    first: int
    second: int
    together_s: float
    by_unit: dict[str, Synchrony]
    p_family: dict[str, float]


@dataclass(frozen=True, slots=True)
class Description:
    recording: Recording
    findings: tuple[Findings, ...]
    pairs: tuple[Pair, ...]
    choices: Choices
    values: Json


def describe(recording: Recording, choices: Choices = Choices()) -> Description:
    """Statistics of every person, and the synchrony of every two who were seen together for long enough."""
    findings: list[Findings] = []
    brief: list[Json] = []
    longest = 0.0
    for person in recording.people:
        length = observed_s(recording.times_s, person.seen_or_nan())
        if length < choices.shortest_s:
            longest = max(longest, length)
            brief.append({"id": person.track_id, "seen_s": _round(length)})
        else:
            findings.append(_findings(recording, person, length, choices))
    if not findings:
        raise StatisticsError(
            f"{recording.source}: nobody was seen for {choices.shortest_s:g} s; the longest was {longest:.3g} s"
        )
    pairs = [_pair(recording, a.person, b.person, choices) for a, b in combinations(findings, 2)]
    told = tuple(p for p in pairs if p is not None)
    step = typical_step_s(recording.times_s)
    values: Json = {
        "caution": CAUTION,
        "source": recording.source,
        "made_by": dict(recording.made_by),
        "images": len(recording.times_s),
        "duration_s": _round(float(recording.times_s[-1] + step)),
        "images_per_s": _round(1 / step if step else math.nan),
        "choices": described_choices(choices),
        "people": [p.values for p in findings],
        "seen_briefly": brief,
        "ids_never_seen_together": _apart(findings),
        "synchrony": [_pair_values(p) for p in told],
    }
    return Description(recording, tuple(findings), told, choices, values)


def _findings(recording: Recording, person: Person, length: float, choices: Choices) -> Findings:
    t, names = recording.times_s, recording.units
    found = events(t, person.intensity, names, choices.rule)
    eyes = blinks(t, person.side(names, "AU43L"), person.side(names, "AU43R"))
    smiled = smiles(t, person.side(names, "AU12L"), person.side(names, "AU12R"), person.unit(names, 6))
    moved = head_movements(t, *(person.head_deg[:, i].astype(np.float64) for i in (0, 1)))
    away = _away_deg(person, choices.gaze_from)
    aversions = gaze_aversions(t, away, from_deg=choices.gaze_deg)
    gaze_s = observed_s(t, away)
    values: Json = {
        "id": person.track_id,
        "identity": identity(recording, person),
        "missing": missing(recording, person, length),
        "units": {n: _unit_values(t, person.side(names, n), [e for e in found if e.unit == n]) for n in names},
        "blinks": {
            "count": len(eyes.blinks),
            "per_minute": _round(eyes.per_minute),
            "duration_s": _spread([e.duration_s for e in eyes.blinks]),
            "longer_closures": len(eyes.closures),
            "observed_s": _round(eyes.observed_s),
            "reliable": eyes.reliable,
        },
        "smiles": _smiles(smiled, length),
        "head": {f"{kind}s": _movements([m for m in moved if m.kind == kind]) for kind in ("nod", "shake")},
        "gaze_aversion": {
            "from": choices.gaze_from,
            "count": len(aversions),
            "share_of_time": _round(share_of_time(aversions, gaze_s)),
            "duration_s": _spread([e.duration_s for e in aversions if e.whole]),
            "observed_s": _round(gaze_s),
        },
        "complexity": _complexity(person, names, choices),
    }
    return Findings(person, length, tuple(found), eyes, tuple(smiled), tuple(moved), tuple(aversions), gaze_s, values)


def _unit_values(t: F64, column: F64, found: Sequence[Event]) -> Json | None:
    """None = never observed."""
    known = column[np.isfinite(column)]
    if not len(known):
        return None
    whole = [e for e in found if e.whole]
    seen = observed_s(t, column)
    return {
        "mean": _round(float(known.mean())),
        "sd": _round(float(known.std())),
        "max": _round(float(known.max())),
        "events": len(found),
        "events_cut": len(found) - len(whole),
        "per_minute": _round(60 * len(found) / seen if seen else math.nan),
        "share_of_time": _round(share_of_time(found, seen)),
        "duration_s": _spread([e.duration_s for e in whole]),
    }


def _movements(found: Sequence[HeadMovement]) -> Json:
    return {
        "count": len(found),
        "range_deg": _spread([m.range_deg for m in found]),
        "cycles_hz": _spread([m.cycles_hz for m in found]),
    }


def _smiles(found: Sequence[Smile], length: float) -> Json:
    return {
        "count": len(found),
        "with_au6": sum(s.with_au6 is True for s in found),
        "without_au6": sum(s.with_au6 is False for s in found),
        "au6_not_observed": sum(s.with_au6 is None for s in found),
        "per_minute": _round(60 * len(found) / length if length else math.nan),
        "duration_s": _spread([s.event.duration_s for s in found if s.event.whole]),
        "asymmetry": _spread([s.asymmetry for s in found]),
        "onset_speed": _spread([s.onset_speed for s in found]),
    }


def identity(recording: Recording, person: Person) -> Json:
    """How sure it is that an id is one person throughout."""
    at = recording.times_s[person.seen]
    return {
        "confidence": _round(person.id_confidence),
        "first_seen_s": _round(float(at[0])),
        "last_seen_s": _round(float(at[-1])),
        "returns": [
            {"left_s": _round(r.left_s), "back_s": _round(r.back_s), "confidence": _round(r.confidence)}
            for r in person.returns
        ],
    }


def missing(recording: Recording, person: Person, length: float) -> Json:
    """What was not observed of a person who was observed for `length` seconds."""
    seen = int(person.seen.sum())
    rest = person.baseline[person.seen]
    return {
        "images_seen": seen,
        "images_missing": len(person.seen) - seen,
        "share_missing": _round(1 - seen / len(person.seen)),
        "observed_s": _round(length),
        "units_never_observed": [
            n for i, n in enumerate(recording.units) if not np.isfinite(person.intensity[:, i]).any()
        ],
        "share_without_resting_face": _round(float((rest <= 0).mean())),
        "resting_face_confidence": _round(float(rest.mean())),
    }


def _complexity(person: Person, names: tuple[str, ...], choices: Choices) -> Json:
    codes = sorted({facs.code(n) for n in names} - {43})  # blinks are no expression
    found = complexity(np.stack([person.unit(names, c) for c in codes], axis=1), start=choices.rule.start)
    return {
        "active_units": _round(found.active_units),
        "patterns": found.patterns,
        "entropy_bits": _round(found.entropy_bits),
        "dimensions": _round(found.dimensions),
        "images": found.frames,
    }


def _away_deg(person: Person, origin: str) -> F64:
    """(N,) angle between the line of gaze and what counts as straight."""
    gaze = person.gaze.astype(np.float64)
    if origin == "camera":
        straight = person.to_camera.astype(np.float64)
    else:
        known = np.isfinite(gaze).all(1)
        if not known.any():
            return np.full(len(gaze), np.nan)
        middle = np.median(gaze[known], axis=0)
        straight = np.broadcast_to(middle / max(float(np.linalg.norm(middle)), 1e-9), gaze.shape)
    return np.asarray(np.degrees(np.arccos(np.clip((gaze * straight).sum(1), -1, 1))))


def _pair(recording: Recording, first: Person, second: Person, choices: Choices) -> Pair | None:
    """None where they were seen together for less than a window."""
    both = np.where(first.seen & second.seen, 0.0, np.nan)
    together = observed_s(recording.times_s, both)
    if together < choices.windows.window_s:
        return None
    step = 1 / choices.windows.rate_hz
    found = {}
    for code in choices.units:
        a, b = (on_grid(recording.times_s, p.unit(recording.units, code), step)[1] for p in (first, second))
        found[f"AU{code}"] = synchrony(a, b, choices.windows)
    corrected = family_wise(list(found.values()))
    return Pair(first.track_id, second.track_id, together, found, dict(zip(found, corrected, strict=True)))


def _pair_values(pair: Pair) -> Json:
    return {
        "first": pair.first,
        "second": pair.second,
        "seen_together_s": _round(pair.together_s),
        "by_unit": {
            name: {
                "lag_s": _round(s.lag_s),
                "r": _round(s.r_mean),
                "p": _round(s.p),
                "p_family": _round(pair.p_family[name]),
                "p_least": _round(s.p_least),
                "windows": s.windows,
                "surrogates": s.surrogates,
            }
            for name, s in pair.by_unit.items()
        },
    }


def _apart(findings: Sequence[Findings]) -> list[list[int]]:
    """Pairs of ids that may be one person, as they were never seen at the same time."""
    return [
        [a.person.track_id, b.person.track_id]
        for a, b in combinations(findings, 2)
        if not (a.person.seen & b.person.seen).any()
    ]


def described_choices(c: Choices) -> Json:
    """Every threshold."""
    return {
        "event": {"start": c.rule.start, "end": c.rule.end, "shortest_s": c.rule.shortest_s, "gap_s": c.rule.gap_s},
        "gaze": {"from": c.gaze_from, "deg": c.gaze_deg},
        "synchrony": {
            "rate_hz": c.windows.rate_hz, "window_s": c.windows.window_s, "step_s": c.windows.step_s,
            "max_lag_s": c.windows.max_lag_s, "still_sd": c.windows.still_sd,
            "surrogates": c.windows.surrogates, "seed": c.windows.seed,
        },
        "shortest_s": c.shortest_s,
    }  # fmt: skip


def _spread(values: Sequence[float]) -> Json | None:
    """None of nothing."""
    known = np.array([v for v in values if math.isfinite(v)])
    if not len(known):
        return None
    return {
        "count": len(known),
        "mean": _round(float(known.mean())),
        "sd": _round(float(known.std(ddof=1)) if len(known) > 1 else math.nan),
        "median": _round(float(np.median(known))),
    }


def _round(value: float) -> float | None:
    """Six significant digits; None = not known."""
    return float(f"{value:.6g}") if math.isfinite(value) else None
