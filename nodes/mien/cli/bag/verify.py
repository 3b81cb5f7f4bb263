"""`mien bag verify`: the numbers of a recording, from its images again."""

from __future__ import annotations

import argparse
from pathlib import Path

from mien.cli.bag import opened


def add(parser: argparse.ArgumentParser) -> None:
    parser.epilog = "Exit codes: 0 all results agree; 1 they differ, or cannot be computed; 2 misuse."
    parser.add_argument("--namespace", help="whose topics, where a bag holds several graphs")
    parser.add_argument("--all", action="store_true", help="go on after the first difference")
    parser.add_argument(
        "--against", type=Path, metavar="BAG", help="compare with the results of another bag instead, as of a replay"
    )


def run(args: argparse.Namespace) -> int:
    from mien.bags.exact.verify import against, verify

    session = opened(args.bag, args.namespace)
    if args.against:
        verdict = against(session, opened(args.against))
    else:
        verdict = verify(session, all_of_it=args.all)
    print(f"{args.bag}: {verdict}")
    return 0 if verdict.holds else 1
