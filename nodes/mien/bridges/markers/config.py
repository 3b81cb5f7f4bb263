from __future__ import annotations

from dataclasses import dataclass

from mien.core.config import param


@dataclass(frozen=True, slots=True, kw_only=True)
class MarkersConfig:
    """What RViz and Foxglove draw of faces."""

    axis_m: float = param(0.08, "Length of the axes of a head.", unit="m", lo=0.001, hi=1, live=True)
    gaze_m: float = param(0.2, "Length of the lines of gaze.", unit="m", lo=0.001, hi=5, live=True)
