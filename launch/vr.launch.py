"""An avatar: a camera or a headset → rigs → the chosen applications."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))  # the builder is installed beside

from launch import LaunchDescription
from launch.actions import DeclareLaunchArgument
from mien_launch_builder import PROFILES, Asked, arguments, describe

OWN = [
    DeclareLaunchArgument(
        "headset", default_value="false", choices=["true", "false"],
        description="true: no camera; the face comes by one of the bridges in `to`, for example steam_link",
    ),
]  # fmt: skip


def executables(asked: Asked) -> list[str]:
    """A headset tracks the face itself."""
    return [] if asked["headset"] == "true" else PROFILES[asked["profile"]]


def generate_launch_description() -> LaunchDescription:
    return describe([*arguments(to="vmc", params="vr"), *OWN], executables)
