"""Faces in canonical pose: the canonical head, turned, moved and scaled by known amounts."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from mien_models import load_face_geometry
from mien_models.alignment import CROP_SIZE, canonical, crop, crop_matrix

F64 = NDArray[np.float64]

EYES = ((33, 133), (362, 263))


def head() -> F64:
    """478×3 landmarks of a level frontal head: x right, y down, z away, 62.5 px between the eyes, those at (0, 0)."""
    points = load_face_geometry().vertices * (1, -1, -1)
    points = np.concatenate([points, np.zeros((10, 3))])
    left, right = (points[list(corners)].mean(0) for corners in EYES)
    return (points - (left + right) / 2) * 62.5 / np.linalg.norm(left - right)


def turn(yaw: float, pitch: float, roll: float) -> F64:
    """Rotation by degrees about y, x and then z of the image."""
    (cy, sy), (cp, sp), (cr, sr) = ((np.cos(a), np.sin(a)) for a in np.radians((yaw, pitch, roll)))
    about_y = np.array([[cy, 0, sy], [0, 1, 0], [-sy, 0, cy]])
    about_x = np.array([[1, 0, 0], [0, cp, -sp], [0, sp, cp]])
    return np.array([[cr, -sr, 0], [sr, cr, 0], [0, 0, 1]]) @ about_x @ about_y


def eyes_in_crop(landmarks: F64, size: int = CROP_SIZE) -> F64:
    """2×2 places of the right and the left eye."""
    matrix = crop_matrix(landmarks, size)
    eyes = np.array([landmarks[list(corners), :2].mean(0) for corners in EYES])
    return np.linalg.solve(matrix[:, :2], (eyes - matrix[:, 2]).T).T


def test_the_canonical_head_is_itself() -> None:
    face = canonical(head())
    left, right = face[[362, 263]].mean(0), face[[33, 133]].mean(0)
    np.testing.assert_allclose(left, [0.5, 0], atol=1e-6)  # the person's left is +x
    np.testing.assert_allclose(right, [-0.5, 0], atol=1e-6)
    assert face[10, 1] > 0.5  # the forehead is up
    assert face[152, 1] < -1  # and the chin down


def test_every_landmark_is_in_distances_of_the_eyes() -> None:
    """x to the person's left, y up: of a level head whose eyes are 62.5 px apart, a sixty-second and a half of each."""
    np.testing.assert_allclose(canonical(head()), head()[:, :2] * (1, -1) / 62.5, atol=1e-6)


def test_neither_turn_nor_scale_nor_place_matter() -> None:
    rng = np.random.default_rng(0)
    face = head() + rng.normal(0, 2.0, (478, 3))  # somebody else
    seen = np.stack(
        [face @ (rng.uniform(0.3, 4) * turn(*rng.uniform(-40, 40, 3))).T + rng.uniform(-300, 300, 3) for _ in range(20)]
    )
    np.testing.assert_allclose(canonical(seen), np.broadcast_to(canonical(face), (20, 478, 2)), atol=1e-4)


def test_a_batch_is_its_faces() -> None:
    faces = np.random.default_rng(1).normal(0, 1, (2, 3, 478, 3)) + head()
    np.testing.assert_allclose(canonical(faces)[1, 2], canonical(faces[1, 2]), atol=1e-6)
    np.testing.assert_allclose(crop_matrix(faces)[1, 2], crop_matrix(faces[1, 2]), rtol=1e-9)


def test_what_is_not_known_stays_unknown() -> None:
    faces = np.stack([head(), head(), head()])
    faces[1] = np.nan
    faces[2, 13] = np.nan  # the lips have no say in the pose
    out = canonical(faces)
    assert np.isnan(out[1]).all()
    assert np.isnan(out[2, 13]).all()
    np.testing.assert_array_equal(np.delete(out[2], 13, 0), np.delete(out[0], 13, 0))


@pytest.mark.parametrize("size", [112, 224])
def test_frontal_eyes_lie_where_promised(size: int) -> None:
    landmarks = head() @ (2.5 * turn(0, 0, 25)).T + (400, 300, 0)
    expected = np.array([[0.5 - 0.16, 0.32], [0.5 + 0.16, 0.32]]) * size
    np.testing.assert_allclose(eyes_in_crop(landmarks, size), expected, atol=1e-3 * size)


@pytest.mark.parametrize("yaw", [-40, 20, 40])
@pytest.mark.parametrize("pitch", [-25, 0, 25])
def test_the_eyes_of_a_turned_head_lie_around_the_same_place(yaw: float, pitch: float) -> None:
    eyes = eyes_in_crop(head() @ (2.5 * turn(yaw, pitch, -15)).T)
    np.testing.assert_allclose(eyes.mean(0), (56, 0.32 * 112), atol=0.1)
    assert eyes[1, 0] - eyes[0, 0] == pytest.approx(0.32 * 112 * np.cos(np.radians(yaw)), rel=0.05)


def test_raised_brows_and_dropped_lips_are_inside() -> None:
    landmarks = head()
    matrix = crop_matrix(landmarks)
    places = np.linalg.solve(matrix[:, :2], (landmarks[:468, :2] - matrix[:, 2]).T).T
    eyes = 0.32 * CROP_SIZE  # 63 mm of an adult
    assert places[[105, 334], 1].min() > 0.2 * eyes  # brows go up by 12 mm
    assert places[17, 1] < CROP_SIZE - 0.5 * eyes  # the lower lip goes down by 30 mm
    assert places[152, 1] < CROP_SIZE  # the chin


