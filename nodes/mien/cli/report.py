"""`mien report`: a page, pictures and summary of a recorded bag."""

from __future__ import annotations

import argparse
from pathlib import Path

from mien.cli.errors import require


def add(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("bag", type=Path, help="folder of a bag")
    parser.add_argument("--out", type=Path, required=True, metavar="DIR", help="where to draw")
    parser.add_argument(
        "--explain",
        action="store_true",
        help="also where on faces action units are found, in the page and as explanations.png",
    )
    parser.add_argument("--namespace", help="whose topics, where a bag holds several graphs")


def run(args: argparse.Namespace) -> int:
    require("rosbags", "matplotlib")
    from mien.bags.read import Session
    from mien.dashboard import report_page
    from mien.report.render import render, written
    from mien.report.sheets import explain

    rows = explain.explain(Session(args.bag, args.namespace)) if args.explain else []
    summary = render(args.bag, args.out, namespace=args.namespace)
    page = report_page.write(Session(args.bag, args.namespace), summary, args.out, rows)
    explained = [explain.write(rows, args.out).name] if rows else []
    files = ", ".join((page.name, *written(summary), *explained))
    print(f"{summary['frames']} frames, {summary['frames_with_face']} with a face, in {args.out}: {files}")
    return 0
