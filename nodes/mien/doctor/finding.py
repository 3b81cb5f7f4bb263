"""What a check found, and how to mend it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from enum import IntEnum


class Level(IntEnum):
    OK = 0
    WARN = 1
    FAIL = 2


@dataclass(frozen=True, slots=True)
class Finding:
    """The result of one check: what was observed and, where something is wrong, what to do."""

    level: Level
    subject: str
    seen: str
    mend: str = ""


Findings = Iterable[Finding]
Check = Callable[[], Findings]


def ok(subject: str, seen: str) -> Finding:
    return Finding(Level.OK, subject, seen)


def warn(subject: str, seen: str, mend: str = "") -> Finding:
    return Finding(Level.WARN, subject, seen, mend)


def fail(subject: str, seen: str, mend: str) -> Finding:
    return Finding(Level.FAIL, subject, seen, mend)


def examine(checks: Sequence[tuple[str, Check]]) -> list[Finding]:
    """Run named checks. A check that raises becomes a warning; the others go on."""
    findings: list[Finding] = []
    for name, check in checks:
        try:
            findings += check()
        except Exception as e:
            findings.append(warn(name, f"could not be checked: {e or type(e).__name__}"))
    return findings


def by_subject(findings: Iterable[Finding]) -> list[Finding]:
    """Findings grouped by subject, in the order in which subjects first appear."""
    groups: dict[str, list[Finding]] = {}
    for finding in findings:
        groups.setdefault(finding.subject, []).append(finding)
    return [f for group in groups.values() for f in group]


def listed(words: Iterable[str], at_most: int = 6) -> str:
    """`a, b and 3 more`; `nobody` for none."""
    known = list(words)
    if not known:
        return "nobody"
    shown = known if len(known) <= at_most else known[: at_most - 1]
    rest = len(known) - len(shown)
    return ", ".join(shown) + (f" and {rest} more" if rest else "")
