"""The Fex columns of py-feat (its `feat.utils`), for `feat.Fex(pandas.read_csv(...))`.

AU columns are probabilities of presence (0–1), as py-feat's are; the intensities are in the tidy table. Of two sides
the more probable counts. AU11 is not measured and stays empty. Angles are in degrees. The seven categories are those of
py-feat: contempt is left out, so they sum to less than 1. Identity_1 to Identity_512 would be an embedding of the
identity, which is not recorded.
"""

from __future__ import annotations

import csv
from pathlib import Path

import numpy as np

from mien.core.geometry import FACING_CAMERA
from mien.core.moment import Moment
from mien.exports.step import About, Step, TextWriter
from mien.exports.tables.openface import LANDMARKS, mean_gaze
from mien.exports.tables.tidy import shortest
from mien.exports.tables.units import Unsided
from mien.report.head import angles_deg

AUS = (1, 2, 4, 5, 6, 7, 9, 10, 11, 12, 14, 15, 17, 20, 23, 24, 25, 26, 28, 43)
EMOTIONS = ("anger", "disgust", "fear", "happiness", "sadness", "surprise", "neutral")
HEADER: tuple[str, ...] = (
    "frame", "FaceRectX", "FaceRectY", "FaceRectWidth", "FaceRectHeight", "FaceScore",
    *(f"{axis}_{i}" for axis in "xy" for i in range(68)), "Pitch", "Roll", "Yaw", "X", "Y", "Z",
    "gaze_pitch", "gaze_yaw", "gaze_angle", *(f"AU{code:02d}" for code in AUS), *EMOTIONS, "valence", "arousal",
    "Identity", "input", "approx_time",
)  # fmt: skip
_FACE, _ANGLES = 5 + 136, 9


class PyFeat(TextWriter):
    """A frame without a face is a row of which only the frame, the input and the time are told."""

    def __init__(self, target: Path, about: About) -> None:
        super().__init__(target, about)
        self._units = Unsided(about.names.action_units, AUS)
        self._emotions = [about.names.emotions.index(name) for name in EMOTIONS]
        self._csv = csv.writer(self.text)
        self._csv.writerow(HEADER)

    def add(self, step: Step) -> None:
        if step.frame is None:
            return
        for track_id in step.moment.track_ids or (None,):
            person = "" if track_id is None else f"Person_{track_id}"
            numbers = self._numbers(step.moment, track_id)
            self._csv.writerow([step.frame, *shortest(numbers), person, self.about.source, f"{step.time_s:.6f}"])

    def _numbers(self, moment: Moment, track_id: int | None) -> list[float]:
        face = moment.face(track_id) if track_id is not None else None
        affect = moment.affect(track_id) if track_id is not None else None
        out = [np.nan] * (_FACE + _ANGLES)
        if face is not None:
            points = face.landmarks[LANDMARKS, :2]
            out[:_FACE] = [*face.box, face.score, *points[:, 0], *points[:, 1]]
            if face.pose is not None:
                yaw, pitch, roll = angles_deg(FACING_CAMERA.T @ face.pose[:3, :3])
                out[_FACE : _FACE + 6] = [pitch, roll, yaw, *face.pose[:3, 3]]
            x, y, z = mean_gaze(face)
            length = np.linalg.norm((x, y, z))
            angles = (np.arctan2(-y, -z), np.arctan2(x, -z), np.arccos(np.clip(-z / length, -1, 1)))
            out[_FACE + 6 :] = np.degrees(angles).tolist()
        if affect is None:
            return out + [np.nan] * (len(AUS) + len(EMOTIONS) + 2)
        emotions = affect.emotion[self._emotions]
        return [*out, *self._units(affect.au_probability), *emotions, affect.valence, affect.arousal]
