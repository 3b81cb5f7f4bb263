"""A node that turns the rigs of faces into those of other schemas, one topic per schema."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, replace
from functools import partial
from typing import Any, Generic, Protocol, TypeVar

from rclpy.node import Node
from rclpy.publisher import Publisher

from mien.core.types import Header, RigDescription, Rigs, StageTime
from mien.graph import RIG_DESCRIPTION, RIGS, SCHEMA_RIG_DESCRIPTION, SCHEMA_RIGS, Node as NodeSpec
from mien.ros.convert import from_time, rig_description_from_msg, rig_description_to_msg, rigs_from_msg, rigs_to_msg
from mien.ros.diagnostics import Health
from mien.ros.node import offer_enable
from mien.ros.players import Player, Players
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


@dataclass(frozen=True, slots=True, eq=False)
class _Output:
    """The topics of one schema."""

    rigs: Publisher
    description: Publisher


class RigsNode(Node, ABC, Generic[StageT]):
    """Latest wins: of the messages that arrive during a step, only the newest is kept.

    While no rigs come it goes on publishing, until lost faces have eased to neutral. A subclass makes its stages and
    calls `play`, and `choose` where they change; `step` is what a stage does, `told` is called with every stage that
    has published, `left` with every one that has gone.
    """

    def __init__(self, spec: NodeSpec) -> None:
        super().__init__(spec.name)
        self._spec = spec
        self._described: RigDescription | None = None
        self.health = Health(self)
        self.players: Players[StageT, _Output] = Players(self._advertise, self._withdraw)
        self._rested = self.create_guard_condition(self._tidy)

    @property
    def stages(self) -> Iterator[StageT]:
        return (player.stage for player in self.players)

    def play(self, stages: Collection[StageT]) -> None:
        """Describe the rigs of the stages, and listen."""
        made = {stage.description.schema: stage for stage in stages}
        self.choose(made, made.__getitem__)
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

    def choose(self, schemas: Collection[str], make: Callable[[str], StageT]) -> None:
        """Play these schemas from now on; rigs of the others ease to neutral, then their topics go. Not on the worker.

        make: the stage of a schema that is not played yet.
        """

        def informed(schema: str) -> StageT:
            stage = make(schema)
            if self._described is not None:
                stage.describe(self._described)
            return stage

        self.players.choose(schemas, informed)
        self.health.set("schemas", self.players)

    @abstractmethod
    def step(self, stage: StageT, rigs: Rigs) -> Rigs:
        """The rigs of one image, of one schema."""

    def told(self, stage: StageT) -> None:
        """Called when the rigs of a stage are published."""

    def left(self, stage: StageT) -> None:
        """Called when a stage that is chosen no more has come to rest, and its topics are gone."""

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
        self._described = rig_description_from_msg(msg)
        for stage in self.stages:
            self.worker.call(partial(stage.describe, self._described))

    def _advertise(self, stage: StageT) -> _Output:
        schema = stage.description.schema
        out = _Output(advertise(self, SCHEMA_RIGS.of(schema)), advertise(self, SCHEMA_RIG_DESCRIPTION.of(schema)))
        out.description.publish(rig_description_to_msg(stage.description))
        return out

    def _withdraw(self, out: _Output) -> None:
        self.destroy_publisher(out.rigs)
        self.destroy_publisher(out.description)

    def _tidy(self) -> None:
        for stage in self.players.tidy():
            self.left(stage)
            self.health.set("schemas", self.players)

    def _work(self, msg: Any) -> None:
        rigs = rigs_from_msg(msg)
        players = tuple(self.players)
        outputs = [self._ease(p, rigs.header) if p.leaving else self.step(p.stage, rigs) for p in players]
        self._stream.stepped(rigs.header)
        self.health.warning = next((p.stage.problem for p in players if p.stage.problem and not p.leaving), "")
        for player, out in zip(players, outputs, strict=True):
            if out is not None:
                done = StageTime(self._spec.name, int(self.get_clock().now().nanoseconds))
                player.out.rigs.publish(rigs_to_msg(replace(out, stages=(*rigs.stages, done))))
                self.told(player.stage)
        self.health.done(from_time(msg.header.stamp))

    def _ease(self, player: Player[StageT, _Output], header: Header) -> Rigs | None:
        rigs = player.ease(header)
        if player.rests:
            self._rested.trigger()
        return rigs

    def _idle(self) -> None:
        header = self._stream.silent()
        for player in self.players:
            if player.leaving and not self._stream.begun:  # it never moved anything
                player.rests = True
                self._rested.trigger()
            elif header is not None:
                rigs = self._ease(player, header) if player.leaving else player.stage.idle(header)
                if rigs is not None:
                    player.out.rigs.publish(rigs_to_msg(rigs))
