"""Serves programs that ask a phone for tracking data: remembers the ports to send to, and until when."""

from __future__ import annotations

import json
import math
from collections.abc import Iterable

from mien.bridges.base import Bridge, Counters, Home, Shown
from mien.bridges.phone.config import PhoneConfig
from mien.bridges.phone.encoder import Encoder
from mien.bridges.sockets import Address, UdpSource

REQUEST = "iOSTrackingDataRequest"
_MAX_REQUEST = 4096
_MAX_PORTS = 32
_MAX_LISTENERS = 32


def open_bridge(config: PhoneConfig, home: Home) -> Bridge:
    return PhoneBridge(Encoder(config), UdpSource(config.host, config.port, home.counters), home.counters)


class PhoneBridge(Bridge):
    """Sends to every requested port until the requested time is over."""

    def __init__(self, encoder: Encoder, source: UdpSource, counters: Counters) -> None:
        super().__init__(counters)
        self._encoder = encoder
        self._source = source
        self._until_s: dict[Address, float] = {}
        self._wait()

    def show(self, shown: Shown) -> None:
        if self._until_s:
            (packet,) = self._encoder.encode(shown)
            for address in self._until_s:
                self._source.answer(packet, address)

    def tick(self, now_s: float) -> None:
        for data, (ip, _) in self._source.poll(now_s):
            try:
                duration_s, sender, ports = request(data)
            except ValueError:
                self.counters.ignore()
                continue
            self.counters.receive()
            self.counters.asked = f"{duration_s:g} s by {sender}, to {ip}:{','.join(map(str, ports))}"
            for port in ports:
                if (ip, port) in self._until_s or len(self._until_s) < _MAX_LISTENERS:
                    self._until_s[ip, port] = now_s + duration_s
        if self._until_s:
            self._until_s = {a: until_s for a, until_s in self._until_s.items() if until_s > now_s}
        self._wait()

    def filenos(self) -> Iterable[int]:
        return self._source.filenos()

    def close(self) -> None:
        self._source.close()

    def _wait(self) -> None:
        who = "nobody asks any more" if self.counters.asked else "nobody has asked for data"
        self.counters.waits = (
            "" if self._until_s else f"{who}: choose VTube Studio's phone app as tracker over there, and this "
            "computer's address as the phone's"
        )  # fmt: skip


def request(data: bytes) -> tuple[float, str, tuple[int, ...]]:
    """Seconds, name of the asker, and ports of a request. Raises ValueError where it is none."""
    if len(data) > _MAX_REQUEST:
        raise ValueError("too long")
    try:
        asked = json.loads(data)
    except (UnicodeDecodeError, RecursionError) as e:
        raise ValueError(str(e)) from e
    if not isinstance(asked, dict) or asked.get("messageType") != REQUEST:
        raise ValueError("no request")
    # `sendForSeconds` is what an early version of the app's sample asked with.
    duration, sender, ports = asked.get("time", asked.get("sendForSeconds")), asked.get("sentBy"), asked.get("ports")
    if isinstance(duration, bool) or not isinstance(duration, int | float) or not math.isfinite(duration):
        raise ValueError("time is no number")
    if not isinstance(ports, list) or not 1 <= len(ports) <= _MAX_PORTS:
        raise ValueError("ports are not 1 to 32")
    if any(type(p) is not int or not 0 < p < 65536 for p in ports):
        raise ValueError("a port is none")
    if not isinstance(sender, str) or not 1 <= len(sender) <= 64:
        raise ValueError("sentBy is not 1 to 64 characters")
    return min(max(float(duration), 0.5), 10.0), "".join(c for c in sender if c.isprintable()), tuple(ports)
