from __future__ import annotations

from dataclasses import dataclass

from mien.core.config import param


@dataclass(frozen=True, slots=True, kw_only=True)
class IfacialmocapConfig:
    """Stands in for a phone that runs iFacialMocap or Facemotion3d."""

    host: str = param("127.0.0.1", "Where the program runs that is sent frames without asking.")
    port: int = param(49983, "Its port.", lo=1, hi=65535)
    format: str = param(
        "v1",
        "What it is sent: v1 or v2 of iFacialMocap, facemotion3d; off: only programs that ask (listen) are served.",
        choices=("v1", "v2", "facemotion3d", "off"),
    )
    listen: str = param(
        "",
        "Answer programs that ask, also by v3 (FMV3), on this address: 0.0.0.0 = the whole network; empty = none. "
        "The other program needs the port for itself, so on one computer another listen_port.",
    )
    listen_port: int = param(49983, "Where it is asked; 49993 for programs that expect Facemotion3d.", lo=1, hi=65535)
    mirror: bool = param(False, "Left is right, as in the phone app's own default.", live=True)
