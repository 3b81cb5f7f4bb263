"""How much of a face there is to see."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from mien.core.types import F64, U8
from mien.expressions.clarity import clarity as clarity_of, informed
from mien_models.spaces import facs

_N = len(facs.AUS)
_BLIND = np.linspace(0.6, 1.2, _N)


def clarity(image: U8) -> F64:
    return np.asarray(clarity_of(image[None])[0])


def drawing() -> U8:
    """Strokes on a cheek-coloured ground: edges and flat areas, as a face has them."""
    image = np.full((112, 112, 3), 150, np.uint8)
    rng = np.random.default_rng(3)
    for _ in range(25):
        a, b = rng.integers(10, 102, (2, 2))
        cv2.line(image, tuple(map(int, a)), tuple(map(int, b)), (60, 50, 40), int(rng.integers(1, 4)), cv2.LINE_AA)
    return image


def blurred(sigma: float) -> U8:
    return np.asarray(cv2.GaussianBlur(drawing(), (0, 0), sigma), np.uint8)


def test_a_sharp_picture_is_clear() -> None:
    np.testing.assert_allclose(clarity(drawing()), 1)


def test_a_blur_takes_clarity_away_little_by_little() -> None:
    levels = [clarity(blurred(sigma)).min() for sigma in (1.0, 2.5, 5.0, 12.0)]
    assert levels == sorted(levels, reverse=True)
    assert levels[0] > 0.9
    assert levels[-1] < 0.1


def test_few_pixels_enlarged_are_a_blur() -> None:
    small = cv2.resize(drawing(), (14, 14), interpolation=cv2.INTER_AREA)
    assert clarity(np.asarray(cv2.resize(small, (112, 112)), np.uint8)).max() < 0.6


def test_darkness_is_no_blur() -> None:
    assert clarity((drawing() // 8).astype(np.uint8)).min() > 0.9


def test_what_is_burnt_out_shows_nothing() -> None:
    half, whole = drawing(), drawing()
    half[:, :65] = 255
    whole[:, 3:] = 255
    assert 0.2 < clarity(half).max() < 0.9
    assert clarity(whole).max() == 0


def test_one_colour_shows_nothing() -> None:
    assert clarity(np.full((112, 112, 3), 90, np.uint8)).max() == 0


@pytest.mark.parametrize(("rows", "hidden"), [(slice(20, 50), 0), (slice(66, 102), 1)], ids=["eyes", "mouth"])
@pytest.mark.parametrize("colour", [0, 128, 255])
def test_something_plain_hides_what_is_behind_it(rows: slice, hidden: int, colour: int) -> None:
    image = drawing()
    image[rows, 20:92] = colour
    levels = clarity(image)
    assert levels[hidden] < 0.1
    assert levels[1 - hidden] > 0.7


@pytest.mark.parametrize(("share", "seen"), [(0.2, 1), (0.6, 0.5), (1, 0)])
def test_who_is_as_unsure_as_if_blind_sees_nothing(share: float, seen: float) -> None:
    np.testing.assert_allclose(informed(np.zeros(_N), share * _BLIND, _BLIND), [seen, seen], atol=1e-9)


def test_upper_and_lower_face_are_told_apart() -> None:
    sd = np.where(facs.LOWER, _BLIND, 0.2 * _BLIND)
    np.testing.assert_allclose(informed(np.zeros(_N), sd, _BLIND), [1, 0], atol=1e-9)


@pytest.mark.parametrize("unit", ["AU12L", "AU26", "AU43R"])
def test_the_error_of_what_is_strongly_shown_tells_nothing(unit: str) -> None:
    units, sd = np.zeros(_N), 0.2 * _BLIND
    units[facs.INDEX[unit]], sd[facs.INDEX[unit]] = 4.0, 1.5
    np.testing.assert_allclose(informed(units, sd, _BLIND), 1)


def test_faces_are_judged_one_by_one() -> None:
    dark, plain = (drawing() // 8).astype(np.uint8), np.full((112, 112, 3), 90, np.uint8)
    several = [drawing(), blurred(2.5), plain, dark]
    np.testing.assert_allclose(clarity_of(np.array(several)), [clarity(image) for image in several], atol=1e-9)
    assert clarity_of(np.zeros((0, 112, 112, 3), np.uint8)).shape == (0, 2)
