"""An input that receives UDP datagrams from one sender at a time and decodes them."""

from __future__ import annotations

import time
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable
from typing import Protocol

from mien.bridges import osc
from mien.bridges.base import Bridge, Heard, Home
from mien.bridges.inputs import Reader, Reading
from mien.bridges.sockets import Address, UdpSource

_HANDOVER_S = 2.0  # another sender is accepted once the present one was silent for this long


class Decoder(Protocol):
    """Datagrams of one sender to readings of one face."""

    present: bool  # the sender says that it tracks somebody

    def feed(self, data: bytes) -> bool:
        """Whether this datagram ended a frame. Raises ValueError where it is malformed."""

    def reading(self) -> Reading:
        """What is known by now."""


class OscDecoder(ABC):
    """A decoder of OSC messages: a subclass takes them one by one."""

    present = True

    def feed(self, data: bytes) -> bool:
        whole = False
        for message in osc.messages(data):
            whole |= self.take(message)
        return whole

    @abstractmethod
    def take(self, message: osc.Message) -> bool:
        """Whether this message ended a frame. Raises ValueError where it is malformed."""


class ListenerBridge(Bridge):
    """Receives from one sender at a time, and reports what is missing."""

    schema = ""

    def __init__(
        self, home: Home, host: str, port: int, decoder: Callable[[], Decoder], reader: Reader, sender: str
    ) -> None:
        """sender: how to make the other program send, in words for the user."""
        super().__init__(home.counters)
        self._source = UdpSource(host, port, home.counters)
        self._make = decoder
        self._decoder = decoder()
        self._reader = reader
        self._words = sender
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
                whole |= self._decoder.feed(data)
            except ValueError:
                self.counters.ignore()
            else:
                self.counters.receive()
                self._came_s = now_s
        if whole and self._decoder.present:
            # Of several frames that have arrived, use only the last one.
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
                self._decoder = self._make()
            self._sender = sender
        return sender != self._sender

    def _wait(self) -> None:
        if self._sender is None:
            self.counters.waits = f"nobody sends: {self._words}"
        elif not self._decoder.present:
            self.counters.waits = "the program says that it tracks nobody"
        else:
            self.counters.waits = ""
            self.counters.asked = f"nothing; {self._sender[0]}:{self._sender[1]} sends"
