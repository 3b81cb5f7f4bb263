"""The node `bridges`: sends faces from the graph to avatars and robots, and faces from headsets to the graph."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from typing import Any

from rcl_interfaces.msg import SetParametersResult
from rclpy.node import Node
from rclpy.parameter import Parameter

from mien.bridges.base import Counters, Heard, Home
from mien.bridges.config import PAUSE, BridgesConfig
from mien.bridges.hub import Hub
from mien.bridges.registry import BridgeSpec, chosen
from mien.bridges.watch import Watch
from mien.core.errors import BridgeError, ConfigError
from mien.core.schemas import ARKIT52
from mien.core.types import StageTime
from mien.graph import AFFECTS, BRIDGES, EXPRESSIONS, FACES, IMAGE, LABELS, RIG_DESCRIPTION, RIGS, Topic
from mien.ros import convert, privacy
from mien.ros.diagnostics import Health
from mien.ros.node import offer_enable, run
from mien.ros.params import bind
from mien.ros.qos import advertise, subscribe

_TICK_S = 1 / 30
_REPORT_S = 0.5
_FROM: dict[Topic, Callable[[Any], Any]] = {
    FACES: convert.faces_from_msg,
    EXPRESSIONS: convert.expressions_from_msg,
    AFFECTS: convert.affects_from_msg,
    IMAGE: lambda msg: msg,
}


class BridgesNode(Node):
    """Runs the bridges of `bridges.to`."""

    def __init__(self) -> None:
        super().__init__(BRIDGES.name)
        self._withheld = privacy.withheld(self, BRIDGES)
        config = bind(self, "bridges", BridgesConfig, self._reconfigure)
        try:
            specs = chosen(config.to)
        except BridgeError as e:
            raise ConfigError(f"bridges.to: {e}") from e
        if not specs:
            raise ConfigError("bridges.to: names no bridge; `mien bridges list` names them all")
        self._names = frozenset(spec.name for spec in specs)
        self._check_pause(config.pause)
        self.health = Health(self)
        offer_enable(self, self.health)
        self.hub = Hub(config, self.health.fail)
        for spec in specs:
            self._open(spec)
        self.hub.pause(_listed(config.pause))
        self.add_on_set_parameters_callback(self._check)
        self._listen(specs)
        self._out = {t: advertise(self, t) for spec in specs for t in spec.publishes if t in (EXPRESSIONS, RIGS)}
        if RIGS in self._out:
            self._latched = [advertise(self, t) for t in (LABELS, RIG_DESCRIPTION)]
            self._latched[0].publish(convert.labels_msg())
            self._latched[1].publish(convert.rig_description_to_msg(ARKIT52))
        self.create_timer(_TICK_S, self._tick)
        self.create_timer(_REPORT_S, self._report)
        self._came = self.create_guard_condition(self._tick)
        self._watch = Watch(self.hub.filenos, self._came.trigger)

    def close(self) -> None:
        if watch := getattr(self, "_watch", None):
            watch.close()
        if hub := getattr(self, "hub", None):
            hub.close()

    def _open(self, spec: BridgeSpec) -> None:
        config = bind(self, spec.name, spec.config, partial(self.hub.reconfigure, spec.name))
        bridge = spec.open(config, Home(Counters(spec.address), self, self._withheld))
        self.hub.add(spec.name, bridge, tuple(t.name for t in spec.hears))

    def _reconfigure(self, config: BridgesConfig) -> None:
        self.hub.pause(_listed(config.pause))
        self._report()
        self.health.publish()

    def _check(self, changes: list[Parameter]) -> SetParametersResult:
        """Refuse to pause what does not run."""
        try:
            for change in changes:
                if change.name == PAUSE and isinstance(change.value, str):
                    self._check_pause(change.value)
        except ConfigError as e:
            return SetParametersResult(successful=False, reason=str(e))
        return SetParametersResult(successful=True)

    def _check_pause(self, names: str) -> None:
        if strange := sorted(_listed(names) - self._names):
            there = ", ".join(sorted(self._names))
            raise ConfigError(f"{PAUSE}: {', '.join(strange)} does not run here; there is {there}")

    def _listen(self, specs: Sequence[BridgeSpec]) -> None:
        needed = any(b.schema for b in self.hub.bridges.values())
        self._hear(RIGS, self._on_rigs, needed=needed)
        self._hear(RIG_DESCRIPTION, lambda msg: self.hub.describe(convert.rig_description_from_msg(msg)))
        for topic in dict.fromkeys([FACES, *(t for s in specs for t in s.hears if t in _FROM)]):
            if topic not in self._withheld:
                self._hear(topic, partial(self._on, topic))

    def _hear(self, topic: Topic, callback: Callable[[Any], None], needed: bool = False) -> None:
        subscription = subscribe(self, topic, self.health.believed(callback), on_mismatch=self.health.mismatch)
        self.health.watch(topic.name, subscription, needed=needed)

    def _on_rigs(self, msg: Any) -> None:
        if self.health.enabled:
            self.hub.rigs(convert.rigs_from_msg(msg), time.monotonic())
            self.health.done(convert.from_time(msg.header.stamp))

    def _on(self, topic: Topic, msg: Any) -> None:
        if self.health.enabled:
            self.hub.hear(topic.name, _FROM[topic](msg))

    def _tick(self) -> None:
        self.hub.tick(time.monotonic())
        for heard in self.hub.read():
            self._publish(heard)
        self._watch.handled()

    def _publish(self, heard: Heard) -> None:
        if not self.health.enabled:
            return
        stages = (StageTime(BRIDGES.name, int(self.get_clock().now().nanoseconds)),)
        self._out[EXPRESSIONS].publish(convert.expressions_to_msg(replace(heard.expressions, stages=stages)))
        self._out[RIGS].publish(convert.rigs_to_msg(replace(heard.rigs, stages=stages)))

    def _report(self) -> None:
        waits: dict[str, str] = {}
        for name, report in self.hub.report().items():
            for key, value in report.items():
                self.health.set(f"bridge {name} {key}", value)
            for gone in {"waits", "error", "asked", "last_s", "paused"} - report.keys():
                self.health.set(f"bridge {name} {gone}", "")
            if "waits" in report:
                waits[name] = report["waits"]
        if len(set(waits.values())) > 1:  # each says why in a value of its own, and to `mien doctor`
            self.health.warning = f"nothing moves by {', '.join(waits)}"
        else:
            self.health.warning = f"{', '.join(waits)}: {next(iter(waits.values()))}" if waits else ""


def _listed(names: str) -> frozenset[str]:
    return frozenset(n.strip() for n in names.split(",") if n.strip())


def main(args: Sequence[str] | None = None) -> int:
    return run(BridgesNode, args)
