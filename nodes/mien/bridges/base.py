"""What every bridge is: an encoder without a clock, a sink that never blocks, and counters of both.

An encoder turns what an avatar is to show into the bytes of one protocol. A sink takes the bytes to
whoever listens. `EncoderBridge` joins the two; a protocol in which the other side talks too is a
subclass of `Bridge` of its own.
"""

from __future__ import annotations

import time
from abc import ABC, abstractmethod
from collections import deque
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from mien.core.schemas import ARKIT52
from mien.core.types import F64, Expressions, Rig, Rigs
from mien.graph import Topic

_WINDOW = 64  # packets that the rate is measured over
_FRESH_S = 5.0


@dataclass(frozen=True, slots=True)
class Shown:
    """What one avatar shows at one time. Every number is finite and within the schema's limits."""

    stamp_ns: int  # of the image, as the Rigs message carries it
    rig: Rig  # neutral where nobody is there
    present: bool  # a face is followed, or its rig is still on the way to neutral
    position: F64 | None = None
    """Of the sellion before the camera [m]: x from the camera to the person, y to the camera's right
    (the person's left), z up. None = not known."""


class Encoder(Protocol):
    """Knows no time but that of the data, and no socket."""

    config: Any  # may be replaced between two frames, where only live parameters differ

    def encode(self, shown: Shown) -> Sequence[bytes]:
        """The datagrams of one frame; none where the protocol says nothing about it."""
        ...


class Counters:
    """What happened on one bridge, for diagnostics and `mien doctor`."""

    def __init__(self, address: str = "") -> None:
        self.address = address  # where it goes or listens, as a person reads it
        self.sent = 0  # packets
        self.received = 0
        self.errors = 0  # packets that could not be sent
        self.ignored = 0  # packets received that were malformed, or from strangers
        self.error = ""  # the last one; empty again once a packet went out
        self.asked = ""  # what the other side asked for
        self.link = ""  # what is wrong with the way there, and the mend; sockets write it
        self.waits = ""  # why nothing moves over there though the way is open, and the mend; bridges write it
        self._times_s: deque[float] = deque(maxlen=_WINDOW)

    def send(self) -> None:
        """A packet went out."""
        self.sent += 1
        self.error = ""
        self._times_s.append(time.monotonic())

    def receive(self) -> None:
        """A packet came in that was understood."""
        self.received += 1
        self._times_s.append(time.monotonic())

    def fail(self, reason: str) -> None:
        """A packet could not be sent."""
        self.errors += 1
        self.error = reason

    def ignore(self) -> None:
        """A packet came in that is not believed."""
        self.ignored += 1

    @property
    def last_s(self) -> float | None:
        """Seconds since the last packet went either way."""
        return time.monotonic() - self._times_s[-1] if self._times_s else None

    @property
    def rate_hz(self) -> float:
        """Packets per second, lately."""
        since = time.monotonic() - _FRESH_S
        recent = [t for t in list(self._times_s) if t >= since]
        return (len(recent) - 1) / (recent[-1] - recent[0]) if len(recent) > 1 and recent[-1] > recent[0] else 0.0

    def report(self) -> dict[str, str]:
        """Readable values, by name."""
        last = self.last_s
        values = {
            "address": self.address,
            "sent": str(self.sent),
            "received": str(self.received),
            "errors": str(self.errors),
            "ignored": str(self.ignored),
            "rate_hz": f"{self.rate_hz:.1f}",
            "last_s": "" if last is None else f"{last:.1f}",
            "error": self.error,
            "asked": self.asked,
            "waits": self.link or self.waits,
        }
        return {name: value for name, value in values.items() if value}


class Sink(Protocol):
    """Takes packets to the other side. Never blocks, never raises: what goes wrong is counted."""

    def send(self, packet: bytes) -> None: ...
    def close(self) -> None: ...


class MemorySink:
    """Keeps what it is given."""

    def __init__(self) -> None:
        self.packets: list[bytes] = []
        self.closed = False

    def send(self, packet: bytes) -> None:
        self.packets.append(packet)

    def close(self) -> None:
        self.closed = True


@dataclass(frozen=True, slots=True)
class Heard:
    """What an input bridge read: a face as a headset or another application sees it."""

    expressions: Expressions
    rigs: Rigs


@dataclass(frozen=True, slots=True)
class Home:
    """What a bridge gets beside its configuration."""

    counters: Counters = field(default_factory=Counters)
    node: Any = None  # the rclpy node, for bridges that speak ROS; None outside of a graph
    withheld: frozenset[Topic] = frozenset()  # what graph.privacy keeps from leaving the process that has it


class Bridge(ABC):
    """One running bridge. Called from one thread; no method blocks or raises for what a peer does."""

    schema: str = ARKIT52.schema  # of the rigs that `show` gets; "" = it shows none, as an input does not

    def __init__(self, counters: Counters) -> None:
        self.counters = counters

    def show(self, shown: Shown) -> None:  # noqa: B027
        """A frame of the person that this graph shows: at the rate of the camera, and while easing."""

    def hear(self, topic: str, value: Any) -> None:  # noqa: B027
        """A whole message, in the types of `mien.core.types`, of a topic that its spec `hears`."""

    def tick(self, now_s: float) -> None:  # noqa: B027
        """Some twenty times a second, whether faces come or not: answer, keep alive, time out."""

    def filenos(self) -> Iterable[int]:
        """Sockets on which something may come at any time: `tick` is called as soon as it does."""
        return ()

    def read(self) -> Iterable[Heard]:
        """Of an input bridge: what came since the last call."""
        return ()

    def reconfigure(self, config: Any) -> None:  # noqa: B027
        """Live parameters changed."""

    @abstractmethod
    def close(self) -> None: ...


class EncoderBridge(Bridge):
    """Sends what an encoder makes of every frame."""

    def __init__(self, encoder: Encoder, sink: Sink, counters: Counters) -> None:
        super().__init__(counters)
        self._encoder = encoder
        self._sink = sink

    def show(self, shown: Shown) -> None:
        for packet in self._encoder.encode(shown):
            self._sink.send(packet)

    def reconfigure(self, config: Any) -> None:
        self._encoder.config = config

    def close(self) -> None:
        self._sink.close()
