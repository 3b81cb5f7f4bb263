"""`mien dashboard`: the page beside any running graph or replayed bag."""

from __future__ import annotations

import argparse
from pathlib import Path

from mien.cli.errors import UsageError, require
from mien.core.names import absolute, is_namespace
from mien.run import lifeline


def add(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--host", help="address to serve on (default 127.0.0.1: this machine only)")
    parser.add_argument("--port", type=int, help="default 8321; 0: any that is free")
    parser.add_argument(
        "--allow", choices=("control",), help="let whoever has the token that is printed pause, tune, record and stop"
    )
    parser.add_argument("--namespace", default="", help="whose topics")
    parser.add_argument(
        "--privacy", nargs="?", const="on", choices=("on", "normalised"),
        help="take no picture and no landmark; normalised: show faces that are made from expressions",
    )  # fmt: skip
    parser.add_argument("--params-file", type=Path, metavar="YAML", help="ROS parameter file")
    parser.add_argument(
        "--set", action="append", default=[], metavar="NAME=VALUE", help="one parameter, for example rate_hz=15"
    )


def run(args: argparse.Namespace) -> int:
    require("rclpy", "mien_msgs", "aiohttp")
    from mien.dashboard.node import main
    from mien.graph import DASHBOARD
    from mien.run.parameters import argument, from_set

    if not is_namespace(args.namespace):
        raise UsageError(f"--namespace {args.namespace}: not a ROS name; for example lab or lab/left")
    if args.params_file and not args.params_file.is_file():
        raise UsageError(f"--params-file {args.params_file}: no such file")
    settings = [s if s.startswith("dashboard.") else f"dashboard.{s}" for s in args.set]
    own = {name: getattr(args, name) for name in ("host", "port", "allow")}
    settings += [f"dashboard.{name}={value}" for name, value in own.items() if value is not None]
    given = from_set(settings, (DASHBOARD,))
    ros = ["--ros-args"]
    if args.params_file:
        ros += ["--params-file", str(args.params_file)]
    for name, value in given.items():
        ros += ["-p", argument(name, value)]
    if args.privacy:
        ros += ["-p", argument("graph.privacy", args.privacy)]
    if args.namespace:
        ros += ["-r", f"__ns:={absolute(args.namespace)}"]
    lifeline.hold()
    return main(["mien", *ros])
