"""The parts of a bridge: an encoder without a clock, a sink that never blocks, and counters.

An encoder converts what an avatar should show into the bytes of one protocol. A sink sends the bytes.
`EncoderBridge` joins the two; a protocol in which the other side sends messages too has its own
subclass of `Bridge`.
"""

from __future__ import annotations

import functools
import time
from abc import ABC, abstractmethod
from collections import deque
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, Concatenate, ParamSpec, Protocol, TypeVar

from mien.core.schemas import ARKIT52
from mien.core.types import F64, Expressions, Rig, Rigs
from mien.graph import Topic

_Others = ParamSpec("_Others")
_Result = TypeVar("_Result")

_WINDOW = 64  # number of packets from which the rate is computed
_FRESH_S = 5.0


@dataclass(frozen=True, slots=True)
class Shown:
    """What one avatar shows at one time. Every number is finite and within the schema's limits."""

    stamp_ns: int  # of the image, as the Rigs message carries it
    rig: Rig  # neutral where no face is tracked
    present: bool  # a face is tracked, or its rig is still easing to neutral
    position: F64 | None = None
    """Position of the sellion relative to the camera [m]: x from the camera to the person, y to the camera's right
    (the person's left), z up. None = not known."""


def once_per_frame(
    compute: Callable[Concatenate[Shown, _Others], _Result],
) -> Callable[Concatenate[Shown, _Others], _Result]:
    """Keep the result for the last frame: bridges of one kind get the same frame one after another.

    Nobody may change the result. Other arguments count as the same where they are the same object.
    """
    last: tuple[tuple[Any, ...], Any] = ((), None)

    def kept(shown: Shown, /, *args: _Others.args, **named: _Others.kwargs) -> _Result:
        nonlocal last
        given = (shown, *args, *named.values())
        before, result = last
        if len(before) != len(given) or any(a is not b for a, b in zip(before, given, strict=True)):
            result = compute(shown, *args, **named)
            last = given, result
        found: _Result = result
        return found

    functools.update_wrapper(kept, compute)
    return kept


class Encoder(Protocol):
    """Converts frames to datagrams; has neither clock nor socket."""

    config: Any  # may be replaced between two frames, where only live parameters differ

    def encode(self, shown: Shown) -> Sequence[bytes]:
        """The datagrams of one frame; empty where the protocol sends nothing for it."""
        ...


class Counters:
    """What happened on one bridge, for diagnostics and `mien doctor`."""

    def __init__(self, address: str = "") -> None:
        self.address = address  # where it sends to or listens, in readable form
        self.sent = 0  # packets
        self.received = 0
        self.errors = 0  # packets that could not be sent
        self.ignored = 0  # received packets that were malformed, or from unexpected senders
        self.error = ""  # the last one; empty again once a packet went out
        self.asked = ""  # what the other side asked for
        self.link = ""  # what is wrong with the connection, and the mend; set by sockets
        self.waits = ""  # why the other side does not move although it is connected, and the mend; set by bridges
        self._times_s: deque[float] = deque(maxlen=_WINDOW)

    def send(self) -> None:
        """Count a packet that was sent."""
        self.sent += 1
        self.error = ""
        self._times_s.append(time.monotonic())

    def receive(self) -> None:
        """Count a valid packet that was received."""
        self.received += 1
        self._times_s.append(time.monotonic())

    def fail(self, reason: str) -> None:
        """Count a packet that could not be sent."""
        self.errors += 1
        self.error = reason

    def ignore(self) -> None:
        """Count a received packet that is malformed or from an unexpected sender."""
        self.ignored += 1

    @property
    def last_s(self) -> float | None:
        """Seconds since the last packet was sent or received."""
        return time.monotonic() - self._times_s[-1] if self._times_s else None

    @property
    def rate_hz(self) -> float:
        """Recent packets per second."""
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
    """Sends packets. Never blocks and never raises: errors are counted."""

    def send(self, packet: bytes) -> None: ...
    def close(self) -> None: ...


class MemorySink:
    """Keeps packets in memory, for tests."""

    def __init__(self) -> None:
        self.packets: list[bytes] = []
        self.closed = False

    def send(self, packet: bytes) -> None:
        self.packets.append(packet)

    def close(self) -> None:
        self.closed = True


@dataclass(frozen=True, slots=True)
class Heard:
    """The output of an input bridge: a face as a headset or another application tracks it."""

    expressions: Expressions
    rigs: Rigs


@dataclass(frozen=True, slots=True)
class Home:
    """What a bridge gets in addition to its configuration."""

    counters: Counters = field(default_factory=Counters)
    node: Any = None  # the rclpy node, for bridges that speak ROS; None outside of a graph
    withheld: frozenset[Topic] = frozenset()  # what graph.privacy keeps from leaving the process that has it


class Bridge(ABC):
    """One running bridge. Called from one thread; no method blocks, and none raises because of a peer."""

    schema: str = ARKIT52.schema  # of the rigs that `show` gets; "" = it shows none, like an input
    paused: bool = False  # set by the hub: `show` and `hear` are not called, and what `read` returns is dropped

    def __init__(self, counters: Counters) -> None:
        self.counters = counters

    def show(self, shown: Shown) -> None:  # noqa: B027
        """Send one frame of the chosen person; called at the rate of the camera, and while easing."""

    def hear(self, topic: str, value: Any) -> None:  # noqa: B027
        """Handle a message, in the types of `mien.core.types`, of a topic in `BridgeSpec.hears`."""

    def tick(self, now_s: float) -> None:  # noqa: B027
        """Answer requests, keep connections alive, time out; called about 30 times a second, also without faces."""

    def filenos(self) -> Iterable[int]:
        """Sockets to watch: `tick` is called as soon as data arrives on one."""
        return ()

    def read(self) -> Iterable[Heard]:
        """What an input bridge has received since the last call."""
        return ()

    def reconfigure(self, config: Any) -> None:  # noqa: B027
        """Adopt changed live parameters."""

    @abstractmethod
    def close(self) -> None: ...


class EncoderBridge(Bridge):
    """Encodes every frame and sends the datagrams."""

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
