"""How rigs of a face become the rigs of an avatar or a robot."""

from __future__ import annotations

from dataclasses import dataclass

from mien.core.config import param
from mien.retarget.follow import FollowConfig

PROFILE = "retarget.profile"


@dataclass(frozen=True, slots=True, kw_only=True)
class RetargetConfig(FollowConfig):
    """Which profiles, whose face, and what happens when it is lost."""

    profile: str = param(
        "arkit52", "Retargeting profiles to run: names of shipped profiles or your own files, separated by commas. "
        "What one that is left out moves eases to neutral first.", live=True,
    )  # fmt: skip
    track_id: int = param(
        0, "Track that a single body, such as a robot, follows; 0: the first one, until it is lost.", lo=0, live=True
    )
    mirror: bool = param(False, "Left becomes right, as in a mirror.", live=True)
    calibration: str = param("", "A person's calibration: a file written by `mien calibrate`. Empty: none.")
    predict_ms: float = param(
        0.0, "Predict the face this far ahead, to compensate delay; its rigs say SOURCE_PREDICTED.",
        unit="ms", lo=0, hi=300, live=True,
    )  # fmt: skip
    hold_s: float = param(0.3, "A lost face keeps its pose this long.", unit="s", lo=0, hi=10, live=True)
    ease_s: float = param(
        0.6, "Then it eases to its safe neutral within this time, or as soon as its limits allow.",
        unit="s", lo=0.05, hi=10, live=True,
    )  # fmt: skip
