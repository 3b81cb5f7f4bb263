"""`mien bag recompute`: new results of old images, beside the old results."""

from __future__ import annotations

import argparse
from pathlib import Path

from mien.cli.bag import opened


def add(parser: argparse.ArgumentParser) -> None:
    parser.epilog = "Exit codes: 0 done; 1 failed, or an image is missing, so that new results end early; 2 misuse."
    parser.add_argument("--out", type=Path, required=True, metavar="BAG", help="folder of the new bag")
    parser.add_argument("--namespace", help="whose topics, where a bag holds several graphs")
    parser.add_argument(
        "--set",
        action="append",
        default=[],
        metavar="STAGE.NAME=VALUE",
        help="a parameter that is to differ",
    )


def run(args: argparse.Namespace) -> int:
    from mien.bags.exact.recompute import REPORT, recompute, shown
    from mien.graph import STAGE_NODES
    from mien.run.parameters import from_set

    done = recompute(opened(args.bag, args.namespace), args.out, from_set(args.set, STAGE_NODES))
    print(f"{done.path}: {done.results} new results; the old ones are below recorded/")
    print(f"how far they are apart (absolute differences; all in {REPORT}):")
    print("\n".join(shown(done.report)))
    if done.missing:
        print(f"new results end early: {done.missing}")
    return 1 if done.missing else 0
