"""Blendshapes, action units and embedding by mien's own expression encoder.

One network reads the crop and the landmarks. As soon as the person's resting face is known, what is
read of that is taken off, as far as it may be an error, and a second, small network reads how the
landmarks differ from it: where it finds more than the first, the two are weighed by how sure each is.
How much of a face there is to see (`clarity`) widens the deviations, so that a covered, blurred or
upside-down face is never read with confidence.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from mien.core.filters import OneEuro
from mien.core.geometry import trust
from mien.core.resting import RestingFace, calmness
from mien.core.types import F32, F64, NUM_LANDMARKS, U8, Expression, Face, Faces, Reading
from mien.expressions.clarity import clarity, informed
from mien.expressions.parts import PART, ROW
from mien_models import Session
from mien_models.alignment import CROP_SIZE, canonical
from mien_models.spaces.arkit import BLENDSHAPES
from mien_models.spaces.facs import LOWER

_BLACK: U8 = np.zeros((CROP_SIZE, CROP_SIZE, 3), np.uint8)
_ABSENT = np.zeros((1, 2), np.float32)
_FORGET_NS = 10_000_000_000
_TOP = 5.0  # of the scale of intensities
_UNINFORMED = 0.5  # the error to expect of a level of which nothing is known: half of the scale
_COUNT = len(BLENDSHAPES)
_ROWS = np.array([*ROW, *LOWER], np.intp)
_EXPRESSIVE = np.array([not name.startswith("eyeLook") for name in BLENDSHAPES])
# One Euro per level: at rest, per unit of speed, and of the speed [Hz]. A still face becomes stiller than
# MediaPipe's weights are; half of a blink or of a smile comes 3 ms late at most.
_CUTOFF_HZ, _BETA, _SPEED_HZ = 2.0, 20.0, 4.0
_MOST = 0.5  # share that the difference to the rest can have


@dataclass(frozen=True, slots=True, eq=False)
class _Levels:
    """What a network reads of one face.

    level, sd (52 + A,): shapes and units, as shares of their scales. presence (A,), emotion (8,), affect (2,)
    and embedding (32,) as the network gives them.
    """

    level: F64
    sd: F64
    presence: F64
    emotion: F64
    affect: F64
    embedding: F32


class _Person:
    """What is remembered of one track."""

    def __init__(self) -> None:
        self.rest = RestingFace()
        self.filter = OneEuro(_CUTOFF_HZ, _BETA, _SPEED_HZ)


class Encoder:
    """Reads expressions by `encoder_small` and, if it is given, `neutral_difference`."""

    def __init__(self, session: Session, difference: Session | None = None, *, smooth: bool = True) -> None:
        self._session = session
        self._difference = difference
        self.smooth = smooth
        self._people: dict[int, _Person] = {}
        # How unsure it is of a face that it is not shown.
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
        expressions = [_nothing(f.track_id) for f in faces.faces]
        rows = np.flatnonzero(present.any(axis=1))
        stamp_ns = faces.header.stamp_ns
        if rows.size:
            shown = [_BLACK if (picture := pictures[i]) is None else picture for i in rows]
            images = shown[0][None] if len(shown) == 1 else np.array(shown)
            inputs = {"image": images, "landmarks": np.nan_to_num(points[rows]), "present": present[rows]}
            out = self._session(inputs)
            people = [self._people.setdefault(faces.faces[i].track_id, _Person()) for i in rows]
            read = [_levels(out, row) for row in range(len(rows))]
            if self.smooth:
                read = [_smoothed(r, p, stamp_ns) for r, p in zip(read, people, strict=True)]
            own = read if self._difference is None else _personal(self._difference, people, points[rows], read)
            for row, i in enumerate(rows):
                face = faces.faces[i]
                seen = informed(out["units"][row], out["units_sd"][row], self._blind_sd)
                if pictures[i] is not None:
                    seen = seen * clarity(shown[row])
                trusted = trust(face, faces.width, faces.height) * present[i, 1]
                expressions[i] = _expression(face.track_id, _doubted(own[row], seen), trusted)
                # By what the image alone tells: a rest that were judged by itself would never be mended.
                alone = read[row].level[:_COUNT][_EXPRESSIVE]
                calm = calmness(alone) * float(seen.min()) * float(trusted.min())
                people[row].rest.learn(points[i], _rest_levels(read[row]), calm, stamp_ns)
        self._people = {
            i: p
            for i, p in self._people.items()
            if p.rest.seen_ns is not None and abs(stamp_ns - p.rest.seen_ns) < _FORGET_NS
        }
        return tuple(expressions)

    def reset(self) -> None:
        """Forget every person, as between unrelated images."""
        self._people = {}


def _levels(out: Mapping[str, NDArray[Any]], row: int) -> _Levels:
    def double(name: str) -> F64:
        return np.asarray(out[name][row], np.float64)

    return _Levels(
        np.concatenate([out["shapes"][row], double("units") / _TOP]),
        np.concatenate([out["shapes_sd"][row], double("units_sd") / _TOP]),
        double("presence"),
        double("emotion"),
        double("affect"),
        out["embedding"][row].astype(np.float32),
    )


def _smoothed(read: _Levels, person: _Person, stamp_ns: int) -> _Levels:
    parts = (read.level, read.presence, read.emotion, read.affect)
    ends = np.cumsum([len(part) for part in parts[:-1]])
    level, presence, emotion, affect = np.split(person.filter(np.concatenate(parts), stamp_ns), ends)
    return replace(read, level=level, presence=presence, emotion=emotion / emotion.sum(), affect=affect)


def _personal(difference: Session, people: list[_Person], points: F32, read: list[_Levels]) -> list[_Levels]:
    """Readings of N faces as departures from the resting faces that are known."""
    rests = {k: p.rest for k, p in enumerate(people) if p.rest.points is not None and np.isfinite(points[k]).all()}
    if not rests:
        return read
    out = difference({"difference": np.array([points[k] - r.points for k, r in rests.items()], np.float32)})
    personal = list(read)
    for row, (k, rest) in enumerate(rests.items()):
        image, landmarks = read[k], out["units"][row] / _TOP
        own = np.concatenate([out["shapes"][row], landmarks])
        own_sd = np.concatenate([out["shapes_sd"][row], out["units_sd"][row] / _TOP])
        # From the person's rest to the end of the scale.
        taken = rest.known * np.asarray(rest.levels)
        level = np.maximum(image.level - taken, 0) / (1 - taken)
        # What was taken for a rest may have been an expression: it would hide others, but shows none.
        weight = rest.known / (rest.known + np.square(own_sd / np.maximum(image.sd, 1e-6)))
        weight = np.where(own > level, np.minimum(weight, _MOST), 0)
        personal[k] = replace(
            image,
            level=level + weight * (own - level),
            # The two err alike, so that together they are no surer than their mean.
            sd=np.sqrt((1 - weight) * image.sd**2 + weight * own_sd**2),
            presence=image.presence + weight[_COUNT:] * (out["presence"][row] - image.presence),
        )
    return personal


def _rest_levels(read: _Levels) -> F64:
    """What may be read of a resting face (52 + A): more than the network errs by is an expression, at whatever rest."""
    levels = np.minimum(read.level, read.sd)
    levels[:_COUNT][~_EXPRESSIVE] = 0  # eyes rest wherever they look
    return np.minimum(levels, _UNINFORMED)


def _doubted(read: _Levels, seen: F64) -> _Levels:
    """A reading as far as upper and lower face are seen, (2,) in [0, 1]: what is not may be anything."""
    sd = np.where(read.sd < _UNINFORMED, _UNINFORMED + seen[_ROWS] * (read.sd - _UNINFORMED), read.sd)
    whole = float(seen.mean())
    emotion = whole * read.emotion + (1 - whole) / len(read.emotion)
    return replace(read, sd=sd, emotion=emotion, affect=whole * read.affect)


def _picture(face: Face) -> U8 | None:
    """The crop, as large as the network wants it; None where there is nothing to see."""
    crop = face.crop
    if crop is None or crop.ndim != 3 or crop.shape[2] != 3 or not crop.any():
        return None
    if crop.shape[:2] == (CROP_SIZE, CROP_SIZE):
        return crop
    return np.asarray(cv2.resize(crop, (CROP_SIZE, CROP_SIZE), interpolation=cv2.INTER_AREA), np.uint8)


def _expression(track_id: int, read: _Levels, trusted: F64) -> Expression:
    sure = trusted[PART] * np.clip(1 - read.sd[:_COUNT] / _UNINFORMED, 0, 1)
    valence, arousal = read.affect.tolist()
    return Expression(
        track_id,
        np.clip(read.level[:_COUNT], 0, 1).astype(np.float32),
        sure.astype(np.float32),
        read.embedding,
        Reading(
            np.clip(_TOP * read.level[_COUNT:], 0, _TOP).astype(np.float32),
            (_TOP * read.sd[_COUNT:]).astype(np.float32),
            read.presence.astype(np.float32),
            read.emotion.astype(np.float32),
            valence,
            arousal,
        ),
    )


def _nothing(track_id: int) -> Expression:
    return Expression(track_id, np.full(_COUNT, np.nan, np.float32), np.zeros(_COUNT, np.float32))
