"""A social robot: camera → perception → ROS4HRI, and joints that mirror the face."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))  # the builder is installed beside

from launch import LaunchDescription
from launch.actions import DeclareLaunchArgument
from launch.substitutions import PathJoinSubstitution
from launch_ros.actions import Node
from launch_ros.substitutions import FindPackageShare
from mien_launch_builder import Asked, arguments, describe

OWN = [
    DeclareLaunchArgument(
        "urdf", default_value="", description="of the robot, for robot_state_publisher; mien actor export makes one"
    ),
    DeclareLaunchArgument("rviz", default_value="false", choices=["true", "false"], description="show it in RViz"),
]
LAYOUT = PathJoinSubstitution([FindPackageShare("mien_bringup"), "rviz", "robot.rviz"])


def viewers(asked: Asked) -> list[Node]:
    """The robot's own model, and RViz."""
    nodes = []
    if asked["urdf"]:
        description = Path(asked["urdf"]).read_text("utf8")
        nodes.append(
            Node(
                package="robot_state_publisher",
                executable="robot_state_publisher",
                parameters=[{"robot_description": description}],
            )
        )
    if asked["rviz"] == "true":
        nodes.append(Node(package="rviz2", executable="rviz2", arguments=["-d", LAYOUT]))
    return nodes


def generate_launch_description() -> LaunchDescription:
    return describe([*arguments(to="ros4hri,robot10", params="robot"), *OWN], more=viewers)
