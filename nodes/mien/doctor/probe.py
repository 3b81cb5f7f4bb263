"""Observes a running graph for `mien doctor`, and looks for mien nodes in other domains.

`python -m mien.doctor.probe DOMAIN…` prints the mien nodes in these domains, as JSON.
"""

from __future__ import annotations

import json
import os
import struct
import subprocess
import sys
import time
from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from statistics import median
from typing import Any

import rclpy
from lifecycle_msgs.srv import GetState
from rcl_interfaces.msg import ParameterType, ParameterValue
from rcl_interfaces.srv import GetParameters
from rclpy.client import Client
from rclpy.context import Context
from rclpy.executors import SingleThreadedExecutor
from rclpy.node import Node
from rclpy.qos import DurabilityPolicy, LivelinessPolicy, QoSProfile, ReliabilityPolicy
from rclpy.signals import SignalHandlerOptions
from rclpy.task import Future
from rclpy.topic_endpoint_info import TopicEndpointInfo

from mien.doctor.snapshot import UNKNOWN, Answers, Endpoint, Heard, Offer, Snapshot, Status, Traffic, resolve, spec_of
from mien.doctor.topics import is_interesting
from mien.graph import DIAGNOSTICS, IMAGE, TOPICS, Qos
from mien.ros import transport
from mien.ros.diagnostics import values
from mien.ros.interrupts import Interrupts
from mien.ros.qos import interface, profile

NAME = "mien_doctor"
_TYPES = frozenset(kind for t in TOPICS for kind in t.types)
_REFRESH_S = 0.2
_CALM_S = 0.6  # discovery counts as complete after this time without a change
_FIND_S = 4.0  # one start in six takes 2.4 to 3 s to find the others
_PROBE_S = 3.5
_PROBE_LIMIT_S = 20.0
_FOREVER_NS = 2**63 - 1
_NAMELESS = "_NODE_NAME_UNKNOWN_"
_STAMP = {0: ">iI", 1: "<iI"}  # after the 4 bytes that say the byte order


def take(namespace: str = "/", seconds: float = 3.0, *, domain: int | None = None, images: bool = True) -> Snapshot:
    """Discover the graph, listen for some seconds, and query the nodes.

    `images`: use mien's shared-memory profile, as its nodes do; it takes 64 MiB of /dev/shm.
    """
    if images:
        transport.tune()
    with Interrupts() as interrupts, _node(namespace, domain) as (node, executor):
        listener = _Listener(node, executor, interrupts, namespace)
        listener.find()
        listener.listen(seconds)
        return listener.take()


def probe(domains: Sequence[int], environ: Mapping[str, str] = os.environ) -> dict[int, list[str]]:
    """mien's nodes in other domains, found by a separate process with a time limit.

    Raises OSError or subprocess.SubprocessError when that process fails.
    """
    env = {k: v for k, v in environ.items() if v not in transport.PROFILES}
    # Discovery needs no shared memory, and so leaves none behind.
    env["FASTDDS_BUILTIN_TRANSPORTS"] = "UDPv4"
    command = [sys.executable, "-m", __name__, *map(str, domains)]
    done = subprocess.run(command, env=env, capture_output=True, text=True, timeout=_PROBE_LIMIT_S, check=True)
    found = json.loads(done.stdout.splitlines()[-1])
    return {int(domain): nodes for domain, nodes in found.items()}


def main(args: Sequence[str]) -> int:
    """Join all domains at once for as long as discovery may take, and print the nodes found."""
    nodes = {}
    for domain in map(int, args):
        context = Context()
        rclpy.init(args=[], context=context, domain_id=domain, signal_handler_options=SignalHandlerOptions.NO)
        nodes[domain] = _bare_node("/", context)
    time.sleep(_PROBE_S)
    print(json.dumps({domain: names for domain, node in nodes.items() if (names := _survey(node, "/").mien)}))
    for node in nodes.values():
        node.destroy_node()
        rclpy.shutdown(context=node.context)
    return 0


