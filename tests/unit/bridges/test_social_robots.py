"""Furhat and Reachy Mini, played by WebSocket servers of others that follow the vendors' manuals."""

from __future__ import annotations

import json
import math
import threading
import time
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
import pytest

from mien.bridges.base import Counters, Home
from mien.bridges.furhat.config import FurhatConfig
from mien.bridges.furhat.encoder import Encoder as FurhatEncoder
from mien.bridges.reachy_mini.config import ReachyMiniConfig
from mien.bridges.reachy_mini.encoder import Encoder as ReachyEncoder
from mien.bridges.registry import find
from mien.bridges.robots.bridge import RobotBridge
from mien.core.errors import BridgeError
from mien_models.spaces import arkit

from .people import S, shown, turn

server = pytest.importorskip("websockets.sync.server", reason="pip install 'mien[bridges]'")


class Peer:
    """A robot behind a WebSocket; `hear` answers each message, or not."""

    def __init__(self, hear: Callable[[dict[str, Any]], str | None]) -> None:
        self.heard: list[dict[str, Any]] = []
        self.paths: list[str] = []
        self._hear = hear
        self._server = server.serve(self._serve, "127.0.0.1", 0)
        self.port = self._server.socket.getsockname()[1]
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def close(self) -> None:
        self._server.shutdown()

    def _serve(self, socket: Any) -> None:
        self.paths.append(socket.request.path)
        try:
            for text in socket:
                message = json.loads(text)
                self.heard.append(message)
                answer = self._hear(message)
                if answer is not None:
                    socket.send(answer)
        except Exception as e:  # the other side is gone; what went wrong is seen by the test
            if not type(e).__module__.startswith("websockets"):
                raise


class FurhatPeer(Peer):
    """Takes faces only after the right key, and keeps every parameter as it was told last."""

    def __init__(self, key: str = "") -> None:
        self.params: dict[str, float] = {}
        self.pose: dict[str, Any] = {}
        self.allowed = not key
        self._key = key
        super().__init__(self._answer)

    def _answer(self, message: dict[str, Any]) -> str | None:
        kind = message["type"]
        if kind == "request.auth":
            self.allowed = message["key"] == self._key
            return json.dumps({"type": "response.auth", "access": self.allowed})
        if self.allowed and kind == "request.face.params":
            self.params |= message["params"]
        if self.allowed and kind == "request.face.headpose":
            self.pose = message
        return None


