"""Intrinsics of images of another size than those that were calibrated."""

from __future__ import annotations

from dataclasses import replace

import pytest

from mien.core.types import Intrinsics

K = Intrinsics(600.0, 610.0, 330.0, 175.0, "plumb_bob", (-0.4, 0.2, 0.0, 0.0, 0.0), 640, 360)
P = (590.0, 0.0, 331.0, 7.0, 0.0, 595.0, 176.0, 3.0, 0.0, 0.0, 1.0, 0.0)


def test_twice_the_image_has_the_same_field_of_view() -> None:
    k = replace(K, projection=P).at(1280, 720)
    assert (k.fx, k.fy, k.cx, k.cy) == (1200, 1220, 660, 350)
    assert k.d == K.d
    assert (k.width, k.height) == (1280, 720)
    assert k.projection == (1180, 0, 662, 14, 0, 1190, 352, 6, 0, 0, 1, 0)


@pytest.mark.parametrize("size", [(640, 360), (640, 368)])
def test_the_same_image_and_one_that_is_rounded_to_blocks_is_taken(size: tuple[int, int]) -> None:
    assert K.at(*size).fx == 600


def test_without_a_size_nothing_is_scaled() -> None:
    k = replace(K, width=0, height=0)
    assert k.at(1280, 1024) is k


@pytest.mark.parametrize("size", [(640, 480), (360, 640), (1280, 360)])
def test_another_shape_is_refused(size: tuple[int, int]) -> None:
    with pytest.raises(ValueError, match=r"calibrated with images of 640×360, which \d+×\d+ are not"):
        K.at(*size)
