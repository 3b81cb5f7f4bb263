from __future__ import annotations

from dataclasses import dataclass

from mien.core.config import param


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplayConfig:
    """What is played, and how fast."""

    bag: str = param("", "Folder of a bag, or an .mcap or .db3 file; of any recorder.")
    what: str = param(
        "all",
        "images: for stages that run beside, as image_raw; results: all but images; all: as it was recorded.",
        choices=("all", "images", "results"),
    )
    rate: float = param(1.0, "Speed; 2 is twice as fast, 0 as fast as can be.", lo=0, hi=100, live=True)
    loop: bool = param(False, "Begin again at the end.")
    start_s: float = param(0.0, "Begin this long after the first message.", unit="s", lo=0, hi=1e7)
    seek_s: float = param(
        -1.0, "Set it to jump to that time after the first message; -1 = no jump.", unit="s", lo=-1, hi=1e7, live=True
    )
    topics: str = param("", "Only these topics, by patterns with commas between them: /rigs,/robot/*. Empty: all.")
    image_topic: str = param("", "Topic of the images, where the bag holds several.")
    in_step: bool = param(
        True, "With images: wait for the results of each image before the next, so that no stage drops one."
    )
    listeners: int = param(1, "With images: wait at the start until this many nodes hear them.", lo=0, hi=64)
    clock: bool = param(True, "Publish /clock; the nodes beside need use_sim_time.")
