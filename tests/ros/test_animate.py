"""The node `animate` on real middleware: a yawn in, an avatar compared with it out, and rest when it is gone."""

from __future__ import annotations

import math
import time
from typing import TYPE_CHECKING

import numpy as np
import pytest

from mien.core.schemas import ARKIT52
from mien.core.types import RigState
from mien.graph import RIG_DESCRIPTION, RIGS, SCHEMA_RIG_DESCRIPTION, SCHEMA_RIGS
from mien.ros.convert import rig_description_to_msg, rigs_to_msg
from mien.ros.qos import advertise

from .test_retarget import yawn

if TYPE_CHECKING:
    from .conftest import Graph

pytestmark = pytest.mark.ros
ROBOT, NAMES = SCHEMA_RIGS.of("robot10"), SCHEMA_RIG_DESCRIPTION.of("robot10")


def test_a_yawn_opens_the_jaw_of_the_robot_until_nobody_is_seen(graph: Graph) -> None:
    graph.start("animate", animate__avatar="robot", animate__ease_s=0.2)
    face, described = advertise(graph.node, RIGS), advertise(graph.node, RIG_DESCRIPTION)
    described.publish(rig_description_to_msg(ARKIT52))
    graph.listen(ROBOT, NAMES)
    graph.until(lambda: graph.ready("animate") and graph.messages[NAMES.name])
    start_ns, began = time.time_ns(), time.monotonic()
    jaw = list(graph.messages[NAMES.name][0].names).index("jaw")

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


def test_an_avatar_that_is_not_there_ends_the_node_with_its_name(graph: Graph) -> None:
    process = graph.start("animate", animate__avatar="nobody")
    graph.until(lambda: process.poll() is not None)
    code, said = graph.end("animate")
    assert code == 1
    assert "there is no avatar 'nobody'" in said
