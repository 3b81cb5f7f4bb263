from __future__ import annotations

from dataclasses import dataclass

from mien.core.config import param


@dataclass(frozen=True, slots=True, kw_only=True)
class LivelinkConfig:
    """Rigs to Unreal or VRCFaceTracking, as the app Live Link Face sends them."""

    host: str = param("127.0.0.1", "Where the program runs.")
    port: int = param(11111, "Its port.", lo=1, hi=65535)
    subject: str = param("mien", "Name under which Unreal lists the face.")
    fps: int = param(60, "Frame rate that the time code counts in.", unit="Hz", lo=1, hi=240)
