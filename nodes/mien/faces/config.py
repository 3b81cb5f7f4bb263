from __future__ import annotations

from dataclasses import dataclass

from mien.core.config import param


@dataclass(frozen=True, slots=True, kw_only=True)
class FacesConfig:
    """Parameters of face detection and tracking."""

    detector: str = param(
        "auto",
        "short_range: faces up to 2 m away; yunet: rooms; auto: both, yunet for faces that short_range missed.",
        choices=("auto", "short_range", "yunet"),
    )
    max_faces: int = param(
        4, "Largest number of faces tracked at once; the largest faces are kept.", lo=1, hi=64, live=True
    )
    min_score: float = param(0.5, "Detections below this are dropped.", lo=0.01, hi=1, live=True)
    min_presence: float = param(
        0.5, "A track is lost when its landmarks are less certain than this.", lo=0, hi=1, live=True
    )
    detect_interval_s: float = param(
        0.5,
        "While fewer than max_faces are tracked, run the detector at this interval.",
        unit="s",
        lo=0,
        hi=60,
        live=True,
    )
    hold_s: float = param(1.0, "A lost track keeps its id this long.", unit="s", lo=0, hi=10, live=True)
    reidentify: str = param(
        "none",
        "Give a face that was gone for longer its id back. likeness: by its looks, in one place and light; sface: by a "
        "network that knows people apart, which is biometric data (`mien models fetch sface`).",
        choices=("none", "likeness", "sface"),
    )
    remember_s: float = param(
        60.0, "With reidentify, who is gone is remembered this long.", unit="s", lo=0, hi=86400, live=True
    )
    first_id: int = param(
        0,
        "Id of the first face. 0: by the time of the first image, so that no id from before a restart is given to "
        "somebody else.",
        lo=0,
        hi=2**31 - 1,
    )
    smooth: bool = param(
        True, "Smooth landmarks and pose in time (One Euro); still images are never smoothed.", live=True
    )
    vertical_fov_deg: float = param(
        63.0, "Field of view assumed without camera_info.", unit="deg", lo=5, hi=170, live=True
    )
    crop: str = param(
        "112",
        "Side of the aligned crop of each face, which the encoders read beside the landmarks [px].",
        choices=("none", "112", "224"),
        live=True,
    )
    device: str = param(
        "auto",
        "Where networks run; auto falls back to the CPU and reports it, the others fail. dla0, dla1: Jetson Orin.",
        choices=("auto", "cpu", "cuda", "dla0", "dla1"),
    )
    threads: int = param(2, "CPU threads for several faces; a single face uses one.", lo=1, hi=64)
