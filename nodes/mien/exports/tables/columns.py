"""The tidy table: one row per frame and face, one variable per column, units in the names.

A frame without a face is a row without a track id, so that missing frames can be counted. What was not observed is
missing, never 0. Angles: yaw to the person's left, pitch up, roll to their right shoulder. The head pose is that of
the face in the camera optical frame (x right, y down, z forward); the head of the rig is relative to the neutral head.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Literal

import numpy as np

from mien.core.geometry import FACING_CAMERA, matrix
from mien.core.moment import Moment
from mien.core.schemas import Names
from mien.core.types import F32, Affect, Expression, Face, Rig
from mien.exports.step import Step
from mien.report.head import angles_deg

_PLACE = ("box_x", "box_y", "box_width", "box_height")
_EYES = ("gaze_left", "gaze_right")
_ANGLES = ("yaw", "pitch", "roll")
_SHOWN = "That the face shows {}: no statement about what the person feels."
_Values = Sequence[float] | F32 | None
_Read = Callable[[Moment, int], _Values]


@dataclass(frozen=True, slots=True)
class Column:
    """Unit: of SI, px, deg, or the range of a scale without one; the suffix of the name says the same."""

    name: str
    unit: str
    doc: str
    kind: Literal["int64", "float64", "float32", "string"] = "float32"


@dataclass(frozen=True, slots=True)
class Row:
    """One face in one frame. `numbers` and `words` are by the columns of their kinds; NaN and "" = missing."""

    frame: int
    stamp_ns: int
    time_s: float
    track_id: int | None
    numbers: F32
    words: tuple[str, ...]


PLACE: tuple[Column, ...] = (
    Column("frame", "1", "Number of the processed image, from 0.", "int64"),
    Column("stamp_ns", "ns", "When the image was taken: the stamp of the recording.", "int64"),
    Column("time_s", "s", "The same from the first image on.", "float64"),
    Column("track_id", "1", "Of the face; missing where the frame has none.", "int64"),
)
WORDS: tuple[Column, ...] = (
    Column("au_method", "", "How action units were obtained: derived or learned.", "string"),
    Column("emotion_method", "", "Likewise the expression category.", "string"),
    Column("va_method", "", "Likewise valence and arousal.", "string"),
    Column("baseline_method", "", "The resting face that values are relative to: none, learned, …", "string"),
    Column("rig_state", "", "tracked, easing or neutral.", "string"),
)


@dataclass(frozen=True, slots=True)
class _Block:
    """Columns that are read together. None of a part means that none of them is known."""

    columns: tuple[Column, ...]
    read: _Read


@dataclass(slots=True)
class Table:
    """The columns of a recording with these names, and its rows."""

    names: Names
    numbers: tuple[Column, ...] = field(init=False)
    _blocks: tuple[_Block, ...] = field(init=False)

    def __post_init__(self) -> None:
        self._blocks = _blocks(self.names)
        self.numbers = tuple(c for block in self._blocks for c in block.columns)

    @property
    def columns(self) -> tuple[Column, ...]:
        return (*PLACE, *self.numbers, *WORDS)

    def rows(self, step: Step) -> Iterator[Row]:
        """One per face; one without a face where there is none. None of a step without an image."""
        if step.frame is None:
            return
        moment = step.moment
        for track_id in moment.track_ids or (None,):
            yield Row(
                step.frame, moment.stamp_ns, step.time_s, track_id,
                self._numbers(moment, track_id), _words(moment, track_id),
            )  # fmt: skip

    def _numbers(self, moment: Moment, track_id: int | None) -> F32:
        out = np.full(len(self.numbers), np.nan, np.float32)
        at = 0
        for block in self._blocks:
            values = None if track_id is None else block.read(moment, track_id)
            # A bag of another version may carry more or fewer values than it names.
            if values is not None and len(values) == len(block.columns):
                out[at : at + len(block.columns)] = values
            at += len(block.columns)
        return out


def _words(moment: Moment, track_id: int | None) -> tuple[str, ...]:
    affect = moment.affect(track_id) if track_id is not None else None
    expression = moment.expression(track_id) if track_id is not None else None
    rig = moment.rig(track_id) if track_id is not None else None
    methods = (affect.au_method, affect.emotion_method, affect.va_method) if affect else ()
    told = [method.name.lower() for method in methods] or [""] * 3
    baseline = expression.baseline.method.name.lower() if expression else ""
    return (*told, baseline, rig.state.name.lower() if rig else "")


def _of_face(read: Callable[[Face], _Values]) -> _Read:
    return lambda m, i: None if (face := m.face(i)) is None else read(face)


def _of_expression(read: Callable[[Expression], _Values]) -> _Read:
    return lambda m, i: None if (expression := m.expression(i)) is None else read(expression)


def _of_affect(read: Callable[[Affect], _Values]) -> _Read:
    return lambda m, i: None if (affect := m.affect(i)) is None else read(affect)


def _of_rig(read: Callable[[Rig], _Values]) -> _Read:
    return lambda m, i: None if (rig := m.rig(i)) is None else read(rig)


def _shares(prefix: str, names: Sequence[str], doc: str) -> tuple[Column, ...]:
    return tuple(Column(f"{prefix}{name}_0to1", "0 to 1", doc.format(name)) for name in names)


def _blocks(names: Names) -> tuple[_Block, ...]:
    units = names.action_units
    return (
        _Block(
            (
                Column("face_score_0to1", "0 to 1", "Score of the detector."),
                Column("face_presence_0to1", "0 to 1", "That a face is there, by the landmark network."),
                *(Column(f"{name}_px", "px", "Bounding box in the image.") for name in _PLACE),
            ),
            _of_face(lambda f: (f.score, f.presence, *f.box)),
        ),
        _Block(
            (
                *(Column(f"head_{axis}_m", "m", "Head in the camera optical frame.") for axis in "xyz"),
                *(Column(f"head_{a}_deg", "deg", "From a head facing the camera.") for a in _ANGLES),
            ),
            _of_face(_head),
        ),
        _Block(
            (
                *(Column(f"{eye}_{axis}", "1", "Gaze in the camera optical frame.") for eye in _EYES for axis in "xyz"),
                *(Column(f"{eye}_confidence_0to1", "0 to 1", "Of that vector.") for eye in _EYES),
            ),
            _of_face(lambda f: (*f.gaze.reshape(-1), *f.gaze_confidence)),
        ),
        _Block(
            _shares("blendshape_", names.blendshapes, "ARKit blendshape {}."),
            _of_expression(lambda e: e.blendshapes),
        ),
        _Block(
            _shares("blendshape_confidence_", names.blendshapes, "Confidence of the blendshape {}."),
            _of_expression(lambda e: e.confidence),
        ),
        _Block(
            tuple(Column(f"{au}_intensity_0to5", "FACS 0 to 5", f"{au}; 1 = A, 5 = E.") for au in units),
            _of_affect(lambda a: a.au_intensity),
        ),
        _Block(
            tuple(Column(f"{au}_probability_0to1", "0 to 1", f"That {au} is present.") for au in units),
            _of_affect(lambda a: a.au_probability),
        ),
        _Block(
            tuple(Column(f"{au}_confidence_0to1", "0 to 1", f"Of both numbers of {au}.") for au in units),
            _of_affect(lambda a: a.au_confidence),
        ),
        _Block(
            (
                *_shares("expression_", names.emotions, _SHOWN),
                Column("expression_confidence_0to1", "0 to 1", "Of those probabilities."),
                Column("valence_m1to1", "-1 to 1", "Of what the face shows."),
                Column("arousal_m1to1", "-1 to 1", "Of what the face shows."),
                Column("va_confidence_0to1", "0 to 1", "Of valence and arousal."),
            ),
            _of_affect(lambda a: (*a.emotion, a.emotion_confidence, a.valence, a.arousal, a.va_confidence)),
        ),
        _Block(
            (Column("baseline_confidence_0to1", "0 to 1", "How well the resting face is known."),),
            _of_expression(lambda e: (e.baseline.confidence,)),
        ),
        _Block(
            (
                *_shares("rig_", names.rig, "Weight {} of the rig: smoothed and calibrated."),
                *(Column(f"rig_head_{a}_deg", "deg", "From the neutral head.") for a in _ANGLES),
                *(Column(f"rig_{eye}_{a}_deg", "deg", "Eye in the head.") for eye in _EYES for a in ("yaw", "pitch")),
            ),
            _of_rig(_rig),
        ),
    )  # fmt: skip


def _head(face: Face) -> Sequence[float] | None:
    if face.pose is None:
        return None
    return (*face.pose[:3, 3], *angles_deg(FACING_CAMERA.T @ face.pose[:3, :3]))


def _rig(rig: Rig) -> Sequence[float]:
    head = angles_deg(matrix(rig.head)) if np.any(rig.head) else (np.nan,) * 3
    return (*rig.weights, *head, *np.degrees(rig.gaze).reshape(-1))
