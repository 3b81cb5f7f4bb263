"""Who is served: the program at `host` without asking, and those that ask where `listen` allows it."""

from __future__ import annotations

from collections.abc import Iterable

from mien.bridges.base import Bridge, Home, Shown
from mien.bridges.ifacialmocap.config import IfacialmocapConfig
from mien.bridges.ifacialmocap.encoder import Encoder, text
from mien.bridges.ifacialmocap.fmv3 import MAGIC, Phone
from mien.bridges.sockets import Address, UdpSink, UdpSource

_HELLO = b"iFacialMocap_sahuasouryya9218sauhuiayeta91555dy3719"
_HELLO_FACEMOTION3D = b"FACEMOTION3D_OtherStreaming"
_STOP = b"StopStreaming_FACEMOTION3D"
_V2 = b"|sendDataVersion=v2"
_PC_PORT = 49983  # text goes to this port of whoever asked, from wherever it asked
_MAX_ASKERS = 8
_LEASE_S = 3600.0  # text is asked for once


def open_bridge(config: IfacialmocapConfig, home: Home) -> Bridge:
    return IfacialmocapBridge(config, home)


class IfacialmocapBridge(Bridge):
    def __init__(self, config: IfacialmocapConfig, home: Home) -> None:
        super().__init__(home.counters)
        self._config = config
        self._encoder = Encoder(config)
        self._sink = UdpSink(config.host, config.port, home.counters) if config.format != "off" else None
        self._source = UdpSource(config.listen, config.listen_port, home.counters) if config.listen else None
        self._askers: dict[str, tuple[str, float]] = {}  # format and end by address
        self._phone = Phone()

    def show(self, shown: Shown) -> None:
        if self._sink:
            for packet in self._encoder.encode(shown):
                self._sink.send(packet)
        if self._source is None:
            return
        if shown.present:
            packets = {layout: text(shown, layout, self._config.mirror) for layout, _ in self._askers.values()}
            for ip, (layout, _) in self._askers.items():
                self._source.answer(packets[layout], (ip, _PC_PORT))
        for packet, to in self._phone.frame(shown, self._config.mirror):
            self._source.answer(packet, to)

    def tick(self, now_s: float) -> None:
        if self._source is None:
            return
        for data, sender in self._source.poll(now_s):
            try:
                self._take(data, sender, now_s)
            except ValueError:
                self.counters.ignore()
            else:
                self.counters.receive()
        for packet, to in self._phone.tick(now_s):
            self._source.answer(packet, to)
        self._askers = {ip: asked for ip, asked in self._askers.items() if asked[1] > now_s}
        asked = [f"{layout} to {ip}" for ip, (layout, _) in self._askers.items()]
        self.counters.asked = ", ".join([*asked, *filter(None, [self._phone.state])])
        if self._sink is None:
            self.counters.waits = "" if self.counters.asked else "no program has asked: is its phone address this one?"

    def filenos(self) -> Iterable[int]:
        return self._source.filenos() if self._source else ()

    def reconfigure(self, config: IfacialmocapConfig) -> None:
        self._config = self._encoder.config = config

    def close(self) -> None:
        for socket in (self._sink, self._source):
            if socket:
                socket.close()

    def _take(self, data: bytes, sender: Address, now_s: float) -> None:
        """Raises ValueError for what is no request."""
        if data.startswith(MAGIC):
            assert self._source is not None
            for packet, to in self._phone.receive(data, sender, now_s):
                self._source.answer(packet, to)
            return
        ip = sender[0]
        if data in (_HELLO, _HELLO + _V2, _HELLO_FACEMOTION3D):
            layout = "facemotion3d" if data == _HELLO_FACEMOTION3D else "v2" if data.endswith(_V2) else "v1"
            self._askers.pop(ip, None)
            if len(self._askers) >= _MAX_ASKERS:
                del self._askers[next(iter(self._askers))]
            self._askers[ip] = layout, now_s + _LEASE_S
        elif data == _STOP:
            self._askers.pop(ip, None)
        else:
            raise ValueError("no request")
