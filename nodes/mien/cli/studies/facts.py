"""`mien facts BAG`: what a lab must report of a recording when it publishes."""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from mien.cli.errors import require
from mien.progress import bar


def add(parser: argparse.ArgumentParser) -> None:
    parser.epilog = "nodes/mien/statistics/PUBLISHING.md says what each is for, and has a paragraph to fill in."
    parser.add_argument("bag", type=Path, metavar="BAG", help="a bag of mien")
    parser.add_argument("--json", action="store_true", help="as JSON, for a supplement")
    parser.add_argument("--namespace", help="whose topics, where a bag holds several graphs")


def run(args: argparse.Namespace) -> int:
    require("rosbags")
    from mien.statistics.facts import facts, lines

    with bar(rate=True) as progress:
        task = progress.add_task(args.bag.name, total=None)
        found = facts(args.bag, args.namespace, lambda: progress.advance(task))
    print(json.dumps(found, indent=1, allow_nan=False) if args.json else "\n".join(lines(found)))
    return 0
