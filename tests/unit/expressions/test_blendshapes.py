"""What the expressions stage makes of faces and of the answers of MediaPipe's blendshapes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from mien.core.geometry import FACING_CAMERA
from mien.core.types import F32, F64, Expression, Face, Faces, Header
from mien.expressions.config import ExpressionsConfig
from mien.expressions.stage import Stage
from mien_models import FakeSession
from mien_models.spaces import arkit, mediapipe

HEADER = Header(7, "camera")


def smiling(inputs: Mapping[str, NDArray[Any]]) -> dict[str, NDArray[Any]]:
    """As many answers as faces: mouthSmileLeft is the x of the first landmark."""
    landmarks = inputs["landmarks"]
    scores = np.zeros((len(landmarks), 51), np.float32)
    scores[:, mediapipe.SHAPES.index("mouthSmileLeft")] = landmarks[:, 0, 0]
    return {"blendshapes": scores}


def face(track_id: int, x: float = 0.5, presence: float = 1.0, yaw_deg: float = 0.0) -> Face:
    landmarks: F32 = np.full((478, 3), x, np.float32)
    c, s = np.cos(np.radians(yaw_deg)), np.sin(np.radians(yaw_deg))
    pose: F64 = np.eye(4)
    pose[:3, :3] = FACING_CAMERA @ [[c, -s, 0], [s, c, 0], [0, 0, 1]]
    pose[2, 3] = 1
    return Face(track_id, 1.0, presence, np.zeros(4, np.float32), landmarks, pose)


def read(*faces: Face) -> tuple[Expression, ...]:
    stage = Stage(ExpressionsConfig(model="blendshapes_v2"), {"blendshapes_v2": FakeSession(smiling)})
    expressions = stage.step(Faces(HEADER, 640, 480, faces))
    assert expressions.header is HEADER
    return expressions.expressions


def of(e: Expression, name: str) -> tuple[float, float]:
    i = arkit.INDEX[name]
    return float(e.blendshapes[i]), float(e.confidence[i])


def test_all_faces_are_read_in_one_call_and_keep_their_ids() -> None:
    session = FakeSession(smiling)
    faces = Faces(HEADER, 640, 480, (face(3, 0.2), face(8, 0.7)))
    stage = Stage(ExpressionsConfig(model="blendshapes_v2"), {"blendshapes_v2": session})
    first, second = stage.step(faces).expressions
    assert len(session.calls) == 1
    assert session.calls[0]["landmarks"].shape == (2, 478, 3)
    assert (first.track_id, second.track_id) == (3, 8)
    assert np.isclose(of(first, "mouthSmileLeft")[0], 0.2)
    assert np.isclose(of(second, "mouthSmileLeft")[0], 0.7)


def test_nobody_there_asks_no_network() -> None:
    assert read() == ()


def test_confidence_is_reliability_times_presence() -> None:
    (e,) = read(face(1, presence=0.5))
    np.testing.assert_allclose(e.confidence, 0.5 * mediapipe.RELIABILITY, atol=1e-6)


def test_a_shape_without_a_source_is_nan_with_confidence_zero() -> None:
    (e,) = read(face(1))
    value, sure = of(e, "tongueOut")
    assert np.isnan(value)
    assert sure == 0


def test_a_head_that_turns_away_is_trusted_less_and_its_far_side_least() -> None:
    (e,) = read(face(1, yaw_deg=45))  # to its left: the left cheek is hidden
    (front,) = read(face(1))
    assert of(e, "mouthSmileLeft")[1] < of(e, "jawOpen")[1] < of(front, "jawOpen")[1]
    assert of(e, "mouthSmileRight")[1] == of(front, "mouthSmileRight")[1]
    assert of(e, "mouthLeft")[1] == of(e, "mouthRight")[1]  # directions, not sides


def test_landmarks_that_are_not_finite_read_nan_and_do_not_spoil_the_others() -> None:
    lost, seen = read(face(1, x=np.nan), face(2, x=0.4))
    assert np.isnan(lost.blendshapes).all()
    assert not lost.confidence.any()
    assert np.isclose(of(seen, "mouthSmileLeft")[0], 0.4)


def test_weights_never_leave_their_range() -> None:
    (e,) = read(face(1, x=7.0))
    assert of(e, "mouthSmileLeft")[0] == 1


def test_the_stage_says_where_its_network_runs() -> None:
    stage = Stage(ExpressionsConfig(model="blendshapes_v2"), {"blendshapes_v2": FakeSession(smiling, "blendshapes_v2")})
    (info,) = stage.infos
    assert info.network == "blendshapes_v2"
