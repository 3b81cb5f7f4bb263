from __future__ import annotations

from dataclasses import dataclass

from mien.bridges.robots.config import RobotConfig
from mien.core.config import param


@dataclass(frozen=True, slots=True, kw_only=True)
class Ros2ControlConfig(RobotConfig):
    """Commands to the joints of a robot through ros2_control."""

    command: str = param(
        "forward_command",
        "forward_command: Float64MultiArray to a ForwardCommandController; joint_trajectory: to a "
        "JointTrajectoryController; none.",
        choices=("forward_command", "joint_trajectory", "none"),
    )
    controller: str = param(
        "forward_command_controller",
        "Name of the controller; commands go to <controller>/commands or <controller>/joint_trajectory.",
    )
    joints: str = param("", "Joints of the controller in its order, separated by commas; empty: those of the profile.")
    joint_states: bool = param(
        False, "Publish joint_states, for a robot without motors in RViz. False: subscribe them, to start from there."
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Robot10Config(Ros2ControlConfig):
    """mien's robot face of ten servos, for its URDF in RViz and through ros2_control."""

    joint_states: bool = param(
        True, "Publish joint_states, for a robot without motors in RViz. False: subscribe them, to start from there."
    )
