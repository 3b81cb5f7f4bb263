"""Measures every UDP bridge over loopback: added latency, share of a core, and error of the received values."""

from __future__ import annotations

import json
import socket
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

from mien.bridges.base import Bridge, Counters, Home, Shown
from mien.bridges.registry import BRIDGES, BridgeSpec
from mien.core.errors import BridgeError
from mien.core.files import write_whole
from mien.core.geometry import exponential
from mien.core.types import Rig, RigState
from mien.evaluate.bridges.readers import READERS
from mien_models.spaces import arkit

RATE_HZ = 30
_QUIET_S = 0.05
# Every shape is sent, and nothing is asked of the network.
_PARAMETERS: dict[str, dict[str, Any]] = {"vmc": {"names": "arkit"}, "vrchat": {"discover": "off", "listen_port": 0}}
# Bridges that are not measured here, and why.
_ELSEWHERE = {
    "vtube_studio": "speaks to VTube Studio itself: see tests/bench/bridges.py",
    "vrchat": "sends what the worn avatar asks for: its values are compared in the tests",
    "openseeface": "carries features of its own, no weights by ARKit's names: compared in the tests",
}


def evaluate(out: Path, frames: int = 300, advance: Callable[[], None] = lambda: None) -> dict[str, Any]:
    """Write report.json: {bridge: {added_ms_p50, cpu_share, values_max_error}}; null with a reason where not measured.

    added_ms_p50: time from handing a rig to the bridge until a loopback receiver has read its last packet [ms].
    cpu_share: of one core at 30 faces a second. values_max_error: largest difference of an ARKit weight.
    """
    report: dict[str, Any] = {}
    for spec in BRIDGES:
        if spec.direction != "in":
            report[spec.name] = _measure(spec, frames)
        advance()
    write_whole(out / "report.json", json.dumps(report, indent=2) + "\n")
    return report


def face(i: int) -> Shown:
    """A person who talks and looks around, so that every value changes."""
    t = i / RATE_HZ
    weights = (0.5 + 0.5 * np.sin(2 * np.pi * 0.5 * t + 0.7 * np.arange(len(arkit.BLENDSHAPES)))).astype(np.float32)
    head = exponential(np.array([0.1, 0.2, 0.3]) * np.sin(2 * np.pi * 0.3 * t))
    gaze = np.full((2, 2), 0.2 * np.sin(t), np.float32)
    rig = Rig(1, RigState.TRACKED, arkit.SCHEMA, weights, head, gaze, np.ones(7, np.float32), np.zeros(7, np.uint8))
    return Shown(1_000_000_000 + i * 1_000_000_000 // RATE_HZ, rig, True, np.array([0.6, 0.0, 0.0]))


def _measure(spec: BridgeSpec, frames: int) -> dict[str, Any]:
    nothing = {"added_ms_p50": None, "cpu_share": None, "values_max_error": None}
    if "udp" not in spec.address:
        return nothing | {"why": _ELSEWHERE.get(spec.name, "speaks ROS: what it costs is told in diagnostics")}
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as receiver:
        receiver.bind(("127.0.0.1", 0))
        receiver.setblocking(False)
        try:
            bridge = _open(spec, receiver)
        except BridgeError as e:
            return nothing | {"why": str(e)}
        try:
            return _run(spec, bridge, receiver, frames)
        finally:
            bridge.close()


def _open(spec: BridgeSpec, receiver: socket.socket) -> Bridge:
    port = receiver.getsockname()[1]
    if spec.name == "phone":  # sends to whoever asks
        bridge = spec.open(spec.config(port=_free_port()), Home(Counters()))
        asked = {"messageType": "iOSTrackingDataRequest", "time": 10, "sentBy": "mien", "ports": [port]}
        address = bridge.counters.address.removeprefix("udp ").split(",")[0]
        receiver.sendto(json.dumps(asked).encode(), ("127.0.0.1", int(address.rpartition(":")[2])))
        time.sleep(_QUIET_S)
        bridge.tick(0.0)
        return bridge
    return spec.open(spec.config(port=port, **_PARAMETERS.get(spec.name, {})), Home(Counters()))


def _run(spec: BridgeSpec, bridge: Bridge, receiver: socket.socket, frames: int) -> dict[str, Any]:
    read = READERS.get(spec.name)
    taken, errors = [], []
    used = time.process_time()
    for i in range(frames):
        bridge.show(face(i))
        _drain(receiver)
    share = (time.process_time() - used) / frames * RATE_HZ
    for i in range(frames):
        shown = face(i)
        begin = time.perf_counter()
        bridge.show(shown)
        datagrams = _drain(receiver)
        taken.append(time.perf_counter() - begin)
        if read and datagrams:
            told = read(datagrams)
            weights = shown.rig.weights
            errors += [abs(told[n] - float(weights[arkit.INDEX[n]])) for n in told.keys() & arkit.INDEX.keys()]
    result: dict[str, Any] = {
        "added_ms_p50": round(float(np.median(taken)) * 1e3, 3),
        "cpu_share": round(share, 4),
        "values_max_error": round(max(errors), 6) if errors else None,
    }
    if spec.name in _ELSEWHERE:
        result["why"] = _ELSEWHERE[spec.name]
    return result


def _drain(receiver: socket.socket) -> list[bytes]:
    """All datagrams received so far: over loopback they arrive as soon as they are sent."""
    datagrams: list[bytes] = []
    while True:
        try:
            datagrams.append(receiver.recv(65_535))
        except BlockingIOError:
            return datagrams


def _free_port() -> int:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])
