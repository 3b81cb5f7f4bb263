"""The node `animate`: rigs of people to rigs of avatars, by the animator."""

from __future__ import annotations

import math
from collections.abc import Sequence

from mien.animate.config import AVATAR, AnimateConfig
from mien.animate.stage import Stage
from mien.core.errors import ConfigError
from mien.core.types import Rigs
from mien.graph import ANIMATE
from mien.ros.node import run
from mien.ros.params import bind
from mien.ros.rigs_node import RigsNode
from mien_models.animator.shipped import where


class AnimateNode(RigsNode[Stage]):
    def __init__(self) -> None:
        super().__init__(ANIMATE)
        self._chosen: dict[str, Stage] = {}  # by schema: of the last choice
        self._check(bind(self, "animate", AnimateConfig, self._adopt, acceptable=self._check))
        self.health.networks = lambda: tuple(info for stage in self.stages for info in stage.infos)
        self._tell_what_is_missing()
        self.play(self._chosen.values())

    def _check(self, config: AnimateConfig) -> None:
        """Read the avatars and open their networks before any is played. Raises ConfigError, ModelError."""
        names = [name.strip() for name in config.avatar.split(",") if name.strip()]
        played = {stage.path: stage for stage in self.stages}
        sessions = {name: session for stage in self.stages for name, session in stage.sessions.items()}
        stages: list[Stage] = []
        for name in names:
            stages.append(played.get(where(name)) or Stage(config, name, sessions, joins=bool(played)))
            sessions |= stages[-1].sessions
        chosen = {stage.avatar.schema: stage for stage in stages}
        if not stages or len(chosen) < len(stages):
            raise ConfigError(f"{AVATAR}: {config.avatar!r} must name avatars, each schema once")
        for other in played.values():
            schema = other.avatar.schema
            if (stage := chosen.get(schema, other)) is not other:
                raise ConfigError(
                    f"{AVATAR}: {stage.path} and {other.path}, which is played, both make {schema}; leave {schema} out "
                    "until it has eased to neutral"
                )
        self._chosen = chosen

    def _adopt(self, config: AnimateConfig) -> None:
        self.reconfigure(config)
        self._tell_what_is_missing()
        self.choose(self._chosen, self._chosen.__getitem__)

    def _tell_what_is_missing(self) -> None:
        for schema, stage in self._chosen.items():
            if stage.no_consistency:
                self.health.set(f"consistency {schema}", stage.no_consistency)

    def step(self, stage: Stage, rigs: Rigs) -> Rigs:
        return stage.step(rigs)

    def told(self, stage: Stage) -> None:
        if math.isfinite(stage.consistency):
            self.health.set(f"consistency {stage.avatar.schema}", f"{stage.consistency:.2f}")

    def left(self, stage: Stage) -> None:
        self.health.forget(f"consistency {stage.avatar.schema}")


def main(args: Sequence[str] | None = None) -> int:
    return run(AnimateNode, args)
