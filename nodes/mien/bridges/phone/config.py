from __future__ import annotations

from dataclasses import dataclass

from mien.core.config import param


@dataclass(frozen=True, slots=True, kw_only=True)
class PhoneConfig:
    """Stands in for a phone that runs VTube Studio: whoever asks gets the raw tracking data."""

    host: str = param("127.0.0.1", "Who may ask: 127.0.0.1 = this computer, 0.0.0.0 = the whole network.")
    port: int = param(21412, "Where it is asked. In the other program this computer is the phone.", lo=1, hi=65535)
