"""Quality of service and message definitions, on which publishers and subscribers must agree."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product
from typing import Any

from mien.doctor.finding import Finding, Findings, fail, listed
from mien.doctor.snapshot import Endpoint, Offer, Snapshot, Traffic, spec_of
from mien.graph import DIAGNOSTICS, DRIVER, Topic

# Policy → words for a weaker offer and a stronger request, as in the values of ROS parameters.
_WORDS = {
    "reliability": ("best effort", "reliable"),
    "durability": ("volatile", "transient local"),
    "deadline": ("no such deadline", "a deadline"),
    "liveliness": ("another liveliness", "its own"),
}
_TWO_VALUED = ("reliability", "durability")


def check_services(snapshot: Snapshot) -> Findings:
    """Compatibility of the quality of service of every publisher and subscriber."""
    for topic, traffic in _all_wires(snapshot):
        pairs: dict[Any, list[str]] = {}
        for pub, sub in product(traffic.publishers, traffic.subscribers):
            if pub.type == sub.type and (policies := misfits(pub.offer, sub.offer)):
                pairs.setdefault((pub, *policies), []).append(sub.node)
        for (pub, *policies), subs in pairs.items():
            yield _misfit(snapshot, topic, traffic, pub, sorted(set(subs)), policies)


def misfits(offered: Offer, asked: Offer) -> list[str]:
    """Policies in which a publisher offers less than a subscriber asks, so that nothing arrives."""
    unlimited = float("inf")
    less = {
        "reliability": asked.reliable and not offered.reliable,
        "durability": asked.latched and not offered.latched,
        "deadline": (offered.deadline_ns or unlimited) > (asked.deadline_ns or unlimited),
        "liveliness": (asked.manual and not offered.manual)
        or (offered.lease_ns or unlimited) > (asked.lease_ns or unlimited),
    }
    return [policy for policy, is_less in less.items() if is_less]


def _misfit(
    snapshot: Snapshot, topic: Topic, traffic: Traffic, pub: Endpoint, subs: list[str], policies: list[str]
) -> Finding:
    offers, asks = (" and ".join(_WORDS[p][side] for p in policies) for side in (0, 1))
    return fail(
        traffic.name,
        f"{snapshot.short(pub.node)} offers {offers}, {listed(snapshot.short(s) for s in subs)} "
        f"{'ask' if len(subs) > 1 else 'asks'} for {asks}: nothing passes between them",
        _mend(snapshot, topic, traffic, pub, subs, policies),
    )


def _mend(
    snapshot: Snapshot, topic: Topic, traffic: Traffic, pub: Endpoint, subs: list[str], policies: list[str]
) -> str:
    """How to fix it: the side that differs from the table of topics has to change."""
    if not set(policies) <= set(_TWO_VALUED):
        return f"give {snapshot.short(pub.node)} and its listeners the same {' and '.join(policies)}"
    less = any(_asks_too_much(topic, p) for p in policies)
    nodes, side = (subs, "subscription") if less else ([pub.node], "publisher")
    words = [_WORDS[p][0 if less else 1] for p in policies]
    mend = f"let {listed(snapshot.short(n) for n in nodes)} {'ask for' if less else 'offer'} {' and '.join(words)}"
    if all(spec_of(n) for n in nodes):
        values = zip(policies, (w.replace(" ", "_") for w in words), strict=True)
        flags = " ".join(f"-p qos_overrides.{traffic.name}.{side}.{p}:={v}" for p, v in values)
        return f"{mend}: --ros-args {flags}"
    return mend + (" (RViz: the display's Topic, Reliability and Durability Policy)" if less else "")


def _asks_too_much(topic: Topic, policy: str) -> bool:
    asked = topic.listen_qos
    if topic.qos == DRIVER:
        return True  # mien's nodes adapt to what a driver offers
    return not (asked.reliable if policy == "reliability" else asked.latched)


def check_definitions(snapshot: Snapshot) -> Findings:
    """Publishers and subscribers with different message definitions, whose data arrives corrupted or not at all."""
    for _, traffic in _all_wires(snapshot):
        built: dict[str, set[str]] = {}
        for end in (*traffic.publishers, *traffic.subscribers):
            if end.hash:
                built.setdefault(end.hash, set()).add(snapshot.short(end.node))
        if len(built) > 1:
            groups = " and ".join(listed(sorted(nodes)) for nodes in built.values())
            yield fail(
                traffic.name,
                f"{groups} were built with different definitions of its type",
                "build mien_msgs of one version on every machine: make setup, or make colcon",
            )


def _all_wires(snapshot: Snapshot) -> Iterator[tuple[Topic, Traffic]]:
    """The traffics, and /diagnostics as far as mien's nodes publish it."""
    yield from snapshot.topics_in_use()
    traffic = snapshot.topics.get(DIAGNOSTICS.name)
    if traffic:
        ours = tuple(p for p in traffic.publishers if p.node in snapshot.here)
        yield DIAGNOSTICS, Traffic(traffic.name, ours, traffic.subscribers)
