from __future__ import annotations

from dataclasses import dataclass

from mien.bridges.robots.config import RobotConfig
from mien.core.config import param


@dataclass(frozen=True, slots=True, kw_only=True)
class FurhatConfig(RobotConfig):
    """The face and the neck of Furhat, through its Realtime API."""

    host: str = param("127.0.0.1", "Address of the robot.")
    port: int = param(9000, "Port of its Realtime API.", lo=1, hi=65535)
    key: str = param("", "Key of the Realtime API, as set on the robot; empty: none is sent.")
    profile: str = param("furhat", "Retargeting profile of its face and neck, or your own file.")
    rate_hz: float = param(40.0, "Faces are sent this often; the robot takes up to 50.", unit="Hz", lo=1, hi=50)
