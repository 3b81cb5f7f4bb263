"""Squares round faces, and crops cut from them."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from mien_models import FakeSession
from mien_models.landmarker import Landmarker, Roi, box_of, cut, roi_of_landmarks


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


def test_landmarks_come_back_to_the_image_from_a_turned_square() -> None:
    """The network says "the middle, and 64 px right of it" in a square that is turned by 90°."""
    points = np.zeros((1, 478, 3), np.float32)
    points[0, :] = 128, 128, 10
    points[0, 7] = 192, 128, 10
    session = FakeSession([{"landmarks": points, "presence": np.array([0.9], np.float32)}])
    landmarks, presence = Landmarker(session)(np.zeros((50, 50, 3), np.uint8), [Roi(30, 20, 64, np.pi / 2)])
    np.testing.assert_allclose(landmarks[0, 0], [30, 20, 2.5], atol=1e-4)
    np.testing.assert_allclose(landmarks[0, 7], [30, 36, 2.5], atol=1e-4)
    assert presence[0] == pytest.approx(0.9)


def test_box_and_square_of_landmarks() -> None:
    landmarks = np.full((478, 3), 50, np.float32)
    landmarks[0, :2], landmarks[1, :2] = (10, 20), (90, 60)
    landmarks[33, :2], landmarks[263, :2] = (40, 40), (60, 40)
    assert box_of(landmarks).tolist() == [10, 20, 80, 40]
    roi = roi_of_landmarks(landmarks, box_of(landmarks))
    assert (roi.x, roi.y, roi.side, roi.angle) == (50, 40, 120, 0)


@pytest.mark.parametrize("roi", [Roi(150, 90, 150, 0.3), Roi(20, 170, 120, -2.0), Roi(-400, 90, 100, 0.0)])
@pytest.mark.parametrize("size", [32, 64])
def test_a_crop_is_what_opencv_warps_from_the_whole_image(roi: Roi, size: int) -> None:
    image = np.random.default_rng(0).integers(0, 256, (180, 300, 3)).astype(np.uint8)
    expected = cv2.warpAffine(
        image, roi.to_image(size), (size, size), flags=cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP
    ).astype(int)
    assert np.abs(cut(image, roi, size) - expected).max() <= 1


def test_the_square_of_each_face_is_kept() -> None:
    out = {"landmarks": np.zeros((2, 478, 3), np.float32), "presence": np.ones(2, np.float32)}
    landmarker = Landmarker(FakeSession(lambda _: out))
    image = np.zeros((600, 900, 3), np.uint8)
    image[:, 500:] = 200
    landmarker(image, [Roi(200, 300, 256, 0.0), Roi(700, 300, 256, 0.0)])
    assert landmarker.crop(0).shape == (256, 256, 3)
    assert (landmarker.crop(0).max(), landmarker.crop(1).min()) == (0, 200)
