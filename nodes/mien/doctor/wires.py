"""Topics: who publishes, who listens, what arrives, and what keeps it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product

from mien.doctor.finding import Finding, Findings, fail, listed, ok, warn
from mien.doctor.look import Endpoint, Heard, Look, Offer, Traffic, base, resolve, space, spec_of
from mien.doctor.nodes import activate, is_paused, resume
from mien.graph import CAMERA_INFO, DIAGNOSTICS, FACES, IMAGE, LABELS, NODES, TOPICS, Node, Topic

_AHEAD_S = 0.05
_LATE_S = 1.0
_SKEW_S = 1.0
_DAY_S = 86_400.0


def check_topics(look: Look) -> Findings:
    """One line for every topic of the graph, upstream first."""
    if not look.here and not any(t.publishers or t.subscribers for _, t in look.wires()):
        return
    for topic, traffic in look.wires():
        yield _topic(look, topic, traffic)


def _topic(look: Look, topic: Topic, traffic: Traffic) -> Finding:
    name = traffic.name
    flow = _flow(look, traffic)
    if not traffic.publishers:
        return _unpublished(look, topic, traffic)
    strange = [p for p in traffic.publishers if p.type != topic.type]
    if strange:
        return fail(
            name,
            f"{listed(sorted({look.short(p.node) for p in strange}))} publish {strange[0].type}, not {topic.type}",
            f"remap one of them: --ros-args -r {topic.name}:=another_name",
        )
    if traffic.heard is None:
        return warn(name, f"{flow}: not listened to")
    if traffic.silent:
        return _silent(look, topic, traffic, traffic.heard)
    return ok(name, " · ".join([flow, *_pace(topic, traffic.heard)]))


def _flow(look: Look, traffic: Traffic) -> str:
    """`perception → recorder, rviz`."""
    ends = (sorted({look.short(e.node) for e in side}) for side in (traffic.publishers, traffic.subscribers))
    return " → ".join(map(listed, ends))


def _pace(topic: Topic, heard: Heard) -> Iterator[str]:
    if topic.qos.latched:
        yield "latched, received"
        return
    if heard.rate_hz is None:
        yield f"{heard.count} message{'s' if heard.count > 1 else ''} in {heard.seconds:.0f} s"
    else:
        yield f"{heard.rate_hz:.1f} Hz"
    if heard.age_s is not None and 0 <= heard.age_s < _DAY_S:
        yield f"{heard.age_s * 1e3:.0f} ms old" if heard.age_s < 1 else f"{heard.age_s:.1f} s old"


def _unpublished(look: Look, topic: Topic, traffic: Traffic) -> Finding:
    name = traffic.name
    if reason := _withheld(look, topic):
        return warn(name, f"{reason}, yet {_flow(look, traffic)}") if traffic.subscribers else ok(name, reason)
    if not traffic.subscribers:
        return ok(name, "not in use")
    listeners = listed(sorted({look.short(s.node) for s in traffic.subscribers}))
    if topic is CAMERA_INFO:
        return ok(name, f"nobody publishes it: {listeners} assume a usual focal length")
    return fail(name, f"{listeners} listen, but nobody publishes it", _supply(look, topic, traffic))


def _withheld(look: Look, topic: Topic) -> str:
    """Why a mien node does not offer a topic that it could."""
    for node in look.here:
        answers = look.answers.get(node)
        if answers and answers.parameters.get("perception.privacy") and topic in (IMAGE, FACES):
            return f"held back by {look.short(node)}: perception.privacy"
    return ""


def _supply(look: Look, topic: Topic, traffic: Traffic) -> str:
    """Where a topic without a publisher could come from."""
    elsewhere = [
        t.name
        for t in look.topics.values()
        if t.name != traffic.name and any(p.type == topic.type for p in t.publishers)
    ]
    if elsewhere:
        return f"there is {listed(elsewhere)}: --ros-args -r {topic.name}:={elsewhere[0]}, or the same namespace"
    if topic is IMAGE:
        return "start a camera: mien node camera, or a driver that publishes it"
    maker = next((n for n in _makers(topic) if n.name != "perception"), None)
    return f"start mien node {maker.name}, or mien run, which starts all" if maker else "mien run starts all nodes"


def _makers(topic: Topic) -> list[Node]:
    return [n for n in NODES if topic in n.publishes]


def _silent(look: Look, topic: Topic, traffic: Traffic, heard: Heard) -> Finding:
    publishers = sorted({p.node for p in traffic.publishers})
    who = listed(look.short(p) for p in publishers)
    seen = f"{_flow(look, traffic)} · silent for {heard.seconds:.0f} s"
    if topic is CAMERA_INFO:
        return ok(traffic.name, f"{seen}: {who} knows no calibration (camera.camera_info_url)")
    for node in publishers:
        if cause := _cause(look, node):
            return fail(traffic.name, f"{seen}: {look.short(node)} {cause.seen}", cause.mend)
    if upstream := _dry(look, publishers):
        return warn(traffic.name, f"{seen}, as is {upstream}", f"mend {upstream} first")
    if any(p in look.statuses for p in publishers):
        return _lost(look, traffic, seen)
    return fail(
        traffic.name,
        f"{seen}: a publisher is there, but says nothing",
        f"look at the output of {who}: a camera driver is silent while its camera is away or busy",
    )


@dataclass(frozen=True, slots=True)
class _Cause:
    seen: str
    mend: str


def _cause(look: Look, node: str) -> _Cause | None:
    """Why a publisher keeps silent, as far as its node tells."""
    answers, status = look.answers.get(node), look.statuses.get(node)
    if answers and answers.state not in ("", "active"):
        return _Cause(f"is {answers.state}", activate(node, answers.state))
    if answers and answers.alive is False and status is None:
        return _Cause("hangs, or was killed a moment ago", "look again in 20 s, or restart it")
    if status and is_paused(status):
        return _Cause("is paused", resume(node))
    if status and status.level >= 2:
        return _Cause(f"says: {status.message}", f"mend what {look.short(node)} says")
    return None


def _dry(look: Look, publishers: list[str]) -> str:
    """An input of these nodes on which nothing comes, or ""."""
    inputs = {t for p in publishers if (spec := spec_of(p)) for t in spec.subscribes if t is not CAMERA_INFO}
    for topic, traffic in look.wires():
        listens = any(s.node in publishers for s in traffic.subscribers)
        if topic in inputs and listens and (traffic.silent or not traffic.publishers):
            return traffic.name
    return ""


def _lost(look: Look, traffic: Traffic, seen: str) -> Finding:
    """The node is well and reports, so messages of this topic are lost, or it has none to send."""
    node = next(p.node for p in traffic.publishers if p.node in look.statuses)
    status = look.statuses[node]
    if status.level == 1 or not status.grown("processed"):
        return warn(traffic.name, f"{seen}: {look.short(node)} says: {status.message}", "its source sends no images")
    return fail(
        traffic.name,
        f"{seen}: {look.short(node)} works, so its messages are lost on the way",
        "check shared memory and the network: large messages need /dev/shm, or a network without losses",
    )


def check_arrival(look: Look) -> Findings:
    """Everybody is found and nobody is heard: discovery goes by UDP, data by shared memory."""
    offered = [t for _, t in look.wires() if t.publishers and t.heard]
    answered = any(a.alive for a in look.answers.values())
    if offered and look.here and not answered and not look.statuses and all(t.silent for t in offered):
        yield fail(
            "arrival",
            "nodes are found, but nothing at all comes from them",
            "killed nodes fade within 20 s; otherwise shared memory is cut: run all as one user, "
            "containers with --ipc=host",
        )


def check_services(look: Look) -> Findings:
    """Quality of service: what is offered against what is asked, for every pair."""
    for topic, traffic in _all_wires(look):
        pairs: dict[tuple[str, str], list[str]] = {}
        for pub, sub in product(traffic.publishers, traffic.subscribers):
            if pub.type == sub.type and (policies := misfits(pub.offer, sub.offer)):
                key = pub.node, " and ".join(policies)
                pairs.setdefault(key, []).append(sub.node)
        for (pub_node, policy), subs in pairs.items():
            pub = next(p for p in traffic.publishers if p.node == pub_node)
            yield _misfit(look, topic, traffic, pub, sorted(set(subs)), policy)


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


_OFFERS = {"reliability": "best effort", "durability": "volatile", "deadline": "no such deadline"}
_ASKS = {"reliability": "reliable", "durability": "transient local", "deadline": "a deadline"}


def _misfit(look: Look, topic: Topic, traffic: Traffic, pub: Endpoint, subs: list[str], policy: str) -> Finding:
    kinds = policy.split(" and ")
    offers = " and ".join(_OFFERS.get(k, f"other {k}") for k in kinds)
    asks = " and ".join(_ASKS.get(k, k) for k in kinds)
    who = listed(look.short(s) for s in subs)
    verb = "ask" if len(subs) > 1 else "asks"
    return fail(
        traffic.name,
        f"{look.short(pub.node)} offers {offers}, {who} {verb} for {asks}: nothing passes between them",
        _fit(look, topic, traffic, pub, subs, kinds),
    )


def _fit(look: Look, topic: Topic, traffic: Traffic, pub: Endpoint, subs: list[str], kinds: list[str]) -> str:
    """The mend goes to the side that departs from the graph's table."""
    asks_too_much = ("reliability" in kinds and not topic.listen_qos.reliable) or (
        "durability" in kinds and not topic.listen_qos.latched
    )
    others = not set(kinds) & _VALUES.keys()
    if others:
        return f"give {look.short(pub.node)} and its listeners the same {' and '.join(kinds)}"
    nodes, side = (subs, "subscription") if asks_too_much else ([pub.node], "publisher")
    wanted = [f"{k}:={_VALUES[k][0 if asks_too_much else 1]}" for k in kinds if k in _VALUES]
    words = " and ".join(w.split(":=")[1].replace("_", " ") for w in wanted)
    verb = "ask for" if asks_too_much else "offer"
    mend = f"let {listed(look.short(n) for n in nodes)} {verb} {words}"
    if all(spec_of(n) for n in nodes):
        flags = " ".join(f"-p qos_overrides.{traffic.name}.{side}.{w}" for w in wanted)
        return f"{mend}: --ros-args {flags}"
    return mend + (" (in RViz: the display's Reliability and Durability Policy)" if asks_too_much else "")


