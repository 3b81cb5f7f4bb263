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
from mien.expressions.personal import COUNT, TOP, DifferenceReading, Levels, relative_reading
from mien_models import Session
from mien_models.alignment import CROP_SIZE, canonical
from mien_models.spaces.arkit import BLENDSHAPES, LOWER as LOWER_SHAPES
from mien_models.spaces.facs import LOWER

_BLACK: U8 = np.zeros((CROP_SIZE, CROP_SIZE, 3), np.uint8)
_ABSENT = np.zeros((1, 2), np.float32)
_UNINFORMED = 0.5  # expected error of a level about which nothing is known: half of the scale
_ROWS = np.array([*ROW, *LOWER], np.intp)
_EXPRESSIVE = np.array([not name.startswith("eyeLook") for name in BLENDSHAPES])
# One Euro filter of each level: cut-off at rest, gain per unit of speed, cut-off of the speed [Hz]. A still face
# jitters less than with MediaPipe's weights; a blink or a smile reaches half its height 3 ms late at most.
_CUTOFF_HZ, _BETA, _SPEED_HZ = 2.0, 20.0, 4.0
# If no shape of the upper or the lower face is more confident than this, that half is covered, and no resting face is
# learned.
_COVERED = 0.1


class Encoder:
    """Reads expressions by `encoder_small` and, if it is given, `neutral_difference`."""

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
        whole = np.isfinite(points).all(axis=(1, 2))
        pictures = [_picture(f) for f in faces.faces]
        present = np.array([[p is not None for p in pictures], whole], np.float32).T
        known_rests = [self._people.baseline(f.track_id) for f in faces.faces]
        expressions = [_nothing(f.track_id, r) for f, r in zip(faces.faces, known_rests, strict=True)]
        rows = np.flatnonzero(present.any(axis=1))
        stamp_ns = faces.header.stamp_ns
        if rows.size:
            shown = [_BLACK if (picture := pictures[i]) is None else picture for i in rows]
            images = shown[0][None] if len(shown) == 1 else np.array(shown)
            inputs = {"image": images, "landmarks": np.nan_to_num(points[rows]), "present": present[rows]}
            out = self._session(inputs)
            ids = [faces.faces[i].track_id for i in rows]
            read = [_levels(out, row) for row in range(len(rows))]
            if self.smooth:
                read = [self._smoothed(r, track_id, stamp_ns) for r, track_id in zip(read, ids, strict=True)]
            rests = [known_rests[i] for i in rows]
            differences = self._difference_readings(points[rows], rests)
            for row, i in enumerate(rows):
                face, rest = faces.faces[i], rests[row]
                seen = informed(out["units"][row], out["units_sd"][row], self._blind_sd)
                if pictures[i] is not None:
                    seen = seen * clarity(shown[row])
                trusted = trust(face, faces.width, faces.height) * present[i, 1]
                own = read[row] if rest is None else relative_reading(read[row], rest, differences.get(row))
                expressions[i] = _expression(face.track_id, _doubted(own, seen), trusted, rest)
                calm = float(seen.min()) * float(trusted.min())
                observation = _observation(read[row], points[i], known(face.pose), calm, expressions[i].confidence)
                self._people.see(face.track_id, observation, stamp_ns)
        self._filters = {i: f for i, f in self._filters.items() if i in self._people}
        return tuple(expressions)

    def reset(self) -> None:
        """Forget the state of the filters."""
        self._filters = {}

    def _smoothed(self, read: Levels, track_id: int, stamp_ns: int) -> Levels:
        smooth = self._filters.setdefault(track_id, OneEuro(_CUTOFF_HZ, _BETA, _SPEED_HZ))
        parts = (read.level, read.presence, read.emotion, read.affect)
        ends = np.cumsum([len(part) for part in parts[:-1]])
        level, presence, emotion, affect = np.split(smooth(np.concatenate(parts), stamp_ns), ends)
        return replace(read, level=level, presence=presence, emotion=emotion / emotion.sum(), affect=affect)

    def _difference_readings(self, points: F32, rests: list[PersonBaseline | None]) -> dict[int, DifferenceReading]:
        """By row, if landmarks at rest are known: what the second network reads of landmarks (N, 478, 2)."""
        differences = {
            row: points[row] - rest.landmarks
            for row, rest in enumerate(rests)
            if rest is not None and rest.landmarks is not None and np.isfinite(points[row]).all()
        }
        if self._difference is None or not differences:
            return {}
        out = self._difference({"difference": np.array([*differences.values()], np.float32)})
        return {
            row: DifferenceReading(
                np.concatenate([out["shapes"][i], out["units"][i] / TOP]),
                np.concatenate([out["shapes_sd"][i], out["units_sd"][i] / TOP]),
                out["presence"][i],
            )
            for i, row in enumerate(differences)
        }