class _Listener:
    """Subscribes to topics as they are discovered, with the quality of service that publishers offer."""

    def __init__(self, node: Node, executor: SingleThreadedExecutor, interrupts: Interrupts, namespace: str) -> None:
        self._node = node
        self._executor = executor
        self._interrupts = interrupts
        self._namespace = namespace
        self._seen = _survey(node, namespace)
        self._tallies: dict[str, _Tally] = {}
        self._questions: dict[str, list[_Question]] = {}
        self._statuses: dict[str, Status] = {}
        self._next_refresh = 0.0

    def find(self) -> None:
        """Wait until relevant topics are discovered and the graph no longer changes."""
        settled = _Unchanged()
        end = time.monotonic() + _FIND_S
        while time.monotonic() < end and not (self._is_worth_hearing() and settled(self._seen)):
            self._spin()

    def listen(self, seconds: float) -> None:
        """Listen to every topic for this long, also to those that are discovered late, up to a limit."""
        if not self._is_worth_hearing():
            return
        start = time.monotonic()
        self._node.create_subscription(
            interface(DIAGNOSTICS.type), DIAGNOSTICS.name, self._on_diagnostics, profile(Qos(reliable=False, depth=50))
        )
        latest = start
        while time.monotonic() < min(latest, start + seconds) + seconds:
            self._spin()
            self._subscribe()
            self._ask()
            latest = max((t.start for t in self._tallies.values()), default=start)

    def take(self) -> Snapshot:
        seen = self._seen
        heard = {name: tally.heard() for name, tally in self._tallies.items()}
        topics = {name: replace(traffic, heard=heard.get(name)) for name, traffic in seen.topics.items()}
        answers = {node: _answers(questions) for node, questions in self._questions.items()}
        return replace(seen, topics=topics, statuses=self._statuses, answers=answers)

    def _is_worth_hearing(self) -> bool:
        return bool(self._seen.mien) or any(t.publishers or t.subscribers for _, t in self._seen.topics_in_use())

    def _spin(self) -> None:
        with self._interrupts.delayed():
            self._executor.spin_once(timeout_sec=0.05)
        if time.monotonic() >= self._next_refresh:
            self._seen = _survey(self._node, self._namespace)
            self._next_refresh = time.monotonic() + _REFRESH_S

    def _subscribe(self) -> None:
        for name, traffic in self._seen.topics.items():
            if name in self._tallies or not traffic.publishers or not is_interesting(traffic, self._namespace):
                continue
            kind = traffic.publishers[0].type
            if kind in _TYPES:
                tally = self._tallies[name] = _Tally(kind)
                self._node.create_subscription(interface(kind), name, tally, _fitting(traffic), raw=True)

    def _ask(self) -> None:
        for node in self._seen.here:
            if node not in self._questions:
                self._questions[node] = list(_questions(self._node, node))
            for question in self._questions[node]:
                question.send()

    def _on_diagnostics(self, msg: Any) -> None:
        for status in msg.status:
            now = values(status)
            before = self._statuses.get(status.name)
            level = int.from_bytes(status.level, "big")
            self._statuses[status.name] = Status(level, status.message, now, before.before if before else now)


class _Unchanged:
    """Whether a value has been unchanged for a while."""

    def __init__(self) -> None:
        self._last: object = None
        self._since = time.monotonic()

    def __call__(self, value: object) -> bool:
        now = time.monotonic()
        if value != self._last:
            self._last, self._since = value, now
        return now - self._since >= _CALM_S


class _Tally:
    """Counts the messages of one topic; reads only their stamps."""

    def __init__(self, kind: str) -> None:
        fields = interface(kind).get_fields_and_field_types()
        self._stamped = next(iter(fields.values())) == "std_msgs/Header"
        self.start = time.monotonic()
        self._arrivals: deque[float] = deque(maxlen=10_000)
        self._ages: deque[float] = deque(maxlen=1_000)
        self._lates: deque[float] = deque(maxlen=1_000)
        self._skews: deque[float] = deque(maxlen=1_000)

    def __call__(self, data: bytes, info: Mapping[str, int]) -> None:
        self._arrivals.append(time.monotonic())
        received = info.get("received_timestamp") or time.time_ns()
        published = info.get("source_timestamp") or 0
        if published:
            self._skews.append((received - published) * 1e-9)
        if self._stamped:
            sec, nanosec = struct.unpack_from(_STAMP[data[1] & 1], data, 4)
            stamp = sec * 1_000_000_000 + nanosec
            self._ages.append((received - stamp) * 1e-9)
            if published:
                self._lates.append((published - stamp) * 1e-9)

    def heard(self) -> Heard:
        n = len(self._arrivals)
        span = self._arrivals[-1] - self._arrivals[0] if n > 1 else 0.0
        return Heard(
            count=n,
            seconds=time.monotonic() - self.start,
            rate_hz=(n - 1) / span if span else None,
            age_s=median(self._ages) if self._ages else None,
            late_s=median(self._lates) if self._lates else None,
            skew_s=min(self._skews) if self._skews else None,
        )


class _Question:
    """A service call that is sent once its server is there."""

    def __init__(self, client: Client, request: Any, read: Callable[[Any], Answers]) -> None:
        self._client = client
        self._request = request
        self._read = read
        self._future: Future | None = None

    def send(self) -> None:
        if self._future is None and self._client.service_is_ready():
            self._future = self._client.call_async(self._request)

    @property
    def answer(self) -> Answers | None:
        """None where it was not sent."""
        if self._future is None:
            return None
        return self._read(self._future.result()) if self._future.done() else Answers(alive=False)


