"""The shipped regressor guesses renders as well as when it was shipped, without torch."""

from __future__ import annotations

import subprocess
import sys

import numpy as np
import pytest

from mien_models.fit import parameters as p
from mien_models.fit.guess import OneShot
from mien_models.fit.picture import Picture

from .make_encoder_faces import load

pytestmark = pytest.mark.real


def test_it_guesses_renders_of_the_test_split() -> None:
    faces = {name: array[:80] for name, array in load().items()}
    pictures = [
        Picture.of_crop(crop, points, (224, 224))
        for crop, points in zip(faces["crop"], faces["landmarks"].astype(np.float32), strict=True)
    ]
    one_shot = OneShot()
    guess = one_shot(pictures)
    assert guess.pictures.shape == guess.pictures_sd.shape == (80, p.PICTURE)
    assert guess.person.shape == (p.PERSON,)
    assert (guess.pictures_sd > 0).all()
    some = p.expression_of(faces["shapes"].astype(float), np.zeros((80, 2)))[:, : len(p.MOVING)]
    found = guess.pictures[:, p.EXPRESSION][:, : len(p.MOVING)]
    assert np.corrcoef(found.ravel(), some.ravel())[0, 1] > FLOOR
    (alone,) = one_shot(pictures[:1]).pictures
    np.testing.assert_allclose(alone, guess.pictures[0], atol=0.01)


def test_it_needs_no_torch() -> None:
    code = "import sys; sys.modules['torch'] = None; import mien_models.fit.guess, mien_models.fit.run"
    subprocess.run([sys.executable, "-c", code], check=True)


FLOOR = 0.78
