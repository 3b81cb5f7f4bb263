"""`mien bag mend`: close a bag again that a crash has cut."""

from __future__ import annotations

import argparse


def add(parser: argparse.ArgumentParser) -> None:
    pass


def run(args: argparse.Namespace) -> int:
    from mien.bags.closing import close

    cuts = close(args.bag)
    for cut in cuts:
        print(f"{cut}; closed")
    if not cuts:
        print(f"{args.bag}: every file has its end")
    return 0