_VALUES = {"reliability": ("best_effort", "reliable"), "durability": ("volatile", "transient_local")}


def check_definitions(look: Look) -> Findings:
    """Publisher and subscriber built from different .msg files: what arrives is garbage, or nothing."""
    for _, traffic in _all_wires(look):
        built: dict[str, set[str]] = {}
        for end in (*traffic.publishers, *traffic.subscribers):
            if end.hash:
                built.setdefault(end.hash, set()).add(look.short(end.node))
        if len(built) > 1:
            groups = " and ".join(listed(sorted(nodes)) for nodes in built.values())
            yield fail(
                traffic.name,
                f"{groups} were built with different definitions of its type",
                "build mien_msgs of one version on every machine: make setup, or make colcon",
            )


def check_rivals(look: Look) -> Findings:
    """Several nodes that publish what should come from one."""
    for topic, traffic in look.wires():
        nodes = sorted({p.node for p in traffic.publishers})
        if len(nodes) > 1 and topic is not LABELS:
            yield warn(
                traffic.name,
                f"comes from {listed(look.short(n) for n in nodes)} at once",
                "end all but one, or remap: two sources make tracks and rigs jump",
            )


def check_stamps(look: Look) -> Findings:
    """Clocks of machines, and time stamps that a driver got wrong."""
    wires = [t for _, t in look.wires() if t.heard and t.heard.count]
    yield from _skewed(look, [t for t in wires if t.heard and abs(min(0.0, t.heard.skew_s or 0.0)) > _AHEAD_S], "ahead")
    yield from _skewed(look, [t for t in wires if t.heard and (t.heard.skew_s or 0.0) > _SKEW_S], "behind")
    for traffic in wires:
        late = traffic.heard.late_s if traffic.heard else None
        if late is None or look.clock:
            continue
        who = listed(sorted({look.short(p.node) for p in traffic.publishers}))
        if late > _DAY_S:
            seen = f"{who} stamps its messages with another time than the wall clock's"
            yield warn(traffic.name, seen, "publish /clock and set use_sim_time, or mend the driver's stamps")
        elif late > _LATE_S:
            seen = f"messages are {late:.1f} s old when {who} publishes them"
            yield warn(traffic.name, seen, "the driver stamps wrongly, or images wait in a queue before it")
        elif late < -_AHEAD_S:
            seen = f"{who} stamps its messages {-late:.2f} s into the future"
            yield warn(traffic.name, seen, "mend the driver's clock; a file played with --fast does this too")


