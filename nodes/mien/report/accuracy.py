"""Errors of a recorded run of the synthetic actor against its ground truth."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np

from mien.bags.read import TRUTH, Names, Session
from mien.core.gaze import by_irises, lines_of
from mien.core.geometry import angle_deg
from mien.core.metrics import angle_between_deg, landmark_error
from mien.core.moment import Moment
from mien.core.types import F64, Expression, Face
from mien_models.evaluate.metrics import mean_absolute_error, pearson
from mien_models.spaces import mesh478

# The most important landmarks of mouth and eyes.
LIPS = sorted(point for ring in mesh478.LIPS for point in ring)
LIDS = sorted(point for ring in mesh478.EYES for point in ring)


def accuracy(session: Session) -> dict[str, Any] | None:
    """Errors against the ground truth in the same bag; None where it holds none."""
    namespace = session.namespace + TRUTH
    if not any(topic.startswith(namespace + "/") and count for topic, count in session.topics.items()):
        return None
    truth = {m.stamp_ns: m for m in Session(session.path, namespace).moments(images=False) if m.faces}
    tally = Tally()
    for moment in session.moments(images=False):
        if (known := truth.get(moment.stamp_ns)) is not None and moment.faces is not None:
            tally.add(known, moment)
    return tally.result(session.names)


class Tally:
    """Collects errors image by image. Expects one actor; of several detected faces it uses the widest."""

    def __init__(self) -> None:
        self._frames = 0
        self._weights: list[tuple[F64, F64]] = []
        self._units: list[tuple[F64, F64]] = []
        self._pose_deg: list[float] = []
        self._gaze_deg: list[float] = []
        self._gaze_yaw_pitch: list[F64] = []
        self._nme: list[float] = []
        self._nme_lips_lids: list[float] = []

    def add(self, truth: Moment, seen: Moment) -> None:
        """One image of one actor."""
        self._frames += 1
        known = truth.face(truth.track_ids[0]) if truth.track_ids else None
        face = max(seen.faces.faces, key=lambda f: float(f.box[2]), default=None) if seen.faces else None
        if known is None or face is None:
            return
        shown, read = truth.expression(known.track_id), seen.expression(face.track_id)
        self._face(known, face)
        self._gaze(known, face, read)
        if shown is not None and read is not None:
            self._weights.append((shown.blendshapes.astype(np.float64), read.blendshapes.astype(np.float64)))
        acted, coded = truth.affect(known.track_id), seen.affect(face.track_id)
        if acted is not None and coded is not None:
            self._units.append((acted.au_intensity.astype(np.float64), coded.au_intensity.astype(np.float64)))

    def _face(self, known: Face, face: Face) -> None:
        if known.pose is not None and face.pose is not None:
            self._pose_deg.append(angle_deg(known.pose[:3, :3], face.pose[:3, :3]))
        if np.isfinite(known.landmarks).all():
            self._nme.append(landmark_error(known.landmarks, face.landmarks))
            self._nme_lips_lids.append(landmark_error(known.landmarks, face.landmarks, LIPS + LIDS))

    def _gaze(self, known: Face, face: Face, read: Expression | None) -> None:
        """Of lines of gaze in the room, and of yaw and pitch in the true head."""
        lines = lines_of(face, read)
        both = np.isfinite(known.gaze).all(axis=1) & np.isfinite(lines).all(axis=1)
        self._gaze_deg += [angle_between_deg(a, b) for a, b in zip(known.gaze[both], lines[both], strict=True)]
        if known.pose is not None and both.any():
            true, found = (np.reshape(by_irises(replace(known, gaze=g)), (2, 2)) for g in (known.gaze, lines))
            self._gaze_yaw_pitch.append(np.degrees(found - true)[both].mean(0))

    def result(self, names: Names) -> dict[str, Any]:
        """JSON values; None where nothing was compared."""
        return {
            "frames": self._frames,
            "found": round(len(self._weights) / self._frames, 4) if self._frames else None,
            "pose_err_deg_median": _median(self._pose_deg),
            "gaze_err_deg_median": _median(self._gaze_deg),
            "gaze_yaw_err_deg_median": _median([abs(float(v[0])) for v in self._gaze_yaw_pitch]),
            "gaze_pitch_err_deg_median": _median([abs(float(v[1])) for v in self._gaze_yaw_pitch]),
            "landmark_nme": _mean(self._nme),
            "landmark_nme_lips_lids": _mean(self._nme_lips_lids),
            "blendshapes": _by_name(names.blendshapes, self._weights),
            "action_units": _by_name(names.action_units, self._units),
        }


def _by_name(names: tuple[str, ...], pairs: list[tuple[F64, F64]]) -> dict[str, dict[str, float | None]]:
    """Mean absolute error and correlation per name."""
    if not pairs:
        return {}
    truth, estimate = (np.stack(side) for side in zip(*pairs, strict=True))
    return {
        name: {
            "mae": _number(mean_absolute_error(truth[:, i], estimate[:, i])),
            "r": _number(pearson(truth[:, i], estimate[:, i])),
        }
        for i, name in enumerate(names)
    }


def _median(values: list[float]) -> float | None:
    return _number(float(np.median(values))) if values else None


def _mean(values: list[float]) -> float | None:
    return _number(float(np.mean(values))) if values else None


def _number(value: float) -> float | None:
    return round(value, 4) if np.isfinite(value) else None
