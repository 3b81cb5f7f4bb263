"""Every bridge at once while its peers die, lie and return: nothing grows.

MIEN_SOAK_S says for how long; 600 is the measure, and a few seconds show that it works.
"""

from __future__ import annotations

import contextlib
import gc
import json
import os
import random
import socket
import threading
import time
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import numpy as np
import psutil
import pytest

from mien.bridges import osc
from mien.bridges.base import Counters, Home
from mien.bridges.config import BridgesConfig
from mien.bridges.hub import Hub
from mien.bridges.registry import BRIDGES, find
from mien.bridges.robots.bridge import RobotBridge
from mien.core.types import Header, Rig, Rigs, RigState
from mien_models.spaces import arkit

server = pytest.importorskip("websockets.sync.server", reason="pip install 'mien[bridges]'")

pytestmark = [pytest.mark.soak, pytest.mark.slow]

SOAK_S = float(os.environ.get("MIEN_SOAK_S", "12"))
LIVES_S = 1.5  # how long a peer lives, and is dead
RATE_HZ = 60


def free_port(kind: int = socket.SOCK_DGRAM) -> int:
    with socket.socket(socket.AF_INET, kind) as sock:
        sock.bind(("127.0.0.1", 0))
        return int(sock.getsockname()[1])


class Udp:
    """A program that listens, and reads what comes."""

    def __init__(self, port: int) -> None:
        self._socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self._socket.setblocking(False)
        self._socket.bind(("127.0.0.1", port))

    def work(self) -> None:
        with contextlib.suppress(BlockingIOError):
            while True:
                self._socket.recv(65536)

    def close(self) -> None:
        self._socket.close()


class Studio:
    """A VTube Studio that answers, now and then with nonsense, and hangs up."""

    def __init__(self, port: int) -> None:
        self._server = server.serve(self._serve, "127.0.0.1", port)
        self._thread = threading.Thread(target=self._server.serve_forever)
        self._thread.start()

    def _serve(self, ws: Any) -> None:
        dice = random.Random(1)
        with contextlib.suppress(Exception):
            for message in ws:
                asked = json.loads(message)
                data = {"authenticated": True, "authenticationToken": "x", "defaultParameters": [{"name": "MouthOpen"}]}
                answer = {"requestID": asked["requestID"], "messageType": "R", "data": data}
                ws.send("nonsense" if dice.random() < 0.02 else json.dumps(answer))

    def work(self) -> None:
        pass

    def close(self) -> None:
        self._server.shutdown()
        self._thread.join()


class Robot:
    """A robot's daemon that reads what it is told, and answers nothing."""

    def __init__(self, port: int) -> None:
        self._server = server.serve(self._serve, "127.0.0.1", port)
        self._thread = threading.Thread(target=self._server.serve_forever)
        self._thread.start()

    def _serve(self, ws: Any) -> None:
        with contextlib.suppress(Exception):
            for _ in ws:
                pass

    def work(self) -> None:
        pass

    def close(self) -> None:
        self._server.shutdown()
        self._thread.join()


class Oscquery:
    """VRChat's tree; every other answer is none."""

    def __init__(self, port: int) -> None:
        count = [0]

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                count[0] += 1
                node = {"FULL_PATH": "/avatar/parameters/v2/JawOpen", "TYPE": "f", "ACCESS": 3}
                body = b"[1, 2" if count[0] % 2 else json.dumps({"CONTENTS": {"a": node}}).encode()
                self.send_response(200)
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_: object) -> None:
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", port), Handler)
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.05,))
        self._thread.start()

    def work(self) -> None:
        pass

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()


class Stranger:
    """Sends to whatever listens: sense, damaged sense, and noise."""

    def __init__(self, ports: list[int], sense: list[bytes]) -> None:
        self._ports, self._sense = ports, sense
        self._dice = random.Random(2)
        self._socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)

    def work(self) -> None:
        for port in self._ports:
            data = bytearray(self._dice.choice(self._sense))
            if self._dice.random() < 0.5:
                data[self._dice.randrange(len(data))] = self._dice.randrange(256)
            if self._dice.random() < 0.1:
                data = bytearray(self._dice.randbytes(self._dice.randrange(2000)))
            with contextlib.suppress(OSError):
                self._socket.sendto(bytes(data), ("127.0.0.1", port))

    def close(self) -> None:
        self._socket.close()


class Mortal:
    """A peer that dies and returns."""

    def __init__(self, make: Callable[[], Any], phase_s: float) -> None:
        self._make, self._phase_s = make, phase_s
        self._peer: Any = None

    def work(self, now_s: float) -> None:
        alive = int((now_s + self._phase_s) / LIVES_S) % 2 == 0
        if alive and self._peer is None:
            with contextlib.suppress(OSError):  # its port is not free again yet
                self._peer = self._make()
        elif not alive and self._peer is not None:
            self.close()
        if self._peer is not None:
            self._peer.work()

    def close(self) -> None:
        if self._peer is not None:
            self._peer.close()
            self._peer = None


class Metronome:
    """The timer of the node that makes a robot's bridge send."""

    def __init__(self, bridge: RobotBridge) -> None:
        self._bridge = bridge

    def work(self, _now_s: float) -> None:
        self._bridge.beat()

    def close(self) -> None:
        pass


