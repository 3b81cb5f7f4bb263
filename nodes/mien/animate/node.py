"""The node `animate`: rigs of people to rigs of avatars, by the animator.

While no image comes it goes on publishing, until avatars of lost faces have eased to neutral.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from typing import Any

from rclpy.node import Node

from mien.animate.config import AnimateConfig
from mien.animate.stage import Stage
from mien.core.errors import ConfigError
from mien.core.types import Header, StageTime
from mien.graph import ANIMATE, RIG_DESCRIPTION, RIGS, SCHEMA_RIG_DESCRIPTION, SCHEMA_RIGS
from mien.ros.convert import from_time, rig_description_from_msg, rig_description_to_msg, rigs_from_msg, rigs_to_msg
from mien.ros.diagnostics import Health
from mien.ros.node import offer_enable, run
from mien.ros.params import bind
from mien.ros.qos import advertise, subscribe
from mien.ros.worker import LatestWins

# After this long without rigs the node eases avatars by itself.
_SILENCE_NS = 150_000_000


class AnimateNode(Node):
    """Latest wins: of the messages that arrive during a step, only the newest is kept."""

    def __init__(self) -> None:
        super().__init__(ANIMATE.name)
        self.health = Health(self)
        config = bind(self, "animate", AnimateConfig, self._reconfigure)
        names = [name.strip() for name in config.avatar.split(",") if name.strip()]
        self.stages = [Stage(config, name) for name in names]
        schemas = [stage.avatar.schema for stage in self.stages]
        if not names or len(set(schemas)) < len(schemas):
            raise ConfigError(f"animate.avatar: {config.avatar!r} must name avatars, each schema once")
        self.health.networks = lambda: tuple(info for stage in self.stages for info in stage.infos)
        self._out = [advertise(self, SCHEMA_RIGS.of(schema)) for schema in schemas]
        self._latched = [advertise(self, SCHEMA_RIG_DESCRIPTION.of(schema)) for schema in schemas]
        for publisher, stage in zip(self._latched, self.stages, strict=True):
            publisher.publish(rig_description_to_msg(stage.description))
            if stage.no_consistency:
                self.health.set(f"consistency {stage.avatar.schema}", stage.no_consistency)
        self._last, self._handled_ns = Header(0), 0
        self.worker: LatestWins[Any] = LatestWins(
            self._work, fail=self.health.fail, dropped=self.health.drop, idle=self._idle
        )
        offer_enable(self, self.health)
        heard = subscribe(self, RIGS, self._on_rigs, on_mismatch=self.health.mismatch)
        self.health.watch(RIGS.name, heard)
        describe = self.health.believed(self._on_description)
        described = subscribe(self, RIG_DESCRIPTION, describe, on_mismatch=self.health.mismatch)
        self.health.watch(RIG_DESCRIPTION.name, described, needed=False)

    def close(self) -> None:
        if worker := getattr(self, "worker", None):
            worker.stop()

    def _on_rigs(self, msg: Any) -> None:
        if self.health.enabled:
            self.worker.put(msg)

    def _on_description(self, msg: Any) -> None:
        description = rig_description_from_msg(msg)
        for stage in self.stages:
            self.worker.call(partial(stage.describe, description))

    def _work(self, msg: Any) -> None:
        rigs = rigs_from_msg(msg)
        outputs = [stage.step(rigs) for stage in self.stages]
        self._last, self._handled_ns = rigs.header, self._now_ns()
        self.health.warning = next((s.problem for s in self.stages if s.problem), "")
        for stage, publisher, out in zip(self.stages, self._out, outputs, strict=True):
            publisher.publish(rigs_to_msg(replace(out, stages=(*rigs.stages, StageTime("animate", self._now_ns())))))
            if math.isfinite(stage.consistency):
                self.health.set(f"consistency {stage.avatar.schema}", f"{stage.consistency:.2f}")
        self.health.done(from_time(msg.header.stamp))

    def _idle(self) -> None:
        silence_ns = self._now_ns() - self._handled_ns
        if not self._handled_ns or silence_ns < _SILENCE_NS:
            return
        # Stamps continue in the time of the stream, whichever clock that is.
        header = Header(self._last.stamp_ns + silence_ns, self._last.frame_id)
        for publisher, stage in zip(self._out, self.stages, strict=True):
            rigs = stage.idle(header)
            if rigs is not None:
                publisher.publish(rigs_to_msg(rigs))

    def _now_ns(self) -> int:
        return int(self.get_clock().now().nanoseconds)

    def _reconfigure(self, config: AnimateConfig) -> None:
        for stage in self.stages:
            self.worker.call(partial(stage.reconfigure, config))


def main(args: Sequence[str] | None = None) -> int:
    return run(AnimateNode, args)
