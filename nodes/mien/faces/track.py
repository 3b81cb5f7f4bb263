"""The track of one face over time, and how badly a sighting in another image fits it."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np

from mien.core.temporal.filters import OneEuro
from mien.core.types import F32, F64, U8, IdMethod

# One Euro filter: cut-off at rest, its gain [Hz per face size per second], and cut-off of the speed. Tuned by the
# jitter and the lag that `make bench` reports.
_MIN_CUTOFF_HZ = 0.4
_BETA = 160.0
_D_CUTOFF_HZ = 4.0

_THUMBNAIL = 12  # side of the appearance thumbnail [px]
_NEVER_NS = 1 << 62
_RENEW = 0.3  # weight of the newest measurement in the running means of velocity and appearance


@dataclass(frozen=True, slots=True)
class Sighting:
    """A face in one image: output of the landmark network."""

    landmarks: F32  # 478×3 [px]
    box: F32  # of the landmarks
    presence: float
    score: float  # of the detection that the sighting goes back to, in this image or an earlier one
    appearance: F32 | None = None  # by `appearance_of`; None if it is the only face, or partly occluded
    track: Track | None = None  # the track whose last landmarks gave the square; None if a detector gave it

    @property
    def centre(self) -> F64:
        return self.box[:2] + self.box[2:] / 2.0

    @property
    def size(self) -> float:
        """The longer side of the box [px]."""
        return max(float(self.box[2:].max()), 1e-3)


class Track:
    """One face over time: its last sighting, velocity and appearance."""

    def __init__(self, track_id: int, sighting: Sighting, stamp_ns: int) -> None:
        self.id = track_id
        self.last = sighting
        self.seen_ns = stamp_ns
        self._velocity = np.zeros(2)  # of the centre [px/s]
        self._appearance = sighting.appearance
        self.id_method, self.id_confidence = IdMethod.TRACKED, 1.0  # of the last sighting
        # For recognition: the mean signature, the number of sightings that it comes from, and the time of the last.
        self.signature: F32 | None = None
        self.signatures, self.signed_ns = 0, stamp_ns - _NEVER_NS
        self._filter = OneEuro(_MIN_CUTOFF_HZ, _BETA, _D_CUTOFF_HZ)

    def update(
        self,
        sighting: Sighting,
        stamp_ns: int,
        id_method: IdMethod = IdMethod.TRACKED,
        id_confidence: float = 1.0,
    ) -> None:
        """The face was seen again."""
        self.id_method, self.id_confidence = id_method, id_confidence
        dt = (stamp_ns - self.seen_ns) * 1e-9
        if dt > 0:
            self._velocity += _RENEW * ((sighting.centre - self.last.centre) / dt - self._velocity)
        self.last, self.seen_ns = sighting, stamp_ns
        if (new := sighting.appearance) is not None:
            old = self._appearance
            self._appearance = new if old is None else old + _RENEW * (new - old)

    def smooth(self, stamp_ns: int) -> F32:
        """Landmarks (478×3 [px]), smoothed. Speed counts in face sizes per second, so that distance does not matter."""
        self._filter.beta = _BETA / self.last.size
        return np.asarray(self._filter(self.last.landmarks.astype(np.float64), stamp_ns), np.float32)

    def unlikeness(self, sighting: Sighting, stamp_ns: int) -> float:
        """Weighted distance of a sighting from this track in place, size and appearance.

        0 = exactly as expected; more than 1 = another person.
        """
        dt = (stamp_ns - self.seen_ns) * 1e-9
        expected = self.last.centre + self._velocity * dt
        # The longer a face was not seen, the further it may have moved.
        away = float(np.linalg.norm(sighting.centre - expected)) / self.last.size / (1 + 4 * dt)
        scale = abs(float(np.log(sighting.size / self.last.size)))
        known = sighting.appearance is not None and self._appearance is not None
        unlike = 1 - float(self._appearance @ sighting.appearance) if known else 0.0  # type: ignore[operator]
        return 0.35 * away + 0.5 * scale + 3.0 * unlike


def appearance_of(crop: U8) -> F32:
    """Appearance of a face: a zero-mean, unit-norm thumbnail of the middle of its level crop."""
    n = crop.shape[0]
    inner = crop[n // 5 : -n // 5, n // 5 : -n // 5]
    small = cv2.resize(inner, (_THUMBNAIL, _THUMBNAIL), interpolation=cv2.INTER_AREA).astype(np.float32).reshape(-1)
    small -= small.mean()
    return np.asarray(small / max(float(np.linalg.norm(small)), 1e-6), np.float32)
