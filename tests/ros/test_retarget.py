"""The node `retarget` on real middleware: a face in, a robot and an avatar out, and rest when it is gone."""

from __future__ import annotations

import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from rcl_interfaces.msg import Parameter, ParameterType, ParameterValue
from rcl_interfaces.srv import SetParameters
from tests.unit.retarget.faces import rig

from mien.core.schemas import ARKIT52
from mien.core.types import Header, Rigs, RigState
from mien.graph import RIG_DESCRIPTION, RIGS, SCHEMA_RIG_DESCRIPTION, SCHEMA_RIGS
from mien.ros.convert import rig_description_to_msg, rigs_to_msg
from mien.ros.qos import advertise

if TYPE_CHECKING:
    from .conftest import Graph

pytestmark = pytest.mark.ros
ROBOT, AVATAR = SCHEMA_RIGS.of("robot10"), SCHEMA_RIGS.of("vrm1")
NAMES = SCHEMA_RIG_DESCRIPTION.of("robot10")


def yawn(stamp_ns: int) -> Rigs:
    return Rigs(Header(stamp_ns, "camera"), (rig(3, jawOpen=1.0),))


def test_one_node_plays_several_profiles_and_lets_go_when_nothing_comes(graph: Graph) -> None:
    graph.start("retarget", retarget__profile="robot10,vrm1", retarget__ease_s=0.2)
    face, described = advertise(graph.node, RIGS), advertise(graph.node, RIG_DESCRIPTION)
    described.publish(rig_description_to_msg(ARKIT52))
    graph.listen(ROBOT, AVATAR)
    graph.until(lambda: graph.ready("retarget") and graph.node.count_publishers(ROBOT.name))
    start_ns = time.time_ns()

    def jaw() -> float:
        """Show a yawn, and look what the robot makes of it."""
        face.publish(rigs_to_msg(yawn(start_ns + int((time.monotonic() - began) * 1e9))))
        heard = graph.messages[ROBOT.name]
        return dict(zip(names, heard[-1].rigs[0].weights, strict=True))["jaw"] if heard else 0.0

    graph.listen(NAMES)  # late, and latched
    graph.until(lambda: graph.messages[NAMES.name])
    description = graph.messages[NAMES.name][0]
    names = list(description.names)
    assert description.schema == "robot10"
    assert set(description.units) == {"rad"}
    began = time.monotonic()
    graph.until(lambda: jaw() == pytest.approx(0.45, abs=1e-4))
    avatar = graph.messages[AVATAR.name][-1]
    assert avatar.rigs[0].schema == "vrm1"
    assert avatar.rigs[0].track_id == 3
    assert avatar.header.frame_id == "camera"
    assert [s.stage for s in avatar.stages] == ["retarget"]
    graph.until(lambda: graph.messages[ROBOT.name][-1].rigs[0].state == RigState.NEUTRAL)
    assert max(map(abs, graph.messages[ROBOT.name][-1].rigs[0].weights)) == 0
    assert graph.end("retarget")[0] == 0


def test_profiles_are_chosen_while_it_runs_and_a_body_that_is_left_rests_first(graph: Graph, tmp_path: Path) -> None:
    graph.start("retarget", retarget__profile="robot10", retarget__ease_s=0.2)
    face = advertise(graph.node, RIGS)
    graph.listen(ROBOT, AVATAR, NAMES)
    graph.until(lambda: graph.node.count_publishers(ROBOT.name))

    def choose(names: object) -> str:
        value = ParameterValue(type=ParameterType.PARAMETER_STRING, string_value=str(names))
        request = SetParameters.Request(parameters=[Parameter(name="retarget.profile", value=value)])
        return str(graph.call("retarget/set_parameters", SetParameters, request).results[0].reason)

    def jaw() -> float:
        face.publish(rigs_to_msg(yawn(time.time_ns())))
        heard = graph.messages[ROBOT.name]
        return max(map(abs, heard[-1].rigs[0].weights)) if heard else 0.0

    graph.until(lambda: jaw() > 0.4)
    assert choose("vrm1") == ""
    graph.until(lambda: jaw() == 0 and graph.messages[AVATAR.name])
    assert graph.messages[ROBOT.name][-1].rigs[0].state == RigState.NEUTRAL
    graph.until(lambda: graph.node.count_publishers(ROBOT.name) == 0)
    graph.until(lambda: graph.status["retarget"]["schemas"] == "vrm1")

    mine = tmp_path / "mine.yaml"
    mine.write_text("extends: vrm1\nschema: vrm1\n", "utf-8")
    for names, reason in (("telepathy", "no profile is called"), ("", "must name profiles"), (mine, "both make vrm1")):
        assert reason in choose(names)
    graph.messages[NAMES.name].clear()
    assert choose("vrm1,robot10") == ""
    graph.until(lambda: jaw() > 0.4 and graph.messages[NAMES.name])


def test_a_wrong_profile_of_your_own_ends_the_node_with_line_and_reason(graph: Graph, tmp_path: Path) -> None:
    file = tmp_path / "mine.yaml"
    file.write_text("schema: mine\ntargets:\n  jaw: {from: {jawOpn: 1}}\n", "utf-8")
    process = graph.start("retarget", retarget__profile=file)
    graph.until(lambda: process.poll() is not None)
    code, said = graph.end("retarget")
    assert code == 2
    assert f"{file}:3: targets.jaw.from.jawOpn: no source is called jawOpn, did you mean jawOpen?" in said


def test_rigs_of_another_schema_are_told_in_diagnostics(graph: Graph) -> None:
    graph.start("retarget", retarget__profile="neck2")
    face, described = advertise(graph.node, RIGS), advertise(graph.node, RIG_DESCRIPTION)
    described.publish(rig_description_to_msg(ARKIT52))
    graph.until(lambda: graph.ready("retarget"))
    rigs = yawn(time.time_ns())
    stranger = rigs_to_msg(rigs)
    stranger.rigs[0].schema = "vrm1"

    def told() -> bool:
        face.publish(stranger)
        return "rigs are of vrm1; the profile neck2 reads arkit52" in graph.status["retarget"]["message"]

    graph.until(told)
