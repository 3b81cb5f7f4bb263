"""JSON lines, one per face and frame: those of `mien annotate`."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from math import isfinite
from pathlib import Path
from typing import Any

import numpy as np

from mien.core.moment import Moment
from mien.core.schemas import Names
from mien.core.types import Affect, Expression, Face, Rig
from mien.exports.step import About, Step, TextWriter
from mien_models.spaces import arkit

_NAMES = Names()


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
    return {
        "box": _numbers(face.box),
        "score": _number(face.score),
        "presence": _number(face.presence),
        "pose": None if face.pose is None else [_numbers(row) for row in face.pose],
        "gaze": {"left": _numbers(face.gaze[0]), "right": _numbers(face.gaze[1])},
    }


def _expression(e: Expression, names: Names) -> dict[str, Any]:
    return {"blendshapes": _named(names.blendshapes, e.blendshapes), "embedding": _numbers(e.embedding)}


def _affect(a: Affect, names: Names) -> dict[str, Any]:
    return {
        "au": _named(names.action_units, a.au_intensity),
        "au_probability": _named(names.action_units, a.au_probability),
        "au_confidence": _named(names.action_units, a.au_confidence),
        "emotion": _named(names.emotions, a.emotion),
        "emotion_confidence": _number(a.emotion_confidence),
        "valence": _number(a.valence),
        "arousal": _number(a.arousal),
    }


def _rig(r: Rig, names: Names) -> dict[str, Any]:
    return {
        "schema": r.schema,
        "weights": _named(names.rig, r.weights),
        "head": _numbers(r.head),
        "gaze": {"left": _numbers(r.gaze[0]), "right": _numbers(r.gaze[1])},
        "confidence": _named(arkit.REGIONS, r.confidence),
    }


def _number(value: float) -> float | None:
    """Six significant digits; None = not observed."""
    return float(f"{value:.6g}") if isfinite(value) else None


def _numbers(values: Any) -> list[float | None]:
    return [float(f"{v:.6g}") if isfinite(v) else None for v in np.asarray(values).tolist()]


def _named(names: Iterable[str], values: Any) -> dict[str, float | None]:
    return dict(zip(names, _numbers(values), strict=True))
