"""The node `dashboard`: listens to the topics, only while somebody looks, and serves the page."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from rclpy.clock import Clock, ClockType
from rclpy.node import Node
from rclpy.serialization import deserialize_message
from rclpy.timer import Timer

from mien import __version__
from mien.core.graph_config import GraphConfig
from mien.core.names import absolute
from mien.core.types import Intrinsics
from mien.dashboard import avatars, files, wire
from mien.dashboard.access import Access
from mien.dashboard.board import Board
from mien.dashboard.config import DashboardConfig
from mien.dashboard.control import Control
from mien.dashboard.explain import KIND, Explainer
from mien.dashboard.recording import Recording
from mien.dashboard.server import Server
from mien.dashboard.status import Status
from mien.graph import (
    AFFECTS,
    CAMERA_INFO,
    DASHBOARD,
    DIAGNOSTICS,
    FACES,
    IMAGE,
    LABELS,
    NORMALISED,
    RIG_DESCRIPTION,
    RIGS,
    SCHEMA_RIG_DESCRIPTION,
    SCHEMA_RIGS,
    Qos,
    Topic,
)
from mien.report.mesh import tesselation
from mien.retarget.config import RetargetConfig
from mien.retarget.profile import load
from mien.retarget.stage import Stage
from mien.ros import convert, privacy
from mien.ros.diagnostics import Health, values
from mien.ros.images import AsOffered
from mien.ros.node import run
from mien.ros.params import bind
from mien.ros.qos import POLLED, interface, poll, subscribe
from mien_models.spaces import facs

_LOOK_S = 0.2
_LEVELS = {b"\x00": "ok", b"\x01": "warn"}
_RECORDS: Mapping[Topic, Callable[[Any], bytes]] = {
    AFFECTS: lambda msg: wire.affects(convert.affects_from_msg(msg)),
    LABELS: lambda msg: wire.labels(msg.blendshapes, msg.action_units, msg.emotions),
}


def _record_of(topic: Topic) -> Callable[[Any], bytes]:
    """What makes the record of a message."""
    if topic.type == RIGS.type:
        return lambda msg: wire.rigs(convert.rigs_from_msg(msg), topic.name)
    if topic.type == RIG_DESCRIPTION.type:
        return lambda msg: wire.rig_description(convert.rig_description_from_msg(msg), topic.name)
    return _RECORDS[topic]


_LATCHED = (LABELS, RIG_DESCRIPTION)
BODIES = frozenset({"robot10"})  # that the page can draw


class DashboardNode(Node):
    """Everything is taken as bytes, and made into records when a viewer can take them."""

    def __init__(self) -> None:
        super().__init__(DASHBOARD.name)
        graph = bind(self, "graph", GraphConfig)
        self._withheld = privacy.withheld_under(graph, DASHBOARD)
        self._normalised = graph.is_normalised
        self._config = config = bind(self, "dashboard", DashboardConfig)
        self.health = Health(self)
        self.board = Board(self.health.fail)
        self._status = Status()
        self._intrinsics: Intrinsics | None = None
        self._calibration: tuple[bytes, Any] | None = None  # newer than that
        self._live: dict[str, Any] = {}  # subscriptions while somebody looks
        self._takes: dict[str, Callable[[bytes], None]] = {}  # what is polled
        self._polling: Timer | None = None
        self._bodies: dict[str, Stage] = {}  # by schema, where an avatar plays one that nobody publishes
        for topic in _LATCHED:
            subscribe(self, topic, partial(self._take, topic), on_mismatch=self.health.mismatch, raw=True)
        subscribe(self, DIAGNOSTICS, self._on_diagnostics)
        self.board.put("mesh", lambda: wire.mesh(tesselation()))
        self.board.put("nodes", self._status.record)
        explains = FACES not in self._withheld
        self._explainer = Explainer(lambda data: self.board.put(KIND, lambda: data)) if explains else None
        control = config.allow == "control"
        options = ["-p", f'graph.privacy:="{graph.privacy}"'] if self._withheld else []
        options += ["-r", f"__ns:={self.get_namespace()}"]
        self._recording = Recording(Path(config.record_to), options)
        self._control = Control(self, self._recording) if control else None
        access = Access(config.host, control=control, token=os.environ.get("MIEN_DASHBOARD_TOKEN", ""))
        self.server = Server(
            config, access, self.board, files=files.load(), avatars=avatars.SHIPPED, call=self._control,
            hello={
                "version": __version__, "privacy": bool(self._withheld), "normalised": self._normalised,
                "explains": self._explainer is not None,
                "namespace": self.get_namespace(),
                "avatars": list(avatars.SHIPPED), "units": {f"AU{u.code}": u.name for u in facs.ACTION_UNITS},
            },
        )  # fmt: skip
        print(f"the page is at {self.server.url}", flush=True)  # not logged: everybody hears /rosout
        self.get_logger().info("it listens while somebody looks")
        self.create_timer(_LOOK_S, self._look, clock=Clock(clock_type=ClockType.STEADY_TIME))

    def close(self) -> None:
        if server := getattr(self, "server", None):
            server.close()
            self.board.close()
            self._recording.close()
        if explainer := getattr(self, "_explainer", None):
            explainer.close()

    def _look(self) -> None:
        """Listen while somebody looks; tell who has fallen silent."""
        if self._control:
            self._control.tick()
        looked_at = bool(self.board.viewers)
        if looked_at and not self._live:
            self._listen()
        elif not looked_at and self._live:
            self._ignore()
        self._embody(self.board.wanted if looked_at else frozenset())
        if self._status.tick(time.monotonic(), self._present):
            self.board.put("nodes", self._status.record)
        self.health.set("viewers", len(self.board.viewers))
        self.health.dropped = sum(v.dropped for v in self.board.viewers)

    def _listen(self) -> None:
        for topic in (FACES, AFFECTS, RIGS):
            if topic not in self._withheld:
                self._hear(topic)
        if IMAGE not in self._withheld:
            for topic, take in ((IMAGE, self._on_image), (CAMERA_INFO, self._on_camera_info)):
                names = self._image_names() if topic == IMAGE else ()
                self._live[topic.name] = AsOffered(
                    self, topic, take, names=names, kinds=topic.types, depth=1, raw=True, group=POLLED
                )
                self._takes[topic.name] = take
        if self._normalised:
            self._hear(NORMALISED)
        period_s = 1 / self._config.rate_hz
        self._polling = self.create_timer(period_s, self._poll, clock=Clock(clock_type=ClockType.STEADY_TIME))

    def _embody(self, schemas: frozenset[str]) -> None:
        """Listen to the rigs of these schemas; retarget here what nobody publishes, for bodies that the page draws."""
        for schema in schemas:
            published = self.count_publishers(SCHEMA_RIGS.of(schema).name) > 0
            for topic in (SCHEMA_RIGS.of(schema), SCHEMA_RIG_DESCRIPTION.of(schema)):
                if published and topic.name not in self._live:
                    self._hear(topic)
            if published:
                self._bodies.pop(schema, None)
            elif schema in BODIES and schema not in self._bodies:
                self._bodies[schema] = stage = Stage(RetargetConfig(), load(schema))
                name = SCHEMA_RIG_DESCRIPTION.of(schema).name
                self.board.put(name, partial(wire.rig_description, stage.description, name))
        for schema in self._bodies.keys() - schemas:
            del self._bodies[schema]
        heard = {t.of(s).name for t in (SCHEMA_RIGS, SCHEMA_RIG_DESCRIPTION) for s in schemas}
        for name in [n for n in self._live if "/" in n and n not in heard]:
            self._takes.pop(name, None)
            self.destroy_subscription(self._live.pop(name))
            self.board.forget(name)

    def _move(self, data: bytes) -> None:
        """Each body steps with every message, since its speed is limited."""
        rigs = convert.rigs_from_msg(deserialize_message(data, interface(RIGS.type)))
        for schema, stage in self._bodies.items():
            name = SCHEMA_RIGS.of(schema).name
            self.board.put(name, partial(wire.rigs, stage.step(rigs), name))

    def _ignore(self) -> None:
        if self._polling:
            self.destroy_timer(self._polling)
        for subscription in self._live.values():
            if isinstance(subscription, AsOffered):
                subscription.close()
            else:
                self.destroy_subscription(subscription)
        self.board.forget(*self._live)
        self._live, self._takes, self._bodies = {}, {}, {}

    def _image_names(self) -> tuple[str, str]:
        name = self.resolve_topic_name(IMAGE.name)
        return name, f"{name}/compressed"

    def _hear(self, topic: Topic) -> None:
        take, latched = partial(self._take, topic), topic.qos.latched
        qos, group = (topic.listen_qos, None) if latched else (Qos(depth=2), POLLED)
        self._live[topic.name] = subscribe(
            self, topic, take, on_mismatch=self.health.mismatch, qos=qos, raw=True, group=group
        )
        if not latched:
            self._takes[topic.name] = take

    def _poll(self) -> None:
        """Take what has come. A callback for each of these messages would cost three times as much."""
        for name, take in self._takes.items():
            poll(self._live[name], take)

    def _take(self, topic: Topic, data: bytes) -> None:
        kind = interface(topic.type)
        own = {FACES: self._faces, NORMALISED: self._picture}
        make = own.get(topic) or _record_of(topic)
        if topic == RIGS and self._bodies:
            self._move(data)
        if topic == FACES and self._explainer is not None:
            decode = lambda: convert.faces_from_msg(deserialize_message(data, kind))  # noqa: E731
            self._explainer.offer(decode, self.board.explains)
        self.board.put(topic.name, lambda: make(deserialize_message(data, kind)))
        self.health.processed += 1

    def _faces(self, msg: Any) -> bytes:
        if self._calibration is not None:
            self._intrinsics = convert.from_camera_info(deserialize_message(*self._calibration))
            self._calibration = None
        return wire.faces(convert.faces_from_msg(msg), self._intrinsics)

    def _on_image(self, data: bytes) -> None:
        kind = interface(self._live[IMAGE.name].kind)
        self.board.put(IMAGE.name, lambda: self._picture(deserialize_message(data, kind)))

    def _picture(self, msg: Any) -> bytes:
        width, quality = self._config.image_width, self._config.jpeg_quality
        return wire.image(convert.from_header(msg.header), convert.from_image(msg), width=width, quality=quality)

    def _on_camera_info(self, data: bytes) -> None:
        self._calibration = data, interface(CAMERA_INFO.type)

    def _on_diagnostics(self, msg: Any) -> None:
        prefix = f"{absolute('', self.get_namespace()).rstrip('/')}/"
        for status in msg.status:
            name = status.name.removeprefix(prefix)
            if status.name.startswith(prefix) and "/" not in name and name != DASHBOARD.name:
                level = _LEVELS.get(status.level, "error")
                self._status.hear(name, level, status.message, values(status), time.monotonic())
        self.board.put("nodes", self._status.record)

    def _present(self) -> set[str]:
        space = self.get_namespace()
        return {name for name, of in self.get_node_names_and_namespaces() if of == space}


def main(args: Sequence[str] | None = None) -> int:
    return run(DashboardNode, args)
