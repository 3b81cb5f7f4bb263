"""What augmentation may change, and what it must keep."""

from __future__ import annotations

from dataclasses import fields, replace

import numpy as np
import pytest

pytest.importorskip("torch", reason="torch is not installed; it trains and never runs")

from mien_models import load_face_geometry
from mien_models.nets import sides
from mien_models.spaces.arkit import BLENDSHAPES
from mien_models.spaces.facs import AUS
from mien_models.train import augment
from mien_models.train.augment import AugmentConfig

# Nothing happens.
STILL = AugmentConfig(**{f.name: 0 for f in fields(AugmentConfig)})


def rng(seed: int = 0) -> np.random.Generator:
    return np.random.default_rng(seed)


def crop() -> np.ndarray:
    return rng(5).integers(0, 256, (112, 112)).astype(np.uint8)


def test_nothing_asked_for_nothing_done() -> None:
    np.testing.assert_array_equal(augment.picture(rng(), STILL, crop()), crop())
    points = rng().normal(size=(3, 478, 2)).astype(np.float32)
    np.testing.assert_array_equal(augment.landmarks(rng(), STILL, points, points[0]), points)


def test_a_mirrored_crop_is_the_crop_from_right_to_left() -> None:
    np.testing.assert_array_equal(augment.picture(rng(), STILL, crop(), mirrored=True), crop()[:, ::-1])


def test_the_same_seed_spoils_alike() -> None:
    config = AugmentConfig()
    for seed in range(10):
        first, second = (augment.picture(rng(seed), config, crop()) for _ in range(2))
        np.testing.assert_array_equal(first, second)
        assert first.shape == (112, 112)
    assert not np.array_equal(augment.picture(rng(1), config, crop()), augment.picture(rng(2), config, crop()))


@pytest.mark.parametrize(
    ("names", "here", "there"),
    [
        (BLENDSHAPES, "mouthSmileLeft", "mouthSmileRight"),
        (BLENDSHAPES, "jawLeft", "jawRight"),
        (BLENDSHAPES, "eyeLookInLeft", "eyeLookInRight"),
        (BLENDSHAPES, "jawOpen", "jawOpen"),
        (BLENDSHAPES, "mouthUpperUpRight", "mouthUpperUpLeft"),
        (AUS, "AU12L", "AU12R"),
        (AUS, "AU4R", "AU4L"),
        (AUS, "AU25", "AU25"),
    ],
)
def test_names_change_sides(names: tuple[str, ...], here: str, there: str) -> None:
    order = sides.mirror_order(names)
    values = np.arange(len(names))
    assert values[order][names.index(there)] == names.index(here)


def test_mirrored_landmarks_are_on_the_other_side() -> None:
    order = sides.mirrored_landmarks()
    assert order[33] == 263  # outer corners of the eyes
    assert order[61] == 291  # corners of the mouth
    assert order[468] == 473  # irises
    assert order[1] == 1  # tip of the nose
    np.testing.assert_array_equal(order[order], np.arange(478))
    face = np.zeros((478, 2), np.float32)
    face[:468] = load_face_geometry().vertices[:, :2]
    np.testing.assert_allclose(sides.mirror_points(face)[:468], face[:468], atol=1e-5)


def test_irises_are_mirrored_rim_to_rim() -> None:
    # Right, top, left, bottom in the picture for both eyes; x to the person's left.
    rim = np.array([(0.0, 0.0), (1, 0), (0, 1), (-1, 0), (0, -1)], np.float32)
    face = np.zeros((478, 2), np.float32)
    face[468:473], face[473:478] = rim - np.array((3, 0)), rim + np.array((3, 0))
    turned = sides.mirror_points(face)
    np.testing.assert_allclose(turned[468:], face[468:], atol=1e-6)


def test_a_lost_patch_is_where_it_typically_is() -> None:
    typical = rng(1).normal(0, 1, (478, 2)).astype(np.float32)
    points = typical[None] + 10
    out = augment.landmarks(rng(), replace(STILL, hidden=1.0), points, typical)
    lost = (out == typical).all(-1)
    assert 0 < lost.sum() < 478
    np.testing.assert_array_equal(out[~lost], points[~lost])


def test_some_covers_are_bars() -> None:
    """Wider than a box may be, and no higher."""
    white, wide = np.full((112, 112), 255, np.uint8), 0
    for seed in range(100):
        out = augment.picture(rng(seed), replace(STILL, covered=1.0, cover=0.3), white)
        rows, columns = (np.ptp(where) + 1 if len(where) else 0 for where in np.nonzero(out != 255))
        beyond = out[0, 0] != 255 or out[-1, -1] != 255 or out[0, -1] != 255 or out[-1, 0] != 255
        if not beyond:
            assert rows <= 0.3 * 112
            wide += columns > 0.3 * 112
    assert wide > 5


def test_a_covered_face_keeps_the_rest() -> None:
    for seed in range(20):
        out = augment.picture(rng(seed), replace(STILL, covered=1.0, cover=0.4), crop())
        same = out == crop()
        assert 0.5 < same.mean() < 1


def test_another_texture_leaves_a_step_in_its_place() -> None:
    """A random filter may blur, sharpen or invert; what is flat stays flat away from the step."""
    step = np.full((112, 112), 60, np.uint8)
    step[:, 56:] = 180
    strange = replace(STILL, strange=1.0)
    seen = [augment.picture(rng(seed), strange, step) for seed in range(40)]
    for image in seen:
        assert image[:, :50].std() < 1
        assert image[:, 62:].std() < 1
    contrast = [float(image[:, 80].mean()) - float(image[:, 20].mean()) for image in seen]
    assert min(contrast) < 0 < max(contrast)


def test_shade_is_smooth_and_spares_black() -> None:
    shaded = replace(STILL, shaded=1.0, shade=0.3)
    image = augment.picture(rng(), shaded, np.full((112, 112), 80, np.uint8)).astype(int)
    assert image.max() - image.min() > 20
    assert max(np.abs(np.diff(image, axis=axis)).max() for axis in (0, 1)) <= 4
    assert not augment.picture(rng(), shaded, np.zeros((112, 112), np.uint8)).any()


def test_dull_pictures_get_contrast_and_keep_their_steps() -> None:
    """What is brighter stays brighter, and most of the range is used."""
    steps = np.repeat(np.arange(100, 128, dtype=np.uint8), 4)
    dull = np.tile(steps, (112, 1))
    equalised = replace(STILL, equalised=1.0)
    seen = [augment.picture(rng(seed), equalised, dull).astype(int) for seed in range(40)]
    for image in seen:
        assert image[:, -1].mean() > image[:, 0].mean() + 27
    spread = [np.ptp(image) for image in seen]
    assert np.median(spread) > 150
    assert len({image.tobytes() for image in seen}) > 30


@pytest.mark.parametrize("level", [0, 128, 255])
def test_what_has_no_contrast_gets_none(level: int) -> None:
    flat = np.full((112, 112), level, np.uint8)
    for seed in range(40):
        assert np.ptp(augment.picture(rng(seed), replace(STILL, equalised=1.0), flat).astype(int)) == 0
