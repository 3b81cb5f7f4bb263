"""The node `animate`: rigs of people to rigs of avatars, by the animator."""

from __future__ import annotations

import math
from collections.abc import Sequence

from mien.animate.config import AnimateConfig
from mien.animate.stage import Stage
from mien.core.errors import ConfigError
from mien.core.types import Rigs
from mien.graph import ANIMATE
from mien.ros.node import run
from mien.ros.params import bind
from mien.ros.rigs_node import RigsNode


class AnimateNode(RigsNode[Stage]):
    def __init__(self) -> None:
        super().__init__(ANIMATE)
        config = bind(self, "animate", AnimateConfig, self.reconfigure)
        names = [name.strip() for name in config.avatar.split(",") if name.strip()]
        stages = [Stage(config, name) for name in names]
        if not names or len({stage.avatar.schema for stage in stages}) < len(stages):
            raise ConfigError(f"animate.avatar: {config.avatar!r} must name avatars, each schema once")
        self.health.networks = lambda: tuple(info for stage in self.stages for info in stage.infos)
        for stage in stages:
            if stage.no_consistency:
                self.health.set(f"consistency {stage.avatar.schema}", stage.no_consistency)
        self.play(stages)

    def step(self, stage: Stage, rigs: Rigs) -> Rigs:
        return stage.step(rigs)

    def told(self, stage: Stage) -> None:
        if math.isfinite(stage.consistency):
            self.health.set(f"consistency {stage.avatar.schema}", f"{stage.consistency:.2f}")


def main(args: Sequence[str] | None = None) -> int:
    return run(AnimateNode, args)
