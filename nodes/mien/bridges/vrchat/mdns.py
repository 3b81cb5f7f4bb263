"""Asks the network for a service by multicast DNS (RFC 6762), and reads what comes back."""

from __future__ import annotations

import socket
import struct
from dataclasses import dataclass

GROUP, PORT = "224.0.0.251", 5353
_PTR, _A, _SRV = 12, 1, 33
_MAX_RECORDS, _MAX_JUMPS = 256, 16


@dataclass(frozen=True, slots=True)
class Service:
    instance: str  # first label of its name
    host: str
    port: int


def question(service: str) -> bytes:
    """A query for pointers to `service`, such as _oscjson._tcp.local; answers may come to us alone."""
    labels = b"".join(bytes([len(p)]) + p for p in service.encode().split(b"."))
    return struct.pack(">6H", 0, 0, 1, 0, 0, 0) + labels + b"\0" + struct.pack(">HH", _PTR, 0x8001)


def services(data: bytes, service: str) -> list[Service]:
    """What a packet tells of `service`. Raises ValueError where it is malformed."""
    if len(data) < 12:
        raise ValueError("no header")
    _, flags, questions, *counts = struct.unpack_from(">6H", data)
    if not flags & 0x8000 or questions + sum(counts) > _MAX_RECORDS:
        raise ValueError("no answer")
    at = 12
    for _ in range(questions):
        at = _name(data, at)[1] + 4
    places: dict[str, tuple[str, int]] = {}
    hosts: dict[str, str] = {}
    for _ in range(sum(counts)):
        name, at = _name(data, at)
        try:
            kind, _, _, size = struct.unpack_from(">HHIH", data, at)
        except struct.error as e:
            raise ValueError("record beyond the end") from e
        at += 10
        if at + size > len(data):
            raise ValueError("record beyond the end")
        if kind == _SRV and size > 6:
            places[name] = _name(data, at + 6)[0], struct.unpack_from(">H", data, at + 4)[0]
        elif kind == _A and size == 4:
            hosts[name] = socket.inet_ntoa(data[at : at + 4])
        at += size
    ending = f".{service.lower()}"
    return [
        Service(name.removesuffix(name[-len(ending) :]), hosts.get(target, ""), port)
        for name, (target, port) in places.items()
        if name.lower().endswith(ending) and port
    ]


def _name(data: bytes, at: int) -> tuple[str, int]:
    """A domain name and the place behind it."""
    labels: list[str] = []
    end = -1
    for _ in range(_MAX_JUMPS + 128):
        if at >= len(data):
            raise ValueError("name beyond the end")
        size = data[at]
        if size == 0:
            return ".".join(labels), (at + 1 if end < 0 else end)
        if size & 0xC0 == 0xC0:
            if at + 1 >= len(data):
                raise ValueError("name beyond the end")
            end = at + 2 if end < 0 else end
            to = (size & 0x3F) << 8 | data[at + 1]
            if to >= at:
                raise ValueError("name points forward")
            at = to
        elif size & 0xC0 or at + 1 + size > len(data):
            raise ValueError("malformed name")
        else:
            labels.append(data[at + 1 : at + 1 + size].decode("utf-8", "replace"))
            at += 1 + size
    raise ValueError("endless name")
