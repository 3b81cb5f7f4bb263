"""A derivative data set in the layout of BIDS 1.11: continuous recordings as physio.tsv.gz, events as events.tsv.

BIDS has no datatype for faces yet. The files follow its rules for physiological recordings (no header row, the columns
in the JSON sidecar, n/a for what is missing, timestamp first as for eye tracking), and dataset_description.json says
that this is not standardised. One recording is one subject; each face is a `recording-` of its own. All frames are
there, also those without the face.
"""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

import numpy as np

from mien import __version__
from mien.core.errors import ExportError
from mien.exports.events.phases import EventWriter, seen, subject
from mien.exports.files import Part, refused, write
from mien.exports.step import About, Step, Tally
from mien.exports.tables.columns import PLACE, Row, Table
from mien.exports.tables.tidy import dictionary
from mien.statistics.events import Event

VERSION = "1.11.0"
_NOTE = "BIDS has no datatype for action units yet: these files follow its layout of physiological recordings."
_EVENTS = {
    "onset": {"Description": "Onset, from the first image on.", "Units": "s"},
    "duration": {"Description": "From onset to offset.", "Units": "s"},
    "trial_type": {"Description": "Action unit; L and R are the person's own left and right."},
    "face": {"Description": "The recording- entity of the face."},
    "apex": {"Description": "Strongest moment, from the first image on.", "Units": "s"},
    "intensity": {"Description": "At the apex.", "Units": "FACS 0 to 5"},
    "note": {"Description": "Whether onset or offset was not seen."},
}


class _Zipped:
    """A compressed file without name and time in it: the same bytes whenever it is written."""

    def __init__(self, target: Path) -> None:
        self._part = Part(target)
        try:
            self._raw = self._part.path.open("wb")
        except OSError as error:
            raise refused(target, error) from error
        self._file = gzip.GzipFile("", "wb", fileobj=self._raw, mtime=0)

    def write(self, line: bytes) -> None:
        self._file.write(line)

    def keep(self) -> Path:
        self._close()
        return self._part.keep()

    def discard(self) -> None:
        with suppress(OSError):  # the disk may be full
            self._close()
        self._part.discard()

    def _close(self) -> None:
        try:
            self._file.close()
        finally:
            self._raw.close()


class Bids(EventWriter):
    """target: dataset_description.json, in the root of the data set."""

    def __init__(self, target: Path, about: About) -> None:
        super().__init__(target, about)
        self._table = Table(about.names)
        self._stem = f"sub-{_label(about.name)}_task-face"
        self._folder = target.parent / f"sub-{_label(about.name)}" / "beh"
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise ExportError(f"cannot make {self._folder}: {error.strerror}; choose another --out") from error
        self._stamps: list[float] = []
        self._files: dict[int, _Zipped] = {}
        self._none = "\t".join(["n/a"] * len(self._table.numbers))

    def add(self, step: Step) -> None:
        super().add(step)
        rows = {row.track_id: row for row in self._table.rows(step) if row.track_id is not None}
        for track_id in rows.keys() - self._files.keys():
            self._open(track_id)
        if step.frame is None:
            return
        self._stamps.append(step.time_s)
        for track_id, file in self._files.items():
            file.write(self._line(step.time_s, rows.get(track_id)))

    def write(self, found: Mapping[int, list[Event]], tally: Tally) -> list[Path]:
        files = [write(self.target, _json(self._description()))]
        sidecar = _json(self._sidecar(tally))
        for track_id in sorted(self._files):
            files += [self._files[track_id].keep(), write(self._folder / f"{self._name(track_id)}.json", sidecar)]
        events = self._folder / f"{self._stem}_events.tsv"
        rows = [(track_id, event) for track_id, list_ in found.items() for event in list_]
        rows.sort(key=lambda row: (row[1].onset_s, row[0], row[1].unit))
        lines = ["\t".join(_EVENTS), *(_event(track_id, event) for track_id, event in rows)]
        return [
            *files,
            write(events, "\n".join(lines) + "\n"),
            write(events.with_suffix(".json"), _json(_EVENTS)),
        ]

    def abandon(self) -> None:
        for file in self._files.values():
            file.discard()

    def _name(self, track_id: int) -> str:
        return f"{self._stem}_recording-face{track_id}_physio"

    def _open(self, track_id: int) -> None:
        """A file for a face that is new, with a row for each frame before it came."""
        file = self._files[track_id] = _Zipped(self._folder / f"{self._name(track_id)}.tsv.gz")
        for time_s in self._stamps:
            file.write(self._line(time_s, None))

    def _line(self, time_s: float, row: Row | None) -> bytes:
        if row is None:
            return f"{time_s:.6f}\t{self._none}\n".encode()
        numbers = "\t".join("n/a" if v != v else str(v) for v in np.asarray(row.numbers))
        return f"{time_s:.6f}\t{numbers}\n".encode()

    def _description(self) -> dict[str, Any]:
        return {
            "Name": self.about.name,
            "BIDSVersion": VERSION,
            "DatasetType": "derivative",
            "GeneratedBy": [{"Name": "mien", "Version": __version__, "Description": _NOTE}],
            "SourceDatasets": [{"URL": self.about.source}],
        }

    def _sidecar(self, tally: Tally) -> dict[str, Any]:
        stamp = PLACE[2]
        return {
            "SamplingFrequency": round(float(tally.rate), 6) if tally.rate else "n/a",
            "StartTime": 0,
            "PhysioType": "generic",
            "Columns": ["timestamp", *(c.name for c in self._table.numbers)],
            "timestamp": {"Description": stamp.doc, "Units": stamp.unit},
            **dictionary(self._table.numbers),
            "Frames": tally.frames,
            "FramesWithoutFace": tally.without_face,
        }


def _label(name: str) -> str:
    """Letters and digits, which is all that a BIDS label may hold."""
    return re.sub(r"[^A-Za-z0-9]", "", name) or "recording"


def _event(track_id: int, e: Event) -> str:
    numbers = (f"{v:.4f}" for v in (e.onset_s, e.duration_s))
    face = subject(track_id).replace(" ", "")
    return "\t".join([*numbers, e.unit, face, f"{e.apex_s:.4f}", f"{e.peak:.3f}", seen(e) or "n/a"])


def _json(value: object) -> str:
    return json.dumps(value, indent=2, ensure_ascii=False) + "\n"
