from __future__ import annotations

from dataclasses import dataclass

from mien.core.config import param
from mien.retarget.follow import FollowConfig


@dataclass(frozen=True, slots=True, kw_only=True)
class RobotConfig(FollowConfig):
    """How a robot is driven, over whatever protocol."""

    profile: str = param("robot10", "Retargeting profile of its joints, with their limits, or your own file.")
    rigs: str = param(
        "", "Topic of rigs that `retarget` has made by the same profile; empty: the bridge retargets `rigs` itself."
    )
    rate_hz: float = param(60.0, "Commands are sent this often.", unit="Hz", lo=1, hi=500)
    silent_s: float = param(0.5, "It goes to neutral after this long without a new image.", unit="s", lo=0.05, hi=10)
    ease_s: float = param(
        1.0, "It reaches neutral within this time, or as soon as its limits allow.", unit="s", lo=0.05, hi=10
    )
    mirror: bool = param(False, "Left becomes right, as in a mirror.", live=True)
    predict_ms: float = param(
        0.0, "Predict the face this far ahead, to compensate delay.", unit="ms", lo=0, hi=300, live=True
    )
    calibration: str = param("", "A person's calibration: a file written by `mien calibrate`.")
