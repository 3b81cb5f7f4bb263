"""Light, background and camera at random."""

from __future__ import annotations

import numpy as np

from mien_models.head.render.scene import Photograph, sample_background, sample_lighting
from mien_models.head.render.setting import Camera, Lighting

CAMERA = Camera.from_fov(64, 48, 50)


def test_lights_come_from_somewhere_and_are_exposed() -> None:
    rng = np.random.default_rng(0)
    for _ in range(100):
        lighting = sample_lighting(rng)
        np.testing.assert_allclose(np.linalg.norm(lighting.directions, axis=1), 1)
        assert 1 <= len(lighting.directions) <= 3
        assert (lighting.colours >= 0).all()
        wall = lighting.around[:, 0] - lighting.around[:, 3]
        wall = wall + (np.clip(-lighting.directions[:, 2:], 0, 1) * lighting.colours).sum(0)
        assert 1.0 < wall.mean() < 2.3


def test_surroundings_are_brighter_above() -> None:
    lighting = Lighting.of([], sky=(0.8, 0.8, 0.9), ground=(0.2, 0.2, 0.2))
    np.testing.assert_allclose(lighting.around[:, 0] - lighting.around[:, 2], (0.8, 0.8, 0.9))


def test_same_seed_same_scene() -> None:
    a, b = (sample_background(np.random.default_rng(7), CAMERA) for _ in range(2))
    np.testing.assert_array_equal(a, b)
    assert a.shape == (48, 64, 3)
    assert a.dtype == np.float32
    assert a.min() >= 0
    assert a.max() <= 1


def test_a_perfect_camera_changes_nothing() -> None:
    image = np.random.default_rng(0).integers(0, 256, (48, 64, 3), dtype=np.uint8)
    np.testing.assert_array_equal(Photograph()(image), image)


def test_noise_has_the_spread_that_is_asked_for() -> None:
    grey = np.full((200, 200, 3), 128, np.uint8)
    noisy = Photograph(noise=5.0, seed=1)(grey)
    np.testing.assert_array_equal(noisy, Photograph(noise=5.0, seed=1)(grey))
    assert abs(noisy[..., 0].std() - 5) < 0.2
    assert abs(noisy.mean() - 128) < 0.2


def test_exposure_blur_and_compression() -> None:
    image = np.zeros((48, 64, 3), np.uint8)
    image[:, 32:] = 100
    assert Photograph(exposure=1.5)(image)[0, 60, 0] == 150
    edge = Photograph(blur_px=2.0)(image)[24, 28:36, 0]
    assert (np.diff(edge.astype(int)) >= 0).all()
    assert 0 < edge[3] < 100
    streak = Photograph(motion_px=6.0, motion_angle=0.0)(image)[24, 28:36, 0]
    assert 0 < streak[3] < 100
    packed = Photograph(jpeg_quality=60)(image)
    assert packed.shape == image.shape
    assert abs(int(packed[24, 60, 1]) - 100) < 6


def test_every_sampled_camera_takes_a_picture() -> None:
    rng = np.random.default_rng(0)
    image = rng.integers(0, 256, (48, 64, 3), dtype=np.uint8)
    for _ in range(40):
        out = Photograph.sample(rng)(image)
        assert out.shape == image.shape
        assert out.dtype == np.uint8
