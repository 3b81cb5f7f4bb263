"""A skin that is known is drawn, and carried back from the picture into the chart."""

from __future__ import annotations

from dataclasses import replace

import cv2
import numpy as np
import pytest

pytest.importorskip("torch", reason="torch is not installed; it trains and never runs")
pytest.importorskip("numba", reason="numba is not installed; it draws")

import torch

from mien_models.fit import parameters as p
from mien_models.fit.likeness import SIDE, Light, Likeness
from mien_models.fit.picture import Picture
from mien_models.fit.texture import Carrier
from mien_models.head.appearance.parameters import Appearance, HairStyle
from mien_models.head.model.head import Head
from mien_models.head.model.landmarks import Landmarks

pytestmark = pytest.mark.real

FINE = 320


def test_a_known_skin_comes_back_without_its_light_and_with_its_hidden_side_filled() -> None:
    like = Likeness(Head.load(), None)  # type: ignore[arg-type]  # the encoder is only for comparisons
    carrier = Carrier(like)
    person, own = p.people()[0], p.unknown_picture()[0]
    own[p.EXPRESSION], own[p.TURN] = 0, (0.0, -0.45, 0.0)
    blank = np.zeros((FINE, FINE, 3), np.uint8)
    picture = Picture(
        crop=np.zeros((SIDE, SIDE, 3), np.uint8),
        points=np.zeros((478, 3)),
        centre=np.array([0.5, 0.5]),
        focal=None,
        level=0.0,
        fine=blank,
    )
    light = Light.plain(1)
    light.lamp[:] = torch.tensor((0.7, -0.4, -0.6))
    known = like.renderer.paint(
        Appearance(melanin=0.22, hair=HairStyle.BALD, brow_density=1.0, lip_redness=1.0, freckles=1.0, seed=5)
    )
    drawn = carrier.drawn(like.renderer.stack([known]), person, own[None], [picture], light, 0)
    marks = Landmarks()(drawn.vertices)
    focal = np.exp(own[p.SIZE] + own[p.DISTANCE])
    points = np.concatenate([marks[:, :2] / marks[:, 2:] * focal + 0.5, np.zeros((478, 1))], 1)
    (image,) = drawn.images
    picture = replace(
        picture, fine=image, crop=cv2.resize(image, (SIDE, SIDE), interpolation=cv2.INTER_AREA), points=points
    )
    mask = np.ones((1, SIDE, SIDE), np.float32)
    skin = carrier([picture], person, own[None], points[None, :, :2], light, mask)

    truth = known.textures[0][0][..., :3].astype(float)
    base = like.painted_skin([picture]).textures[0][0][..., :3].astype(float)
    found, seen = skin.rgba[..., :3].astype(float), skin.rgba[..., 3] > 200
    assert 0.2 < skin.seen < 0.95
    assert skin.unlike[0] < 0.02  # its render is the picture again
    error, before = (np.abs(one - truth).mean(-1) for one in (found, base))
    assert np.median(error[seen]) < 8  # of 255; the light alone changes colours by far more
    assert np.median(error[seen]) < 0.4 * np.median(before[seen])
    filled = ~seen & seen[:, ::-1] & (skin.rgba[..., 3] < 50)
    assert filled.sum() > 500
    assert np.median(error[filled]) < 0.6 * np.median(before[filled])
