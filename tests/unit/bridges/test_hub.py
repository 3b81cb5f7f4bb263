"""Several bridges at once: each gets its frames, and none harms another."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

import pytest

from mien.bridges.base import Bridge, Counters, EncoderBridge, Heard, MemorySink, Shown
from mien.bridges.config import BridgesConfig
from mien.bridges.hub import Hub
from mien.bridges.registry import BRIDGES, chosen
from mien.configs import CONFIGS
from mien.core.config import params
from mien.core.errors import BridgeError
from mien.core.schemas import ARKIT52
from mien.graph import BRIDGES as NODE
from mien_models.spaces import arkit

from .people import rig, rigs


class Jaw:
    """One datagram a frame: presence, track and jaw."""

    config = None

    def encode(self, shown: Shown) -> Sequence[bytes]:
        jaw = float(shown.rig.weights[arkit.INDEX["jawOpen"]])
        return [b"%d %d %.1f" % (shown.present, shown.rig.track_id, jaw)]


class Broken(Bridge):
    def show(self, shown: Shown) -> None:
        raise RuntimeError("out of ink")

    def close(self) -> None:
        raise OSError("gone")


def test_a_bridge_that_raises_does_not_harm_the_others() -> None:
    said: list[str] = []
    hub, sink = Hub(BridgesConfig(), said.append), MemorySink()
    hub.add("broken", Broken(Counters()))
    hub.add("jaw", EncoderBridge(Jaw(), sink, Counters()))
    hub.rigs(rigs(rig(4)), 1.0)
    hub.rigs(rigs(), 1.0)
    assert sink.packets[0] == b"1 4 0.0"
    assert said == ["broken: RuntimeError: out of ink"] * 2
    assert hub.report()["broken"]["errors"] == "2"
    hub.close()
    assert sink.closed


def test_it_says_why_nothing_moves() -> None:
    hub = Hub(BridgesConfig())
    hub.add("jaw", EncoderBridge(Jaw(), MemorySink(), Counters("memory")))
    assert hub.report()["jaw"]["waits"] == "no rigs come: is perception running and not paused?"
    hub.rigs(rigs(), 1.0)
    assert hub.report()["jaw"]["waits"] == "nobody is in view"
    hub.rigs(rigs(rig(1)), 1.1)
    assert "waits" not in hub.report()["jaw"]
    hub.tick(9.0)
    assert "no rigs come" in hub.report()["jaw"]["waits"]


def test_schemas_that_no_bridge_shows_are_left_out() -> None:
    hub, sink = Hub(BridgesConfig()), MemorySink()
    other = Jaw()
    bridge = EncoderBridge(other, sink, Counters())
    bridge.schema = "servos"
    hub.add("servos", bridge)
    for i in range(1000):
        hub.describe(replace(ARKIT52, schema=f"made up {i}"))
    hub.describe(replace(ARKIT52, schema="servos"))
    assert len(hub._choosers) == 2
    hub.rigs(rigs(replace(rig(4), schema="servos")), 1.0)
    assert len(sink.packets) == 1


def test_a_track_that_is_not_there_is_named() -> None:
    hub = Hub(BridgesConfig(track_id=8))
    hub.add("jaw", EncoderBridge(Jaw(), MemorySink(), Counters()))
    hub.rigs(rigs(rig(1)), 1.0)
    assert hub.report()["jaw"]["waits"] == "track 8 is not in view (bridges.track_id)"


def test_a_silent_graph_still_ends_neutral_and_absent() -> None:
    hub, sink = Hub(BridgesConfig()), MemorySink()
    hub.add("jaw", EncoderBridge(Jaw(), sink, Counters()))
    hub.rigs(rigs(rig(4)), 1.0)
    for i in range(100):
        hub.tick(1.0 + i / 30)
    assert sink.packets[-1] == b"0 0 0.0"
    assert sink.packets.count(b"0 0 0.0") == 1


def test_an_end_leaves_everybody_neutral() -> None:
    hub, sink = Hub(BridgesConfig()), MemorySink()
    hub.add("jaw", EncoderBridge(Jaw(), sink, Counters()))
    hub.close()
    assert sink.packets == []
    hub, sink = Hub(BridgesConfig()), MemorySink()
    hub.add("jaw", EncoderBridge(Jaw(), sink, Counters()))
    hub.rigs(rigs(rig(4, jawOpen=1.0)), 1.0)
    hub.close()
    assert sink.packets == [b"1 4 1.0", b"1 4 0.0", b"0 0 0.0"]
    assert sink.closed


class Ear(Bridge):
    """An input that hears affects, too."""

    schema = ""

    def __init__(self) -> None:
        super().__init__(Counters())
        self.heard: list[str] = []
        self.queue = [Heard(expressions=None, rigs=None)] * 2  # type: ignore[arg-type]

    def hear(self, topic: str, value: object) -> None:
        self.heard.append(topic)

    def read(self) -> Iterator[Heard]:
        while self.queue:
            yield self.queue.pop()

    def close(self) -> None: ...


def test_a_paused_bridge_turns_neutral_and_the_others_go_on() -> None:
    hub, ear = Hub(BridgesConfig()), Ear()
    sinks = {name: MemorySink() for name in ("one", "two")}
    for name, sink in sinks.items():
        hub.add(name, EncoderBridge(Jaw(), sink, Counters()))
    hub.add("ear", ear, ("affects",))
    hub.rigs(rigs(rig(4, jawOpen=1.0)), 1.0)
    hub.pause({"one", "ear"})
    hub.pause({"one", "ear"})  # as often as it is asked for
    hub.rigs(rigs(rig(4, jawOpen=0.5)), 1.1)
    hub.tick(1.2)
    hub.hear("affects", object())
    assert sinks["one"].packets == [b"1 4 1.0", b"1 4 0.0", b"0 0 0.0"]
    assert sinks["two"].packets == [b"1 4 1.0", b"1 4 0.5"], "nothing of the pause shows in another bridge"
    assert (hub.read(), ear.queue, ear.heard) == ([], [], []), "what comes meanwhile is not kept for later"
    assert hub.report()["one"]["paused"] == "true"
    assert "waits" not in hub.report()["one"]
    assert "paused" not in hub.report()["two"]

    hub.pause(())
    hub.rigs(rigs(rig(4, jawOpen=0.5)), 1.3)
    hub.hear("affects", object())
    ear.queue.append(Heard(expressions=None, rigs=None))  # type: ignore[arg-type]
    assert sinks["one"].packets[-1] == b"1 4 0.5"
    assert (len(hub.read()), ear.heard) == (1, ["affects"])


def test_names_are_chosen_from_the_registry() -> None:
    assert chosen("") == ()
    with pytest.raises(BridgeError, match="no such bridge; there are"):
        chosen("telepathy")
    assert [s.name for s in chosen(",".join(s.name for s in BRIDGES) + ", ")] == [s.name for s in BRIDGES]


def test_the_registry_is_what_the_graph_says() -> None:
    assert NODE.components == ("graph", "bridges", *(s.name for s in BRIDGES))
    assert {t for s in BRIDGES for t in s.hears} <= set(NODE.subscribes)
    for spec in BRIDGES:
        assert CONFIGS[spec.name] is spec.config
        hosts = [p for p in params(spec.config) if p.name == "host"]
        assert all(p.default == "127.0.0.1" for p in hosts)
