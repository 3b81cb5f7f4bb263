"""The diagnostics of a node, published at 1 Hz and whenever they change."""

from __future__ import annotations

import re
import threading
import time
from collections import deque
from collections.abc import Callable
from functools import partial
from typing import Any, Protocol

import numpy as np
from diagnostic_msgs.msg import DiagnosticArray, DiagnosticStatus, KeyValue
from rclpy.clock import Clock, ClockType
from rclpy.node import Node

from mien.core.errors import MessageError
from mien.graph import DIAGNOSTICS
from mien.ros.qos import advertise
from mien_models import SessionInfo

_PERIOD_NS = 1_000_000_000
_LOOK_S = 0.1
_QUIET_NS = 2_000_000_000
_WINDOW = 600
_NUMBER = re.compile(r"-?\d[\d.e+-]*|\bnan\b|-?\binf\b")
_EARLIEST_MS, _LATEST_MS = -5.0, 60_000.0  # a latency outside of these means that two clocks disagree

OK, WARN, ERROR = DiagnosticStatus.OK, DiagnosticStatus.WARN, DiagnosticStatus.ERROR


class Publishers(Protocol):
    """A Subscription, or what else counts the publishers of a topic."""

    def get_publisher_count(self) -> int: ...


class Health:
    """Counts the work and the failures of a node and publishes them as diagnostics.

    A failure is shown until the next success. A node whose input has no publisher, or gets no
    messages, names this input; `mien doctor` and `mien run` read that.
    """

    def __init__(self, node: Node) -> None:
        self._node = node
        self._lock = threading.Lock()
        self._inputs: dict[str, Publishers] = {}
        self._needed: dict[str, Publishers] = {}
        self._absent: dict[str, Callable[[], str]] = {}
        self._mismatches: dict[str, str] = {}
        self._latency_ms: deque[float] = deque(maxlen=_WINDOW)
        self._times_ns: deque[int] = deque(maxlen=_WINDOW)
        self._values: dict[str, str] = {}
        self._failure: str | None = None
        self._logged: str | None = None
        self.processed = 0
        self.dropped = 0
        self.failed = 0
        self.enabled = True
        self.warning = ""  # what the node cannot do as configured, and the mend
        self.input_problem = ""  # what is wrong with its input, and the mend
        self.networks: Callable[[], tuple[SessionInfo, ...]] = tuple  # the network backends in use
        self._started_ns = time.monotonic_ns()
        self._published: tuple[bytes, str] | None = None
        self._published_ns = 0
        self._publisher = advertise(node, DIAGNOSTICS)
        # Steady time: with use_sim_time and no /clock, ROS time stands still.
        self._timer = node.create_timer(_LOOK_S, self._look, clock=Clock(clock_type=ClockType.STEADY_TIME))

    def watch(
        self, name: str, subscription: Publishers, *, needed: bool = True, absent: Callable[[], str] | None = None
    ) -> None:
        """Watch an input. A needed one without a publisher is reported, in the words that `absent` returns."""
        if absent:
            self._absent[name] = absent
        self._inputs[name] = subscription
        if needed:
            self._needed[name] = subscription

    def mismatch(self, reason: str) -> None:
        """A publisher whose quality of service does not fit."""
        self._mismatches[reason.split(":")[0]] = reason
        self._node.get_logger().warning(reason)

    def set(self, key: str, value: object) -> None:
        """A value to show, for example the backend of a network."""
        with self._lock:
            self._values[key] = str(value)

    def forget(self, key: str) -> None:
        """Show this value no more."""
        with self._lock:
            self._values.pop(key, None)

    def done(self, stamp_ns: int) -> None:
        """One input was handled; `stamp_ns` is its acquisition time."""
        with self._lock:
            self.processed += 1
            self._failure = self._logged = None
            self._times_ns.append(time.monotonic_ns())
            self._latency_ms.append((self._now_ns() - stamp_ns) * 1e-6)

    def drop(self) -> None:
        with self._lock:
            self.dropped += 1

    def fail(self, error: Exception | str) -> None:
        """Report a failure. The same failure is logged only once until another one or a success."""
        if not self._node.context.ok():
            return  # shutting down
        text = str(error) or type(error).__name__
        with self._lock:
            self.failed += 1
            self._failure = text
        kind = _NUMBER.sub("#", text)  # one field that is wrong thirty times a second is one entry
        if kind != self._logged:
            self._logged = kind
            self._node.get_logger().error(text)

    def believed(self, callback: Callable[[Any], None]) -> Callable[[Any], None]:
        """`callback`, of which a message that cannot be believed is a failure and no end of the node."""

        def guarded(msg: Any) -> None:
            try:
                callback(msg)
            except MessageError as e:
                self.fail(e)

        return guarded

    def recover(self) -> None:
        """The failure is over."""
        with self._lock:
            self._failure = None
        self._logged = None

    def publish(self) -> None:
        """Publish the diagnostics now."""
        level, message = self._verdict()
        self._published, self._published_ns = (level, message), time.monotonic_ns()
        status = DiagnosticStatus(
            level=level,
            name=self._node.get_fully_qualified_name(),
            message=message,
            hardware_id=self._values.get("source", ""),
            values=[KeyValue(key=k, value=v) for k, v in self._report().items()],
        )
        array = DiagnosticArray(status=[status])
        array.header.stamp = self._node.get_clock().now().to_msg()
        self._publisher.publish(array)

    def _look(self) -> None:
        if time.monotonic_ns() - self._published_ns >= _PERIOD_NS or self._verdict() != self._published:
            self.publish()

    def _verdict(self) -> tuple[bytes, str]:
        if self._failure:
            return ERROR, self._failure
        if not self.enabled:
            return OK, "paused: ~/enable resumes it"
        if self._clock_stands_still():
            return WARN, "use_sim_time is set, but nobody publishes /clock: start the simulator, or unset it"
        if problem := self.warning or self.input_problem:
            return WARN, problem
        for info in self.networks():
            if info.degraded:
                return WARN, str(info)
        for name, subscription in self._needed.items():
            if not _publishers(subscription):
                absent = self._absent.get(name, partial("no publisher of {}".format, name))
                return WARN, self._mismatches.get(name) or absent()
        now = time.monotonic_ns()
        last = self._times_ns[-1] if self._times_ns else self._started_ns
        if self._needed and not self._times_ns:
            return WARN, f"waiting for {', '.join(self._needed)}"
        if self._needed and now - last > _QUIET_NS:
            return WARN, f"nothing arrives on {', '.join(self._needed)}: a publisher is there but silent"
        return OK, "running" if self._times_ns else "ready"

    def _report(self) -> dict[str, str]:
        with self._lock:
            report = {
                "processed": str(self.processed),
                "dropped": str(self.dropped),
                "failed": str(self.failed),
                "enabled": str(self.enabled).lower(),
            }
            recent = [t for t in self._times_ns if time.monotonic_ns() - t <= 5 * _PERIOD_NS]
            if len(recent) > 1:
                report["rate_hz"] = f"{(len(recent) - 1) / max((recent[-1] - recent[0]) * 1e-9, 1e-9):.1f}"
            if self._latency_ms:
                p50, p99 = np.percentile(np.array(self._latency_ms), (50, 99))
                if _EARLIEST_MS <= p50 <= _LATEST_MS:
                    report["latency_ms_p50"], report["latency_ms_p99"] = f"{p50:.1f}", f"{p99:.1f}"
                else:
                    report["stamps"] = f"not of this clock: {_how_far(p50)}, so that no latency can be told"
            report.update({f"network {i.network}": f"{i.backend} on {i.device} ({i.reason})" for i in self.networks()})
            report.update({f"input {n}": f"{_publishers(s)} publishers" for n, s in self._inputs.items()})
            return report | self._values

    def _now_ns(self) -> int:
        return int(self._node.get_clock().now().nanoseconds)

    def _clock_stands_still(self) -> bool:
        return not self._now_ns()  # simulated time is 0 until /clock comes


def _how_far(ms: float) -> str:
    words = f"{abs(ms):.0f} ms" if abs(ms) < 10_000 else f"{abs(ms) / 8.64e7:.3g} days"
    return f"{words} ahead" if ms < 0 else f"{words} behind"


def _publishers(subscription: Publishers) -> int:
    """Publishers that are matched: found, and of a fitting quality of service."""
    return int(subscription.get_publisher_count())


def values(status: Any) -> dict[str, str]:
    """Key values of a DiagnosticStatus."""
    return {str(v.key): str(v.value) for v in status.values}


def number(text: str | None) -> int:
    """The integer in a diagnostics value; 0 where it is not a number."""
    try:
        return int(float(text or 0))
    except (ValueError, OverflowError):  # a word, inf, nan
        return 0
