"""A person smiles and blinks before the whole chain, and the robot beside does."""

from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from mien.evaluate import robot_film
from mien.evaluate.retarget.expressions import EXPRESSIONS

pytestmark = pytest.mark.slow
NAMES = ("rest", "smile", "blink")
SIZE, CAPTION = 320, 30


def pupils(image: NDArray[np.uint8]) -> int:
    """Black pixels in the eyes, left and right of the bridge of the nose."""
    black = image[80:220].max(axis=2) < 45
    return int(black[:, :145].sum() + black[:, 180:].sum())


def corners(image: NDArray[np.uint8]) -> float:
    """Row of what is red beside the middle of the mouth."""
    red = image[:, :, 0].astype(int) - image[:, :, 2] > 60
    red[:100], red[:, 140:180] = False, False
    return float(np.nonzero(red)[0].mean())


def test_smile_is_smile_and_blink_is_blink(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(robot_film, "EXPRESSIONS", {name: EXPRESSIONS[name] for name in NAMES})
    film, sheet = robot_film.film(tmp_path)
    picture = cv2.cvtColor(np.asarray(cv2.imread(str(sheet))), cv2.COLOR_BGR2RGB)
    assert picture.shape == (SIZE + CAPTION, 3 * 2 * SIZE, 3)
    of = {n: picture[:SIZE, (2 * i + 1) * SIZE : (2 * i + 2) * SIZE] for i, n in enumerate(NAMES)}
    assert corners(of["smile"]) < corners(of["rest"]) - 4
    assert pupils(of["blink"]) < 0.4 * pupils(of["rest"])
    video = cv2.VideoCapture(str(film))
    assert video.get(cv2.CAP_PROP_FRAME_COUNT) == pytest.approx(robot_film.steps(), abs=1)
    assert video.get(cv2.CAP_PROP_FRAME_WIDTH) == 2 * SIZE
