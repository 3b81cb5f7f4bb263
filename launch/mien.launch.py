"""Start mien: everything in one process (fused) or one process per stage (split).

The lists repeat graph.PROFILES, because the Python that runs `ros2 launch` may not know mien;
a contract test compares them.
"""

from launch import LaunchContext, LaunchDescription
from launch.actions import DeclareLaunchArgument, GroupAction, OpaqueFunction
from launch.substitutions import LaunchConfiguration, PathJoinSubstitution
from launch_ros.actions import Node, PushRosNamespace
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
    DeclareLaunchArgument("log_level", default_value="info", description="debug, info, warn, error or fatal"),
]


def start(context: LaunchContext) -> list[Node]:
    """The nodes that the arguments ask for."""
    value = {argument.name: LaunchConfiguration(argument.name).perform(context) for argument in ARGUMENTS}
    names = PROFILES[value["profile"]] + (["recorder"] if value["record"] else [])
    asked = {"camera.source": value["source"], "bags.path": value["record"]}
    return [
        Node(
            package="mien_nodes",
            executable=name,
            parameters=[value["params_file"], {key: given for key, given in asked.items() if given}],
            ros_arguments=["--log-level", value["log_level"]],
            output="screen",
        )
        for name in names
    ]


def generate_launch_description() -> LaunchDescription:
    namespace = PushRosNamespace(LaunchConfiguration("namespace"))
    return LaunchDescription([*ARGUMENTS, GroupAction([namespace, OpaqueFunction(function=start)])])
