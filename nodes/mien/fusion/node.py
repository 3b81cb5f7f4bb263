"""The node `fusion`: Expressions, Affects, Voice and Words to Affects of all of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from typing import Any

from rclpy.node import Node

from mien.core.types import StageTime
from mien.fusion.config import FusionConfig
from mien.fusion.stage import Stage
from mien.graph import AFFECTS, EXPRESSIONS, FUSION, FUSION_NODE, LABELS, VOICE, WORDS
from mien.ros import privacy
from mien.ros.convert import (
    affects_from_msg,
    affects_to_msg,
    expressions_from_msg,
    from_time,
    labels_msg,
    voice_from_msg,
    words_from_msg,
)
from mien.ros.diagnostics import Health
from mien.ros.node import offer_enable, run
from mien.ros.params import bind
from mien.ros.qos import advertise, subscribe
from mien.ros.stage_node import start_stage
from mien.ros.worker import Join, LatestWins


class FusionNode(Node):
    """Latest wins: of the images that arrive during a step, only the newest is kept; no voice or word is dropped."""

    def __init__(self) -> None:
        super().__init__(FUSION_NODE.name)
        withheld = privacy.withheld(self, FUSION_NODE)
        self.health = Health(self)
        config = bind(self, "fusion", FusionConfig, self._reconfigure)
        self._stage: Stage = start_stage(lambda: Stage(config))
        self.health.networks = lambda: self._stage.infos
        self._out = advertise(self, FUSION)
        self._labels = advertise(self, LABELS)
        self._labels.publish(labels_msg())
        self.worker: LatestWins[list[Any]] = LatestWins(
            self._work, fail=self.health.fail, dropped=self.health.drop
        )  # fmt: skip
        offer_enable(self, self.health)
        self._join: Join[Any] = Join(2, self.health.drop)
        for part, topic in enumerate((EXPRESSIONS, AFFECTS)):
            heard = subscribe(self, topic, partial(self._put, part), on_mismatch=self.health.mismatch)
            self.health.watch(topic.name, heard)
        self._listen(VOICE, lambda msg: partial(self._stage.hear, voice_from_msg(msg)))
        if WORDS not in withheld:  # they would come from another process
            self._listen(WORDS, lambda msg: partial(self._stage.read, words_from_msg(msg)))

    def close(self) -> None:
        if worker := getattr(self, "worker", None):
            worker.stop()

    def _listen(self, topic: Any, act: Callable[[Any], Callable[[], None]]) -> None:
        def callback(msg: Any) -> None:
            told = act(msg)
            if self.health.enabled:
                self.worker.call(told)

        heard = subscribe(self, topic, self.health.believed(callback), on_mismatch=self.health.mismatch)
        self.health.watch(topic.name, heard, needed=False)

    def _put(self, part: int, msg: Any) -> None:
        whole = self._join.put(part, from_time(msg.header.stamp), msg)
        if whole is not None and self.health.enabled:
            self.worker.put(whole)

    def _work(self, messages: list[Any]) -> None:
        expressions, affects = expressions_from_msg(messages[0]), affects_from_msg(messages[1])
        value = self._stage.step(expressions, affects)
        now_ns = int(self.get_clock().now().nanoseconds)
        stages = (*affects.stages, StageTime(FUSION_NODE.name, now_ns))
        self._out.publish(affects_to_msg(replace(value, stages=stages)))
        self.health.set("streams", ", ".join(self._stage.used) or "none")
        self.health.done(value.header.stamp_ns)

    def _reconfigure(self, config: FusionConfig) -> None:
        self.worker.call(lambda: self._stage.reconfigure(config))


def main(args: Sequence[str] | None = None) -> int:
    return run(FusionNode, args)
