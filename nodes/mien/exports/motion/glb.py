"""The rig on mien's avatar, as an animation of a binary glTF 2.0."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from mien.core.errors import ExportError
from mien.core.types import Rig
from mien.exports.files import Part
from mien.exports.motion.livelink import of_face
from mien.exports.step import About, Step, Tally, Writer
from mien_models.avatars import Movement, export_glb
from mien_models.spaces import arkit


@dataclass(slots=True)
class _Keys:
    times_s: list[float] = field(default_factory=list)
    rigs: list[Rig] = field(default_factory=list)


class Glb(Writer):
    """A file for each face: avatar_<id>.glb. Keyframes are where the recording has a rig, at its times."""

    def __init__(self, target: Path, about: About) -> None:
        super().__init__(target, about)
        self._keys: dict[int, _Keys] = {}

    def add(self, step: Step) -> None:
        for rig in step.moment.rigs.rigs if step.moment.rigs else ():
            keys = self._keys.setdefault(rig.track_id, _Keys())
            # Keys are float32: of two that cannot be told apart, the first stays.
            if rig.schema != arkit.SCHEMA or (keys.times_s and np.float32(step.time_s) <= np.float32(keys.times_s[-1])):
                continue
            keys.times_s.append(step.time_s)
            keys.rigs.append(rig)

    def finish(self, tally: Tally) -> list[Path]:
        parts = []
        try:
            for track_id, keys in sorted(self._keys.items()):
                if keys.rigs:
                    parts.append(Part(of_face(self.target, track_id)))
                    export_glb(parts[-1].path, movement=movement(keys.times_s, keys.rigs))
            if not parts:
                raise ExportError(f"--to glb: {self.about.source} holds no rig of {arkit.SCHEMA}; leave glb out")
            return [part.keep() for part in parts]
        finally:
            for part in parts:
                part.discard()


def movement(times_s: list[float], rigs: list[Rig]) -> Movement:
    """What the rigs do at these times; what is not known of one is neutral."""
    head = np.stack([rig.head if np.any(rig.head) else (0, 0, 0, 1) for rig in rigs])
    return Movement(
        np.array(times_s),
        np.clip(np.nan_to_num(np.stack([rig.weights for rig in rigs]).astype(np.float64)), 0, 1),
        head.astype(np.float64),
        np.nan_to_num(np.stack([rig.gaze for rig in rigs]).astype(np.float64)),
    )
