"""What was recorded of each person, on one clock: from a bag, or from a video that is read now."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from mien.bags import about
from mien.core.errors import StatisticsError
from mien.core.gaze import lines_of
from mien.core.geometry import FACING_CAMERA, matrix
from mien.core.moment import Moment
from mien.core.types import BaselineMethod, Expression, Face, IdMethod, Rig
from mien.report.head import head_angles_deg
from mien.statistics.signs import mean_of
from mien_models.spaces import facs

F64 = NDArray[np.float64]
F32 = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Return:
    """A face that was gone and got its id back."""

    left_s: float
    back_s: float
    confidence: float  # that it is the same person, [0, 1]


@dataclass(frozen=True, slots=True, eq=False)
class Person:
    """One id. Rows are those of `Recording.times_s`; NaN where the person was not seen."""

    track_id: int
    seen: NDArray[np.bool_]  # (N,)
    intensity: F32  # (N, A) FACS 0–5
    head_deg: F32  # (N, 3) yaw, pitch, roll
    gaze: F32  # (N, 3) unit vector of both eyes in the camera's optical frame
    to_camera: F32  # (N, 3) unit vector from the face to the camera
    baseline: F32  # (N,) confidence of the resting face that intensities are relative to; 0 = a typical face
    returns: tuple[Return, ...]

    @property
    def id_confidence(self) -> float:
        """That all of it is one person: the product over all returns; 1 of a face that was never lost."""
        return float(np.prod([r.confidence for r in self.returns])) if self.returns else 1.0

    def seen_or_nan(self) -> F64:
        """(N,) 0 where the person was seen, NaN elsewhere: a series as others have it."""
        return np.where(self.seen, 0.0, np.nan)

    def unit(self, names: tuple[str, ...], code: int) -> F64:
        """(N,) intensity of a unit, the mean of its sides; NaN = not observed."""
        columns = [self.intensity[:, names.index(n)].astype(np.float64) for n in facs.labels(code) if n in names]
        return mean_of(columns) if columns else np.full(len(self.seen), np.nan)

    def side(self, names: tuple[str, ...], label: str) -> F64:
        """(N,) intensity of one of the units' labels."""
        if label not in names:
            return np.full(len(self.seen), np.nan)
        return self.intensity[:, names.index(label)].astype(np.float64)


@dataclass(frozen=True, slots=True, eq=False)
class Recording:
    times_s: F64  # (N,) of processed images, from 0
    start_ns: int
    units: tuple[str, ...]
    people: tuple[Person, ...]
    source: str
    made_by: Mapping[str, Any] = field(default_factory=about.versions)

    def person(self, track_id: int) -> Person:
        return next(p for p in self.people if p.track_id == track_id)


@dataclass(slots=True)
class _Rows:
    at: list[int] = field(default_factory=list)
    intensity: list[Any] = field(default_factory=list)
    head: list[Any] = field(default_factory=list)
    gaze: list[Any] = field(default_factory=list)
    camera: list[Any] = field(default_factory=list)
    baseline: list[float] = field(default_factory=list)
    returns: list[Return] = field(default_factory=list)


_NAN3 = (np.nan, np.nan, np.nan)


def gather(
    moments: Iterable[Moment],
    units: tuple[str, ...],
    source: str,
    *,
    made_by: Mapping[str, Any] | None = None,
    advance: Callable[[], None] = lambda: None,
) -> Recording:
    """Moments in order of their stamps. Raises StatisticsError where nothing was processed, or no face was seen."""
    stamps: list[int] = []
    rows: dict[int, _Rows] = {}
    for moment in moments:
        advance()
        if moment.affects is None or (stamps and moment.stamp_ns <= stamps[-1]):
            continue
        stamps.append(moment.stamp_ns)
        for affect in moment.affects.affects:
            if len(affect.au_intensity) != len(units):
                raise StatisticsError(
                    f"{source}: {len(affect.au_intensity)} intensities and {len(units)} names of units; record the"
                    " topic labels, too"
                )
            _add(rows.setdefault(affect.track_id, _Rows()), moment, affect.track_id, stamps)
    if not rows:
        raise StatisticsError(f"{source}: no face in {len(stamps)} processed images; nothing to make statistics of")
    times = np.asarray((np.array(stamps, np.int64) - stamps[0]) * 1e-9, np.float64)
    people = tuple(_person(i, rows[i], len(stamps), len(units)) for i in sorted(rows))
    return Recording(times, stamps[0], units, people, source, made_by or about.versions())


def _add(rows: _Rows, moment: Moment, track_id: int, stamps: list[int]) -> None:
    affect, face, rig = moment.affect(track_id), moment.face(track_id), moment.rig(track_id)
    assert affect is not None
    now = len(stamps) - 1
    if face is not None and face.id_method is IdMethod.REIDENTIFIED and rows.at:
        seconds = [(stamps[i] - stamps[0]) * 1e-9 for i in (rows.at[-1], now)]
        rows.returns.append(Return(seconds[0], seconds[1], face.id_confidence))
    gaze, camera = _gaze(face, rig, moment.expression(track_id))
    rows.at.append(now)
    rows.intensity.append(affect.au_intensity)
    rows.head.append(head_angles_deg(moment, track_id) or _NAN3)
    rows.gaze.append(gaze)
    rows.camera.append(camera)
    known = affect.baseline.method is not BaselineMethod.NONE
    rows.baseline.append(affect.baseline.confidence if known else 0.0)


def _gaze(face: Face | None, rig: Rig | None, expression: Expression | None) -> tuple[Any, Any]:
    """Line of gaze and direction to the camera. Of a rig alone, as in private bags, the camera is straight ahead."""
    if face is not None:
        if face.pose is None or not np.isfinite(face.gaze).any():
            return _NAN3, _NAN3
        lines = lines_of(face, expression)
        seen = lines[np.isfinite(lines).all(1)]
        to_camera = -face.pose[:3, 3]
        return _unit(seen.mean(0)), _unit(to_camera)
    if rig is None or not np.any(rig.head) or not np.isfinite(rig.gaze).all():
        return _NAN3, _NAN3
    yaw, pitch = np.asarray(rig.gaze, np.float64).mean(0)
    line = np.array([np.cos(pitch) * np.cos(yaw), np.cos(pitch) * np.sin(yaw), np.sin(pitch)])
    return FACING_CAMERA @ matrix(rig.head) @ line, np.array([0.0, 0.0, -1.0])


def _unit(v: Any) -> Any:
    length = float(np.linalg.norm(v))
    return v / length if length > 0 else _NAN3


def _person(track_id: int, rows: _Rows, count: int, units: int) -> Person:
    at = np.array(rows.at)

    def spread(values: list[Any], width: int) -> F32:
        out = np.full((count, width), np.nan, np.float32)
        out[at] = np.array(values, np.float32).reshape(len(at), width)
        return out

    seen = np.zeros(count, bool)
    seen[at] = True
    return Person(
        track_id,
        seen,
        spread(rows.intensity, units),
        spread(rows.head, 3),
        spread(rows.gaze, 3),
        spread(rows.camera, 3),
        spread(rows.baseline, 1)[:, 0],
        tuple(rows.returns),
    )


def of_bag(path: Path, namespace: str | None = None, advance: Callable[[], None] = lambda: None) -> Recording:
    """Of a bag of mien. Raises BagError, and StatisticsError where no face is in it."""
    from mien.bags.read import Session

    session = Session(path, namespace)
    made_by = session.about.get("versions") or {}
    moments = session.moments(images=False)
    return gather(moments, session.names.action_units, str(path), made_by=made_by, advance=advance)
