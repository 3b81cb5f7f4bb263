"""`mien models list|fetch|verify`."""

from __future__ import annotations

import argparse
import sys

from rich.console import Console
from rich.table import Table

from mien.cli.errors import UsageError
from mien.progress import bar
from mien_models import ModelError, Registry


def add(parser: argparse.ArgumentParser) -> None:
    actions = parser.add_subparsers(dest="action", metavar="ACTION", required=True)
    actions.add_parser("list", help="what there is, its licence, and whether it is here")
    fetch = actions.add_parser("fetch", help="fetch by package name, check and convert")
    fetch.add_argument("names", nargs="*", metavar="NAME", help="default: all that are not optional")
    fetch.add_argument("--force", action="store_true", help="also what is here and intact")
    actions.add_parser("verify", help="check every file that is here against its hash")


def run(args: argparse.Namespace) -> int:
    registry = Registry.load()
    try:
        return {"list": _list, "fetch": _fetch, "verify": _verify}[args.action](registry, args)
    except ModelError as e:
        print(f"mien models: {e}", file=sys.stderr)
        return 1


def _list(registry: Registry, args: argparse.Namespace) -> int:
    state = registry.verify()
    table = Table(title=f"cache: {registry.cache}")
    for column in ("name", "what", "licence", "here"):
        table.add_column(column, overflow="fold")
    for entry in registry.entries.values():
        here = state[entry.name]
        if here == "absent" and entry.optional:
            here = "absent (optional)"
        table.add_row(entry.name, entry.title, entry.licence, here)
    Console().print(table)
    return 0


def _fetch(registry: Registry, args: argparse.Namespace) -> int:
    unknown = [n for n in args.names if n not in registry.entries]
    if unknown:
        raise UsageError(f"{', '.join(unknown)}: not in the registry; known are {', '.join(registry.entries)}")
    with bar() as progress:
        task = progress.add_task("models", total=None)
        registry.fetch(
            args.names or None,
            force=args.force,
            report=lambda what, done, total: progress.update(
                task, description=what, completed=done, total=total or None
            ),
        )
        progress.update(task, description="models", completed=1, total=1)
    return 0


def _verify(registry: Registry, args: argparse.Namespace) -> int:
    bad = 0
    for name, state in registry.verify().items():
        bad += state not in ("ok", "absent")
        print(f"{name}: {state}")
    return 1 if bad else 0
