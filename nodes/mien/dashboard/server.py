"""Serves the page, the avatars and one web socket, on a thread of its own."""

from __future__ import annotations

import asyncio
import errno
import json
import re
import threading
from collections.abc import Awaitable, Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from typing import Any

from aiohttp import WSCloseCode, WSMessage, WSMsgType, web

from mien.core.errors import StartError
from mien.dashboard import wire
from mien.dashboard.access import Access
from mien.dashboard.board import Board, Viewer
from mien.dashboard.config import DashboardConfig

WRONG_TOKEN, FULL, UNCLEAR = 4401, 4429, 4400  # close codes; the page tells them apart
_LARGEST_FRAME = 4096
_SCHEMA = re.compile(r"[a-z][a-z0-9_]{0,63}")  # it becomes part of a topic
_OPEN_S = 5.0
_HEARTBEAT_S = 20.0
_GUESS_S = 0.5  # a wrong token is answered no sooner
_HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob: data:; "
        "connect-src 'self' blob: data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    ),
    "Cache-Control": "no-cache",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}
Call = Callable[[str, Mapping[str, Any]], Awaitable[str]]


async def _no_call(what: str, _: Mapping[str, Any]) -> str:
    raise ValueError(f"{what}: nothing here does that")


class Server:
    """One dashboard.

    files: content and type by path. avatars: makes the GLB of a name. call: carries out what a viewer with the
    token asks for, and returns what happened; it raises ValueError with the reason where it does not.
    Raises StartError where the port cannot be had.
    """

    def __init__(
        self,
        config: DashboardConfig,
        access: Access,
        board: Board,
        *,
        files: Mapping[str, tuple[bytes, str]],
        avatars: Mapping[str, Callable[[], bytes]],
        call: Call | None = None,
        hello: Mapping[str, Any] | None = None,
    ) -> None:
        self._config = config
        self._access = access
        self._board = board
        self._files = files
        self._avatars = avatars
        self._call = call or _no_call
        self._hello = dict(hello or {})
        self._pool = ThreadPoolExecutor(3, thread_name_prefix="avatars")
        self.port = config.port
        self._loop = asyncio.new_event_loop()
        self._started = threading.Event()
        self._failure: OSError | None = None
        self._stop = asyncio.Event()
        self._thread = threading.Thread(target=self._run, name="dashboard", daemon=True)
        self._thread.start()
        self._started.wait()
        if self._failure is not None:
            taken = self._failure.errno == errno.EADDRINUSE
            reason = "another program listens there" if taken else self._failure.strerror or str(self._failure)
            raise StartError(f"dashboard.port: {config.host}:{config.port}: {reason}; choose another one")

    @property
    def url(self) -> str:
        """Of the page. The token stands behind #, which browsers send to nobody."""
        host = f"[{self._config.host}]" if ":" in self._config.host else self._config.host
        secret = f"#token={self._access.token}" if self._access.control or self._access.needs_token else ""
        return f"http://{host}:{self.port}/{secret}"

    def close(self) -> None:
        with suppress(RuntimeError):  # it has ended
            self._loop.call_soon_threadsafe(self._stop.set)
        self._thread.join(5)
        self._pool.shutdown(wait=False, cancel_futures=True)

    def _run(self) -> None:
        asyncio.set_event_loop(self._loop)
        try:
            self._loop.run_until_complete(self._serve())
        except OSError as e:
            self._failure = e
        finally:
            self._started.set()
            self._loop.close()

    async def _serve(self) -> None:
        app = web.Application(middlewares=[self._guard], client_max_size=1024)
        app.router.add_get("/ws", self._socket)
        app.router.add_get("/avatars/{name}", self._avatar)
        app.router.add_get("/{path:.*}", self._file)
        runner = web.AppRunner(app, access_log=None, handle_signals=False, shutdown_timeout=0.5)
        await runner.setup()
        try:
            await web.TCPSite(runner, self._config.host, self._config.port).start()
            self.port = runner.addresses[0][1]
            self._board.attach(self._loop)
            self._started.set()
            await self._stop.wait()
        finally:
            await runner.cleanup()

    @web.middleware
    async def _guard(
        self, request: web.Request, handler: Callable[[web.Request], Awaitable[web.StreamResponse]]
    ) -> web.StreamResponse:
        if problem := self._access.host_problem(request.host):
            return web.Response(status=403, text=f"refused: {problem}", headers=_HEADERS)
        return await handler(request)

    async def _file(self, request: web.Request) -> web.Response:
        found = self._files.get(request.match_info["path"] or "index.html")
        if found is None:
            return web.Response(status=404, text="no such page", headers=_HEADERS)
        return web.Response(body=found[0], headers={**_HEADERS, "Content-Type": found[1]})

    async def _avatar(self, request: web.Request) -> web.Response:
        make = self._avatars.get(request.match_info["name"])
        if make is None:
            return web.Response(status=404, text="no such avatar", headers=_HEADERS)
        try:
            body = await self._loop.run_in_executor(self._pool, make)
        except Exception as e:  # the page goes on without it
            return web.Response(status=503, text=str(e), headers=_HEADERS)
        return web.Response(body=body, headers={**_HEADERS, "Content-Type": "model/gltf-binary"})

    async def _socket(self, request: web.Request) -> web.StreamResponse:
        if problem := self._access.origin_problem(request.headers.get("Origin"), request.host):
            return web.Response(status=403, text=f"refused: {problem}", headers=_HEADERS)
        ws = web.WebSocketResponse(
            max_msg_size=_LARGEST_FRAME, compress=False, heartbeat=_HEARTBEAT_S, timeout=_HEARTBEAT_S / 4
        )
        await ws.prepare(request)
        viewer = await self._admit(ws)
        if viewer is None:
            return ws
        await ws.send_bytes(wire.record("hello", control=viewer.control, **self._hello))
        sending = asyncio.create_task(self._board.serve(viewer, ws.send_bytes, self._config.rate_hz))
        try:
            async for message in ws:
                if not await self._hear(ws, viewer, message):
                    break
        finally:
            sending.cancel()
            with suppress(asyncio.CancelledError, ConnectionError, RuntimeError):
                await sending
        return ws

    async def _admit(self, ws: web.WebSocketResponse) -> Viewer | None:
        """The first message says who it is: {"kind": "open", "token": …}."""
        try:
            said = _object(await ws.receive(timeout=_OPEN_S))
        except asyncio.TimeoutError:
            said = None
        if said is None or said.get("kind") != "open":
            await ws.close(code=UNCLEAR, message=b"the first message must open")
            return None
        token = said.get("token")
        fits = self._access.fits(token)
        if (token or self._access.needs_token) and not fits:
            await asyncio.sleep(_GUESS_S)
            await ws.close(code=WRONG_TOKEN, message=b"wrong token")
            return None
        if len(self._board.viewers) >= self._config.viewers:
            await ws.close(code=FULL, message=b"too many viewers")
            return None
        return Viewer(control=fits and self._access.control)

    async def _hear(self, ws: web.WebSocketResponse, viewer: Viewer, message: WSMessage) -> bool:
        """Whether to go on."""
        said = _object(message)
        if said is None:
            await ws.close(code=WSCloseCode.UNSUPPORTED_DATA, message=b"not understood")
            return False
        if said.get("kind") == "want" and isinstance(schemas := said.get("schemas"), list):
            viewer.wanted = frozenset(s for s in schemas[:8] if isinstance(s, str) and _SCHEMA.fullmatch(s))
            viewer.explains = said.get("explain") is True
        elif said.get("kind") == "call":
            number = said.get("number")
            asyncio.create_task(self._carry_out(viewer, number if isinstance(number, int) else 0, said))  # noqa: RUF006
        return True

    async def _carry_out(self, viewer: Viewer, number: int, said: Mapping[str, Any]) -> None:
        what, given = said.get("what"), said.get("with")
        ok, text = False, ""
        if not viewer.control:
            text = "not allowed: start it with --allow control, and open the address with the token that it prints"
        elif not isinstance(what, str) or not isinstance(given, dict):
            text = "not understood"
        else:
            try:
                ok, text = True, await self._call(what, given)
            except ValueError as e:
                text = str(e)
        viewer.answer(wire.record("answer", number=number, ok=ok, text=text))


def _object(message: WSMessage) -> dict[str, Any] | None:
    """The JSON object of a message of text; None where it is none."""
    if message.type is not WSMsgType.TEXT:
        return None
    try:
        said = json.loads(message.data)
    except (ValueError, RecursionError):
        return None
    return said if isinstance(said, dict) else None
