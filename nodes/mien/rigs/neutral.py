"""A person's resting face: how it is learned, checked and taken off."""

from __future__ import annotations

import math
from dataclasses import dataclass, field

import numpy as np

from mien.core.geometry import FACING_CAMERA, logarithm, matrix, quaternion, to_view
from mien.core.types import F64
from mien_models.spaces import arkit

# More than this is never taken off a weight: it would more than double its noise and cross-talk.
_MOST = 0.5
_MIN_FRAMES = 5
_LONGEST_S = 10.0

# Weights above these are no resting face. Shapes that rest high on many people (brows, squint, pucker)
# are left out.
_RELAXED = {
    "jawOpen": 0.2, "mouthFunnel": 0.4, "mouthLeft": 0.4, "mouthRight": 0.4,
    "mouthSmileLeft": 0.4, "mouthSmileRight": 0.4, "mouthUpperUpLeft": 0.4, "mouthUpperUpRight": 0.4,
    "mouthLowerDownLeft": 0.4, "mouthLowerDownRight": 0.4, "eyeWideLeft": 0.5, "eyeWideRight": 0.5,
}  # fmt: skip
_BLINK = [arkit.INDEX["eyeBlinkLeft"], arkit.INDEX["eyeBlinkRight"]]
_SHUT = 0.5
_EXPRESSIVE = np.array([not n.startswith(("eyeBlink", "eyeLook")) for n in arkit.BLENDSHAPES])
_MOVED = 0.12  # spread of a weight over the frames
_TURNED_DEG = 30.0
_SHAKEN_DEG = 6.0


@dataclass(frozen=True, slots=True)
class Neutral:
    """What reads zero. weights: 52, [0, _MOST]; head: 3×3, face axes to camera optical frame."""

    weights: F64 = field(default_factory=lambda: np.zeros(len(arkit.BLENDSHAPES)))
    head: F64 = field(default_factory=lambda: FACING_CAMERA)

    def remove(self, weights: F64) -> F64:
        """(w − n) / (1 − n), at least 0: rest becomes 0 and full stays 1."""
        return np.maximum((weights - self.weights) / (1 - self.weights), 0)


class Capture:
    """A neutral that is being learned. The times are those of the frames.

    Raises nothing: what goes wrong stands in `message`, with the mend.
    """

    def __init__(self, track_ids: tuple[int, ...], duration_s: float) -> None:
        self.done = False
        self.success = False
        self.message = "looking"
        self.neutrals: dict[int, Neutral] = {}
        self._duration_s = duration_s
        self._start_ns: int | None = None
        self._seen: dict[int, list[tuple[F64, F64 | None]]] = {i: [] for i in track_ids}
        if not 0 < duration_s <= _LONGEST_S:
            self._finish(f"duration_s is {duration_s:g}; give one in (0, {_LONGEST_S:g}]")
        elif not track_ids:
            self._finish("no face is tracked; bring one before the camera")

    @property
    def frames(self) -> int:
        """Images used so far; of several faces, those of the least seen."""
        return min((len(seen) for seen in self._seen.values()), default=0)

    def awaits(self, track_id: int) -> bool:
        """Is it looking at this track?"""
        return not self.done and track_id in self._seen

    def refuse(self, message: str) -> None:
        """End without success."""
        self._finish(message)

    def see(self, track_id: int, weights: F64, pose: F64 | None) -> None:
        """One frame of one face: 52 raw weights (NaN = not observed), 4×4 pose."""
        if track_id in self._seen and np.isfinite(weights).any():
            self._seen[track_id].append((weights, pose))

    def tick(self, stamp_ns: int) -> None:
        """Time goes on; called after the faces of a frame were seen."""
        if self._start_ns is None or stamp_ns < self._start_ns:
            self._start_ns = stamp_ns
        if self.done or (stamp_ns - self._start_ns) * 1e-9 < self._duration_s:
            return
        learned, faults = {}, []
        for track_id, seen in self._seen.items():
            result = _learn(seen, self._duration_s)
            if isinstance(result, Neutral):
                learned[track_id] = result
            else:
                faults.append(f"face {track_id}: {result}")
        if faults:
            self._finish("; ".join(faults))
        else:
            self.neutrals = learned
            ids = ", ".join(str(i) for i in learned)
            self._finish(f"learned the resting face of {ids} from {self.frames} images", success=True)

    def _finish(self, message: str, success: bool = False) -> None:
        self.done, self.success, self.message = True, success, message


def _learn(seen: list[tuple[F64, F64 | None]], duration_s: float) -> Neutral | str:
    """The neutral, or what is wrong and its mend."""
    if len(seen) < _MIN_FRAMES:
        return (
            f"seen in {len(seen)} images of {duration_s:g} s, {_MIN_FRAMES} are needed; "
            "keep it in view, or look for longer"
        )
    weights = np.nan_to_num([w for w, _ in seen])
    open_eyes = weights[:, _BLINK].max(axis=1) <= _SHUT
    if open_eyes.mean() < 0.5:
        return "the eyes were shut; keep them open and try again"
    weights = weights[open_eyes]
    middle = np.median(weights, axis=0)
    for name, limit in _RELAXED.items():
        if middle[arkit.INDEX[name]] > limit:
            return f"{name} was at {middle[arkit.INDEX[name]]:.2f}; relax the face and try again"
    spread = weights.std(axis=0) * _EXPRESSIVE
    if spread.max() > _MOVED:
        return f"{arkit.BLENDSHAPES[int(spread.argmax())]} moved; keep the face still and try again"

    poses = [p for _, p in seen if p is not None]
    if not poses:
        return Neutral(np.clip(middle, 0, _MOST))
    turns = np.array([logarithm(quaternion(FACING_CAMERA.T @ to_view(p))) for p in poses])
    turned = math.degrees(float(np.linalg.norm(np.median(turns, axis=0))))
    if turned > _TURNED_DEG:
        return f"the head was turned by {turned:.0f} degrees; look at the camera and try again"
    heads = np.array([quaternion(p[:3, :3]) for p in poses])
    heads *= np.where(heads @ heads[0] < 0, -1, 1)[:, None]
    mean = heads.mean(axis=0)
    mean /= np.linalg.norm(mean)
    shaken = 2 * np.degrees(np.arccos(np.clip(heads @ mean, -1, 1)))
    if float(np.median(shaken)) > _SHAKEN_DEG:
        return "the head moved; keep it still and try again"
    return Neutral(np.clip(middle, 0, _MOST), matrix(mean))
