"""Writes the topics of the graph to an MCAP bag."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path

from rclpy.node import Node
from rclpy.subscription import Subscription

from mien.bags.about import about
from mien.bags.config import BagsConfig
from mien.bags.record import BagWriter
from mien.bags.recorder import Channel, Recorder
from mien.core.errors import BagError, ConfigError
from mien.graph import CAMERA_INFO, IMAGE, RECORDER, RIGS, Qos, Topic
from mien.ros import privacy
from mien.ros.diagnostics import Health
from mien.ros.images import AsOffered
from mien.ros.node import run
from mien.ros.params import bind
from mien.ros.qos import subscribe

_DEPTH = 500  # results keep arriving while the process is not scheduled
_IMAGE_DEPTH = 10
_REPORT_S = 0.25


class RecorderNode(Node):
    """Record every result, and images where asked for."""

    def __init__(self) -> None:
        super().__init__(RECORDER.name)
        self._withheld = privacy.withheld(self, RECORDER)
        self._config = bind(self, "bags", BagsConfig)
        if self._withheld and self._config.images != "none":
            raise ConfigError(f"bags.images: {self._config.images}, but graph.privacy keeps images out; set it to none")
        self.path = Path(self._config.path).expanduser()
        self.health = Health(self)
        try:
            writer = BagWriter(self.path, about())
        except BagError as error:
            raise ConfigError(f"bags.path: {error}") from error
        self.recorder = Recorder(writer, self.health.fail)
        self._listening = [self._listen(topic) for topic in self._topics()]
        self.create_timer(_REPORT_S, self._report)

    def _topics(self) -> list[Topic]:
        topics = [t for t in RECORDER.subscribes if t not in self._withheld]
        return [t for t in topics if t != IMAGE or self._config.images != "none"]

    def _listen(self, topic: Topic) -> tuple[Subscription | AsOffered, Channel]:
        jpeg = topic == IMAGE and self._config.images == "jpeg"
        channel = Channel(
            topic.name,
            self.resolve_topic_name(topic.name),
            topic.type,
            topic.qos,
            self._config.jpeg_quality if jpeg else 0,
        )
        ask = topic.listen_qos
        depth = _IMAGE_DEPTH if topic == IMAGE else _DEPTH
        take = partial(self._take, channel)
        subscription: Subscription | AsOffered
        if topic in (IMAGE, CAMERA_INFO):  # perhaps of somebody else's driver
            subscription = AsOffered(self, topic, take, depth=depth, raw=True)
        else:
            qos = Qos(ask.reliable, ask.latched, depth)
            subscription = subscribe(self, topic, take, on_mismatch=self.health.mismatch, qos=qos, raw=True)
        self.health.watch(topic.name, subscription, needed=topic == RIGS)
        return subscription, channel

    def _take(self, channel: Channel, data: bytes, info: Mapping[str, int]) -> None:
        received_ns = info["received_timestamp"] or self.get_clock().now().nanoseconds
        self.recorder.put(channel, data, received_ns, info["source_timestamp"])
        if not self.recorder.failure:
            self.health.done(received_ns)

    def _report(self) -> None:
        health, recorder = self.health, self.recorder
        health.dropped = sum(recorder.dropped.values())
        health.set("bag", self.path)
        health.set("bytes", recorder.size_bytes)
        health.set("waiting", recorder.waiting)
        for subscription, channel in self._listening:
            # Whoever starts a source waits until its recorder hears all that is published.
            health.set(f"input {channel.name}", f"{subscription.get_publisher_count()} publishers")
        for topic, n in recorder.counts.items():
            health.set(f"messages {topic}", n)
        for topic, n in dict(recorder.dropped).items():
            health.set(f"dropped {topic}", n)

    def close(self) -> None:
        """Record what has arrived and was not yet taken, then close the bag."""
        for subscription, channel in self._listening:
            with subscription.handle:
                while (taken := subscription.handle.take_message(subscription.msg_type, True)) is not None:
                    self._take(channel, *taken)
        self.recorder.close()
        if not self.recorder.failure:
            n, mib = sum(self.recorder.counts.values()), self.recorder.size_bytes / 2**20
            print(f"recorded {n} messages, {mib:.1f} MiB, in {self.path}", flush=True)


def main(args: Sequence[str] | None = None) -> int:
    return run(RecorderNode, args)
