"""The server over a real socket: who is let in, what is refused, and who cannot slow whom."""

from __future__ import annotations

import asyncio
import json
import socket
import struct
import time
from collections.abc import Awaitable, Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import pytest

pytest.importorskip("aiohttp", reason="needs the extra dashboard")

import aiohttp

from mien.core.errors import StartError
from mien.dashboard import wire
from mien.dashboard.access import Access
from mien.dashboard.board import Board
from mien.dashboard.config import DashboardConfig
from mien.dashboard.server import FULL, UNCLEAR, WRONG_TOKEN, Server

FILES = {"index.html": (b"<p>page", "text/html; charset=utf-8")}


async def call(what: str, given: Mapping[str, Any]) -> str:
    if what != "add":
        raise ValueError(f"{what}: not known")
    return str(given["a"] + given["b"])


@contextmanager
def serving(board: Board | None = None, **settings: Any) -> Iterator[Server]:
    board = board or Board()
    control = settings.pop("allow", "") == "control"
    config = DashboardConfig(port=0, **settings)
    access = Access(config.host, control=control, token="right")
    server = Server(
        config, access, board, files=FILES, avatars={"box.glb": lambda: b"glTF"}, call=call, hello={"version": "1"}
    )
    try:
        yield server
    finally:
        server.close()
        board.close()


def talk(server: Server, act: Callable[[aiohttp.ClientSession, str], Awaitable[Any]]) -> Any:
    async def run() -> Any:
        async with aiohttp.ClientSession() as session:
            return await asyncio.wait_for(act(session, f"http://127.0.0.1:{server.port}"), 10)

    return asyncio.run(run())


def heads(data: bytes) -> list[dict[str, Any]]:
    out = []
    while data:
        head, body = struct.unpack_from("<II", data)
        out.append(json.loads(data[8 : 8 + head]))
        data = data[8 + head + body :]
    return out


async def opened(session: aiohttp.ClientSession, url: str, **said: Any) -> aiohttp.ClientWebSocketResponse:
    ws = await session.ws_connect(f"{url}/ws", headers={"Origin": url})
    await ws.send_json({"kind": "open", **said})
    return ws


@pytest.mark.parametrize("origin", ["http://evil.example", "null", "http://127.0.0.1:1"])
def test_a_socket_of_another_page_is_refused(origin: str) -> None:
    async def act(session: aiohttp.ClientSession, url: str) -> int:
        with pytest.raises(aiohttp.WSServerHandshakeError) as caught:
            await session.ws_connect(f"{url}/ws", headers={"Origin": origin})
        return caught.value.status

    with serving() as server:
        assert talk(server, act) == 403


def test_a_name_that_points_here_is_refused() -> None:
    async def act(session: aiohttp.ClientSession, url: str) -> int:
        async with session.get(url, headers={"Host": "evil.example"}) as answer:
            return answer.status

    with serving() as server:
        assert talk(server, act) == 403


