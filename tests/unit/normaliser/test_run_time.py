"""The canonical face is drawn, and both faces are judged, without torch."""

from __future__ import annotations

import subprocess
import sys

import numpy as np
import pytest

from mien_models import FakeSession
from mien_models.normaliser.draw import Drawer
from mien_models.normaliser.reading import Norface, vector


def grey(inputs: dict[str, np.ndarray]) -> dict[str, np.ndarray]:
    return {"picture": np.full((len(inputs["shapes"]), 96, 96, 3), 300 * inputs["shapes"][0, 0], np.float32)}


def readings(count: int) -> dict[str, np.ndarray]:
    sizes = {"shapes": 52, "units": 37, "presence": 37, "emotion": 8}
    return {name: np.full((count, size), 0.5, np.float32) for name, size in sizes.items()}


def test_pictures_are_crops_and_do_not_overflow() -> None:
    shapes = np.ones((2, 52), np.float32)
    made = Drawer(FakeSession(grey))(shapes, np.zeros((2, 37), np.float32))
    assert (made.shape, made.dtype, made.max(), made.min()) == ((2, 112, 112, 3), np.uint8, 255, 255)
    with pytest.raises(ValueError, match="2 faces with shapes, but 1 with units"):
        Drawer(FakeSession(grey))(shapes, np.zeros((1, 37), np.float32))


def test_the_original_and_the_normalised_face_are_judged_together() -> None:
    encoder = FakeSession(lambda inputs: readings(len(inputs["image"])))
    head = FakeSession(lambda inputs: {"units": inputs["original"][:, 52:89], "presence": inputs["normalised"][:, :37]})
    norface = Norface({"normaliser": FakeSession(grey), "encoder_base": encoder, "norface": head})
    given = readings(2)
    given["shapes"][1, 3] = np.nan
    norface(given)
    (asked,) = encoder.calls
    assert asked["image"].shape == (2, 112, 112, 3)
    assert asked["present"].tolist() == [[1, 0], [1, 0]]  # it sees the picture alone
    (both,) = head.calls
    assert np.isfinite(both["original"]).all()
    np.testing.assert_array_equal(both["original"][0], vector(readings(1))[0])
    assert both["original"][0, 52] == pytest.approx(0.1)  # units as shares


def test_it_needs_no_torch() -> None:
    code = "import sys; sys.modules['torch'] = None; import mien.perception.normalised, mien_models.normaliser.reading"
    subprocess.run([sys.executable, "-c", code], check=True)
