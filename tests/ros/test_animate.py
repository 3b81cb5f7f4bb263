"""The node `animate` on real middleware: a yawn in, an avatar compared with it out, and rest when it is gone."""

from __future__ import annotations

import math
import shutil
import time
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest
from rcl_interfaces.msg import Parameter, ParameterType, ParameterValue
from rcl_interfaces.srv import SetParameters

from mien.core.schemas import ARKIT52
from mien.core.types import RigState
from mien.graph import RIG_DESCRIPTION, RIGS, SCHEMA_RIG_DESCRIPTION, SCHEMA_RIGS
from mien.ros.convert import rig_description_to_msg, rigs_to_msg
from mien.ros.qos import advertise
from mien_models.animator.shipped import FOLDER, NAMES

from .test_retarget import yawn

if TYPE_CHECKING:
    from .conftest import Graph

pytestmark = pytest.mark.ros
ROBOT, TOON = SCHEMA_RIGS.of("robot10"), SCHEMA_RIGS.of("toon")
DESCRIPTION = SCHEMA_RIG_DESCRIPTION.of("robot10")


def test_a_yawn_opens_the_jaw_of_the_robot_until_nobody_is_seen(graph: Graph) -> None:
    graph.start("animate", animate__avatar="robot", animate__ease_s=0.2)
    face, described = advertise(graph.node, RIGS), advertise(graph.node, RIG_DESCRIPTION)
    described.publish(rig_description_to_msg(ARKIT52))
    graph.listen(ROBOT, DESCRIPTION)
    graph.until(lambda: graph.ready("animate") and graph.messages[DESCRIPTION.name])
    start_ns, began = time.time_ns(), time.monotonic()
    jaw = list(graph.messages[DESCRIPTION.name][0].names).index("jaw")

    def opened() -> bool:
        face.publish(rigs_to_msg(yawn(start_ns + int((time.monotonic() - began) * 1e9))))
        return any(message.rigs[0].weights[jaw] > 0.2 for message in graph.messages[ROBOT.name])

    graph.until(opened)
    heard = graph.messages[ROBOT.name]
    assert any(math.isfinite(message.rigs[0].consistency) for message in heard)
    assert [s.stage for s in heard[0].stages] == ["animate"]
    graph.until(lambda: heard[-1].rigs[0].state == RigState.NEUTRAL)
    np.testing.assert_allclose(heard[-1].rigs[0].weights, 0, atol=1e-6)
    assert graph.end("animate")[0] == 0


def test_avatars_are_chosen_while_it_runs_and_what_is_left_rests_first(graph: Graph, tmp_path: Path) -> None:
    graph.start("animate", animate__avatar="robot", animate__ease_s=0.2)
    face = advertise(graph.node, RIGS)
    graph.listen(ROBOT, TOON)
    graph.until(lambda: graph.node.count_publishers(ROBOT.name))

    def choose(names: object) -> str:
        value = ParameterValue(type=ParameterType.PARAMETER_STRING, string_value=str(names))
        request = SetParameters.Request(parameters=[Parameter(name="animate.avatar", value=value)])
        return str(graph.call("animate/set_parameters", SetParameters, request).results[0].reason)

    def moved(topic: str) -> float:
        face.publish(rigs_to_msg(yawn(time.time_ns())))
        heard = graph.messages[topic]
        return max(map(abs, heard[-1].rigs[0].weights)) if heard else 0.0

    graph.until(lambda: moved(ROBOT.name) > 0.2 and "consistency robot10" in graph.status["animate"])
    assert choose("toon") == ""
    graph.until(lambda: moved(ROBOT.name) == 0 and moved(TOON.name) > 0.5)
    assert graph.messages[ROBOT.name][-1].rigs[0].state == RigState.NEUTRAL
    assert max(graph.messages[TOON.name][0].rigs[0].weights) < 0.1  # it came from neutral
    graph.until(lambda: graph.node.count_publishers(ROBOT.name) == 0)
    graph.until(lambda: graph.status["animate"]["schemas"] == "toon")
    graph.until(lambda: "consistency robot10" not in graph.status["animate"])

    shutil.copy(FOLDER / "toon.json", tmp_path / "avatar.json")
    known = f"there is no avatar 'nobody'; there are {', '.join(NAMES)}, or the path of a folder"
    for names, reason in (("nobody", known), ("", "must name avatars"), (tmp_path, "both make toon; leave toon out")):
        assert reason in choose(names)
    assert graph.status["animate"]["schemas"] == "toon"
    graph.messages[ROBOT.name].clear()
    assert choose("toon,robot") == ""
    graph.until(lambda: moved(ROBOT.name) > 0.2)


def test_an_avatar_that_is_not_there_ends_the_node_with_its_name(graph: Graph) -> None:
    process = graph.start("animate", animate__avatar="nobody")
    graph.until(lambda: process.poll() is not None)
    code, said = graph.end("animate")
    assert code == 1
    assert "there is no avatar 'nobody'" in said
