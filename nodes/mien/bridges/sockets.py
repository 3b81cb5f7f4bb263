"""Non-blocking UDP sockets: a sink, and a source that trusts no peer."""

from __future__ import annotations

import errno
import ipaddress
import socket
import threading
import time
from collections.abc import Iterator

from mien.bridges.base import Counters

MAX_DATAGRAM = 65_535
_AT_ONCE = 64  # datagrams taken per poll, so that a flood cannot block other bridges
_BUFFER = 1 << 18
_RETRY_S = 1.0
_LOOK_UP_S = 5.0

Address = tuple[str, int]


class UdpSink:
    """Sends datagrams to one address.

    The socket is connected, so that the system reports when nobody listens there. A name is resolved by
    a thread; until then, and while there is no network, packets are dropped and counted.
    """

    def __init__(self, host: str, port: int, counters: Counters) -> None:
        self.counters = counters
        counters.address = f"udp {host}:{port}"
        self._address = f"{host}:{port}"
        self._socket: socket.socket | None = None
        self._number = host if _is_number(host) else ""
        self._port = port
        self._retry_at_s = 0.0
        self._closed = threading.Event()
        self._lock = threading.Lock()  # of the socket: the thread that resolves a name may connect during `close`
        if self._number:
            self._connect(host, port)
        else:
            counters.link = f"{host} is being looked up"
            threading.Thread(target=self._resolve, args=(host, port), name="resolve", daemon=True).start()

    def send(self, packet: bytes) -> None:
        sock = self._socket or self._again()
        if sock is None:
            self.counters.fail(self.counters.link or f"cannot reach {self._address}")
            return
        try:
            try:
                sock.send(packet)
            except ConnectionRefusedError:
                # Said of an earlier packet, and this one was not sent: somebody may listen by now.
                sock.send(packet)
                self.counters.link = f"nobody listens on {self._address}: start the application, or check its port"
            else:
                self.counters.link = ""
        except OSError as e:
            self.counters.fail(_reason(e, self._address))
        else:
            self.counters.send()

    def close(self) -> None:
        with self._lock:
            self._closed.set()
            if self._socket:
                self._socket.close()
                self._socket = None

    def _again(self) -> socket.socket | None:
        """Retry to connect at intervals."""
        now_s = time.monotonic()
        if self._number and now_s >= self._retry_at_s and not self._closed.is_set():
            self._retry_at_s = now_s + _RETRY_S
            self._connect(self._number, self._port)
        return self._socket

    def _connect(self, host: str, port: int) -> None:
        number = ipaddress.ip_address("127.0.0.1" if host == "localhost" else host)
        sock = socket.socket(socket.AF_INET if number.version == 4 else socket.AF_INET6, socket.SOCK_DGRAM)
        try:
            sock.setblocking(False)
            sock.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, _BUFFER)
            if number.version == 4 and str(number).endswith(".255"):
                sock.setsockopt(socket.SOL_SOCKET, socket.SO_BROADCAST, 1)
            sock.connect((str(number), port))
        except OSError as e:
            sock.close()
            self.counters.link = _reason(e, self._address)
            return
        with self._lock:
            if self._closed.is_set():
                sock.close()
                return
            self.counters.link = ""
            self._socket = sock

    def _resolve(self, host: str, port: int) -> None:
        while not self._closed.is_set():
            try:
                found = str(socket.getaddrinfo(host, port, type=socket.SOCK_DGRAM)[0][4][0])
            except OSError as e:
                self.counters.link = f"{host} is not known ({e.strerror or e}): give its address"
                self._closed.wait(_LOOK_UP_S)
            else:
                self._connect(found, port)
                self._number = found
                return


class UdpSource:
    """Receives datagrams and can answer them. Retries while its port is in use.

    host: whom it listens to; loopback unless the user said otherwise.
    """

    def __init__(self, host: str, port: int, counters: Counters) -> None:
        self.counters = counters
        self._where = host, port
        self._retry_at_s = 0.0
        self._socket: socket.socket | None = None
        self._closed = False
        self._open()

    @property
    def port(self) -> int:
        """The port that it got; 0 while it has none."""
        return int(self._socket.getsockname()[1]) if self._socket else 0

    def filenos(self) -> tuple[int, ...]:
        sock = self._socket
        return (sock.fileno(),) if sock else ()

    def poll(self, now_s: float) -> Iterator[tuple[bytes, Address]]:
        """The received datagrams and their senders; at most a few dozen at once."""
        if self._socket is None and not self._closed and now_s >= self._retry_at_s:
            self._retry_at_s = now_s + _RETRY_S
            self._open()
        for _ in range(_AT_ONCE):
            if self._socket is None:
                return
            try:
                data, address = self._socket.recvfrom(MAX_DATAGRAM)
            except BlockingIOError:
                return
            except OSError:
                continue  # nobody received an earlier answer
            yield data, (str(address[0]), int(address[1]))

    def answer(self, packet: bytes, to: Address) -> None:
        """Send a datagram from the port that it listens on."""
        if self._socket is None:
            return
        try:
            self._socket.sendto(packet, to)
        except (OSError, OverflowError) as e:
            self.counters.fail(_reason(e, f"{to[0]}:{to[1]}"))
        else:
            self.counters.send()

    def close(self) -> None:
        self._closed = True
        if self._socket:
            self._socket.close()
            self._socket = None

    def _open(self) -> None:
        host, port = self._where
        self.counters.address = f"udp {host}:{port}"
        host = "127.0.0.1" if host == "localhost" else host
        sock: socket.socket | None = None
        try:
            version = ipaddress.ip_address(host).version
            sock = socket.socket(socket.AF_INET if version == 4 else socket.AF_INET6, socket.SOCK_DGRAM)
            sock.setblocking(False)
            sock.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, _BUFFER)
            sock.bind((host, port))
        except (OSError, ValueError) as e:
            if sock:
                sock.close()
            self.counters.link = _reason(e, f"{host}:{port}")
            return
        self.counters.link = ""
        self._socket = sock


def _is_number(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True


def _reason(error: Exception, address: str) -> str:
    if isinstance(error, BlockingIOError):
        return f"{address}: the network takes no more packets"
    number = getattr(error, "errno", None)
    if number == errno.EADDRINUSE:
        return f"{address} is taken by another program: end it, or give another port"
    if number == errno.ECONNREFUSED:
        return f"nobody listens on {address}"
    return f"{address}: {getattr(error, 'strerror', None) or error}"
