"""What bridges cost: the delay that each adds, and the share of a core that many take.

    python tests/bench/bridges.py [out/bench/bridges.json]

`added_ms`: from a rigs message in the hands of the hub to its last packet in the hands of a program on
this computer, over loopback. `cpu_share`: of one core, at 30 faces a second: of each bridge alone, of
all of them, and of twenty; with `message`, what a ROS message costs to read once, whoever takes it.
Receivers run in a process of their own and are not counted.
"""

from __future__ import annotations

import json
import multiprocessing
import select
import socket
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timezone
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parent))
from run import commit, machine, spread, versions

from mien.bridges.base import Counters, Home
from mien.bridges.config import BridgesConfig
from mien.bridges.hub import Hub
from mien.bridges.registry import find
from mien.core.geometry import exponential
from mien.core.types import Header, Rig, Rigs, RigState
from mien_models.spaces import arkit

RATE_HZ, SECONDS, ROUNDS = 30, 10.0, 300
MANY = 20
# Those that go over a socket; what speaks ROS is measured with ROS.
NAMES = ("vmc", "openseeface", "ifacialmocap", "phone", "vtube_studio", "vrchat", "livelink")


def face(t: float) -> Rigs:
    """A person who talks and looks around, so that every value changes."""
    phase = np.arange(52) * 0.7
    weights = (0.3 + 0.3 * np.sin(2 * np.pi * 0.5 * t + phase)).astype(np.float32)
    head = exponential(np.array([0.1, 0.2, 0.3]) * np.sin(2 * np.pi * 0.3 * t))
    gaze = np.full((2, 2), 0.2 * np.sin(t), np.float32)
    rig = Rig(1, RigState.TRACKED, arkit.SCHEMA, weights, head, gaze, np.ones(7, np.float32), np.zeros(7, np.uint8))
    return Rigs(Header(int(t * 1e9) + 1_000_000_000, "camera"), (rig,))


def receive(ports: int, pipe: Connection) -> None:
    """A process that listens: UDP ports, and a VTube Studio that says yes to everything."""
    socks = [socket.socket(socket.AF_INET, socket.SOCK_DGRAM) for _ in range(ports)]
    for s in socks:
        s.bind(("127.0.0.1", 0))
    from websockets.sync.server import serve

    last = [0]

    def studio(ws: Any) -> None:
        for message in ws:
            last[0] = time.monotonic_ns()
            asked = json.loads(message)
            data: dict[str, Any] = {"authenticationToken": "x", "authenticated": True, "defaultParameters": []}
            ws.send(json.dumps({"requestID": asked["requestID"], "messageType": "Response", "data": data}))

    server = serve(studio, "127.0.0.1", 0)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    pipe.send([s.getsockname()[1] for s in socks] + [server.socket.getsockname()[1]])
    while True:
        ready, _, _ = select.select([*socks, pipe], (), ())
        now = time.monotonic_ns()
        for s in ready:
            if s is not pipe:
                s.recv(65536)
                last[0] = now
        if pipe in ready:
            if pipe.recv() == "end":
                return
            pipe.send(last[0])


@contextmanager
def receivers(ports: int) -> Iterator[tuple[list[int], Callable[[], int]]]:
    """Their ports, the WebSocket last; and when the last packet came [ns of the monotonic clock]."""
    ours, theirs = multiprocessing.Pipe()
    process = multiprocessing.get_context("spawn").Process(target=receive, args=(ports, theirs), daemon=True)
    process.start()

    def last() -> int:
        ours.send("?")
        return int(ours.recv())

    yield ours.recv(), last
    ours.send("end")
    process.join(5)


def open_one(hub: Hub, name: str, key: str, port: int, studio: int, scratch: Path) -> None:
    spec = find(name)
    params: dict[str, Any] = {"port": studio if name == "vtube_studio" else port}
    if name == "vmc":  # every shape, as an avatar with perfect sync gets them
        params["names"] = "arkit"
    if name == "phone":  # it is asked for what it sends
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as free:
            free.bind(("127.0.0.1", 0))
            params["port"] = free.getsockname()[1]
    if name == "vrchat":
        params |= {"discover": "off", "listen_port": 0}
    if name == "vtube_studio":
        params["token_file"] = str(scratch / f"{key}.token")
    bridge = spec.open(spec.config(**params), Home(Counters()))
    hub.add(key, bridge)
    if name == "phone":
        ask(params["port"], port, bridge)


