"""Head pose against faces whose pose is known: the canonical mesh, seen by a pinhole camera."""

from __future__ import annotations

from dataclasses import replace

import cv2
import numpy as np
import pytest

from mien.core import lens
from mien.core.geometry import FACING_CAMERA, angle_deg
from mien.core.types import F32, F64, Intrinsics
from mien.faces.pose import SELLION, MetricPose, overlap_with_rotations
from mien_models import load_face_geometry

K = Intrinsics(600.0, 620.0, 330.0, 235.0)
LENSES = [
    ("plumb_bob", (-0.4, 0.2, 0.0, 0.0, 0.0)),
    ("plumb_bob", (-0.3, 0.1, 0.003, -0.002, 0.0)),
    ("rational_polynomial", (12.1, 6.2, 0.0004, -0.0003, 0.3, 12.5, 9.8, 1.6)),
    ("equidistant", (-0.02, 0.005, -0.003, 0.0005)),
]


def rotation(axis: str, deg: float) -> F64:
    c, s = np.cos(np.radians(deg)), np.sin(np.radians(deg))
    return {
        "x": np.array([[1, 0, 0], [0, c, -s], [0, s, c]]),
        "y": np.array([[c, 0, s], [0, 1, 0], [-s, 0, c]]),
        "z": np.array([[c, -s, 0], [s, c, 0], [0, 0, 1]]),
    }[axis]


def photograph(turn: F64, at: F64) -> tuple[F32, F64]:
    """478×3 landmarks as the network gives them of a canonical head, and its face-axes rotation.

    `turn` rotates the head in the camera optical frame; `at` is where its sellion is [m].
    """
    mesh = load_face_geometry().vertices / 100 @ np.diag([1.0, -1.0, -1.0])
    points = (mesh - mesh[SELLION]) @ turn.T + at
    depth = points[:, 2].mean()
    pixels = np.stack(
        [
            points[:, 0] / points[:, 2] * K.fx + K.cx,
            points[:, 1] / points[:, 2] * K.fy + K.cy,
            (points[:, 2] - depth) / depth * K.fx,
        ],
        axis=1,
    )
    return np.concatenate([pixels, np.zeros((10, 3))]).astype(np.float32), turn @ FACING_CAMERA


def pose_of(landmarks: F32) -> F64:
    g = load_face_geometry()
    return MetricPose(g.vertices, g.landmark_ids, g.landmark_weights)(landmarks, K)


@pytest.mark.real
@pytest.mark.parametrize("axis", ["x", "y", "z"])
@pytest.mark.parametrize("deg", [-35.0, -10.0, 0.0, 20.0])
def test_recovers_rotation_and_place(axis: str, deg: float) -> None:
    at = np.array([0.05, -0.03, 0.6])
    landmarks, expected = photograph(rotation(axis, deg), at)
    pose = pose_of(landmarks)
    assert angle_deg(pose[:3, :3], expected) < 0.5
    np.testing.assert_allclose(pose[:3, 3], at, atol=0.01)


@pytest.mark.real
def test_a_head_that_faces_the_camera_points_its_x_axis_at_it_and_its_z_axis_up() -> None:
    landmarks, _ = photograph(np.eye(3), np.array([0.0, 0.0, 0.5]))
    r = pose_of(landmarks)[:3, :3]
    np.testing.assert_allclose(r[:, 0], [0, 0, -1], atol=0.01)  # x out of the face
    np.testing.assert_allclose(r[:, 1], [1, 0, 0], atol=0.01)  # its left is right in the image
    np.testing.assert_allclose(r[:, 2], [0, -1, 0], atol=0.01)  # up is -y


@pytest.mark.real
@pytest.mark.parametrize("turn_deg", [-25.0, 0.0, 25.0])
@pytest.mark.parametrize(("model", "d"), LENSES)
def test_behind_a_lens_that_is_known_a_head_is_where_it_is(model: str, d: tuple[float, ...], turn_deg: float) -> None:
    """The lens is OpenCV's. At the image's corner; without taking the distortion off, nothing of it holds."""
    at = np.array([0.18, -0.14, 0.5])
    ideal, expected = photograph(rotation("y", turn_deg), at)
    k = replace(K, distortion=model, d=d)
    seen = through_lens(ideal, k)
    pose = pose_of(lens.undistort_landmarks(seen, k))
    assert angle_deg(pose[:3, :3], expected) < 0.6
    np.testing.assert_allclose(pose[:3, 3], at, atol=0.012)
    ignored = pose_of(seen)
    assert angle_deg(ignored[:3, :3], expected) > 2 or np.abs(ignored[:3, 3] - at).max() > 0.04


def through_lens(landmarks: F32, k: Intrinsics) -> F32:
    """What a lens makes of landmarks; their depth keeps the scale of x and y."""
    matrix = np.array([[k.fx, 0, k.cx], [0, k.fy, k.cy], [0, 0, 1]])
    rays = (landmarks[:, :2].astype(np.float64) - (k.cx, k.cy)) / (k.fx, k.fy)
    if k.distortion == "equidistant":
        pixels = cv2.fisheye.distortPoints(rays[:, None], matrix, np.array(k.d))[:, 0]
    else:
        points = np.column_stack([rays, np.ones(len(rays))])
        pixels = cv2.projectPoints(points, np.zeros(3), np.zeros(3), matrix, np.array(k.d))[0][:, 0]
    scale = np.linalg.norm(pixels[10] - pixels[152]) / np.linalg.norm(landmarks[10, :2] - landmarks[152, :2])
    return np.column_stack([pixels, landmarks[:, 2] * scale]).astype(np.float32)


@pytest.mark.real
def test_twice_as_far_is_half_as_large() -> None:
    near, _ = photograph(np.eye(3), np.array([0.0, 0.0, 0.4]))
    far, _ = photograph(np.eye(3), np.array([0.0, 0.0, 0.8]))
    assert pose_of(far)[2, 3] / pose_of(near)[2, 3] == pytest.approx(2, rel=0.02)


def test_the_overlap_of_a_matrix_with_rotations_is_its_signed_singular_values() -> None:
    rng = np.random.default_rng(0)
    for m in rng.normal(size=(200, 3, 3)):
        s = np.linalg.svd(m, compute_uv=False) * [1, 1, np.sign(np.linalg.det(m))]
        assert overlap_with_rotations(m) == pytest.approx(s.sum(), rel=1e-9)
    assert overlap_with_rotations(np.zeros((3, 3))) == 0
