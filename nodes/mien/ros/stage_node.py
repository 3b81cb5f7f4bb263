"""A node that turns what it hears of one image into one message."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable
from typing import Any

from rclpy.node import Node

from mien.core.errors import StartError
from mien.core.types import StageTime
from mien.graph import LABELS, Node as NodeSpec, Topic
from mien.ros.convert import from_time, labels_msg
from mien.ros.diagnostics import Health
from mien.ros.node import offer_enable
from mien.ros.qos import advertise, subscribe
from mien.ros.worker import Join, LatestWins
from mien_models import ModelError


class StageNode(Node):
    """Latest wins: while an image is worked on, only the newest of those that come is kept.

    `step(messages)` gets one message of each input, all with the stamp of one image, and returns the
    message to publish; `idle` is called while nothing comes and may return one too.
    """

    def __init__(self, spec: NodeSpec, inputs: tuple[Topic, ...], output: Topic) -> None:
        super().__init__(spec.name)
        self.health = Health(self)
        self._inputs = inputs
        self._out = advertise(self, output)
        if LABELS in spec.publishes:
            self._labels = advertise(self, LABELS)
            self._labels.publish(labels_msg())
        offer_enable(self, self.health)

    def start(self) -> None:
        """Begin to listen; the stage must be ready."""
        join: Join[Any] = Join(len(self._inputs), self.health.drop)
        self.worker: LatestWins[list[Any]] = LatestWins(
            self._work, fail=self.health.fail, dropped=self.health.drop, idle=self._idle
        )

        def hear(part: int) -> Callable[[Any], None]:
            def callback(msg: Any) -> None:
                whole = join.put(part, from_time(msg.header.stamp), msg)
                if whole is not None and self.health.enabled:
                    self.worker.put(whole)

            return callback

        for part, topic in enumerate(self._inputs):
            subscription = subscribe(self, topic, hear(part), on_mismatch=self.health.mismatch)
            self.health.watch(topic.name, subscription)

    @abstractmethod
    def step(self, messages: list[Any]) -> Any:
        """The message to publish, of one message of each input."""

    def idle(self) -> Any:
        """A message to publish while no image comes; None = nothing to say."""
        return None

    def now_ns(self) -> int:
        return int(self.get_clock().now().nanoseconds)

    def finish(self, stage: str, before: tuple[StageTime, ...] = ()) -> tuple[StageTime, ...]:
        """The stages so far and this one, finished now."""
        return (*before, StageTime(stage, self.now_ns()))

    def close(self) -> None:
        worker = getattr(self, "worker", None)
        if worker is not None:
            worker.stop()

    def _work(self, messages: list[Any]) -> None:
        self._out.publish(self.step(messages))
        self.health.done(from_time(messages[0].header.stamp))

    def _idle(self) -> None:
        message = self.idle() if self.health.enabled else None
        if message is not None:
            self._out.publish(message)


def opened(open_stage: Callable[[], Any]) -> Any:
    """The stage that `open_stage` makes. Raises StartError when a model is missing."""
    try:
        return open_stage()
    except ModelError as e:
        raise StartError(str(e)) from e
