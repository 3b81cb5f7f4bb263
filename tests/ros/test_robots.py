"""Robots on real middleware: commands, joint states, the emergency stop, and rest when perception dies."""

from __future__ import annotations

import time
from itertools import pairwise
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from mien_msgs.msg import Rig as RigMsg
from sensor_msgs.msg import JointState
from std_msgs.msg import Float64MultiArray
from std_srvs.srv import SetBool
from tests.unit.retarget.faces import rig
from trajectory_msgs.msg import JointTrajectory

from mien.bridges.base import Counters
from mien.bridges.robots import node as robots
from mien.bridges.robots.bridge import RobotBridge
from mien.bridges.robots.config import RobotConfig
from mien.core.schemas import ARKIT52
from mien.core.types import Header, Rigs
from mien.graph import FACES, JOINT_STATES, RIG_DESCRIPTION, RIGS
from mien.ros.convert import rig_description_to_msg, rigs_to_msg
from mien.ros.qos import advertise

if TYPE_CHECKING:
    from .conftest import Graph

pytestmark = pytest.mark.ros


class Stage:
    """Somebody whose mouth stands open, before the node `bridges`."""

    def __init__(self, graph: Graph, to: str, **params: Any) -> None:
        self.graph = graph
        self.face = advertise(graph.node, RIGS)
        self._faces = advertise(graph.node, FACES)
        self._described = advertise(graph.node, RIG_DESCRIPTION)
        self._described.publish(rig_description_to_msg(ARKIT52))
        graph.start("bridges", bridges__to=to, **params)

    def show(self) -> None:
        self.face.publish(rigs_to_msg(Rigs(Header(time.time_ns(), "camera"), (rig(jawOpen=1.0),))))

    def until(self, condition: Any) -> None:
        """Show the face until something is so."""

        def look() -> bool:
            self.show()
            return bool(condition())

        self.graph.until(look)

    def estop(self, stop: bool) -> Any:
        return self.graph.call("bridges/estop", SetBool, SetBool.Request(data=stop))


class Nowhere:
    """A robot that is not there."""

    def send(self, motion: Any) -> None:
        pass

    def close(self) -> None:
        pass


def heard(graph: Graph, kind: Any, topic: str) -> list[Any]:
    messages: list[Any] = []
    graph.node.create_subscription(kind, topic, messages.append, 10)
    return messages


def test_the_robot_face_moves_stops_lets_go_and_rests(graph: Graph) -> None:
    stage = Stage(graph, "robot10")
    states = heard(graph, JointState, JOINT_STATES.name)
    commands = heard(graph, Float64MultiArray, "forward_command_controller/commands")

    def jaw() -> float:
        return dict(zip(states[-1].name, states[-1].position, strict=True))["jaw"] if states else 0.0

    stage.until(lambda: jaw() == pytest.approx(0.45, abs=1e-6))
    place = list(states[-1].name).index("jaw")
    assert len(states[-1].name) == 10
    # They come on another topic, and under load later than the states.
    stage.until(lambda: commands and commands[-1].data[place] == pytest.approx(0.45, abs=1e-3))
    answer = stage.estop(True)
    assert answer.success
    assert answer.message == "robot10 stopped"
    count = len(states)
    graph.until(lambda: len(states) > count + 90)  # 1.5 s with nobody there
    assert jaw() == pytest.approx(0.45, abs=1e-6)
    assert stage.estop(False).message == "robot10 released"
    graph.until(lambda: jaw() == 0.0)  # perception is dead: it rests
    assert max(map(abs, states[-1].position)) == 0
    for before, after in pairwise(states):
        assert (np.abs(np.array(after.position) - before.position) < 0.6).all()


def test_trajectories_in_the_controllers_order(graph: Graph) -> None:
    params = {
        "ros2_control__command": "joint_trajectory",
        "ros2_control__controller": "face",
        "ros2_control__joints": "jaw,neck_yaw",
    }
    stage = Stage(graph, "ros2_control", **params)
    paths = heard(graph, JointTrajectory, "face/joint_trajectory")
    stage.until(lambda: paths and paths[-1].points[0].positions[0] == pytest.approx(0.45, abs=1e-6))
    assert list(paths[-1].joint_names) == ["jaw", "neck_yaw"]
    assert paths[-1].points[0].positions[1] == 0
    assert 0 < paths[-1].points[0].time_from_start.nanosec < 100_000_000


def test_without_a_controller_it_says_so(graph: Graph) -> None:
    stage = Stage(graph, "ros2_control", ros2_control__controller="nobody")
    stage.until(lambda: "no controller listens on" in str(graph.status.get("bridges", {})))


def test_rigs_that_cannot_be_believed_end_nothing() -> None:
    bridge = RobotBridge(RobotConfig(rigs="robot10/rigs"), Counters(), lambda profile: Nowhere())
    told = rigs_to_msg(Rigs(Header(1)))
    node = SimpleNamespace(health=SimpleNamespace(enabled=True))
    hear = robots._hear(bridge, node)
    hear(told)
    assert bridge.counters.ignored == 0
    told.rigs = [RigMsg(track_id=1, state=99, schema="robot10")]
    hear(told)
    assert bridge.counters.ignored == 1
    node.health.enabled = False
    hear(told)
    assert bridge.counters.ignored == 1, "a paused node hears none"
