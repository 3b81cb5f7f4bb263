"""`mien doctor`: find out why no messages arrive."""

from __future__ import annotations

import argparse
import json
import math
import os
import re
from collections.abc import Iterator

from rich.console import Console

from mien.core.errors import UsageError
from mien.doctor import (
    bridges,
    cameras,
    clocks,
    contracts,
    domains,
    installation,
    memory,
    networks,
    nodes,
    settings,
    topics,
)
from mien.doctor.finding import Check, Finding, Level, by_subject, examine, warn
from mien.doctor.show import as_json, show_section, show_summary
from mien.doctor.snapshot import Snapshot
from mien.ros import transport

_NAMESPACE = re.compile(r"^/?([A-Za-z_]\w*(/[A-Za-z_]\w*)*)?/?$", re.ASCII)
Section = tuple[str, list[Finding]]


def add(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--namespace", default="", help="where mien runs, when not at the top")
    parser.add_argument("--seconds", type=float, default=3.0, metavar="S", help="how long to listen (default 3)")
    parser.add_argument("--json", action="store_true", help="print JSON")
    parser.epilog = "Exit code: 0 = nothing fails, 1 = something does, 2 = misuse."


def run(args: argparse.Namespace) -> int:
    if not _NAMESPACE.match(args.namespace):
        raise UsageError(f"--namespace {args.namespace}: not a ROS name; for example lab or lab/left")
    if not 0 < args.seconds < math.inf:
        raise UsageError(f"--seconds {args.seconds:g}: must be over 0")
    console = Console(quiet=args.json)
    sections: list[Section] = []
    for title, findings in _sections(f"/{args.namespace.strip('/')}", args.seconds, console):
        sections.append((title, findings))
        show_section(console, title, findings)
    everything = [f for _, findings in sections for f in findings]
    show_summary(console, everything)
    if args.json:
        print(json.dumps(as_json(sections), indent=2, ensure_ascii=False))
    return int(any(f.level == Level.FAIL for f in everything))


def _sections(namespace: str, seconds: float, console: Console) -> Iterator[Section]:
    """Each section as soon as it is known, because the graph takes seconds."""
    environ = dict(os.environ)  # before mien's own DDS profile is set
    chosen = examine(_settings(environ))
    if any(f.level == Level.FAIL for f in settings.check_middleware(environ)):
        # rclpy ends the process if the middleware is not installed.
        del os.environ["RMW_IMPLEMENTATION"]
    with console.status("looking at the installation"):
        installed = examine(_INSTALLATION)
    yield "Installation", installed
    yield "Machine", examine(_machine())
    yield "Settings", chosen
    with console.status(f"looking at the graph, and listening for {seconds:g} s"):
        of_nodes, of_topics = _graph(namespace, seconds)
    yield "Nodes", of_nodes
    yield "Topics", of_topics


_INSTALLATION: tuple[tuple[str, Check], ...] = (
    ("python", installation.check_python),
    ("rclpy", installation.check_rclpy),
    ("rclpy", installation.check_pins),
    ("mien_msgs", installation.check_messages),
    ("compiler", installation.check_compiler),
    ("media", installation.check_media),
    ("models", networks.check_models),
    ("device", networks.check_device),
)


def _machine() -> list[tuple[str, Check]]:
    def room() -> list[Finding]:
        return list(memory.check_room(memory.segment_size(transport.PROFILE), memory.find_segments(), *memory.room()))

    return [
        ("camera", cameras.check_cameras),
        ("shared memory", room),
        ("shared memory", lambda: memory.check_leftovers(memory.find_segments())),
        ("shared memory", lambda: memory.check_owners(memory.find_segments())),
    ]


def _settings(environ: dict[str, str]) -> list[tuple[str, Check]]:
    return [
        ("ROS_DOMAIN_ID", lambda: settings.check_domain(environ)),
        ("discovery", lambda: settings.check_range(environ)),
        ("DDS profile", lambda: settings.check_profile(transport.PROFILE, environ)),
        ("middleware", lambda: settings.check_middleware(environ)),
    ]


def _graph(namespace: str, seconds: float) -> tuple[list[Finding], list[Finding]]:
    """Findings about nodes, and about topics."""
    if settings.domain_of() is None:
        return [_unseen("there is no such domain", "mend ROS_DOMAIN_ID first")], []
    try:
        from mien.doctor import probe as doctor
    except ImportError as e:
        return [_unseen(f"ROS does not load: {e}", "mend the installation first")], []
    environ = dict(os.environ)
    try:
        snapshot = doctor.take(namespace, seconds, images=_has_room())
    except Exception as e:  # rclpy's own errors, which have no public base class
        return [_unseen(f"ROS does not start: {e}", "mend the settings first")], []
    mute = list(domains.check_mute(snapshot, domains.processes_in(snapshot.domain)))
    where = list(nodes.check_presence(snapshot))
    if not (where or mute or snapshot.nameless):
        tried = domains.domains_to_try(snapshot.domain, domains.domains_used())
        where = examine([("domain", lambda: domains.check_elsewhere(snapshot, doctor.probe(tried, environ), tried))])
    return [*mute, *where, *examine(node_checks(snapshot))], by_subject(examine(topic_checks(snapshot)))


def _unseen(reason: str, mend: str) -> Finding:
    return warn("nodes", f"not looked at, as {reason}", mend)


def node_checks(snapshot: Snapshot) -> list[tuple[str, Check]]:
    return [
        ("nodes", lambda: nodes.check_twins(snapshot)),
        ("nodes", lambda: nodes.check_rivals(snapshot)),
        ("nodes", lambda: nodes.check_life(snapshot)),
        ("nodes", lambda: nodes.check_states(snapshot)),
        ("nodes", lambda: nodes.check_reports(snapshot)),
        ("bridges", lambda: bridges.check_bridges(snapshot)),
        ("clocks", lambda: clocks.check_clocks(snapshot)),
    ]


def topic_checks(snapshot: Snapshot) -> list[tuple[str, Check]]:
    return [
        ("topics", lambda: topics.check_topics(snapshot)),
        ("topics", lambda: contracts.check_services(snapshot)),
        ("topics", lambda: contracts.check_definitions(snapshot)),
        ("topics", lambda: topics.check_rivals(snapshot)),
        ("topics", lambda: topics.check_losses(snapshot)),
        ("topics", lambda: clocks.check_stamps(snapshot)),
    ]


def _has_room() -> bool:
    """Whether /dev/shm holds one more process of ours; without, Fast DDS complains on the terminal."""
    return memory.room()[0] > memory.segment_size(transport.PROFILE)
