"""One pass over a recording feeds all writers."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from mien.core.errors import ExportError
from mien.core.moment import Moment
from mien.exports.formats import Format
from mien.exports.recording import Recording
from mien.exports.step import Step, Tally


@dataclass(slots=True)
class Exported:
    """What was written of one recording."""

    tally: Tally
    files: list[Path] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def export(
    recording: Recording, formats: Sequence[Format], folder: Path, *, advance: Callable[[], None] = lambda: None
) -> Exported:
    """Write a recording into a folder. `advance` is called once per moment.

    Raises ExportError where a format cannot be written, and what `Recording.moments` raises; the folder then holds no
    file that is not complete.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise ExportError(f"--out {folder}: {error.strerror}; choose a folder that can be written") from error
    done = Exported(Tally())
    writers = []
    try:
        for form in formats:
            writers += [form.open(folder, recording.about)]
        for moment in recording.moments(any(f.images for f in formats)):
            advance()
            step = _count(done.tally, moment)
            for writer in writers:
                writer.add(step)
        if not done.tally.frames:
            raise ExportError(f"{recording.about.source}: no frame was processed in it; there is nothing to export")
        while writers:
            done.files += writers[0].finish(done.tally)
            writers.pop(0)
    except OSError as error:
        raise ExportError(f"cannot write to {folder}: {error.strerror}; make room, or choose another --out") from error
    finally:
        for writer in writers:
            writer.abandon()
    done.notes = [*recording.notes(), *_missing(recording)]
    return done


def _count(tally: Tally, moment: Moment) -> Step:
    if tally.first_ns is None:
        tally.first_ns = moment.stamp_ns
    tally.last_ns = max(tally.last_ns, moment.stamp_ns)
    frame = None
    if moment.is_processed:
        frame, ids = tally.frames, moment.track_ids
        tally.frames += 1
        tally.faces += len(ids)
        tally.without_face += not ids
        tally.track_ids |= set(ids)
    return Step(moment, frame, (moment.stamp_ns - tally.first_ns) * 1e-9)


def _missing(recording: Recording) -> list[str]:
    if not recording.about.no_faces:
        return []
    return [
        "the recording holds no faces, as under graph.privacy: boxes, landmarks, head poses and gaze vectors are "
        "missing; expressions, action units and rigs are there"
    ]
