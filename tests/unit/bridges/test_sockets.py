"""Non-blocking UDP sockets: what they report of a peer that is absent, late or sends wrong data."""

from __future__ import annotations

import socket
import threading
import time
from typing import Any

import pytest

from mien.bridges.base import Counters
from mien.bridges.sockets import UdpSink, UdpSource
from mien.bridges.watch import Watch


def listener() -> socket.socket:
    sock = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    sock.settimeout(2)
    sock.bind(("127.0.0.1", 0))
    return sock


def test_nobody_listens_then_somebody_does() -> None:
    counters = Counters()
    peer = listener()
    port = peer.getsockname()[1]
    peer.close()
    sink = UdpSink("127.0.0.1", port, counters)
    for i in range(5):
        sink.send(b"%d" % i)
    assert "nobody listens" in counters.link
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as late:
        late.settimeout(2)
        late.bind(("127.0.0.1", port))
        for i in range(5, 8):
            sink.send(b"%d" % i)
        assert [late.recv(9) for _ in range(3)] == [b"5", b"6", b"7"]
        assert counters.link == ""
    sink.close()


def test_a_name_is_looked_up_behind_our_back() -> None:
    counters = Counters()
    sink = UdpSink("no-such-host.invalid", 9, counters)
    begin = time.monotonic()
    sink.send(b"x")
    assert time.monotonic() - begin < 0.1
    assert counters.errors == 1
    sink.close()
    sink.send(b"x")
    assert counters.errors == 2


def test_a_name_that_is_found_after_the_end_opens_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    asked, found = threading.Event(), threading.Event()

    def look_up(*_: Any, **__: Any) -> list[Any]:
        asked.set()
        assert found.wait(5)
        return [(socket.AF_INET, socket.SOCK_DGRAM, 0, "", ("127.0.0.1", 9))]

    monkeypatch.setattr(socket, "getaddrinfo", look_up)
    counters = Counters()
    sink = UdpSink("late.example", 9, counters)
    assert asked.wait(5)
    sink.close()
    found.set()
    for thread in threading.enumerate():
        if thread.name == "resolve":
            thread.join(5)
    sink.send(b"x")
    assert (counters.sent, counters.errors) == (0, 1)


def test_a_source_that_was_closed_stays_closed() -> None:
    source = UdpSource("127.0.0.1", 0, Counters())
    source.close()
    assert list(source.poll(1e9)) == []
    assert source.filenos() == ()


def test_an_unreachable_address_is_counted() -> None:
    counters = Counters()
    sink = UdpSink("255.255.255.255", 9, counters)
    sink.send(b"x" * 70_000)
    assert counters.errors == 1
    assert counters.error
    sink.close()


def test_a_port_that_is_taken_is_tried_again() -> None:
    other, counters = listener(), Counters()
    port = other.getsockname()[1]
    source = UdpSource("127.0.0.1", port, counters)
    assert "taken by another program" in counters.link
    assert list(source.poll(0.0)) == []
    other.close()
    assert list(source.poll(0.5)) == []
    list(source.poll(5.0))
    assert source.port == port
    assert counters.link == ""
    source.close()


def test_a_flood_is_taken_in_parts() -> None:
    source = UdpSource("127.0.0.1", 0, Counters())
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sender:
        for i in range(200):
            sender.sendto(bytes([i]), ("127.0.0.1", source.port))
        first = list(source.poll(0.0))
        assert 0 < len(first) < 200
        assert first[0] == (b"\x00", sender.getsockname()) or first[0][0] == b"\x00"
    source.close()


def test_an_answer_goes_to_who_asked() -> None:
    source = UdpSource("127.0.0.1", 0, Counters())
    with listener() as peer:
        peer.sendto(b"?", ("127.0.0.1", source.port))
        (data, address), *rest = source.poll(0.0)
        assert (data, rest) == (b"?", [])
        source.answer(b"!", address)
        assert peer.recvfrom(9) == (b"!", ("127.0.0.1", source.port))
        source.answer(b"!", ("127.0.0.1", 0))
        assert source.counters.errors == 1
    source.close()


def test_a_network_that_comes_later_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    counters, peer = Counters(), listener()
    real, broken = socket.socket.connect, [True]

    def connect(self: socket.socket, address: object) -> None:
        if broken[0]:
            raise OSError(101, "Network is unreachable")
        real(self, address)  # type: ignore[arg-type]

    monkeypatch.setattr(socket.socket, "connect", connect)
    sink = UdpSink("127.0.0.1", peer.getsockname()[1], counters)
    sink.send(b"lost")
    assert "unreachable" in counters.link
    broken[0] = False
    sink._retry_at_s = 0.0
    sink.send(b"found")
    assert peer.recv(9) == b"found"
    sink.close()
    peer.close()


def test_what_comes_is_told_at_once() -> None:
    came = threading.Event()
    with listener() as sock:
        watch = Watch(lambda: (sock.fileno(), -1), came.set)
        assert not came.wait(0.05)
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sender:
            for _ in range(2):
                sender.sendto(b"x", sock.getsockname())
                assert came.wait(2)
                sock.recv(9)
                came.clear()
                watch.handled()
        watch.close()
    watch = Watch(lambda: (sock.fileno(), 9999), came.set)  # closed, and never open
    assert not came.wait(0.3)
    watch.close()
