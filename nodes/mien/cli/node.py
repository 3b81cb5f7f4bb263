"""`mien node NAME --ros-args …`: one node, without ros2cli."""

from __future__ import annotations

import argparse
import importlib

from mien.cli.errors import UsageError
from mien.graph import NODES


def add(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("name", choices=[n.name for n in NODES], help="which node")
    parser.epilog = "Everything from --ros-args on goes to ROS, for example: --ros-args -p camera.source:=face.mp4"


def run(args: argparse.Namespace) -> int:
    spec = next(n for n in NODES if n.name == args.name)
    module, _, function = spec.entry.partition(":")
    try:
        main = getattr(importlib.import_module(module), function)
    except ModuleNotFoundError as e:
        if e.name and e.name.split(".")[0] in ("rclpy", "mien_msgs"):
            raise UsageError(f"{e.name} is not installed; run `make setup`, or source your ROS 2") from e
        raise
    return int(main(["mien", *getattr(args, "ros_args", [])]))
