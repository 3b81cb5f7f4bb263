"""Blendshapes, action units and embedding by mien's own expression encoder.

One network reads the crop and the landmarks. As soon as the person's resting face is known, what is
read of that is taken off, as far as it may be an error, and a second, small network reads how the
landmarks differ from it: where it finds more than the first, the two are weighed by how sure each is.
How much of a face there is to see (`clarity`) widens the deviations, so that a covered, blurred or
upside-down face is never read with confidence.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from mien.core.filters import OneEuro
from mien.core.geometry import trust
from mien.core.resting import RestingFace, calmness
from mien.core.spaces import arkit
from mien.core.spaces.facs import LOWER
from mien.core.types import F32, F64, U8, Expression, Face, Faces, Reading
from mien.expressions.clarity import clarity, informed
from mien.expressions.parts import PART, ROW
from mien_models import Session
from mien_models.alignment import CROP_SIZE, canonical
from mien_models.head.action_units import SHAPES

Outputs = Mapping[str, NDArray[Any]]

_BLACK: U8 = np.zeros((CROP_SIZE, CROP_SIZE, 3), np.uint8)
_ABSENT = np.zeros((1, 2), np.float32)
_CLEAR = np.ones(2)
_FORGET_NS = 10_000_000_000
_FULL = {"shapes": 1.0, "units": 5.0}  # ends of the scales
# The standard deviations of a weight and of an intensity of which nothing is known.
_UNINFORMED = {"shapes": 0.35, "units": 1.75}
_ORDER = [SHAPES.index(name) for name in arkit.BLENDSHAPES]  # the networks' order is alphabetical
_PARTS = {"shapes": np.array([ROW[arkit.INDEX[name]] for name in SHAPES]), "units": LOWER.astype(np.intp)}
_EXPRESSIVE = np.array([not name.startswith("eyeLook") for name in SHAPES])


# One Euro per unit of weight: at rest, per unit per second, and of the speed [Hz]. A still face becomes as
# still as MediaPipe's weights are; half of a blink or of a smile comes 3 ms late at most.
_CUTOFF_HZ, _BETA, _SPEED_HZ = 2.0, 20.0, 4.0
_SMOOTHED = {"shapes": 1.0, "units": 5.0, "presence": 1.0, "emotion": 1.0, "affect": 1.0}  # and their ranges


class _Person:
    """What is remembered of one track."""

    def __init__(self) -> None:
        self.rest = RestingFace()
        self.filters = {name: OneEuro(_CUTOFF_HZ, _BETA / full, _SPEED_HZ) for name, full in _SMOOTHED.items()}


class Encoder:
    """Reads expressions by `encoder_small` and, if it is given, `neutral_difference`."""

    def __init__(self, session: Session, difference: Session | None = None, *, smooth: bool = True) -> None:
        self._session = session
        self._difference = difference
        self._smooth = smooth
        self._people: dict[int, _Person] = {}
        # How unsure it is of a face that it is not shown.
        blank = session({"image": _BLACK[None], "landmarks": np.zeros((1, 478, 2), np.float32), "present": _ABSENT})
        self._blind_sd: F32 = blank["units_sd"][0]

    def read(self, faces: Faces) -> tuple[Expression, ...]:
        """One Expression per face; NaN with confidence 0 where neither pixels nor landmarks are given.

        A weight's confidence falls with its standard deviation, with the face's presence and with
        how much of the face's part is turned away, covered or beyond the image.
        """
        landmarks = np.array([f.landmarks for f in faces.faces], np.float32)
        points = canonical(landmarks)
        whole = np.isfinite(points).all(axis=(1, 2))
        pictured = [f.crop is not None and bool(f.crop.any()) for f in faces.faces]
        present = np.array([pictured, whole], np.float32).T
        expressions = [_nothing(f.track_id) for f in faces.faces]
        rows = np.flatnonzero(present.any(axis=1))
        if rows.size:
            pictures = [_picture(faces.faces[i]) for i in rows]
            images = pictures[0][None] if len(pictures) == 1 else np.array(pictures)
            inputs = {"image": images, "landmarks": np.nan_to_num(points[rows]), "present": present[rows]}
            out: Outputs = self._session(inputs)
            people = [self._people.setdefault(faces.faces[i].track_id, _Person()) for i in rows]
            stamp_ns = faces.header.stamp_ns
            if self._smooth:
                out = _smoothed(out, people, stamp_ns)
            clear = np.array([clarity(image) if pictured[i] else _CLEAR for i, image in zip(rows, images, strict=True)])
            seen = clear * informed(out["units"], out["units_sd"], self._blind_sd)
            own = out if self._difference is None else _personal(self._difference, people, points[rows], out)
            own = self._doubted(own, seen)
            for row, i in enumerate(rows):
                face = faces.faces[i]
                expressions[i] = _expression(face, faces, {k: v[row] for k, v in own.items()})
                # By what the image alone tells: a rest that were judged by itself would never be mended.
                alone = {k: v[row] for k, v in out.items()}
                calm = calmness(alone["shapes"][_EXPRESSIVE]) * seen[row].min()
                calm *= trust(face, faces.width, faces.height).min()
                people[row].rest.learn(points[i], _levels(alone), float(calm), stamp_ns)
        self._people = {
            i: p
            for i, p in self._people.items()
            if p.rest.seen_ns is not None and abs(faces.header.stamp_ns - p.rest.seen_ns) < _FORGET_NS
        }
        return tuple(expressions)

    def reset(self) -> None:
        """Forget every person, as between unrelated images."""
        self._people = {}

    def _doubted(self, out: Outputs, seen: F64) -> Outputs:
        """Readings as far as the upper and the lower face are seen, (N, 2) in [0, 1]: what is not may be anything."""
        doubted = dict(out)
        for name, unknown in _UNINFORMED.items():
            sd = out[f"{name}_sd"]
            doubted[f"{name}_sd"] = np.where(sd < unknown, unknown + seen[:, _PARTS[name]] * (sd - unknown), sd)
        whole = seen.mean(axis=1, keepdims=True)
        doubted["emotion"] = whole * out["emotion"] + (1 - whole) / out["emotion"].shape[1]
        doubted["affect"] = whole * out["affect"]
        return doubted


def _smoothed(out: Outputs, people: Sequence[_Person], stamp_ns: int) -> Outputs:
    smoothed = dict(out)
    for name in _SMOOTHED:
        rows = [p.filters[name](v.astype(np.float64), stamp_ns) for p, v in zip(people, out[name], strict=True)]
        smoothed[name] = np.array(rows, np.float32)
    smoothed["emotion"] /= smoothed["emotion"].sum(axis=1, keepdims=True)
    return smoothed


def _personal(difference: Session, people: Sequence[_Person], points: F32, out: Outputs) -> Outputs:
    """Readings of N faces as departures from the resting faces that are known."""
    found = [
        (k, p.rest.points, p.rest.levels, p.rest.known)
        for k, p in enumerate(people)
        if p.rest.points is not None and np.isfinite(points[k]).all()
    ]
    if not found:
        return out
    which = [k for k, *_ in found]
    known = np.array([[share] for *_, share in found], np.float32)
    levels = known * np.array([level for *_, level, _ in found], np.float32)
    own = difference({"difference": np.array([points[k] - rest for k, rest, *_ in found], np.float32)})
    mixed = {name: np.array(value) for name, value in out.items()}
    for name, level in zip(_FULL, np.split(levels, [len(SHAPES)], axis=1), strict=True):
        # From the person's rest to the end of the scale.
        ours = np.maximum(out[name][which] - level, 0) * _FULL[name] / (_FULL[name] - level)
        sd, own_sd = out[f"{name}_sd"][which], own[f"{name}_sd"]
        # What was taken for a rest may have been an expression: it would hide others, but shows none.
        weight = known / (known + np.square(own_sd / np.maximum(sd, 1e-6)))
        weight = np.where(own[name] > ours, np.minimum(weight, 0.5), 0)
        mixed[name][which] = ours + weight * (own[name] - ours)
        # The two err alike, so that together they are no surer than their mean.
        mixed[f"{name}_sd"][which] = np.sqrt((1 - weight) * sd**2 + weight * own_sd**2)
        if name == "units":
            mixed["presence"][which] += weight * (own["presence"] - out["presence"][which])
    return mixed


def _levels(out: Outputs) -> F32:
    """How strong the shapes and units of a resting face read (52 + A): more than they may err by is an expression."""
    shapes, units = (np.minimum(out[name], out[f"{name}_sd"]) for name in _FULL)
    return np.concatenate([np.where(_EXPRESSIVE, shapes, 0), units])  # eyes rest wherever they look


def _picture(face: Face) -> U8:
    if face.crop is None:
        return _BLACK
    if face.crop.shape[0] == CROP_SIZE:
        return face.crop
    return np.asarray(cv2.resize(face.crop, (CROP_SIZE, CROP_SIZE), interpolation=cv2.INTER_AREA), np.uint8)


def _expression(face: Face, faces: Faces, out: Outputs) -> Expression:
    sure = trust(face, faces.width, faces.height)[PART] * np.clip(
        1 - out["shapes_sd"][_ORDER] / _UNINFORMED["shapes"], 0, 1
    )
    valence, arousal = (float(v) for v in out["affect"])
    return Expression(
        face.track_id,
        np.clip(out["shapes"][_ORDER], 0, 1).astype(np.float32),
        sure.astype(np.float32),
        out["embedding"].astype(np.float32),
        Reading(
            np.clip(out["units"], 0, 5).astype(np.float32),
            out["units_sd"].astype(np.float32),
            out["presence"].astype(np.float32),
            out["emotion"].astype(np.float32),
            valence,
            arousal,
        ),
    )


def _nothing(track_id: int) -> Expression:
    n = len(arkit.BLENDSHAPES)
    return Expression(track_id, np.full(n, np.nan, np.float32), np.zeros(n, np.float32))
