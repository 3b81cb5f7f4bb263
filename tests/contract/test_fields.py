"""Checks of received messages accept what the comments of the message definitions allow."""

from __future__ import annotations

import math
import re
from pathlib import Path

import pytest

from mien import messages
from mien.core.fields import Fields

MSGS = Path(__file__).parents[2] / "msgs/msg"
TABLES = {t.message: t for t in vars(messages).values() if isinstance(t, Fields) and t is not messages._ARKIT_RIG}
LINE = re.compile(r"^(?P<type>[\w/]+(\[[\d<=]*\])?)\s+(?P<name>\w+)\s*(#\s*(?P<told>.*))?$")


def told(message: str) -> dict[str, tuple[str, str]]:
    """Type and whole comment of every field."""
    found: dict[str, tuple[str, str]] = {}
    last = ""
    for line in (MSGS / f"{message}.msg").read_text("utf8").splitlines():
        if match := LINE.match(line):
            last = match["name"]
            found[last] = match["type"], match["told"] or ""
        elif last and line.startswith("    "):
            found[last] = found[last][0], found[last][1] + " " + line.strip(" #")
    return found


FLOATS = [
    (message, name, kind, comment)
    for message in TABLES
    for name, (kind, comment) in told(message).items()
    if kind.startswith("float")
]


def test_every_number_of_every_message_has_its_rules() -> None:
    of_stages = {"Face", "Expression", "Reading", "PersonBaseline", "Affect", "Rig", "RigDescription", "Baseline"}
    of_stages |= {"Voice", "Audio", "Words"}
    assert set(TABLES) == of_stages
    assert [(m, n) for m, n, _, _ in FLOATS if n not in TABLES[m].fields] == []
    assert len(FLOATS) > 30


@pytest.mark.parametrize(("message", "name", "kind", "comment"), FLOATS, ids=[f"{m}.{n}" for m, n, _, _ in FLOATS])
def test_the_rules_are_those_of_the_comment(message: str, name: str, kind: str, comment: str) -> None:
    field = TABLES[message].fields[name]
    if (message, name) == ("Rig", "weights"):
        assert comment.endswith("of arkit52 [0, 1]")
        field = messages._ARKIT_RIG.fields[name]
    if ranges := re.findall(r"\[(-?[\d.]+), (-?[\d.]+)\]", comment):
        assert (field.lo, field.hi) in {(float(a), float(b)) for a, b in ranges}
    assert math.isfinite(field.lo)
    assert math.isfinite(field.hi)
    assert field.nan == ("NaN" in comment and "0 where the value is NaN" not in comment)
    assert field.unit == ("unit norm" in comment)
    assert (field.total == 1) == ("sum 1" in comment or (message, name) == ("Affect", "emotion"))
    assert field.empty == ("empty =" in comment)
    if size := re.search(r"\[(\d+)\]", kind):
        assert field.size == int(size[1])
