"""Rotations, against the formulas of textbooks."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, strategies as st

from mien.core.geometry import (
    FACING_CAMERA,
    angle_deg,
    exponential,
    known,
    logarithm,
    matrix,
    multiply,
    quaternion,
    slerp,
    to_view,
    trust,
    visibility,
)
from mien.core.types import F64, Face

vectors = st.tuples(*[st.floats(-1.8, 1.8)] * 3).map(np.array)


def rodrigues(v: F64) -> F64:
    """Rotation matrix of a rotation vector: I + sin θ K + (1 − cos θ) K²."""
    angle = float(np.linalg.norm(v))
    x, y, z = v / angle if angle > 1e-12 else (0.0, 0.0, 0.0)
    k = np.array([[0, -z, y], [z, 0, -x], [-y, x, 0]])
    return np.eye(3) + math.sin(angle) * k + (1 - math.cos(angle)) * k @ k


@given(vectors)
def test_quaternion_and_matrix_agree_with_rodrigues(v: F64) -> None:
    rotation = rodrigues(v)
    q = quaternion(rotation)
    assert q[3] >= 0
    assert np.linalg.norm(q) == pytest.approx(1)
    np.testing.assert_allclose(matrix(q), rotation, atol=1e-9)


@given(vectors)
def test_exponential_and_logarithm_are_inverse(v: F64) -> None:
    q = exponential(v)
    np.testing.assert_allclose(matrix(q), rodrigues(v), atol=1e-9)
    if np.linalg.norm(v) < math.pi:
        np.testing.assert_allclose(logarithm(q), v, atol=1e-9)
        np.testing.assert_allclose(logarithm(-q), v, atol=1e-9)


@given(vectors, vectors)
def test_a_product_of_quaternions_is_the_product_of_their_matrices(a: F64, b: F64) -> None:
    np.testing.assert_allclose(matrix(multiply(exponential(a), exponential(b))), rodrigues(a) @ rodrigues(b), atol=1e-9)


@given(vectors, vectors, st.floats(0, 1))
def test_slerp_goes_the_shorter_way_at_constant_speed(a: F64, b: F64, t: float) -> None:
    qa, qb = exponential(a), exponential(b)
    whole = angle_deg(matrix(qa), matrix(qb))
    part = slerp(qa, qb, t)
    assert np.linalg.norm(part) == pytest.approx(1)
    assert angle_deg(matrix(qa), matrix(part)) == pytest.approx(t * whole, abs=1e-4)


def test_face_axes_of_a_head_that_looks_into_the_camera() -> None:
    """x comes towards the camera (−z), the person's left is the viewer's right (+x), up is −y."""
    out, left, up = FACING_CAMERA.T
    assert out.tolist() == [0, 0, -1]
    assert left.tolist() == [1, 0, 0]
    assert up.tolist() == [0, -1, 0]


def pose(rotation: F64, x: float = 0.0, y: float = 0.0, z: float = 0.6) -> F64:
    p = np.eye(4)
    p[:3, :3], p[:3, 3] = rotation, (x, y, z)
    return p


def turned(deg: float) -> F64:
    """A head turned to its own left: about its z axis, up."""
    return FACING_CAMERA @ rodrigues(np.array([0, 0, math.radians(deg)]))


def test_a_head_that_looks_at_the_camera_from_the_edge_of_the_image_is_seen_from_the_front() -> None:
    """The head is 45° to the right of the axis and looks at the camera: turned by as much."""
    away = pose(turned(-45), x=5.0, z=5.0)
    assert angle_deg(away[:3, :3], FACING_CAMERA) == pytest.approx(45)
    assert angle_deg(to_view(away), FACING_CAMERA) < 1


def test_visibility_falls_on_the_far_side_first() -> None:
    np.testing.assert_allclose(visibility(pose(FACING_CAMERA)), 1)
    middle, left, right = visibility(pose(turned(40)))
    assert left < middle < 1  # turned to its left, it shows its right
    assert right == 1
    np.testing.assert_allclose(visibility(pose(turned(180))), 0)
    np.testing.assert_allclose(visibility(None), 0.5)


def test_a_pose_that_is_not_finite_is_not_known() -> None:
    assert known(None) is None
    assert known(np.full((4, 4), np.nan)) is None
    assert known(np.eye(4)) is not None


@given(vectors)
def test_a_rotation_and_a_translation_are_a_pose(v: F64) -> None:
    pose = np.eye(4)
    pose[:3, :3], pose[:3, 3] = rodrigues(v), 10 * v
    assert known(pose) is pose


@pytest.mark.parametrize(
    "pose",
    [
        np.zeros((4, 4)),
        1e77 * np.eye(4),
        np.diag([1.0, 1, -1, 1]),  # a mirror
        np.diag([1.0, 1, 1.01, 1]),
        np.diag([1.01, 1, 1, 1]),
        np.array([[1, 0.01, 0, 0], [0, 1, 0, 0], [0, 0, 1, 0], [0, 0, 0, 1.0]]),
        np.array([[1, 0, 0.01, 0], [0, 1, 0.01, 0], [0, 0, 1.01, 0], [0, 0, 0, 1.0]]),
        np.array([[1, 0, 0, 0], [0, 1, 0, np.inf], [0, 0, 1, 0], [0, 0, 0, 1.0]]),
    ],
)
def test_what_bends_a_head_is_no_pose(pose: F64) -> None:
    assert known(pose) is None


def test_a_part_beyond_the_image_is_not_trusted() -> None:
    """A flat face of random points, its lips and chin moved below the image."""
    points = np.random.default_rng(0).uniform(100, 300, (478, 3)).astype(np.float32)
    face = Face(1, 1.0, 0.5, np.zeros(4, np.float32), points, pose(FACING_CAMERA))
    np.testing.assert_allclose(trust(face, 640, 480), 0.5)
    lips = [61, 185, 40, 39, 37, 0, 267, 269, 270, 409, 291, 375, 321, 405, 314, 17, 84, 181, 91, 146]
    points[lips, 1] += 400
    upper, lower = trust(face, 640, 480)
    np.testing.assert_allclose(upper, 0.5)
    assert lower.max() < 0.3
    assert trust(face, 640, 10).max() == 0
