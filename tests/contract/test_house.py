"""Files and folders stay small enough to be read."""

from __future__ import annotations

import ast
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SOURCES = [p for top in ("nodes/mien", "models/mien_models") for p in (ROOT / top).rglob("*.py")]
LONG, MANY = 400, 17


def test_a_long_file_says_why_it_is_whole() -> None:
    long = [p for p in SOURCES if len(p.read_text(encoding="utf-8").splitlines()) > LONG]
    silent = [p.name for p in long if "long" not in (ast.get_docstring(ast.parse(p.read_text("utf-8"))) or "")]
    assert silent == []


def test_no_folder_is_crowded() -> None:
    crowded = {str(f.relative_to(ROOT)): n for f, n in Counter(p.parent for p in SOURCES).items() if n > MANY}
    assert crowded == {}
