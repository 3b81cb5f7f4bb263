"""The values of sound that travel between nodes; each message of `mien_msgs` has its twin here."""

from __future__ import annotations

import math
from dataclasses import dataclass

from mien.core.types import F32, Header, StageTime

FULL_SCALE = 32768  # of 16-bit samples


@dataclass(frozen=True, slots=True, eq=False)
class Sound:
    """A stretch of mono sound. `header.stamp_ns` is the time of the first sample, on the clock of the images."""

    header: Header
    rate_hz: int
    samples: F32  # [-1, 1]

    @property
    def seconds(self) -> float:
        return len(self.samples) / self.rate_hz

    @property
    def end_ns(self) -> int:
        """The time at which a next sample would have been heard."""
        return self.header.stamp_ns + round(len(self.samples) * 1e9 / self.rate_hz)


@dataclass(frozen=True, slots=True, eq=False)
class Words:
    """Words of a speech recogniser. `header.stamp_ns` is when the first began."""

    header: Header
    words: tuple[str, ...]
    since_s: F32  # of each, when it began after the stamp
    confidence: F32  # of each, [0, 1]


@dataclass(frozen=True, slots=True, eq=False)
class Voice:
    """What a moment of sound says of a voice and its mouth. `header.stamp_ns` is the moment told of."""

    header: Header
    activity: float  # probability that somebody speaks, [0, 1]
    blendshapes: F32  # 52, ARKit order, [0, 1]; NaN = not told by sound
    confidence: F32  # 52, [0, 1]
    pitch_hz: float = math.nan  # NaN = no voiced sound
    energy_db: float = -100.0  # root mean square below full scale
    syllables_hz: float = math.nan  # per second of speech lately; NaN = too little was heard
    overlap: float = 0.0  # probability that a second voice speaks at the same time, [0, 1]
    stages: tuple[StageTime, ...] = ()
