"""Captures resting faces on request: collects frames, checks them, and refuses what is no resting face."""

from __future__ import annotations

import math

import numpy as np

from mien.core.baseline.learning import MOST, Observation, from_tangent, to_tangent
from mien.core.geometry import FACING_CAMERA, logarithm, quaternion, to_view
from mien.core.types import F64, Baseline, BaselineMethod, PersonBaseline
from mien_models.spaces import arkit

LONGEST_S = 10.0
_MIN_FRAMES = 5

# Limits of weights at rest. Shapes that are high at rest on many people (brows, squint, pucker) have none.
_RELAXED = {
    "jawOpen": 0.2, "mouthFunnel": 0.4, "mouthLeft": 0.4, "mouthRight": 0.4,
    "mouthSmileLeft": 0.4, "mouthSmileRight": 0.4, "mouthUpperUpLeft": 0.4, "mouthUpperUpRight": 0.4,
    "mouthLowerDownLeft": 0.4, "mouthLowerDownRight": 0.4, "eyeWideLeft": 0.5, "eyeWideRight": 0.5,
}  # fmt: skip
_BLINK = [arkit.INDEX["eyeBlinkLeft"], arkit.INDEX["eyeBlinkRight"]]
_SHUT = 0.5
_EXPRESSIVE = np.array([not n.startswith(("eyeBlink", "eyeLook")) for n in arkit.BLENDSHAPES])
_MOVED = 0.12  # largest standard deviation of a weight over the frames
_TURNED_DEG = 30.0
_SHAKEN_DEG = 6.0


class Capture:
    """One capture of the resting faces of one or several tracks. Times are those of the frames.

    Raises nothing: `message` says what is wrong and what to do.
    """

    def __init__(self, track_ids: tuple[int, ...], duration_s: float) -> None:
        self.done = False
        self.success = False
        self.message = "looking"
        self.baselines: dict[int, PersonBaseline] = {}
        self._duration_s = duration_s
        self._start_ns: int | None = None
        self._since_ns: dict[int, int] = {}
        self._seen: dict[int, list[Observation]] = {i: [] for i in track_ids}
        if not 0 < duration_s <= LONGEST_S:
            self._finish(f"duration_s is {duration_s:g}; give one in (0, {LONGEST_S:g}]")
        elif not track_ids:
            self._finish("no face is tracked; bring one before the camera")

    @property
    def track_ids(self) -> tuple[int, ...]:
        """The tracks whose resting faces are captured."""
        return tuple(self._seen)

    @property
    def frames(self) -> int:
        """Number of images used so far; with several faces, of the face that was seen least."""
        return min((len(seen) for seen in self._seen.values()), default=0)

    def refuse(self, message: str) -> None:
        """End without success, unless it has ended already."""
        if not self.done:
            self._finish(message)

    def see(self, track_id: int, observation: Observation, stamp_ns: int) -> None:
        """One frame of one face. What is covered or not read at all is no frame of it."""
        if (
            not self.done
            and track_id in self._seen
            and observation.clear
            and np.isfinite(observation.blendshapes).any()
        ):
            self._seen[track_id].append(observation)
            self._since_ns.setdefault(track_id, stamp_ns)

    def tick(self, stamp_ns: int) -> None:
        """Advance the time; called after the faces of a frame were passed to `see`. Time never goes back."""
        if self._start_ns is None:
            self._start_ns = stamp_ns
        if not self.done and (stamp_ns - self._start_ns) * 1e-9 >= self._duration_s:
            self.conclude()

    def conclude(self) -> None:
        """Decide by the frames so far, for example at the end of a video."""
        if self.done:
            return
        learned, faults = {}, []
        for track_id, seen in self._seen.items():
            result = _learned(seen, self._duration_s, self._since_ns.get(track_id, 0))
            if isinstance(result, PersonBaseline):
                learned[track_id] = result
            else:
                faults.append(f"face {track_id}: {result}")
        if faults:
            self._finish("; ".join(faults))
        else:
            self.baselines = learned
            ids = ", ".join(str(i) for i in learned)
            self._finish(f"learned the resting face of {ids} from {self.frames} images", success=True)

    def _finish(self, message: str, success: bool = False) -> None:
        self.done, self.success, self.message = True, success, message


def _learned(seen: list[Observation], duration_s: float, since_ns: int) -> PersonBaseline | str:
    """The resting face, or a message that says what is wrong and what to do."""
    if len(seen) < _MIN_FRAMES:
        return (
            f"seen in {len(seen)} images of {duration_s:g} s, {_MIN_FRAMES} are needed; "
            "keep it in view, or use a longer duration_s"
        )
    weights = np.nan_to_num([s.blendshapes for s in seen])
    open_eyes = weights[:, _BLINK].max(axis=1) <= _SHUT
    if open_eyes.mean() < 0.5:
        return "the eyes were shut; keep them open and try again"
    weights, seen = weights[open_eyes], [s for s, is_open in zip(seen, open_eyes, strict=True) if is_open]
    middle = np.median(weights, axis=0)
    for name, limit in _RELAXED.items():
        if middle[arkit.INDEX[name]] > limit:
            return f"{name} was at {middle[arkit.INDEX[name]]:.2f}; relax the face and try again"
    spread = weights.std(axis=0) * _EXPRESSIVE
    if spread.max() > _MOVED:
        return f"{arkit.BLENDSHAPES[int(spread.argmax())]} moved; keep the face still and try again"
    head = _head([s.pose for s in seen if s.pose is not None])
    if isinstance(head, str):
        return head
    landmarks = [s.landmarks for s in seen if np.isfinite(s.landmarks).all()]
    return PersonBaseline(
        about=Baseline(BaselineMethod.CAPTURED, 1.0, since_ns),
        blendshapes=np.clip(middle, 0, MOST).astype(np.float32),
        au_intensity=(5 * np.clip(np.median([s.units for s in seen], axis=0), 0, MOST)).astype(np.float32),
        embedding=from_tangent(np.median([to_tangent(s.embedding) for s in seen], axis=0)),
        landmarks=np.median(landmarks, axis=0).astype(np.float32) if landmarks else None,
        head=head,
        emotion=np.mean([s.emotion for s in seen], axis=0).astype(np.float32),
        affect=np.mean([s.affect for s in seen], axis=0).astype(np.float32),
    )


def _head(poses: list[F64]) -> F64 | str | None:
    """The mean rotation of the head as a quaternion; None if it is never known; a message if something is wrong."""
    if not poses:
        return None
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
    return np.asarray(mean)
