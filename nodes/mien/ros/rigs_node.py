"""A node that turns the rigs of faces into those of other schemas, one topic per schema."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from typing import Any, Generic, Protocol, TypeVar

from rclpy.node import Node

from mien.core.types import Header, RigDescription, Rigs, StageTime
from mien.graph import RIG_DESCRIPTION, RIGS, SCHEMA_RIG_DESCRIPTION, SCHEMA_RIGS, Node as NodeSpec
from mien.ros.convert import from_time, rig_description_from_msg, rig_description_to_msg, rigs_from_msg, rigs_to_msg
from mien.ros.diagnostics import Health
from mien.ros.node import offer_enable
from mien.ros.qos import advertise, subscribe
from mien.ros.stream import Stream
from mien.ros.worker import LatestWins


class RigsStage(Protocol):
    """What makes the rigs of one schema."""

    problem: str

    @property
    def description(self) -> RigDescription: ...
    def describe(self, description: RigDescription) -> None: ...
    def idle(self, header: Header) -> Rigs | None: ...
    def reconfigure(self, config: Any) -> None: ...


StageT = TypeVar("StageT", bound=RigsStage)


class RigsNode(Node, ABC, Generic[StageT]):
    """Latest wins: of the messages that arrive during a step, only the newest is kept.

    While no rigs come it goes on publishing, until lost faces have eased to neutral. A subclass makes its stages and
    calls `play`; `step` is what a stage does, `told` is called with every stage that has published.
    """

    def __init__(self, spec: NodeSpec) -> None:
        super().__init__(spec.name)
        self._spec = spec
        self.health = Health(self)
        self.stages: Sequence[StageT] = ()

    def play(self, stages: Sequence[StageT]) -> None:
        """Describe the rigs of the stages, and listen."""
        self.stages = stages
        schemas = [stage.description.schema for stage in stages]
        self._out = [advertise(self, SCHEMA_RIGS.of(schema)) for schema in schemas]
        self._latched = [advertise(self, SCHEMA_RIG_DESCRIPTION.of(schema)) for schema in schemas]
        for publisher, stage in zip(self._latched, stages, strict=True):
            publisher.publish(rig_description_to_msg(stage.description))
        self._stream = Stream(self)
        self.worker: LatestWins[Any] = LatestWins(
            self._work, fail=self.health.fail, dropped=self.health.drop, idle=self._idle
        )
        offer_enable(self, self.health)
        heard = subscribe(self, RIGS, self._on_rigs, on_mismatch=self.health.mismatch)
        self.health.watch(RIGS.name, heard)
        describe = self.health.believed(self._on_description)
        described = subscribe(self, RIG_DESCRIPTION, describe, on_mismatch=self.health.mismatch)
        self.health.watch(RIG_DESCRIPTION.name, described, needed=False)

    @abstractmethod
    def step(self, stage: StageT, rigs: Rigs) -> Rigs:
        """The rigs of one image, of one schema."""

    def told(self, stage: StageT) -> None:
        """Called when the rigs of a stage are published."""

    def reconfigure(self, config: Any) -> None:
        """Adopt the live parameters."""
        for stage in self.stages:
            self.worker.call(partial(stage.reconfigure, config))

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
        outputs = [self.step(stage, rigs) for stage in self.stages]
        self._stream.stepped(rigs.header)
        self.health.warning = next((stage.problem for stage in self.stages if stage.problem), "")
        for stage, publisher, out in zip(self.stages, self._out, outputs, strict=True):
            done = StageTime(self._spec.name, int(self.get_clock().now().nanoseconds))
            publisher.publish(rigs_to_msg(replace(out, stages=(*rigs.stages, done))))
            self.told(stage)
        self.health.done(from_time(msg.header.stamp))

    def _idle(self) -> None:
        if (header := self._stream.silent()) is None:
            return
        for publisher, stage in zip(self._out, self.stages, strict=True):
            rigs = stage.idle(header)
            if rigs is not None:
                publisher.publish(rigs_to_msg(rigs))
