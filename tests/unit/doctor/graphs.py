"""Graphs to look at, in a few words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from mien.doctor.finding import Finding, Level
from mien.doctor.snapshot import Answers, Endpoint, Heard, Offer, Snapshot, Status, Traffic
from mien.graph import NODES, TOPICS

TYPES = {t.name: t.type for t in TOPICS}
HEARD = Heard(count=90, seconds=3.0, rate_hz=30.0, age_s=0.012, late_s=0.010, skew_s=0.001)
SILENT = Heard(count=0, seconds=3.0)
LATCHED = Offer(latched=True)
ALIVE = Answers(alive=True)
RUNNING = Status(0, "running", {"processed": "190", "dropped": "0"}, {"processed": "100", "dropped": "0"})


def end(node: str, topic: str, offer: Offer | None = None, **more: str) -> Endpoint:
    """An endpoint of the usual type; latched where the graph says so."""
    usual = LATCHED if topic in ("labels", "rig_description", "parameters") else Offer()
    return replace(Endpoint(node, TYPES[topic], offer or usual), **more)  # type: ignore[arg-type]


def traffic(
    topic: str,
    publishers: Iterable[Endpoint] = (),
    subscribers: Iterable[Endpoint] = (),
    heard: Heard | None = None,
    name: str = "",
) -> Traffic:
    return Traffic(name or f"/{topic}", tuple(publishers), tuple(subscribers), heard)


def graph(
    *traffics: Traffic,
    statuses: Mapping[str, Status] | None = None,
    answers: Mapping[str, Answers] | None = None,
    **more: object,
) -> Snapshot:
    """A graph of these topics and the nodes that use them, which all answer."""
    nodes = sorted({e.node for w in traffics for e in (*w.publishers, *w.subscribers)})
    snapshot = Snapshot(
        nodes=tuple(nodes),
        topics={w.name: w for w in traffics},
        statuses=statuses or {},
        answers=dict.fromkeys(nodes, ALIVE) if answers is None else answers,
    )
    return replace(snapshot, **more)  # type: ignore[arg-type]


def split(**changes: Traffic) -> Snapshot:
    """The split graph, healthy but for these topics."""
    specs = [s for s in NODES if s.name in ("camera", "faces", "expressions", "affects", "rigs")]
    traffics = {
        t.name: traffic(
            t.name,
            [end(f"/{s.name}", t.name) for s in specs if t in s.publishes],
            [end(f"/{s.name}", t.name) for s in specs if t in s.subscribes],
            HEARD,
        )
        for t in TOPICS
        if not t.name.startswith("/")
    }
    return graph(
        *(traffics | changes).values(),
        statuses={f"/{s.name}": RUNNING for s in specs},
        services=frozenset(f"/{s.name}/enable" for s in specs),
    )


def problems(findings: Iterable[Finding]) -> dict[str, Finding]:
    """What is not well, by subject."""
    return {f.subject: f for f in findings if f.level != Level.OK}


def only(findings: Iterable[Finding]) -> Finding:
    (finding,) = findings
    return finding
