"""JSON lines, one per face and frame: those of `mien annotate`."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from itertools import islice
from math import isfinite
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from mien.core.moment import Moment
from mien.core.schemas import Names
from mien.core.types import F64, Affect, Expression, Face, Rig
from mien.exports.step import About, Step, TextWriter
from mien_models.spaces import arkit

_NAMES = Names()
# By the exponents of numbers of this range, negative ones from the end: the exact powers of ten that move their first
# six digits before the point.
_LEAST, _MOST = 1e-15, 1e6
_SCALES = np.array([float(f"1e{5 - exponent}") for exponent in (*range(6), *range(-15, 0))])


class JsonLines(TextWriter):
    """What is not known is null. A frame without a face is a line with a `track_id` of null."""

    def __init__(self, target: Path, about: About) -> None:
        super().__init__(target, about)

    def add(self, step: Step) -> None:
        if step.frame is None:
            return
        lines = list(records(self.about.source, step.frame, step.moment, self.about.names))
        for line in lines or [{**_place(self.about.source, step.frame, step.moment.stamp_ns), "track_id": None}]:
            self.text.write(dump(line) + "\n")


def dump(line: dict[str, Any]) -> str:
    """A record as one line, without its end."""
    return json.dumps(line, separators=(",", ":"), allow_nan=False)


def records(source: str, index: int, moment: Moment, names: Names = _NAMES) -> Iterator[dict[str, Any]]:
    """One record per face of a frame; the parts that a moment lacks are left out."""
    for track_id in moment.track_ids:
        face, expression = moment.face(track_id), moment.expression(track_id)
        affect, rig = moment.affect(track_id), moment.rig(track_id)
        yield {
            **_place(source, index, moment.stamp_ns),
            "track_id": track_id,
            **(_face(face) if face else {}),
            **(_expression(expression, names) if expression else {}),
            **(_affect(affect, names) if affect else {}),
            **({"rig": _rig(rig, names)} if rig else {}),
        }


def _place(source: str, index: int, stamp_ns: int) -> dict[str, Any]:
    return {"source": source, "frame": index, "stamp_s": round(stamp_ns * 1e-9, 6)}


def _face(face: Face) -> dict[str, Any]:
    pose = () if face.pose is None else face.pose
    box, sure, left, right, *rows = _lists(face.box, (face.score, face.presence), *face.gaze, *pose)
    return {
        "box": box,
        "score": sure[0],
        "presence": sure[1],
        "pose": rows or None,
        "gaze": {"left": left, "right": right},
    }


def _expression(e: Expression, names: Names) -> dict[str, Any]:
    blendshapes, embedding = _lists(e.blendshapes, e.embedding)
    return {"blendshapes": _named(names.blendshapes, blendshapes), "embedding": embedding}


def _affect(a: Affect, names: Names) -> dict[str, Any]:
    levels = a.au_intensity, a.au_probability, a.au_confidence
    *units, emotion, felt = _lists(*levels, a.emotion, (a.emotion_confidence, a.valence, a.arousal))
    intensity, probability, confidence = (_named(names.action_units, one) for one in units)
    return {
        "au": intensity,
        "au_probability": probability,
        "au_confidence": confidence,
        "emotion": _named(names.emotions, emotion),
        "emotion_confidence": felt[0],
        "valence": felt[1],
        "arousal": felt[2],
    }


def _rig(r: Rig, names: Names) -> dict[str, Any]:
    weights, head, left, right, confidence = _lists(r.weights, r.head, *r.gaze, r.confidence)
    return {
        "schema": r.schema,
        "weights": _named(names.rig, weights),
        "head": head,
        "gaze": {"left": left, "right": right},
        "confidence": _named(arkit.REGIONS, confidence),
    }


def _lists(*arrays: ArrayLike) -> list[list[float | None]]:
    """Several arrays (N,) as lists, rounded in one go: one number after the other takes five times as long."""
    numbers = iter(_six_digits(np.concatenate(arrays, dtype=np.float64)))
    return [[*islice(numbers, len(values))] for values in map(np.asarray, arrays)]


def _six_digits(values: F64) -> list[float | None]:
    """Numbers with six significant digits, as `f"{value:.6g}"` rounds them; None = not observed."""
    sizes = np.abs(values)
    usual = (sizes >= _LEAST) & (sizes < _MOST)
    scales = _SCALES[np.floor(np.log10(np.where(usual, sizes, 1))).astype(np.intp)]
    rounded: list[float | None] = (np.rint(values * scales) / scales).tolist()
    for i in np.flatnonzero(~usual).tolist():
        value = float(values[i])
        rounded[i] = float(f"{value:.6g}") if isfinite(value) else None
    return rounded


def _named(names: Iterable[str], values: list[float | None]) -> dict[str, float | None]:
    return dict(zip(names, values, strict=True))
