"""A bag of any recorder: its images through the stages, or what was recorded as it was."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))  # the builder is installed beside

from launch import LaunchDescription
from launch.actions import DeclareLaunchArgument
from launch_ros.actions import Node
from launch_ros.parameter_descriptions import ParameterValue
from mien_launch_builder import PROFILES, Asked, arguments, describe, node

OWN = [
    DeclareLaunchArgument("bag", description="folder of a bag, or an .mcap or .db3 file"),
    DeclareLaunchArgument("source", default_value="topic", description="stays topic: images come from the bag"),
    DeclareLaunchArgument("rate", default_value="1.0", description="speed; 0 is as fast as can be"),
    DeclareLaunchArgument("loop", default_value="false", choices=["true", "false"], description="again at the end"),
    DeclareLaunchArgument("start_s", default_value="0.0", description="begin this long after the first message"),
    DeclareLaunchArgument("topics", default_value="", description="only these, with stages:=false: /rigs,/robot/*"),
    DeclareLaunchArgument("image_topic", default_value="", description="the images, where the bag holds several"),
    DeclareLaunchArgument(
        "stages", default_value="true", choices=["true", "false"],
        description="true: images go through the stages; false: results are played as they were recorded",
    ),
]  # fmt: skip


def executables(asked: Asked) -> list[str]:
    """The stages, without a camera."""
    return [n for n in PROFILES[asked["profile"]] if n != "camera"] if asked["stages"] == "true" else []


def player(asked: Asked) -> list[Node]:
    """The node that plays the bag. Its own time is not that of the bag."""
    through = asked["stages"] == "true"
    given = {
        "replay.bag": ParameterValue(asked["bag"], value_type=str),
        "replay.what": ParameterValue("images" if through else "all", value_type=str),
        "replay.rate": ParameterValue(asked["rate"], value_type=float),
        "replay.loop": ParameterValue(asked["loop"], value_type=bool),
        "replay.start_s": ParameterValue(asked["start_s"], value_type=float),
        "replay.topics": ParameterValue(asked["topics"], value_type=str),
        "replay.image_topic": ParameterValue(asked["image_topic"], value_type=str),
    }
    return [node("replayer", asked, given)]


def generate_launch_description() -> LaunchDescription:
    common = [a for a in arguments() if a.name not in ("source", "cameras")]
    return describe([*common, *OWN], executables, player, given={"use_sim_time": True})
