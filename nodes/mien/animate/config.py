"""How rigs of a face become the rigs of avatars, by the animator."""

from __future__ import annotations

from dataclasses import dataclass

from mien.core.config import param
from mien_models.animator.steady import PLAY

AVATAR = "animate.avatar"


@dataclass(frozen=True, slots=True, kw_only=True)
class AnimateConfig:
    """Which avatars, how they move, and how often they are compared with the person."""

    avatar: str = param(
        "toon",
        "Avatars to play: human, second, toon, robot, presets, or folders of your own (`mien avatar add`), "
        "separated by commas. What one that is left out moves eases to neutral first.", live=True,
    )  # fmt: skip
    track_id: int = param(
        0, "Track that a single body, such as a robot, follows; 0: the first one, until it is lost.", lo=0, live=True
    )
    steady: float = param(
        PLAY, "Changes of a target up to this share of its range move nothing: a still face stays still; 0 = none.",
        lo=0, hi=0.3, live=True,
    )  # fmt: skip
    smooth: bool = param(
        False, "Smooth in time once more and limit speeds; the rigs that come in are smooth already.", live=True
    )
    smoothing: float = param(
        1.0, "With smooth: scales how still a still face is; 0.5 is quicker, 2 is calmer.", lo=0.05, hi=20, live=True
    )
    max_speed: float = param(1.0, "With smooth: scales how fast targets may move.", lo=0.05, hi=20, live=True)
    hold_s: float = param(0.3, "A lost face keeps its pose this long.", unit="s", lo=0, hi=10, live=True)
    ease_s: float = param(0.6, "Then it eases to neutral within this time.", unit="s", lo=0.05, hi=10, live=True)
    consistency_hz: float = param(
        1.0,
        "How often the avatar's picture is read and compared with the person, per avatar; 0 = never, at no cost.",
        unit="Hz", lo=0, hi=30,
    )  # fmt: skip
    device: str = param(
        "auto",
        "Where networks run, but for the animator itself (a CPU); auto falls back and says so.",
        choices=("auto", "cpu", "cuda", "dla0", "dla1"),
    )
