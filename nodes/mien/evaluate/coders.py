"""Agreement of mien with a lab's own FACS coders, beside the agreement of the coders with one another.

Codes are a tidy CSV: a row per image, coder and unit, with the columns `source`, `frame`, `coder`, `unit`, `intensity`.
Where there are columns `subject` (else each source is one) and `track_id` (else the largest face is meant), they count,
too. Intensity is 0 to 5 or the letters A to E; empty is not scorable. The other side are the lines of `mien annotate`.
"""

from __future__ import annotations

import csv
import json
import math
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from itertools import combinations
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from mien.core.errors import UsageError
from mien_models.evaluate import agreement, metrics
from mien_models.spaces import facs

F64 = NDArray[np.float64]
Place = tuple[str, int, str]  # file name, frame, track or ""

_COLUMNS = ("source", "frame", "coder", "unit", "intensity")
_LETTERS = {"": math.nan, "A": 1.0, "B": 2.0, "C": 3.0, "D": 4.0, "E": 5.0}
PRESENT = 1.0  # level A


def evaluate(codes: Path, annotations: Path, *, draws: int = 1000, present: float = PRESENT) -> dict[str, Any]:
    """By unit: agreement of every two coders, of all of them, and of mien with each and with their mean.

    Raises UsageError, which names the line, where a file cannot be used.
    """
    rows, subjects = _codes(codes)
    wanted = {place for unit in rows.values() for place in unit}
    found = _annotations(annotations, wanted)
    return {
        "codes": str(codes),
        "annotations": str(annotations),
        "images_coded": len(wanted),
        "images_with_a_face": len(found),
        "subjects": len(set(subjects.values())),
        "present_from": present,
        "interval": f"95 % percentiles of {draws} bootstrap draws of subjects",
        "by_unit": {
            unit: _unit(unit, by_place, found, subjects, draws, present) for unit, by_place in sorted(rows.items())
        },
    }


def _unit(
    unit: str,
    by_place: Mapping[Place, Mapping[str, float]],
    found: Mapping[Place, Mapping[str, float | None]],
    subjects: Mapping[Place, str],
    draws: int,
    present: float,
) -> dict[str, Any]:
    places = sorted(by_place)
    who = [subjects[place] for place in places]
    coders = sorted({coder for given in by_place.values() for coder in given})
    ratings = {c: np.array([by_place[p].get(c, math.nan) for p in places], np.float64) for c in coders}
    mien = np.array([_reading(found.get(p, {}), unit) for p in places], np.float64)
    table = np.stack([ratings[c] for c in coders])
    known = np.isfinite(table)
    consensus = np.where(known.any(0), np.where(known, table, 0).sum(0) / np.maximum(known.sum(0), 1), np.nan)

    def compare(truth: F64, estimate: F64) -> dict[str, Any]:
        there, said = (np.where(np.isfinite(x), x >= present, np.nan) for x in (truth, estimate))
        graded = agreement.of_intensity(truth, estimate, who, draws=draws)
        told: dict[str, Any] = _plain(
            asdict(graded) | {"presence": asdict(agreement.of_presence(there, said, who, draws=draws))}
        )
        return told

    several = len(coders) > 1
    return {
        "coders": {f"{a} and {b}": compare(ratings[a], ratings[b]) for a, b in combinations(coders, 2)},
        "all_coders": {
            "icc21": _number(metrics.icc21(*table)) if several else None,
            "icc31": _number(metrics.icc31(*table)) if several else None,
        },
        "mien": {coder: compare(ratings[coder], mien) for coder in coders},
        "mien_and_mean_of_coders": compare(consensus, mien),
    }


def _reading(units: Mapping[str, float | None], unit: str) -> float:
    """A sided unit by its name; one without a side by its stronger side, as coders give one number for both."""
    names = (unit,) if unit in facs.INDEX else facs.labels(int(unit[2:]))
    values = [value for name in names if (value := units.get(name)) is not None]
    return max(values, default=math.nan)


