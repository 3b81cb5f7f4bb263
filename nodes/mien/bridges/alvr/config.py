from __future__ import annotations

from dataclasses import dataclass

from mien.core.config import param


@dataclass(frozen=True, slots=True, kw_only=True)
class AlvrConfig:
    """The face of a headset over ALVR, as its sink for VRCFaceTracking sends it."""

    host: str = param("127.0.0.1", "Who may send: 127.0.0.1 = this computer, 0.0.0.0 = the whole network.")
    port: int = param(41463, "Where it is received.", lo=1, hi=65535)
    track_id: int = param(1003, "The id of its face.", lo=1, hi=2**31 - 1)
    smooth: bool = param(False, "Smooth it once more.")
