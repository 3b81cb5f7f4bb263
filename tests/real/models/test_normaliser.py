"""The shipped normaliser hides who somebody is and shows the expression; heads on it are as good as when shipped."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from mien.evaluate.normaliser import resting_landmarks
from mien.evaluate.verification import in_crop, signatures, told_apart
from mien.faces.identity import SFace
from mien_models import open_session
from mien_models.alignment import crop_matrix
from mien_models.evaluate import metrics
from mien_models.evaluate.read import Readings, encode
from mien_models.normaliser.draw import Drawer
from mien_models.normaliser.points import places
from mien_models.normaliser.reading import Norface

from .make_encoder_faces import load

pytestmark = pytest.mark.real
COUNT = 160  # eight people
# Floors, below what was measured when the networks were shipped.
READABLE, CORRELATED = 0.92, 0.85
CORRECTED = 1.1  # errors of the experts, in errors of what they correct
NEAR_PX, INTENSITY_R = 12.0, 0.5
Arrays = dict[str, NDArray[Any]]


@pytest.fixture(scope="module")
def faces() -> Arrays:
    return {name: array[:COUNT] for name, array in load().items()}


@pytest.fixture(scope="module")
def read(faces: Arrays) -> tuple[Readings, NDArray[np.uint8], Readings]:
    """What is read of originals; normalised faces; what is read of these."""
    encoder = open_session("encoder_base", device="cpu")
    original = encode(encoder, faces["crop"], faces["landmarks"])
    made = Drawer()(original.shapes, original.units)
    return original, made, encode(encoder, made, faces["landmarks"], use=(True, False))


def auc(faces: Arrays, read: Readings) -> float:
    """Mean over the units that ten faces and more show."""
    there = faces["units"] >= 1
    shown = np.flatnonzero(there.sum(0) >= 10)
    return float(np.mean([metrics.auc(there[:, i], read.presence[:, i]) for i in shown]))


def test_the_expression_stays_readable(faces: Arrays, read: tuple[Readings, NDArray[np.uint8], Readings]) -> None:
    original, _, normalised = read
    assert auc(faces, normalised) > READABLE * auc(faces, original)
    r = np.corrcoef(normalised.units.ravel(), original.units.ravel())[0, 1]
    assert r > CORRELATED


def test_nobody_can_be_told(faces: Arrays, read: tuple[Readings, NDArray[np.uint8], Readings]) -> None:
    _, made, _ = read
    sface = SFace(open_session("sface", device="cpu"))
    points = faces["landmarks"]
    own = np.array([in_crop(p, m) for p, m in zip(points, crop_matrix(points), strict=True)])
    person = faces["identity"]
    real, masked = signatures(sface, faces["crop"], own), signatures(sface, made, resting_landmarks(Drawer()))
    assert told_apart(real, person) > 0.85  # SFace knows these people
    assert told_apart(real, person, masked, person) == pytest.approx(0.5, abs=0.1)
    assert told_apart(masked, person) == pytest.approx(0.5, abs=0.1)


def test_the_experts_err_about_as_much_as_what_they_correct(
    faces: Arrays, read: tuple[Readings, NDArray[np.uint8], Readings]
) -> None:
    original, _, normalised = read
    names = ("shapes", "units", "presence", "emotion")
    told = Norface().judge(*({name: getattr(r, name) for name in names} for r in (original, normalised)))
    np.testing.assert_allclose(told["emotion"].sum(1), 1, atol=1e-3)
    before = np.abs(original.units - faces["units"]).mean()
    assert np.abs(told["units"] - faces["units"]).mean() < CORRECTED * before


def test_heatmaps_peak_where_units_are(faces: Arrays) -> None:
    found = open_session("scc", device="cpu")({"image": faces["crop"]})
    heat, units = found["heatmaps"], faces["units"]
    at = np.stack(np.divmod(heat.reshape(*heat.shape[:2], -1).argmax(2), heat.shape[3])[::-1], -1)
    away = np.linalg.norm((at + 0.5) * 4 + (16, 10) - places(faces["landmarks"]), axis=2)
    assert np.median(away[units >= 2]) < NEAR_PX
    shown = np.flatnonzero((units >= 1).sum(0) >= 10)
    r = [np.corrcoef(found["intensity"][:, i], units[:, i])[0, 1] for i in shown]
    assert np.mean(r) > INTENSITY_R
