"""Findings as a list to read, or as JSON."""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import Console
from rich.table import Table
from rich.text import Text

from mien.doctor.finding import Finding, Level

MARKS = {Level.OK: ("✓", "green"), Level.WARN: ("!", "yellow"), Level.FAIL: ("✗", "red")}
_SUBJECT_WIDTH = 16


def show_section(console: Console, title: str, findings: Sequence[Finding]) -> None:
    """Print a heading and its findings, each followed by its mend."""
    if not findings:
        return
    grid = Table.grid(padding=(0, 1))
    grid.add_column()
    grid.add_column(min_width=_SUBJECT_WIDTH, max_width=32, overflow="fold")
    grid.add_column(overflow="fold")
    before = ""
    for finding in findings:
        subject = finding.subject if finding.subject != before else ""
        grid.add_row(_mark(finding.level), Text(subject, style="bold"), _body(finding))
        before = finding.subject
    console.print(Text(title, style="bold underline"))
    console.print(grid)
    console.print()


def show_summary(console: Console, findings: Sequence[Finding]) -> None:
    """Print the number of findings by level, and what to mend first: the most upstream failure."""
    worst = max(findings, key=lambda f: f.level)
    counts = {level: sum(f.level == level for f in findings) for level in Level}
    if worst.level == Level.OK:
        console.print(Text(f"✓ all is well ({len(findings)} findings)", style="bold green"))
        return
    words = [f"{counts[Level.FAIL]} to mend"] if counts[Level.FAIL] else []
    words += [f"{counts[Level.WARN]} to look at"] if counts[Level.WARN] else []
    mark, colour = MARKS[worst.level]
    line = Text(f"{mark} {', '.join(words)}", style=f"bold {colour}")
    if worst.level == Level.FAIL:
        line.append(f"; begin with {worst.subject}: {worst.mend or worst.seen}", style="not bold default")
    else:
        line.append("; nothing fails", style="not bold default")
    console.print(line)


def as_json(sections: Sequence[tuple[str, Sequence[Finding]]]) -> dict[str, object]:
    """{"level": …, "findings": [{"section", "level", "subject", "seen", "mend"}]}"""
    rows = [
        {
            "section": title.lower(),
            "level": f.level.name.lower(),
            "subject": f.subject,
            "seen": f.seen,
            "mend": f.mend,
        }
        for title, findings in sections
        for f in findings
    ]
    worst = max((f.level for _, findings in sections for f in findings), default=Level.OK)
    return {"level": worst.name.lower(), "findings": rows}


def _mark(level: Level) -> Text:
    mark, colour = MARKS[level]
    return Text(mark, style=f"bold {colour}")


def _body(finding: Finding) -> Text:
    body = Text(finding.seen)
    if finding.mend:
        body.append(f"\n→ {finding.mend}", style="cyan")
    return body
