"""The node `retarget`: converts the rigs of faces to those of one or several profiles.

While no image comes it goes on publishing, until lost faces have eased to neutral.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

from rclpy.node import Node

from mien.core.errors import ConfigError
from mien.core.types import F64, Header, RigDescription, Rigs, StageTime
from mien.graph import FACES, RETARGET, RIG_DESCRIPTION, RIGS, SCHEMA_RIG_DESCRIPTION, SCHEMA_RIGS
from mien.retarget.calibration import Calibration, load as load_calibration
from mien.retarget.config import RetargetConfig
from mien.retarget.profile import Profile, load
from mien.retarget.stage import Stage
from mien.ros import privacy
from mien.ros.convert import (
    faces_from_msg,
    from_time,
    rig_description_from_msg,
    rig_description_to_msg,
    rigs_from_msg,
    rigs_to_msg,
)
from mien.ros.diagnostics import Health
from mien.ros.node import offer_enable, run
from mien.ros.params import bind
from mien.ros.qos import advertise, subscribe
from mien.ros.worker import LatestWins

# After this long without rigs the node eases lost faces by itself.
_SILENCE_NS = 150_000_000


class RetargetNode(Node):
    """Latest wins: of the messages that arrive during a step, only the newest is kept."""

    def __init__(self) -> None:
        super().__init__(RETARGET.name)
        withheld = privacy.withheld(self, RETARGET)
        self.health = Health(self)
        config = bind(self, "retarget", RetargetConfig, self._reconfigure)
        profiles = [load(name.strip()) for name in config.profile.split(",") if name.strip()]
        if not profiles or len({p.schema for p in profiles}) < len(profiles):
            raise ConfigError(f"retarget.profile: {config.profile!r} must name profiles, each schema once")
        self.stages = [Stage(config, p, _calibration(config, p)) for p in profiles]
        self._out = [advertise(self, SCHEMA_RIGS.of(p.schema)) for p in profiles]
        self._latched = [advertise(self, SCHEMA_RIG_DESCRIPTION.of(p.schema)) for p in profiles]
        for publisher, stage in zip(self._latched, self.stages, strict=True):
            publisher.publish(rig_description_to_msg(stage.description))
        self._last, self._handled_ns = Header(0), 0
        self._positions: dict[int, F64] = {}
        self.worker: LatestWins[Any] = LatestWins(
            self._work, fail=self.health.fail, dropped=self.health.drop, idle=self._idle
        )
        offer_enable(self, self.health)
        heard = subscribe(self, RIGS, self._on_rigs, on_mismatch=self.health.mismatch)
        self.health.watch(RIGS.name, heard)
        describe = self.health.believed(self._on_description)
        described = subscribe(self, RIG_DESCRIPTION, describe, on_mismatch=self.health.mismatch)
        self.health.watch(RIG_DESCRIPTION.name, described, needed=False)

        if config.follow and FACES in withheld:
            raise ConfigError("retarget.follow: needs faces, which graph.privacy keeps within perception")
        if config.follow:
            seen = subscribe(self, FACES, self.health.believed(self._on_faces), on_mismatch=self.health.mismatch)
            self.health.watch(FACES.name, seen)

    def close(self) -> None:
        if worker := getattr(self, "worker", None):
            worker.stop()

    def _on_rigs(self, msg: Any) -> None:
        if self.health.enabled:
            self.worker.put(msg)

    def _on_description(self, msg: Any) -> None:
        description: RigDescription = rig_description_from_msg(msg)
        for stage in self.stages:
            self.worker.call(partial(stage.describe, description))

    def _on_faces(self, msg: Any) -> None:
        faces = faces_from_msg(msg).faces
        self._positions = {f.track_id: f.pose[[2, 0, 1], 3] * (1, 1, -1) for f in faces if f.pose is not None}

    def _work(self, msg: Any) -> None:
        rigs = rigs_from_msg(msg)
        outputs = [stage.step(rigs, self._positions) for stage in self.stages]
        self._last, self._handled_ns = rigs.header, self._now_ns()
        self.health.warning = next((s.problem for s in self.stages if s.problem), "")
        for publisher, out in zip(self._out, outputs, strict=True):
            publisher.publish(rigs_to_msg(replace(out, stages=(*rigs.stages, StageTime("retarget", self._now_ns())))))
        self.health.done(from_time(msg.header.stamp))

    def _idle(self) -> None:
        silence_ns = self._now_ns() - self._handled_ns
        if not self._handled_ns or silence_ns < _SILENCE_NS:
            return
        # Stamps continue in the time of the stream, whichever clock that is.
        header = Header(self._last.stamp_ns + silence_ns, self._last.frame_id)
        for publisher, stage in zip(self._out, self.stages, strict=True):
            rigs: Rigs | None = stage.idle(header)
            if rigs is not None:
                publisher.publish(rigs_to_msg(rigs))

    def _now_ns(self) -> int:
        return int(self.get_clock().now().nanoseconds)

    def _reconfigure(self, config: RetargetConfig) -> None:
        for stage in self.stages:
            self.worker.call(partial(stage.reconfigure, config))


def _calibration(config: RetargetConfig, profile: Profile) -> Calibration | None:
    source = profile.source
    return load_calibration(Path(config.calibration), source.schema, source.names) if config.calibration else None


def main(args: Sequence[str] | None = None) -> int:
    return run(RetargetNode, args)
