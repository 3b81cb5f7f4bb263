"""Connects a robot bridge to its node: a steady timer, the emergency stop, and rigs of its own schema."""

from __future__ import annotations

from typing import Any

from rclpy.clock import Clock, ClockType
from rclpy.node import Node
from std_srvs.srv import SetBool

from mien.bridges.robots.bridge import RobotBridge
from mien.core.errors import MessageError
from mien.graph import ESTOP, SCHEMA_RIGS
from mien.ros.convert import rigs_from_msg
from mien.ros.qos import interface, profile

_ROBOTS = "_mien_robots"


def attach(bridge: RobotBridge, node: Node) -> None:
    """Call `bridge.beat` by a timer of the node, with and without faces, and let ~/estop stop this robot, too."""
    node.create_timer(1 / bridge.config.rate_hz, bridge.beat, clock=Clock(clock_type=ClockType.STEADY_TIME))
    if bridge.config.rigs:
        kind = interface(SCHEMA_RIGS.type)
        node.create_subscription(kind, bridge.config.rigs, _hear(bridge, node), profile(SCHEMA_RIGS.listen_qos))
    robots: list[RobotBridge] | None = getattr(node, _ROBOTS, None)
    if robots is None:
        robots = []
        setattr(node, _ROBOTS, robots)
        node.create_service(interface(ESTOP.type), ESTOP.name, _estop(robots))
    robots.append(bridge)


def _hear(bridge: RobotBridge, node: Node) -> Any:
    def hear(msg: Any) -> None:
        if not node.health.enabled:  # ~/enable pauses robots that hear rigs of their own, too
            return
        try:
            rigs = rigs_from_msg(msg)
        except MessageError:
            bridge.counters.ignore()
        else:
            bridge.retargeted(rigs)

    return hear


def _estop(robots: list[RobotBridge]) -> Any:
    def answer(request: SetBool.Request, response: SetBool.Response) -> SetBool.Response:
        for robot in robots:
            if request.data:
                robot.motion.stop()
            else:
                robot.motion.release()
        names = ", ".join(robot.profile.schema for robot in robots)
        response.success, response.message = True, f"{names} {'stopped' if request.data else 'released'}"
        return response

    return answer
