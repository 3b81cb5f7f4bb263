from __future__ import annotations

from dataclasses import dataclass

from mien.core.config import param


@dataclass(frozen=True, slots=True, kw_only=True)
class VmcConfig:
    """Rigs to a program that plays an avatar, by the VMC protocol."""

    host: str = param("127.0.0.1", "Where the program runs.")
    port: int = param(39539, "Its port: VSeeFace, Warudo and most others listen on 39539.", lo=1, hi=65535)
    avatar: str = param(
        "", "The avatar's .vrm file, to send the expressions and bones that it has; empty = those of any avatar."
    )
    names: str = param(
        "auto",
        "Names of expressions: arkit (the 52 clips of perfect sync), vrm0 or vrm1 (presets). auto: what vmc.avatar "
        "has, perfect sync first; vrm0, which every avatar has, without vmc.avatar.",
        choices=("auto", "arkit", "vrm0", "vrm1"),
    )
    neck: float = param(0.3, "Share of the head's rotation that the neck takes.", lo=0, hi=1, live=True)
    eyes: bool = param(True, "Send the bones LeftEye and RightEye too.")
