from __future__ import annotations

from dataclasses import dataclass

from mien.core.config import param


@dataclass(frozen=True, slots=True, kw_only=True)
class BagsConfig:
    """What is recorded."""

    path: str = param("bag", "Folder of the new bag; it must not exist.")
    images: str = param(
        "none", "Record image_raw: none, jpeg (as image_raw/compressed) or raw.", choices=("none", "jpeg", "raw")
    )
    jpeg_quality: int = param(90, "Of recorded images.", lo=1, hi=100)
