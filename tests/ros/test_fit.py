"""The action `fit` on real middleware: a picture is fitted, what is wrong is told, and a goal can be canceled."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import cv2
import numpy as np
import pytest
from action_msgs.msg import GoalStatus
from mien_msgs.action import Fit
from rclpy.action import ActionClient
from std_msgs.msg import Header

from mien.graph import FIT
from mien.ros.convert import to_image
from mien_models.spaces.facs import AUS, INDEX

if TYPE_CHECKING:
    from tests.ros.conftest import Graph

pytestmark = pytest.mark.ros


def test_a_face_is_fitted_and_a_goal_that_is_wrong_or_canceled_says_so(graph: Graph, calm_photo: Path) -> None:
    graph.start("fit")
    client = ActionClient(graph.node, Fit, FIT.name)
    graph.until(client.server_is_ready)
    told: list[Any] = []

    def send(goal: Any) -> Any:
        sent = client.send_goal_async(goal, feedback_callback=lambda msg: told.append(msg.feedback))
        graph.until(sent.done)
        assert sent.result().accepted
        return sent.result()

    def answer(handle: Any) -> Any:
        got = handle.get_result_async()
        graph.until(got.done)
        return got.result()

    image = to_image(np.ascontiguousarray(cv2.imread(str(calm_photo))[:, :, ::-1]), Header())
    out = answer(send(Fit.Goal(images=[image], paths=[str(calm_photo)], quick=True)))
    assert out.status == GoalStatus.STATUS_SUCCEEDED
    assert out.result.success
    assert [one.source for one in out.result.fits] == ["image 1", str(calm_photo)]
    first, second = out.result.fits
    assert list(first.blendshapes) == pytest.approx(list(second.blendshapes), abs=1e-6)  # one picture, sent twice
    assert first.identity == second.identity
    assert len(first.au_intensity) == len(AUS)
    assert first.au_intensity[INDEX["AU12L"]] < 1.5  # she does nothing
    assert 0.2 < first.pose.position.z < 3
    assert first.gaze_left.z < -0.8  # towards the camera
    assert not first.regions  # a quick fit has no residual
    assert {one.stage for one in told} == {"reading", "guessing"}
    assert [one.progress for one in told] == sorted(one.progress for one in told)

    out = answer(send(Fit.Goal(paths=["/nowhere.png"], quick=True)))
    assert out.status == GoalStatus.STATUS_ABORTED
    assert not out.result.success
    assert "/nowhere.png: no such file" in out.result.message

    handle = send(Fit.Goal(paths=[str(calm_photo)] * 16, quick=True))
    graph.until(handle.cancel_goal_async().done)
    out = answer(handle)
    assert (out.status, out.result.message) == (GoalStatus.STATUS_CANCELED, "canceled")
    client.destroy()
    assert graph.end("fit")[0] == 0
