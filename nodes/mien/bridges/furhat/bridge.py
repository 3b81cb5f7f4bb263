"""The connection to Furhat, in a thread of its own."""

from __future__ import annotations

import json
import time
from functools import partial

from mien.bridges.base import Bridge, Counters, Home
from mien.bridges.client import Client, Link, Refused, websocket
from mien.bridges.furhat.config import FurhatConfig
from mien.bridges.furhat.encoder import Encoder, auth
from mien.bridges.robots.bridge import RobotBridge
from mien.bridges.robots.motion import RobotMotion
from mien.core.types import F64
from mien.retarget.profile import Profile

_ANSWER_S = 5.0
_DENIED_S = 30.0
_KEEP_S = 0.5
_AT_ONCE = 64


def open_bridge(config: FurhatConfig, home: Home) -> Bridge:
    bridge = RobotBridge(config, home.counters, partial(Furhat, config, home.counters))
    if home.node is not None:
        from mien.bridges.robots.node import attach

        attach(bridge, home.node)
    return bridge


class Furhat:
    """Passes the joints of every beat to the thread, which sends the newest."""

    def __init__(self, config: FurhatConfig, counters: Counters, profile: Profile) -> None:
        self._key = config.key
        self._counters = counters
        self._encoder = Encoder(profile.names)
        connect = websocket(config.host, config.port, "/v1/events", counters)
        self._client: Client[F64] = Client(connect, self._hold, counters)

    def send(self, motion: RobotMotion) -> None:
        self._client.put(motion.position)

    def close(self) -> None:
        self._client.close()

    def _hold(self, client: Client[F64], link: Link) -> None:
        """Send and receive until the connection breaks. Raises Refused, OSError, Closed."""
        self._encoder.reset()
        if self._key:
            self._login(link)
        while True:
            positions = client.take(_KEEP_S)
            for _ in range(_AT_ONCE):
                if link.receive(0) is None:
                    break
                self._counters.receive()
            for request in [] if positions is None else self._encoder.encode(positions, time.monotonic()):
                link.send(request)
                self._counters.send()

    def _login(self, link: Link) -> None:
        link.send(auth(self._key))
        end_s = time.monotonic() + _ANSWER_S
        while (left_s := end_s - time.monotonic()) > 0:
            message = link.receive(left_s)
            if message is None:
                continue
            try:
                answer = json.loads(message)
            except (ValueError, RecursionError):
                answer = None
            if not isinstance(answer, dict) or answer.get("type") != "response.auth":
                self._counters.ignore()
                continue
            if answer.get("access") is not True:
                raise Refused("Furhat refuses the key: set furhat.key to that of its Realtime API", _DENIED_S)
            return
        raise Refused("Furhat does not answer the key; is its Realtime API switched on?", _ANSWER_S)
