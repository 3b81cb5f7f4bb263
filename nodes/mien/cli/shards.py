"""`mien shards SET PATH --out DIR`: convert your own copy of a labelled data set for training."""

from __future__ import annotations

import argparse
from pathlib import Path

from mien.cli.errors import make_folder
from mien.core.errors import UsageError
from mien.progress import bar


def add(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("set", metavar="SET", help="affectnet, aff-wild2-units, bp4d, disfa, fec-train, raf-db, …")
    parser.add_argument("path", type=Path, metavar="PATH", help="where the copy is; see models/mien_models/train/sets")
    parser.add_argument("--out", type=Path, required=True, metavar="DIR", help="gets a folder for each fold or split")
    parser.add_argument("--every", type=int, default=1, metavar="N", help="take every N-th picture or triplet only")


def run(args: argparse.Namespace) -> int:
    from mien.evaluate.labelled import SETS, finder, thinned
    from mien_models.datasets import Comparisons
    from mien_models.datasets.shards import shards

    if args.set not in SETS:
        raise UsageError(f"there is no loader for {args.set}; there are {', '.join(SETS)}")
    if args.every < 1:
        raise UsageError("--every: at least 1")
    make_folder(args.out)
    found = thinned(SETS[args.set](args.path), args.every)
    with bar() as progress:
        task = progress.add_task(args.set, total=3 * len(found) if isinstance(found, Comparisons) else len(found))
        counts = shards(found, finder(), args.out, advance=lambda n: progress.advance(task, n))
    for part, count in counts.items():
        lost = count["pictures"] - count["found"]
        print(f"{args.out / part}: {count['found']} faces" + (f", none found in {lost} pictures" if lost else ""))
    return 0
