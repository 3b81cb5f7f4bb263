from __future__ import annotations

from dataclasses import dataclass

from mien.core.config import param


@dataclass(frozen=True, slots=True, kw_only=True)
class DashboardConfig:
    """Where the page is served, to whom, and how much it may cost."""

    host: str = param(
        "127.0.0.1", "Address to serve on; 127.0.0.1: this machine only. Elsewhere, a token is needed to look."
    )
    port: int = param(8321, "0: any that is free; the page's address is printed.", lo=0, hi=65535)
    allow: str = param(
        "", "control: whoever has the token may pause nodes, capture a resting face, tune, record and stop robots.",
        choices=("", "control"),
    )  # fmt: skip
    rate_hz: float = param(30.0, "How often a viewer is sent something new, at most.", unit="Hz", lo=1, hi=120)
    image_width: int = param(640, "Pictures are sent as JPEG of this width at most.", unit="px", lo=64, hi=4096)
    jpeg_quality: int = param(70, "Their quality.", lo=10, hi=100)
    viewers: int = param(8, "How many may look at once.", lo=1, hi=100)
    record_to: str = param(
        "out/recordings", "Folder in which the page's button records bags, one folder each, named by the time."
    )
