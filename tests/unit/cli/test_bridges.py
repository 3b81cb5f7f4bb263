"""`mien bridges list`."""

from __future__ import annotations

import json
from importlib import util

import pytest

from mien.bridges.registry import BRIDGES
from mien.cli import bridges
from mien.cli.__main__ import main


def test_every_bridge_is_listed_with_its_address(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["bridges", "list"]) == 0
    listed = " ".join(capsys.readouterr().out.split())
    for spec in BRIDGES:
        assert spec.name in listed
    assert "udp 127.0.0.1:39539" in listed


def test_programs_get_every_parameter(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["bridges", "list", "--json"]) == 0
    rows = {row["name"]: row for row in json.loads(capsys.readouterr().out)}
    assert list(rows) == [s.name for s in BRIDGES]
    assert rows["vmc"]["parameters"]["vmc.port"]["default"] == 39539
    assert rows["vmc_in"]["direction"] == "in"


def test_what_is_not_installed_is_said_with_the_mend(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bridges, "find_spec", lambda name: None if name == "websockets" else util.find_spec(name))
    main(["bridges", "list"])
    said = " ".join(capsys.readouterr().out.split())
    assert "needs websockets: pip install 'mien[bridges]'" in said
