"""Errors of a recorded run against the truth that lies beside it in the bag."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from mien.bags.read import Session
from mien.bags.record import BagWriter
from mien.bags.write import MomentWriter
from mien.core.geometry import FACING_CAMERA
from mien.core.moment import Moment
from mien.core.types import F64
from mien.report.accuracy import accuracy

from ..bags.sessions import START_NS, moment, shapes, write_bag  # noqa: TID252

N = 20


def turned(degrees: float) -> F64:
    """The pose of a face that is turned about its own vertical axis."""
    c, s = np.cos(np.radians(degrees)), np.sin(np.radians(degrees))
    pose = np.eye(4)
    pose[:3, :3] = FACING_CAMERA @ np.array([[c, -s, 0], [s, c, 0], [0, 0, 1]])
    return pose


def shifted(seen: Moment, degrees: float, pixels: float) -> Moment:
    assert seen.faces is not None
    (face,) = seen.faces.faces
    landmarks = face.landmarks + np.array([pixels, 0, 0], np.float32)
    return seen.but(faces=replace(seen.faces, faces=(replace(face, pose=turned(degrees), landmarks=landmarks),)))


@pytest.fixture
def bag(tmp_path: Path) -> Path:
    """The jaw is read half as wide as it is; the head is read 3° off; every second landmark set is 2 px off."""
    wide = np.linspace(0, 1, N)
    with BagWriter(tmp_path / "bag") as writer:
        graph, truth = MomentWriter(writer, "/lab"), MomentWriter(writer, "/lab/truth")
        graph.describe(START_NS)
        for i in range(N):
            known = shifted(moment(i, weights=shapes(jawOpen=float(wide[i]), cheekPuff=0.5)), 0, 0)
            truth.write(known.but(rigs=None))
            graph.write(shifted(moment(i, weights=shapes(jawOpen=float(wide[i] / 2))), 3, 2.0 * (i % 2)))
    return tmp_path / "bag"


def test_numbers_are_those_that_were_put_in(bag: Path) -> None:
    errors = accuracy(Session(bag))
    assert errors is not None
    assert errors["frames"] == N
    assert errors["found"] == 1
    assert errors["pose_err_deg_median"] == pytest.approx(3, abs=0.01)
    assert errors["gaze_err_deg_median"] == pytest.approx(0, abs=0.05)
    assert errors["blendshapes"]["jawOpen"] == {"mae": 0.25, "r": 1.0}
    assert errors["blendshapes"]["cheekPuff"] == {"mae": 0.5, "r": None}  # what does not move has no correlation
    assert errors["action_units"]["AU12L"]["mae"] == 0
    assert errors["landmark_nme"] == errors["landmark_nme_lips_lids"] > 0


def test_the_truth_is_no_second_graph(bag: Path) -> None:
    assert Session(bag).namespace == "/lab"
    assert len(list(Session(bag).moments())) == N


def test_without_truth_there_is_nothing_to_compare(tmp_path: Path) -> None:
    assert accuracy(Session(write_bag(tmp_path / "bag", [moment(i) for i in range(3)]))) is None


def test_a_face_that_is_not_found_counts(tmp_path: Path) -> None:
    with BagWriter(tmp_path / "bag") as writer:
        graph, truth = MomentWriter(writer), MomentWriter(writer, "/truth")
        graph.describe(START_NS)
        for i in range(4):
            truth.write(moment(i).but(rigs=None))
            graph.write(moment(i, ids=(1,) if i else ()))
    errors = accuracy(Session(tmp_path / "bag"))
    assert errors is not None
    assert errors["found"] == 0.75
