"""Which nodes run, where, and what they say of themselves."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator, Mapping

from mien.doctor.finding import Finding, Findings, Level, fail, listed, ok, warn
from mien.doctor.look import Look, Status, base, space, spec_of
from mien.graph import PROFILES

_FASTDDS_PORT, _PORTS_PER_DOMAIN = 7400, 250
_BOUND = re.compile(r"^\s*\d+: [0-9A-F]+:([0-9A-F]{4}) ", re.MULTILINE)
_LAST_DOMAIN = 232
_DROPPED_SHARE = 0.1


def domains_to_try(own: int, bound: Collection[int] = ()) -> list[int]:
    """Where a graph may be by mistake: small numbers, neighbours, and domains in use on this machine."""
    near = {*range(11), own - 2, own - 1, own + 1, own + 2, *bound}
    return sorted(d for d in near if 0 <= d <= _LAST_DOMAIN and d != own)


def domains_bound(udp: str) -> list[int]:
    """Domains whose discovery ports are open, from the text of /proc/net/udp."""
    offsets = [int(port, 16) - _FASTDDS_PORT for port in _BOUND.findall(udp)]
    return sorted({at // _PORTS_PER_DOMAIN for at in offsets if at >= 0 and _is_dds(at % _PORTS_PER_DOMAIN)})


def _is_dds(rest: int) -> bool:
    """Multicast ports 0 and 1, then two for each process, counted from 10."""
    return rest in (0, 1) or 10 <= rest < 10 + 2 * 32


def check_presence(look: Look, elsewhere: Mapping[int, list[str]], tried: Collection[int]) -> Findings:
    """Whether mien runs here or, by mistake, in another namespace or domain."""
    others = [n for n in look.mien if n not in look.here]
    if look.here:
        yield ok("nodes", f"{listed(look.short(n) for n in look.here)} in domain {look.domain}")
        if others:
            yield ok("nodes", f"in other namespaces too: {listed(others)}")
    elif others:
        yield _other_namespace(look, others)
    elif elsewhere:
        yield from (_other_domain(look, domain, nodes) for domain, nodes in sorted(elsewhere.items()))
    else:
        yield _nothing(look, tried)


def check_twins(look: Look) -> Findings:
    """Two nodes of one name answer for each other."""
    for node, count in Counter(look.nodes).items():
        if count > 1 and node in look.here:
            yield warn(
                "nodes",
                f"{count} nodes are called {node}: every message comes {count} times",
                "end one, or give each a namespace (--namespace) or ROS_DOMAIN_ID of its own",
            )


def check_missing(look: Look) -> Findings:
    """Whether a split graph has all of its stages."""
    names = {base(n) for n in look.here}
    stages = [s.name for s in PROFILES["split"] if s.name != "camera"]
    present = [s for s in stages if s in names]
    if present and "perception" in names:
        yield warn(
            "nodes",
            f"perception and {listed(present)} run at once: both publish the same topics",
            "run one of them: --profile fused or --profile split",
        )


def check_answers(look: Look) -> Findings:
    """Lifecycle, sim time, and nodes that do not answer."""
    for node in look.here:
        answers = look.answers.get(node)
        if answers is None:
            continue
        if answers.alive is False and node not in look.statuses:
            yield fail(
                look.short(node),
                "is known but neither answers nor reports: it hangs, or was killed a moment ago",
                "look again in 20 s; if it is still there, restart it",
            )
        if answers.state not in ("", "active"):
            yield fail(look.short(node), f"is {answers.state}, not active", activate(node, answers.state))
        sim = bool(answers.parameters.get("use_sim_time"))
        if sim and not look.clock:
            yield fail(
                look.short(node),
                "use_sim_time is set, but nobody publishes /clock: its time stands still",
                "start the simulator or the replay with a clock, or set use_sim_time to false",
            )
        elif look.clock and not sim and answers.alive:
            yield warn(
                look.short(node),
                "somebody publishes /clock, but this node keeps wall-clock time",
                "-p use_sim_time:=true, unless its images are live",
            )


def check_reports(look: Look) -> Findings:
    """What nodes say in /diagnostics: problems, drops, and what networks run on."""
    for node in look.here:
        name = look.short(node)
        status = look.statuses.get(node)
        if status is not None:
            yield from _health(name, status)
            yield from _drops(name, status)
            yield from _networks(name, status)
        elif look.answers and look.answers[node].alive:
            yield warn(name, "reports nothing in /diagnostics", "is /diagnostics remapped, or use_sim_time set?")


def activate(node: str, state: str) -> str:
    steps = ["configure", "activate"] if state == "unconfigured" else ["activate"]
    return " && ".join(f"ros2 lifecycle set {node} {step}" for step in steps)


def resume(node: str) -> str:
    return f'ros2 service call {node}/enable std_srvs/srv/SetBool "{{data: true}}"'


def is_paused(status: Status) -> bool:
    return status.values.get("enabled") == "false"


def _other_namespace(look: Look, others: list[str]) -> Finding:
    spaces = sorted({space(n) for n in others})
    names = [s.strip("/") for s in spaces]
    mend = f"mien doctor --namespace {names[0]}" if names[0] else "mien doctor without --namespace"
    return fail(
        "namespace",
        f"no mien node in {look.namespace}, but {listed(others)} in {listed(spaces)}",
        f"{mend}; what listens needs the same namespace: --ros-args -r __ns:={spaces[0]}",
    )


def _other_domain(look: Look, domain: int, nodes: list[str]) -> Finding:
    return fail(
        "domain",
        f"mien runs in domain {domain} ({listed(nodes)}), not in {look.domain}",
        f"export ROS_DOMAIN_ID={domain} in this terminal, or {look.domain} where mien runs",
    )


def _nothing(look: Look, tried: Collection[int]) -> Finding:
    others = f"; {len(look.nodes)} other nodes are" if look.nodes else ""
    domains = f", nor in {_spans(tried)}" if tried else ""
    return warn(
        "nodes",
        f"no mien node is seen in domain {look.domain}{others}{domains}",
        "mien run --source clip; on another machine: same ROS_DOMAIN_ID, same network, no firewall on UDP 7400–",
    )


def _spans(numbers: Collection[int]) -> str:
    """0–3, 7."""
    spans: list[list[int]] = []
    for n in sorted(numbers):
        if spans and n == spans[-1][1] + 1:
            spans[-1][1] = n
        else:
            spans.append([n, n])
    return ", ".join(str(a) if a == b else f"{a}–{b}" for a, b in spans)


def _health(name: str, status: Status) -> Iterator[Finding]:
    numbers = [
        f"{status.values[key]} {unit}"
        for key, unit in (("rate_hz", "Hz"), ("latency_ms_p50", "ms (median)"))
        if key in status.values
    ]
    if status.level == 0 and is_paused(status):
        yield warn(name, "is paused", f"resume it: {name}/enable, data: true")
    else:
        level = (Level.OK, Level.WARN)[status.level] if status.level < 2 else Level.FAIL
        yield Finding(level, name, ", ".join([status.message or "says nothing", *numbers]))
    if failed := status.grown("failed"):
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
    """One line for all networks that run on the same thing."""
    by_place: dict[str, list[str]] = {}
    for key, place in status.values.items():
        if key.startswith("network "):
            by_place.setdefault(place, []).append(key.removeprefix("network "))
    for place, networks in by_place.items():
        yield ok(name, f"{listed(networks)}: {place}")


def role(node: str) -> str:
    """What starts a node of this name."""
    spec = spec_of(node)
    return f"mien node {spec.name}" if spec else node
