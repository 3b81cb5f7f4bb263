"""`mien bag`: what can be done with recordings."""

from __future__ import annotations

import argparse
from pathlib import Path

from mien.cli.errors import require


def add(parser: argparse.ArgumentParser) -> None:
    actions = parser.add_subparsers(dest="action", metavar="ACTION", required=True)

    def action(name: str, doc: str) -> argparse.ArgumentParser:
        return actions.add_parser(name, help=doc, description=doc)

    verify = action("verify", "Compute all results again from the recorded images, and say where they differ.")
    verify.add_argument("bag", type=Path, help="folder of a bag with raw images")
    verify.add_argument("--namespace", help="whose topics, where a bag holds several graphs")
    verify.add_argument("--all", action="store_true", help="go on after the first difference")


def run(args: argparse.Namespace) -> int:
    require("rosbags")
    return int(globals()[f"_{args.action}"](args))


def _verify(args: argparse.Namespace) -> int:
    from mien.bags.exact.verify import verify
    from mien.bags.read import Session

    session = Session(args.bag, args.namespace)
    verdict = verify(session, all_of_it=args.all)
    print(f"{args.bag}: {verdict}")
    return 0 if verdict.holds else 1
