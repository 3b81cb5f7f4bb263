"""`mien bag anonymise`: a copy without images, crops and landmarks, and the proof of it."""

from __future__ import annotations

import argparse
from pathlib import Path

from mien.cli.bag import opened


def add(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--out", type=Path, required=True, metavar="BAG", help="folder of the new bag")
    parser.add_argument("--namespace", help="whose topics, where a bag holds several graphs")


def run(args: argparse.Namespace) -> int:
    from mien.bags.exact.anonymise import anonymise

    done = anonymise(opened(args.bag, args.namespace), args.out)
    for words, counts in (("kept", done.kept), ("changed", done.changed), ("removed", done.removed)):
        if counts:
            print(f"{words}: {', '.join(f'{n} {topic}' for topic, n in counts.items())}")
    print(
        f"{done.path}: {done.scanned_bytes} bytes searched for {done.pieces} pieces of private messages: none is there."
        " Movements of a face remain, and whoever knows a person may know them again"
    )
    return 0
