"""All errors hang in one tree, told in two files, and the command line handles them in one place."""

from __future__ import annotations

import ast
import inspect
import re
from pathlib import Path
from types import ModuleType

import pytest

from mien.core import errors as upper
from mien_models import errors as lower
from mien_models.errors import MienError

ROOT = Path(__file__).resolve().parents[2]
SOURCES = sorted([*(ROOT / "nodes/mien").rglob("*.py"), *(ROOT / "models/mien_models").rglob("*.py")])
HOMES = {Path(inspect.getfile(m)) for m in (upper, lower)}


# Signals between the files of one package, which never leave it.
INTERNAL = {"Closed", "OscError", "Refused"}


def own(module: ModuleType) -> list[type[BaseException]]:
    return [c for c in vars(module).values() if inspect.isclass(c) and c.__module__ == module.__name__]


def test_every_error_is_defined_in_the_tree() -> None:
    """A private class may carry a signal from one function to another of its file."""
    bases = re.compile(r"(Error|Exception|Refused|Lost)$")
    elsewhere = [
        f"{path.relative_to(ROOT)}: {node.name}"
        for path in SOURCES
        if path not in HOMES
        for node in ast.walk(ast.parse(path.read_text("utf8")))
        if isinstance(node, ast.ClassDef)
        and not node.name.startswith("_")
        and node.name not in INTERNAL
        and any(bases.search(ast.unparse(base)) for base in node.bases)
    ]
    assert elsewhere == []
    assert all(issubclass(c, MienError) for module in (upper, lower) for c in own(module))


@pytest.mark.parametrize("module", [upper, lower], ids=["mien", "mien_models"])
def test_the_tree_that_is_told_is_the_tree_that_is(module: ModuleType) -> None:
    lines = inspect.getdoc(module).splitlines()  # type: ignore[union-attr]
    found = [m for m in (re.match(r" *((?:│   )*)([├└]── )?([A-Z]\w+)(?:\s|$)", line) for line in lines) if m]
    told = [(len(m[1]) // 4 + bool(m[2]), m[3]) for m in found]
    parents: dict[str, str] = {}
    for at, (depth, name) in enumerate(told):
        above = [n for d, n in told[:at] if d < depth]
        if above:
            parents[name] = next(n for d, n in reversed(told[:at]) if d == depth - 1)
    true = {c.__name__: c.__mro__[1].__name__ for c in own(module) if c is not MienError}
    assert {name: parent for name, parent in parents.items() if name in true} == true


def test_commands_leave_errors_of_ours_to_the_handler() -> None:
    """A command may catch one that is of one file among many, and goes on; none may end itself by it."""
    ours = re.compile("|".join(rf"\b{c.__name__}\b" for module in (upper, lower) for c in own(module)))
    for path in sorted((ROOT / "nodes/mien/cli").glob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf8"))):
            if isinstance(node, ast.ExceptHandler) and ours.search(ast.unparse(node.type or node)):
                last = node.body[-1]
                ends = isinstance(last, ast.Return) and path.name != "errors.py"
                assert not ends, f"{path.name}:{node.lineno} tells an error itself; let it rise to `handle`"
