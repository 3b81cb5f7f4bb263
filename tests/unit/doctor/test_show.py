from __future__ import annotations

import io

from rich.console import Console

from mien.doctor.finding import Finding, fail, ok, warn
from mien.doctor.show import as_json, show_section, show_summary


def printed(*findings: Finding) -> str:
    console = Console(width=100, record=True, file=io.StringIO())
    show_section(console, "Topics", findings)
    return console.export_text()


def summary(*findings: Finding) -> str:
    console = Console(width=200, file=io.StringIO(), record=True)
    show_summary(console, findings)
    return console.export_text().strip()


def test_marks_subjects_and_mends_below() -> None:
    lines = printed(ok("/faces", "30 Hz"), fail("/rigs", "silent", "start [it]")).splitlines()

    assert lines[0] == "Topics"
    assert lines[1].split() == ["✓", "/faces", "30", "Hz"]
    assert lines[2].split() == ["✗", "/rigs", "silent"]
    assert lines[3].strip() == "→ start [it]"


def test_a_subject_is_named_once() -> None:
    assert printed(ok("/faces", "30 Hz"), warn("/faces", "late", "hurry")).count("/faces") == 1


def test_an_empty_section_is_not_shown() -> None:
    assert printed() == ""


def test_the_summary_begins_with_the_first_failure() -> None:
    findings = [ok("python", "3.12"), warn("camera", "none"), fail("/faces", "a", "do x"), fail("/rigs", "b", "do y")]

    assert summary(*findings) == "✗ 2 to mend, 1 to look at; begin with /faces: do x"


def test_the_summary_where_nothing_fails() -> None:
    assert summary(ok("python", "3.12"), warn("camera", "none")) == "! 1 to look at; nothing fails"
    assert summary(ok("python", "3.12")) == "✓ all is well (1 findings)"


def test_json() -> None:
    assert as_json([("Nodes", [ok("nodes", "rigs")]), ("Topics", [fail("/faces", "silent", "mend it")])]) == {
        "level": "fail",
        "findings": [
            {"section": "nodes", "level": "ok", "subject": "nodes", "seen": "rigs", "mend": ""},
            {"section": "topics", "level": "fail", "subject": "/faces", "seen": "silent", "mend": "mend it"},
        ],
    }