@pytest.mark.parametrize("scale", [0.6, 1.7, 9.0])
def test_a_dot_in_the_image_is_where_the_matrix_says(scale: float) -> None:
    """At any size of the face, large ones being averaged before they are sampled."""
    landmarks = head() @ (scale * turn(10, 5, 20)).T + (450, 400, 0)
    x, y = (round(v) for v in landmarks[1, :2])
    image = np.zeros((900, 1000, 3), np.uint8)
    radius = round(3 * scale)
    image[y - radius : y + radius + 1, x - radius : x + radius + 1] = 255
    cut = crop(image, landmarks)
    assert cut.shape == (CROP_SIZE, CROP_SIZE, 3)
    weights = cut[:, :, 0].astype(float)
    found = [(weights.sum(axis) @ np.arange(CROP_SIZE)) / weights.sum() for axis in (0, 1)]
    matrix = crop_matrix(landmarks)
    np.testing.assert_allclose(matrix[:, :2] @ found + matrix[:, 2], (x, y), atol=0.15 * scale + 0.1)


def test_a_large_face_is_averaged_not_picked() -> None:
    """Stripes finer than the crop's pixels become grey."""
    image = np.zeros((1200, 1200, 3), np.uint8)
    image[:, ::2] = 255
    cut = crop(image, head() * 6 + (600, 500, 0))
    assert np.abs(cut[20:90, 20:90].astype(int) - 127).max() < 30


@pytest.mark.parametrize("scale", [3.0, 4.4, 7.0])
def test_a_pixel_of_a_large_face_is_the_mean_of_what_it_covers(scale: float) -> None:
    """Of a noisy picture, at five, eight and twelve of its pixels per pixel of the crop."""
    rng = np.random.default_rng(0)
    coarse = rng.integers(64, 192, (40, 40, 3)).repeat(20, axis=0).repeat(20, axis=1)
    image = np.clip(coarse + rng.normal(0, 20, coarse.shape), 0, 255).astype(np.uint8)
    landmarks = head() @ (scale * turn(0, 0, 20)).T + (400, 400, 0)
    matrix = crop_matrix(landmarks)
    fine = (np.arange(8 * CROP_SIZE) + 0.5) / 8 - 0.5
    u, v = np.meshgrid(fine, fine)
    x, y = (np.rint(row[0] * u + row[1] * v + row[2]).astype(int) for row in matrix)
    within = (x >= 0) & (x < 800) & (y >= 0) & (y < 800)
    covered = np.where(within[..., None], image[y.clip(0, 799), x.clip(0, 799)], 0).astype(float)
    mean = covered.reshape(CROP_SIZE, 8, CROP_SIZE, 8, 3).mean((1, 3))
    picked = image[y[4::8, 4::8].clip(0, 799), x[4::8, 4::8].clip(0, 799)]
    inner = np.s_[30:80, 30:80]
    error = np.sqrt(((crop(image, landmarks)[inner] - mean[inner]) ** 2).mean())
    assert error < 0.3 * np.sqrt(((picked[inner] - mean[inner]) ** 2).mean())


def test_beyond_the_image_and_without_landmarks_it_is_black() -> None:
    image = np.full((200, 200, 3), 255, np.uint8)
    half = crop(image, head() + np.array([0, 100, 0]))
    assert half[60, 20].tolist() == [0, 0, 0]
    assert half[60, 90].tolist() == [255, 255, 255]
    for shift in (-5000, 5000):
        for scale in (1, 8):
            assert not crop(image, head() * scale + shift).any()
    assert not crop(image, np.full((478, 3), np.nan)).any()


def test_a_point_like_face_does_no_harm() -> None:
    assert np.isnan(canonical(np.full((478, 3), 7.0))).all()
    assert not crop(np.full((20, 20, 3), 255, np.uint8), np.full((478, 3), 7.0)).any()


@pytest.mark.parametrize("axis", [0, 1])
@pytest.mark.parametrize("scale", [1.0, 2.5, 4.5])
def test_a_ramp_stays_a_ramp(scale: float, axis: int) -> None:
    """Averaging blocks and sampling between them change nothing on a ramp; half a pixel of shift is a grey level."""
    ramp = np.clip(2 * (np.arange(860) - 430) + 128, 0, 255)
    image = np.broadcast_to(ramp if axis == 0 else ramp[:, None], (860, 860))[..., None].repeat(3, -1)
    landmarks = head() @ (scale * turn(0, 0, 15)).T + (430, 420, 0)
    u, v = np.meshgrid(np.arange(CROP_SIZE), np.arange(CROP_SIZE))
    x, y = (row[0] * u + row[1] * v + row[2] for row in crop_matrix(landmarks))
    expected = 2 * ((x if axis == 0 else y) - 430) + 128
    on_it = (expected > 30) & (expected < 225) & (np.minimum(x, y) > 8) & (np.maximum(x, y) < 850)
    assert on_it.sum() > 500
    apart = crop(image.astype(np.uint8), landmarks)[on_it].mean(1) - expected[on_it]
    assert np.abs(apart).max() < 1.5
    assert abs(apart.mean()) < 0.6


def test_a_face_that_is_not_there_is_a_black_picture_of_the_same_shape() -> None:
    empty = crop(np.full((20, 20, 3), 255, np.uint8), np.full((478, 3), np.nan), 64)
    assert empty.shape == (64, 64, 3)
    assert not empty.any()
