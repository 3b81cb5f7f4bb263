from __future__ import annotations

import numpy as np
import pytest

from mien.bridges.markers import encoder
from mien.core.geometry import FACING_CAMERA
from mien.core.types import Expression, Face, Reading
from mien_models.spaces import arkit, facs


def face(**changes: object) -> Face:
    pose = np.eye(4)
    pose[:3, :3], pose[:3, 3] = FACING_CAMERA, (0.1, 0.2, 0.8)
    known: dict[str, object] = {
        "track_id": 3, "score": 1.0, "presence": 1.0, "box": np.array([10, 20, 30, 40], np.float32), "pose": pose,
        "landmarks": np.full((478, 3), 5, np.float32), "gaze": np.array([[0.0, 0.0, -1.0], [0.0, 0.0, -1.0]]),
        "gaze_confidence": np.array([0.9, 0.0], np.float32),
    }  # fmt: skip
    return Face(**(known | changes))  # type: ignore[arg-type]


def test_the_box_is_drawn_whole() -> None:
    lines = encoder.in_image(face())
    corners = {tuple(p) for line in lines.points[:4].tolist() for p in line}
    assert corners == {(10, 20), (40, 20), (40, 60), (10, 60)}
    assert all(a != b for a, b in lines.points[:4].tolist())
    assert len(lines.colors) == len(lines.points) > 100


def test_what_is_not_finite_is_left_out() -> None:
    points = np.full((478, 3), np.nan, np.float32)
    assert len(encoder.in_image(face(landmarks=points)).points) == 4


def test_axes_point_out_of_the_face_to_its_left_and_up() -> None:
    lines = encoder.in_space(face(), 0.08, 0.2)
    away = lines.points[:, 1] - lines.points[:, 0]
    # Optical frame: x right, y down, z forward; the person looks into the camera.
    np.testing.assert_allclose(away[:3], [[0, 0, -0.08], [0.08, 0, 0], [0, -0.08, 0]], atol=1e-9)
    np.testing.assert_allclose(away[3], [0, 0, -0.2])
    assert len(away) == 4  # of the eye that is not seen, no gaze
    np.testing.assert_allclose(lines.points[:, 0], np.tile([0.1, 0.2, 0.8], (4, 1)))


def test_the_gaze_is_drawn_as_the_eyes_are_read() -> None:
    weights = np.zeros(len(arkit.BLENDSHAPES), np.float32)
    weights[[arkit.INDEX["eyeLookDownLeft"], arkit.INDEX["eyeLookDownRight"]]] = 0.8
    units = (np.zeros(len(facs.AUS), np.float32) for _ in range(3))
    reading = Reading(*units, np.full(8, 1 / 8, np.float32), 0.0, 0.0)
    lowered = Expression(3, weights, np.ones(len(weights), np.float32), reading=reading)
    start, end = encoder.in_space(face(gaze_confidence=np.ones(2, np.float32)), 0.08, 0.2, lowered).points[3]
    assert end[1] - start[1] > 0.02  # y is down
    assert np.linalg.norm(end - start) == pytest.approx(0.2)


@pytest.mark.parametrize("pose", [None, np.full((4, 4), np.nan)])
def test_a_pose_that_is_not_known_draws_nothing_in_space(pose: object) -> None:
    assert len(encoder.in_space(face(pose=pose), 0.08, 0.2).points) == 0
