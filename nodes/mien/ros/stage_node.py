"""A node that runs one stage: it joins the inputs of one image, steps the stage, and publishes its output."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from rclpy.node import Node

from mien.core.errors import StartError
from mien.core.schemas import ARKIT52
from mien.core.stage import FRAME, spec_of
from mien.core.types import StageTime
from mien.graph import LABELS, PARAMETERS, RIG_DESCRIPTION, STAGE_TOPICS, Topic, node_of
from mien.ros import convert, privacy
from mien.ros.diagnostics import Health
from mien.ros.heard import HeardService
from mien.ros.images import ImageInput
from mien.ros.node import offer_enable
from mien.ros.params import bind, told
from mien.ros.qos import advertise, subscribe
from mien.ros.worker import Join, LatestWins
from mien_models import ModelError

LATCHED: dict[Topic, Callable[[], Any]] = {
    LABELS: convert.labels_msg,
    RIG_DESCRIPTION: lambda: convert.rig_description_to_msg(ARKIT52),
}


def publish_latched(publishers: Mapping[Topic, Any]) -> None:
    """Publish the names of the values once, on the latched topics among `publishers`."""
    for topic, make in LATCHED.items():
        if topic in publishers:
            publishers[topic].publish(make())


class StageNode(Node):
    """Latest wins: of the images that arrive during a step, only the newest is kept.

    Topics, parameters and services follow from the row of the stage in `mien.core.stage`. A subclass may override
    `stepped`, which is called with every output, and `idle`, which may give an output while no image comes; it
    calls `listen` when it is ready.
    """

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self._spec = spec_of(name)
        privacy.withheld(self, node_of(name))
        self.health = Health(self)
        self._out = advertise(self, STAGE_TOPICS[name])
        self._latched = {t: advertise(self, t) for t in node_of(name).publishes if t in LATCHED}
        publish_latched(self._latched)
        self.heard = HeardService(self, [self._out])
        self._settings = advertise(self, PARAMETERS)
        self._last_ns = 0  # stamp of the last output
        config = bind(self, name, self._spec.config, self._reconfigure)
        self.stage = start_stage(lambda: self._spec.stage(config))
        self._settings.publish(told(self, {name: config}))
        self.health.networks = lambda: self.stage.infos
        self.worker: LatestWins[list[Any]] = LatestWins(
            self._work, fail=self.health.fail, dropped=self.health.drop, idle=self._idle
        )
        offer_enable(self, self.health)
        if type(self) is StageNode:
            self.listen()

    def listen(self) -> None:
        """Subscribe to the inputs."""
        join: Join[Any] = Join(len(self._spec.inputs), self.health.drop)

        def hear(part: int) -> Callable[[Any], None]:
            def callback(msg: Any) -> None:
                self._put(join.put(part, convert.from_time(msg.header.stamp), msg))

            return callback

        for part, name in enumerate(self._spec.inputs):
            if name == FRAME:
                self._images = ImageInput(self, self.health, self.heard, lambda get: self._put([get]))
            else:
                topic = STAGE_TOPICS[name]
                subscription = subscribe(self, topic, hear(part), on_mismatch=self.health.mismatch)
                self.health.watch(topic.name, subscription)

    def _put(self, whole: list[Any] | None) -> None:
        if whole is not None and self.health.enabled:
            self.worker.put(whole)

    def stepped(self, value: Any) -> None:
        """Called with every output of the stage."""

    def idle(self) -> Any:
        """An output while no image comes, or while the node is paused; None = none."""
        return None

    def now_ns(self) -> int:
        return int(self.get_clock().now().nanoseconds)

    def close(self) -> None:
        worker = getattr(self, "worker", None)
        if worker is not None:
            worker.stop()

    def _work(self, messages: list[Any]) -> None:
        values = [
            message() if name == FRAME else convert.from_msg(name, message)
            for name, message in zip(self._spec.inputs, messages, strict=True)
        ]
        before = getattr(values[-1], "stages", None) or (StageTime("camera", self.now_ns()),)
        value = self.stage.step(*values)
        self.health.warning = self.stage.problem
        self.stepped(value)
        self._publish(replace(value, stages=(*before, StageTime(self._spec.name, self.now_ns()))))
        self.health.done(value.header.stamp_ns)

    def _publish(self, value: Any) -> None:
        self._last_ns = value.header.stamp_ns
        self._out.publish(convert.to_msg(self._spec.name, value))

    def _idle(self) -> None:
        value = self.idle()
        if value is not None:
            self._publish(value)

    def _reconfigure(self, config: Any) -> None:
        def change() -> None:
            self.stage.reconfigure(config)
            self._settings.publish(told(self, {self._spec.name: config}, self._last_ns))

        self.worker.call(change)


def start_stage(open_stage: Callable[[], Any]) -> Any:
    """The stage that `open_stage` returns. Raises StartError if a network is missing."""
    try:
        return open_stage()
    except ModelError as e:
        raise StartError(str(e)) from e
