"""Clocks of machines, and time stamps of messages."""

from __future__ import annotations

from collections.abc import Iterator

from mien.doctor.finding import Finding, Findings, listed, warn
from mien.doctor.snapshot import Heard, Snapshot, Traffic

_AHEAD_S = 0.05
_LATE_S = 1.0
_SKEW_S = 1.0
_DAY_S = 86_400.0


def check_clocks(snapshot: Snapshot) -> Findings:
    """Machines whose clocks differ, which shows in messages that arrive before they were published."""
    traffics = list(_heard(snapshot))
    ahead = [(t, -s) for t, h in traffics if (s := h.skew_s) is not None and s < -_AHEAD_S]
    behind = [(t, s) for t, h in traffics if (s := h.skew_s) is not None and s > _SKEW_S]
    for group, how in ((ahead, "ahead of this machine's"), (behind, "behind this machine's, or the network is slow")):
        if group:
            nodes = sorted({snapshot.short(p.node) for t, _ in group for p in t.publishers})
            yield warn(
                "clocks",
                f"the clock of {listed(nodes)} is {max(s for _, s in group):.1f} s {how}",
                "keep clocks in step: chrony or systemd-timesyncd on every machine",
            )


def check_stamps(snapshot: Snapshot) -> Findings:
    """Stamps compared with the publisher's clock: wrong stamps of a driver, and images that waited in a queue."""
    if snapshot.clock:
        return  # stamps are in simulated time and cannot be compared with a clock
    for traffic, heard in _heard(snapshot):
        if heard.late_s is not None and (finding := _judge(snapshot, traffic, heard.late_s)):
            yield finding


def _judge(snapshot: Snapshot, traffic: Traffic, late_s: float) -> Finding | None:
    who = listed(sorted({snapshot.short(p.node) for p in traffic.publishers}))
    if late_s > _DAY_S:
        seen = f"{who} does not stamp its messages with the wall clock's time"
        return warn(traffic.name, seen, "publish /clock and set use_sim_time, or mend the driver's stamps")
    if late_s > _LATE_S:
        seen = f"messages are {late_s:.1f} s old already when {who} publishes them"
        return warn(traffic.name, seen, "the driver stamps wrongly, or images wait in a queue before it")
    if late_s < -_AHEAD_S:
        seen = f"{who} stamps its messages {-late_s:.2f} s into the future"
        return warn(traffic.name, seen, "mend the driver's clock; a file that is played with --fast does this too")
    return None


def _heard(snapshot: Snapshot) -> Iterator[tuple[Traffic, Heard]]:
    """Traffic of topics that are not latched: a latched message is as old as its node."""
    return (
        (t, t.heard) for topic, t in snapshot.topics_in_use() if t.heard and t.heard.count and not topic.qos.latched
    )
