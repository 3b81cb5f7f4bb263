"""`mien bag fuse`: affects of face, voice and words together."""

from __future__ import annotations

import argparse
from pathlib import Path

from mien.cli.bag import opened


def add(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--out", type=Path, required=True, metavar="BAG", help="folder of the new bag")
    parser.add_argument("--namespace", help="whose topics, where a bag holds several graphs")
    parser.add_argument(
        "--causal", action="store_true", help="as the node fusion does: only with what came before an image"
    )
    parser.add_argument(
        "--units",
        choices=("seen", "hidden", "all"),
        default="seen",
        help="action units of the network: of hidden mouths, all",
    )


def run(args: argparse.Namespace) -> int:
    from mien.bags.fuse import fuse
    from mien.progress import bar

    with bar() as progress:
        task = progress.add_task("fusing", total=1.0)
        done = fuse(
            opened(args.bag, args.namespace), args.out, causal=args.causal, units=args.units,
            advance=lambda share: progress.update(task, completed=share),
        )  # fmt: skip
    print(f"{done.path}: fusion of {done.images} images, of {', '.join(done.streams) or 'nothing'}")
    return 0