def _skewed(look: Look, wires: list[Traffic], how: str) -> Iterator[Finding]:
    """One line for each machine's worth of publishers whose clock differs from ours."""
    if not wires:
        return
    nodes = sorted({look.short(p.node) for t in wires for p in t.publishers})
    worst = max(abs(t.heard.skew_s or 0.0) for t in wires if t.heard)
    other = "" if how == "ahead" else ", or the network is that slow"
    yield warn(
        "clocks",
        f"the clock of {listed(nodes)} is {worst:.1f} s {how} of this machine's{other}",
        "keep both in step: chrony or systemd-timesyncd on every machine",
    )


def _all_wires(look: Look) -> Iterator[tuple[Topic, Traffic]]:
    """The wires, and /diagnostics as far as mien's nodes publish it."""
    yield from look.wires()
    traffic = look.topics.get(DIAGNOSTICS.name)
    if traffic:
        ours = tuple(p for p in traffic.publishers if p.node in look.here)
        yield DIAGNOSTICS, Traffic(traffic.name, ours, traffic.subscribers)


def interesting(traffic: Traffic, namespace: str) -> bool:
    """Whether to listen to a topic."""
    by_name = traffic.name in {resolve(t.name, namespace) for t in TOPICS}
    by_node = any(spec_of(e.node) and space(e.node) == namespace for e in (*traffic.publishers, *traffic.subscribers))
    types = {t.type for t in TOPICS}
    return by_name or (by_node and any(p.type in types for p in traffic.publishers))


__all__ = [
    "base", "check_arrival", "check_definitions", "check_rivals", "check_services", "check_stamps", "check_topics",
    "interesting", "misfits",
]  # fmt: skip
