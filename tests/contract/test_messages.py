"""A message does not change without an entry in the changelog, because users of the messages must know."""

from __future__ import annotations

import hashlib
import sys
from pathlib import Path

import pytest

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

ROOT = Path(__file__).resolve().parents[2]
MSGS = ROOT / "msgs"
FILES = sorted(p for kind in ("msg", "srv", "action") for p in (MSGS / kind).glob(f"*.{kind}"))
TOLD = tomllib.loads((MSGS / "definitions.toml").read_text("utf-8"))
CHANGELOG = " ".join((ROOT / "CHANGELOG.md").read_text("utf-8").split())


def digest(text: str) -> str:
    """Of a definition: its fields and constants in order, without comments, blank lines and how it is aligned."""
    lines = (" ".join(line.split("#")[0].split()) for line in text.splitlines())
    return hashlib.sha256("\n".join(line for line in lines if line).encode()).hexdigest()[:12]


@pytest.mark.parametrize("path", FILES, ids=lambda p: p.stem)
def test_the_changelog_tells_of_a_message_as_it_is(path: Path) -> None:
    name, now = path.relative_to(MSGS).as_posix(), digest(path.read_text("utf-8"))
    row = f'"{name}" = {{ digest = "{now}", entry = "FIRST WORDS OF THE ENTRY" }}'
    assert TOLD.get(name, {}).get("digest") == now, (
        f"{name} changed: tell of it in CHANGELOG.md, then write into msgs/definitions.toml\n{row}"
    )
    assert TOLD[name]["entry"] in CHANGELOG, f"CHANGELOG.md has no entry with the words {TOLD[name]['entry']!r}"


def test_only_messages_that_exist_are_told() -> None:
    assert set(TOLD) == {p.relative_to(MSGS).as_posix() for p in FILES}
    assert len(FILES) > 10


def test_a_change_is_seen_and_a_comment_is_none() -> None:
    text = "uint8 GOOD=1   # fine\nfloat32[] weights # [0, 1]\n"
    assert digest("# Rigs.\nuint8 GOOD=1\n\nfloat32[]  weights\n") == digest(text)
    others = (
        text.replace("=1", "=2"),
        text.replace("float32[]", "float32[2]"),
        text.replace("weights", "values"),
        text + "bool more\n",
        "\n".join(reversed(text.splitlines())),
    )
    assert len({digest(text), *map(digest, others)}) == 1 + len(others)
