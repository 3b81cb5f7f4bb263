"""`mien doctor` on real graphs, each in a domain of its own."""

from __future__ import annotations

import json
import random
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import pytest
import rclpy
from rclpy.executors import SingleThreadedExecutor
from rclpy.node import Node
from rclpy.signals import SignalHandlerOptions

from mien.cli.doctor import node_checks, topic_checks
from mien.core.types import Header
from mien.doctor import probe as doctor
from mien.doctor.domains import check_mute, domains_used, processes_in
from mien.doctor.finding import Finding, Level, examine
from mien.doctor.nodes import check_presence
from mien.doctor.snapshot import Snapshot
from mien.graph import (
    AFFECTS,
    CAMERA,
    DIAGNOSTICS,
    EXPRESSIONS,
    FACES,
    IMAGE,
    PROFILES,
    RIGS,
    Node as NodeSpec,
    Qos,
    Topic,
)
from mien.ros.convert import to_header
from mien.ros.diagnostics import Health
from mien.ros.node import offer_enable
from mien.ros.qos import interface, profile

pytestmark = pytest.mark.ros
BEST_EFFORT = Qos(reliable=False)
LIMIT_S = 10.0
RATE_HZ = 25.0


def free_domain() -> int:
    """A domain that nobody on this machine is in."""
    return random.choice([d for d in range(12, 100) if d not in domains_used()])


@pytest.fixture(autouse=True)
def domain(monkeypatch: pytest.MonkeyPatch) -> int:
    number = free_domain()
    monkeypatch.setenv("ROS_DOMAIN_ID", str(number))
    monkeypatch.setenv("ROS_AUTOMATIC_DISCOVERY_RANGE", "LOCALHOST")
    return number


class Peers:
    """Nodes of one process, which publish empty messages and answer as mien's do."""

    def __init__(self, domain: int) -> None:
        self._context = rclpy.Context()
        rclpy.init(args=[], context=self._context, domain_id=domain, signal_handler_options=SignalHandlerOptions.NO)
        self._executor = SingleThreadedExecutor(context=self._context)
        self._nodes: list[Node] = []
        self._thread: threading.Thread | None = None
        self._stop = threading.Event()

    def node(self, name: str, namespace: str = "/") -> Node:
        node = rclpy.create_node(name, namespace=namespace, context=self._context)
        self._nodes.append(node)
        self._executor.add_node(node)
        return node

    def stage(self, spec: NodeSpec, namespace: str = "/") -> Node:
        """A node that does what the graph says of it, to all appearances."""
        node = self.node(spec.name, namespace)
        health = Health(node)
        offer_enable(node, health)
        for topic in spec.subscribes:
            listen(node, topic)
        for topic in spec.publishes:
            publish(node, topic)
        node.create_timer(1 / RATE_HZ, lambda: health.done(node.get_clock().now().nanoseconds))
        return node

    def start(self) -> None:
        self._thread = threading.Thread(target=self._spin)
        self._thread.start()

    def close(self) -> None:
        self._stop.set()
        if self._thread:
            self._thread.join()
        self._executor.shutdown()
        for node in self._nodes:
            node.destroy_node()
        rclpy.shutdown(context=self._context)

    def _spin(self) -> None:
        while not self._stop.is_set():
            self._executor.spin_once(timeout_sec=0.05)


def publish(node: Node, topic: Topic, qos: Qos | None = None, rate_hz: float = RATE_HZ) -> None:
    """Publish empty messages with the stamp of now; a latched one once."""
    kind = interface(topic.type)
    publisher = node.create_publisher(kind, topic.name, profile(qos or topic.qos))
    if topic.qos.latched:
        publisher.publish(kind())
    else:
        stamp = node.get_clock().now
        node.create_timer(1 / rate_hz, lambda: publisher.publish(kind(header=_header(stamp().nanoseconds))))


def listen(node: Node, topic: Topic, qos: Qos | None = None) -> None:
    node.create_subscription(interface(topic.type), topic.name, lambda msg: None, profile(qos or topic.listen_qos))


def _header(stamp_ns: int) -> object:
    return to_header(Header(stamp_ns))


@pytest.fixture
def peers(domain: int) -> Iterator[Peers]:
    peers = Peers(domain)
    yield peers
    peers.close()


def examined(snapshot: Snapshot) -> dict[str, list[Finding]]:
    """What is found of a graph, by subject."""
    found: dict[str, list[Finding]] = {}
    for finding in [*check_presence(snapshot), *examine(node_checks(snapshot)), *examine(topic_checks(snapshot))]:
        found.setdefault(finding.subject, []).append(finding)
    return found


def failures(findings: Iterable[Finding]) -> list[Finding]:
    return [f for f in findings if f.level == Level.FAIL]


