"""Finds VRChat's OSCQuery service and follows which avatar is in use, in its own thread."""

from __future__ import annotations

import http.client
import json
import socket
import struct
import threading
import time
from collections.abc import Callable
from typing import Any

from mien.bridges.base import Counters
from mien.bridges.vrchat import mdns
from mien.bridges.vrchat.avatar import Avatar, read

SERVICE = "_oscjson._tcp.local"
_CLIENT = "VRChat-Client"
_ASK_S, _LOOK_S, _TIMEOUT_S = 3.0, 1.0, 2.0
_MAX_BODY = 8 << 20
_MAX_PACKETS = 64


class Follower:
    """Calls `worn` with every new avatar, from its own thread.

    host: where VRChat runs; services on other hosts are ignored. port: of the service,
    0 = found by mDNS, where `discover` allows it.
    """

    def __init__(self, host: str, port: int, discover: str, counters: Counters, worn: Callable[[Avatar], None]) -> None:
        self._host = host
        self._fixed = port
        self._discover = discover
        self._counters = counters
        self._worn = worn
        self._port = port
        self._last: Avatar | None = None
        self._wake = threading.Condition()
        self._closed = False
        self._soon = False
        self._thread = threading.Thread(target=self._run, name="oscquery", daemon=True)
        self._thread.start()

    def look(self) -> None:
        """Query now, because VRChat has announced a change."""
        with self._wake:
            self._soon = True
            self._wake.notify()

    def close(self) -> None:
        with self._wake:
            self._closed = True
            self._wake.notify()
        self._thread.join(2 * _TIMEOUT_S)

    def _run(self) -> None:
        while not self._closed:
            try:
                if not self._port and self._discover != "off":
                    self._port = self._find()
                pause_s = _LOOK_S if self._port and self._follow() else _ASK_S
            except Exception:  # no answer of a peer may end the thread
                self._counters.ignore()
                pause_s = _ASK_S
            with self._wake:
                self._wake.wait_for(lambda: self._closed or self._soon, pause_s)
                self._soon = False

    def _follow(self) -> bool:
        """Look at the avatar once. False where the service is gone."""
        try:
            tree = self._get("/avatar")
            avatar = read(tree)
        except (OSError, http.client.HTTPException):
            self._port, self._last = self._fixed, None  # VRChat ended; it gets another port next time
            return False
        except (ValueError, RecursionError):
            self._counters.ignore()
            return False
        if avatar != self._last:
            self._last = avatar
            self._worn(avatar)
        return True

    def _get(self, path: str) -> Any:
        """JSON of one node. Raises OSError, HTTPException or ValueError."""
        end_s = time.monotonic() + 2 * _TIMEOUT_S
        connection = http.client.HTTPConnection(self._host, self._port, timeout=_TIMEOUT_S)
        try:
            connection.request("GET", path)
            with connection.getresponse() as response:
                if response.status != 200:
                    raise ValueError(f"status {response.status}")
                body = bytearray()
                while chunk := response.read1(1 << 16):
                    body += chunk
                    if len(body) > _MAX_BODY or time.monotonic() > end_s:
                        raise ValueError("too long")
                return json.loads(body)
        finally:
            connection.close()

    def _find(self) -> int:
        """The port of VRChat's service; 0 where nobody answers."""
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sock:
            sock.setsockopt(socket.IPPROTO_IP, socket.IP_MULTICAST_TTL, 1)
            if self._discover == "listen":
                sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
                if hasattr(socket, "SO_REUSEPORT"):
                    sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
                sock.bind(("", mdns.PORT))
                group = struct.pack("4sl", socket.inet_aton(mdns.GROUP), socket.INADDR_ANY)
                sock.setsockopt(socket.IPPROTO_IP, socket.IP_ADD_MEMBERSHIP, group)
            sock.sendto(mdns.question(SERVICE), (mdns.GROUP, mdns.PORT))
            end_s = time.monotonic() + _TIMEOUT_S
            for _ in range(_MAX_PACKETS):
                sock.settimeout(max(end_s - time.monotonic(), 0.01))
                try:
                    data, (sender, _) = sock.recvfrom(9000)
                    found = mdns.services(data, SERVICE)
                except TimeoutError:
                    return 0
                except ValueError:
                    self._counters.ignore()
                    continue
                for service in found:
                    if service.instance.startswith(_CLIENT) and self._is_there(service.host, sender):
                        return service.port
            return 0

    def _is_there(self, host: str, sender: str) -> bool:
        """Whether that is the computer where VRChat is said to run. On this one it tells 127.0.0.1."""
        here = ("127.0.0.1", "localhost", "::1")
        return self._host in (host, sender) or (self._host in here and host in here)
