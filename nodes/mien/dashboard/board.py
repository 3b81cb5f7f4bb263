"""The newest of every kind of record, and the viewers that are sent it.

Each viewer has a queue of one per kind: what it did not take before something newer came is dropped for it, and
counted. A record is made when the first viewer takes it, on a thread of its own, and once for all viewers; what
nobody takes is never made. So neither a viewer that reads nothing nor many viewers slow whoever puts.
"""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

from mien.dashboard import wire

_GATHER_S = 0.004  # messages about one image come together
_REPORT_S = 1.0


class _Slot:
    """One record, made when it is first wanted."""

    def __init__(self, make: Callable[[], bytes], fail: Callable[[Exception], None]) -> None:
        self._make: Callable[[], bytes] | None = make
        self._fail = fail
        self._data = b""
        self._lock = threading.Lock()

    def data(self) -> bytes:
        with self._lock:
            if self._make is not None:
                try:
                    self._data = self._make()
                except Exception as e:  # a message that cannot be believed ends no viewer
                    self._fail(e)
                self._make = None
            return self._data


@dataclass(eq=False)
class Viewer:
    """One open page. `sent`, `dropped`: records."""

    control: bool = False
    sent: int = 0
    dropped: int = 0
    waiting: set[str] = field(default_factory=set)
    answers: list[bytes] = field(default_factory=list)
    wanted: frozenset[str] = frozenset()  # schemas of rigs that its avatars play, or that it reads
    explains: bool = False  # it looks where units are seen
    _wake: asyncio.Event = field(default_factory=asyncio.Event)

    def mark(self, kind: str) -> None:
        self.dropped += kind in self.waiting
        self.waiting.add(kind)
        self._wake.set()

    def answer(self, record: bytes) -> None:
        """Something for this viewer alone, which is not dropped."""
        self.answers.append(record)
        self._wake.set()

    async def woken(self) -> None:
        await self._wake.wait()
        self._wake.clear()


class Board:
    """Put from any thread; serve on the loop."""

    def __init__(self, fail: Callable[[Exception], None] = lambda _: None) -> None:
        self._fail = fail
        self._slots: dict[str, _Slot] = {}
        self._lock = threading.Lock()
        self._put: list[str] = []  # since the viewers were last told
        self._loop: asyncio.AbstractEventLoop | None = None
        self._pool = ThreadPoolExecutor(1, thread_name_prefix="dashboard")
        self.viewers: tuple[Viewer, ...] = ()

    def attach(self, loop: asyncio.AbstractEventLoop) -> None:
        self._loop = loop

    def close(self) -> None:
        self._pool.shutdown(cancel_futures=True)

    def put(self, kind: str, make: Callable[[], bytes]) -> None:
        """Replace what is of this kind."""
        with self._lock:
            self._slots[kind] = _Slot(make, self._fail)
            if not self.viewers or self._loop is None or self._loop.is_closed():
                return
            wake = not self._put  # several at once wake the loop once
            self._put.append(kind)
        if wake:
            self._loop.call_soon_threadsafe(self._mark)

    def forget(self, *kinds: str) -> None:
        """What was put is not shown to those who come."""
        with self._lock:
            for kind in kinds:
                self._slots.pop(kind, None)

    @property
    def wanted(self) -> frozenset[str]:
        """Schemas that some viewer wants."""
        return frozenset().union(*(v.wanted for v in self.viewers))

    @property
    def explains(self) -> bool:
        """Whether some viewer looks where units are seen."""
        return any(v.explains for v in self.viewers)

    def _mark(self) -> None:
        with self._lock:
            kinds, self._put = self._put, []
        for viewer in self.viewers:
            for kind in kinds:
                viewer.mark(kind)

    async def serve(self, viewer: Viewer, send: Callable[[bytes], Awaitable[None]], rate_hz: float) -> None:
        """Send a viewer the newest of everything, at most `rate_hz` times a second, until cancelled.

        `send` returns when the viewer can take more.
        """
        loop = asyncio.get_running_loop()
        with self._lock:
            kinds = list(self._slots)
        self.viewers = (*self.viewers, viewer)
        for kind in kinds:
            viewer.mark(kind)
        due = reported = 0.0
        try:
            while True:
                await viewer.woken()
                await asyncio.sleep(max(_GATHER_S, due - loop.time()))
                due = loop.time() + 1 / rate_hz
                data = await self._take(viewer)
                if loop.time() - reported > _REPORT_S:
                    reported = loop.time()
                    data += wire.record("viewer", sent=viewer.sent, dropped=viewer.dropped, viewers=len(self.viewers))
                await send(data)
        finally:
            self.viewers = tuple(v for v in self.viewers if v is not viewer)

    async def _take(self, viewer: Viewer) -> bytes:
        with self._lock:
            slots = [self._slots[k] for k in sorted(viewer.waiting) if k in self._slots]
        answers = b"".join(viewer.answers)
        viewer.waiting, viewer.answers = set(), []
        viewer.sent += len(slots)
        made = await asyncio.get_running_loop().run_in_executor(self._pool, lambda: b"".join(s.data() for s in slots))
        return answers + made
