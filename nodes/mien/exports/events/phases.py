"""Events of action units by person, for annotation programs."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Mapping
from pathlib import Path

import numpy as np

from mien.core.types import F32
from mien.exports.step import About, Step, Tally, Writer
from mien.statistics.events import Event, events


class EventWriter(Writer):
    """Collects the intensities of each face, and writes their events (onset, apex, offset) at the end.

    A unit that reaches FACS B ("slight") has an event, which lasts while it stays at A ("trace") or above.
    """

    def __init__(self, target: Path, about: About) -> None:
        super().__init__(target, about)
        self._units = about.names.action_units
        self._times_s: list[float] = []
        self._seen: dict[int, dict[int, F32]] = {}  # by face and frame: intensities

    def add(self, step: Step) -> None:
        if step.frame is None:
            return
        for track_id in step.moment.track_ids:
            if (affect := step.moment.affect(track_id)) is not None and len(affect.au_intensity) == len(self._units):
                self._seen.setdefault(track_id, {})[len(self._times_s)] = affect.au_intensity
        self._times_s.append(step.time_s)

    def finish(self, tally: Tally) -> list[Path]:
        return self.write({track_id: self._events(track_id) for track_id in sorted(self._seen)}, tally)

    @abstractmethod
    def write(self, found: Mapping[int, list[Event]], tally: Tally) -> list[Path]:
        """Write the events of each face; returns the files. Raises ExportError."""

    def _events(self, track_id: int) -> list[Event]:
        values = np.full((len(self._times_s), len(self._units)), np.nan, np.float32)
        for frame, intensities in self._seen[track_id].items():
            values[frame] = intensities
        return events(self._times_s, values, self._units)


def subject(track_id: int) -> str:
    """What a face is called."""
    return f"face {track_id}"


def seen(event: Event) -> str:
    """What to say of an event whose onset or offset was not seen; "" of a whole one."""
    missing = [word for word, known in (("onset", event.began), ("offset", event.ended)) if not known]
    return f"{' and '.join(missing)} not seen" if missing else ""
