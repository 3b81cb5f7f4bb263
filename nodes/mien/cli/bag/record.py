"""`mien bag record`: record a graph that runs."""

from __future__ import annotations

import argparse
from pathlib import Path

from mien.cli.errors import require


def add(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--images", choices=("none", "jpeg", "raw", "h264"), default="none", help="default none")
    parser.add_argument("--topics", default="", metavar="NAME,…", help="only these; others than the graph's in full")
    parser.add_argument("--compression", choices=("none", "lz4", "zstd"), default="none")
    parser.add_argument("--split-mb", type=int, default=0, metavar="MB", help="begin a new file at this size")
    parser.add_argument("--split-s", type=float, default=0.0, metavar="S", help="begin a new file after this time")
    parser.add_argument("--namespace", default="", help="of the graph")
    parser.add_argument(
        "--set", action="append", default=[], metavar="bags.NAME=VALUE", help="another parameter of the recorder"
    )


def run(args: argparse.Namespace) -> int:
    require("rclpy", "mien_msgs")
    from mien.bags.node import main
    from mien.graph import RECORDER
    from mien.run.parameters import argument, from_set

    values = {
        "bags.path": str(Path(args.bag).absolute()),
        "bags.images": args.images,
        "bags.topics": args.topics,
        "bags.compression": args.compression,
        "bags.split_mb": args.split_mb,
        "bags.split_s": args.split_s,
    } | from_set(args.set, (RECORDER,))
    command = ["--ros-args"]
    for name, value in values.items():
        command += ["-p", argument(name, value)]
    if args.namespace:
        command += ["-r", f"__ns:=/{args.namespace.strip('/')}"]
    return main(command)
