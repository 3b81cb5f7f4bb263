"""What becomes of pixels of more than eight bits, and of transparent ones."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis.extra.numpy import arrays

from mien.images.depth import Depth, bits_of, oriented, to_8_bit, to_rgb

RAMP = np.arange(256, dtype=np.uint16).reshape(16, 16)


@pytest.mark.parametrize(
    ("pixels", "bits"),
    [
        (RAMP * 4 + 3, 10),
        (RAMP * 4, 10),  # eight bits, moved up by two
        (RAMP * 16 + 15, 12),
        (RAMP * 64 + 63, 14),
        (RAMP * 256 + 255, 16),
        (RAMP, 8),
        (RAMP * 257, 16),  # as PNG stretches eight bits
        (RAMP[:4] * 257, 16),  # … of a dark image
        (RAMP[:4] * 256, 16),
        (np.zeros((4, 4), np.uint16), 8),
    ],
)
def test_bits_are_those_that_are_used(pixels: Any, bits: int) -> None:
    assert bits_of(pixels) == bits


@pytest.mark.parametrize("bits", [10, 12, 14, 16])
def test_a_camera_of_any_depth_gives_the_same_eight_bits(bits: int) -> None:
    deep = (RAMP.astype(np.uint32) << (bits - 8) | 1).astype(np.uint16)
    np.testing.assert_array_equal(to_8_bit(deep), RAMP)


def test_brightness_of_a_stream_does_not_flicker_with_what_is_seen() -> None:
    """A 12-bit camera whose first images are dark, then a lamp, then dark again."""
    depth = Depth()
    dark, lamp = np.full((2, 2), 800, np.uint16), np.full((2, 2), 4000, np.uint16)
    assert depth(dark)[0, 0] == 200  # taken for ten bits
    assert depth(lamp)[0, 0] == 250
    assert depth(dark)[0, 0] == 50  # and for twelve from then on
    assert depth.bits == 12


@pytest.mark.parametrize(
    ("pixels", "expected"),
    [
        (np.array([[0.0, 0.5, 1.0]], np.float32), [0, 128, 255]),
        (np.array([[0.0, 127.5, 255.0]], np.float64), [0, 128, 255]),
        (np.array([[np.nan, -1.0, np.inf, 1.0]], np.float32), [0, 0, 0, 255]),
        (np.array([[-5, 0, 1023]], np.int32), [0, 0, 255]),
    ],
)
def test_floats_and_signed_pixels(pixels: Any, expected: list[int]) -> None:
    assert to_8_bit(pixels)[0].tolist() == expected


@given(arrays(np.uint16, (3, 3)))
def test_any_pixels_keep_their_order(pixels: Any) -> None:
    eight = to_8_bit(pixels).astype(int)
    order = np.argsort(pixels, axis=None)
    assert (np.diff(eight.ravel()[order]) >= 0).all()


def test_colours_under_transparency_are_not_seen() -> None:
    bgra = np.array([[[10, 20, 30, 255], [10, 20, 30, 0], [0, 0, 255, 128]]], np.uint8)
    opaque, hidden, half = to_rgb(bgra)[0].tolist()
    assert opaque == [30, 20, 10]
    assert hidden == [128, 128, 128]
    assert half == [192, 64, 64]
    assert to_rgb(np.array([[[200, 0], [200, 255]]], np.uint8))[0].tolist() == [[128] * 3, [200] * 3]


def test_colours_under_transparency_of_16_bits_are_not_seen() -> None:
    bgra = np.array([[[0, 0, 65535, 65535], [0, 0, 65535, 0]]], np.uint16)
    assert to_rgb(bgra)[0].tolist() == [[255, 0, 0], [128, 128, 128]]


def test_orientation_is_that_of_exif() -> None:
    """The upper left of the stored image is, by the standard, at these places of the upright one."""
    stored = np.array([[1, 0, 0], [2, 0, 0]])
    corner = {1: (0, 0), 2: (0, 2), 3: (1, 2), 4: (1, 0), 5: (0, 0), 6: (0, 1), 7: (2, 1), 8: (2, 0)}
    for orientation, at in corner.items():
        image = oriented(stored, orientation)
        assert image.shape == ((2, 3) if orientation <= 4 else (3, 2))
        assert image[at] == 1, orientation
        below = {1: (1, 0), 2: (1, 2), 3: (0, 2), 4: (0, 0), 5: (0, 1), 6: (0, 0), 7: (2, 0), 8: (2, 1)}[orientation]
        assert image[below] == 2, orientation
