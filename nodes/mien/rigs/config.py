from __future__ import annotations

from dataclasses import dataclass

from mien.core.config import param


@dataclass(frozen=True, slots=True, kw_only=True)
class RigsConfig:
    """How weights are smoothed, calibrated and eased."""

    smooth: bool = param(
        True,
        "Smooth in time, each region with a filter of its own (One Euro), and limit speeds; no still images.",
        live=True,
    )
    smoothing: float = param(
        1.0, "Scales how still a still face is; 0.5 is quicker, 2 is calmer.", lo=0.05, hi=20, live=True
    )
    hold_s: float = param(
        0.2, "What is lost or covered of a face keeps its pose this long.", unit="s", lo=0, hi=10, live=True
    )
    ease_s: float = param(0.6, "Then it eases to neutral within this time.", unit="s", lo=0.05, hi=10, live=True)
    max_speed: float = param(
        1.0,
        "Scales how fast weights, head and gaze may move; 1 is half as fast again as people, less is gentler.",
        lo=0.05,
        hi=20,
        live=True,
    )
    voice: bool = param(
        False,
        "Let the topic voice move the mouth where sound is surer than sight, as behind a hand; of one face only.",
        live=True,
    )
    voice_hold_s: float = param(
        10.0, "A voice moves the mouth of a face that left for this long.", unit="s", lo=0, hi=600, live=True
    )
    lively_eyes: bool = param(
        False, "Blink and shift the gaze of eyes that are not seen while a voice moves the mouth.", live=True
    )
    gain: float = param(1.0, "Scales every weight.", lo=0, hi=4, live=True)
