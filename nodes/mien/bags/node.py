"""Writes the topics of the graph to an MCAP bag."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path

from rclpy.node import Node
from rclpy.subscription import Subscription
from rosbags.typesys import TypesysError

from mien.bags.about import about
from mien.bags.config import BagsConfig
from mien.bags.record import BagWriter, typestore
from mien.bags.recorder import Channel, Recorder
from mien.bags.video import require_pyav
from mien.core.errors import BagError, ConfigError
from mien.core.names import is_name
from mien.graph import CAMERA_INFO, IMAGE, PRIVATE, RECORDER, RIGS, TOPICS, Qos, Topic
from mien.ros import privacy
from mien.ros.diagnostics import Health
from mien.ros.images import AsOffered
from mien.ros.node import run
from mien.ros.params import bind
from mien.ros.qos import interface, subscribe

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
        c = self._config
        ours, self._others = chosen(c.topics, [t for t in RECORDER.subscribes if t not in self._withheld])
        try:
            if c.images == "h264":
                require_pyav("bags.images: h264")
            writer = BagWriter(
                self.path, about(), compression="" if c.compression == "none" else c.compression,
                split_bytes=c.split_mb * 1_000_000, split_ns=round(c.split_s * 1e9),
            )  # fmt: skip
        except BagError as error:
            raise ConfigError(f"bags.path: {error}" if "H.264" not in str(error) else str(error)) from error
        self.recorder = Recorder(
            writer, self.health.fail, queue_bytes=c.queue_mb * 1_000_000, min_free_bytes=c.min_free_mb * 1_000_000
        )
        try:
            self._listening = [self._listen(t) for t in ours if t != IMAGE or c.images != "none"]
            self.create_timer(_REPORT_S, self._report)
        except BaseException:  # Ctrl-C too: there is no node yet that is closed
            self.recorder.close()
            raise

    def _look_for_others(self) -> None:
        """Topics of others are recorded once somebody publishes them: only then is their type known."""
        there = dict(self.get_topic_names_and_types()) if self._others else {}
        for name in [n for n in self._others if self.resolve_topic_name(n) in there]:
            kind = there[self.resolve_topic_name(name)][0]
            self._others.remove(name)
            try:
                interface(kind)
                typestore().generate_msgdef(kind, ros_version=2)
            except (ImportError, AttributeError, KeyError, TypesysError):
                self.health.fail(f"{name} is not recorded: the definition of {kind} is not known here")
                continue
            self._listening.append(self._listen(Topic(name, kind, "", Qos())))

    def _listen(self, topic: Topic) -> tuple[Subscription | AsOffered, Channel]:
        form = self._config.images if topic == IMAGE else ""
        channel = Channel(
            topic.name,
            self.resolve_topic_name(topic.name),
            topic.type,
            topic.qos,
            self._config.jpeg_quality if form == "jpeg" else 0,
            self._config.h264_crf if form == "h264" else None,
        )
        ask = topic.listen_qos
        depth = _IMAGE_DEPTH if topic == IMAGE else _DEPTH
        take = partial(self._take, channel)
        subscription: Subscription | AsOffered
        if topic in (IMAGE, CAMERA_INFO) or topic not in TOPICS:  # perhaps of somebody else's driver
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
        self._look_for_others()
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


def chosen(text: str, ours: Sequence[Topic]) -> tuple[list[Topic], list[str]]:
    """The topics of the graph that are asked for, and the names of others; all of the graph where nothing is asked.

    Raises ConfigError for a name that no topic can have, or that of a topic which is withheld.
    """
    asked = [name.strip() for name in text.split(",") if name.strip()]
    known = {t.name: t for t in ours}
    others = [name for name in asked if name not in known]
    for name in others:
        if not is_name(name):
            raise ConfigError(f"bags.topics: {name!r} is no topic; for example rigs,affects,/tf")
        if name.lstrip("/") in {t.name for t in PRIVATE}:
            raise ConfigError(f"bags.topics: {name}, but graph.privacy keeps it in the process; leave it out")
    return [known[name] for name in asked if name in known] if asked else list(ours), others


def main(args: Sequence[str] | None = None) -> int:
    return run(RecorderNode, args)
