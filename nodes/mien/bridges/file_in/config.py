from __future__ import annotations

from dataclasses import dataclass

from mien.core.config import param


@dataclass(frozen=True, slots=True, kw_only=True)
class FileInConfig:
    """The face of a recording: CSV of Live Link Face or OpenFace, JSON with ARKit or Unified shapes."""

    path: str = param("", "The recording. `mien run --source` sets it.")
    face: int = param(
        0, "Id of the face to play, where the recording holds several; 0: the one that is seen longest.", lo=0
    )
    speed: float = param(1.0, "1 = as it was recorded.", lo=0.05, hi=20.0, live=True)
    loop: bool = param(False, "Begin anew at the end.", live=True)
    track_id: int = param(1006, "Track id of the face that is published.", lo=1, hi=2**31 - 1)
    smooth: bool = param(False, "Smooth the recorded shapes once more.")
