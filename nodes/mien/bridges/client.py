"""A connection that its own thread keeps open, so that no other thread waits for it."""

from __future__ import annotations

import contextlib
import socket
import struct
import threading
from collections.abc import Callable
from typing import Generic, Protocol, TypeVar

from mien.bridges.base import Counters
from mien.core.errors import BridgeError

T = TypeVar("T")

_OPEN_S = 2.0
_SEND_S = 2.0
_LAST_S = 0.3  # for what was put last
_FIRST_RETRY_S, _LONGEST_RETRY_S = 0.5, 5.0
MAX_MESSAGE = 1 << 20


class Closed(Exception):
    """The client is being closed, or the connection broke."""


class Refused(BridgeError):
    """The other side refuses the connection; try again after `retry_s`."""

    def __init__(self, message: str, retry_s: float) -> None:
        super().__init__(message)
        self.retry_s = retry_s


class Link(Protocol):
    """An open connection that carries whole messages. Methods raise OSError or Closed once it is broken."""

    def send(self, message: str | bytes) -> None: ...
    def receive(self, timeout_s: float) -> str | bytes | None:
        """The next message; None when none came in that time."""
        ...

    def close(self) -> None: ...


class Client(Generic[T]):
    """Opens a connection, runs `session(link)` on it, and reconnects when that ends or breaks.

    `session` gets the newest item to send by `take`. It may raise BridgeError with the reason why it gives
    up: the counters show it until a connection works, and retries become slower.
    """

    def __init__(
        self, connect: Callable[[], Link], session: Callable[[Client[T], Link], None], counters: Counters
    ) -> None:
        self.counters = counters
        self._connect = connect
        self._session = session
        self._changed = threading.Condition()
        self._item: T | None = None
        self._closed = False
        self._link: Link | None = None
        self._thread = threading.Thread(target=self._run, name="bridge", daemon=True)
        self._thread.start()

    def put(self, item: T) -> None:
        """Offer an item to send; it replaces one that is still waiting."""
        with self._changed:
            self._item = item
            self._changed.notify()

    def take(self, timeout_s: float) -> T | None:
        """The newest item, or None when none came in that time. Raises Closed when the client is closed and empty."""
        with self._changed:
            self._changed.wait_for(lambda: self._closed or self._item is not None, timeout_s)
            item, self._item = self._item, None
            if self._closed and item is None:
                raise Closed
            return item

    def close(self) -> None:
        with self._changed:
            self._closed = True
            self._changed.notify()
        self._thread.join(_LAST_S)
        if link := self._link:  # the thread may let go of it meanwhile
            link.close()
        self._thread.join(_SEND_S)

    def _run(self) -> None:
        retry_s = _FIRST_RETRY_S
        while not self._closed:
            before, least_s = self.counters.sent, 0.0
            try:
                link = self._link = self._connect()
            except Exception as e:
                self._say(e)
            else:
                try:
                    self.counters.link = ""
                    self._session(self, link)
                except Exception as e:  # no error of the other side may end the thread
                    self._say(e)
                    least_s = e.retry_s if isinstance(e, Refused) else 0.0
                finally:
                    self._link = None
                    link.close()
            retry_s = _FIRST_RETRY_S if self.counters.sent > before else min(2 * retry_s, _LONGEST_RETRY_S)
            with self._changed:
                self._changed.wait_for(lambda: self._closed, max(retry_s, least_s))

    def _say(self, error: Exception) -> None:
        if isinstance(error, BridgeError):
            self.counters.link = str(error)
        elif isinstance(error, ConnectionRefusedError):
            self.counters.link = f"nobody listens on {self.counters.address}: start the application, or check its port"
        elif isinstance(error, OSError):
            self.counters.link = f"{self.counters.address}: {error.strerror or error or type(error).__name__}"
        elif not isinstance(error, Closed):
            self.counters.link = f"{self.counters.address}: {type(error).__name__}: {error}"
        elif not self._closed:
            self.counters.link = f"{self.counters.address} ended the connection; trying again"


def websocket(host: str, port: int, path: str, counters: Counters) -> Callable[[], Link]:
    """How to open a WebSocket there. Needs the package websockets."""
    counters.address = f"ws://{host}:{port}{path}"

    def connect() -> Link:
        return _WebSocket(host, port, path)

    return connect


class _WebSocket:
    def __init__(self, host: str, port: int, path: str) -> None:
        try:
            from websockets.exceptions import WebSocketException
            from websockets.sync.client import connect
        except ImportError as e:
            raise BridgeError("websockets is not installed; pip install 'mien[bridges]'") from e
        self._broken = WebSocketException
        sock = socket.create_connection((host, port), _OPEN_S)
        sock.settimeout(None)
        sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        # If the peer no longer reads, `send` fails instead of waiting forever.
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_SNDTIMEO, struct.pack("ll", int(_SEND_S), 0))
        try:
            self._open = contextlib.ExitStack()
            self._connection = self._open.enter_context(
                connect(
                    f"ws://{host}:{port}{path}", sock=sock, compression=None, proxy=None,
                    open_timeout=_OPEN_S, close_timeout=0.2, ping_interval=5, ping_timeout=5, max_size=MAX_MESSAGE,
                )
            )  # fmt: skip
        except (WebSocketException, TimeoutError, EOFError, ValueError) as e:
            sock.close()
            raise BridgeError(f"{host}:{port} does not speak WebSocket ({e})") from e

    def send(self, message: str | bytes) -> None:
        try:
            self._connection.send(message)
        except self._broken as e:
            raise Closed from e

    def receive(self, timeout_s: float) -> str | bytes | None:
        try:
            return self._connection.recv(timeout_s)
        except TimeoutError:
            return None
        except self._broken as e:
            raise Closed from e

    def close(self) -> None:
        with contextlib.suppress(self._broken, OSError):
            self._open.close()