def _codes(path: Path) -> tuple[dict[str, dict[Place, dict[str, float]]], dict[Place, str]]:
    """Intensity by unit, place and coder; subject by place."""
    known = {*facs.AUS, *(f"AU{u.code}" for u in facs.ACTION_UNITS)}
    rows: dict[str, dict[Place, dict[str, float]]] = defaultdict(lambda: defaultdict(dict))
    subjects: dict[Place, str] = {}
    try:
        with open(path, encoding="utf-8-sig", newline="") as file:
            table = csv.DictReader(file, restval="")  # rows may be short
            if lost := [c for c in _COLUMNS if c not in (table.fieldnames or ())]:
                raise UsageError(f"{path}: no column {', '.join(lost)}; it needs {', '.join(_COLUMNS)}")
            for row in table:
                where = f"{path}: line {table.line_num}"
                unit = (row["unit"] or "").strip().upper()
                unit = unit if unit.startswith("AU") else f"AU{unit}"
                if unit not in known:
                    raise UsageError(
                        f"{where}: {row['unit']!r} is no action unit that mien reads, such as AU12 or AU12L"
                    )
                name = Path(row["source"]).name
                if not name:
                    raise UsageError(f"{where}: it names no source")
                place = (name, _frame(row["frame"], where), (row.get("track_id") or "").strip())
                given, coder = rows[unit][place], row["coder"].strip()
                if coder in given:
                    raise UsageError(f"{where}: {coder} has coded {unit} of this image before")
                given[coder] = _intensity(row["intensity"], where)
                subjects[place] = (row.get("subject") or name).strip()
    except (OSError, UnicodeDecodeError, csv.Error) as e:
        raise UsageError(f"{path}: {getattr(e, 'strerror', None) or e}") from e
    if not rows:
        raise UsageError(f"{path}: it has no codes")
    return rows, subjects


def _annotations(path: Path, wanted: set[Place]) -> dict[Place, dict[str, float | None]]:
    """Units by place; of several faces of an image the one that is named, or the largest."""
    images = {place[:2] for place in wanted}
    faces: dict[tuple[str, int], list[dict[str, Any]]] = defaultdict(list)
    sources: dict[str, str] = {}
    try:
        with open(path, encoding="utf-8") as file:
            for number, line in enumerate(file, 1):
                try:
                    face = json.loads(line)
                    if face["track_id"] is None:  # a frame without a face, as `mien export` tells it
                        continue
                    image = Path(face["source"]).name, int(face["frame"])
                    box, track, units = face["box"], face["track_id"], face["au"]
                except (ValueError, KeyError, TypeError) as e:
                    raise UsageError(f"{path}: line {number} is none of mien annotate: {e}") from e
                if image in images:
                    if sources.setdefault(image[0], face["source"]) != face["source"]:
                        raise UsageError(f"{path}: {sources[image[0]]} and {face['source']} have one name; rename one")
                    faces[image].append({"size": box[2] * box[3], "track": str(track), "units": units})
    except (OSError, UnicodeDecodeError) as e:
        raise UsageError(f"{path}: {getattr(e, 'strerror', None) or e}") from e
    found = {}
    for place in wanted:
        some = [f for f in faces.get(place[:2], ()) if place[2] in ("", f["track"])]
        if some:
            found[place] = dict(max(some, key=lambda f: float(f["size"]))["units"])
    if not found:
        raise UsageError(f"{path}: none of the coded images has a face in it; are the names of the files the same?")
    return found


def _frame(text: str, where: str) -> int:
    try:
        return int(text)
    except ValueError as e:
        raise UsageError(f"{where}: frame {text!r} is no number; 0 is the first, and the only one of a picture") from e


def _intensity(text: str, where: str) -> float:
    word = (text or "").strip().upper()
    try:
        value = _LETTERS[word] if word in _LETTERS else float(word)
    except ValueError:
        value = -1.0
    if not (math.isnan(value) or 0 <= value <= 5):
        raise UsageError(f"{where}: intensity {text!r} is none of 0 to 5, A to E, or empty for not scorable")
    return value


def _plain(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {key: _plain(v) for key, v in value.items()}
    return _number(value) if isinstance(value, float) else value


def _number(value: float) -> float | None:
    return round(value, 4) if math.isfinite(value) else None


def lines(report: Mapping[str, Any]) -> Iterable[str]:
    """For people: ICC(2,1) of each unit, mien with the mean of the coders, and the coders with one another."""
    yield f"{'unit':6} {'mien ICC(2,1) [95 %]':26} {'coders ICC(2,1)':16} {'mien kappa':10} bias"
    for unit, found in report["by_unit"].items():
        own = found["mien_and_mean_of_coders"]
        icc = own["icc21"]
        shown = f"{_word(icc['value'])} [{_word(icc['low'])}, {_word(icc['high'])}]"
        coders = _word(found["all_coders"]["icc21"])
        kappa, bias = _word(own["presence"]["kappa"]["value"]), _word(own["bias"]["value"])
        yield f"{unit:6} {shown:26} {coders:16} {kappa:10} {bias}"


def _word(value: float | None) -> str:
    return "–" if value is None else f"{value:.2f}"
