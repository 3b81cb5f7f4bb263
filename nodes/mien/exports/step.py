"""What a writer gets: one moment of a recording with its place in it."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from pathlib import Path

from mien.core.moment import Moment
from mien.core.schemas import Names
from mien.exports.files import TextFile


@dataclass(frozen=True, slots=True)
class Step:
    """One moment of a recording."""

    moment: Moment
    frame: int | None  # number of the image among those processed, from 0; None: a rig eases between images
    time_s: float  # from the first moment


@dataclass(frozen=True, slots=True)
class About:
    """What a writer knows of a recording before its first step."""

    name: str  # of the bag, video or folder, without its suffix
    source: str  # what was recorded: a path, or what the camera node said
    names: Names = field(default_factory=Names)
    media: Path | None = None  # the video itself, where it is one
    no_faces: bool = False  # no box, landmark or pose was recorded, as under graph.privacy
    no_images: bool = False
    unrelated: bool = False  # pictures: nobody is followed from one to the next, and each face has an id of its own
    facts: Mapping[str, object] = field(default_factory=dict)  # versions and machine of the recording


@dataclass(slots=True)
class Tally:
    """What was seen of a recording."""

    frames: int = 0
    without_face: int = 0
    faces: int = 0  # frames × faces
    track_ids: set[int] = field(default_factory=set)
    first_ns: int | None = None
    last_ns: int = 0

    @property
    def duration_s(self) -> float:
        return 0.0 if self.first_ns is None else (self.last_ns - self.first_ns) * 1e-9

    @property
    def rate(self) -> Fraction | None:
        """Mean rate of the frames [Hz]; None where it cannot be told."""
        return Fraction(self.frames - 1) / Fraction(self.duration_s) if self.frames > 1 and self.duration_s else None

    def as_dict(self) -> dict[str, object]:
        return {
            "frames": self.frames,
            "frames_without_face": self.without_face,
            "track_ids": sorted(self.track_ids),
            "duration_s": round(self.duration_s, 6),
        }


class Writer(ABC):
    """Writes one format of one recording. Files appear under their names in `finish`, complete or not at all."""

    def __init__(self, target: Path, about: About) -> None:
        """target: the file of the format's row, in the folder of the recording. Raises ExportError."""
        self.target = target
        self.about = about

    @abstractmethod
    def add(self, step: Step) -> None: ...

    @abstractmethod
    def finish(self, tally: Tally) -> list[Path]:
        """Complete the files; returns them. Raises ExportError."""

    def abandon(self) -> None:  # noqa: B027
        """Remove what was written, after an error."""


class TextWriter(Writer):
    """A format of one text file, written while the recording is read."""

    def __init__(self, target: Path, about: About) -> None:
        super().__init__(target, about)
        self.text = TextFile(target)

    def finish(self, tally: Tally) -> list[Path]:
        return [self.text.keep()]

    def abandon(self) -> None:
        self.text.discard()
