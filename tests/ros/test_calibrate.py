"""`mien calibrate` on real middleware: somebody who does what is asked for, and a graph that says nothing."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

import numpy as np
import pytest

from mien.core.errors import RunError
from mien.core.geometry import IDENTITY_QUATERNION
from mien.core.types import Header, Rig, Rigs, RigState
from mien.graph import RIGS
from mien.retarget.calibration import Session, node
from mien.ros.convert import rigs_to_msg
from mien.ros.qos import advertise
from mien_models.spaces import arkit

if TYPE_CHECKING:
    from .conftest import Graph

pytestmark = pytest.mark.ros


def test_a_person_who_shows_half_of_everything_is_calibrated(graph: Graph) -> None:
    face = advertise(graph.node, RIGS)
    session, begun, images = Session("Ada"), threading.Event(), 0

    def show() -> None:
        """One image of whatever is asked for, at half strength, 20 a second by its stamps."""
        nonlocal images
        weights = np.zeros(52, np.float32)
        if session.pose and session.holding:
            weights[[arkit.INDEX[n] for n in session.pose.asked]] = 0.5
        images += 1
        rig = Rig(
            1, RigState.TRACKED, arkit.SCHEMA, weights, IDENTITY_QUATERNION, np.zeros((2, 2), np.float32),
            np.ones(7, np.float32), np.zeros(7, np.uint8),
        )  # fmt: skip
        face.publish(rigs_to_msg(Rigs(Header(images * 50_000_000), (rig,))))

    def seen() -> None:
        begun.set()
        show()

    def begin() -> None:
        while not begun.wait(0.2):
            show()

    threading.Thread(target=begin, daemon=True).start()
    node.listen(session, graph.namespace, seen)
    assert session.verdict is not None
    assert session.verdict.calibration is not None, session.verdict.message
    jaw = arkit.INDEX["jawOpen"]
    out = session.verdict.calibration.apply(np.eye(52)[jaw] * 0.5)
    assert out[jaw] == pytest.approx(1.0, abs=0.1)


def test_without_rigs_it_says_so(graph: Graph, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(node, "_SILENT_S", 0.3)
    with pytest.raises(RunError, match=r"no rigs for 0\.3 s: start `mien run` in another terminal"):
        node.listen(Session(), graph.namespace)