@pytest.mark.parametrize(
    "path",
    [
        "/../../etc/passwd",
        "/%2e%2e/%2e%2e/etc/passwd",
        "/..%2f..%2fetc/passwd",
        "//etc/passwd",
        "/node.py",
        "/avatars/..%2fx",
    ],
)
def test_no_path_leads_out(path: str) -> None:
    """By a socket of our own: clients tidy paths up."""
    with serving() as server, socket.create_connection(("127.0.0.1", server.port), 5) as raw:
        raw.sendall(f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{server.port}\r\nConnection: close\r\n\r\n".encode())
        answer = b"".join(iter(lambda: raw.recv(4096), b""))
    assert answer.split(b" ", 2)[1] in (b"404", b"400")
    assert b"root:" not in answer


def test_the_page_is_served_with_a_policy_that_lets_nothing_else_in() -> None:
    async def act(session: aiohttp.ClientSession, url: str) -> None:
        async with session.get(url) as page, session.get(f"{url}/avatars/box.glb") as avatar:
            assert await page.read() == b"<p>page"
            assert "default-src 'none'" in page.headers["Content-Security-Policy"]
            assert page.headers["X-Content-Type-Options"] == "nosniff"
            assert await avatar.read() == b"glTF"

    with serving() as server:
        talk(server, act)


@pytest.mark.parametrize(
    ("first", "code"),
    [
        ('{"kind":"open","token":"wrong"}', WRONG_TOKEN),
        ('{"kind":"call"}', UNCLEAR),
        ("not json", UNCLEAR),
        ("[" * 4000, UNCLEAR),
        ("x" * 5000, 1009),
    ],
)
def test_who_opens_wrongly_is_sent_away(first: str, code: int) -> None:
    async def act(session: aiohttp.ClientSession, url: str) -> int | None:
        async with session.ws_connect(f"{url}/ws") as ws:
            await ws.send_str(first)
            await ws.receive()
            return ws.close_code

    with serving() as server:
        assert talk(server, act) == code


def test_an_oversized_frame_ends_the_viewer_alone() -> None:
    async def act(session: aiohttp.ClientSession, url: str) -> None:
        bad, good = await opened(session, url), await opened(session, url)
        await bad.receive()
        await bad.send_str("x" * 100_000)
        while (await bad.receive()).type is aiohttp.WSMsgType.BINARY:
            pass
        assert bad.close_code == 1009
        assert heads((await good.receive()).data)[0]["kind"] == "hello"

    with serving() as server:
        talk(server, act)


def test_nothing_is_done_without_the_token() -> None:
    async def act(session: aiohttp.ClientSession, url: str, token: str) -> dict[str, Any]:
        ws = await opened(session, url, token=token)
        await ws.send_json({"kind": "call", "number": 7, "what": "add", "with": {"a": 1, "b": 2}})
        async for message in ws:
            for head in heads(message.data):
                if head["kind"] == "answer":
                    return head
        raise AssertionError

    with serving(allow="control") as server:
        assert not talk(server, lambda s, u: act(s, u, ""))["ok"]
        assert talk(server, lambda s, u: act(s, u, "right")) == {"kind": "answer", "number": 7, "ok": True, "text": "3"}
    with serving() as server:  # control is off: the token opens nothing more
        assert "--allow control" in talk(server, lambda s, u: act(s, u, "right"))["text"]


def test_too_many_viewers_are_told() -> None:
    async def act(session: aiohttp.ClientSession, url: str) -> int | None:
        first = await opened(session, url)
        await first.receive()
        await asyncio.sleep(0.05)
        second = await opened(session, url)
        await second.receive()
        return second.close_code

    with serving(viewers=1) as server:
        assert talk(server, act) == FULL


def test_a_viewer_that_reads_nothing_is_dropped_for_and_slows_nobody() -> None:
    board = Board()
    big = bytes(400_000)

    async def act(session: aiohttp.ClientSession, url: str) -> tuple[list[int], float]:
        deaf, port = socket.socket(), int(url.rsplit(":", 1)[1])
        deaf.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        deaf.connect(("127.0.0.1", port))
        key = "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n"
        upgrade = (
            f"GET /ws HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n{key}\r\n"
        )
        said = b'{"kind":"open"}'
        deaf.sendall(upgrade.encode() + bytes([0x81, 0x80 | len(said), 0, 0, 0, 0]) + said)
        good = await opened(session, url)
        while len(board.viewers) < 2:
            await asyncio.sleep(0.01)
        seen, longest = [], 0.0
        for n in range(60):
            start = time.perf_counter()
            board.put("image", lambda n=n: wire.record("image", big, n=n))
            longest = max(longest, time.perf_counter() - start)
            while not seen or seen[-1] != n:
                seen += [h["n"] for h in heads((await good.receive()).data) if h["kind"] == "image"]
        deaf.close()
        return seen, longest

    with serving(board, rate_hz=120.0) as server:
        seen, longest = talk(server, act)
        assert seen == list(range(60)), "the one that reads gets everything"
        assert longest < 0.25, "whoever puts does not wait"


def test_what_a_slow_viewer_missed_is_counted_and_never_made() -> None:
    board, made = Board(), []
    release = asyncio.Event()

    async def act() -> tuple[int, int]:
        from mien.dashboard.board import Viewer

        board.attach(asyncio.get_running_loop())
        viewer = Viewer()

        async def send(_: bytes) -> None:
            await release.wait()  # reads nothing yet

        serving = asyncio.create_task(board.serve(viewer, send, 1000))
        for n in range(50):
            board.put("image", lambda n=n: made.append(n) or wire.record("image", n=n))
            await asyncio.sleep(0.002)
        release.set()
        await asyncio.sleep(0.1)
        serving.cancel()
        return viewer.sent, viewer.dropped

    sent, dropped = asyncio.run(act())
    board.close()
    assert sent == len(made) <= 6
    assert sent + dropped >= 50 - 1
    assert made[-1] == 49, "the newest wins"


def test_a_record_that_cannot_be_made_ends_no_viewer() -> None:
    failures: list[Exception] = []
    board = Board(failures.append)

    def broken() -> bytes:
        raise ValueError("presence is 7")

    board.put("faces", broken)
    board.put("labels", lambda: wire.record("labels"))

    async def act(session: aiohttp.ClientSession, url: str) -> None:
        ws = await opened(session, url)
        kinds: list[str] = []
        while "labels" not in kinds:
            kinds += [h["kind"] for h in heads((await ws.receive()).data)]

    with serving(board) as server:
        talk(server, act)
    assert [str(f) for f in failures] == ["presence is 7"]


def test_a_port_that_is_taken_is_named() -> None:
    with serving() as server, pytest.raises(StartError, match=f"{server.port}.*choose another"):
        Server(DashboardConfig(port=server.port), Access("127.0.0.1"), Board(), files=FILES, avatars={})
