from __future__ import annotations

from dataclasses import dataclass

from mien.core.config import param


@dataclass(frozen=True, slots=True, kw_only=True)
class VrchatConfig:
    """Rigs to VRChat (options: OSC enabled)."""

    host: str = param("127.0.0.1", "Where VRChat runs.")
    port: int = param(9000, "Where it listens to OSC.", lo=1, hi=65535)
    listen_port: int = param(
        9001, "Where it tells of another avatar; 0 = ask only. Taken by another program: no harm.", lo=0, hi=65535
    )
    discover: str = param(
        "ask",
        "How its OSCQuery service is found, which knows the avatar's parameters: ask by mDNS, without opening a port; "
        "listen to mDNS on the network; off.",
        choices=("ask", "listen", "off"),
    )
    oscquery_port: int = param(0, "Port of its OSCQuery service where it is known; 0 = discover.", lo=0, hi=65535)
