"""The memory of one face, and who is who."""

from __future__ import annotations

import cv2
import numpy as np

from mien.core.filters import OneEuro
from mien.core.types import F32, F64, U8
from mien.faces.mesh import box_of

# At rest, per face size per second of speed, and of the speed itself. Set by the stillness and the
# following error that `make bench` reports.
_MIN_CUTOFF_HZ = 0.4
_BETA = 160.0
_D_CUTOFF_HZ = 4.0

_LOOK = 12  # side of the appearance thumbnail [px]
_RENEW = 0.3  # share of the newest measurement in velocity and looks


class Track:
    """One face over time."""

    def __init__(self, track_id: int, landmarks: F32, stamp_ns: int) -> None:
        self.id = track_id
        self.score = 0.0  # of the detection that found it
        self.presence = 0.0
        self.landmarks = landmarks  # 478×3 [px], as measured
        self.seen_ns = stamp_ns
        self._velocity = np.zeros(2)  # of the centre [px/s]
        self._look: F32 | None = None
        self._filter = OneEuro(_MIN_CUTOFF_HZ, _BETA, _D_CUTOFF_HZ)

    def update(self, landmarks: F32, presence: float, look: F32 | None, stamp_ns: int) -> None:
        """A new measurement."""
        dt = (stamp_ns - self.seen_ns) * 1e-9
        if dt > 0:
            moved = (_centre(landmarks) - _centre(self.landmarks)) / dt
            self._velocity += _RENEW * (moved - self._velocity)
        self.landmarks, self.presence, self.seen_ns = landmarks, presence, stamp_ns
        if look is not None:
            self._look = look if self._look is None else self._look + _RENEW * (look - self._look)

    def smooth(self, stamp_ns: int) -> F32:
        """The landmarks, smoothed; speed counts in face sizes, so that distance does not matter."""
        self._filter.beta = _BETA / max(self.size(), 1e-3)
        return np.asarray(self._filter(self.landmarks.astype(np.float64), stamp_ns), np.float32)

    def size(self) -> float:
        """The longer side of the box [px]."""
        return float(box_of(self.landmarks)[2:].max())

    def unlikeness(self, landmarks: F32, look: F32 | None, stamp_ns: int) -> float:
        """How badly a reading fits this track: 0 = in its place and alike; over 1 = someone else."""
        dt = (stamp_ns - self.seen_ns) * 1e-9
        expected = _centre(self.landmarks) + self._velocity * dt
        # What was unseen for long may be anywhere near.
        away = float(np.linalg.norm(_centre(landmarks) - expected)) / max(self.size(), 1e-3) / (1 + 4 * dt)
        scale = abs(float(np.log(max(box_of(landmarks)[2:].max(), 1e-3) / max(self.size(), 1e-3))))
        unlike = 0.0 if look is None or self._look is None else 1 - float(self._look @ look)
        return 0.35 * away + 0.5 * scale + 3.0 * unlike


def look_of(crop: U8) -> F32:
    """What a face looks like: a unit-norm thumbnail of the middle of its level crop."""
    n = crop.shape[0]
    inner = crop[n // 5 : -n // 5, n // 5 : -n // 5]
    small = cv2.resize(inner, (_LOOK, _LOOK), interpolation=cv2.INTER_AREA).astype(np.float32).reshape(-1)
    small -= small.mean()
    return np.asarray(small / max(float(np.linalg.norm(small)), 1e-6), np.float32)


def _centre(landmarks: F32) -> F64:
    x, y, w, h = box_of(landmarks).tolist()
    return np.array([x + w / 2, y + h / 2])
