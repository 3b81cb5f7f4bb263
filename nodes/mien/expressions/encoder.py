"""Blendshapes, action units and embedding by mien's own expression encoder.

One network reads the crop and the landmarks. As soon as the person's resting face is known (`mien.core.baseline`),
its levels are subtracted, and a second, small network reads the difference between the landmarks and those at rest.
Where the second finds a higher level, the two are averaged by their variances (`mien.expressions.personal`). The less
of a face is visible (`clarity`), the larger the standard deviations become, so that a covered, blurred or upside-down
face is never read with confidence.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from itertools import accumulate, pairwise
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from mien.core.baseline.learning import MOST, Observation, calmness
from mien.core.geometry import known, trust
from mien.core.temporal.filters import OneEuro
from mien.core.types import (
    F32,
    F64,
    NUM_LANDMARKS,
    U8,
    Expression,
    Face,
    Faces,
    PersonBaseline,
    Reading,
)
from mien.expressions.clarity import clarity, informed
from mien.expressions.parts import PART, ROW
from mien.expressions.people import People, about, private
from mien.expressions.personal import COUNT, TOP, DifferenceReading, Levels, relative_readings
from mien_models import Session
from mien_models.alignment import CROP_SIZE, canonical
from mien_models.spaces.arkit import BLENDSHAPES, LOWER as LOWER_SHAPES
from mien_models.spaces.facs import LOWER

_BLACK: U8 = np.zeros((CROP_SIZE, CROP_SIZE, 3), np.uint8)
_ABSENT = np.zeros((1, 2), np.float32)
_UNINFORMED = 0.5  # expected error of a level about which nothing is known: half of the scale
_ROWS = np.array([*ROW, *LOWER], np.intp)
_EXPRESSIVE = np.array([not name.startswith("eyeLook") for name in BLENDSHAPES])
_GAZES = np.flatnonzero(~_EXPRESSIVE)
# One Euro filter of each level: cut-off at rest, gain per unit of speed, cut-off of the speed [Hz]. A still face
# jitters less than with MediaPipe's weights; a blink or a smile reaches half its height 3 ms late at most.
_CUTOFF_HZ, _BETA, _SPEED_HZ = 2.0, 20.0, 4.0
# If no shape of the upper or the lower face is more confident than this, that half is covered, and no resting face is
# learned.
_COVERED = 0.1


class Encoder:
    """Reads expressions by an encoder and, if it is given, by `neutral_difference`."""

    def __init__(
        self, session: Session, people: People, difference: Session | None = None, *, smooth: bool = True
    ) -> None:
        self._session = session
        self._difference = difference
        self._people = people
        self.smooth = smooth
        self._filters: dict[int, OneEuro] = {}
        # The network's standard deviations without any input.
        blank = session(
            {"image": _BLACK[None], "landmarks": np.zeros((1, NUM_LANDMARKS, 2), np.float32), "present": _ABSENT}
        )
        self._blind_sd: F32 = blank["units_sd"][0]

    def read(self, faces: Faces) -> tuple[Expression, ...]:
        """One Expression per face; NaN with confidence 0 where neither pixels nor landmarks are given.

        A weight's confidence falls with its standard deviation, with the face's presence and with
        how much of the face's part is turned away, covered or beyond the image.
        """
        landmarks = np.array([f.landmarks for f in faces.faces], np.float32)
        points = canonical(landmarks)
        whole = np.asarray(np.isfinite(points).all(axis=(1, 2)))
        pictures = [_picture(f) for f in faces.faces]
        present = np.array([[p is not None for p in pictures], whole], np.float32).T
        known_rests = [self._people.baseline(f.track_id) for f in faces.faces]
        expressions = [_nothing(f.track_id, r) for f, r in zip(faces.faces, known_rests, strict=True)]
        rows = np.flatnonzero(present.any(axis=1))
        stamp_ns = faces.header.stamp_ns
        if rows.size:
            shown = np.array([_BLACK if (picture := pictures[i]) is None else picture for i in rows])
            known_points = points[rows] if whole[rows].all() else np.nan_to_num(points[rows])
            out = self._session({"image": shown, "landmarks": known_points, "present": present[rows]})
            seen_faces, rests = [faces.faces[i] for i in rows], [known_rests[i] for i in rows]
            read = _levels(out)
            if self.smooth:
                read = self._smoothed(read, [f.track_id for f in seen_faces], stamp_ns)
            seen = informed(out["units"], out["units_sd"], self._blind_sd)
            pictured = present[rows, 0] > 0
            seen[pictured] *= clarity(shown[pictured])
            own = relative_readings(read, rests, self._difference_readings(points[rows], rests, read))
            trusted = np.array([trust(f, faces.width, faces.height) for f in seen_faces])
            trusted *= present[rows, 1, None, None]
            found = _expressions(seen_faces, _doubted(own, seen), trusted, rests)
            calm = seen.min(axis=1) * trusted.min(axis=(1, 2))
            # A level above the network's error is an expression, whatever the resting face.
            resting = np.minimum(np.minimum(read.level, read.sd), MOST)
            resting[:, _GAZES] = 0  # gaze is not a part of it
            for row, i in enumerate(rows):
                expressions[i] = found[row]
                observation = _observation(
                    read, row, resting[row], points[i], known(seen_faces[row].pose), float(calm[row]), found[row]
                )
                self._people.see(seen_faces[row].track_id, observation, stamp_ns)
        self._filters = {i: f for i, f in self._filters.items() if i in self._people}
        return tuple(expressions)

    def reset(self) -> None:
        """Forget the state of the filters."""
        self._filters = {}

    def _smoothed(self, read: Levels, track_ids: list[int], stamp_ns: int) -> Levels:
        parts = (read.level, read.presence, read.emotion, read.affect)
        ends = [0, *accumulate(part.shape[1] for part in parts)]
        values = np.concatenate(parts, axis=1)
        for row, track_id in enumerate(track_ids):
            smooth = self._filters.setdefault(track_id, OneEuro(_CUTOFF_HZ, _BETA, _SPEED_HZ))
            values[row] = smooth(values[row], stamp_ns)
        level, presence, emotion, affect = (values[:, a:b] for a, b in pairwise(ends))
        emotion = emotion / emotion.sum(axis=1, keepdims=True)
        return replace(read, level=level, presence=presence, emotion=emotion, affect=affect)

    def _difference_readings(self, points: F32, rests: list[PersonBaseline | None], read: Levels) -> DifferenceReading:
        """What the second network reads of landmarks (N, 478, 2), of faces whose landmarks at rest are known."""
        level, sd, presence = np.zeros_like(read.level), np.ones_like(read.sd), np.zeros_like(read.presence)
        differences = {
            row: points[row] - rest.landmarks
            for row, rest in enumerate(rests)
            if rest is not None and rest.landmarks is not None and np.isfinite(points[row]).all()
        }
        if self._difference is not None and differences:
            out = self._difference({"difference": np.array([*differences.values()], np.float32)})
            rows = [*differences]
            level[rows, :COUNT], level[rows, COUNT:] = out["shapes"], out["units"] / TOP
            sd[rows, :COUNT], sd[rows, COUNT:] = out["shapes_sd"], out["units_sd"] / TOP
            presence[rows] = out["presence"]
        return DifferenceReading(level, sd, presence)


def _levels(out: Mapping[str, NDArray[Any]]) -> Levels:
    def double(name: str) -> F64:
        return np.asarray(out[name], np.float64)

    return Levels(
        np.concatenate([out["shapes"], double("units") / TOP], axis=1),
        np.concatenate([out["shapes_sd"], double("units_sd") / TOP], axis=1),
        double("presence"),
        double("emotion"),
        double("affect"),
        out["embedding"].astype(np.float32),
    )


def _observation(
    read: Levels, row: int, resting: F64, points: F32, pose: F64 | None, calm: float, told: Expression
) -> Observation:
    """What a frame tells about the resting face.

    It uses the reading of the image alone: readings relative to a wrong resting face would never correct it.
    """
    level = read.level[row]
    return Observation(
        blendshapes=level[:COUNT],
        units=level[COUNT:],
        embedding=read.embedding[row],
        emotion=read.emotion[row],
        affect=read.affect[row],
        landmarks=points,
        pose=pose,
        resting_blendshapes=resting[:COUNT],
        resting_units=resting[COUNT:],
        calm=calmness(level[:COUNT][_EXPRESSIVE]) * calm,
        clear=min(float(told.confidence[~LOWER_SHAPES].max()), float(told.confidence[LOWER_SHAPES].max())) > _COVERED,
    )


def _doubted(read: Levels, seen: F64) -> Levels:
    """The readings with the uncertainty of what is not seen. seen: of upper and lower face, (N, 2) in [0, 1]."""
    sd = np.where(read.sd < _UNINFORMED, _UNINFORMED + seen[:, _ROWS] * (read.sd - _UNINFORMED), read.sd)
    whole = seen.mean(axis=1, keepdims=True)
    emotion = whole * read.emotion + (1 - whole) / read.emotion.shape[1]
    return replace(read, sd=sd, emotion=emotion, affect=whole * read.affect)


def _picture(face: Face) -> U8 | None:
    """The crop in the size that the network reads; None if there is none, or it is black."""
    crop = face.crop
    if crop is None or crop.ndim != 3 or crop.shape[2] != 3 or not crop.any():
        return None
    if crop.shape[:2] == (CROP_SIZE, CROP_SIZE):
        return crop
    return np.asarray(cv2.resize(crop, (CROP_SIZE, CROP_SIZE), interpolation=cv2.INTER_AREA), np.uint8)


def _expressions(faces: list[Face], read: Levels, trusted: F64, rests: list[PersonBaseline | None]) -> list[Expression]:
    sure = trusted[:, PART[0], PART[1]] * np.minimum(np.maximum(1 - read.sd[:, :COUNT] / _UNINFORMED, 0), 1)
    shapes = np.minimum(np.maximum(read.level[:, :COUNT], 0), 1)
    units = np.minimum(np.maximum(TOP * read.level[:, COUNT:], 0), TOP)
    parts = (shapes, sure, units, TOP * read.sd[:, COUNT:], read.presence, read.emotion)
    columns = [np.asarray(part, np.float32) for part in parts]
    affects = read.affect.tolist()
    told = []
    for row, (face, rest) in enumerate(zip(faces, rests, strict=True)):
        shape, confidence, unit, sd, presence, emotion = (column[row] for column in columns)
        reading = Reading(unit, sd, presence, emotion, *affects[row])
        told.append(
            Expression(
                face.track_id,
                shape,
                confidence,
                read.embedding[row],
                reading,
                baseline=about(rest),
                rest=private(rest),
            )
        )
    return told


def _nothing(track_id: int, rest: PersonBaseline | None) -> Expression:
    unknown = np.full(COUNT, np.nan, np.float32)
    return Expression(track_id, unknown, np.zeros(COUNT, np.float32), baseline=about(rest), rest=private(rest))
