"""What a recording of another program holds, whatever its format."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from mien.bridges.inputs import Reading
from mien.core.errors import ExportError
from mien.core.types import F32

MOST_BYTES = 1 << 30
_MOST_WEIGHT = 4.0  # trackers go a little over 1


@dataclass(frozen=True, slots=True)
class Units:
    """Action units as the other program told them, by `spaces.facs.AUS`; NaN = not told."""

    intensity: F32  # 0 to 5
    probability: F32  # 0 to 1; 0 or 1 where only presence was told
    confidence: float


@dataclass(frozen=True, slots=True)
class Sample:
    """One face at one time."""

    time_s: float  # on the clock of the recording
    reading: Reading
    units: Units | None = None


@dataclass(slots=True)
class Recorded:
    """The faces of a recording by id, each in order of time."""

    path: Path
    format: str
    faces: dict[int, list[Sample]] = field(default_factory=dict)
    unseen: int = 0  # rows in which nobody was tracked
    left_out: tuple[str, ...] = ()  # names of shapes that are not understood

    def add(self, face: int, sample: Sample) -> None:
        """Raises ExportError where time does not go on."""
        samples = self.faces.setdefault(face, [])
        if not math.isfinite(sample.time_s) or (samples and sample.time_s <= samples[-1].time_s):
            before = f" after {samples[-1].time_s:.3f} s" if samples else ""
            raise ExportError(f"{self.path}: time does not go on: {sample.time_s:.3f} s comes{before}; sort its rows")
        samples.append(sample)

    def check(self) -> None:
        """Raises ExportError where weights are in percent, of which each would be clipped to 1."""
        highest = max(
            (float(np.nanmax(s.reading.weights, initial=0)) for samples in self.faces.values() for s in samples),
            default=0.0,
        )
        if highest > _MOST_WEIGHT:
            raise ExportError(
                f"{self.path}: a weight is {highest:g}, and weights are from 0 to 1; divide percent by 100"
            )

    @property
    def main(self) -> int:
        """The face that is seen most."""
        return max(self.faces, key=lambda face: len(self.faces[face]))

    @property
    def span_s(self) -> tuple[float, float]:
        """First and last time."""
        ends = [(samples[0].time_s, samples[-1].time_s) for samples in self.faces.values()]
        return min(first for first, _ in ends), max(last for _, last in ends)

    @property
    def duration_s(self) -> float:
        first, last = self.span_s
        return last - first


def number(path: Path, line: int, name: str, text: str | None) -> float:
    """A cell of a table; NaN where it is empty. Raises ExportError."""
    text = (text or "").strip()
    if not text:
        return math.nan
    try:
        return float(text)
    except ValueError as error:
        raise ExportError(f"{path}, line {line}: {name} is {text[:40]!r}, which is no number") from error
