"""Publishes commands and joint states. Runs inside the node `bridges`."""

from __future__ import annotations

from functools import partial
from typing import Any

from builtin_interfaces.msg import Duration
from rclpy.node import Node
from rclpy.qos import QoSProfile
from sensor_msgs.msg import JointState
from std_msgs.msg import Float64MultiArray
from trajectory_msgs.msg import JointTrajectory, JointTrajectoryPoint

from mien.bridges.base import Bridge, Counters, Home
from mien.bridges.robots.bridge import RobotBridge
from mien.bridges.robots.motion import RobotMotion
from mien.bridges.robots.node import attach
from mien.bridges.ros2_control.config import Ros2ControlConfig
from mien.bridges.ros2_control.encoder import measured, order
from mien.core.errors import BridgeError
from mien.graph import JOINT_STATES
from mien.retarget.profile import Profile
from mien.ros.qos import advertise, subscribe

_COMMANDS = QoSProfile(depth=1)


def open_bridge(config: Ros2ControlConfig, home: Home) -> Bridge:
    """Raises BridgeError if the profile or the joints do not fit."""
    bridge = RobotBridge(config, home.counters, partial(Ros2Control, config, home.counters, home.node))
    attach(bridge, home.node)
    if not config.joint_states:
        _begin_where_it_is(bridge, home.node)
    return bridge


class Ros2Control:
    """Publishes commands to one controller and, if configured, joint states."""

    def __init__(self, config: Ros2ControlConfig, counters: Counters, node: Node, profile: Profile) -> None:
        if strange := {t.unit for t in profile.targets} - {"rad", "m"}:
            raise BridgeError(f"{profile.schema} has targets in {', '.join(sorted(strange))}; joints are in rad or m")
        self._node = node
        self._counters = counters
        self._names = profile.names
        self._joints, self._index = order(config.joints, profile.names)
        # Twice the period: a trajectory that ended before the next one came would stop the motors.
        self._ahead = Duration(nanosec=min(round(2e9 / config.rate_hz), 999_999_999))
        self._publish = {"forward_command": self._forward, "joint_trajectory": self._trajectory, "none": None}[
            config.command
        ]
        self._commands: Any = None
        if config.command == "forward_command":
            self._commands = node.create_publisher(Float64MultiArray, f"{config.controller}/commands", _COMMANDS)
        elif config.command == "joint_trajectory":
            self._commands = node.create_publisher(JointTrajectory, f"{config.controller}/joint_trajectory", _COMMANDS)
        self._states = advertise(node, JOINT_STATES) if config.joint_states else None
        told = [self._commands.topic_name] if self._commands else []
        counters.address = f"topics {', '.join([*told, *([JOINT_STATES.name] if self._states else [])])}"

    def send(self, motion: RobotMotion) -> None:
        if self._publish is not None:
            self._publish(motion.position[self._index].tolist())
        if self._states is not None:
            state = JointState(
                name=list(self._names), position=motion.position.tolist(), velocity=motion.speed.tolist()
            )
            state.header.stamp = self._node.get_clock().now().to_msg()
            self._states.publish(state)
        self._counters.send()
        nobody = self._commands is not None and self._states is None and not self._commands.get_subscription_count()
        self._counters.link = f"no controller listens on {self._commands.topic_name}" if nobody else ""

    def close(self) -> None:
        pass  # the node destroys its publishers

    def _forward(self, positions: list[float]) -> None:
        self._commands.publish(Float64MultiArray(data=positions))

    def _trajectory(self, positions: list[float]) -> None:
        point = JointTrajectoryPoint(positions=positions, time_from_start=self._ahead)
        self._commands.publish(JointTrajectory(joint_names=list(self._joints), points=[point]))


def _begin_where_it_is(bridge: RobotBridge, node: Node) -> None:
    """Start from the positions in the first joint_states, so that nothing jumps when the commands start."""

    def hear(msg: Any) -> None:
        where = measured(dict(zip(msg.name, msg.position, strict=False)), bridge.profile.names)
        if where is not None:
            bridge.begin(where)

    bridge.wait()
    subscribe(node, JOINT_STATES, hear)
