from __future__ import annotations

from dataclasses import dataclass

from mien.core.config import param
from mien.retarget.follow import FollowConfig


@dataclass(frozen=True, slots=True, kw_only=True)
class RobotConfig(FollowConfig):
    """How a robot is driven, whatever it speaks."""

    profile: str = param("robot10", "What drives its joints, and their limits: a profile, or a file of your own.")
    rigs: str = param(
        "", "Topic of rigs that are of the profile's schema already, as of `retarget`; empty: rigs are retargeted here."
    )
    rate_hz: float = param(60.0, "Commands are sent this often.", unit="Hz", lo=1, hi=500)
    silent_s: float = param(
        0.5, "Without a new image for so long, as when perception died, it goes to neutral.", unit="s", lo=0.05, hi=10
    )
    ease_s: float = param(
        1.0, "It is there within this time, or as soon as its limits allow.", unit="s", lo=0.05, hi=10
    )
    mirror: bool = param(False, "Left becomes right, as in a mirror.", live=True)
    predict_ms: float = param(
        0.0, "Foretell the face by so much, to make up for delay.", unit="ms", lo=0, hi=300, live=True
    )
    calibration: str = param("", "The person's rest, range and cross-talk: a file of `mien calibrate`.")