def _levels(out: Mapping[str, NDArray[Any]], row: int) -> Levels:
    def double(name: str) -> F64:
        return np.asarray(out[name][row], np.float64)

    return Levels(
        np.concatenate([out["shapes"][row], double("units") / TOP]),
        np.concatenate([out["shapes_sd"][row], double("units_sd") / TOP]),
        double("presence"),
        double("emotion"),
        double("affect"),
        out["embedding"][row].astype(np.float32),
    )


def _observation(read: Levels, points: F32, pose: F64 | None, calm: float, confidence: F32) -> Observation:
    """What a frame tells about the resting face.

    It uses the reading of the image alone: readings relative to a wrong resting face would never correct it.
    """
    # A level above the network's error is an expression, whatever the resting face; gaze is not a part of it.
    resting = np.minimum(np.minimum(read.level, read.sd), MOST)
    resting[:COUNT][~_EXPRESSIVE] = 0
    return Observation(
        blendshapes=read.level[:COUNT],
        units=read.level[COUNT:],
        embedding=read.embedding,
        emotion=read.emotion,
        affect=read.affect,
        landmarks=points,
        pose=pose,
        resting_blendshapes=resting[:COUNT],
        resting_units=resting[COUNT:],
        calm=calmness(read.level[:COUNT][_EXPRESSIVE]) * calm,
        clear=min(float(confidence[~LOWER_SHAPES].max()), float(confidence[LOWER_SHAPES].max())) > _COVERED,
    )


def _doubted(read: Levels, seen: F64) -> Levels:
    """The reading with the uncertainty of what is not seen. seen: of upper and lower face, (2,) in [0, 1]."""
    sd = np.where(read.sd < _UNINFORMED, _UNINFORMED + seen[_ROWS] * (read.sd - _UNINFORMED), read.sd)
    whole = float(seen.mean())
    emotion = whole * read.emotion + (1 - whole) / len(read.emotion)
    return replace(read, sd=sd, emotion=emotion, affect=whole * read.affect)


def _picture(face: Face) -> U8 | None:
    """The crop in the size that the network reads; None if there is none, or it is black."""
    crop = face.crop
    if crop is None or crop.ndim != 3 or crop.shape[2] != 3 or not crop.any():
        return None
    if crop.shape[:2] == (CROP_SIZE, CROP_SIZE):
        return crop
    return np.asarray(cv2.resize(crop, (CROP_SIZE, CROP_SIZE), interpolation=cv2.INTER_AREA), np.uint8)


def _expression(track_id: int, read: Levels, trusted: F64, rest: PersonBaseline | None) -> Expression:
    sure = trusted[PART] * np.clip(1 - read.sd[:COUNT] / _UNINFORMED, 0, 1)
    valence, arousal = read.affect.tolist()
    return Expression(
        track_id,
        np.clip(read.level[:COUNT], 0, 1).astype(np.float32),
        sure.astype(np.float32),
        read.embedding,
        Reading(
            np.clip(TOP * read.level[COUNT:], 0, TOP).astype(np.float32),
            (TOP * read.sd[COUNT:]).astype(np.float32),
            read.presence.astype(np.float32),
            read.emotion.astype(np.float32),
            valence,
            arousal,
        ),
        baseline=about(rest),
        rest=private(rest),
    )


def _nothing(track_id: int, rest: PersonBaseline | None) -> Expression:
    unknown = np.full(COUNT, np.nan, np.float32)
    return Expression(track_id, unknown, np.zeros(COUNT, np.float32), baseline=about(rest), rest=private(rest))
