"""The columns of OpenFace 2.x, for scripts that read its FeatureExtraction output.

Convention (wiki "Output Format" of OpenFace): frame counts from 1; timestamp in seconds; confidence and success are of
the tracking; gaze vectors in the camera frame (x right, y down, z away), eye 0 is the leftmost in the image, which is
the person's right one; gaze_angle_* are those of their mean [rad], positive to the right and down in the image; pose_T*
in mm, pose_R* in rad with R = Rx·Ry·Rz, 0 for a face that faces the camera; x_*, y_* are 68 landmarks in pixels;
AU*_r are intensities 0–5, AU*_c presence. Columns are those of `-gaze -pose -2Dfp -aus`, as far as mien knows them: the
landmarks of the eyes (eye_lmk_*), 3-D landmarks and the parameters of OpenFace's own shape model are not written.
AU45 is told by the closing of the eyes (AU43). The header is separated by ", " as OpenFace's is; rows by ",", because
pandas does not read " NaN" as a number.
"""

from __future__ import annotations

import math
from pathlib import Path

import numpy as np

from mien.core.geometry import FACING_CAMERA, euler_xyz
from mien.core.types import F64, Face
from mien.exports.step import About, Step, TextWriter
from mien.exports.tables.units import Unsided
from mien_models.spaces import mesh478

INTENSITIES = (1, 2, 4, 5, 6, 7, 9, 10, 12, 14, 15, 17, 20, 23, 25, 26, 45)
PRESENCES = (*INTENSITIES[:-1], 28, 45)
LANDMARKS = list(mesh478.MULTI_PIE_70[:68])
_OURS = {45: 43}
_PRESENT = 0.5  # probability
_MM = 1000.0

HEADER: tuple[str, ...] = (
    "frame", "face_id", "timestamp", "confidence", "success",
    *(f"gaze_{eye}_{axis}" for eye in (0, 1) for axis in "xyz"), "gaze_angle_x", "gaze_angle_y",
    *(f"pose_T{axis}" for axis in "xyz"), *(f"pose_R{axis}" for axis in "xyz"),
    *(f"{axis}_{i}" for axis in "xy" for i in range(68)),
    *(f"AU{code:02d}_r" for code in INTENSITIES), *(f"AU{code:02d}_c" for code in PRESENCES),
)  # fmt: skip
_UNKNOWN_FACE = [math.nan] * (14 + 2 * 68)


class OpenFace(TextWriter):
    """A frame without a face has success 0 and NaN in the measured columns, where OpenFace writes 0."""

    def __init__(self, target: Path, about: About) -> None:
        super().__init__(target, about)
        labels = about.names.action_units
        self._intensity = Unsided(labels, tuple(_OURS.get(c, c) for c in INTENSITIES))
        self._presence = Unsided(labels, tuple(_OURS.get(c, c) for c in PRESENCES))
        self.text.write(", ".join(HEADER) + "\n")

    def add(self, step: Step) -> None:
        if step.frame is None:
            return
        moment = step.moment
        for track_id in moment.track_ids or (None,):
            face = moment.face(track_id) if track_id is not None else None
            affect = moment.affect(track_id) if track_id is not None else None
            intensities = [math.nan] * len(INTENSITIES)
            presences = [math.nan] * len(PRESENCES)
            if affect is not None:
                intensities = self._intensity(affect.au_intensity).tolist()
                sure = self._presence(affect.au_probability).tolist()
                presences = [math.nan if p != p else float(p >= _PRESENT) for p in sure]
            confidence = face.presence if face else (0.0 if track_id is None else math.nan)
            values = [
                confidence, float(track_id is not None), *(measured(face) if face else _UNKNOWN_FACE),
                *intensities, *presences,
            ]  # fmt: skip
            place = f"{step.frame + 1},{0 if track_id is None else track_id},{step.time_s:.6f}"
            self.text.write(",".join([place, *map(_text, values)]) + "\n")


def _text(value: float) -> str:
    return "NaN" if value != value else f"{value:.6g}"


def measured(face: Face) -> list[float]:
    """Gaze, gaze angles, pose and landmarks of a face, in OpenFace's order and units."""
    left, right = face.gaze
    x, y, z = mean_gaze(face)
    place = [math.nan] * 6
    if face.pose is not None:
        place = [*(face.pose[:3, 3] * _MM), *euler_xyz(face.pose[:3, :3] @ FACING_CAMERA.T)]
    points = face.landmarks[LANDMARKS, :2]
    return [*right, *left, math.atan2(x, -z), math.atan2(y, -z), *place, *points[:, 0], *points[:, 1]]


def mean_gaze(face: Face) -> F64:
    """Mean of the gaze vectors of the eyes that are seen, in the camera frame; NaN where none is."""
    seen = np.isfinite(face.gaze).all(axis=1)
    return np.asarray(face.gaze[seen].mean(axis=0) if seen.any() else np.full(3, np.nan))
