"""CSV of the app Live Link Face: Timecode (HH:MM:SS:FF.fff), BlendShapeCount, 52 shapes, nine angles [rad].

Columns are found by name, because recordings differ in their order. The app does not say its frame rate: it is the
lowest usual one above every FF. A row without shapes means that no face was tracked.
"""

from __future__ import annotations

import csv
import math
import re
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path

import numpy as np

from mien.bridges.file_in.recorded import Recorded, Sample, number
from mien.bridges.livelink_in.decoder import reading_of
from mien.core.errors import ExportError
from mien_models.spaces import arkit

_TURNS = tuple(f"{part}{turn}".lower() for part in ("Head", "LeftEye", "RightEye") for turn in ("Yaw", "Pitch", "Roll"))
_NAMES = (*(name.lower() for name in arkit.BLENDSHAPES), *_TURNS)
_CODE = re.compile(r"(\d+):(\d+):(\d+)[:;](\d+(?:\.\d+)?)")
_RATES = (24, 25, 30, 48, 50, 60, 120)
_SHORT_S = 1.0  # frames of less do not tell the rate: that of the app is taken
_APP_FPS = 60
_DAY_S = 86_400
_LIMIT = math.pi


def knows(head: str) -> bool:
    """Whether a file that begins so is one."""
    first = head.splitlines()[0].lower() if head else ""
    return first.startswith("timecode,") and "eyeblinkleft" in first


def read(path: Path) -> Recorded:
    """Raises ExportError."""
    recorded = Recorded(path, "Live Link Face CSV")
    rows = _rows(path)
    header = [name.strip().lower() for name in next(rows)[1]]
    if missing := [name for name in _NAMES[: len(arkit.BLENDSHAPES)] if name not in header]:
        raise ExportError(f"{path}: has no column {missing[0]}; it must have all 52 shapes of ARKit")
    places = [header.index(name) if name in header else None for name in _NAMES]
    # Read twice, as the rate is known at the end: the cells of an hour do not fit into memory.
    codes = [_code(path, line, row[0]) for line, row in rows]
    fps, day, before = _rate(codes), 0, -math.inf
    for (second, frame), (line, row) in zip(codes, islice(_rows(path), 1, None), strict=True):
        time_s = second + frame / fps + day
        if time_s < before - _DAY_S / 2:  # past midnight
            day += _DAY_S
            time_s += _DAY_S
        before = time_s
        values = [math.nan if k is None or k >= len(row) else number(path, line, header[k], row[k]) for k in places]
        weights, turns = np.array(values[:52]), np.array(values[52:])
        if np.isnan(weights).all():
            recorded.unseen += 1
            continue
        if np.nanmax(np.abs(turns), initial=0) > _LIMIT:
            raise ExportError(f"{path}, line {line}: an angle is over π; they are in radians in recordings of the app")
        recorded.add(1, Sample(time_s, reading_of(weights, turns)))
    return recorded


def _rows(path: Path) -> Iterator[tuple[int, list[str]]]:
    """Number of the line and cells of each row that has any; first the header."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        yield from ((line, row) for line, row in enumerate(csv.reader(file), 1) if row)


def _code(path: Path, line: int, text: str) -> tuple[int, float]:
    """Second of the day, and frame within it."""
    found = _CODE.fullmatch(text.strip())
    if found is None:
        raise ExportError(f"{path}, line {line}: the time code is {text[:40]!r}; one is HH:MM:SS:FF.fff")
    return int(found[1]) * 3600 + int(found[2]) * 60 + int(found[3]), float(found[4])


def _rate(codes: Sequence[tuple[int, float]]) -> int:
    highest = max((frame for _, frame in codes), default=0.0)
    above = next((rate for rate in _RATES if highest < rate), _RATES[-1])
    short = not codes or (codes[-1][0] - codes[0][0]) % _DAY_S < _SHORT_S
    return max(above, _APP_FPS) if short else above
