"""The command, without ROS: what it accepts, prints and returns."""

from __future__ import annotations

import json
from collections.abc import Sequence

import pytest

from mien.cli import doctor
from mien.cli.__main__ import main
from mien.doctor.finding import Finding, fail, ok, warn


@pytest.fixture
def finds(monkeypatch: pytest.MonkeyPatch) -> Sequence[Finding]:
    """What the doctor finds, to be filled by a test."""
    findings: list[Finding] = []

    def sections(namespace: str, seconds: float, console: object) -> list[tuple[str, list[Finding]]]:
        return [("Nodes", [ok("asked", f"{namespace} {seconds:g}"), *findings])]

    monkeypatch.setattr(doctor, "_sections", sections)
    return findings


@pytest.mark.parametrize(
    "arguments", [["--namespace", "7up"], ["--namespace", "a//b"], ["--seconds", "0"], ["--seconds", "inf"]]
)
def test_misuse(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["doctor", *arguments]) == 2
    assert arguments[0] in capsys.readouterr().err


def test_unknown_options_are_misuse() -> None:
    with pytest.raises(SystemExit, match="2"):
        main(["doctor", "--nonsense"])


@pytest.mark.parametrize(("namespace", "resolved"), [("", "/"), ("lab", "/lab"), ("/lab/left/", "/lab/left")])
def test_namespaces_are_resolved(
    finds: list[Finding], namespace: str, resolved: str, capsys: pytest.CaptureFixture[str]
) -> None:
    main(["doctor", "--namespace", namespace, "--seconds", "1.5"])

    assert f"{resolved} 1.5" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("finding", "code"), [(ok("a", "well"), 0), (warn("a", "odd"), 0), (fail("a", "broken", "mend it"), 1)]
)
def test_exit_codes(finds: list[Finding], finding: Finding, code: int) -> None:
    finds.append(finding)

    assert main(["doctor"]) == code


def test_json_and_nothing_else_is_printed(finds: list[Finding], capsys: pytest.CaptureFixture[str]) -> None:
    finds.append(fail("/faces", "nobody publishes it", "start mien node faces"))

    assert main(["doctor", "--json"]) == 1

    out = json.loads(capsys.readouterr().out)
    assert out["level"] == "fail"
    assert out["findings"][1]["mend"] == "start mien node faces"
