from __future__ import annotations

from dataclasses import dataclass

from mien.core.config import param


@dataclass(frozen=True, slots=True, kw_only=True)
class VtubeStudioConfig:
    """Rigs to VTube Studio, as a plugin that it asks its user to allow."""

    host: str = param("127.0.0.1", "Where VTube Studio runs.")
    port: int = param(8001, "The port of its plugin API (settings: Start API).", lo=1, hi=65535)
    shapes: bool = param(True, "Also offer the 52 shapes, as parameters of our own: MienJawOpen and so on.")
    token_file: str = param(
        "~/.local/state/mien/vtube_studio.token", "Where VTube Studio's permission is kept; delete it to ask again."
    )