def until(condition: Callable[[], object], bridge: RobotBridge | None = None, face: Any = None) -> None:
    """Show a face 30 times a second and beat, until something is so; at most 20 s."""
    end, n = time.monotonic() + 20, 0
    while not condition():
        n += 1
        if bridge is not None:
            if face is not None:
                bridge.show(shown(stamp_ns=n * S // 30, **face))
            bridge.beat()
        threading.Event().wait(1 / 60)
        assert time.monotonic() < end, bridge and bridge.counters.report()


@pytest.fixture
def opened() -> Iterator[Callable[..., RobotBridge]]:
    bridges = []

    def start(name: str, config: Any) -> RobotBridge:
        bridge = find(name).open(config, Home(Counters()))
        assert isinstance(bridge, RobotBridge)
        bridges.append(bridge)
        return bridge

    yield start
    for bridge in bridges:
        bridge.close()


def test_furhat_shows_the_face_and_turns_the_neck(opened: Callable[..., RobotBridge]) -> None:
    peer = FurhatPeer("secret")
    bridge = opened("furhat", FurhatConfig(port=peer.port, key="secret"))
    face = {"mouthSmileLeft": 0.8, "browInnerUp": 0.5, "head": turn(yaw_deg=20, pitch_deg=10, roll_deg=-5)}
    until(lambda: peer.params.get("MOUTH_SMILE_LEFT", 0) > 0.79 and peer.pose.get("yaw", 0) > 19.5, bridge, face)
    assert peer.paths == ["/v1/events"]
    assert peer.heard[0] == {"type": "request.auth", "key": "secret"}
    assert peer.params["BROW_INNER_UP"] == pytest.approx(0.5, abs=0.01)
    assert peer.params["MOUTH_SMILE_RIGHT"] == 0
    assert len(peer.params) == len(arkit.BLENDSHAPES)
    # To its left, down, tilted to its right.
    assert [peer.pose[k] for k in ("yaw", "pitch", "roll")] == pytest.approx([20, -10, 5], abs=0.6)
    assert peer.pose["relative"] is True
    until(lambda: peer.params["MOUTH_SMILE_LEFT"] == 0, bridge)  # nothing comes any more


def test_furhat_with_a_wrong_key_says_so(opened: Callable[..., RobotBridge]) -> None:
    peer = FurhatPeer("secret")
    bridge = opened("furhat", FurhatConfig(port=peer.port, key="guess"))
    until(lambda: "refuses the key" in bridge.counters.link, bridge, {})
    assert not peer.params


def test_furhat_lies_and_hangs_up_and_nothing_breaks(opened: Callable[..., RobotBridge]) -> None:
    lies = iter(["[", "null", '{"type": 3}', '{"type":"response.auth","access":"yes"}'])
    peer = Peer(lambda _: next(lies, None))
    bridge = opened("furhat", FurhatConfig(port=peer.port, key="k"))
    until(lambda: bridge.counters.ignored or bridge.counters.link, bridge, {})
    peer.close()
    until(lambda: bridge.counters.link, bridge, {})


def test_furhats_face_is_sent_as_it_changes_and_its_head_ten_times_a_second() -> None:
    encoder = FurhatEncoder(("head_yaw", "head_pitch", "head_roll", "JAW_OPEN", "CHEEK_PUFF"))
    first = [json.loads(t) for t in encoder.encode(np.array([1.0, 2.0, 3.0, 0.5, 0.0]), 10.0)]
    assert first[0] == {"type": "request.face.params", "params": {"JAW_OPEN": 0.5, "CHEEK_PUFF": 0.0}}
    assert {k: first[1][k] for k in ("yaw", "pitch", "roll")} == {"yaw": 1.0, "pitch": -2.0, "roll": 3.0}
    assert encoder.encode(np.array([5.0, 2.0, 3.0, 0.501, 0.0]), 10.05) == []
    then = [json.loads(t) for t in encoder.encode(np.array([5.0, 2.0, 3.0, 0.6, 0.0]), 10.11)]
    assert then[0]["params"] == {"JAW_OPEN": 0.6}
    assert then[1]["yaw"] == 5.0
    encoder.encode(np.array([5.0, 2.0, 3.0, 0.003, 0.0]), 10.12)
    arrived = [json.loads(t) for t in encoder.encode(np.array([5.0, 2.0, 3.0, 0.0, 0.0]), 10.13)]
    assert arrived[0]["params"] == {"JAW_OPEN": 0.0}  # a mouth does not stay open by a hair
    encoder.reset()
    assert len(encoder.encode(np.zeros(5), 10.14)) == 2


def test_reachy_turns_its_head_and_droops_its_antennas(opened: Callable[..., RobotBridge]) -> None:
    peer = Peer(lambda _: None)
    bridge = opened("reachy_mini", ReachyMiniConfig(port=peer.port))
    face = {"mouthFrownLeft": 1.0, "head": turn(yaw_deg=20, pitch_deg=10, roll_deg=-5)}
    until(lambda: peer.heard and peer.heard[-1]["target_head_pose"]["yaw"] > math.radians(19.5), bridge, face)
    until(lambda: peer.heard[-1]["target_antennas"][1] > 1.2, bridge, face)
    assert peer.paths == ["/api/move/ws/set_target"]
    pose = peer.heard[-1]["target_head_pose"]
    assert [pose[k] for k in ("x", "y", "z")] == [0, 0, 0]
    degrees = [math.degrees(pose[k]) for k in ("yaw", "pitch", "roll")]
    assert degrees == pytest.approx([20, -10, 5], abs=0.6)  # to its left, down, to its right
    right, left = peer.heard[-1]["target_antennas"]
    assert left == pytest.approx(1.3, abs=0.1)  # of a frown on the left side
    assert right == pytest.approx(-0.4, abs=0.01)  # at rest; outwards is negative of the right one
    limits = bridge.profile.limits
    for message in peer.heard:
        right, left = message["target_antennas"]
        assert 0 <= left <= limits.upper[-1]
        assert -limits.upper[-1] <= right <= 0


def test_what_reachy_refuses_is_told(opened: Callable[..., RobotBridge]) -> None:
    answers = iter(["nonsense", json.dumps({"status": "error", "detail": "antennas: too far\n"})])
    peer = Peer(lambda _: next(answers, None))
    bridge = opened("reachy_mini", ReachyMiniConfig(port=peer.port))
    until(lambda: bridge.counters.errors, bridge, {})
    assert bridge.counters.ignored == 1


def test_a_robot_that_is_not_there_costs_nothing(opened: Callable[..., RobotBridge]) -> None:
    bridge = opened("reachy_mini", ReachyMiniConfig(port=1))
    start = time.monotonic()
    for n in range(100):
        bridge.show(shown(stamp_ns=n))
        bridge.beat()
    assert time.monotonic() - start < 5
    until(lambda: "nobody listens" in bridge.counters.link)


def test_a_profile_without_the_joints_is_refused() -> None:
    with pytest.raises(BridgeError, match="the profile has no head_roll, head_pitch"):
        ReachyEncoder(("pan", "tilt"))
