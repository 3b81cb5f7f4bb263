"""Squares round faces, and crops cut from them."""

from __future__ import annotations

import numpy as np
import pytest

from mien.core.types import F32
from mien.faces.align import align, similarity
from mien.faces.detector import Detection
from mien.faces.mesh import Mesh, Roi, box_of, cut, roi_of_detection, roi_of_landmarks
from mien_models import FakeSession


def test_a_level_square_is_a_plain_crop() -> None:
    image = np.arange(100 * 100 * 3, dtype=np.uint32).reshape(100, 100, 3).astype(np.uint8)
    np.testing.assert_array_equal(cut(image, Roi(50, 50, 32, 0.0), 32), image[34:66, 34:66])


def test_a_turned_square_maps_its_corner_where_geometry_says() -> None:
    m = Roi(10, 20, 8, np.pi / 2).to_image(4)
    np.testing.assert_allclose(m @ [0, 0, 1], [14, 16], atol=1e-9)  # top left turns to top right
    np.testing.assert_allclose(m @ [2, 2, 1], [10, 20], atol=1e-9)


def test_beyond_the_image_is_black() -> None:
    crop = cut(np.full((10, 10, 3), 255, np.uint8), Roi(0, 0, 20, 0.0), 20)
    assert crop[5, 5].tolist() == [0, 0, 0]
    assert crop[15, 15].tolist() == [255, 255, 255]


def test_the_square_of_a_detection_has_a_margin_and_level_eyes() -> None:
    eyes = np.array([[10, 10], [20, 20]], np.float32)
    roi = roi_of_detection(Detection(0.9, np.array([0, 0, 40, 20], np.float32), eyes))
    assert (roi.x, roi.y, roi.side) == (20, 10, 60)
    assert roi.angle == pytest.approx(np.pi / 4)


def test_landmarks_come_back_to_the_image_from_a_turned_square() -> None:
    """The network says "the middle, and 64 px right of it" in a square that is turned by 90°."""
    points = np.zeros((1, 478, 3), np.float32)
    points[0, :] = 128, 128, 10
    points[0, 7] = 192, 128, 10
    session = FakeSession([{"landmarks": points, "presence": np.array([0.9], np.float32)}])
    landmarks, presence = Mesh(session)(np.zeros((50, 50, 3), np.uint8), [Roi(30, 20, 64, np.pi / 2)])
    np.testing.assert_allclose(landmarks[0, 0], [30, 20, 2.5], atol=1e-4)
    np.testing.assert_allclose(landmarks[0, 7], [30, 36, 2.5], atol=1e-4)
    assert presence[0] == pytest.approx(0.9)


def random_landmarks(seed: int = 0) -> F32:
    return np.random.default_rng(seed).uniform(0, 100, (478, 3)).astype(np.float32)


def test_box_and_square_of_landmarks() -> None:
    landmarks = np.full((478, 3), 50, np.float32)
    landmarks[0, :2], landmarks[1, :2] = (10, 20), (90, 60)
    landmarks[33, :2], landmarks[263, :2] = (40, 40), (60, 40)
    assert box_of(landmarks).tolist() == [10, 20, 80, 40]
    roi = roi_of_landmarks(landmarks, box_of(landmarks))
    assert (roi.x, roi.y, roi.side, roi.angle) == (50, 40, 120, 0)


def test_similarity_recovers_turn_scale_and_shift() -> None:
    rng = np.random.default_rng(1)
    source = rng.normal(size=(5, 2))
    c, s = 1.7 * np.cos(0.6), 1.7 * np.sin(0.6)
    m = np.array([[c, -s, 3.0], [s, c, -2.0]])
    np.testing.assert_allclose(similarity(source, source @ m[:, :2].T + m[:, 2]), m, atol=1e-9)


@pytest.mark.parametrize("size", [112, 224])
def test_an_aligned_crop_puts_the_eyes_on_the_template(size: int) -> None:
    landmarks = random_landmarks()
    # Right eye, left eye, nose, mouth corners: the template itself, twice as large, at (20, 30).
    template = {(33, 133): (38.2946, 51.6963), (362, 263): (73.5318, 51.5014), (1,): (56.0252, 71.7366),
                (61,): (41.5493, 92.3655), (291,): (70.7299, 92.2041)}  # fmt: skip
    for rows, (x, y) in template.items():
        for row in rows:
            landmarks[row, :2] = 2 * x + 20, 2 * y + 30
    image = np.zeros((300, 300, 3), np.uint8)
    image[round(2 * 51.6963 + 30) - 2 :, :][:5, round(2 * 38.2946 + 20) - 2 :][:, :5] = 255  # a dot on the right eye
    crop = align(image, landmarks, size)
    assert crop.shape == (size, size, 3)
    y, x = np.argwhere(crop[:, :, 0] > 128).mean(0)
    assert (x, y) == pytest.approx((38.2946 * size / 112, 51.6963 * size / 112), abs=1.2)
