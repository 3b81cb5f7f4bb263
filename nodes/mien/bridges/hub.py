"""Runs several bridges: gives each its frames, isolates failures, and reports states."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from mien.bridges.base import Bridge, Counters, Heard, Shown
from mien.bridges.choose import Chooser
from mien.bridges.config import BridgesConfig
from mien.core.schemas import ARKIT52
from mien.core.types import Faces, RigDescription, Rigs

_QUIET_S = 2.0


@dataclass(slots=True)
class _Running:
    bridge: Bridge
    hears: frozenset[str]


class Hub:
    """Several bridges and one chooser per schema. Called from one thread; knows no ROS.

    fail: called with a message when a bridge raises; the others go on.
    """

    def __init__(self, config: BridgesConfig, fail: Callable[[str], None] = lambda _: None) -> None:
        self._config = config
        self._fail = fail
        self._running: dict[str, _Running] = {}
        self._choosers: dict[str, Chooser] = {}
        self._came_s: float | None = None
        self._strange = ""  # a schema that was received but no bridge takes
        self._now_s = 0.0
        self.describe(ARKIT52)

    @property
    def bridges(self) -> Mapping[str, Bridge]:
        return {name: running.bridge for name, running in self._running.items()}

    @property
    def _shown_schemas(self) -> set[str]:
        """Schemas of the rigs that the bridges show."""
        return {running.bridge.schema for running in self._running.values()}

    def add(self, name: str, bridge: Bridge, hears: tuple[str, ...] = ()) -> None:
        """Run a bridge. `hears`: names of topics whose messages it gets unchanged."""
        self._running[name] = _Running(bridge, frozenset(hears))

    def describe(self, description: RigDescription) -> None:
        """Names and limits of a schema. One that no bridge shows is left out: any publisher may name its own."""
        if description.schema != ARKIT52.schema and description.schema not in self._shown_schemas:
            return
        known = self._choosers.get(description.schema)
        if known is not None and known.knows(description):
            return  # latched: it comes with every publisher
        self._choosers[description.schema] = Chooser(self._config.track, self._config.track_id, description)

    def rigs(self, rigs: Rigs, now_s: float) -> None:
        """A message of `rigs`."""
        self._now_s = self._came_s = now_s
        schemas = {r.schema for r in rigs.rigs}
        wanted = self._shown_schemas
        self._strange = next(iter(schemas - wanted), "") if schemas and not schemas & wanted else ""
        shown = {s: c.choose(rigs, now_s) for s, c in self._choosers.items() if s in wanted}
        self._show({s: (frame,) for s, frame in shown.items() if frame is not None})
        self.hear("rigs", rigs)

    def hear(self, topic: str, value: Any) -> None:
        """A message of another topic, in the types of `mien.core.types`."""
        if isinstance(value, Faces):
            for chooser in self._choosers.values():
                chooser.faces(value)
        for name, running in self._running.items():
            if topic in running.hears and not running.bridge.paused:
                self._do(name, running.bridge.hear, topic, value)

    def tick(self, now_s: float) -> None:
        """Ease rigs that stopped coming, and let bridges answer and time out; called at about 30 Hz."""
        self._now_s = now_s
        shown = {s: c.idle(now_s) for s, c in self._choosers.items()}
        self._show({s: (frame,) for s, frame in shown.items() if frame is not None})
        for name, running in self._running.items():
            self._do(name, running.bridge.tick, now_s)

    def read(self) -> list[Heard]:
        """What the input bridges have received since the last call."""
        heard: list[Heard] = []
        for name, running in self._running.items():
            if running.bridge.paused:  # its queue is emptied all the same
                self._do(name, lambda r: deque(r.bridge.read(), 0), running)
            else:
                self._do(name, lambda r: heard.extend(r.bridge.read()), running)
        return heard

    def filenos(self) -> list[int]:
        """Sockets to watch for data. May be called from another thread."""
        return [n for running in list(self._running.values()) for n in running.bridge.filenos()]

    def reconfigure(self, name: str, config: Any) -> None:
        if name in self._running:
            self._do(name, self._running[name].bridge.reconfigure, config)

    def pause(self, names: Collection[str]) -> None:
        """Pause these bridges, after a neutral face, and resume all others. Connections are kept."""
        begins = {n for n, r in self._running.items() if n in names and not r.bridge.paused}
        self._end(begins)
        for name, running in self._running.items():
            running.bridge.paused = name in names

    def report(self) -> dict[str, dict[str, str]]:
        """The state of each bridge: `waits` says why the other side does not move, `paused` that it is to rest."""
        why = self._why()
        reports = {}
        for name, running in self._running.items():
            report = running.bridge.counters.report()
            if running.bridge.paused:
                report["paused"] = "true"
            elif why and running.bridge.schema and "waits" not in report:
                report["waits"] = why
            reports[name] = report
        return reports

    def close(self) -> None:
        """Send a neutral face to every avatar, because no frame will follow."""
        self._end(self._running)
        for name, running in self._running.items():
            self._do(name, running.bridge.close)
        self._running = {}

    def _show(self, shown: Mapping[str, Sequence[Shown]], only: Collection[str] | None = None) -> None:
        """Frames by schema, to all bridges that are not paused, or to those of `only`."""
        for name, running in self._running.items():
            if not running.bridge.paused and (only is None or name in only):
                for frame in shown.get(running.bridge.schema, ()):
                    self._do(name, running.bridge.show, frame)

    def _end(self, names: Collection[str]) -> None:
        """A neutral face for avatars that get no further frame."""
        self._show({schema: chooser.end() for schema, chooser in self._choosers.items()}, names)

    def _why(self) -> str:
        """Why there is nothing to show, for all bridges."""
        if self._came_s is None or self._now_s - self._came_s > _QUIET_S:
            return "no rigs come: is perception running and not paused?"
        if self._strange:
            return f"rigs are of the schema {self._strange}, which no bridge here takes"
        if not any(c.seen for c in self._choosers.values()):
            return "nobody is in view"
        if self._config.track_id and not any(c.present for c in self._choosers.values()):
            return f"track {self._config.track_id} is not in view (bridges.track_id)"
        return ""

    def _do(self, name: str, method: Callable[..., Any], *args: Any) -> None:
        try:
            method(*args)
        except Exception as e:  # one bridge must not end the others
            counters: Counters = self._running[name].bridge.counters
            counters.fail(f"{type(e).__name__}: {e}")
            self._fail(f"{name}: {type(e).__name__}: {e}")
