"""Which nodes run, where, and what they report in diagnostics."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from mien.doctor.finding import Finding, Findings, Level, fail, listed, ok, warn
from mien.doctor.snapshot import Answers, Snapshot, Status, base, space
from mien.graph import PERCEPTION, PROFILES

_DROPPED_SHARE = 0.1
AGAIN = "a killed node fades within 20 s; if it is still there then,"
CUT = "shared memory is cut: run all as one user, and containers with --ipc=host"


def check_presence(snapshot: Snapshot) -> Findings:
    """The nodes of mien in this namespace or, perhaps by mistake, in others. No finding where there are none."""
    others = [n for n in snapshot.mien if n not in snapshot.here]
    if snapshot.here:
        yield ok("nodes", f"{listed(snapshot.short(n) for n in snapshot.here)} in domain {snapshot.domain}")
        if others:
            yield ok("nodes", f"in other namespaces too: {listed(others)}")
    elif others:
        yield _other_namespace(snapshot, others)


def check_twins(snapshot: Snapshot) -> Findings:
    """Nodes with the same name, which cannot be told apart."""
    for node, count in Counter(snapshot.nodes).items():
        if count > 1 and node in snapshot.here:
            yield warn(
                "nodes",
                f"{count} nodes are called {node}: every message comes {count} times",
                "end one, or give each a namespace (--namespace) or ROS_DOMAIN_ID of its own",
            )


def check_rivals(snapshot: Snapshot) -> Findings:
    """The profiles fused and split running at once."""
    stages = sorted({base(n) for n in snapshot.here} & {s.name for s in PROFILES["split"]} - {"camera"})
    if stages and any(base(n) == PERCEPTION.name for n in snapshot.here):
        yield warn(
            "nodes",
            f"{PERCEPTION.name} and {listed(stages)} run at once: both publish the same topics",
            "run one of them: --profile fused or --profile split",
        )


def check_life(snapshot: Snapshot) -> Findings:
    """Nodes that are discovered, but neither answer services nor publish diagnostics."""
    if snapshot.nameless:
        yield fail("nodes", "topics are found, but no data comes, not even the names of nodes", f"{AGAIN} {CUT}")
    mute = [
        n for n in snapshot.here if n not in snapshot.statuses and (a := snapshot.answers.get(n)) and a.alive is False
    ]
    if not mute:
        return
    seen = f"{listed(snapshot.short(n) for n in mute)}: found, but nothing comes from there, not even an answer"
    if len(mute) < len(snapshot.here):
        yield fail("nodes", seen, f"{AGAIN} restart it, as it hangs")
    else:
        # Discovery goes by UDP, data of one machine by shared memory.
        yield fail("nodes", seen, f"{AGAIN} it hangs, or {CUT}")


def check_states(snapshot: Snapshot) -> Findings:
    """Lifecycle and time, as nodes answer."""
    for node in snapshot.here:
        answers = snapshot.answers.get(node)
        if answers is None or not answers.alive:
            continue
        name = snapshot.short(node)
        if answers.state not in ("", "active"):
            yield fail(name, f"is {answers.state}, not active", _activate(node, answers.state))
        if _stands_still(snapshot, answers):
            yield fail(
                name,
                "use_sim_time is set, but nobody publishes /clock: its time stands still",
                "start the simulator or the replay with a clock, or set use_sim_time to false",
            )
        elif snapshot.clock and not answers.parameters.get("use_sim_time"):
            yield warn(
                name,
                "keeps wall-clock time, although somebody publishes /clock",
                "-p use_sim_time:=true, unless its images are live",
            )


def check_reports(snapshot: Snapshot) -> Findings:
    """Diagnostics of nodes: problems, dropped images, and devices of networks."""
    for node in snapshot.here:
        name = snapshot.short(node)
        status = snapshot.statuses.get(node)
        if status is not None:
            yield from _health(node, name, status)
            yield from _drops(name, status)
            yield from _networks(name, status)
        elif (answers := snapshot.answers.get(node)) and answers.alive and not _stands_still(snapshot, answers):
            yield warn(name, "reports nothing in /diagnostics", "is /diagnostics remapped? Otherwise restart it")


def _stands_still(snapshot: Snapshot, answers: Answers) -> bool:
    """Whether a node waits for simulated time that nobody publishes."""
    return bool(answers.parameters.get("use_sim_time")) and not snapshot.clock


def _activate(node: str, state: str) -> str:
    steps = ["configure", "activate"] if state == "unconfigured" else ["activate"]
    commands = " && ".join(f"ros2 lifecycle set {node} {step}" for step in steps)
    return f"{commands}; or start it with -p camera.autostart:=true"


def _resume(node: str) -> str:
    return f'ros2 service call {node}/enable std_srvs/srv/SetBool "{{data: true}}"'


def is_paused(status: Status) -> bool:
    return status.values.get("enabled") == "false"


def _other_namespace(snapshot: Snapshot, others: list[str]) -> Finding:
    spaces = sorted({space(n) for n in others})
    names = [s.strip("/") for s in spaces]
    mend = f"mien doctor --namespace {names[0]}" if names[0] else "mien doctor without --namespace"
    return fail(
        "namespace",
        f"no mien node in {snapshot.namespace}, but {listed(others)} in {listed(spaces)}",
        f"{mend}; what listens needs the same namespace: --ros-args -r __ns:={spaces[0]}",
    )


def _health(node: str, name: str, status: Status) -> Iterator[Finding]:
    numbers = [
        f"{status.values[key]} {unit}"
        for key, unit in (("rate_hz", "Hz"), ("latency_ms_p50", "ms (median)"))
        if key in status.values
    ]
    numbers += [f"stamps are {status.values['stamps']}"] if "stamps" in status.values else []
    if status.level == 0 and is_paused(status):
        yield fail(name, "is paused", _resume(node))
    else:
        level = (Level.OK, Level.WARN)[status.level] if status.level < 2 else Level.FAIL
        yield Finding(level, name, ", ".join([status.message or "says nothing", *numbers]))
    if status.level < 2 and (failed := status.grown("failed")):
        yield warn(name, f"{failed} inputs failed while we listened", "its log says why")


def _drops(name: str, status: Status) -> Iterator[Finding]:
    dropped, processed = status.grown("dropped"), status.grown("processed")
    share = dropped / max(1, dropped + processed)
    if share > _DROPPED_SHARE:
        yield warn(
            name,
            f"drops {share:.0%} of its images: they come faster than they are read",
            "a lower camera.framerate, fewer faces.max_faces, a GPU, or fewer programs beside it",
        )


def _networks(name: str, status: Status) -> Iterator[Finding]:
    """One finding for all networks with the same backend."""
    by_place: dict[str, list[str]] = {}
    for key, place in status.values.items():
        if key.startswith("network "):
            by_place.setdefault(place, []).append(key.removeprefix("network "))
    for place, networks in by_place.items():
        engine, _, reason = place.partition(" (")
        yield ok(name, f"{listed(networks)}: {engine}" + (f", as {reason.removesuffix(')')}" if reason else ""))
