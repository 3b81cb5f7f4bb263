"""JSON with the shapes of ARKit or of Unified Expressions by name.

Read are: a list of frames, an object with `frames`, or JSON lines; a frame is an object with a time and its shapes, by
name or as a list in the order of `names` beside `frames`. So are mien's own JSON lines, and files with `facsNames`,
`weightMat` and `exportFps`, as Audio2Face writes them. Times are seconds unless their name ends in `ms`.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from mien.bridges.file_in.recorded import Recorded, Sample
from mien.bridges.inputs import Reading
from mien.core.errors import ExportError
from mien.core.types import F32, F64
from mien_models.spaces import arkit, unified
from mien_models.spaces.convert import Converter, converter

_TIMES = ("time_s", "stamp_s", "time", "timestamp", "t", "seconds")
_MS = ("time_ms", "timestamp_ms", "timestampMs", "timeMs", "ms")
_SHAPES = ("blendshapes", "blendShapes", "weights", "expressions", "shapes")
_SLOW_S = 4.0  # a median step of more is none of seconds


def knows(head: str) -> bool:
    """Whether a file that begins so is one."""
    return head.lstrip()[:1] in ("{", "[")


def read(path: Path) -> Recorded:
    """Raises ExportError."""
    recorded = Recorded(path, "JSON shapes")
    frames = list(_frames(path, _parse(path)))
    # Of all frames: some programs leave out what is 0, and the first ones may hold names of both spaces only.
    space = _Space(path, list(dict.fromkeys(name for _, shapes, _ in frames for name in shapes)))
    recorded.format = f"JSON with shapes of {space.title}"
    recorded.left_out = space.left_out
    for time_s, shapes, row in frames:
        if not shapes:
            recorded.unseen += 1
            continue
        held = row.get("rig")
        rig = held if isinstance(held, dict) else row
        face = row.get("track_id") or 1
        head, gaze = _head(rig), _gaze(rig)
        recorded.add(int(face), Sample(time_s, Reading(space(shapes), np.ones(52, np.float32), head, gaze)))
    for samples in recorded.faces.values():
        if len(samples) > 2 and float(np.median(np.diff([s.time_s for s in samples]))) > _SLOW_S:
            raise ExportError(f"{path}: frames are seconds apart; where times are milliseconds, call them time_ms")
    return recorded


def _parse(path: Path) -> Any:
    text = path.read_text("utf-8-sig")
    try:
        return json.loads(text)
    except ValueError as whole:
        rows = []
        for line, row in enumerate(text.splitlines(), 1):
            try:
                rows += [json.loads(row)] if row.strip() else []
            except ValueError as error:
                shown = whole if line == 1 else error
                raise ExportError(f"{path}, line {line}: neither JSON nor JSON lines: {shown}") from error
        return rows


def _frames(path: Path, value: Any) -> Iterator[tuple[float, dict[str, float], Mapping[str, Any]]]:
    """Time, shapes by name, and the frame itself."""
    if isinstance(value, dict) and "weightMat" in value:
        fps = float(value.get("exportFps") or 0)
        if not fps > 0:
            raise ExportError(f"{path}: exportFps is not over 0")
        names = value.get("facsNames", ())
        for i, row in enumerate(value["weightMat"]):
            yield i / fps, _listed(path, names, row), {}
        return
    names = ()
    fps = 0.0
    if isinstance(value, dict):
        names, fps = value.get("names", ()), float(value.get("fps") or 0)
        value = value.get("frames", [value])
    if not isinstance(value, list) or not all(isinstance(row, dict) for row in value):
        raise ExportError(f"{path}: holds no list of frames")
    if len({row["source"] for row in value if "source" in row}) > 1:
        raise ExportError(f"{path}: holds several sources; give each a file of its own")
    for i, row in enumerate(value):
        yield _time(path, i, row, fps), _shapes(path, row, names), row


def _time(path: Path, i: int, row: Mapping[str, Any], fps: float) -> float:
    for keys, scale in ((_TIMES, 1.0), (_MS, 1e-3)):
        for key in keys:
            if isinstance(row.get(key), int | float):
                return float(row[key]) * scale
    if fps > 0:
        return i / fps
    raise ExportError(f"{path}: frame {i} has no time; it is called {', '.join(_TIMES)}, or time_ms")


def _shapes(path: Path, row: Mapping[str, Any], names: Sequence[str]) -> dict[str, float]:
    rig = row.get("rig")
    held = rig.get("weights") if isinstance(rig, dict) else next((row[k] for k in _SHAPES if k in row), None)
    if isinstance(held, list):
        return _listed(path, names, held)
    if not isinstance(held, dict):
        held = {k: v for k, v in row.items() if _plain(k) in _ARKIT or _plain(k) in _UNIFIED}
    return {name: math.nan if v is None else _number(path, name, v) for name, v in held.items()}


def _listed(path: Path, names: Sequence[str], values: Sequence[Any]) -> dict[str, float]:
    if len(names) != len(values):
        raise ExportError(f"{path}: {len(values)} weights for {len(names)} names")
    return {name: _number(path, name, v) for name, v in zip(names, values, strict=True)}


def _number(path: Path, name: str, value: Any) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise ExportError(f"{path}: {name} is {str(value)[:40]!r}, which is no number")
    return float(value)


def _plain(name: str) -> str:
    """A name without what programs spell differently: eyeBlinkLeft, EyeBlinkLeft, eyeBlink_L."""
    word = name.rpartition(".")[2]
    for end, side in (("_L", "Left"), ("_R", "Right")):
        if word.endswith(end):
            word = word.removesuffix(end) + side
    return word.replace("_", "").lower()


_ARKIT = {_plain(name): i for i, name in enumerate(arkit.BLENDSHAPES)}
_UNIFIED = {_plain(name): i for i, name in enumerate(unified.EXPRESSIONS)}


class _Space:
    """Shapes by name to ARKit's 52; NaN = not told."""

    def __init__(self, path: Path, names: Sequence[str]) -> None:
        arkits = sum(_plain(n) in _ARKIT for n in names)
        unifieds = sum(_plain(n) in _UNIFIED for n in names)
        if not arkits and not unifieds:
            raise ExportError(f"{path}: names no shape of ARKit or Unified Expressions")
        self._convert: Converter | None = None if arkits >= unifieds else converter("unified", "arkit52")
        self._places = _ARKIT if self._convert is None else _UNIFIED
        self.title = "ARKit" if self._convert is None else "Unified Expressions"
        self.left_out = tuple(n for n in names if _plain(n) not in self._places)

    def __call__(self, shapes: Mapping[str, float]) -> F32:
        values = np.full(len(self._places), np.nan)
        for name, value in shapes.items():
            if (place := self._places.get(_plain(name))) is not None:
                values[place] = value
        return np.asarray(values if self._convert is None else self._convert(values), np.float32)


def _head(row: Mapping[str, Any]) -> F64 | None:
    """The quaternion `head`, in face axes, as mien writes it; other rotations have conventions that nobody states."""
    head = np.array(row.get("head") or (), np.float64) if isinstance(row.get("head"), list) else np.zeros(0)
    length = float(np.linalg.norm(head)) if head.shape == (4,) else 0.0
    return head / length if 0.9 < length < 1.1 else None


def _gaze(row: Mapping[str, Any]) -> F32 | None:
    gaze = row.get("gaze")
    if not isinstance(gaze, dict):
        return None
    pair = [gaze.get(side) for side in ("left", "right")]
    if not all(isinstance(p, list) and len(p) == 2 and None not in p for p in pair):
        return None
    angles = np.array(pair, np.float32)
    return angles if (np.abs(angles) <= math.pi).all() else None
