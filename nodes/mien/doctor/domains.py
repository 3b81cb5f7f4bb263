"""ROS domains: other domains with mien nodes, and processes of this machine that take part in a domain."""

from __future__ import annotations

import os
import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import takewhile
from pathlib import Path

from mien.doctor.finding import Findings, fail, listed, warn
from mien.doctor.snapshot import Snapshot

_PROC = Path("/proc")
_PORT, _PORTS_PER_DOMAIN = 7400, 250
_PROCESSES_PER_DOMAIN = 120
_LAST_DOMAIN = 232
# Local port, then inode, of a line of /proc/net/udp.
_SOCKET = re.compile(r"^\s*\d+: [0-9A-F]+:([0-9A-F]{4}) (?:\S+ +){7}(\d+) ", re.MULTILINE)
_LINK = re.compile(r"socket:\[(\d+)\]")


@dataclass(frozen=True, slots=True)
class Process:
    """A process of this machine that takes part in a domain."""

    pid: int
    name: str
    stopped: bool = False

    def __str__(self) -> str:
        return f"{self.name} (pid {self.pid})"


def domains_to_try(own: int, used: Collection[int] = ()) -> list[int]:
    """Domains in which nodes may run by mistake: small numbers, neighbours, and those in use on this machine."""
    near = {*range(11), *range(own - 2, own + 3), *used}
    return sorted(d for d in near if 0 <= d <= _LAST_DOMAIN and d != own)


def domains_used(proc: Path = _PROC) -> list[int]:
    """Domains whose ports are open on this machine."""
    return sorted({domain for domain, _ in _sockets(proc)})


def processes_in(domain: int, proc: Path = _PROC) -> list[Process]:
    """Other processes that take part in a domain, as far as permissions allow to see them."""
    inodes = {inode for d, inode in _sockets(proc) if d == domain}
    folders = [f for f in proc.glob("[0-9]*") if f.name != str(os.getpid())]
    return sorted((_process(f) for f in folders if inodes & set(_open_sockets(f))), key=lambda p: p.pid)


def check_mute(snapshot: Snapshot, processes: Sequence[Process]) -> Findings:
    """Processes that take part in the domain but do not answer, so that discovery does not find them."""
    stopped = [p for p in processes if p.stopped]
    if stopped:
        pids = " ".join(str(p.pid) for p in stopped)
        yield fail(
            "nodes",
            f"{listed(map(str, stopped))} in domain {snapshot.domain} stopped, by Ctrl-Z perhaps",
            f"kill -CONT {pids}",
        )
    elif processes and not snapshot.nodes:
        yield warn(
            "nodes",
            f"in domain {snapshot.domain}, but mute: {listed(map(str, processes))}",
            "is it still starting? Otherwise it hangs, or its ROS_AUTOMATIC_DISCOVERY_RANGE keeps it apart",
        )


def check_elsewhere(snapshot: Snapshot, elsewhere: Mapping[int, list[str]], tried: Collection[int]) -> Findings:
    """Where mien runs, when it is not in this domain."""
    if elsewhere:
        places = (f"{domain} ({listed(nodes, 3)})" for domain, nodes in sorted(elsewhere.items()))
        yield fail(
            "domain",
            f"mien runs in domain {listed(places)}, not in {snapshot.domain}",
            f"export ROS_DOMAIN_ID={min(elsewhere)} in this terminal, or {snapshot.domain} where mien runs",
        )
    else:
        others = f"; {len(snapshot.nodes)} other nodes are" if snapshot.nodes else ""
        yield warn(
            "nodes",
            f"no mien node is seen in domain {snapshot.domain}{others}, nor in {_spans(tried)}",
            "mien run --source clip; one on another machine needs the same ROS_DOMAIN_ID and network, "
            "and no firewall on UDP ports from 7400 on",
        )


def _spans(numbers: Collection[int]) -> str:
    """0–3, 7."""
    found: list[list[int]] = []
    for n in sorted(numbers):
        if found and n == found[-1][1] + 1:
            found[-1][1] = n
        else:
            found.append([n, n])
    return ", ".join(str(a) if a == b else f"{a}–{b}" for a, b in found)


def _sockets(proc: Path) -> Iterator[tuple[int, int]]:
    """Domain and inode of every socket on a port that DDS would use."""
    try:
        text = (proc / "net" / "udp").read_text("ascii")
    except OSError:
        return
    inodes = {int(port, 16): int(inode) for port, inode in _SOCKET.findall(text)}
    for port, inode in inodes.items():
        domain, offset = divmod(port - _PORT, _PORTS_PER_DOMAIN)
        # Every participant has two adjacent ports, counted from 10; a single one belongs to another program.
        is_dds = 10 <= offset < 10 + 2 * _PROCESSES_PER_DOMAIN and port ^ 1 in inodes
        if 0 <= domain <= _LAST_DOMAIN and is_dds:
            yield domain, inode


def _open_sockets(folder: Path) -> Iterator[int]:
    try:
        links = [os.readlink(f) for f in (folder / "fd").iterdir()]
    except OSError:
        return  # gone, or somebody else's
    yield from (int(m.group(1)) for link in links if (m := _LINK.match(link)))


def _process(folder: Path) -> Process:
    pid = int(folder.name)
    try:
        stat = (folder / "stat").read_text("utf-8", errors="replace")
        words = (folder / "cmdline").read_text("utf-8", errors="replace").split("\0")
    except OSError:
        return Process(pid, "a process that just ended")
    # pid (name) state …; a name may hold spaces and brackets.
    name, _, rest = stat.partition("(")[2].rpartition(")")
    return Process(pid, _command(words) or name, rest.split()[0] in "Tt")


def _command(words: Sequence[str]) -> str:
    """The first few words of a command line, without folders and options."""
    known = [w.rpartition("/")[2] for w in takewhile(lambda w: w != "--ros-args", words) if not w.startswith("-")]
    return " ".join(known[:4]).strip()
