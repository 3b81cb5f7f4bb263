from __future__ import annotations

from dataclasses import dataclass

from mien.core.config import param

PAUSE = "bridges.pause"


@dataclass(frozen=True, slots=True, kw_only=True)
class BridgesConfig:
    """Which bridges run, which of them are paused, and whom they show."""

    to: str = param("", "Bridges to run, for example vmc,openseeface; `mien bridges list` names them.")
    pause: str = param(
        "", "Bridges of bridges.to that are paused, for example vmc,robot10: avatars turn neutral, robots ease to "
        "neutral, and nothing that is received is published.", live=True,
    )  # fmt: skip
    track: str = param(
        "largest",
        "Whom avatars show when several faces are there; the one shown stays until lost, or until another is half as "
        "large again.",
        choices=("largest", "first"),
    )
    track_id: int = param(0, "Show this track only; 0 = as bridges.track says.", lo=0, hi=2**31 - 1)
