"""`mien bag info`: what a bag holds, and what of it is missing."""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from mien.cli.errors import UsageError


def add(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true", help="all that is known, as JSON")
    parser.add_argument("--parameters", type=Path, metavar="YAML", help="write the recorded parameters as a ROS file")


def run(args: argparse.Namespace) -> int:
    from mien.bags.info import facts, lines, parameter_file
    from mien.bags.opened import Bag
    from mien.bags.read import Session
    from mien.bags.replay.steps import opened

    bag = opened(Bag(args.bag))
    if args.parameters:
        if not isinstance(bag, Session) or not bag.settings:
            raise UsageError(f"{args.bag} does not say parameters; it is not of this version of mien")
        parameter_file(bag, args.parameters)
    told = facts(bag)
    print(json.dumps(told, indent=1, default=str) if args.json else "\n".join(lines(told)))
    return 0
