from __future__ import annotations

from dataclasses import dataclass

from mien.core.config import param


@dataclass(frozen=True, slots=True, kw_only=True)
class BagsConfig:
    """What is recorded."""

    path: str = param("bag", "Folder of the new bag; it must not exist.")
    images: str = param(
        "none",
        "Record image_raw: none, raw, jpeg (as image_raw/compressed) or h264 (as image_raw/h264; needs PyAV).",
        choices=("none", "jpeg", "raw", "h264"),
    )
    jpeg_quality: int = param(90, "JPEG quality of recorded images.", lo=1, hi=100)
    h264_crf: int = param(20, "Quality of recorded video: 0 is without loss, 51 the worst.", lo=0, hi=51)
    topics: str = param(
        "",
        "Record only these, with commas between them: rigs,affects; others than the graph's by their full names. "
        "Empty: the graph's.",
    )
    compression: str = param(
        "none", "Compression of the file; raw images take about half the room.", choices=("none", "lz4", "zstd")
    )
    split_mb: int = param(0, "Begin a new file at this size; 0: never.", unit="MB", lo=0, hi=1_000_000)
    split_s: float = param(0.0, "Begin a new file after this time; 0: never.", unit="s", lo=0, hi=1e6)
    min_free_mb: int = param(
        200, "End the recording, whole, when the disk has less room than this.", unit="MB", lo=0, hi=1_000_000
    )
    queue_mb: int = param(
        256,
        "How much may wait while the disk is slow; what is more is dropped and counted.",
        unit="MB",
        lo=1,
        hi=100_000,
    )
