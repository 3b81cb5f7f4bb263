from __future__ import annotations

import time
from collections.abc import Iterable

from mien.bridges import osc
from mien.bridges.base import Bridge, Heard, Home
from mien.bridges.inputs import Reader
from mien.bridges.sockets import Address, UdpSource
from mien.bridges.vmc_in.config import VmcInConfig
from mien.bridges.vmc_in.decoder import Decoder

_HANDOVER_S = 2.0  # another sender is listened to once the one before was silent for so long


def open_bridge(config: VmcInConfig, home: Home) -> Bridge:
    return VmcInBridge(config, home)


class VmcInBridge(Bridge):
    """Listens to one sender at a time."""

    schema = ""

    def __init__(self, config: VmcInConfig, home: Home) -> None:
        super().__init__(home.counters)
        self._source = UdpSource(config.host, config.port, home.counters)
        self._decoder = Decoder()
        self._reader = Reader(config.track_id, "vmc", smooth=config.smooth)
        self._sender: Address | None = None
        self._came_s = 0.0
        self._heard: list[Heard] = []
        self._wait()

    def tick(self, now_s: float) -> None:
        whole = False
        for data, sender in self._source.poll(now_s):
            if self._is_stranger(sender, now_s):
                self.counters.ignore()
                continue
            try:
                for message in osc.messages(data):
                    whole |= self._decoder.take(message)
            except ValueError:
                self.counters.ignore()
            else:
                self.counters.receive()
                self._came_s = now_s
        if whole and self._decoder.present:
            # Of several frames that came at once the last one counts.
            self._heard.append(self._reader.step(self._decoder.reading(), time.time_ns(), now_s))
        elif (idle := self._reader.idle(now_s)) is not None:
            self._heard.append(idle)
        self._wait()

    def read(self) -> Iterable[Heard]:
        heard, self._heard = self._heard, []
        return heard

    def filenos(self) -> Iterable[int]:
        return self._source.filenos()

    def close(self) -> None:
        self._source.close()

    def _is_stranger(self, sender: Address, now_s: float) -> bool:
        if self._sender in (None, sender) or now_s - self._came_s > _HANDOVER_S:
            if self._sender not in (None, sender):
                self._decoder = Decoder()
            self._sender = sender
        return sender != self._sender

    def _wait(self) -> None:
        if self._sender is None:
            self.counters.waits = "no program sends: let it send VMC to this port"
        elif not self._decoder.present:
            self.counters.waits = "the program says that it tracks nobody"
        else:
            self.counters.waits = ""
            self.counters.asked = f"nothing; {self._sender[0]}:{self._sender[1]} sends"
