"""A person's resting face, learned while it is tracked.

FACS scores a departure from the person's own rest, and rests differ more between people than faint
expressions do. What a track shows is averaged over time, the calmest frames counting for most: a
track that begins with a smile forgets it as soon as it has seen the face at rest, and who never looks
calm, because their brows sit low, has a rest all the same.
"""

from __future__ import annotations

import numpy as np

from mien.core.types import F32, F64

_FAMILIAR_S = 1.0  # after which a rest counts half
_MEMORY_S = 60.0  # what is older fades: lighting and beards change slowly
_LONGEST_STEP_S = 0.2  # what a frame can count for
_STIR = 0.4  # Euclidean norm of the weights of a face that stirs
_SUSPICION = 0.25  # power: of faces that stir by twice `_STIR`, a third are believed to be at rest


class RestingFace:
    """The mean of frames, weighted by how calm they are. Times are those of the frames; a step back counts nothing."""

    def __init__(self) -> None:
        # Like what was learned from; None before the first frame.
        self.points: F64 | None = None
        self.levels: F64 | None = None
        self.known = 0.0  # 0 = nobody's rest, towards 1 = surely this person's
        self.seen_ns: int | None = None
        self._calm = self._calmer = 0.0  # sums over time of calm, and of its square

    def learn(self, points: F32 | F64, levels: F32 | F64, calm: float, stamp_ns: int) -> None:
        """Take in one frame: (P, D) points, (K,) readings, and how calm it is, [0, 1].

        Frames with NaN are left out.
        """
        before_ns, self.seen_ns = self.seen_ns, stamp_ns
        if before_ns is None:
            return
        dt = min((stamp_ns - before_ns) * 1e-9, _LONGEST_STEP_S)
        if not dt > 0 or not calm > 0 or not np.isfinite(points).all():
            return
        fade = np.exp(-dt / _MEMORY_S)
        self._calm = float(fade * self._calm + calm * dt)
        self._calmer = float(fade * self._calmer + calm**2 * dt)
        share = calm * dt / self._calm
        self.points = _nearer(self.points, points, share)
        self.levels = _nearer(self.levels, levels, share)
        # Kish's effective size of a weighted sample: the seconds that are about as calm as the calmest.
        lasted_s = self._calm**2 / self._calmer
        calmest = self._calmer / self._calm
        self.known = lasted_s / (lasted_s + _FAMILIAR_S) * calmest**_SUSPICION


def _nearer(mean: F64 | None, value: F32 | F64, share: float) -> F64:
    return np.asarray(value, np.float64) if mean is None else mean + share * (value - mean)


def calmness(weights: F32 | F64) -> float:
    """How much a face is at rest, [0, 1], of expression weights (W,) in [0, 1]: 1 where all are 0.

    Shut eyes are no rest, so weights of blinks belong among them. NaN is left out; 0 where all are.
    """
    seen = weights[np.isfinite(weights)]
    return float(np.exp(-np.sum(np.square(seen)) / _STIR**2)) if seen.size else 0.0
