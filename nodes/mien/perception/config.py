from __future__ import annotations

from dataclasses import dataclass

from mien.core.config import param


@dataclass(frozen=True, slots=True, kw_only=True)
class PerceptionConfig:
    """How the fused process runs."""

    privacy: bool = param(
        False, "No image, crop or landmark leaves the process: only expressions, affects and rigs do."
    )
