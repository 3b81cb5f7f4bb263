from __future__ import annotations

from dataclasses import dataclass

from mien.core.config import param


@dataclass(frozen=True, slots=True, kw_only=True)
class FusionConfig:
    """How face, voice and words are fused."""

    units: str = param(
        "seen",
        "Action units: seen: those of affects, unchanged; hidden: of the network also those of a hidden mouth while "
        "somebody speaks; all: every one of the network.",
        choices=("seen", "hidden", "all"),
        live=True,
    )
    voice: bool = param(True, "Take the voice into account, where there is one face only.", live=True)
    words: bool = param(True, "Take words into account, where there is one face only.", live=True)
    forget_s: float = param(5.0, "A face that is away for longer begins anew.", unit="s", lo=0.5, hi=60, live=True)
