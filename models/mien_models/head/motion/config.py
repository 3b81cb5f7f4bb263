"""Settings of how much a face moves."""

from __future__ import annotations

from dataclasses import dataclass

from mien_models.head.ranges import check

_RANGES: dict[str, tuple[float, float]] = {
    "expressions_per_min": (0, 60), "max_rise_per_s": (1, 100), "blinks_per_min": (0, 60),
    "partial_blinks": (0, 1), "speech_share": (0, 0.95), "gaze_shifts_per_min": (0, 180),
    "gaze_at_camera": (0, 1), "gaze_yaw_deg": (0, 40), "gaze_pitch_deg": (0, 30),
    "camera_distance_m": (0.2, 10), "head_yaw_deg": (0, 80), "head_pitch_deg": (0, 45),
    "head_roll_deg": (0, 45), "head_shift_m": (0, 0.3), "head_speed_deg_s": (5, 300),
    "head_moves_per_min": (0, 60), "idle": (0, 1),
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class MotionConfig:
    """Rates are means, and 0 turns a movement off. Limits are never exceeded. Raises ValueError out of range."""

    expressions_per_min: float = 14.0
    max_rise_per_s: float = 20.0  # FACS intensity per second of one unit of one expression
    blinks_per_min: float = 17.0  # at rest: Bentivoglio et al., Movement Disorders 12 (1997)
    partial_blinks: float = 0.12  # share of the blinks
    speech_share: float = 0.35  # of the time
    gaze_shifts_per_min: float = 50.0
    gaze_at_camera: float = 0.6  # share of the fixations
    gaze_yaw_deg: float = 28.0  # limit in the room, seen from a head at rest
    gaze_pitch_deg: float = 18.0
    camera_distance_m: float = 0.6
    head_moves_per_min: float = 22.0
    head_yaw_deg: float = 25.0  # limits to either side of rest
    head_pitch_deg: float = 14.0
    head_roll_deg: float = 10.0
    head_shift_m: float = 0.03  # limit along each axis
    head_speed_deg_s: float = 80.0  # limit about each axis
    idle: float = 0.25  # FACS intensity of small movements at rest

    def __post_init__(self) -> None:
        check(self, _RANGES)
