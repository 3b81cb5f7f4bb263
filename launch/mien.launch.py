"""Start mien: everything in one process (fused) or one process per stage (split).

The lists repeat graph.PROFILES, because the Python that runs `ros2 launch` may not know mien;
a contract test compares them.
"""

from pathlib import Path

import yaml
from launch import LaunchContext, LaunchDescription
from launch.actions import DeclareLaunchArgument, GroupAction, OpaqueFunction
from launch.substitutions import LaunchConfiguration, PathJoinSubstitution
from launch_ros.actions import Node, PushRosNamespace
from launch_ros.parameter_descriptions import ParameterValue
from launch_ros.substitutions import FindPackageShare

PROFILES = {
    "fused": ["perception"],
    "split": ["camera", "faces", "expressions", "affects", "rigs"],
}
DEFAULTS = PathJoinSubstitution([FindPackageShare("mien_bringup"), "params", "default.yaml"])

# Empty leaves the choice to the parameter file, so that a default has one home.
ARGUMENTS = [
    DeclareLaunchArgument("source", default_value="", description="camera.source; empty: as in params_file"),
    DeclareLaunchArgument("profile", default_value="fused", choices=list(PROFILES), description="processes"),
    DeclareLaunchArgument("namespace", default_value="", description="stands before every topic and node"),
    DeclareLaunchArgument("params_file", default_value=DEFAULTS, description="parameters of all nodes"),
    DeclareLaunchArgument("record", default_value="", description="folder of a new bag; empty: no recording"),
    DeclareLaunchArgument(
        "privacy",
        default_value="",
        choices=["", "true", "false"],
        description="empty: as in params_file",
    ),
    DeclareLaunchArgument("log_level", default_value="info", description="debug, info, warn, error or fatal"),
]


def is_private(params_file: Path) -> bool:
    """Whether any section of a parameter file sets graph.privacy."""
    sections = (yaml.safe_load(params_file.read_text("utf8")) or {}) if params_file.is_file() else {}
    found = [s.get("ros__parameters") or {} for s in sections.values() if isinstance(s, dict)]
    return any(p.get("graph.privacy", p.get("graph", {}).get("privacy", False)) for p in found)


def start(context: LaunchContext) -> list[Node]:
    """The nodes that the arguments ask for. Raises RuntimeError where these cannot keep what is private."""
    value = {argument.name: LaunchConfiguration(argument.name).perform(context) for argument in ARGUMENTS}
    names = PROFILES[value["profile"]] + (["recorder"] if value["record"] else [])
    private = value["privacy"] == "true" if value["privacy"] else is_private(Path(value["params_file"]))
    if private and value["profile"] == "split":
        raise RuntimeError(
            "graph.privacy: the profile split sends images from one process to the next; launch with profile:=fused"
        )
    # Not as YAML, which would cut a path at a `#` and take another one for a number.
    paths = {"camera.source": value["source"], "bags.path": value["record"]}
    asked = {key: ParameterValue(given, value_type=str) for key, given in paths.items() if given}
    if value["privacy"]:
        asked["graph.privacy"] = private
    return [
        Node(
            package="mien_nodes",
            executable=name,
            parameters=[value["params_file"], asked],
            ros_arguments=["--log-level", value["log_level"]],
            output="screen",
        )
        for name in names
    ]


def generate_launch_description() -> LaunchDescription:
    namespace = PushRosNamespace(LaunchConfiguration("namespace"))
    return LaunchDescription([*ARGUMENTS, GroupAction([namespace, OpaqueFunction(function=start)])])
