"""The stream of targets to Reachy Mini's daemon, in a thread of its own."""

from __future__ import annotations

import json
from functools import partial

from mien.bridges.base import Bridge, Counters, Home
from mien.bridges.client import Client, Link, websocket
from mien.bridges.reachy_mini.config import ReachyMiniConfig
from mien.bridges.reachy_mini.encoder import Encoder
from mien.bridges.robots.bridge import RobotBridge
from mien.bridges.robots.motion import RobotMotion
from mien.core.types import F64
from mien.retarget.profile import Profile

_KEEP_S = 0.5
_AT_ONCE = 64
_WORDS = 160


def open_bridge(config: ReachyMiniConfig, home: Home) -> Bridge:
    bridge = RobotBridge(config, home.counters, partial(ReachyMini, config, home.counters))
    if home.node is not None:
        from mien.bridges.robots.node import attach

        attach(bridge, home.node)
    return bridge


class ReachyMini:
    """Passes the joints of every beat to the thread, which sends the newest."""

    def __init__(self, config: ReachyMiniConfig, counters: Counters, profile: Profile) -> None:
        self._counters = counters
        self._encoder = Encoder(profile.names)
        connect = websocket(config.host, config.port, "/api/move/ws/set_target", counters)
        self._client: Client[F64] = Client(connect, self._hold, counters)

    def send(self, motion: RobotMotion) -> None:
        self._client.put(motion.position)

    def close(self) -> None:
        self._client.close()

    def _hold(self, client: Client[F64], link: Link) -> None:
        """Send until the connection breaks. Raises OSError, Closed."""
        while True:
            positions = client.take(_KEEP_S)
            for _ in range(_AT_ONCE):
                message = link.receive(0)
                if message is None:
                    break
                self._hear(message)
            if positions is not None:
                link.send(self._encoder.encode(positions))
                self._counters.send()

    def _hear(self, message: str | bytes) -> None:
        """Handle an answer: the daemon answers only targets that it refuses."""
        try:
            answer = json.loads(message)
        except (ValueError, RecursionError):
            answer = None
        if isinstance(answer, dict) and answer.get("status") == "error":
            detail = "".join(c for c in str(answer.get("detail"))[:_WORDS] if c.isprintable())
            self._counters.fail(f"Reachy Mini refuses a target: {detail}")
        else:
            self._counters.ignore()