def command(*arguments: str) -> tuple[int, list[dict[str, str]]]:
    """Exit code and findings of `mien doctor --json`."""
    done = subprocess.run(
        [sys.executable, "-m", "mien.cli", "doctor", "--json", *arguments],
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert done.returncode in (0, 1), done.stderr
    return done.returncode, json.loads(done.stdout)["findings"]


def test_a_healthy_graph(peers: Peers) -> None:
    for spec in PROFILES["split"]:
        peers.stage(spec)
    peers.start()

    snapshot = doctor.take(seconds=2)
    found = examined(snapshot)

    assert not failures(f for findings in found.values() for f in findings)
    assert [snapshot.short(n) for n in snapshot.here] == sorted(s.name for s in PROFILES["split"])
    for topic in (IMAGE, FACES, EXPRESSIONS, AFFECTS, RIGS):
        heard = snapshot.topics[f"/{topic.name}"].heard
        assert heard is not None
        assert heard.rate_hz == pytest.approx(RATE_HZ, rel=0.3)
        assert heard.age_s == pytest.approx(0, abs=0.5)
        assert heard.skew_s == pytest.approx(0, abs=0.5)
    assert "latched, received" in found["/labels"][0].seen
    assert found["faces"][0].seen.startswith("running")
    assert DIAGNOSTICS.name not in found


def test_an_unfitting_quality_of_service(peers: Peers) -> None:
    publish(peers.stage(CAMERA), FACES, BEST_EFFORT)
    listen(peers.node("viewer"), FACES)
    peers.start()

    findings = examined(doctor.take(seconds=1))["/faces"]

    assert any("Hz" in f.seen for f in findings)  # we ask for no more than is offered
    (misfit,) = failures(findings)
    assert misfit.seen == "camera offers best effort, viewer asks for reliable: nothing passes between them"
    assert "qos_overrides./faces.publisher.reliability:=reliable" in misfit.mend


def test_a_publisher_that_says_nothing(peers: Peers) -> None:
    driver = peers.node("usb_cam")
    driver.create_publisher(interface(IMAGE.type), IMAGE.name, profile(IMAGE.qos))
    listen(peers.node("viewer"), IMAGE)
    peers.start()

    (silent,) = examined(doctor.take(seconds=1))["/image_raw"]

    assert silent.level == Level.FAIL
    assert silent.seen.startswith("usb_cam → viewer · silent")


def test_no_publisher_at_all(peers: Peers) -> None:
    peers.stage(next(s for s in PROFILES["split"] if s.name == "rigs"))
    peers.start()

    missing = examined(doctor.take(seconds=1))["/faces"][0]

    assert missing.level == Level.FAIL
    assert missing.seen == "nobody publishes it to rigs"


def test_a_node_that_hangs(peers: Peers) -> None:
    peers.stage(next(s for s in PROFILES["split"] if s.name == "faces"))
    # Never spun: it is found, but neither publishes nor answers.

    found = examined(doctor.take(seconds=1))

    (hangs,) = failures(found["nodes"])
    assert hangs.seen.startswith("faces: found, but nothing comes")
    assert found["/faces"][0].seen.endswith("faces does not answer")


def test_another_namespace(peers: Peers) -> None:
    for spec in PROFILES["split"]:
        peers.stage(spec, "/lab")
    peers.start()

    (finding,) = examined(doctor.take(seconds=1))["namespace"]
    _, at_home = command("--seconds", "1", "--namespace", "lab")

    assert finding.level == Level.FAIL
    assert "mien doctor --namespace lab" in finding.mend
    assert "Hz" in next(f["seen"] for f in at_home if f["subject"] == "/lab/faces")
    assert not [f for f in at_home if f["section"] in ("nodes", "topics") and f["level"] == "fail"]


def test_another_domain(domain: int) -> None:
    other = free_domain()
    peers = Peers(other)
    try:
        for spec in PROFILES["split"]:
            peers.stage(spec)
        peers.start()
        code, findings = command("--seconds", "1")
    finally:
        peers.close()

    elsewhere = next(f for f in findings if f["subject"] == "domain")
    assert code == 1
    assert elsewhere["level"] == "fail"
    assert f"{other} (/affects, " in elsewhere["seen"]
    assert f"not in {domain}" in elsewhere["seen"]


def test_nothing_runs() -> None:
    _, findings = command("--seconds", "1")

    said = [f for f in findings if f["section"] == "nodes"]
    assert [f["subject"] for f in said] in (["nodes"], ["domain"])  # others may run graphs on this machine
    assert not [f for f in findings if f["section"] == "topics"]


def test_a_stopped_process(domain: int, tmp_path: Path) -> None:
    script = tmp_path / "peer.py"
    script.write_text("import rclpy\nrclpy.init()\nnode = rclpy.create_node('peer')\nrclpy.spin(node)\n")
    peer = subprocess.Popen([sys.executable, str(script)])
    try:
        until(lambda: any(p.pid == peer.pid for p in processes_in(domain)))
        peer.send_signal(signal.SIGSTOP)
        until(lambda: any(p.stopped for p in processes_in(domain)))

        (finding,) = check_mute(Snapshot(domain=domain), processes_in(domain))
    finally:
        peer.send_signal(signal.SIGCONT)
        peer.send_signal(signal.SIGINT)
        peer.wait(LIMIT_S)

    assert finding.level == Level.FAIL
    assert finding.mend == f"kill -CONT {peer.pid}"


def until(condition: Callable[[], object]) -> None:
    """Ask until it is so; fails after the limit."""
    end = time.monotonic() + LIMIT_S
    while not condition():
        assert time.monotonic() < end
        threading.Event().wait(0.02)
