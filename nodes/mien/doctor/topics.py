"""Topics: publishers, subscribers, arriving messages, and why none arrive."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

from mien.doctor.contracts import misfits
from mien.doctor.finding import Finding, Findings, fail, listed, ok, warn
from mien.doctor.nodes import AGAIN, CUT, is_paused
from mien.doctor.snapshot import UNKNOWN, Heard, Snapshot, Traffic, concerns, spec_of
from mien.graph import CAMERA_INFO, DIAGNOSTICS, IMAGE, NODES, PRIVATE, TOPICS, TRUTH, Node, Topic

_TRUTH = tuple(f"/{topic.name}" for topic in TRUTH)

_DAY_S = 86_400.0
_ENOUGH = 0.7  # share of a driver's rate; receiving less counts as a loss


def is_interesting(traffic: Traffic, namespace: str) -> bool:
    """Whether to listen to a topic."""
    return any(concerns(traffic, topic, namespace) for topic in TOPICS if topic is not DIAGNOSTICS)


def check_topics(snapshot: Snapshot) -> Findings:
    """One line for every topic of the graph, upstream first."""
    if not snapshot.here and not any(t.publishers or t.subscribers for _, t in snapshot.topics_in_use()):
        return
    for topic, traffic in snapshot.topics_in_use():
        yield _topic(snapshot, topic, traffic)


def _topic(snapshot: Snapshot, topic: Topic, traffic: Traffic) -> Finding:
    name = traffic.name
    flow = _flow(snapshot, traffic)
    if not traffic.publishers:
        return _unpublished(snapshot, topic, traffic)
    strange = [p for p in traffic.publishers if p.type not in topic.types]
    if strange:
        return fail(
            name,
            f"{listed(sorted({snapshot.short(p.node) for p in strange}))} publish {strange[0].type}, not {topic.type}",
            f"remap one of them: --ros-args -r {topic.name}:=another_name",
        )
    if traffic.heard is None:
        return warn(name, f"{flow}: not listened to")
    if traffic.silent:
        return _silent(snapshot, topic, traffic, traffic.heard)
    return ok(name, " · ".join([flow, *_pace(topic, traffic.heard)]))


def _flow(snapshot: Snapshot, traffic: Traffic) -> str:
    """`perception → recorder, rviz`."""
    ends = (sorted({snapshot.short(e.node) for e in side}) for side in (traffic.publishers, traffic.subscribers))
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


def _unpublished(snapshot: Snapshot, topic: Topic, traffic: Traffic) -> Finding:
    name = traffic.name
    if reason := _withheld(snapshot, topic, traffic):
        return warn(name, f"{reason}, yet {_flow(snapshot, traffic)}") if traffic.subscribers else ok(name, reason)
    if not traffic.subscribers:
        return ok(name, "not in use")
    listeners = listed(sorted({snapshot.short(s.node) for s in traffic.subscribers}))
    if topic.without:
        return ok(name, f"nobody publishes it to {listeners}: {topic.without}")
    return fail(name, f"nobody publishes it to {listeners}", _supply(snapshot, topic, traffic))


def _withheld(snapshot: Snapshot, topic: Topic, traffic: Traffic) -> str:
    """Why a mien node does not publish one of its topics."""
    listeners = {s.node for s in traffic.subscribers}
    for node in snapshot.here:
        answers = snapshot.answers.get(node)
        is_private = answers is not None and answers.parameters.get("graph.privacy", "off") not in ("off", False)
        if is_private and topic in PRIVATE and node not in listeners:
            return f"held back by {snapshot.short(node)}: graph.privacy"
    return ""


def _supply(snapshot: Snapshot, topic: Topic, traffic: Traffic) -> str:
    """Where a topic without a publisher could come from."""
    elsewhere = [
        t.name
        for t in snapshot.topics.values()
        if t.name != traffic.name and not t.name.endswith(_TRUTH) and any(p.type == topic.type for p in t.publishers)
    ]
    if elsewhere:
        return f"there is {listed(elsewhere)}: --ros-args -r {topic.name}:={elsewhere[0]}, or the same namespace"
    if topic is IMAGE:
        return "start a camera: mien node camera, or a driver that publishes it"
    maker = next((n for n in _makers(topic) if n.name != "perception"), None)
    return f"start mien node {maker.name}, or mien run, which starts all" if maker else "mien run starts all nodes"


def _makers(topic: Topic) -> list[Node]:
    return [n for n in NODES if topic in n.publishes]


def _silent(snapshot: Snapshot, topic: Topic, traffic: Traffic, heard: Heard) -> Finding:
    publishers = sorted({p.node for p in traffic.publishers})
    who = listed(snapshot.short(p) for p in publishers)
    seen = f"{_flow(snapshot, traffic)} · silent for {heard.seconds:.0f} s"
    if UNKNOWN in publishers:
        return _through(snapshot, traffic, seen)
    if topic is CAMERA_INFO:
        return ok(traffic.name, f"{seen}: {who} knows no calibration (camera.camera_info_url)")
    for node in publishers:
        if cause := _cause(snapshot, node):
            return warn(traffic.name, f"{seen}: {snapshot.short(node)} {cause}")
    if upstream := _dry(snapshot, publishers):
        return warn(traffic.name, f"{seen}, as nothing reaches {who} on {upstream}", f"mend {upstream} first")
    if any(p in snapshot.statuses for p in publishers):
        return _lost(snapshot, traffic, seen)
    return fail(
        traffic.name,
        f"{seen}: a publisher is there, but says nothing",
        f"look at the output of {who}: a camera driver is silent while its camera is away or busy",
    )


def _through(snapshot: Snapshot, traffic: Traffic, seen: str) -> Finding:
    """The finding for a publisher whose node name is not received either."""
    if snapshot.nameless:
        return warn(traffic.name, seen)  # `nodes` says why, with the mend
    return fail(traffic.name, f"{seen}: a publisher is found, but not even its name arrives", f"{AGAIN} {CUT}")


def _cause(snapshot: Snapshot, node: str) -> str:
    """Why a publisher sends nothing, in short; the check of `nodes` gives the mend."""
    answers, status = snapshot.answers.get(node), snapshot.statuses.get(node)
    if answers and answers.state not in ("", "active"):
        return f"is {answers.state}"
    if answers and answers.alive is False and status is None:
        return "does not answer"
    if status and is_paused(status):
        return "is paused"
    return "fails" if status and status.level >= 2 else ""


def _dry(snapshot: Snapshot, publishers: list[str]) -> str:
    """An input of these nodes on which they receive nothing, or ""."""
    inputs = {t for p in publishers if (spec := spec_of(p)) for t in spec.subscribes if t is not CAMERA_INFO}
    for topic, traffic in snapshot.topics_in_use():
        ears = [s for s in traffic.subscribers if s.node in publishers]
        fits = any(not misfits(p.offer, s.offer) for p, s in product(traffic.publishers, ears))
        if topic in inputs and ears and (traffic.silent or not fits):
            return traffic.name
    return ""


def _lost(snapshot: Snapshot, traffic: Traffic, seen: str) -> Finding:
    """The finding for a working node whose messages are lost, or which has none to send."""
    node = next(p.node for p in traffic.publishers if p.node in snapshot.statuses)
    status = snapshot.statuses[node]
    if status.level == 1 or not status.grown("processed"):
        return warn(
            traffic.name, f"{seen}: {snapshot.short(node)} says: {status.message}", "its source sends no images"
        )
    return fail(
        traffic.name,
        f"{seen}: {snapshot.short(node)} works, so its messages are lost on the way",
        "check shared memory and the network: large messages need /dev/shm, or a network without losses",
    )


def check_losses(snapshot: Snapshot) -> Findings:
    """Images that a driver publishes but a node of mien does not receive."""
    for topic, traffic in snapshot.topics_in_use():
        heard = traffic.heard
        if topic is not IMAGE or heard is None or not heard.rate_hz:
            continue
        for node in sorted({s.node for s in traffic.subscribers if spec_of(s.node)}):
            status = snapshot.statuses.get(node)
            if status is None or is_paused(status) or not status.values.get("processed"):
                continue
            came_hz = sum(status.grown(k) for k in ("processed", "dropped", "late", "failed")) / heard.seconds
            if came_hz < _ENOUGH * heard.rate_hz:
                yield warn(
                    traffic.name,
                    f"comes here at {heard.rate_hz:.1f} Hz, but {snapshot.short(node)} gets {came_hz:.1f} Hz of it",
                    "large images are lost where they go in pieces: let the driver offer reliable, make images "
                    "smaller, or start it with mien's DDS profile (mien doctor names it)",
                )


def check_rivals(snapshot: Snapshot) -> Findings:
    """Topics with several publishers that should have only one."""
    for topic, traffic in snapshot.topics_in_use():
        nodes = sorted({p.node for p in traffic.publishers})
        if len(nodes) > 1 and not topic.shared:
            yield warn(
                traffic.name,
                f"comes from {listed(snapshot.short(n) for n in nodes)} at once",
                "end all but one, or remap: two sources make tracks and rigs jump",
            )
