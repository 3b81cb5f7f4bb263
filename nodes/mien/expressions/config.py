from __future__ import annotations

from dataclasses import dataclass

from mien.core.config import param


@dataclass(frozen=True, slots=True, kw_only=True)
class ExpressionsConfig:
    """How expressions are read."""

    model: str = param(
        "encoder_small",
        "encoder_small: mien's own, blendshapes, action units and embedding from crop and landmarks; "
        "encoder_base: the larger one that taught it; blendshapes_v2: MediaPipe's, blendshapes from landmarks.",
        choices=("encoder_small", "encoder_base", "blendshapes_v2"),
    )
    personal: bool = param(
        True, "Learn each person's resting face from their calmest moments, and read departures from it."
    )
    baseline_file: str = param(
        "",
        "An .npz file with the resting face of whoever is alone before the camera: read at the start where it is "
        "there, written by ~/capture_neutral.",
    )
    smooth: bool = param(
        True, "Of the encoders: smooth readings in time (One Euro); still images are never smoothed.", live=True
    )
    device: str = param(
        "auto",
        "Where networks run; auto falls back and says so, the others fail where they cannot. dla0, dla1: Jetson Orin.",
        choices=("auto", "cpu", "cuda", "dla0", "dla1"),
    )
    precision: str = param(
        "auto",
        "Of the encoders on the CPU. int8: half of the time, readings differ by .003 of their range; "
        "auto: int8 on processors with VNNI, else fp32.",
        choices=("auto", "fp32", "int8"),
    )
    threads: int = param(2, "CPU threads that share several faces; one face runs on one.", lo=1, hi=64)
