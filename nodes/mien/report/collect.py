"""One pass over a session without its images, for the summary, the timeline and the choice of pictures."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from mien.bags.read import Names, Session
from mien.core.moment import Moment
from mien.core.types import F32, F64
from mien.report.head import head_angles_deg

I64 = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Series:
    """Rows of values with their times [ns]."""

    stamps_ns: I64
    values: F32  # N×M

    def __len__(self) -> int:
        return len(self.stamps_ns)


@dataclass(slots=True)
class _Rows:
    stamps: list[int] = field(default_factory=list)
    values: list[F32] = field(default_factory=list)

    def add(self, stamp_ns: int, values: object) -> None:
        self.stamps.append(stamp_ns)
        self.values.append(np.array(values, np.float32))

    def series(self, width: int) -> Series:
        values = np.stack(self.values) if self.values else np.empty((0, width), np.float32)
        return Series(np.array(self.stamps, np.int64), values)


@dataclass(frozen=True, slots=True)
class Track:
    """The values of one face over time."""

    track_id: int
    seen: int  # frames
    blendshapes: Series  # N×52
    action_units: Series  # N×37, FACS 0–5
    au_confidence: Series  # N×37
    emotion: Series  # N×8
    valence_arousal: Series  # N×2
    rig: Series  # N×52; goes on while it eases
    head_deg: Series  # N×3: yaw, pitch, roll


@dataclass(slots=True)
class Timing:
    """Durations [ns] of each stage and of the whole chain, one per processed image."""

    stages_ns: dict[str, list[int]] = field(default_factory=dict)
    from_stamp_ns: list[int] = field(default_factory=list)  # acquisition to the end of rigs
    from_camera_ns: list[int] = field(default_factory=list)  # end of camera to the end of rigs

    def add(self, moment: Moment) -> None:
        """The duration of a stage is the time since the end of the stage before it in the same message."""
        for first, part in enumerate(p for p in moment.said if p.stages):
            ends = [moment.stamp_ns, *(s.finished_ns for s in part.stages)]
            names = [s.stage for s in part.stages]
            # Every message repeats the earlier stages: count each stage once, from its own message.
            for i in range(len(names)) if first == 0 else (len(names) - 1,):
                self.stages_ns.setdefault(names[i], []).append(ends[i + 1] - ends[i])
        ends_ns = {s.stage: s.finished_ns for s in (moment.rigs.stages if moment.rigs else ())}
        if "rigs" in ends_ns:
            self.from_stamp_ns.append(ends_ns["rigs"] - moment.stamp_ns)
            if "camera" in ends_ns:
                self.from_camera_ns.append(ends_ns["rigs"] - ends_ns["camera"])


@dataclass(frozen=True, slots=True)
class Collected:
    names: Names
    stamps_ns: I64  # of processed images
    face_counts: NDArray[np.int64]
    images: int  # recorded
    size: tuple[int, int]  # width, height of the source; 0 where it is not known
    timing: Timing
    tracks: dict[int, Track]

    @property
    def main(self) -> Track | None:
        """The face that was seen in most frames."""
        return max(self.tracks.values(), key=lambda t: t.seen, default=None)

    @property
    def start_ns(self) -> int:
        return int(self.stamps_ns[0]) if len(self.stamps_ns) else 0

    @property
    def duration_s(self) -> float:
        return float(self.stamps_ns[-1] - self.stamps_ns[0]) * 1e-9 if len(self.stamps_ns) else 0.0


_PARTS = ("blendshapes", "action_units", "au_confidence", "emotion", "valence_arousal", "rig", "head_deg")


def collect(session: Session, advance: Callable[[], None] = lambda: None) -> Collected:
    """`advance` is called once per moment. Raises BagError."""
    stamps: list[int] = []
    counts: list[int] = []
    timing = Timing()
    size = (0, 0)
    seen: dict[int, int] = {}
    rows: dict[int, dict[str, _Rows]] = {}
    for moment in session.moments(images=False):
        advance()
        for track_id in _all_ids(moment):
            _add(rows.setdefault(track_id, {p: _Rows() for p in _PARTS}), moment, track_id)
        if not moment.is_processed:
            continue
        stamps.append(moment.stamp_ns)
        counts.append(len(moment.track_ids))
        timing.add(moment)
        for track_id in moment.track_ids:
            seen[track_id] = seen.get(track_id, 0) + 1
        if moment.faces:
            size = (moment.faces.width, moment.faces.height)
    return Collected(
        session.names,
        np.array(stamps, np.int64),
        np.array(counts, np.int64),
        session.topics.get(session.image_topic or "", 0),
        size,
        timing,
        {i: _track(i, seen[i], rows[i], session.names) for i in sorted(seen)},
    )


def _all_ids(moment: Moment) -> set[int]:
    return {*moment.track_ids, *(r.track_id for r in (moment.rigs.rigs if moment.rigs else ()))}


def _add(rows: dict[str, _Rows], moment: Moment, track_id: int) -> None:
    t = moment.stamp_ns
    if (expression := moment.expression(track_id)) is not None:
        rows["blendshapes"].add(t, expression.blendshapes)
    if (affect := moment.affect(track_id)) is not None:
        rows["action_units"].add(t, affect.au_intensity)
        rows["au_confidence"].add(t, affect.au_confidence)
        rows["emotion"].add(t, affect.emotion)
        rows["valence_arousal"].add(t, (affect.valence, affect.arousal))
    if (rig := moment.rig(track_id)) is not None:
        rows["rig"].add(t, rig.weights)
    if (angles := head_angles_deg(moment, track_id)) is not None:
        rows["head_deg"].add(t, angles)


def _track(track_id: int, seen: int, rows: dict[str, _Rows], names: Names) -> Track:
    units = len(names.action_units)
    widths = (len(names.blendshapes), units, units, len(names.emotions), 2, len(names.rig), 3)
    return Track(track_id, seen, *(rows[p].series(w) for p, w in zip(_PARTS, widths, strict=True)))


# Conspicuous expressions, and the blendshapes whose mean measures each.
CONSPICUOUS: dict[str, tuple[str, ...]] = {
    "smile": ("mouthSmileLeft", "mouthSmileRight"),
    "blink": ("eyeBlinkLeft", "eyeBlinkRight"),
    "jaw open": ("jawOpen",),
    "brows up": ("browInnerUp", "browOuterUpLeft", "browOuterUpRight"),
    "brows down": ("browDownLeft", "browDownRight"),
    "pucker": ("mouthPucker",),
}


def mean_weight(values: F32, names: tuple[str, ...], shapes: tuple[str, ...]) -> F64:
    """(N,) mean of the columns named by `shapes`, ignoring NaN."""
    columns = [values[:, names.index(s)] for s in shapes if s in names]
    if not columns:
        return np.full(len(values), np.nan)
    table = np.stack(columns, axis=1).astype(np.float64)
    known = np.isfinite(table)
    total = np.where(known, table, 0).sum(1)
    return np.where(known.any(1), total / np.maximum(known.sum(1), 1), np.nan)


@dataclass(frozen=True, slots=True)
class Peak:
    """The strongest moment of one conspicuous expression."""

    expression: str
    value: float
    stamp_ns: int
    track_id: int


def peaks(collected: Collected) -> list[Peak]:
    """The strongest moment of each conspicuous expression over all faces; those never observed are left out."""
    found = []
    for name, shapes in CONSPICUOUS.items():
        best: Peak | None = None
        for track in collected.tracks.values():
            values = mean_weight(track.blendshapes.values, collected.names.blendshapes, shapes)
            if not np.isfinite(values).any():
                continue
            i = int(np.nanargmax(values))
            if best is None or values[i] > best.value:
                best = Peak(name, float(values[i]), int(track.blendshapes.stamps_ns[i]), track.track_id)
        if best:
            found.append(best)
    return found