def people(now_s: float) -> Rigs:
    """One or two faces, or none, that come, go and carry what they should not."""
    dice = np.random.default_rng(int(now_s * RATE_HZ))
    rigs = []
    for track_id in range(1, 1 + int(now_s / 2) % 3):
        weights = dice.uniform(0, 1, 52).astype(np.float32)
        if dice.random() < 0.05:
            weights[3] = np.nan
        rigs.append(
            Rig(
                track_id, RigState.TRACKED, arkit.SCHEMA, weights, dice.normal(size=4),
                dice.normal(0, 0.3, (2, 2)).astype(np.float32), np.ones(7, np.float32), np.zeros(7, np.uint8),
            )
        )  # fmt: skip
    return Rigs(Header(int((now_s + 1) * 1e9), "camera"), tuple(rigs))


@pytest.fixture
def hub(tmp_path: Path) -> Iterator[tuple[Hub, dict[str, int], list[Mortal | Metronome]]]:
    """Every bridge that goes over a socket, where each goes or listens, and its peers."""
    faults: list[str] = []
    hub, ports = Hub(BridgesConfig(), faults.append), {}
    peers: list[Mortal | Metronome] = []
    asked = json.dumps({"messageType": "iOSTrackingDataRequest", "time": 1, "sentBy": "soak", "ports": [free_port()]})
    sense = [
        asked.encode(), b"iFacialMocap_sahuasouryya9218sauhuiayeta91555dy3719", osc.encode("/avatar/change", "avtr"),
        osc.bundle([osc.encode("/VMC/Ext/Blend/Val", "JawOpen", 0.5), osc.encode("/VMC/Ext/Blend/Apply")]),
    ]  # fmt: skip
    for i, spec in enumerate(s for s in BRIDGES if not s.address.startswith("topic")):
        names = {f.name for f in spec.config.__dataclass_fields__.values()}
        if "port" not in names:
            continue
        params: dict[str, Any] = {
            "port": free_port(socket.SOCK_STREAM if spec.address.startswith("ws") else socket.SOCK_DGRAM)
        }
        listens = spec.direction == "in" or spec.name == "phone"
        if spec.name == "vtube_studio":
            params["token_file"] = str(tmp_path / "token")
        if spec.name == "ifacialmocap":
            params |= {"listen": "127.0.0.1", "listen_port": free_port()}
        if spec.name == "vrchat":
            params |= {"oscquery_port": free_port(socket.SOCK_STREAM), "listen_port": free_port(), "discover": "off"}
            peers.append(Mortal(lambda port=params["oscquery_port"]: Oscquery(port), 0.7))
        bridge = find(spec.name).open(spec.config(**params), Home(Counters()))
        hub.add(spec.name, bridge)
        if isinstance(bridge, RobotBridge):
            peers.append(Metronome(bridge))
        ports[spec.name] = params["port"]
        heard = [p for p in (params["port"] if listens else 0, params.get("listen_port", 0)) if p]
        if heard:
            peers.append(Mortal(lambda heard=heard: Stranger(heard, sense), 0.3 * i))
        elif spec.name == "vtube_studio":
            peers.append(Mortal(lambda port=params["port"]: Studio(port), 0.5))
        elif spec.address.startswith("ws"):
            peers.append(Mortal(lambda port=params["port"]: Robot(port), 0.5))
        if not listens and not spec.address.startswith("ws"):
            peers.append(Mortal(lambda port=params["port"]: Udp(port), 0.3 * i))
    yield hub, ports, peers
    hub.close()
    for peer in peers:
        peer.close()
    assert faults == []


def live(hub: Hub, peers: list[Mortal | Metronome], begin_s: float, seconds: float) -> None:
    end = time.monotonic() + seconds
    start = time.monotonic()
    i = 0
    while time.monotonic() < end:
        now_s = begin_s + time.monotonic() - start
        if i % 5:  # images are lost, too
            hub.rigs(people(now_s), now_s)
        hub.tick(now_s)
        hub.read()
        for peer in peers:
            peer.work(now_s)
        i += 1
        time.sleep(1 / RATE_HZ)


def held(peers: list[Mortal | Metronome]) -> tuple[int, int, float]:
    """Descriptors, threads and megabytes, with every peer dead."""
    for peer in peers:
        peer.close()
    time.sleep(0.6)  # connections of the dead end
    gc.collect()
    process = psutil.Process()
    return process.num_fds(), threading.active_count(), process.memory_info().rss / 1e6


def test_peers_die_and_return_and_nothing_grows(hub: tuple[Hub, dict[str, int], list[Mortal | Metronome]]) -> None:
    made, _, peers = hub
    live(made, peers, 0.0, SOAK_S / 3)
    descriptors, threads, megabytes = held(peers)
    live(made, peers, 1000.0, SOAK_S * 2 / 3)
    after = held(peers)
    assert after[0] <= descriptors + 2  # a connection that is just being tried
    assert after[1] <= threads + 1
    assert after[2] < megabytes + 8
    # Each lived: it sent, or took or refused what came. Nobody here speaks the language of every input.
    for name, report in made.report().items():
        assert sum(int(report[key]) for key in ("sent", "received", "ignored")) > 0, (name, report)