def _questions(node: Node, target: str) -> Iterator[_Question]:
    """The lifecycle state of a node, and the parameters that explain what it does."""
    spec = spec_of(target)
    if spec and spec.lifecycle:
        yield _Question(node.create_client(GetState, f"{target}/get_state"), GetState.Request(), _read_state)
    # One request per parameter: an undeclared one would make the whole answer empty.
    for name in ["use_sim_time", *(["graph.privacy"] if spec and "graph" in spec.components else [])]:
        client = node.create_client(GetParameters, f"{target}/get_parameters")
        yield _Question(client, GetParameters.Request(names=[name]), _read_bool(name))


def _read_state(response: Any) -> Answers:
    return Answers(alive=True, state=str(response.current_state.label))


def _read_bool(name: str) -> Callable[[Any], Answers]:
    def read(response: Any) -> Answers:
        (value,) = response.values or (ParameterValue(),)
        known = value.type == ParameterType.PARAMETER_BOOL
        return Answers(alive=True, parameters={name: value.bool_value} if known else {})

    return read


def _answers(questions: Sequence[_Question]) -> Answers:
    """The answers to all questions as one; alive when any was answered."""
    got = [a for q in questions if (a := q.answer)]
    return Answers(
        alive=any(a.alive for a in got) if got else None,
        state=next((a.state for a in got if a.state), ""),
        parameters={k: v for a in got for k, v in a.parameters.items()},
    )


def _survey(node: Node, namespace: str) -> Snapshot:
    """The present graph, without the nodes of this command."""
    names = {resolve(t.name, namespace) for t in TOPICS}
    topics = {
        name: Traffic(
            name,
            tuple(_endpoints(node.get_publishers_info_by_topic(name))),
            tuple(_endpoints(node.get_subscriptions_info_by_topic(name))),
        )
        for name, types in node.get_topic_names_and_types()
        if name in names or _TYPES.intersection(types)
    }
    return Snapshot(
        domain=node.context.get_domain_id(),
        namespace=namespace,
        nodes=tuple(sorted(_full(n, s) for n, s in node.get_node_names_and_namespaces() if n != NAME)),
        topics=topics,
        services=frozenset(name for name, _ in node.get_service_names_and_types()),
        clock=node.count_publishers("/clock") > 0,
    )


def _endpoints(infos: Sequence[TopicEndpointInfo]) -> Iterator[Endpoint]:
    for info in infos:
        if info.node_name != NAME:
            is_known = info.node_name != _NAMELESS
            node = _full(info.node_name, info.node_namespace) if is_known else UNKNOWN
            yield Endpoint(node, info.topic_type, _offer(info.qos_profile), str(info.topic_type_hash))


def _offer(qos: QoSProfile) -> Offer:
    return Offer(
        reliable=qos.reliability == ReliabilityPolicy.RELIABLE,
        latched=qos.durability == DurabilityPolicy.TRANSIENT_LOCAL,
        deadline_ns=_limit(qos.deadline.nanoseconds),
        lease_ns=_limit(qos.liveliness_lease_duration.nanoseconds),
        manual=qos.liveliness == LivelinessPolicy.MANUAL_BY_TOPIC,
    )


def _limit(nanoseconds: int) -> int | None:
    return nanoseconds if 0 < nanoseconds < _FOREVER_NS else None


def _fitting(traffic: Traffic) -> QoSProfile:
    """The strongest quality of service that all publishers offer."""
    offers = [p.offer for p in traffic.publishers]
    heavy = traffic.publishers[0].type in IMAGE.types
    return profile(
        Qos(
            reliable=all(o.reliable for o in offers),
            latched=all(o.latched for o in offers),
            depth=IMAGE.qos.depth if heavy else 100,
        )
    )


def _full(name: str, namespace: str) -> str:
    return f"{namespace.rstrip('/')}/{name}"


def _bare_node(namespace: str, context: Context) -> Node:
    """A node with as few topics and services as possible."""
    return rclpy.create_node(
        NAME,
        namespace=namespace,
        context=context,
        use_global_arguments=False,
        enable_rosout=False,
        start_parameter_services=False,
    )


@contextmanager
def _node(namespace: str, domain: int | None) -> Iterator[tuple[Node, SingleThreadedExecutor]]:
    context = Context()
    rclpy.init(args=[], context=context, domain_id=domain, signal_handler_options=SignalHandlerOptions.NO)
    try:
        node = _bare_node(namespace, context)
        executor = SingleThreadedExecutor(context=context)
        executor.add_node(node)
        try:
            yield node, executor
        finally:
            executor.shutdown()
            node.destroy_node()
    finally:
        rclpy.shutdown(context=context)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
