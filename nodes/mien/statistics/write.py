"""statistics.json and tidy tables of a description. A file appears whole or not at all."""

from __future__ import annotations

import csv
import io
import json
import math
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from mien.core.files import write_whole
from mien.statistics.describe import Description, Findings

Row = dict[str, Any]

FILES = ("statistics.json", "events.csv", "people.csv", "synchrony.csv")
_EVENTS = (
    "person", "kind", "name", "onset_s", "apex_s", "offset_s", "duration_s", "peak", "began", "ended", "with_au6",
    "asymmetry", "onset_speed", "swings",
)  # fmt: skip
_SYNCHRONY = ("first", "second", "unit", "lag_s", "z_mean", "best", "p", "p_family", "p_least")


def write(description: Description, folder: Path) -> list[Path]:
    """Write FILES into an existing folder; returns their paths. Raises WriteError."""
    texts = (
        json.dumps(description.values, indent=1, allow_nan=False, ensure_ascii=False) + "\n",
        _csv(_EVENTS, (row for p in description.findings for row in _events(p))),
        _people(description),
        _csv(_SYNCHRONY, _synchrony(description)),
    )
    return [write_whole(folder / name, text) for name, text in zip(FILES, texts, strict=True)]


def _events(findings: Findings) -> Iterator[Row]:
    who = findings.person.track_id
    kinds = (
        ("unit", findings.events),
        ("blink", findings.blinks.blinks),
        ("eye_closure", findings.blinks.closures),
        ("gaze_aversion", findings.aversions),
    )
    rows: list[Row] = [_event(who, kind, event) for kind, found in kinds for event in found]
    for smile in findings.smiles:
        extra = {"with_au6": smile.with_au6, "asymmetry": smile.asymmetry, "onset_speed": smile.onset_speed}
        rows.append(_event(who, "smile", smile.event) | extra)
    rows += [
        {
            "person": who, "kind": m.kind, "name": "head", "onset_s": m.start_s, "offset_s": m.end_s,
            "duration_s": m.duration_s, "peak": m.range_deg, "swings": m.swings,
        }
        for m in findings.head
    ]  # fmt: skip
    yield from sorted(rows, key=lambda r: (r["onset_s"], r["kind"], r["name"]))


def _event(who: int, kind: str, event: Any) -> Row:
    return {
        "person": who, "kind": kind, "name": event.unit, "onset_s": event.onset_s, "apex_s": event.apex_s,
        "offset_s": event.offset_s, "duration_s": event.duration_s, "peak": event.peak, "began": event.began,
        "ended": event.ended,
    }  # fmt: skip


def _people(description: Description) -> str:
    rows = [dict(_flat(values)) for values in description.values["people"]]
    return _csv(tuple(dict.fromkeys(key for row in rows for key in row)), rows)


def _flat(values: Mapping[str, Any], prefix: str = "") -> Iterator[tuple[str, Any]]:
    """Nested values by names with dots; lists as their length, since a table has one number in a cell."""
    for key, value in values.items():
        if isinstance(value, Mapping):
            yield from _flat(value, f"{prefix}{key}.")
        else:
            yield f"{prefix}{key}", len(value) if isinstance(value, list) else value


def _synchrony(description: Description) -> Iterator[Row]:
    for pair in description.pairs:
        for unit, found in pair.by_unit.items():
            for lag, z in zip(found.lags_s.tolist(), found.z_by_lag.tolist(), strict=True):
                yield {
                    "first": pair.first, "second": pair.second, "unit": unit, "lag_s": lag, "z_mean": z,
                    "best": lag == found.lag_s, "p": found.p, "p_family": pair.p_family[unit],
                    "p_least": found.p_least,
                }  # fmt: skip


def _csv(columns: tuple[str, ...], rows: Iterable[Mapping[str, Any]]) -> str:
    """Empty cells where a value is missing or does not apply."""
    text = io.StringIO()
    table = csv.writer(text, lineterminator="\n")
    table.writerow(columns)
    for row in rows:
        table.writerow([_cell(row.get(column)) for column in columns])
    return text.getvalue()


def _cell(value: Any) -> Any:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, float):
        return f"{value:.6g}" if math.isfinite(value) else ""
    return "" if value is None else value
