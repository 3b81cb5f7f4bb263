"""Gaze of faces that are put together: landmarks of a flat drawing of two eyes, seen by a pinhole camera."""

from __future__ import annotations

import numpy as np
import pytest

from mien.core.geometry import FACING_CAMERA
from mien.core.types import F32, F64, Intrinsics
from mien.faces.gaze import gaze_of
from mien.faces.make_gaze import fit

K = Intrinsics(600.0, 620.0, 320.0, 240.0)

# Of each eye: outer and inner corner, iris, upper and lower lid.
LEFT = (263, 362, (473, 474, 475, 476, 477), (385, 386, 387), (373, 374, 380))
RIGHT = (33, 133, (468, 469, 470, 471, 472), (158, 159, 160), (144, 145, 153))


def turned(yaw_deg: float, roll_deg: float = 0.0, at: tuple[float, float, float] = (0.0, 0.0, 0.5)) -> F64:
    """Pose of a head turned to its left and then tilted."""
    y, r = np.radians([yaw_deg, roll_deg])
    yaw = np.array([[np.cos(y), -np.sin(y), 0], [np.sin(y), np.cos(y), 0], [0, 0, 1]])
    roll = np.array([[1, 0, 0], [0, np.cos(r), -np.sin(r)], [0, np.sin(r), np.cos(r)]])
    pose = np.eye(4)
    pose[:3, :3], pose[:3, 3] = FACING_CAMERA @ yaw @ roll, at
    return pose


def eyes(pose: F64, left_mm: float = 0.0, up_mm: float = 0.0, upper_mm: float = 5.0, lower_mm: float = 5.0) -> F32:
    """478×3 landmarks of irises moved to the head's left and up, between lids this far from the corners' line."""
    points = np.zeros((478, 3))
    for side, (outer, inner, iris, upper, lower) in ((1, LEFT), (-1, RIGHT)):
        points[[outer, inner], 1] = side * 45, side * 17
        points[list(iris), 1:] = side * 31 + left_mm, up_mm + 1
        points[list(upper), 1:] = side * 31, upper_mm
        points[list(lower), 1:] = side * 31, -lower_mm
    seen = points / 1000 @ pose[:3, :3].T + pose[:3, 3]
    pixels = np.stack([seen[:, 0] / seen[:, 2] * K.fx + K.cx, seen[:, 1] / seen[:, 2] * K.fy + K.cy, 0 * seen[:, 0]], 1)
    return pixels.astype(np.float32)


def angles(landmarks: F32, pose: F64) -> F64:
    """(2, 2) of the left and the right eye: yaw to the person's left and pitch in the head [°]."""
    gaze, _ = gaze_of(landmarks, pose, K)
    np.testing.assert_allclose(np.linalg.norm(gaze, axis=1), 1)
    x, y, z = (gaze @ pose[:3, :3]).T
    return np.degrees(np.stack([np.arctan2(y, x), np.arcsin(z)], axis=1))


@pytest.mark.parametrize("head_deg", [-25.0, 0.0, 25.0])
def test_gaze_goes_where_the_irises_go(head_deg: float) -> None:
    pose = turned(head_deg, roll_deg=12)
    yaws = [angles(eyes(pose, left_mm=mm), pose)[:, 0].mean() for mm in (-4, -2, 0, 2, 4)]
    assert np.all(np.diff(yaws) > 5)
    pitches = [angles(eyes(pose, up_mm=mm), pose)[:, 1].mean() for mm in (-2, 0, 2)]
    assert np.all(np.diff(pitches) > 1)


def test_lids_follow_the_gaze() -> None:
    pose = turned(0)
    down, level, up = (angles(eyes(pose, upper_mm=5 + d, lower_mm=5 - d), pose)[0, 1] for d in (-2, 0, 2))
    assert down + 5 < level < up - 5


def test_a_mirrored_face_looks_the_mirrored_way() -> None:
    pose, mirrored = turned(20, roll_deg=7), turned(-20, roll_deg=-7)
    seen = angles(eyes(pose, left_mm=3, up_mm=1), pose)
    other = angles(eyes(mirrored, left_mm=-3, up_mm=1), mirrored)
    np.testing.assert_allclose(other, seen[::-1] * (-1, 1), atol=1e-3)


def test_distance_and_tilt_do_not_matter() -> None:
    near = angles(eyes(turned(0), left_mm=3), turned(0))
    far = turned(0, roll_deg=30, at=(0.0, 0.0, 1.5))
    np.testing.assert_allclose(angles(eyes(far, left_mm=3), far), near, atol=0.5)


def test_eyes_meet_or_are_parallel_and_are_equally_high() -> None:
    pose = turned(10)
    rng = np.random.default_rng(0)
    for _ in range(50):
        seen = eyes(pose) + rng.normal(0, 2, (478, 3)).astype(np.float32)
        (left, height), (right, other) = angles(seen, pose)
        assert left <= right + 1e-6
        assert height == pytest.approx(other)


def test_a_shut_eye_has_no_gaze() -> None:
    pose = turned(0)
    landmarks = eyes(pose)
    landmarks[list(LEFT[3])] = landmarks[list(LEFT[4])]
    gaze, confidence = gaze_of(landmarks, pose, K)
    assert confidence[0] == 0
    assert confidence[1] > 0.5
    assert np.isnan(gaze[0]).all()
    assert np.isfinite(gaze[1]).all()


@pytest.mark.parametrize("yaw_deg", [85.0, 95.0, 180.0])
def test_a_face_turned_away_is_not_believed(yaw_deg: float) -> None:
    pose = turned(yaw_deg)
    gaze, confidence = gaze_of(eyes(pose), pose, K)
    assert confidence.max() < 0.1
    assert not np.isinf(gaze).any()


def test_the_fit_finds_the_slopes_and_stretches_them_about_the_mean() -> None:
    rng = np.random.default_rng(0)
    x = np.concatenate([np.ones((20_000, 1)), rng.normal(0.3, 1, (20_000, 6))], axis=1)
    slopes = rng.normal(0, 5, (7, 2))
    angles_deg = x @ slopes
    table = fit(x, angles_deg, np.full(len(x), 3.0))
    stretch = table[1:] / slopes[1:]
    np.testing.assert_allclose(stretch, np.broadcast_to(stretch[0], (6, 2)), rtol=0.01)
    assert np.all(stretch > 1)
    np.testing.assert_allclose((x @ table).mean(axis=0), angles_deg.mean(axis=0), atol=1e-6)
