"""Parameters of a fit: rotations, expressions and bounds."""

from __future__ import annotations

import numpy as np
import pytest

from mien_models.errors import FitError
from mien_models.fit import noise, parameters as p
from mien_models.fit.picture import Picture
from mien_models.fit.result import units
from mien_models.head.model.action_units import weights_of
from mien_models.head.model.pose import FRONTAL, head_pose
from mien_models.spaces.arkit import INDEX
from mien_models.spaces.facs import AUS, INDEX as UNIT


def test_rotation_vectors_are_those_of_turned_heads() -> None:
    # A head that turns to its left by .5 rad turns about the camera's axis that points up, which is -y.
    np.testing.assert_allclose(p.rotation(np.array([0, -0.5, 0])), head_pose(yaw=0.5)[:3, :3], atol=1e-12)
    np.testing.assert_allclose(p.rotation(np.zeros(3)), FRONTAL)
    turn = np.array([0.3, -0.7, 0.2])
    np.testing.assert_allclose(p.turn_of(p.rotation(turn)), turn, atol=1e-12)


def test_both_inner_brows_make_brow_inner_up() -> None:
    picture = np.zeros(p.PICTURE)
    picture[p.EXPRESSION] = p.expression_of(np.eye(52)[INDEX["jawOpen"]] * 0.6, np.array([0.8, 0.2]))
    shapes = p.shapes(picture)
    assert shapes[INDEX["jawOpen"]] == pytest.approx(0.6)
    assert shapes[INDEX["browInnerUp"]] == pytest.approx(0.5)
    assert shapes.sum() == pytest.approx(1.1)
    levels = units(shapes, p.inner_brows(picture))
    assert levels[UNIT["AU1L"]] == pytest.approx(4)
    assert levels[UNIT["AU1R"]] == pytest.approx(1)


@pytest.mark.parametrize(
    ("shown", "raised", "lowered"),
    [
        ({"AU12": 4.0, "AU25": 3.0}, 0.0, 0.0),  # a smile that bares the teeth
        ({"AU25": 3.0, "AU26": 2.0}, 0.0, 0.0),
        ({"AU10": 4.0}, 4.0, 0.0),
        ({"AU12": 4.0, "AU25": 3.0, "AU10": 3.0}, 3.0, 0.0),
        ({"AU16": 4.0}, 0.0, 4.0),
    ],
)
def test_teeth_bared_by_a_smile_are_no_raised_lip(shown: dict[str, float], raised: float, lowered: float) -> None:
    found = units(weights_of([shown.get(name.rstrip("LR"), 0.0) for name in AUS]), np.zeros(2))
    for side in "LR":
        # Who parted the lips cannot be told exactly; 1 is the level from which a unit counts as shown.
        assert found[UNIT[f"AU10{side}"]] == pytest.approx(raised, abs=1)
        assert found[UNIT[f"AU16{side}"]] == pytest.approx(lowered, abs=1)


def test_any_person_is_made_plausible() -> None:
    wild = np.random.default_rng(0).normal(0, 3, p.PERSON)
    identity = p.identity(wild)  # raises ValueError where a code is not within its bounds
    assert identity.code[2:5].sum() == pytest.approx(1)
    assert len(p.NAMES) == p.PERSON + p.PICTURE


def test_a_crop_with_landmarks_of_no_face_is_refused() -> None:
    image = np.zeros((50, 40, 3), np.uint8)
    with pytest.raises(FitError, match=r"photo.jpg: .* find the face again"):
        Picture.of(image, np.zeros((478, 3), np.float32), name="photo.jpg")
    with pytest.raises(FitError, match=r"478 landmarks with depth"):
        Picture.of(image, np.zeros((478, 2), np.float32))


def test_the_precision_of_landmarks_is_that_of_their_errors() -> None:
    rng = np.random.default_rng(1)
    along = rng.normal(0, 0.01, (3, 956))
    errors = 0.02 + rng.normal(0, 1, (4000, 3)) @ along + rng.normal(0, 0.004, (4000, 956))
    kept = {name: 1e-3 * a.astype(float) for name, a in noise.learn(errors.reshape(-1, 478, 2)).items()}
    covariance = kept["along"].T @ kept["along"] + np.diag(kept["rest"] ** 2)
    np.testing.assert_allclose(kept["mean"], 0.02, atol=2e-3)
    np.testing.assert_allclose(np.diag(covariance), errors.var(0), rtol=0.02)
    mean, precision = noise.load()
    assert mean.shape == (956,)
    assert (np.linalg.eigvalsh(precision) > 0).all()
