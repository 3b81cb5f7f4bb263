"""`mien bag replay`: a bag as a player of results, or as the source of a graph."""

from __future__ import annotations

import argparse
from pathlib import Path

from mien.cli.errors import require
from mien.core.errors import UsageError
from mien.graph import PROFILES


def add(parser: argparse.ArgumentParser) -> None:
    speed = parser.add_mutually_exclusive_group()
    speed.add_argument("--rate", type=float, default=1.0, metavar="R", help="speed: 0.5, 2 (default 1)")
    speed.add_argument("--fast", action="store_true", help="as fast as can be")
    parser.add_argument("--loop", action="store_true", help="begin again at the end")
    parser.add_argument("--start", type=float, default=0.0, metavar="S", help="begin this long after the first message")
    parser.add_argument("--topics", default="", metavar="PATTERN,…", help="only these: /rigs,/robot/*")
    parser.add_argument("--what", choices=("all", "images", "results"), help="what is published (default all)")
    parser.add_argument("--image-topic", default="", metavar="TOPIC", help="the images, where the bag holds several")
    parser.add_argument("--remap", action="append", default=[], metavar="FROM:=TO", help="publish under another name")
    parser.add_argument("--namespace", default="", help="of what is played into a graph, and of that graph")
    parser.add_argument(
        "--through", choices=sorted(PROFILES), help="start the stages too, and play the images through them"
    )
    parser.add_argument("--out", type=Path, metavar="DIR", help="with --through: record what they say here")
    parser.add_argument("--overwrite", action="store_true", help="replace the recording that --out holds")
    parser.add_argument(
        "--images", choices=("raw", "jpeg", "h264", "none"), default="none", help="what --out records of images"
    )
    parser.add_argument(
        "--set", action="append", default=[], metavar="COMPONENT.NAME=VALUE", help="with --through: another parameter"
    )


def run(args: argparse.Namespace) -> int:
    require("rclpy", "mien_msgs")
    if not args.through:
        given = {"out": args.out, "set": args.set, "overwrite": args.overwrite, "images": args.images != "none"}
        for name, value in given.items():
            if value:
                raise UsageError(f"--{name} needs --through fused or split")
        return _play(args)
    return _through(args)


def _play(args: argparse.Namespace) -> int:
    from mien.bags.replay.node import main
    from mien.run.parameters import argument

    values = _values(args) | {"replay.what": args.what or "all"}
    command = ["--ros-args"]
    for name, value in values.items():
        command += ["-p", argument(name, value)]
    for rule in args.remap:
        if ":=" not in rule:
            raise UsageError(f"--remap {rule}: expected FROM:=TO, for example /rigs:=/avatar/rigs")
        command += ["-r", rule]
    if args.namespace:
        command += ["-r", f"__ns:=/{args.namespace.strip('/')}"]
    return main(command)


def _through(args: argparse.Namespace) -> int:
    from mien.run.folder import Folder
    from mien.run.replayed import make
    from mien.run.supervisor import Supervisor

    if args.remap or args.topics or args.what:
        raise UsageError("--through plays images to the stages; leave --remap, --topics and --what out")
    if args.out:
        require("rosbags")
    folder = Folder(args.out, overwrite=args.overwrite) if args.out else None
    plan = make(
        args.bag, args.through, _values(args), bag=folder.bag if folder else None, images=args.images,
        namespace=args.namespace, settings=args.set,
    )  # fmt: skip
    if folder is None:
        outcome = Supervisor(plan).run()
    else:
        outcome = Supervisor(plan).run(folder.claim)
        if not outcome.started:
            folder.restore()
        elif outcome.recorded and not outcome.error:
            folder.keep()
    if outcome.error:
        raise outcome.error
    return 0


def _values(args: argparse.Namespace) -> dict[str, str | float | bool]:
    return {
        "replay.bag": str(args.bag.absolute()),
        "replay.rate": 0.0 if args.fast else args.rate,
        "replay.loop": args.loop,
        "replay.start_s": args.start,
        "replay.topics": args.topics,
        "replay.image_topic": args.image_topic,
    }
