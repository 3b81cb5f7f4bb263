"""Bridges: address, packets sent, and why an avatar or robot does not move."""

from __future__ import annotations

from collections.abc import Iterator

from mien.doctor.finding import Finding, Findings, Level
from mien.doctor.snapshot import Snapshot, Status
from mien.graph import BRIDGES

_KEY = "bridge"


def check_bridges(snapshot: Snapshot) -> Findings:
    """One line for every bridge that runs here."""
    for node in snapshot.here:
        status = snapshot.statuses.get(node)
        if status is not None and snapshot.short(node) == BRIDGES.name:
            for name, report in _reports(status).items():
                yield _finding(name, report, status)


def _reports(status: Status) -> dict[str, dict[str, str]]:
    """The diagnostics values of each bridge, by its name."""
    reports: dict[str, dict[str, str]] = {}
    for key, value in status.values.items():
        word, _, rest = key.partition(" ")
        name, _, field = rest.partition(" ")
        if word == _KEY and field and value:
            reports.setdefault(name, {})[field] = value
    return reports


def _finding(name: str, report: dict[str, str], status: Status) -> Finding:
    seen = " · ".join(_words(report))
    if "waits" in report:
        cause, _, mend = report["waits"].partition(": ")
        return Finding(Level.WARN, name, f"{seen}: {cause}", mend)
    if failed := status.grown(f"{_KEY} {name} errors"):
        return Finding(Level.WARN, name, f"{seen}: {failed} packets failed while we listened", report.get("error", ""))
    return Finding(Level.OK, name, seen)


def _words(report: dict[str, str]) -> Iterator[str]:
    yield report.get("address", "no address")
    if "paused" in report:
        yield "paused by bridges.pause"
    if report.get("rate_hz", "0.0") != "0.0":
        yield f"{report['rate_hz']} packets a second"
    yield f"last packet {report['last_s']} s ago" if "last_s" in report else "no packet yet"
    if report.get("ignored", "0") != "0":
        yield f"{report['ignored']} strange packets ignored"
    if "asked" in report:
        yield f"asked for {report['asked']}"
