from __future__ import annotations

from dataclasses import dataclass

from mien.core.config import param


@dataclass(frozen=True, slots=True, kw_only=True)
class BridgesConfig:
    """Which bridges run, and whom they show."""

    to: str = param("", "Bridges to run, for example vmc,openseeface; `mien bridges list` names them.")
    track: str = param(
        "largest",
        "Whom avatars show when several faces are there; the one shown stays until lost, or until another is half as "
        "large again.",
        choices=("largest", "first"),
    )
    track_id: int = param(0, "Show this track only; 0 = as bridges.track says.", lo=0, hi=2**31 - 1)
