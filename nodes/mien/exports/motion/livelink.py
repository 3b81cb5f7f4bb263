"""The CSV that the app Live Link Face records: one row per frame of one face, by its rig.

Columns are named and ordered as the app's, which puts right before left for jaw and mouth where its packets do not:
read it by name. Timecode is HH:MM:SS:FF.fff with 60 frames a second, of the day (UTC) by the stamps; angles are in
radians with the signs of the app's packets. A face that is gone has no rows.
"""

from __future__ import annotations

from pathlib import Path

from mien.bridges.livelink.encoder import turns
from mien.core.types import Rig
from mien.exports.files import TextFile
from mien.exports.step import About, Step, Tally, Writer
from mien_models.spaces import arkit

FPS = 60
_DAY_MS = 86_400_000
_SWAPPED = {"jawLeft": "jawRight", "mouthLeft": "mouthRight"} | {"jawRight": "jawLeft", "mouthRight": "mouthLeft"}
SHAPES: tuple[str, ...] = tuple(_SWAPPED.get(name, name) for name in arkit.BLENDSHAPES)
TURNS: tuple[str, ...] = tuple(
    f"{part}{turn}" for part in ("Head", "LeftEye", "RightEye") for turn in ("Yaw", "Pitch", "Roll")
)
HEADER: tuple[str, ...] = ("Timecode", "BlendShapeCount", *(n[0].upper() + n[1:] for n in SHAPES), *TURNS)
_ORDER = [arkit.INDEX[name] for name in SHAPES]


class LiveLink(Writer):
    """A file for each face: livelink_<id>.csv."""

    def __init__(self, target: Path, about: About) -> None:
        super().__init__(target, about)
        self._files: dict[int, TextFile] = {}

    def add(self, step: Step) -> None:
        for rig in step.moment.rigs.rigs if step.moment.rigs else ():
            if rig.schema != arkit.SCHEMA:
                continue
            if rig.track_id not in self._files:
                self._files[rig.track_id] = TextFile(of_face(self.target, rig.track_id))
                self._files[rig.track_id].write(",".join(HEADER) + "\n")
            self._files[rig.track_id].write(_row(step.moment.stamp_ns, rig))

    def finish(self, tally: Tally) -> list[Path]:
        return [self._files[track_id].keep() for track_id in sorted(self._files)]

    def abandon(self) -> None:
        for file in self._files.values():
            file.discard()


def of_face(target: Path, track_id: int) -> Path:
    """The file of one face, where a format has a file for each."""
    return target.with_name(f"{target.stem}_{track_id}{target.suffix}")


def timecode(stamp_ns: int) -> str:
    """HH:MM:SS:FF.fff of a stamp."""
    thousandths = round(stamp_ns * FPS / 1_000_000) % (_DAY_MS * FPS)  # of a frame
    frames, rest = divmod(thousandths, 1000)
    seconds, frame = divmod(frames, FPS)
    minutes, second = divmod(seconds, 60)
    hour, minute = divmod(minutes, 60)
    return f"{hour:02d}:{minute:02d}:{second:02d}:{frame:02d}.{rest:03d}"


def _row(stamp_ns: int, rig: Rig) -> str:
    values = [*rig.weights[_ORDER].tolist(), *turns(rig)]
    return ",".join([timecode(stamp_ns), str(len(values)), *(f"{v:.8f}" for v in values)]) + "\n"
