"""Made-up recordings, and exports of them, whose every value is known."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

import numpy as np

from mien.core.moment import Moment
from mien.core.types import F32, Affect, Affects, Faces, Header
from mien.exports.export import Exported, export
from mien.exports.formats import chosen
from mien.exports.step import About
from mien_models.spaces import facs

from ..bags.sessions import affect, easing, moment, shapes, stamp  # noqa: TID252

EMPTY = (5, 6)  # frames without a face
BOTH = 15  # from this frame on there are two


class Made:
    """A recording of these moments."""

    def __init__(self, moments: Iterable[Moment], **about: object) -> None:
        self._moments = list(moments)
        self.about = About("made", "made.mp4", **about)  # type: ignore[arg-type]

    @property
    def length(self) -> int:
        return len(self._moments)

    def moments(self, images: bool) -> Iterator[Moment]:
        yield from self._moments

    def notes(self) -> list[str]:
        return []


def ids(i: int) -> tuple[int, ...]:
    return () if i in EMPTY else (1,) if i < BOTH else (1, 2)


def weights(i: int) -> F32:
    return shapes(jawOpen=i / 20, mouthSmileLeft=0.3, tongueOut=0.1)


def scene() -> list[Moment]:
    """20 frames at 25 Hz: one face, two frames without one, then two faces; a rig eases after frame 7."""
    moments = [moment(i, ids(i), weights(i)) for i in range(20)]
    moments.insert(8, easing(7))
    return moments


def with_units(i: int, **units: float) -> Moment:
    """Frame `i` with these intensities; NaN = not observed."""
    own = affect(1, **units)
    probability = np.where(np.isfinite(own.au_intensity), own.au_intensity / 5, np.nan).astype(np.float32)
    told = Affect(**{name: getattr(own, name) for name in Affect.__slots__} | {"au_probability": probability})
    return moment(i).but(affects=Affects(Header(stamp(i)), (told,)))


def private(moments: Iterable[Moment]) -> list[Moment]:
    """As `graph.privacy` leaves them: no image and no faces."""
    return [m.but(faces=None) for m in moments]


def run(moments: Iterable[Moment], formats: str, out: Path, **about: object) -> Exported:
    return export(Made(moments, **about), chosen(formats), out)


__all__ = ["EMPTY", "Faces", "Made", "facs", "ids", "private", "run", "scene", "weights", "with_units"]
