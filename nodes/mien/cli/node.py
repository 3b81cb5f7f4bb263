"""`mien node NAME --ros-args …`: one node, without ros2cli."""

from __future__ import annotations

import argparse
import importlib

from mien.cli.errors import require
from mien.graph import DASHBOARD, NODES, RECORDER
from mien.run import lifeline


def add(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("name", choices=[n.name for n in NODES], help="which node")
    parser.epilog = "Everything from --ros-args on goes to ROS, for example: --ros-args -p camera.source:=face.mp4"


def run(args: argparse.Namespace) -> int:
    spec = next(n for n in NODES if n.name == args.name)
    module, _, function = spec.entry.partition(":")
    more = {RECORDER: "rosbags", DASHBOARD: "aiohttp"}
    require("rclpy", "mien_msgs", *([more[spec]] if spec in more else []))
    lifeline.hold()
    main = getattr(importlib.import_module(module), function)
    return int(main(["mien", *getattr(args, "ros_args", [])]))
