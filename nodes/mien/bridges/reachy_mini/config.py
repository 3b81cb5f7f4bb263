from __future__ import annotations

from dataclasses import dataclass

from mien.bridges.robots.config import RobotConfig
from mien.core.config import param


@dataclass(frozen=True, slots=True, kw_only=True)
class ReachyMiniConfig(RobotConfig):
    """Head and antennas of Reachy Mini, through its daemon."""

    host: str = param("127.0.0.1", "Address of its daemon; reachy-mini.local for the wireless robot.")
    port: int = param(8000, "Port of its daemon.", lo=1, hi=65535)
    profile: str = param("antennas", "Retargeting profile of head and antennas, or your own file.")
    rate_hz: float = param(50.0, "Targets are sent this often.", unit="Hz", lo=1, hi=100)
