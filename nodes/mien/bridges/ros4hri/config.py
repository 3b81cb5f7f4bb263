from __future__ import annotations

from dataclasses import dataclass

from mien.core.config import param


@dataclass(frozen=True, slots=True, kw_only=True)
class Ros4hriConfig:
    """Faces to nodes that speak ROS4HRI (REP-155)."""

    root: str = param("/humans/faces", "Where the topics of faces stand.")
    facs_top: float = param(
        5.0, "What an action unit at its fullest is told as: 5 on the FACS scale, 1 for shares.", lo=0.1, hi=100
    )
    tf: bool = param(True, "Publish the frames face_<id> and gaze_<id> on /tf.")
    pictures: bool = param(False, "Publish the cropped and the aligned face as images; never with graph.privacy.")