def ask(phone: int, port: int, bridge: Any) -> None:
    asked = {"messageType": "iOSTrackingDataRequest", "time": 10, "sentBy": "bench", "ports": [port]}
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sock:
        sock.sendto(json.dumps(asked).encode(), ("127.0.0.1", phone))
    time.sleep(0.01)
    bridge.tick(0.0)


def added_ms(hub: Hub, last: Callable[[], int]) -> dict[str, float]:
    """Latency from the hub to the last packet at the receiver."""
    taken = []
    for i in range(ROUNDS):
        rigs = face(i / RATE_HZ)
        begin = time.monotonic_ns()
        hub.rigs(rigs, i / RATE_HZ)
        time.sleep(0.01)
        came = last()
        if came >= begin:
            taken.append((came - begin) * 1e-6)
    return spread(taken)


def cpu_share(hub: Hub) -> float:
    """Of one core, while faces come at RATE_HZ."""
    rows = [face(i / RATE_HZ) for i in range(int(SECONDS * RATE_HZ))]
    begin, used = time.monotonic(), time.process_time()
    for i, rigs in enumerate(rows):
        hub.rigs(rigs, 100 + i / RATE_HZ)
        hub.tick(0.0)
        time.sleep(max(begin + (i + 1) / RATE_HZ - time.monotonic(), 0))
    return (time.process_time() - used) / (time.monotonic() - begin)


def message_ms() -> float | None:
    """What it takes to read one rigs message; None without ROS."""
    try:
        from mien.ros.convert import rigs_from_msg, rigs_to_msg
    except ImportError:
        return None
    msg = rigs_to_msg(face(1.0))
    begin = time.perf_counter()
    for _ in range(ROUNDS):
        rigs_from_msg(msg)
    return (time.perf_counter() - begin) / ROUNDS * 1e3


def measure(scratch: Path) -> dict[str, Any]:
    report: dict[str, Any] = {"bridges": {}}
    with receivers(MANY) as (ports, last):
        *udp, studio = ports
        for name in NAMES:
            hub = Hub(BridgesConfig())
            open_one(hub, name, name, udp[0], studio, scratch)
            if name == "vtube_studio":
                time.sleep(2)  # it introduces itself
            report["bridges"][name] = {"added_ms": added_ms(hub, last), "cpu_share": round(cpu_share(hub), 4)}
            hub.close()
        for key, count in (("all", len(NAMES)), ("twenty", MANY)):
            hub = Hub(BridgesConfig())
            for i in range(count):
                name = NAMES[i % len(NAMES)]
                open_one(hub, name, f"{name}{i}", udp[i], studio, scratch)
            time.sleep(3)
            report[key] = {"bridges": count, "cpu_share": round(cpu_share(hub), 4)}
            hub.close()
    report["message_ms"] = message_ms()
    return report


def main() -> int:
    out = Path(sys.argv[1] if len(sys.argv) > 1 else "out/bench/bridges.json")
    out.parent.mkdir(parents=True, exist_ok=True)
    report = measure(out.parent) | {
        "rate_hz": RATE_HZ, "when": datetime.now(timezone.utc).isoformat(timespec="seconds"), "commit": commit(),
        "machine": machine(), "versions": versions(),
    }  # fmt: skip
    out.write_text(json.dumps(report, indent=2) + "\n")
    for name, row in report["bridges"].items():
        print(f"{name:14} {row['added_ms']['p50']:6.2f} ms  {row['cpu_share']:7.2%} of a core")
    print(f"twenty bridges {report['twenty']['cpu_share']:.2%} of a core; a message {report['message_ms']} ms")
    return 0


if __name__ == "__main__":
    sys.exit(main())
