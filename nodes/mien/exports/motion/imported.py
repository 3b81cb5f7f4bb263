"""A recording of another program as a bag of ours: what the file says, at its own times."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from mien.bags.about import about
from mien.bags.record import BagWriter
from mien.bags.write import MomentWriter
from mien.bridges.file_in.recorded import Recorded, Sample, Units
from mien.core.errors import ExportError
from mien.core.geometry import IDENTITY_QUATERNION
from mien.core.moment import Moment
from mien.core.types import (
    Affect,
    Affects,
    Expressions,
    Header,
    Method,
    Rig,
    Rigs,
    RigState,
    Source,
)
from mien_models.spaces import arkit, emotions

_FRAME = "imported"


def write_bag(recorded: Recorded, path: Path) -> int:
    """Write a bag, which must not exist; returns the number of its frames. Raises BagError and ExportError.

    Expressions hold what the file tells, with NaN for the rest; rigs have the neutral value there. Action units become
    affects. Stamps are the file's times; the source of everything is REPLAYED.
    """
    if recorded.span_s[0] < 0:
        raise ExportError(f"{recorded.path}: begins at {recorded.span_s[0]:.3f} s; times must not be negative")
    frames: dict[int, dict[int, Sample]] = {}
    for face, samples in recorded.faces.items():
        for sample in samples:
            frames.setdefault(round(sample.time_s * 1e9), {})[face] = sample
    # No network of ours read this face.
    known = about(imported={"file": str(recorded.path), "format": recorded.format}, networks={})
    with BagWriter(path, known) as bag:
        writer = MomentWriter(bag)
        writer.describe(min(frames))
        for stamp_ns in sorted(frames):
            writer.write(moment(stamp_ns, frames[stamp_ns]))
    return len(frames)


def moment(stamp_ns: int, samples: dict[int, Sample]) -> Moment:
    """The faces at one time, by id."""
    header = Header(stamp_ns, _FRAME)
    expressions = tuple(s.reading.expression(face, Source.REPLAYED) for face, s in sorted(samples.items()))
    rigs = tuple(_rig(face, s) for face, s in sorted(samples.items()))
    affects = tuple(_affect(face, s.units) for face, s in sorted(samples.items()) if s.units is not None)
    told = Moment(stamp_ns, expressions=Expressions(header, expressions), rigs=Rigs(header, rigs))
    return told.but(affects=Affects(header, affects)) if affects else told


def _rig(face: int, sample: Sample) -> Rig:
    reading, looks = sample.reading, sample.reading.looks
    return Rig(
        face,
        RigState.TRACKED,
        arkit.SCHEMA,
        np.clip(np.nan_to_num(reading.weights), 0, 1).astype(np.float32),
        IDENTITY_QUATERNION if reading.head is None else reading.head,
        np.zeros((2, 2), np.float32) if looks is None else looks,
        reading.sure,
        np.full(len(arkit.Region), Source.REPLAYED, np.uint8),
    )


def _affect(face: int, units: Units) -> Affect:
    unknown = np.full(len(emotions.EMOTIONS), np.nan, np.float32)
    sure = np.where(np.isfinite(units.intensity), units.confidence, 0).astype(np.float32)
    return Affect(
        face, units.intensity, units.probability, sure, Method.LEARNED,
        unknown, 0.0, Method.NONE, np.nan, np.nan, 0.0, Method.NONE,
    )  # fmt: skip
